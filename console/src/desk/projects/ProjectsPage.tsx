import { Link } from 'react-router';
import type { SiteView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { OpenStateTag } from '../sites/OpenStateTag';
import { useDesk } from '../strings';

/** Construction projects: the sites whose roster is by real name. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['search', 'area', 'open_state']);
  const { values, set } = filters;
  const w = t.projects;
  const href = (it: SiteView) => paths.project(it.id);
  const columns: Column<SiteView>[] = [
    { key: 'name', title: t.common.name, render: (it) => <TwoLines first={<Link to={href(it)}>{it.name}</Link>} second={it.enterprise_name ?? t.common.none} /> },
    { key: 'area', title: t.common.area, width: 160, render: (it) => <TwoLines first={it.area_name} second={it.area_code} /> },
    { key: 'state', title: t.sites.openState, width: 180, render: (it) => <TwoLines first={<OpenStateTag state={it.open_state} />} second={t.sites.since(dayTime(it.open_state_since, lang))} /> },
  ];
  return (
    <ListPage
      path="/sites" title={w.title} countWords={w.count} filters={filters} query={{ ...values, kind: 'construction_project' }} columns={columns} rowId={(it) => it.id} rowHref={href}
      controls={
        <>
          <FilterText label={t.common.name} value={values.search} onChange={(search) => set({ search })} />
          <FilterSelect label={t.sites.openState} value={values.open_state} options={optionsOf(words.openState)} onChange={(open_state) => set({ open_state })} />
          <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={href(it)}>{it.name}</Link>
          <div className="card-line"><span>{it.enterprise_name}{t.gap}{it.area_name}</span><OpenStateTag state={it.open_state} /></div>
        </>
      )}
      empty={<EmptyState title={w.none} text={w.noneHint} />}
    />
  );
}
