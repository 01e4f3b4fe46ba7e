import type { Overview } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { clock, number } from '../../shared/format';
import { useDesk } from '../strings';

const [WIDTH, HEIGHT, BASE] = [560, 168, 144];

/** Bars by hour, from 0; what was not admitted on top. */
export function HourBars({ hours }: { hours: Overview['by_hour'] }) {
  const t = useDesk();
  const { lang } = useLang();
  const totals = hours.map((it) => it.admit + it.other);
  const total = totals.reduce((sum, count) => sum + count, 0);
  if (total === 0) return <p className="muted">{t.overview.noneYet}</p>;
  const most = Math.max(...totals);
  const peak = hours[totals.indexOf(most)];
  const step = WIDTH / Math.max(hours.length, 12);
  const tall = (count: number) => (count / most) * (BASE - 12);
  const label = (hour: string) => (/^\d\d?$/.test(hour) ? `${hour.padStart(2, '0')}:00` : hour.includes('T') ? clock(hour) : hour);
  const every = Math.ceil(hours.length / 12);
  return (
    <>
      <svg className="hours" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t.overview.chartLabel(number(total, lang), hours.length)}>
        <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} stroke="var(--line)" />
        {hours.map((it, at) => {
          const x = at * step + step * 0.15;
          const width = step * 0.7;
          const admit = tall(it.admit);
          const other = tall(it.other);
          return (
            <g key={it.hour}>
              <title>{t.overview.hourLabel(label(it.hour), number(it.admit, lang), number(it.other, lang))}</title>
              <rect x={x} y={BASE - admit} width={width} height={admit} fill="var(--series-1)" />
              <rect x={x} y={BASE - admit - other} width={width} height={other} fill="var(--series-2)" />
              {at % every === 0 ? <text x={x + width / 2} y={BASE + 16} textAnchor="middle">{label(it.hour)}</text> : null}
            </g>
          );
        })}
      </svg>
      {peak ? <p className="muted">{t.overview.peak(label(peak.hour), number(most, lang))}</p> : null}
    </>
  );
}
