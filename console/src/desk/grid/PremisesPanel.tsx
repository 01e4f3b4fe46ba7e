import { Button } from 'antd';
import { Link } from 'react-router';
import type { PremisesView } from '../../api';
import { useGet } from '../data';
import { Facts, PanelHead } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { OpenStateTag } from '../sites/OpenStateTag';
import { useDesk } from '../strings';
import { Assignments } from './Assignments';

export function PremisesPanel({ id, onEdit }: { id: string; onEdit: (premises: PremisesView) => void }) {
  const t = useDesk();
  const w = t.grid;
  const can = useCan();
  const { data, error, refetch } = useGet('/premises/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <>
      <PanelHead over={w.premisesKind[data.kind]} title={data.name}>{data.address}</PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.common.area, `${data.area_name}${t.gap}${data.area_code}`],
            [w.position, data.lon_deg === null || data.lat_deg === null ? null : `${data.lon_deg.toFixed(5)}°, ${data.lat_deg.toFixed(5)}°`],
          ]}
        />
      </section>
      <Assignments of={{ premises_id: id }} title={w.officers} />
      <SitesIn id={id} />
      <div className="panel-acts">{can('edit_places') ? <Button onClick={() => onEdit(data)}>{w.premisesEdit}</Button> : null}</div>
    </>
  );
}

function SitesIn({ id }: { id: string }) {
  const t = useDesk();
  const { data } = useGet('/sites', { query: { premises_id: id, limit: 20 } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{t.grid.sitesOf}</h3>
      {data.items.length === 0 ? <p className="muted">{t.grid.noSites}</p> : null}
      <ul className="lines">{data.items.map((site) => <li key={site.id}><Link to={paths.sites({ open: site.id })}>{site.name}</Link><OpenStateTag state={site.open_state} /></li>)}</ul>
    </section>
  );
}
