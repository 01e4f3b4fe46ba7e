import { Link } from 'react-router';
import type { EnterpriseView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterText } from '../parts/FilterControls';
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

/** Registered where somebody went from door to door, and found by nobody. */
export function Component() {
  const t = useDesk();
  const w = t.census;
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['search', 'area']);
  const { values, set } = filters;
  const href = (it: EnterpriseView) => paths.enterprises({ open: it.id });
  const columns: Column<EnterpriseView>[] = [
    { key: 'name', title: w.columns.name, sort: { ascend: 'name', descend: '-created_at' }, render: (it) => <TwoLines first={<Link to={href(it)}>{it.name}</Link>} second={it.credit_code} /> },
    { key: 'area', title: w.columns.area, width: 220, render: (it) => <TwoLines first={it.area_name} second={it.address || it.area_code} /> },
    { key: 'industry', title: w.columns.industry, width: 140, render: (it) => <TwoLines first={it.industry} second={words.sizeClass[it.size_class]} /> },
    { key: 'employees', title: w.employees, width: 100, align: 'right', render: (it) => number(it.employees, lang) },
  ];
  return (
    <ListPage
      path="/census/missed" title={w.missedTitle} countWords={w.missedCount} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={href}
      tabs={<><CensusTabs here="missed" /><MissedOf here="enterprises" area={values.area} lead={w.missedLead} /></>}
      controls={<><FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} /><AreaPicker chip label={w.columns.area} value={values.area} onChange={(area) => set({ area })} /></>}
      card={(it) => (
        <>
          <Link className="card-title" to={href(it)}>{it.name}</Link>
          <div className="card-line"><span>{it.area_name}{it.address ? `${t.gap}${it.address}` : ''}</span><span>{number(it.employees, lang)}</span></div>
        </>
      )}
      empty={<EmptyState title={w.missedNone} text={w.missedNoneHint} />}
    />
  );
}
