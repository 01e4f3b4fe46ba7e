import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { FilterDate, FilterSelect, optionsOf } from '../parts/FilterControls';
import { PageHead } from '../parts/PageHead';
import { AreaPicker } from '../parts/PlacePicker';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useDesk } from '../strings';
import { Applications } from './Applications';
import { Breakdown } from './Breakdown';
import { ExportDialog } from './ExportDialog';
import { Rates } from './Rates';
import { Supplies } from './Supplies';
import { Trend } from './Trend';
import './statistics.css';

/** What the whole page is narrowed by. */
export type StatisticQuery = { area?: string; industry?: string; size_class?: string; from?: string; until?: string };

/** How far a district has reopened, by whom, and how fast: every figure says what it counts and leads to its list. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const w = t.statistics;
  const filters = useFilters(['area', 'industry', 'size_class', 'from', 'until', 'by'], ['by']);
  const [exporting, setExporting] = useState(false);
  const { area, industry, size_class, from, until, by } = filters.values;
  const query: StatisticQuery = { area, industry, size_class, from, until };
  const { data, error, refetch } = useGet('/statistics/days', { query }, { keep: true, refetchInterval: 60_000 });
  const asOf = data?.as_of ? dayTime(data.as_of, lang) : null;
  return (
    <div className="page">
      <PageHead title={w.title} second={asOf ? w.asOf(asOf) : undefined}>
        <Button icon={<DownloadOutlined />} disabled={!data?.as_of} onClick={() => setExporting(true)}>{w.export}</Button>
      </PageHead>
      <div className="statistic-filters" role="group" aria-label={t.list.filters}>
        <AreaPicker chip label={w.area} value={area} onChange={(next) => filters.set({ area: next })} />
        <FilterSelect label={w.industry} value={industry} options={Object.entries(w.sections).map(([value, label]) => ({ value, label: `${value} ${label}` }))} onChange={(next) => filters.set({ industry: next })} />
        <FilterSelect label={w.size} value={size_class} options={optionsOf(words.sizeClass)} onChange={(next) => filters.set({ size_class: next })} />
        <FilterDate label={w.from} value={from ?? data?.from ?? ''} onChange={(next) => filters.set({ from: next })} />
        <FilterDate label={w.until} value={until ?? data?.until ?? ''} onChange={(next) => filters.set({ until: next })} />
        {filters.active > 0 ? <Button size="small" onClick={filters.clear}>{t.list.clear}</Button> : null}
      </div>
      {!data ? (error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />) : null}
      {data && !data.as_of ? <EmptyState title={w.notYet} text={w.notYetHint} /> : null}
      {data?.as_of ? (
        <>
          <Rates days={data.days} asOf={asOf} />
          <div className="statistic-body">
            <Breakdown query={query} by={by} onBy={(next) => filters.set({ by: next })} onArea={(next) => filters.set({ area: next })} />
            <Trend days={data.days} />
            <Applications query={query} />
            <Supplies query={query} />
          </div>
        </>
      ) : null}
      {exporting ? <ExportDialog query={query} onClose={() => setExporting(false)} /> : null}
    </div>
  );
}
