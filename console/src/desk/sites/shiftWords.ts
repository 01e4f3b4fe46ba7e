import type { ShiftWindow } from '../../api';
import type { DeskStrings } from '../../i18n/desk';

/** "周一至周五", "每天", "周一三五". */
export function daysInWords(days: number[], t: DeskStrings['shifts'], gap: string): string {
  const sorted = [...days].sort((a, b) => a - b);
  if (sorted.length === 7) return t.everyDay;
  if (sorted.join() === '1,2,3,4,5') return t.workdays;
  const names = sorted.map((day) => t.day[day] ?? '');
  return t.week(names.join(gap === '　' ? '' : ', '));
}

export function hoursInWords(window: ShiftWindow, t: DeskStrings['shifts']): string {
  return window.end <= window.start ? `${window.start}–${t.nextDay} ${window.end}` : `${window.start}–${window.end}`;
}
