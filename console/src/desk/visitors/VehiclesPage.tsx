import type { VehiclePassageView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { GatePicker, SitePicker } from '../parts/PlacePicker';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { VEHICLE_TONE } from './model';
import { VisitorTabs } from './VisitorTabs';

/** Vehicles that gates wrote down. */
export function Component() {
  const t = useDesk();
  const w = t.visitors.vehicle;
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['search', 'site_id', 'gate_id', 'basis', 'outcome']);
  const { values, set } = filters;
  const tag = (it: VehiclePassageView) => <StateTag tone={VEHICLE_TONE[it.outcome]}>{w.outcome[it.outcome]}</StateTag>;
  const basis = (it: VehiclePassageView) => `${w.basis[it.basis]}${it.quick ? `${t.gap}${w.quick}` : ''}`;
  const columns: Column<VehiclePassageView>[] = [
    { key: 'plate', title: w.plate, render: (it) => <TwoLines first={it.plate || '—'} second={it.note ?? ''} /> },
    { key: 'gate', title: w.gate, render: (it) => <TwoLines first={it.gate_name} second={it.site_name} /> },
    { key: 'basis', title: w.basisTitle, width: 190, render: basis },
    { key: 'direction', title: t.common.direction, width: 80, render: (it) => words.direction[it.direction as 'in' | 'out'] },
    { key: 'occupants', title: w.occupants, width: 90, align: 'right', render: (it) => number(it.occupants, lang) },
    { key: 'at', title: w.at, width: 170, render: (it) => <TwoLines first={dayTime(it.occurred_at, lang)} second={it.by} /> },
    { key: 'outcome', title: w.outcomeTitle, width: 110, render: tag },
  ];
  return (
    <ListPage
      path="/vehicle-passages" title={w.title} countWords={w.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={() => paths.vehicles(values)} tabs={<VisitorTabs here="vehicles" />}
      controls={
        <>
          <FilterText label={w.plate} value={values.search} onChange={(search) => set({ search })} />
          <FilterSelect label={w.basisTitle} value={values.basis} options={optionsOf(w.basis)} onChange={(value) => set({ basis: value })} />
          <FilterSelect label={w.outcomeTitle} value={values.outcome} options={optionsOf(w.outcome)} onChange={(outcome) => set({ outcome })} />
          <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
          <GatePicker chip label={w.gate} value={values.gate_id} onChange={(gate_id) => set({ gate_id })} />
        </>
      }
      card={(it) => (
        <>
          <span className="card-title">{it.plate || '—'}</span>
          <div className="card-line"><span>{basis(it)}</span>{tag(it)}</div>
          <div className="card-line"><span>{it.gate_name}{t.gap}{dayTime(it.occurred_at, lang)}</span></div>
        </>
      )}
      empty={<EmptyState title={w.none} text={w.noneHint} />}
    />
  );
}
