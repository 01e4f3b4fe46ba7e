import { describe, expect, it } from 'vitest';
import type { CandidateView, CensusDetail } from '../../api';
import { linesOf } from './model';

const shown = { kind: (code: string) => code, size: (code: string) => code, people: (n: number) => String(n) };
const candidate: CandidateView = {
  id: 'ent_1', kind: 'enterprise', score: 80, signs: ['same_name'], name: '江滨食品有限公司', credit_code: '91350100M000100Y43', area_code: '999999001001001', area_name: '一网格', address: '江滨路１２号',
  industry: 'C13', size_class: 'micro', employees: 12,
};
const detail = {
  finding: { kind: 'enterprise', name: '江滨食品', credit_code: '', area_code: '999999001001001', area_name: '一网格', address: '江滨路12号', industry: '食品厂', size_class: 'above_scale', headcount: 12 },
  industry_is_code: false, candidates: [candidate],
} as unknown as CensusDetail;

describe('a finding beside a candidate', () => {
  it('marks what differs and offers what the register may take over', () => {
    const lines = linesOf(detail, candidate, shown);
    expect(lines.filter((line) => line.differs).map((line) => line.column)).toEqual(['name', 'industry', 'size_class']);
    expect(lines.flatMap((line) => line.field ?? [])).toEqual(['name', 'size_class']);
  });

  it('has no code, industry and size where it is premises', () => {
    const mall = { ...detail, finding: { ...detail.finding, kind: 'mall' as const } };
    const lines = linesOf(mall, { ...candidate, kind: 'building' }, shown);
    expect(lines.map((line) => line.column)).toEqual(['name', 'kind', 'address', 'area']);
    expect(lines.flatMap((line) => line.field ?? [])).toEqual(['name', 'kind']);
  });

  it('stands alone where there is none', () => {
    const lines = linesOf(detail, null, shown);
    expect(lines.every((line) => line.registered === null && !line.differs && line.field === null)).toBe(true);
  });
});
