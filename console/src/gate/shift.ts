// Shift windows are wall-clock times of the site's zone, whatever zone the tablet is set to.
import type { RosterEntry } from './wire';

export type Shift = NonNullable<RosterEntry['shift']>;

const DAY_MINUTES = 24 * 60;
/** How early before a shift people may come in, on a roster that was kept from before windows said so themselves. */
const EARLY_MINUTES = 60;
const SHANGHAI = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether somebody of this shift may come in now: from as early as it says until its end. A window that ends at or before its start runs past midnight. */
export function isInShift(shift: Shift, now: Date): boolean {
  const start = minutesOf(shift.start);
  const end = minutesOf(shift.end);
  if (start === null || end === null) return false;
  const { day, minute } = shanghai(now);
  const yesterday = day === 1 ? 7 : day - 1;
  const tomorrow = day === 7 ? 1 : day + 1;
  const first = start - (shift.early_minutes ?? EARLY_MINUTES);
  const last = end <= start ? end + DAY_MINUTES : end;
  // It may have begun yesterday and go past midnight, or begin soon after midnight tomorrow.
  return [[yesterday, DAY_MINUTES], [day, 0], [tomorrow, -DAY_MINUTES]].some(
    ([of = 0, shifted = 0]) => shift.days.includes(of) && first <= minute + shifted && minute + shifted < last,
  );
}

function shanghai(now: Date): { day: number; minute: number } {
  const parts = SHANGHAI.formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((it) => it.type === type)?.value ?? '';
  return { day: WEEKDAYS.indexOf(part('weekday')) + 1, minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

function minutesOf(clock: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(clock);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes < DAY_MINUTES ? minutes : null;
}
