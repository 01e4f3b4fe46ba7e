import { Link } from 'react-router';
import type { PremisesView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { CensusTabs } from './CensusTabs';
import { MissedOf } from './MissedOf';
import '../grid/grid.css';

/** Buildings, malls and compounds of the register that nobody found where somebody looked for such. */
export function Component() {
  const t = useDesk();
  const [w, g] = [t.census, t.grid];
  const { lang } = useLang();
  const filters = useFilters(['search', 'area', 'kind']);
  const { values, set } = filters;
  const href = (it: PremisesView) => paths.premises({ open: it.id });
  const columns: Column<PremisesView>[] = [
    { key: 'name', title: t.common.name, sort: { ascend: 'name', descend: '-created_at' }, render: (it) => <TwoLines first={<Link to={href(it)}>{it.name}</Link>} second={it.address} /> },
    { key: 'kind', title: t.common.kind, width: 110, render: (it) => g.premisesKind[it.kind] },
    { key: 'area', title: t.common.area, width: 190, render: (it) => <TwoLines first={it.area_name} second={it.area_code} /> },
    { key: 'sites', title: g.sitesIn, width: 80, align: 'right', render: (it) => number(it.sites, lang) },
  ];
  return (
    <ListPage
      path="/census/missed-premises" title={w.missedPremisesTitle} countWords={w.missedPremisesCount} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={href}
      tabs={<><CensusTabs here="missed" /><MissedOf here="premises" area={values.area} lead={w.missedPremisesLead} /></>}
      controls={
        <>
          <FilterText label={t.common.name} value={values.search} onChange={(search) => set({ search })} />
          <FilterSelect label={t.common.kind} value={values.kind} options={optionsOf(g.premisesKind)} onChange={(kind) => set({ kind })} />
          <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={href(it)}>{it.name}</Link>
          <div className="card-line"><span>{it.area_name}{it.address ? `${t.gap}${it.address}` : ''}</span><span>{g.premisesKind[it.kind]}</span></div>
        </>
      )}
      empty={<EmptyState title={w.missedPremisesNone} text={w.missedPremisesNoneHint} />}
    />
  );
}
