import { describe, expect, it } from 'vitest';
import { batchOf } from '../review/BatchChoice';
import { queryOf, tabOf } from './model';

describe('the list', () => {
  it('asks for what the tab says', () => {
    expect([tabOf('mine'), tabOf('nonsense')]).toEqual(['mine', 'planned']);
    expect([queryOf('mine', 'acc_1'), queryOf('nobody', 'acc_1')]).toEqual([{ state: 'planned', officer: 'acc_1' }, { state: 'planned', officer: 'nobody' }]);
  });
});

it('a batch is its category and its number', () => {
  expect([batchOf('key_chain-12'), batchOf('')]).toEqual([{ category: 'key_chain', batch: 12 }, { category: null, batch: null }]);
});
