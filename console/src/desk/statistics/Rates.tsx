import type { StatisticDay } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useDesk } from '../strings';
import { Explain } from './Explain';
import { counts, line, percent, RATES, type RateKey } from './model';

const [WIDTH, HEIGHT] = [160, 32];

/** The four figures that say how far a district is, as of its last day, each with its days behind it. */
export function Rates({ days, asOf }: { days: StatisticDay[]; asOf: string | null }) {
  return <div className="statistic-rates">{RATES.map((key) => <Rate key={key} name={key} days={days} asOf={asOf} />)}</div>;
}

function Rate({ name, days, asOf }: { name: RateKey; days: StatisticDay[]; asOf: string | null }) {
  const w = useDesk().statistics;
  const { lang } = useLang();
  const n = (it: number) => number(it, lang);
  const [first, last] = [days[0], days[days.length - 1]];
  if (!first || !last) return null;
  const share = percent(last.figures[name]);
  const [count, of] = counts(last.figures, name);
  const words = { open_rate: w.ofEnterprises, headcount_rate: w.ofPeople, electricity_index: w.ofMeters, completeness: w.ofReports }[name];
  const points = line(days, name, WIDTH, HEIGHT);
  return (
    <section className="statistic-rate" aria-label={w.figure[name]}>
      <h2>{w.figure[name]}<Explain figure={name} asOf={asOf} /></h2>
      <div className="statistic-n">{share === null ? '—' : w.percent(share)}</div>
      <p>{words(n(count), n(of))}</p>
      {points ? (
        <svg viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`} preserveAspectRatio="none" role="img" aria-label={w.trend(w.figure[name], first.day, last.day)}>
          <polyline points={points} fill="none" stroke="var(--series-1)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
        </svg>
      ) : null}
    </section>
  );
}
