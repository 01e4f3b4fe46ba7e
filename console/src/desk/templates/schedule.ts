import type { ReportSchedule } from '../../api';
import type { TemplatesStrings } from '../../i18n/templates';

export const ALL_DAYS = 127;
const HOUR = 60;

/** "17:00" of minutes from midnight. */
export function clockOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / HOUR))}:${two(minute % HOUR)}`;
}

/** Minutes from midnight of "17:00"; null for what is no time. */
export function minuteOf(clock: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  return found ? Number(found[1]) * HOUR + Number(found[2]) : null;
}

/** Days of the week, Monday 0, of their bits; and back. */
export const daysOf = (bits: number): number[] => [0, 1, 2, 3, 4, 5, 6].filter((day) => Math.floor(bits / 2 ** day) % 2 === 1);
export const bitsOf = (days: number[]): number => days.reduce((sum, day) => sum + 2 ** day, 0);

export function scheduleWords(schedule: ReportSchedule | null, w: TemplatesStrings): string {
  if (!schedule) return w.noSchedule;
  const time = clockOf(schedule.minute);
  return schedule.days === ALL_DAYS ? w.everyDay(time) : w.onDays(daysOf(schedule.days).map((day) => w.weekdays[day]).join(w.weekdayGap), time);
}
