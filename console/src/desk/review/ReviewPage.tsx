import { ImportOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ApplicationView, Approvals } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useCount, useList } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { usePhone } from '../parts/useMedia';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useSession } from '../session/session';
import { useDesk } from '../strings';
import { ApproveMany, ApproveOutcome } from './ApproveMany';
import { ClaimMany, ClaimOutcome, type ClaimResult } from './ClaimMany';
import { queryOf, sortOf, TABS, tabOf, type ReviewTab } from './model';
import { Due, StateOf } from './StateOf';
import { useKeys } from './useKeys';
import { useRulebook } from './useRulebook';

/** Applications to reopen, as a reviewer works through them. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const phone = usePhone();
  const now = useNow();
  const me = useSession().account.id;
  const navigate = useNavigate();
  const filters = useFilters(['state', 'search', 'area', 'department', 'category', 'industry', 'size_class', 'sent_from', 'sent_until', 'through'], ['state']);
  const { values, set } = filters;
  const [result, setResult] = useState<ClaimResult | null>(null);
  const [approved, setApproved] = useState<Approvals | null>(null);
  const { departments, categories } = useRulebook();
  const w = t.review;
  const tab = tabOf(values.state);
  const sort = filters.sort ?? sortOf(tab);
  const { state: _, ...narrowed } = values;
  const query = { ...narrowed, ...queryOf(tab, me) };
  const { items } = useList('/applications', query, sort);
  const at = items.findIndex((it) => it.id === filters.open);
  const move = (to: number) => { const target = items[to]; if (target) filters.setOpen(target.id); };
  useKeys({
    j: () => move(at + 1), k: () => move(at < 0 ? 0 : at - 1),
    Enter: () => { const open = items[at]; if (open) void navigate(paths.reviewFile(open.id)); },
  });
  const sites = (it: ApplicationView) => (it.sites.length > 1 ? w.moreSites(it.sites[0]?.name ?? '', it.sites.length) : it.sites[0]?.name);
  const size = (it: ApplicationView) => words.sizeClass[it.size_class as keyof typeof words.sizeClass] ?? it.size_class;
  const mixed = tab === 'all' || tab === 'decided';
  const columns: Column<ApplicationView>[] = [
    { key: 'number', title: `${w.number}${t.gap}${w.area}`, width: 180, sort: { ascend: 'created_at', descend: '-created_at' }, render: (it) => <TwoLines first={<Link to={paths.reviewFile(it.id)}>{it.number}</Link>} second={it.area_name} /> },
    { key: 'enterprise', title: `${w.enterprise}${t.gap}${w.sites}`, render: (it) => <TwoLines first={it.enterprise_name} second={sites(it)} /> },
    ...(mixed ? [{ key: 'state', title: w.state, width: 84, render: (it: ApplicationView) => <StateOf state={it.state} /> }] : []),
    { key: 'industry', title: `${w.industry}${t.gap}${w.size}`, width: 96, render: (it) => <TwoLines first={it.industry} second={size(it)} /> },
    { key: 'planned', title: w.planned, width: 84, render: (it) => (it.planned === null ? '—' : w.people(number(it.planned, lang))) },
    { key: 'submitted', title: w.submitted, width: 116, render: (it) => (it.submitted_at ? dayTime(it.submitted_at, lang, now) : '—') },
    { key: 'due', title: w.due, width: 168, render: (it) => <Due it={it} now={now} /> },
    { key: 'reviewer', title: w.reviewer, width: 104, render: (it) => (it.claimed_by_me ? w.me : (it.claimed_name ?? '—')) },
  ];
  return (
    <>
      <ListPage
        path="/applications" title={w.title} countWords={w.count} filters={{ ...filters, sort }} query={query} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.reviewFile(it.id)}
        actions={<Link to={paths.reviewDecisions()}><Button icon={<ImportOutlined />}>{w.fromFile.open}</Button></Link>}
        tabs={<StateTabs me={me} value={tab} onChange={(state) => set({ state: state === 'waiting' ? undefined : state })} />}
        controls={
          <>
            <FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} />
            <AreaPicker chip label={w.area} value={values.area} onChange={(area) => set({ area })} />
            <FilterSelect label={w.department} value={values.department} onChange={(department) => set({ department })} options={departments.map((it) => ({ value: it.key, label: it.name[lang] }))} />
            <FilterSelect label={w.whitelist} value={values.category} onChange={(category) => set({ category })} options={categories.map((it) => ({ value: it.key, label: it.name[lang] }))} />
            {phone ? null : <small className="keys">{w.keys}</small>}
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.reviewFile(it.id)}>{it.enterprise_name}</Link>
            <div className="card-line"><span>{sites(it)}</span><StateOf state={it.state} /></div>
            <div className="card-line"><span>{it.number}</span><span>{it.area_name}</span></div>
            <div className="card-line"><Due it={it} now={now} /><span>{it.claimed_by_me ? w.me : it.claimed_name}</span></div>
          </>
        )}
        bulk={(chosen, clear) => <><ClaimMany applications={chosen} clear={clear} onResult={setResult} /><ApproveMany applications={chosen} clear={clear} onResult={setApproved} /></>}
        empty={<EmptyState title={w.none[tab]} text={w.noneHint} />}
      />
      {result ? <ClaimOutcome result={result} onClose={() => setResult(null)} /> : null}
      {approved ? <ApproveOutcome result={approved} onClose={() => setApproved(null)} /> : null}
    </>
  );
}

function StateTabs({ me, value, onChange }: { me: string; value: ReviewTab; onChange: (tab: ReviewTab) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const counts = {
    waiting: useCount('/applications', queryOf('waiting', me)), mine: useCount('/applications', queryOf('mine', me)), returned: useCount('/applications', queryOf('returned', me)),
    decided: useCount('/applications', queryOf('decided', me)), all: useCount('/applications', queryOf('all', me)),
  };
  return (
    <Tabs
      className="view-tabs" activeKey={value} onChange={(key) => onChange(tabOf(key))}
      items={TABS.map((key) => ({ key, label: <>{t.review.tabs[key]}<em>{counts[key] === null ? '' : number(counts[key], lang)}</em></> }))}
    />
  );
}
