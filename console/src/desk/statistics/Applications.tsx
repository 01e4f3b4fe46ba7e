import { lazy, Suspense, useMemo } from 'react';
import { Link } from 'react-router';
import type { ApplicationStatistics, Figure, Waiting } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet } from '../data';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Explain } from './Explain';
import { narrowing, percent, STAGES, THROUGH, type Stage } from './model';
import type { StatisticQuery } from './StatisticsPage';

const Chart = lazy(async () => ({ default: (await import('./Chart')).Chart }));
const COLOURS = ['#00667a', '#5266b0', '#5a8030'];

/** How far applications came, and how long their applicants waited. */
export function Applications({ query }: { query: StatisticQuery }) {
  const w = useDesk().statistics;
  const { data, error, refetch } = useGet('/statistics/applications', { query }, { keep: true });
  return (
    <section className="block" aria-label={w.funnel}>
      <h2>{w.funnel}{data ? <small>{w.period(data.from, data.until)}</small> : null}</h2>
      <p className="muted">{w.funnelLead}</p>
      {data ? <><Funnel data={data} /><Stages data={data} query={query} /><Times data={data} /></> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
    </section>
  );
}

function Funnel({ data }: { data: ApplicationStatistics }) {
  const w = useDesk().statistics;
  const { lang } = useLang();
  const option = useMemo(() => ({
    color: COLOURS, animation: false, tooltip: { trigger: 'item' },
    series: [{
      type: 'funnel', sort: 'none', left: '5%', width: '90%', top: 8, bottom: 8, gap: 2, minSize: '8%',
      label: { position: 'inside', color: '#fff', formatter: '{b} {c}' },
      data: narrowing(data.stages, data.reply.count).map((it) => ({ name: it.key === 'approved' ? `${w.figure.approved} / ${w.figure.filed}` : w.figure[it.key], value: it.value })),
    }],
  }), [data, w]);
  if (data.stages.submitted === 0) return null;
  const through = data.stages.approved + data.stages.filed;
  return <Suspense fallback={<LoadingState />}><Chart option={option} height={180} label={w.funnelChart(number(data.stages.submitted, lang), number(through, lang))} /></Suspense>;
}

function Stages({ data, query }: { data: ApplicationStatistics; query: StatisticQuery }) {
  const w = useDesk().statistics;
  const { lang } = useLang();
  const can = useCan();
  const asOf = data.as_of ? dayTime(data.as_of, lang) : null;
  const { area, industry, size_class } = query;
  const link = (stage: Stage) => paths.review({ state: 'all', area, industry, size_class, sent_from: data.from, sent_until: data.until, through: THROUGH[stage] });
  const share = (stage: Stage) => {
    const text = percent(data.stages.submitted > 0 ? data.stages[stage] / data.stages.submitted : null);
    return stage === 'begun' || stage === 'submitted' || text === null ? '—' : w.percent(text);
  };
  return (
    <table className="plain-table" aria-label={w.funnel}>
      <thead><tr><th>{w.stage}</th><th className="num">{w.number}</th><th className="num">{w.share}</th></tr></thead>
      <tbody>
        {STAGES.map((stage) => (
          <tr key={stage}>
            <th scope="row">{w.figure[stage]}<Explain figure={stage} asOf={asOf} /></th>
            <td className="num">{stage !== 'begun' && can('review_applications') ? <Link to={link(stage)}>{number(data.stages[stage], lang)}</Link> : number(data.stages[stage], lang)}</td>
            <td className="num">{share(stage)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Times({ data }: { data: ApplicationStatistics }) {
  const w = useDesk().statistics;
  const { lang } = useLang();
  const asOf = data.as_of ? dayTime(data.as_of, lang) : null;
  const rows: [Figure, Waiting, string][] = [['reply_time', data.reply, w.replyLimit], ['decision_time', data.decision, w.decisionLimit]];
  const hours = (it: number | null) => (it === null ? '—' : w.hours(it));
  const share = (it: Waiting) => { const text = percent(it.in_time_share); return text === null ? '—' : w.percent(text); };
  return (
    <div className="scroll-x">
      <table className="plain-table" aria-label={w.times}>
        <thead><tr><th>{w.times}</th><th className="num">{w.served}</th><th className="num">{w.inTime}</th><th className="num">{w.median}</th><th className="num">{w.p90}</th></tr></thead>
        <tbody>
          {rows.map(([figure, it, limit]) => (
            <tr key={figure}>
              <th scope="row">{w.figure[figure]}<Explain figure={figure} asOf={asOf} /></th>
              <td className="num">{number(it.count, lang)}</td>
              <td className="num">{share(it)}<br /><small>{limit}</small></td>
              <td className="num">{hours(it.median_hours)}</td>
              <td className="num">{hours(it.p90_hours)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
