import { describe, expect, it } from 'vitest';
import type { AreaRisk, RiskLevel } from '../../api';
import { chainOf, followers, gravestFirst, holdingOf, keepers, kindOf } from './model';

const risk = (area_code: string, level: RiskLevel): AreaRisk => ({ area_code, area_name: `区${area_code}`, level, set_by: '方主任', set_at: '2020-02-20T00:00:00Z' });
const SET = [risk('350104', 'medium'), risk('350104001', 'high'), risk('350104001002', 'low'), risk('350104001002003', 'medium'), risk('350104002003', 'high')];

describe('the risk of an area', () => {
  it('is its own, else that of the nearest area around it, else low', () => {
    const told = (code: string) => { const { level, from, own } = holdingOf(code, SET); return [level, from?.area_code ?? null, own]; };
    expect(told('350104001')).toEqual(['high', '350104001', true]);
    expect(told('350104001001')).toEqual(['high', '350104001', false]);
    expect(told('350104001002001')).toEqual(['low', '350104001002', false]);
    expect(told('350104009')).toEqual(['medium', '350104', false]);
    expect(told('3501')).toEqual(['low', null, false]);
    expect(chainOf('350104001')).toEqual(['350104001', '350104', '3501', '35']);
    expect([kindOf('35'), kindOf('350104001002003')]).toEqual(['province', 'grid']);
  });

  it('is followed by what is below, but not by those with a level of their own and theirs', () => {
    expect(keepers('350104', SET).map((it) => it.area_code)).toEqual(['350104001', '350104002003']);
    expect(keepers('350104001', SET).map((it) => it.area_code)).toEqual(['350104001002']);
    expect(keepers('350104002003', SET)).toEqual([]);
    expect([followers(10, [4, 1]), followers(1, []), followers(0, [])]).toEqual([4, 0, 0]);
  });

  it('lists the gravest first', () => {
    expect(gravestFirst(SET).map((it) => it.area_code)).toEqual(['350104001', '350104002003', '350104', '350104001002003', '350104001002']);
  });
});
