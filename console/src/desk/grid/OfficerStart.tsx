import { Button, QRCode } from 'antd';
import { Link } from 'react-router';
import type { AssignmentView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useCount, useList } from '../data';
import { OpenStateTag } from '../sites/OpenStateTag';
import { PageHead } from '../parts/PageHead';
import { EmptyState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import './grid.css';

/** What an officer arrives for: whom he answers for, and whether they may work. */
export function OfficerStart() {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const enterprises = useCount('/enterprises', {});
  const premises = useCount('/premises', {});
  const { items, loading } = useList('/assignments', { state: 'in_force' });
  const seconds = enterprises === null || premises === null ? null : w.loadOf(number(enterprises, lang), number(premises, lang));
  return (
    <div className="page">
      <PageHead title={w.start.title} second={seconds} />
      <div className="page-body">
        <p className="muted">{w.start.lead}</p>
        <OnPhone />
        {!loading && items.length === 0 ? <EmptyState title={w.start.none} text={w.start.noneHint} /> : null}
        {items.length > 0 ? (
          <section className="block">
            <ul className="lines">{items.map((it) => <li key={it.id}><Target it={it} /><span>{w.kind[it.kind]}</span></li>)}</ul>
          </section>
        ) : null}
        <Sites />
      </div>
    </div>
  );
}

/** His visits are made on the phone: there is the way, and a code for its camera. */
function OnPhone() {
  const t = useDesk();
  const w = t.grid.start;
  // A picture for a camera: whoever reads the screen has the button beside it.
  const address = new URL(paths.dutyFace(), window.location.href).href;
  return (
    <section className="block grid-phone">
      <div className="grid-phone-code" aria-hidden><QRCode value={address} size={112} bordered={false} type="svg" /></div>
      <div>
        <h2>{w.phone}</h2>
        <p className="muted">{w.phoneHint}</p>
        <Button type="primary" href={paths.dutyFace()}>{w.phoneOpen}</Button>
      </div>
    </section>
  );
}

function Target({ it }: { it: AssignmentView }) {
  return <Link to={it.enterprise_id ? paths.enterprises({ open: it.enterprise_id }) : paths.premises({ open: it.premises_id ?? undefined })}>{it.target_name}</Link>;
}

function Sites() {
  const t = useDesk();
  const words = useCommon();
  const { items } = useList('/sites', {});
  if (items.length === 0) return null;
  return (
    <section className="block">
      <h2>{t.sites.title}</h2>
      <ul className="lines">
        {items.map((it) => <li key={it.id}><span><Link to={paths.sites({ open: it.id })}>{it.name}</Link><small className="line-second">{words.siteKind[it.kind]}{t.gap}{it.area_name}</small></span><span><OpenStateTag state={it.open_state} /></span></li>)}
      </ul>
    </section>
  );
}
