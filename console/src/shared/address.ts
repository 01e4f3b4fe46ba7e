// An address as one line; a part that is a number alone gets its word.
import type { CommonStrings } from '../i18n/common';

interface Parts { compound: string; building: string | null; unit: string | null; room: string | null }

export function address(it: Parts, words: CommonStrings): string {
  const part = (kind: 'building' | 'unit' | 'room') => {
    const text = it[kind];
    return text && /^[0-9A-Za-z]+$/.test(text) ? words.homePart[kind](text) : text;
  };
  return [it.compound, part('building'), part('unit'), part('room')].filter(Boolean).join(' ');
}
