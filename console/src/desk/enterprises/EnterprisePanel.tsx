import { Button } from 'antd';
import { Link } from 'react-router';
import type { EnterpriseView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { fullTime, number } from '../../shared/format';
import { useGet } from '../data';
import { Assignments } from '../grid/Assignments';
import { Facts, PanelHead } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { OpenStateTag } from '../sites/OpenStateTag';
import { useDesk } from '../strings';

export function EnterprisePanel({ id, onEdit }: { id: string; onEdit: (enterprise: EnterpriseView) => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const { data, error, refetch } = useGet('/enterprises/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <>
      <PanelHead over={data.credit_code} title={data.name}>{data.industry}{t.gap}{words.sizeClass[data.size_class]}{t.gap}{data.area_name}</PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.common.area, `${data.area_name}${t.gap}${data.area_code}`],
            [t.grid.address, data.address],
            [t.enterprises.employees, <Link key="p" to={paths.people({ enterprise_id: id, employed: 'true' })}>{number(data.employees, lang)}</Link>],
            [t.common.created, fullTime(data.created_at)],
          ]}
        />
      </section>
      <SitesOf id={id} />
      <Assignments of={{ enterprise_id: id }} title={t.grid.officers} />
      <div className="panel-acts">
        {can('edit_places') ? <Button onClick={() => onEdit(data)}>{t.enterprises.edit}</Button> : null}
        {can('read_people') ? <Link to={paths.people({ enterprise_id: id })}><Button>{t.enterprises.people}</Button></Link> : null}
      </div>
    </>
  );
}

function SitesOf({ id }: { id: string }) {
  const t = useDesk();
  const { data } = useGet('/sites', { query: { enterprise_id: id, limit: 8 } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{t.enterprises.sitesOf} <Link to={paths.sites({ enterprise_id: id })}>{t.enterprises.seeAllSites}</Link></h3>
      {data.items.length === 0 ? <p className="muted">{t.enterprises.noSites}</p> : null}
      <ul className="lines">
        {data.items.map((site) => (
          <li key={site.id}><Link to={paths.sites({ open: site.id })}>{site.name}</Link><OpenStateTag state={site.open_state} /></li>
        ))}
      </ul>
    </section>
  );
}
