// The last fourteen days of a person, day by day.
import type { FactView, HealthStatus, StatusView } from '../../api';
import { dayKey } from '../../shared/format';
import { figure, flag, healthStatus } from '../../shared/factDetail';

export interface Reading { celsius: number; clinical: boolean; /** 0 to 1 of the day. */ at: number }
export interface LaneDay { key: string; date: number; status: HealthStatus | null; attested: 'well' | 'ill' | 'said' | null; readings: Reading[] }

const DAY_MS = 86_400_000;
export const DAYS = 14;

export function laneDays(facts: FactView[], status: StatusView, now: number): LaneDay[] {
  const days: LaneDay[] = Array.from({ length: DAYS }, (_, at) => {
    const date = now - (DAYS - 1 - at) * DAY_MS;
    return { key: dayKey(date), date, status: null, attested: null, readings: [] };
  });
  const byKey = new Map(days.map((day) => [day.key, day]));
  const oldestFirst = [...facts].sort((a, b) => Date.parse(a.occurred_at) - Date.parse(b.occurred_at));
  for (const fact of oldestFirst) {
    const day = byKey.get(dayKey(fact.occurred_at));
    if (!day) continue;
    if (fact.kind === 'attested' || fact.kind === 'declared') day.attested = saidOf(flag(fact.detail, 'well'));
    const celsius = figure(fact.detail, 'temperature_c');
    if (celsius !== null && (fact.kind === 'screened' || fact.kind === 'clinical_reading')) {
      const midnight = Date.parse(`${day.key}T00:00:00+08:00`);
      day.readings.push({ celsius, clinical: fact.kind === 'clinical_reading', at: (Date.parse(fact.occurred_at) - midnight) / DAY_MS });
    }
  }
  if (status.status !== null) fillStatus(days, oldestFirst, status.status);
  return days;
}

/** Walks back from today's status through its changes. */
function fillStatus(days: LaneDay[], oldestFirst: FactView[], today: HealthStatus): void {
  const changes = oldestFirst.filter((fact) => fact.kind === 'status_changed');
  const born = oldestFirst.find((fact) => fact.kind === 'registered');
  let current: HealthStatus | null = today;
  let next = changes.length - 1;
  for (let at = days.length - 1; at >= 0; at -= 1) {
    const day = days[at];
    if (!day) continue;
    if (born && day.key < dayKey(born.occurred_at)) current = null;
    day.status = current;
    for (let change = changes[next]; change && dayKey(change.occurred_at) >= day.key; change = changes[next]) {
      current = healthStatus(change.detail, 'from');
      next -= 1;
    }
  }
}

/** Neighbouring days of one status, as one bar. */
export function runs(days: LaneDay[]): { status: HealthStatus | null; from: number; length: number }[] {
  const bars: { status: HealthStatus | null; from: number; length: number }[] = [];
  days.forEach((day, at) => {
    const last = bars[bars.length - 1];
    if (last && last.status === day.status) last.length += 1;
    else bars.push({ status: day.status, from: at, length: 1 });
  });
  return bars;
}

/** Whoever may not read it sees that something was said, not what. */
function saidOf(well: boolean | null): 'well' | 'ill' | 'said' {
  return well === null ? 'said' : well ? 'well' : 'ill';
}
