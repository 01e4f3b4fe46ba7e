import { ImportOutlined } from '@ant-design/icons';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type CensusFinding, type CensusOutcome } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useCount, useGet, useSubmit } from '../data';
import type { Column } from '../parts/DataTable';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AcceptDialog } from './AcceptDialog';
import { CensusTabs } from './CensusTabs';
import { OUTCOME_TONE, OUTCOMES, STATE_TONE } from './model';
import '../grid/grid.css';
import './census.css';

/** What was found from door to door, to be decided. */
export function Component() {
  const t = useDesk();
  const w = t.census;
  const filters = useFilters(['outcome', 'state', 'kind', 'search', 'area', 'import_id'], ['outcome']);
  const { values, set } = filters;
  const can = useCan();
  const [accepting, setAccepting] = useState(false);
  // What waits is shown unless somebody asks for something else.
  const state = values.state ?? 'open';
  const query = { ...values, state: state === 'any' ? undefined : state };
  const imports = useGet('/census/imports', {});
  const files = (imports.data ?? []).map((it) => ({ value: it.id, label: it.file_name || it.set_at.slice(0, 10) }));
  const href = (it: CensusFinding) => paths.censusFinding(it.id, query);
  const outcome = (it: CensusFinding) => <StateTag tone={OUTCOME_TONE[it.outcome]}>{w.outcomes[it.outcome]}</StateTag>;
  const decided = (it: CensusFinding) => (it.state === 'open' ? null : <StateTag tone={STATE_TONE[it.state]}>{w.states[it.state]}</StateTag>);
  const why = (it: CensusFinding) => (it.aside_reason ? w.reasons[it.aside_reason] : it.conflict ? w.conflicts[it.conflict] : null);
  const columns: Column<CensusFinding>[] = [
    { key: 'name', title: w.columns.name, sort: { ascend: 'name', descend: '-created_at' }, render: (it) => <TwoLines first={<Link to={href(it)}>{it.name}</Link>} second={it.kind === 'enterprise' ? it.credit_code || '—' : w.kinds[it.kind]} /> },
    { key: 'area', title: w.columns.area, width: 190, render: (it) => <TwoLines first={it.area_name} second={it.address} /> },
    { key: 'outcome', title: w.outcome, width: 200, render: (it) => <TwoLines first={<>{outcome(it)} {decided(it)}</>} second={why(it)} /> },
    { key: 'first', title: w.alike, width: 210, render: (it) => (it.first ? <TwoLines first={it.first.name} second={w.score(it.first.score)} /> : <span className="muted">{w.noneAlike}</span>) },
    { key: 'found', title: w.columns.found_on, width: 110, render: (it) => it.found_on || '—' },
  ];
  return (
    <>
      <ListPage
        path="/census/findings" title={w.title} countWords={w.count} filters={filters} query={query} columns={columns} rowId={(it) => it.id} rowHref={href}
        tabs={<><CensusTabs here="findings" /><Outcomes state={query.state} value={values.outcome as CensusOutcome | undefined} onChange={(next) => set({ outcome: next })} /></>}
        actions={<>{can('manage_grid') ? <CompareButton /> : null}<Button onClick={() => setAccepting(true)}>{w.accept}</Button>{can('manage_grid') ? <Link to={paths.censusImport()}><Button type="primary" icon={<ImportOutlined />}>{w.import}</Button></Link> : null}</>}
        controls={
          <>
            <FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={w.stateFilter} value={state} options={[{ value: 'any', label: w.anyState }, ...optionsOf(w.states), { value: 'decided', label: w.decided }]} onChange={(next) => set({ state: next })} />
            <FilterSelect label={w.kindFilter} value={values.kind} options={optionsOf(w.kinds)} onChange={(kind) => set({ kind })} />
            <AreaPicker chip label={w.columns.area} value={values.area} onChange={(area) => set({ area })} />
            <FilterSelect label={w.file} value={values.import_id} options={files} onChange={(import_id) => set({ import_id })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={href(it)}>{it.name}</Link>
            <div className="card-line"><span>{it.kind === 'enterprise' ? '' : `${w.kinds[it.kind]}${t.gap}`}{it.area_name}{it.address ? `${t.gap}${it.address}` : ''}</span></div>
            <div className="card-line"><span>{outcome(it)} {decided(it)}</span><span>{it.first?.name}</span></div>
          </>
        )}
        empty={imports.data?.length === 0 ? <EmptyState title={w.none} text={w.noneHint} /> : <EmptyState title={w.noneOpen} text={w.noneOpenHint} />}
      />
      {accepting ? <AcceptDialog importId={values.import_id} area={values.area} onClose={() => setAccepting(false)} /> : null}
    </>
  );
}

function Outcomes({ state, value, onChange }: { state: string | undefined; value: CensusOutcome | undefined; onChange: (outcome: CensusOutcome | undefined) => void }) {
  const w = useDesk().census;
  const { lang } = useLang();
  const counts: Record<CensusOutcome, number | null> = {
    matched: useCount('/census/findings', { state, outcome: 'matched' }), likely: useCount('/census/findings', { state, outcome: 'likely' }),
    new: useCount('/census/findings', { state, outcome: 'new' }), conflict: useCount('/census/findings', { state, outcome: 'conflict' }),
  };
  const all = useCount('/census/findings', { state });
  const option = (key: CensusOutcome | 'all', label: string, count: number | null) => ({ value: key, label: <>{label} <em>{count === null ? '' : number(count, lang)}</em></> });
  return (
    <div className="gaps">
      <Segmented<CensusOutcome | 'all'>
        aria-label={w.outcome} value={value ?? 'all'} onChange={(next) => onChange(next === 'all' ? undefined : next)}
        options={[option('all', w.all, all), ...OUTCOMES.map((it) => option(it, w.outcomes[it], counts[it]))]}
      />
      <span className="muted">{w.lead}</span>
    </div>
  );
}

function CompareButton() {
  const w = useDesk().census;
  const { lang } = useLang();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<null, { changed: number }>((_, idempotencyKey) => post('/census/comparisons', { idempotencyKey }), {
    invalidates: ['census'], onDone: (it) => void message.success(w.compared(number(it.changed, lang))),
  });
  return <>{error ? <ErrorAlert error={error} /> : null}<Button loading={pending} onClick={() => void submit(null)}>{w.compare}</Button></>;
}
