import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { GridEnterpriseView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useCount, useGet } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterText } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useDesk } from '../strings';
import { Assignments } from './Assignments';
import { AssignMany, AssignManyButton } from './AssignMany';
import { GridTabs } from './GridTabs';
import { OfficerPicker } from './pickers';
import { PanelHead } from '../parts/SidePanel';
import './grid.css';

const GAPS = ['all', 'no_grid', 'no_officer', 'many_officers'] as const;
type GridGap = (typeof GAPS)[number];

/** One enterprise, one grid, one officer: what is left out. */
export function Component() {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const filters = useFilters(['gap', 'search', 'area', 'officer_id'], ['gap']);
  const { values, set } = filters;
  const [assigning, setAssigning] = useState<{ chosen: GridEnterpriseView[]; clear: () => void } | null>(null);
  const officers = (it: GridEnterpriseView) => (it.officers.length ? it.officers.map((officer) => officer.name).join(t.gap) : <StateTag tone="hold">{w.nobody}</StateTag>);
  const grid = (it: GridEnterpriseView) => (it.in_grid ? null : <StateTag tone="hold">{w.notInGrid}</StateTag>);
  const columns: Column<GridEnterpriseView>[] = [
    { key: 'name', title: t.common.name, sort: { ascend: 'name', descend: '-created_at' }, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.credit_code} /> },
    { key: 'area', title: t.common.area, width: 210, render: (it) => <TwoLines first={<>{it.area_name} {grid(it)}</>} second={it.area_code} /> },
    { key: 'officers', title: w.officers, width: 220, render: officers },
    { key: 'employees', title: w.employees, width: 100, align: 'right', render: (it) => number(it.employees, lang) },
  ];
  return (
    <>
      <ListPage
        path="/grid/enterprises" title={w.title} countWords={w.count} filters={filters} columns={columns} rowId={(it) => it.id}
        tabs={<><GridTabs here="grid" /><Gaps value={(values.gap ?? 'all') as GridGap} onChange={(gap) => set({ gap: gap === 'all' ? undefined : gap })} /></>}
        controls={
          <>
            <FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} />
            <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
            <OfficerPicker chip label={w.officer} value={values.officer_id} onChange={(officer_id) => set({ officer_id })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.name}</Link>
            <div className="card-line"><span>{it.area_name}</span>{grid(it)}</div>
            <div className="card-line"><span>{officers(it)}</span></div>
          </>
        )}
        bulk={(chosen, clear) => <AssignManyButton count={chosen.length} onClick={() => setAssigning({ chosen, clear })} />}
        empty={values.gap ? <EmptyState title={w.gapNone} text={w.gapNoneHint} /> : <EmptyState title={w.none} text={w.noneHint} />}
        panel={filters.open ? { label: w.detail, content: <EnterpriseOfficers id={filters.open} /> } : null}
      />
      {assigning ? <AssignMany enterprises={assigning.chosen} onClose={() => setAssigning(null)} onDone={() => { assigning.clear(); setAssigning(null); }} /> : null}
    </>
  );
}

function Gaps({ value, onChange }: { value: GridGap; onChange: (gap: GridGap) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const counts: Record<GridGap, number | null> = {
    all: useCount('/grid/enterprises', {}), no_grid: useCount('/grid/enterprises', { gap: 'no_grid' }),
    no_officer: useCount('/grid/enterprises', { gap: 'no_officer' }), many_officers: useCount('/grid/enterprises', { gap: 'many_officers' }),
  };
  return (
    <div className="gaps">
      <Segmented<GridGap>
        aria-label={t.grid.title} value={value} onChange={onChange}
        options={GAPS.map((gap) => ({ value: gap, label: <>{t.grid.gap[gap]} <em>{counts[gap] === null ? '' : number(counts[gap], lang)}</em></> }))}
      />
      <span className="muted">{t.grid.lead}</span>
    </div>
  );
}

function EnterpriseOfficers({ id }: { id: string }) {
  const t = useDesk();
  return (
    <>
      <EnterpriseHead id={id} />
      <Assignments of={{ enterprise_id: id }} title={t.grid.officers} />
    </>
  );
}

function EnterpriseHead({ id }: { id: string }) {
  const t = useDesk();
  const { data } = useGet('/enterprises/{id}', { path: { id } });
  return data ? <PanelHead over={data.credit_code} title={data.name}>{data.area_name}{t.gap}{data.area_code}</PanelHead> : null;
}
