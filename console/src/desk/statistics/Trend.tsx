import { lazy, Suspense, useMemo } from 'react';
import type { StatisticDay } from '../../api';
import { LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { RATES } from './model';

const Chart = lazy(async () => ({ default: (await import('./Chart')).Chart }));
const COLOURS = ['#00667a', '#b86e00', '#5266b0', '#a24b6b'];

/** The rates day by day, in per cent. */
export function Trend({ days }: { days: StatisticDay[] }) {
  const w = useDesk().statistics;
  const option = useMemo(() => ({
    color: COLOURS, animation: false, tooltip: { trigger: 'axis' }, legend: { bottom: 0, type: 'scroll' }, grid: { left: 44, right: 12, top: 12, bottom: 56 },
    xAxis: { type: 'category', data: days.map((it) => it.day.slice(5)) }, yAxis: { type: 'value', axisLabel: { formatter: '{value}%' } },
    series: RATES.map((key) => ({ type: 'line', name: w.figure[key], showSymbol: days.length === 1, connectNulls: true, data: days.map(({ figures }) => (figures[key] === null ? null : Number((figures[key] * 100).toFixed(1)))) })),
  }), [days, w]);
  const [first, last] = [days[0], days[days.length - 1]];
  if (!first || !last) return null;
  return (
    <section className="block" aria-label={w.trendTitle}>
      <h2>{w.trendTitle}</h2>
      <Suspense fallback={<LoadingState />}><Chart option={option} height={260} label={w.trend(w.trendTitle, first.day, last.day)} /></Suspense>
    </section>
  );
}
