// Times of a shift plan are minutes after midnight; a break may go on past it.
import type { PlanFigures, PlanTeam, ShiftPlan, TeamStart } from '../../api';

export const DAY = 1440;

/** 485 → "08:05"; past midnight the clock begins again. */
export function clock(minute: number): string {
  const at = ((minute % DAY) + DAY) % DAY;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

/** "8:05" or "08:05" → 485. */
export function minuteOf(text: string): number | null {
  const match = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim());
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return minute < DAY && Number(match[2]) < 60 ? minute : null;
}

export function newTeam(name: string, like?: PlanTeam): PlanTeam {
  return { name, post: '', headcount: 30, gates: [], earliest: like?.earliest ?? 420, latest: like?.latest ?? 570, work_minutes: like?.work_minutes ?? 540, pause: like ? like.pause : { minutes: 30, from_minutes: 180, until_minutes: 300 }, with: [] };
}

/** Rows as a spreadsheet copies them: team, post, people, earliest, latest. Rows without a name and a number are headings. */
export function pastedTeams(text: string, like?: PlanTeam): PlanTeam[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [name = '', post = '', people = '', earliest = '', latest = ''] = line.split('\t').map((it) => it.trim());
    const headcount = Number.parseInt(people, 10);
    if (!name || !Number.isFinite(headcount) || headcount < 1) return [];
    const base = newTeam(name, like);
    return [{ ...base, post, headcount, earliest: minuteOf(earliest) ?? base.earliest, latest: minuteOf(latest) ?? base.latest }];
  });
}

/** A team earlier or later; the break goes with the start. */
export function moved(starts: TeamStart[], team: string, by: number): TeamStart[] {
  return starts.map((it) => {
    if (it.team !== team) return it;
    const start = it.start + by;
    if (start < 0 || DAY <= start) return it;
    return { ...it, start, pause_at: it.pause_at === null || it.pause_at === undefined ? it.pause_at : it.pause_at + by };
  });
}

export function movedCount(before: TeamStart[], after: TeamStart[]): number {
  return after.filter((it) => before.find((old) => old.team === it.team)?.start !== it.start).length;
}

export interface Range { from: number; until: number }

/** The part of the day that starts, ends and breaks lie in, in whole hours. */
export function rangeOf(plan: ShiftPlan, starts: TeamStart[]): Range {
  const ends = starts.map((it) => it.start + (plan.teams.find((team) => team.name === it.team)?.work_minutes ?? 0));
  const first = Math.min(480, ...starts.map((it) => it.start)) - plan.arrival_minutes;
  const last = Math.max(480 + 540, ...ends) + plan.leaving_minutes;
  return { from: Math.floor(first / 60) * 60, until: Math.ceil(last / 60) * 60 };
}

export const share = (minute: number, { from, until }: Range): number => Math.min(1, Math.max(0, (minute - from) / (until - from)));

/** By how many minutes a bar moves that was dragged so many pixels along a track: whole slots, and never out of the day. */
export function draggedBy(start: number, pixels: number, width: number, { from, until }: Range, slot: number): number {
  if (width <= 0) return 0;
  const slots = Math.round(((pixels / width) * (until - from)) / slot);
  const least = -Math.floor(start / slot);
  const most = Math.floor((DAY - 1 - start) / slot);
  return Math.min(most, Math.max(least, slots)) * slot;
}

/** A queue over the hours where there is one in either plan, and some before and after. */
export function busy(series: number[][], slot: number): Range {
  const at = series.flatMap((row) => row.flatMap((people, index) => (people > 0 ? [index] : [])));
  if (at.length === 0) return { from: 420, until: 600 };
  const from = Math.floor((Math.min(...at) * slot - 30) / 60) * 60;
  const until = Math.ceil(((Math.max(...at) + 1) * slot + 30) / 60) * 60;
  return { from: Math.max(0, from), until: Math.min(DAY, until) };
}

/** Points of an SVG line: x over the range, y from the most people down. */
export function points(queue: number[], slot: number, range: Range, most: number, width: number, height: number): string {
  const first = Math.floor(range.from / slot);
  const last = Math.min(queue.length, Math.ceil(range.until / slot));
  const one = (index: number) => {
    const x = share((index + 1) * slot, range) * width;
    const y = height - ((queue[index] ?? 0) / Math.max(most, 1)) * height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  return Array.from({ length: Math.max(0, last - first) }, (_, n) => one(first + n)).join(' ');
}

export const longestQueue = (figures: PlanFigures): number => Math.max(0, ...figures.queues.map((it) => it.peak));
export const slowestOf = (figures: PlanFigures): number => Math.max(0, ...figures.queues.map((it) => it.wait_p95));

export const isBusy = (state: string): boolean => state === 'waiting' || state === 'solving';
