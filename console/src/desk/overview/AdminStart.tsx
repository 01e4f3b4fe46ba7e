import { Button } from 'antd';
import { Link } from 'react-router';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useCount, useGet } from '../data';
import { OperationTiles } from '../operations/OperationTiles';
import { PageHead } from '../parts/PageHead';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { SilentDevices } from './SilentDevices';
import './overview.css';

/** The administrator keeps the system going and sees no person's data. */
export function AdminStart() {
  const t = useDesk();
  const can = useCan();
  return (
    <div className="page">
      <PageHead title={t.start.adminTitle} second={t.start.adminLead} />
      {can('read_operations') ? <OperationTiles /> : null}
      <div className="overview-body">
        {can('read_places') || can('manage_devices') ? <SilentDevices title={t.start.devicesAttention} none={t.start.noneAttention} /> : null}
        {can('manage_accounts') ? <Accounts /> : null}
      </div>
    </div>
  );
}

function Accounts() {
  const t = useDesk();
  const { lang } = useLang();
  const count = useCount('/accounts', {});
  const { data } = useGet('/accounts', { query: { limit: 200 } });
  const waiting = (data?.items ?? []).filter((it) => !it.last_signed_in_at && !it.disabled);
  return (
    <section className="block">
      <h2>{t.start.accounts}<Link to={paths.accounts()}>{t.start.manageAccounts}</Link></h2>
      <p>{count === null ? '' : t.start.accountCount(number(count, lang))}{waiting.length ? `${t.gap}${t.start.neverSignedIn(waiting.length)}` : ''}</p>
      <ul className="lines">
        {waiting.slice(0, 6).map((it) => <li key={it.id}><Link to={paths.accounts({ open: it.id })}>{it.display_name}</Link><span className="muted">{it.login}</span></li>)}
      </ul>
      <div style={{ marginTop: 12 }}><Link to={paths.accounts()}><Button>{t.start.manageAccounts}</Button></Link></div>
    </section>
  );
}
