import { describe, expect, it } from 'vitest';
import { commonStrings } from '../i18n/common';
import { address } from './address';

describe('an address', () => {
  it('gives a number its word and leaves what was said in words', () => {
    const parts = { compound: '青屿新村', building: '三号楼', unit: '2', room: '501' };
    expect(address(parts, commonStrings.zh)).toBe('青屿新村 三号楼 2单元 501室');
    expect(address(parts, commonStrings.en)).toBe('青屿新村 三号楼 Unit 2 Room 501');
  });

  it('is the compound alone for who may not know more', () => {
    expect(address({ compound: '青屿新村', building: null, unit: null, room: null }, commonStrings.zh)).toBe('青屿新村');
  });
});
