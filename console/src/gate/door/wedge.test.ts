import { describe, expect, it } from 'vitest';
import { Wedge } from './wedge';

function typed(keys: string[], each: number): (string | null)[] {
  const wedge = new Wedge();
  return keys.map((key, index) => wedge.key(key, 1000 + index * each));
}

describe('a reader that types like a keyboard', () => {
  it('ends a line with Enter', () => {
    expect(typed(['7', '7', 'Shift', 'A', 'Enter'], 10)).toEqual([null, null, null, null, '77A']);
  });
  it('is not somebody who types by hand', () => {
    expect(typed(['7', '7', 'Enter'], 200)).toEqual([null, null, null]);
  });
  it('begins anew after each line', () => {
    expect(typed(['1', 'Enter', '2', 'Enter'], 10)).toEqual([null, '1', null, '2']);
  });
});
