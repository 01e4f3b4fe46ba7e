// What the guard is told about each reason: what is so, and what to do next. A language that misses a reason
// does not compile. Medical reasons do not reach a gate; should one, it reads like `not_allowed`.
import type { Mask, Reason, VerdictOutcome } from './wire';

export interface ReasonFacts {
  /** As shown, one decimal; null when nothing was measured. */
  temperature: string | null;
  /** The temperature was typed by the guard, not read by a terminal. */
  byHand: boolean;
}
export interface ReasonText {
  what: string;
  next: string;
  /** A second line on the screen, never spoken. */
  hint?: string;
  /** Spoken after the word instead of "what, next", where that would be too long for a queue. */
  said?: string;
}
export type ReasonTexts = Record<Reason, (facts: ReasonFacts) => ReasonText>;

export interface VerdictWords {
  /** The one word on the screen. */
  word: Record<VerdictOutcome, string>;
  /** In lists, where the screen word would be too long. */
  listWord: Record<VerdictOutcome, string>;
  /** The screen word for an admit on the way out. */
  admitOutWord: string;
  /** Spoken for a plain admit; the screen splits it in word and next step. */
  saidIn: string;
  saidOut: string;
  admitNext: { in: string; out: string };
  overridden: Record<'admit' | 'deny', ReasonText>;
  noReason: ReasonText;
  againstVerdict: { what: string; next: string };
  mask: Record<Mask, string>;
  /** "word. what, next" in this language's punctuation. */
  sentence: (word: string, what: string, next: string) => string;
  pair: (first: string, second: string) => string;
}
