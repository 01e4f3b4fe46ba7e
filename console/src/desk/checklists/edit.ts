// A checklist as it is edited: each change gives a new one, and where the hand is afterwards. Pure.
import type { Checklist, ChecklistItem, ChecklistSection, Wording } from '../../api';
import { freeName, inserted, replaced, shifted, without } from '../parts/edit/lists';
import type { Step } from '../parts/edit/useSpots';

/** What is being edited. */
export type Spot = { on: 'section'; section: number } | { on: 'item'; section: number; item: number };
export type Edit = Step<Checklist, Spot>;

export const SECTIONS_MOST = 20;
export const ITEMS_MOST = 100;
const BLANK: Wording = { zh: '', en: '' };

export function itemsOf(list: Checklist): ChecklistItem[] {
  return list.sections.flatMap((it) => it.items);
}

export function itemAt(list: Checklist, spot: Spot): ChecklistItem | null {
  return spot.on === 'item' ? (list.sections[spot.section]?.items[spot.item] ?? null) : null;
}

export function isAt(one: Spot, other: Spot): boolean {
  if (one.section !== other.section) return false;
  return one.on === 'item' && other.on === 'item' ? one.item === other.item : one.on === other.on;
}

/** The nearest thing that is there: what was removed is edited no more. */
export function nearest(list: Checklist, spot: Spot): Spot {
  const section = Math.max(0, Math.min(spot.section, list.sections.length - 1));
  const last = (list.sections[section]?.items.length ?? 0) - 1;
  return spot.on === 'section' || last < 0 ? { on: 'section', section } : { on: 'item', section, item: Math.min(spot.item, last) };
}

export function withSection(list: Checklist, at: number, section: ChecklistSection): Checklist {
  return { ...list, sections: replaced(list.sections, at, section) };
}

function withItems(list: Checklist, at: number, change: (items: ChecklistItem[]) => ChecklistItem[]): Checklist {
  const section = list.sections[at];
  return section ? withSection(list, at, { ...section, items: change(section.items) }) : list;
}

export function withItem(list: Checklist, spot: Extract<Spot, { on: 'item' }>, item: ChecklistItem): Checklist {
  return withItems(list, spot.section, (items) => replaced(items, spot.item, item));
}

/** A new section behind the one that is edited. */
export function sectionAdded(list: Checklist, spot: Spot): Edit {
  const at = Math.min(spot.section + 1, list.sections.length);
  return { value: { ...list, sections: inserted(list.sections, at, { title: BLANK, items: [] }) }, spot: { on: 'section', section: at } };
}

/** A new item at the end of a section, or behind the item that is edited in it. */
export function itemAdded(list: Checklist, section: number, spot: Spot): Edit {
  const at = spot.on === 'item' && spot.section === section ? spot.item + 1 : (list.sections[section]?.items.length ?? 0);
  const item: ChecklistItem = { key: freeName('item', itemsOf(list).map((it) => it.key)), label: BLANK, critical: false, photo: 'defect' };
  return { value: withItems(list, section, (items) => inserted(items, at, item)), spot: { on: 'item', section, item: at } };
}

export function removed(list: Checklist, spot: Spot): Edit {
  const next = spot.on === 'section' ? { ...list, sections: without(list.sections, spot.section) } : withItems(list, spot.section, (items) => without(items, spot.item));
  return { value: next, spot: nearest(next, spot.on === 'item' && spot.item > 0 ? { ...spot, item: spot.item - 1 } : spot) };
}

/** One place up (-1) or down (1). An item at the edge of its section goes on into the next; null where there is no way. */
export function moved(list: Checklist, spot: Spot, by: -1 | 1): Edit | null {
  if (spot.on === 'section') {
    const sections = shifted(list.sections, spot.section, by);
    return sections && { value: { ...list, sections }, spot: { on: 'section', section: spot.section + by } };
  }
  const items = shifted(list.sections[spot.section]?.items ?? [], spot.item, by);
  if (items) return { value: withItems(list, spot.section, () => items), spot: { ...spot, item: spot.item + by } };
  return movedInto(list, spot, spot.section + by, by > 0 ? 0 : undefined);
}

/** Into another section: to its end, unless a place is named. */
export function movedInto(list: Checklist, spot: Extract<Spot, { on: 'item' }>, section: number, place?: number): Edit | null {
  const [item, target] = [itemAt(list, spot), list.sections[section]];
  if (!item || !target || section === spot.section) return null;
  const at = place ?? target.items.length;
  const left = withItems(list, spot.section, (items) => without(items, spot.item));
  return { value: withItems(left, section, (items) => inserted(items, at, item)), spot: { on: 'item', section, item: at } };
}
