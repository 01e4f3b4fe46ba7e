// What changed between two versions of a checklist, item by item. Pure.
import type { Checklist, ChecklistItem, ChecklistSection } from '../../api';
import { outOfOrder } from '../parts/edit/order';
import { isSame } from '../parts/useEdited';

export type Part = 'title' | 'label' | 'critical' | 'photo' | 'section' | 'order';
export type Change =
  | { is: 'section_added' | 'section_removed'; section: ChecklistSection }
  | { is: 'section_changed'; before: ChecklistSection; after: ChecklistSection; parts: Part[] }
  | { is: 'item_added' | 'item_removed'; section: ChecklistSection; item: ChecklistItem }
  | { is: 'item_changed'; before: ChecklistItem; after: ChecklistItem; from: ChecklistSection; to: ChecklistSection; parts: Part[] };

interface Placed { section: ChecklistSection; at: number; item: ChecklistItem }

/** An item is the same while its key is; a section, while its Chinese title is, or else what stands in its place. */
export function changesOf(before: Checklist, after: Checklist): Change[] {
  const was = matched(before.sections, after.sections);
  const [old, now] = [placed(before), placed(after)];
  const strayed = new Set(outOfOrder([...old.values()].map((it) => it.item), [...now.values()].map((it) => it.item)));
  const moved = new Set(outOfOrder(before.sections.map((_, at) => ({ key: String(at) })), was.map((it, at) => ({ key: it === null ? `new ${at}` : String(it) }))));
  const changes: Change[] = [];
  after.sections.forEach((section, at) => {
    const from = was[at] ?? null;
    const earlier = from === null ? undefined : before.sections[from];
    if (!earlier) changes.push({ is: 'section_added', section });
    else {
      const parts: Part[] = [...(isSame(earlier.title, section.title) ? [] : ['title' as const]), ...(moved.has(String(from)) ? ['order' as const] : [])];
      if (parts.length > 0) changes.push({ is: 'section_changed', before: earlier, after: section, parts });
    }
    for (const item of section.items) changes.push(...itemChange(old.get(item.key), { section, at, item }, was, strayed));
  });
  before.sections.forEach((section, at) => { if (!was.includes(at)) changes.push({ is: 'section_removed', section }); });
  for (const { section, item } of old.values()) if (!now.has(item.key)) changes.push({ is: 'item_removed', section, item });
  return changes;
}

function itemChange(old: Placed | undefined, now: Placed, was: (number | null)[], strayed: ReadonlySet<string>): Change[] {
  if (!old) return [{ is: 'item_added', section: now.section, item: now.item }];
  const parts: Part[] = (['label', 'critical', 'photo'] as const).filter((part) => !isSame(old.item[part], now.item[part]));
  if (was[now.at] !== old.at) parts.push('section');
  else if (strayed.has(now.item.key)) parts.push('order');
  return parts.length === 0 ? [] : [{ is: 'item_changed', before: old.item, after: now.item, from: old.section, to: now.section, parts }];
}

/** For each section that is there now, the place it had before. */
function matched(before: ChecklistSection[], after: ChecklistSection[]): (number | null)[] {
  const free = new Set(before.map((_, at) => at));
  const take = (at: number) => (free.delete(at) ? at : null);
  const known = after.map((it) => take([...free].find((at) => before[at]?.title.zh === it.title.zh) ?? -1));
  return known.map((it, at) => it ?? take(at));
}

function placed(list: Checklist): Map<string, Placed> {
  return new Map(list.sections.flatMap((section, at) => section.items.map((item) => [item.key, { section, at, item }])));
}

/** How many things are added, changed and removed. */
export function tally(changes: Change[]): { added: number; changed: number; removed: number } {
  const count = (end: string) => changes.filter((it) => it.is.endsWith(end)).length;
  return { added: count('_added'), changed: count('_changed'), removed: count('_removed') };
}
