import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, fullTime } from '../../shared/format';
import { useGet } from '../data';
import { GateStateTag } from '../gates/GateStateTag';
import { Facts, PanelHead } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { OpenStateDialog } from './OpenStateDialog';
import { OpenStateTag } from './OpenStateTag';
import { ShiftWindows } from './ShiftWindows';
import { SiteForm } from './SiteForm';

export function SitePanel({ id }: { id: string }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const [dialog, setDialog] = useState<'edit' | 'state' | null>(null);
  const { data, error, refetch } = useGet('/sites/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const close = () => setDialog(null);
  return (
    <>
      <PanelHead over={data.enterprise_name ?? words.siteKind[data.kind]} title={data.name}>
        <OpenStateTag state={data.open_state} />{words.siteKind[data.kind]}{t.gap}{data.area_name}
      </PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.sites.openState, `${words.openState[data.open_state]}${t.gap}${t.sites.since(dayTime(data.open_state_since, lang))}`],
            [t.sites.reason, data.open_state_reason],
            [t.common.enterprise, data.enterprise_id ? <Link key="e" to={paths.enterprises({ open: data.enterprise_id })}>{data.enterprise_name}</Link> : null],
            [t.common.area, `${data.area_name}${t.gap}${data.area_code}`],
            [t.grid.inPremises, data.premises_id && (can('edit_places') || can('visit')) ? <Link key="p" to={paths.premises({ open: data.premises_id })}>{data.premises_name}</Link> : data.premises_name],
            [t.common.created, fullTime(data.created_at)],
          ]}
        />
      </section>
      <GatesOf id={id} />
      <ShiftWindows siteId={id} editable={can('edit_places')} />
      <div className="panel-acts">
        {can('edit_places') ? <Button type="primary" onClick={() => setDialog('state')}>{t.sites.changeState}</Button> : null}
        {can('edit_places') ? <Button onClick={() => setDialog('edit')}>{t.sites.edit}</Button> : null}
        {can('read_people') ? <Link to={paths.people({ site_id: id })}><Button>{t.sites.people}</Button></Link> : null}
        {can('read_people') && data.kind === 'construction_project' ? <Link to={paths.project(id)}><Button>{t.projects.open}</Button></Link> : null}
        {can('read_screenings') ? <Link to={paths.screenings({ site_id: id })}><Button>{t.sites.screenings}</Button></Link> : null}
        <Link to={paths.shiftPlan(id)}><Button>{t.shiftPlan.title}</Button></Link>
        <Link to={paths.gateRules({ site_id: id })}><Button>{t.sites.rules}</Button></Link>
      </div>
      {dialog === 'edit' ? <SiteForm site={data} onClose={close} onSaved={close} /> : null}
      {dialog === 'state' ? <OpenStateDialog site={data} onClose={close} /> : null}
    </>
  );
}

function GatesOf({ id }: { id: string }) {
  const t = useDesk();
  const words = useCommon();
  const { data } = useGet('/gates', { query: { site_id: id, limit: 12 } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{t.sites.gatesOf} <Link to={paths.gates({ site_id: id })}>{t.sites.gates}</Link></h3>
      {data.items.length === 0 ? <p className="muted">{t.sites.noGates}</p> : null}
      <ul className="lines">
        {data.items.map((gate) => (
          <li key={gate.id}>
            <Link to={paths.gates({ open: gate.id })}>{gate.name}</Link><span>{words.direction[gate.direction]}{t.gap}<GateStateTag closed={gate.closed} /></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
