import { describe, expect, it } from 'vitest';
import type { InspectionFile } from '../../api';
import { EMPTY_ITEM, faultOf, faultsOf, newDraft, passes, sectionsOf } from './model';

type Item = InspectionFile['checklist']['sections'][number]['items'][number];
const item = (key: string, critical: boolean, photo: Item['photo']): Item => ({ key, label: { zh: key, en: key }, critical, photo });
const [gate, masks, log] = [item('gate', true, 'always'), item('masks', true, 'never'), item('log', false, 'defect')];
const items = [gate, masks, log];
const file = (asked: string[]) => ({ items: asked, checklist: { sections: [{ title: { zh: '甲', en: 'A' }, items }, { title: { zh: '乙', en: 'B' }, items: [] }] } }) as unknown as InspectionFile;
const defect = { finding: 'defect' as const, note: '没有', due_on: '2020-03-05' };

describe('a report', () => {
  it('is missing what the server would refuse', () => {
    for (const [of, draft, photos, fault] of [
      [gate, EMPTY_ITEM, 0, 'missing'],
      [gate, { ...EMPTY_ITEM, finding: 'good' }, 0, 'photo'],
      [gate, { ...EMPTY_ITEM, finding: 'good' }, 1, null],
      [gate, { ...EMPTY_ITEM, finding: 'not_applicable' }, 0, null],
      [log, { ...defect, note: ' ' }, 1, 'note'],
      [log, { ...defect, due_on: '' }, 1, 'due'],
      [log, defect, 0, 'photo'],
      [masks, defect, 0, null],
    ] as const) expect(faultOf(of, draft, photos)).toBe(fault);
  });

  it('asks at a re-check for what was wanting only', () => {
    expect(sectionsOf(file(['masks'])).flatMap((it) => it.items.map((one) => one.key))).toEqual(['masks']);
    expect([...faultsOf(file(['masks']), newDraft('2020-03-02T01:00:00Z'), () => 0)]).toEqual([['masks', 'missing']]);
  });

  it('passes a site unless something critical is wanting', () => {
    const draft = (key: string) => ({ ...newDraft(''), items: { [key]: defect } });
    expect([passes(file(['gate', 'masks', 'log']), draft('log')), passes(file(['gate', 'masks', 'log']), draft('masks'))]).toEqual([true, false]);
  });
});
