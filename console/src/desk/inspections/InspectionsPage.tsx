import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { InspectionView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useCount } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useCan, useSession } from '../session/session';
import { useDesk } from '../strings';
import { queryOf, TABS, tabOf, type InspectionTab } from './model';
import { RoutesDialog } from './RoutesDialog';
import { InspectionStateOf } from './parts';
import './inspections.css';

/** Visits: what is to be seen, by whom, when, and what came of it. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const session = useSession();
  const can = useCan();
  const filters = useFilters(['tab', 'search', 'kind', 'area'], ['tab']);
  const { values, set } = filters;
  const [routing, setRouting] = useState(false);
  const w = t.inspections;
  const tab = tabOf(values.tab);
  const sort = filters.sort ?? (tab === 'done' ? '-created_at' : 'due_at');
  const query = { search: values.search, kind: values.kind, area: values.area, ...queryOf(tab, session.account.id) };
  const officer = (it: InspectionView) => (it.mine ? t.review.me : (it.officer_name ?? w.nobody));
  const late = (it: InspectionView) => it.state === 'planned' && Date.parse(it.due_at) < now;
  const columns: Column<InspectionView>[] = [
    { key: 'enterprise', title: `${w.enterprise}${t.gap}${w.number}`, render: (it) => <TwoLines first={<Link to={paths.inspection(it.id)}>{it.enterprise_name}</Link>} second={it.number} /> },
    { key: 'kind', title: `${w.kind}${t.gap}${w.mode}`, width: 110, render: (it) => <TwoLines first={w.kinds[it.kind]} second={w.modes[it.mode]} /> },
    { key: 'state', title: w.state, width: 92, render: (it) => <InspectionStateOf state={it.state} /> },
    { key: 'area', title: w.area, width: 140, render: (it) => it.area_name },
    { key: 'officer', title: w.officer, width: 120, render: officer },
    { key: 'day', title: w.day, width: 140, sort: { ascend: 'planned_on' }, render: (it) => (it.starts_at ? dayTime(it.starts_at, lang, now) : it.planned_on ? w.stop(it.planned_on, it.stop) : '—') },
    { key: 'due', title: w.due, width: 140, sort: { ascend: 'due_at' }, render: (it) => (it.reported_at ? dayTime(it.reported_at, lang, now) : <span className={late(it) ? 'bad' : ''}>{late(it) ? '▲ ' : ''}{dayTime(it.due_at, lang, now)}</span>) },
  ];
  return (
    <>
      <ListPage
        path="/inspections" title={w.title} countWords={w.count} filters={{ ...filters, sort }} query={query} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.inspection(it.id)}
        actions={can('review_applications') ? <Button onClick={() => setRouting(true)}>{w.routes}</Button> : undefined}
        tabs={<StateTabs me={session.account.id} value={tab} onChange={(next) => set({ tab: next === 'planned' ? undefined : next })} />}
        controls={
          <>
            <FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={w.kind} value={values.kind} options={optionsOf(w.kinds)} onChange={(kind) => set({ kind })} />
            <AreaPicker chip label={w.area} value={values.area} onChange={(area) => set({ area })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.inspection(it.id)}>{it.enterprise_name}</Link>
            <div className="card-line"><span>{w.kinds[it.kind]}{t.gap}{it.area_name}</span><InspectionStateOf state={it.state} /></div>
            <div className="card-line"><span>{officer(it)}</span><span>{it.planned_on ? w.stop(it.planned_on, it.stop) : dayTime(it.due_at, lang, now)}</span></div>
          </>
        )}
        empty={<EmptyState title={w.none[tab]} text={w.noneHint} />}
      />
      {routing ? <RoutesDialog onClose={() => setRouting(false)} /> : null}
    </>
  );
}

function StateTabs({ me, value, onChange }: { me: string; value: InspectionTab; onChange: (tab: InspectionTab) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const counts = {
    planned: useCount('/inspections', queryOf('planned', me)), mine: useCount('/inspections', queryOf('mine', me)),
    nobody: useCount('/inspections', queryOf('nobody', me)), done: useCount('/inspections', queryOf('done', me)),
  };
  return (
    <Tabs
      className="view-tabs" activeKey={value} onChange={(key) => onChange(tabOf(key))}
      items={TABS.map((key) => ({ key, label: <>{t.inspections.tabs[key]}<em>{counts[key] === null ? '' : number(counts[key], lang)}</em></> }))}
    />
  );
}
