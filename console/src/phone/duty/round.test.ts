import { describe, expect, it } from 'vitest';
import type { KeptReport } from '../../shared/visits/store';
import { defectsNear, firmsOf, parted, stageOf, visitsOf, type KeptRound, type KeptVisit } from './round';

const NOW = Date.parse('2026-03-02T02:00:00Z');
const visit = (id: string, planned_on: string | null, due_at = '2026-03-09T00:00:00Z', defects: { item: string; due_on: string }[] = []) => ({ inspection: { id, planned_on, due_at, enterprise_id: `ent_${id}`, enterprise_name: `企业${id}`, area_name: '甲街' }, defects }) as unknown as KeptVisit;
const round = (visits: KeptVisit[]): KeptRound => ({ account: 'acc_1', at: '2026-03-02T01:00:00Z', visits, left: 0, firms: [{ id: 'ent_x', name: '江滨电子', area_name: '乙街' }], firmsLeft: false, unreported: null });
const report = (inspection: string, change: Partial<KeptReport> = {}) => ({ inspection, waiting: null, refused: null, done: null, ...change }) as KeptReport;
const ids = (visits: KeptVisit[]) => visits.map((it) => it.inspection.id);

describe('who waits', () => {
  it('is parted into late, today in its order, and coming', () => {
    const all = [visit('a', '2026-03-01'), visit('c', '2026-03-02'), visit('b', '2026-03-02', '2026-03-01T00:00:00Z'), visit('d', '2026-03-03'), visit('e', null), visit('f', null, '2026-03-01T00:00:00Z')];
    const parts = parted(round(all), [], NOW);
    expect([ids(parts.late), ids(parts.today), ids(parts.coming)]).toEqual([['a', 'f'], ['c', 'b'], ['d', 'e']]);
  });

  it('is not who was visited, and what is no longer his stands apart', () => {
    const done = report('a', { done: { state: 'passed', moved_to: null, already: false, digest: null, at: '' } });
    const parts = parted(round([visit('a', '2026-03-02')]), [done, report('z')], NOW);
    expect([ids(parts.today), parts.done.map((it) => it.inspection), parts.moved.map((it) => it.inspection)]).toEqual([[], ['a'], ['z']]);
  });

  it('is known without a round from what was written', () => {
    expect(parted(null, [report('z')], NOW).moved).toHaveLength(1);
  });
});

it('defects are shown from three days before their day', () => {
  const near = defectsNear(round([visit('a', null, '2026-03-09T00:00:00Z', [{ item: 'x', due_on: '2026-03-06' }, { item: 'y', due_on: '2026-03-05' }]), visit('b', null, '2026-03-09T00:00:00Z', [{ item: 'z', due_on: '2026-03-01' }])]), NOW);
  expect(near.map((it) => [it.defect.item, it.late])).toEqual([['z', true], ['y', false]]);
});

it('enterprises are found by part of their name, those of visits as well', () => {
  expect(firmsOf(round([visit('a', null)]), ' 企业 ').map((it) => it.id)).toEqual(['ent_a']);
  expect(firmsOf(round([visit('a', null)]), '').map((it) => it.id)).toEqual(['ent_x', 'ent_a']);
});

it('a visit stands where its report stands', () => {
  expect([stageOf(undefined), stageOf(report('a')), stageOf(report('a', { refused: { code: 'state', status: 409, params: {} } }))]).toEqual(['new', 'begun', 'refused']);
});

it('each visit gets its checklist; one without any is left out', () => {
  const checklist = { sections: [] };
  const of = (id: string, checklist_version: number) => ({ ...visit(id, null), checklist_version, items: [], photographed: [], sites: [], contact: {} });
  const found = visitsOf({ visits: [of('a', 1), of('b', 2)], checklists: [{ version: 1, checklist }] } as unknown as Parameters<typeof visitsOf>[0]);
  expect(found.map((it) => [it.inspection.id, it.checklist])).toEqual([['a', checklist]]);
});
