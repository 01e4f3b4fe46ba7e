// What a course means to its learner. Pure.
import type { CaptionLang, MyCourse } from '../../api';
import { dayCount, dayKey } from '../../shared/format';

export type Stage = 'fresh' | 'going' | 'check' | 'quiz' | 'done' | 'renew';

/** The last moments of a film are not always played: the server takes them as seen, too. */
const END_SLACK_MS = 1_000;

export function stageOf(it: MyCourse): Stage {
  if (it.certificate_id && !it.open) return 'done';
  if (it.watched && it.question_count > 0) return 'quiz';
  if (it.check_due) return 'check';
  if (it.furthest_ms > 0) return 'going';
  return it.certificate_id ? 'renew' : 'fresh';
}

/** Required, and no certificate of it holds. */
export function isLacking(it: MyCourse): boolean {
  return it.required && !it.certificate_id;
}

export type Due = { kind: 'none' } | { kind: 'late' } | { kind: 'today' } | { kind: 'days'; days: number };

/** How many days it may still be lacking, by the calendar. */
export function dueOf(dueAt: string | null, now: number): Due {
  if (!dueAt) return { kind: 'none' };
  const at = Date.parse(dueAt);
  if (at <= now) return { kind: 'late' };
  const days = dayCount(dayKey(now), at) - 1;
  return days === 0 ? { kind: 'today' } : { kind: 'days', days };
}

export function earliestDue(courses: MyCourse[]): string | null {
  const times = courses.filter(isLacking).map((it) => it.due_at).filter((it) => it !== null);
  return times.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

export function percentOf(furthestMs: number, lengthMs: number): number {
  if (lengthMs <= 0) return 0;
  return Math.min(100, Math.floor(((furthestMs + END_SLACK_MS >= lengthMs ? lengthMs : furthestMs) / lengthMs) * 100));
}

export function minutesOf(lengthMs: number): number {
  return Math.max(1, Math.round(lengthMs / 60_000));
}

/** 4:07, 1:02:09. */
export function playTime(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (it: number) => String(it).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

export interface Pages { count: number; perPageMs: number }

export function pagesOf(it: Pick<MyCourse, 'length_ms' | 'page_count'>): Pages {
  const count = Math.max(1, it.page_count ?? 1);
  return { count, perPageMs: it.length_ms / count };
}

/** The page that is being read: the first one whose time has not counted. */
export function pageAt(furthestMs: number, { count, perPageMs }: Pages): number {
  if (perPageMs <= 0) return 1;
  return Math.min(count, Math.floor((furthestMs + 0.5) / perPageMs) + 1);
}

export function isPageDone(page: number, furthestMs: number, { perPageMs }: Pages): boolean {
  return page * perPageMs <= furthestMs + 0.5;
}

/** The captions that are shown from the beginning: in her language if there are such. */
export function captionsOf(there: CaptionLang[], lang: CaptionLang): CaptionLang | 'off' {
  return there.includes(lang) ? lang : there[0] ?? 'off';
}

/** The questions that nothing is chosen of. */
export function unanswered(answers: number[][]): number {
  return answers.filter((it) => it.length === 0).length;
}

/** One choice replaces the other; where several are right each is set and taken back by itself. */
export function chosen(before: number[], option: number, several: boolean): number[] {
  if (!several) return [option];
  return before.includes(option) ? before.filter((it) => it !== option) : [...before, option].sort((a, b) => a - b);
}
