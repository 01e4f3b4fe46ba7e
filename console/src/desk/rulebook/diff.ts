// What changed between two versions of a rulebook, thing by thing. Pure.
import type { Department, RegimeRule, ReviewRoute, Rulebook } from '../../api';
import { outOfOrder } from '../parts/edit/order';
import { isSame } from '../parts/useEdited';
import { LISTS, type DayList, type ListName } from './edit';

export type Thing = Department | RegimeRule | ReviewRoute;
const PARTS = {
  departments: ['name'],
  categories: ['name'],
  regimes: ['group', 'regime', 'running', 'reason'],
  routes: ['name', 'group', 'lead', 'opinions', 'visit', 'reply_hours', 'opinion_hours', 'decision_working_days'],
} as const;
export type Part = (typeof PARTS)[ListName][number] | 'order';
export type Change =
  | { is: 'added'; of: ListName; thing: Thing; at: number }
  | { is: 'removed'; of: ListName; thing: Thing; at: number }
  | { is: 'changed'; of: ListName; before: Thing; after: Thing; at: number; parts: Part[] }
  | { is: 'days'; of: DayList; added: string[]; removed: string[] };

/** What is there is told in the order of the newer book, what is gone after it. */
export function changesOf(before: Rulebook, after: Rulebook): Change[] {
  return [...LISTS.flatMap((it) => listChanges(it, before[it], after[it])), ...dayChanges('holidays', before, after), ...dayChanges('workdays', before, after)];
}

/** What a thing is known by. Rules have no keys: a route is known by its name, a regime by whom it is about. */
function nameOf(of: ListName, it: Thing): string {
  if ('key' in it) return it.key;
  return of === 'routes' && 'name' in it ? it.name.zh : JSON.stringify(it.group);
}

/** For each thing that is there now, the place it had before. What only differs in what it is known by stands in the same place. */
function matched(of: ListName, before: Thing[], after: Thing[]): (number | null)[] {
  const free = new Set(before.map((_, at) => at));
  const take = (at: number) => (free.delete(at) ? at : null);
  const known = after.map((it) => take([...free].find((at) => before[at] !== undefined && nameOf(of, before[at]) === nameOf(of, it)) ?? -1));
  if (of === 'departments' || of === 'categories') return known;
  return known.map((was, at) => was ?? take(at));
}

function listChanges(of: ListName, before: Thing[], after: Thing[]): Change[] {
  const was = matched(of, before, after);
  const stood = before.map((_, at) => ({ key: String(at) }));
  const stands = was.map((it, at) => ({ key: it === null ? `new ${at}` : String(it) }));
  const strayed = new Set(outOfOrder(stood, stands));
  const now = after.flatMap((thing, at): Change[] => {
    const old = was[at] ?? null;
    const earlier = old === null ? undefined : before[old];
    if (!earlier) return [{ is: 'added', of, thing, at }];
    const parts: Part[] = PARTS[of].filter((part) => !isSame((earlier as unknown as Record<string, unknown>)[part], (thing as unknown as Record<string, unknown>)[part]));
    if (strayed.has(String(old))) parts.push('order');
    return parts.length === 0 ? [] : [{ is: 'changed', of, before: earlier, after: thing, at, parts }];
  });
  const kept = new Set(was);
  return [...now, ...before.flatMap((thing, at): Change[] => (kept.has(at) ? [] : [{ is: 'removed', of, thing, at }]))];
}

function dayChanges(of: DayList, before: Rulebook, after: Rulebook): Change[] {
  const added = after[of].filter((it) => !before[of].includes(it));
  const removed = before[of].filter((it) => !after[of].includes(it));
  return added.length + removed.length === 0 ? [] : [{ is: 'days', of, added, removed }];
}

/** How many things are added, changed and removed. */
export function tally(changes: Change[]): { added: number; changed: number; removed: number } {
  const count = (is: Change['is']) => changes.filter((it) => it.is === is).length;
  return { added: count('added'), changed: count('changed') + count('days'), removed: count('removed') };
}
