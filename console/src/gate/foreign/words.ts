// What a guard is told of a foreign certificate. One interface; a missing word does not compile.
import type { ForeignOutcome, ForeignView, ForeignWhy } from '../wire';

/** `away`: nobody could be asked. `refused`: the server would not say. */
export type ForeignAnswer = { kind: 'told'; view: ForeignView } | { kind: 'away' } | { kind: 'refused'; code: string };

export interface ForeignStrings {
  title: string;
  /** Beside the title, before anybody was asked. */
  lead: string;
  check: string;
  asking: string;
  word: Record<ForeignOutcome, string>;
  why: Record<ForeignWhy, string>;
  noList: string;
  away: string;
  next: Record<ForeignOutcome, string>;
  again: string;
  later: string;
  noName: string;
  facts: Record<'name' | 'birth' | 'kind' | 'issuer' | 'until', string>;
  kind: Record<NonNullable<ForeignView['kind']>, string>;
  format: Record<NonNullable<ForeignView['format']>, string>;
  unsaid: string;
  opensNothing: string;
  done: string;
  spoken: Record<ForeignOutcome, string>;
}

export interface ForeignPhrase {
  outcome: ForeignOutcome;
  word: string;
  why: string | null;
  next: string;
}

/** Without an answer nobody can tell: never valid, never invalid. */
export function phraseOf(words: ForeignStrings, answer: ForeignAnswer, error: (code: string) => string): ForeignPhrase {
  if (answer.kind !== 'told') {
    const why = answer.kind === 'away' ? words.away : error(answer.code);
    return { outcome: 'cannot_tell', word: words.word.cannot_tell, why, next: answer.kind === 'away' ? words.later : words.next.cannot_tell };
  }
  const { outcome, why, holder_name, trust_version } = answer.view;
  const without = why === 'issuer_unknown' && trust_version === 0;
  return {
    outcome,
    word: words.word[outcome],
    why: without ? words.noList : why && words.why[why],
    next: why === 'unreadable' ? words.again : outcome === 'valid' && holder_name === null ? words.noName : words.next[outcome],
  };
}
