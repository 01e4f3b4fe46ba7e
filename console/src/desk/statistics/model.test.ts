import { describe, expect, it } from 'vitest';
import type { DayFigures, StatisticDay } from '../../api';
import { behind, counts, dimensionsOf, line, narrowing, parentOf, percent, toggled } from './model';

const figures = (over: Partial<DayFigures>): DayFigures => ({
  enterprises: 3, enterprises_open: 2, open_rate: 2 / 3, headcount: 10, headcount_open: 8, headcount_rate: 0.8, reports_due: 2, reports_filed: 1, completeness: 0.5, planned: 0, on_duty: 0, on_duty_rate: null,
  from_affected: 0, abnormal: 0, isolated: 0, electricity_enterprises: 0, electricity_kwh: 0, electricity_baseline_kwh: 0, electricity_index: null, ...over,
});
const day = (name: string, rate: number | null): StatisticDay => ({ day: name, figures: figures({ open_rate: rate }) });

describe('the table of statistics', () => {
  it('is by area until an address says otherwise, always in the same order', () => {
    expect(dimensionsOf(undefined)).toEqual(['area']);
    expect(dimensionsOf('day,industry,nonsense')).toEqual(['industry', 'day']);
    expect(toggled(['area'], 'size')).toEqual(['area', 'size']);
    expect(toggled(['area'], 'area')).toEqual(['area']);
  });
  it('goes up to the province', () => {
    expect(parentOf('999999001001')).toBe('999999001');
    expect(parentOf('9999')).toBe('99');
    expect(parentOf('99')).toBeUndefined();
  });
  it('leads to the list behind a row, with what the page is narrowed by', () => {
    const row = { area_code: '999999001', industry: null, size_class: 'micro' };
    expect(behind(row, { industry: 'C', area: '999999' }, true)).toEqual({ area: '999999001', industry: 'C', size_class: 'micro', working: 'true' });
    expect(behind(row, {}).working).toBeUndefined();
  });
});

describe('figures', () => {
  it('are per cent with one place, and nothing where nothing is known', () => {
    expect([percent(2 / 3), percent(1), percent(0), percent(null)]).toEqual(['66.7', '100', '0', null]);
    expect(counts(figures({}), 'completeness')).toEqual([1, 2]);
  });
  it('draw a line that leaves out days without a value', () => {
    expect(line([day('1', 0.5), day('2', null), day('3', 1)], 'open_rate', 100, 20)).toBe('0.0,10.0 100.0,0.0');
    expect(line([day('1', null)], 'open_rate', 100, 20)).toBe('');
  });
  it('narrow from what was sent to what was let through', () => {
    const stages = { begun: 12, submitted: 10, returned: 3, inspected: 2, approved: 4, filed: 2, rejected: 1 };
    expect(narrowing(stages, 7).map((it) => it.value)).toEqual([10, 9, 6]);
  });
});
