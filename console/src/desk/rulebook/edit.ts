// A rulebook as it is edited: each change gives a new one, and where the hand is afterwards. Pure.
import type { Department, RegimeRule, ReviewRoute, Rulebook, Wording } from '../../api';
import { freeName, inserted, replaced, shifted, without } from '../parts/edit/lists';
import type { Step } from '../parts/edit/useSpots';
import { ANYBODY } from './rules';

/** Lists of things that have an order. */
export type ListName = 'departments' | 'categories' | 'regimes' | 'routes';
/** What is being edited. */
export type Spot = { on: ListName; at: number } | { on: 'days' };
export type Edit = Step<Rulebook, Spot>;

export const LISTS: ListName[] = ['regimes', 'routes', 'departments', 'categories'];
export const LISTED_MOST = 100;
const BLANK: Wording = { zh: '', en: '' };

export function isAt(one: Spot, other: Spot): boolean {
  return one.on === 'days' || other.on === 'days' ? one.on === other.on : one.on === other.on && one.at === other.at;
}

/** The nearest thing that is there: what was removed is edited no more. */
export function nearest(book: Rulebook, spot: Spot): Spot {
  if (spot.on === 'days') return spot;
  const last = book[spot.on].length - 1;
  return last < 0 ? { on: 'days' } : { on: spot.on, at: Math.min(spot.at, last) };
}

export function withDepartment(book: Rulebook, at: number, it: Department): Rulebook {
  return { ...book, departments: replaced(book.departments, at, it) };
}

export function withCategory(book: Rulebook, at: number, it: Department): Rulebook {
  return { ...book, categories: replaced(book.categories, at, it) };
}

export function withRegime(book: Rulebook, at: number, it: RegimeRule): Rulebook {
  return { ...book, regimes: replaced(book.regimes, at, it) };
}

export function withRoute(book: Rulebook, at: number, it: ReviewRoute): Rulebook {
  return { ...book, routes: replaced(book.routes, at, it) };
}

/** Something new behind what is edited; a route before the last one, which is for everybody else. */
export function added(book: Rulebook, on: ListName, spot: Spot): Edit {
  const end = on === 'routes' ? Math.max(0, book.routes.length - 1) : book[on].length;
  const at = spot.on === on ? Math.min(spot.at + 1, end) : end;
  return { value: { ...book, [on]: inserted<unknown>(book[on], at, made(book, on)) }, spot: { on, at } };
}

function made(book: Rulebook, on: ListName): Department | RegimeRule | ReviewRoute {
  switch (on) {
    case 'departments': return { key: freeName('department', book.departments.map((it) => it.key)), name: BLANK };
    case 'categories': return { key: freeName('category', book.categories.map((it) => it.key)), name: BLANK };
    case 'regimes': return { group: ANYBODY, regime: 'filing', running: 'stay', reason: BLANK };
    case 'routes': return { name: BLANK, group: ANYBODY, lead: null, opinions: [], visit: false, reply_hours: 24, opinion_hours: 24, decision_working_days: 2 };
  }
}

export interface Use { route: ReviewRoute; as: 'lead' | 'opinion' }

/** Routes that name a department. */
export function usesOf(book: Rulebook, key: string): Use[] {
  return book.routes.flatMap((route): Use[] => [
    ...(route.lead === key ? [{ route, as: 'lead' as const }] : []),
    ...(route.opinions.includes(key) ? [{ route, as: 'opinion' as const }] : []),
  ]);
}

/** A department that goes leaves its routes, unless another one has its key. */
export function removed(book: Rulebook, spot: Spot): Edit {
  if (spot.on === 'days') return { value: book, spot };
  const gone = spot.on === 'departments' ? book.departments[spot.at]?.key : undefined;
  const next: Rulebook = { ...book, [spot.on]: without<unknown>(book[spot.on], spot.at) };
  const leaves = gone !== undefined && !next.departments.some((it) => it.key === gone);
  const left = leaves ? { ...next, routes: next.routes.map((it) => ({ ...it, lead: it.lead === gone ? null : it.lead, opinions: it.opinions.filter((one) => one !== gone) })) } : next;
  return { value: left, spot: nearest(left, { on: spot.on, at: Math.max(0, spot.at - 1) }) };
}

/** One place up (-1) or down (1); null where there is no way. */
export function moved(book: Rulebook, spot: Spot, by: -1 | 1): Edit | null {
  if (spot.on === 'days') return null;
  const list = shifted<unknown>(book[spot.on], spot.at, by);
  return list && { value: { ...book, [spot.on]: list }, spot: { on: spot.on, at: spot.at + by } };
}

/** A department under another key; routes follow, unless one of the keys belongs to something else. */
export function renamed(book: Rulebook, at: number, key: string): Rulebook {
  const before = book.departments[at];
  if (!before) return book;
  const next = withDepartment(book, at, { ...before, key });
  const holders = (name: string) => book.departments.filter((it) => it.key === name).length;
  if (holders(before.key) !== 1 || holders(key) !== 0) return next;
  const follow = (it: string) => (it === before.key ? key : it);
  return { ...next, routes: book.routes.map((it) => ({ ...it, lead: it.lead === null ? null : follow(it.lead), opinions: it.opinions.map(follow) })) };
}

export type DayList = 'holidays' | 'workdays';

/** A day in its place; nothing changes when it is there already. */
export function dayAdded(book: Rulebook, list: DayList, day: string): Rulebook {
  return day === '' || book[list].includes(day) ? book : { ...book, [list]: [...book[list], day].sort() };
}

export function dayDropped(book: Rulebook, list: DayList, day: string): Rulebook {
  return { ...book, [list]: book[list].filter((it) => it !== day) };
}
