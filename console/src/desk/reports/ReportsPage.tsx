import { App, Button, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { post, type DailyReport, type ReportDuty, type UnitsReminded, type UnitSupply } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useCount, useGet, useSubmit } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterDate, FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { GraveDialog } from '../parts/GraveDialog';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { DueReports } from './DueReports';
import { localDay, tabOf, TABS, type ReportTab } from './model';
import { Doubts } from './parts';
import './reports.css';

/** Daily reports: what was said, who has said nothing, what runs out. */
export function Component() {
  const filters = useReportFilters();
  const now = useNow();
  const day = filters.values.day ?? localDay(now);
  const tab = tabOf(filters.values.tab);
  const tabs = <ReportTabs value={tab} day={day} onChange={(next) => filters.set({ tab: next === 'filed' ? undefined : next })} />;
  if (tab === 'missing') return <Missing filters={filters} day={day} tabs={tabs} />;
  return tab === 'supplies' ? <Supplies filters={filters} tabs={tabs} /> : <Filed filters={filters} day={day} tabs={tabs} />;
}

type ReportFilters = ReturnType<typeof useReportFilters>;

function useReportFilters() {
  return useFilters(['tab', 'day', 'search', 'area', 'item', 'short', 'doubtful'], ['tab']);
}

interface PaneProps { filters: ReportFilters; day: string; tabs: ReactNode }

function DayAndArea({ filters, day }: { filters: ReportFilters; day: string }) {
  const w = useDesk().reports;
  return (
    <>
      <FilterDate label={w.day} value={day} onChange={(next) => filters.set({ day: next })} />
      <FilterText label={w.search} value={filters.values.search} onChange={(search) => filters.set({ search })} />
      <AreaPicker chip label={w.area} value={filters.values.area} onChange={(area) => filters.set({ area })} />
    </>
  );
}

function Filed({ filters, day, tabs }: PaneProps) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const navigate = useNavigate();
  const w = t.reports;
  const { search, area, doubtful } = filters.values;
  const query = { day, search, area, doubtful };
  const n = (it: number | null | undefined) => (it === null || it === undefined ? '—' : number(it, lang));
  const href = (it: DailyReport) => paths.dailyReport(it.unit_id, it.day);
  const columns: Column<DailyReport>[] = [
    { key: 'unit', title: w.unit, render: (it) => <TwoLines first={<Link to={href(it)}>{it.site_name ?? it.enterprise_name}</Link>} second={it.site_name ? it.enterprise_name : it.area_name} /> },
    { key: 'on_duty', title: w.figures.on_duty, width: 96, render: (it) => n(it.figures.on_duty) },
    { key: 'seen', title: w.seen, width: 96, render: (it) => n(it.seen) },
    { key: 'planned', title: w.figures.planned, width: 96, render: (it) => n(it.figures.planned) },
    { key: 'from_affected', title: w.short.from_affected, width: 96, render: (it) => n(it.figures.from_affected) },
    { key: 'abnormal', title: w.short.abnormal, width: 80, render: (it) => <span className={it.figures.abnormal > 0 ? 'bad' : ''}>{n(it.figures.abnormal)}</span> },
    { key: 'isolated', title: w.short.isolated, width: 80, render: (it) => n(it.figures.isolated) },
    { key: 'kwh', title: w.kwhShort, width: 110, render: (it) => n(it.figures.electricity_kwh) },
    { key: 'doubts', title: w.doubtsTitle, width: 180, render: (it) => <Doubts of={it.doubts} /> },
    { key: 'at', title: w.filedAt, width: 150, sort: { descend: '-changed_at' }, render: (it) => <TwoLines first={dayTime(it.changed_at, lang)} second={it.late ? w.late : it.filed_by} /> },
  ];
  return (
    <ListPage
      path="/daily-reports" title={w.title} countWords={w.count} filters={filters} query={query} columns={columns} rowId={(it) => it.id} rowHref={href} tabs={tabs}
      actions={can('import_electricity') ? <Button onClick={() => void navigate(paths.electricityImport())}>{w.electricity.open}</Button> : undefined}
      controls={<><DayAndArea filters={filters} day={day} /><FilterSelect label={w.doubtsTitle} value={doubtful} options={[{ value: 'true', label: w.onlyDoubtful }]} onChange={(next) => filters.set({ doubtful: next })} /></>}
      notice={can('file_reports') ? <DueReports /> : <Sums query={query} />}
      card={(it) => (
        <>
          <Link className="card-title" to={href(it)}>{it.site_name ?? it.enterprise_name}</Link>
          <div className="card-line"><span>{w.figures.on_duty} {n(it.figures.on_duty)}{t.gap}{w.seen} {n(it.seen)}</span><span>{it.late ? w.late : ''}</span></div>
          <div className="card-line"><Doubts of={it.doubts} /></div>
        </>
      )}
      empty={<EmptyState title={w.none} text={w.noneHint} />}
    />
  );
}

function Sums({ query }: { query: { day?: string; search?: string; area?: string; doubtful?: string } }) {
  const t = useDesk();
  const { lang } = useLang();
  const { data } = useGet('/daily-reports/sums', { query }, { keep: true });
  if (!data) return null;
  const w = t.reports;
  const figures: [string, number][] = [[w.figures.planned, data.planned], [w.figures.on_duty, data.on_duty], [w.short.from_affected, data.from_affected], [w.short.abnormal, data.abnormal], [w.short.isolated, data.isolated], [w.doubtsTitle, data.doubtful]];
  return <dl className="report-sums">{figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{number(value, lang)}</dd></div>)}</dl>;
}

function Missing({ filters, day, tabs }: PaneProps) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const words = useCommon();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const w = t.reports;
  const { search, area } = filters.values;
  const query = { day, search, area };
  const count = useCount('/report-duties', query);
  const remind = (unit_id: string | null, idempotencyKey: string) => post('/report-duties/reminders', { body: { day, unit_id, area: area ?? null }, idempotencyKey });
  const done = (it: UnitsReminded) => void message.success(w.reminded(it.reminded, it.before, it.left));
  const { submit, pending } = useSubmit<string, UnitsReminded>(remind, { invalidates: ['report-duties'], onDone: done, onError: (failure) => void message.error(words.error(failure.code, failure.params)) });
  const href = (it: ReportDuty) => paths.dailyReport(it.id, day);
  const reminded = (it: ReportDuty) => (it.reminded_at ? dayTime(it.reminded_at, lang) : '—');
  const columns: Column<ReportDuty>[] = [
    { key: 'unit', title: w.unit, render: (it) => <TwoLines first={<Link to={href(it)}>{it.unit_name}</Link>} second={it.site_id ? it.enterprise_name : it.area_name} /> },
    { key: 'last', title: w.lastDay, width: 140, render: (it) => it.last_day ?? w.never },
    { key: 'reminded', title: w.remindedAt, width: 160, render: reminded },
    { key: 'act', title: '', width: 110, render: (it) => (can('remind_reports') ? <Button size="small" loading={pending} onClick={() => void submit(it.id)}>{w.remind}</Button> : can('file_reports') ? <Link to={href(it)}>{w.file}</Link> : null) },
  ];
  return (
    <>
      <ListPage
        path="/report-duties" title={w.title} countWords={w.missingCount} filters={filters} query={query} columns={columns} rowId={(it) => it.id} rowHref={href} tabs={tabs}
        actions={can('remind_reports') ? <Button disabled={!count} onClick={() => setAsking(true)}>{w.remindAll}</Button> : undefined}
        controls={<DayAndArea filters={filters} day={day} />}
        card={(it) => (
          <>
            <Link className="card-title" to={href(it)}>{it.unit_name}</Link>
            <div className="card-line"><span>{w.lastDay} {it.last_day ?? w.never}</span><span>{w.remindedAt} {reminded(it)}</span></div>
            {can('remind_reports') ? <Button loading={pending} onClick={() => void submit(it.id)}>{w.remind}</Button> : null}
          </>
        )}
        empty={<EmptyState title={w.allFiled} text={w.allFiledHint} />}
      />
      {asking ? (
        <GraveDialog<UnitsReminded>
          title={w.remindAll} consequence={w.remindText(number(count ?? 0, lang), day)} confirmText={w.remindAll} needsReason={false} danger={false} invalidates={['report-duties']}
          send={(_, idempotencyKey) => remind(null, idempotencyKey)} onDone={(it) => { done(it); setAsking(false); }} onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function Supplies({ filters, tabs }: { filters: ReportFilters; tabs: ReactNode }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.reports;
  const { item = 'mask', search, area, short } = filters.values;
  const query = { item, search, area, short };
  const sums = useGet('/supplies/sums', { query: { search, area, short } }, { keep: true });
  const n = (it: number | null | undefined) => (it === null || it === undefined ? '—' : number(it, lang));
  const href = (it: UnitSupply) => paths.dailyReport(it.id, it.day);
  const days = (it: number | null | undefined) => (it === null || it === undefined ? w.noBurn : <span className={it < 3 ? 'bad' : ''}>{w.days(it)}</span>);
  const columns: Column<UnitSupply>[] = [
    { key: 'unit', title: w.unit, render: (it) => <TwoLines first={<Link to={href(it)}>{it.site_name ?? it.enterprise_name}</Link>} second={it.area_name} /> },
    { key: 'stock', title: w.stock, width: 110, render: (it) => n(it.stock) },
    { key: 'burn', title: w.burn, width: 110, render: (it) => n(it.burn) },
    { key: 'days', title: w.daysLeft, width: 120, sort: { ascend: 'days_left' }, render: (it) => days(it.days_left) },
    { key: 'gap', title: w.gapTitle, width: 110, sort: { descend: '-gap_left' }, render: (it) => n(it.gap) },
    { key: 'day', title: w.day, width: 120, render: (it) => it.day },
  ];
  return (
    <ListPage
      path="/supplies" title={w.title} countWords={w.suppliesCount} filters={filters} query={query} columns={columns} rowId={(it) => it.id} rowHref={href} tabs={tabs}
      controls={
        <>
          <FilterSelect label={w.item} value={item} options={optionsOf(w.items)} onChange={(next) => filters.set({ item: next })} />
          <FilterText label={w.search} value={search} onChange={(next) => filters.set({ search: next })} />
          <AreaPicker chip label={w.area} value={area} onChange={(next) => filters.set({ area: next })} />
          <FilterSelect label={w.gapTitle} value={short} options={[{ value: 'true', label: w.onlyShort }]} onChange={(next) => filters.set({ short: next })} />
        </>
      }
      notice={
        <div className="scroll-x">
          <table className="plain-table" aria-label={w.sums}>
            <thead><tr><th>{w.item}</th><th>{w.stock}</th><th>{w.burn}</th><th>{w.daysLeft}</th><th>{w.gapTitle}</th><th>{w.shortUnits}</th></tr></thead>
            <tbody>{sums.data?.items.map((it) => <tr key={it.item}><th scope="row">{w.items[it.item]}</th><td>{n(it.stock)}</td><td>{n(it.burn)}</td><td>{days(it.days_left)}</td><td>{n(it.gap)}</td><td>{w.unitsOf(n(it.short_units), n(it.units))}</td></tr>)}</tbody>
          </table>
        </div>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={href(it)}>{it.site_name ?? it.enterprise_name}</Link>
          <div className="card-line"><span>{w.stock} {n(it.stock)}</span><span>{days(it.days_left)}</span></div>
          <div className="card-line"><span>{w.gapTitle} {n(it.gap)}</span><span>{it.day}</span></div>
        </>
      )}
      empty={<EmptyState title={w.noSupplies} text={w.noSuppliesHint} />}
    />
  );
}

function ReportTabs({ value, day, onChange }: { value: ReportTab; day: string; onChange: (tab: ReportTab) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const filed = useCount('/daily-reports', { day });
  const missing = useCount('/report-duties', { day });
  const counts: Record<ReportTab, number | null> = { filed, missing, supplies: null };
  return (
    <Tabs
      className="view-tabs" activeKey={value} onChange={(key) => onChange(tabOf(key))}
      items={TABS.map((key) => ({ key, label: <>{t.reports.tabs[key]}<em>{counts[key] === null ? '' : number(counts[key], lang)}</em></> }))}
    />
  );
}
