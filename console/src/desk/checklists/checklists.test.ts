import { describe, expect, it } from 'vitest';
import type { Checklist, ChecklistItem } from '../../api';
import { changesOf, tally } from './diff';
import { itemAdded, moved, movedInto, nearest, removed, sectionAdded } from './edit';
import { faultsOf, isUnwritten } from './faults';

const words = (text: string) => ({ zh: text, en: text });
const item = (key: string, change: Partial<ChecklistItem> = {}): ChecklistItem => ({ key, label: words(key), critical: false, photo: 'never', ...change });
const list = (): Checklist => ({ sections: [{ title: words('人员'), items: [item('roster'), item('trained')] }, { title: words('设施'), items: [item('gate', { critical: true })] }] });
const keys = (it: Checklist | undefined) => it?.sections.map((one) => one.items.map((two) => two.key).join(' '));

describe('editing', () => {
  it('adds items and sections behind what is edited', () => {
    const first = itemAdded(list(), 0, { on: 'item', section: 0, item: 0 });
    expect(keys(first.value)).toEqual(['roster item_1 trained', 'gate']);
    expect(first.spot).toEqual({ on: 'item', section: 0, item: 1 });
    expect(keys(itemAdded(list(), 1, { on: 'section', section: 0 }).value)).toEqual(['roster trained', 'gate item_1']);
    expect(sectionAdded(list(), { on: 'section', section: 0 }).spot).toEqual({ on: 'section', section: 1 });
  });

  it('moves place by place, and at the edge of a section into the next', () => {
    const edge = moved(list(), { on: 'item', section: 0, item: 1 }, 1);
    expect(keys(edge?.value)).toEqual(['roster', 'trained gate']);
    expect(edge?.spot).toEqual({ on: 'item', section: 1, item: 0 });
    expect(keys(moved(list(), { on: 'section', section: 1 }, -1)?.value)).toEqual(['gate', 'roster trained']);
    expect(moved(list(), { on: 'item', section: 1, item: 0 }, 1)).toBeNull();
    expect(keys(movedInto(list(), { on: 'item', section: 1, item: 0 }, 0)?.value)).toEqual(['roster trained gate', '']);
  });

  it('goes to what is there when something is removed', () => {
    expect(removed(list(), { on: 'item', section: 1, item: 0 }).spot).toEqual({ on: 'section', section: 1 });
    expect(removed(list(), { on: 'section', section: 1 }).spot).toEqual({ on: 'section', section: 0 });
    expect(nearest({ sections: [] }, { on: 'section', section: 2 })).toEqual({ on: 'section', section: 0 });
  });
});

it('finds what the server would refuse', () => {
  const bad: Checklist = { sections: [{ title: { zh: '人员', en: '' }, items: [item('roster'), item('Gate 1'), item('roster', { label: words('x'.repeat(201)) })] }, { title: words('空'), items: [] }] };
  const found = faultsOf(bad);
  expect(found.map((it) => [it.spot.on === 'item' ? it.spot.item : 'section', it.fault.input, it.fault.code])).toEqual([
    ['section', 'title.en', 'words'], [1, 'key', 'key'], [2, 'key', 'key_twice'], [2, 'label.zh', 'words'], [2, 'label.en', 'words'], ['section', 'whole', 'sizeSection'],
  ]);
  expect(faultsOf(list())).toEqual([]);
  expect(faultsOf({ sections: [] }).map((it) => it.fault.code)).toEqual(['sizeWhole']);
  const fresh = itemAdded(list(), 0, { on: 'section', section: 0 });
  expect(faultsOf(fresh.value).every((it) => isUnwritten(it, fresh.spot))).toBe(true);
});

describe('two versions', () => {
  it('are told apart item by item', () => {
    const after: Checklist = { sections: [{ title: words('人员'), items: [item('trained'), item('roster', { critical: true })] }, { title: words('设备'), items: [] }, { title: words('物资'), items: [item('gate', { critical: true }), item('masks')] }] };
    const changes = changesOf(list(), after);
    expect(changes.map((it) => it.is)).toEqual(['item_changed', 'section_changed', 'section_added', 'item_changed', 'item_added']);
    expect(changes.map((it) => ('parts' in it ? it.parts : null))).toEqual([['critical', 'order'], ['title'], null, ['section'], null]);
    expect(tally(changes)).toEqual({ added: 2, changed: 3, removed: 0 });
    expect(changesOf(after, after)).toEqual([]);
  });
});
