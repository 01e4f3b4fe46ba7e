// What is wrong with a checklist, at the inputs that hold it. Pure; the server has the last word, by the same rules.
import type { Checklist, Wording } from '../../api';
import { isAt, ITEMS_MOST, itemsOf, SECTIONS_MOST, type Spot } from './edit';

export type Fault = { input: string; code: 'key' | 'key_twice' | 'sizeWhole' | 'sizeSection' } | { input: string; code: 'words'; empty: boolean };
export interface Placed { spot: Spot; fault: Fault }

export const LABEL_MOST = 200;

export function faultsOf(list: Checklist): Placed[] {
  const found: Placed[] = [];
  const count = itemsOf(list).length;
  const isSized = 1 <= list.sections.length && list.sections.length <= SECTIONS_MOST && 1 <= count && count <= ITEMS_MOST;
  if (!isSized) found.push({ spot: { on: 'section', section: 0 }, fault: { input: 'whole', code: 'sizeWhole' } });
  const seen = new Set<string>();
  list.sections.forEach(({ title, items }, section) => {
    const spot: Spot = { on: 'section', section };
    found.push(...wordFaults('title', title).map((fault) => ({ spot, fault })));
    if (items.length === 0 && isSized) found.push({ spot, fault: { input: 'whole', code: 'sizeSection' } });
    items.forEach(({ key, label }, item) => {
      const here: Spot = { on: 'item', section, item };
      if (!/^[a-z0-9_]{1,60}$/.test(key)) found.push({ spot: here, fault: { input: 'key', code: 'key' } });
      else if (seen.has(key)) found.push({ spot: here, fault: { input: 'key', code: 'key_twice' } });
      seen.add(key);
      found.push(...wordFaults('label', label).map((fault) => ({ spot: here, fault })));
    });
  });
  return found;
}

function wordFaults(input: string, words: Wording): Fault[] {
  return (['zh', 'en'] as const).flatMap((lang): Fault[] => {
    const length = [...words[lang].trim()].length;
    return 1 <= length && length <= LABEL_MOST ? [] : [{ input: `${input}.${lang}`, code: 'words', empty: length === 0 }];
  });
}

/** What was just added is not wrong yet for being empty. */
export function isUnwritten({ spot, fault }: Placed, fresh: Spot | null): boolean {
  return fresh !== null && isAt(spot, fresh) && ((fault.code === 'words' && fault.empty) || fault.code === 'sizeSection');
}
