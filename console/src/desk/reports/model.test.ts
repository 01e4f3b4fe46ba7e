import { describe, expect, it } from 'vitest';
import type { ReportFile } from '../../api';
import { bodyOf, countedItems, draftOf, faultsOf, localDay, sameAsBefore } from './model';

const figures = { planned: 100, on_duty: 80, from_affected: 2, abnormal: 0, isolated: 1, electricity_kwh: 1200 };
const file = (over: Partial<ReportFile> = {}): ReportFile => ({
  unit_id: 'unit_1', unit_name: '甲厂', enterprise_id: 'ent_1', enterprise_name: '甲厂', site_id: null, day: '2020-03-06', open: true, report: null, supplies: [],
  before: { day: '2020-03-05', figures, supplies: [{ item: 'gloves', stock: 9, received: 0, used: null }] }, seen: null, outlook: [], reminded_at: null, ...over,
});

describe('the form of a daily report', () => {
  it('begins empty and takes the last headcounts on one tap, nothing else', () => {
    const begun = draftOf(file());
    expect(Object.keys(faultsOf(begun))).toEqual(['planned', 'on_duty', 'from_affected', 'abnormal', 'isolated']);
    const same = sameAsBefore(begun, file());
    expect(faultsOf(same)).toEqual({});
    expect(bodyOf(same, null)).toEqual({ figures: { ...figures, electricity_kwh: null }, supplies: [], note: '', revision: null });
  });
  it('shows what the unit counted the last time, or what everybody uses', () => {
    expect(countedItems(file())).toEqual(['gloves']);
    expect(countedItems(file({ before: null }))).toEqual(['mask', 'disinfectant']);
  });
  it('says what cannot be before it is sent', () => {
    const draft = sameAsBefore(draftOf(file()), file());
    draft.figures.from_affected = 81;
    draft.supplies.mask.received = 5;
    expect(faultsOf(draft)).toEqual({ from_affected: 'above_on_duty', mask: 'required' });
  });
  it('knows the day in China', () => {
    const now = Date.parse('2020-03-05T16:30:00Z');
    expect([localDay(now), localDay(now, 1)]).toEqual(['2020-03-06', '2020-03-05']);
  });
});
