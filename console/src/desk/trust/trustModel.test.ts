import { describe, expect, it } from 'vitest';
import type { TrustImport } from '../../api';
import { comparison, difference, fileName, loses, namesAll } from './trustModel';

const BEFORE = { version: 3, file_name: 'a.json', dcc_count: 10, shc_count: 2, revoked_count: 5, skipped: [], note: '', imported_by: 'a', imported_at: '2020-02-17T00:00:00Z' };
const tried = (part: Partial<TrustImport> = {}): TrustImport => ({ version: null, dcc_count: 12, shc_count: 2, revoked_count: 5, skipped_count: 0, skipped: [], before: BEFORE, ...part });

describe('what an import changes', () => {
  it('is counted against what holds', () => {
    expect(comparison(tried()).map(difference)).toEqual(['+2', null, null]);
    expect(loses(comparison(tried()))).toBe(false);
  });

  it('is everything when nothing holds yet', () => {
    expect(comparison(tried({ before: null })).map((it) => it.before)).toEqual([0, 0, 0]);
  });

  it('warns of a list that grows shorter', () => {
    const rows = comparison(tried({ dcc_count: 7 }));
    expect(rows.map(difference)).toEqual(['−3', null, null]);
    expect(loses(rows)).toBe(true);
  });
});

it.each([
  ['dsc.json', 'dsc.json'],
  ['信任列表 2021-07.json', '信任列表 2021-07.json'],
  [`${'长'.repeat(130)}.json`, `${'长'.repeat(115)}.json`],
  ['a\tb\n.pem', 'a b .pem'],
])('names the file %j as the server takes it', (name, kept) => expect(fileName(name)).toBe(kept));

it('says when more was left out than is named', () => {
  expect(namesAll({ skipped: ['dcc x'] })).toBe(true);
  expect(namesAll({ skipped: Array.from({ length: 200 }, () => 'dcc x') })).toBe(false);
});
