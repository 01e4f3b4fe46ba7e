import type { FactView, HealthStatus, StatusView } from '../../api';
import { temperature } from '../../shared/format';
import { useNow } from '../parts/useNow';
import { useDesk } from '../strings';
import { DAYS, laneDays, runs, type LaneDay } from './lanesModel';
import { useFacts } from './useFacts';

const LEFT = 56;
const STEP = 42;
const WIDTH = LEFT + DAYS * STEP;
const HEIGHT = 152;
const FILL: Record<HealthStatus, string> = { green: 'var(--admit)', amber: 'var(--recheck)', red: 'var(--deny)', unknown: 'none' };
const FEVER_C = 37.3;
const [TOP_C, BOTTOM_C] = [38.5, 35.5];
const LANE = { head: 14, status: 28, attest: 62, high: 80, low: 140 };

/** Fourteen days at a glance: status, declarations, temperature. Hollow is declared, solid is measured. */
export function Lanes({ personId, status }: { personId: string; status: StatusView }) {
  const facts = useFacts(personId, null);
  const now = useNow(60_000);
  if (facts.loading || facts.error) return null;
  return <LaneChart facts={facts.items} status={status} now={now} />;
}

export function LaneChart({ facts, status, now }: { facts: FactView[]; status: StatusView; now: number }) {
  const t = useDesk();
  const days = laneDays(facts, status, now);
  const readings = days.flatMap((day) => day.readings);
  const highest = readings.length ? Math.max(...readings.map((it) => it.celsius)) : null;
  const fever = heightOf(FEVER_C);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on the phone
    <section className="lanes" aria-label={t.file.lanes.label} tabIndex={0}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t.file.lanes.summary(days.filter((day) => day.attested).length, temperature(highest))}>
        <rect x={LEFT + (DAYS - 1) * STEP} y={0} width={STEP} height={HEIGHT} rx={6} fill="var(--canvas)" />
        {days.map((day, at) => (
          <text key={day.key} x={centre(at)} y={LANE.head} textAnchor="middle" fontWeight={at === DAYS - 1 ? 700 : 400}>{at === DAYS - 1 ? t.file.lanes.today : Number(day.key.slice(8))}</text>
        ))}
        {status.status === null ? null : <StatusLane days={days} />}
        <text x={0} y={LANE.attest + 4}>{t.file.lanes.attest}</text>
        {days.map((day, at) => <Attested key={day.key} day={day} x={centre(at)} />)}
        <text x={0} y={(LANE.high + LANE.low) / 2 + 10}>{t.file.lanes.temperature}</text>
        <line x1={LEFT} x2={WIDTH} y1={fever} y2={fever} stroke="var(--fever-line)" strokeDasharray="3 3" />
        <text x={LEFT - 4} y={fever + 4} textAnchor="end" style={{ fill: 'var(--deny)', fontSize: 11 }}>{FEVER_C}</text>
        {days.flatMap((day, at) => day.readings.map((it) => {
          const hot = it.celsius >= FEVER_C;
          return <circle key={`${day.key}${it.at}`} cx={LEFT + at * STEP + 4 + it.at * (STEP - 8)} cy={heightOf(it.celsius)} r={it.clinical ? 4 : 3} fill={hot ? 'var(--deny)' : 'var(--ink-2)'} />;
        }))}
      </svg>
    </section>
  );
}

/** The whole word where it fits, else its first letter. */
function fitting(word: string, days: number): string {
  return days === 1 && word.length > 3 ? word.charAt(0).toUpperCase() : word;
}

function centre(at: number): number {
  return LEFT + (at + 0.5) * STEP;
}

function heightOf(celsius: number): number {
  const share = (TOP_C - Math.min(TOP_C, Math.max(BOTTOM_C, celsius))) / (TOP_C - BOTTOM_C);
  return LANE.high + share * (LANE.low - LANE.high);
}

function StatusLane({ days }: { days: LaneDay[] }) {
  const t = useDesk();
  return (
    <>
      <text x={0} y={LANE.status + 12}>{t.file.lanes.status}</text>
      {runs(days).map((bar) => {
        const x = LEFT + bar.from * STEP + 1;
        const width = bar.length * STEP - 2;
        const dashed = bar.status === null || bar.status === 'unknown';
        return (
          <g key={bar.from}>
            <rect x={x} y={LANE.status} width={width} height={16} rx={3} fill={bar.status ? FILL[bar.status] : 'none'} stroke={dashed ? 'var(--control)' : 'none'} strokeDasharray={dashed ? '3 3' : undefined} />
            {bar.status ? <text x={x + 6} y={LANE.status + 12} style={{ fill: bar.status === 'amber' ? '#201400' : bar.status === 'unknown' ? 'var(--ink-2)' : '#fff', fontWeight: 700, fontSize: 11 }}>{fitting(t.file.lanes.short[bar.status], bar.length)}</text> : null}
          </g>
        );
      })}
    </>
  );
}

/** Declared by the person, so hollow; a cross when they declared symptoms. */
function Attested({ day, x }: { day: LaneDay; x: number }) {
  const y = LANE.attest;
  if (day.attested === 'said') return <circle cx={x} cy={y} r={4.5} fill="#fff" stroke="var(--control)" strokeWidth={2} />;
  if (day.attested === 'well') return <circle cx={x} cy={y} r={4.5} fill="#fff" stroke="var(--accent)" strokeWidth={2} />;
  if (day.attested === 'ill') return <path d={`M${x - 4} ${y - 4} ${x + 4} ${y + 4}M${x + 4} ${y - 4} ${x - 4} ${y + 4}`} stroke="var(--deny)" strokeWidth={2.5} strokeLinecap="round" />;
  return <line x1={x - 4} x2={x + 4} y1={y} y2={y} stroke="var(--control)" strokeWidth={1.5} />;
}
