// From a verdict to the words on the screen and in the voice. A name never goes in: a phrase does not get one.
import type { Lang } from './settings';
import { reasonsEn, wordsEn } from './reasons-en';
import { reasonsZh, wordsZh } from './reasons-zh';
import type { ReasonFacts, ReasonText, ReasonTexts, VerdictWords } from './reasons';
import { leadingReason } from './verdict';
import type { GateRules, Reason, VerdictOutcome } from './wire';

export interface VerdictFacts {
  outcome: VerdictOutcome;
  reasons: readonly Reason[];
  direction: 'in' | 'out';
  temperature_c: number | null;
  byHand: boolean;
  overridden: 'admit' | 'deny' | null;
}
export interface Phrase {
  word: string;
  /** One sentence; null when the word (or the temperature beside it) has said it. */
  reason: string | null;
  next: string;
  hint: string | null;
  /** What else is so, after the leading reason. */
  others: string[];
  spoken: string;
}

export const WORDS: Record<Lang, VerdictWords> = { zh: wordsZh, en: wordsEn };
const REASONS: Record<Lang, ReasonTexts> = { zh: reasonsZh, en: reasonsEn };

export function reasonText(lang: Lang, reason: Reason, facts: ReasonFacts): ReasonText {
  return REASONS[lang][reason]?.(facts) ?? WORDS[lang].noReason;
}

export function phraseFor(lang: Lang, facts: VerdictFacts, rules: Pick<GateRules, 'outcomes'> | null): Phrase {
  const words = WORDS[lang];
  const given: ReasonFacts = { temperature: degrees(facts.temperature_c), byHand: facts.byHand };
  const word = facts.outcome === 'admit' && facts.direction === 'out' ? words.admitOutWord : words.word[facts.outcome];
  if (facts.overridden) {
    const text = words.overridden[facts.overridden];
    const spoken = facts.overridden === 'admit' ? saidAdmit(words, facts.direction) : words.sentence(word, text.what, text.next);
    return { word, reason: text.what, next: text.next, hint: null, others: [], spoken };
  }
  const leading = leadingReason(facts.outcome, facts.reasons, rules);
  if (facts.outcome === 'admit') {
    const note = leading ? reasonText(lang, leading, given) : null;
    return {
      word,
      reason: note?.what ?? null,
      next: words.admitNext[facts.direction],
      hint: leading === 'mask_unknown' ? (note?.next ?? null) : null,
      others: [],
      spoken: saidAdmit(words, facts.direction),
    };
  }
  const text = leading ? reasonText(lang, leading, given) : words.noReason;
  const others = facts.reasons.filter((it) => it !== leading).map((it) => reasonText(lang, it, given).what);
  const inWord = facts.outcome === 'correct' && leading === 'mask_missing';
  return {
    word,
    reason: inWord ? null : text.what,
    next: text.next,
    hint: text.hint ?? null,
    others: [...new Set(others)].filter((it) => it !== text.what),
    spoken: spokenBlocked(words, word, text, facts.outcome, leading),
  };
}

function spokenBlocked(words: VerdictWords, word: string, text: ReasonText, outcome: VerdictOutcome, leading: Reason | null): string {
  if (outcome === 'correct' && leading === 'mask_missing') return words.pair(word, text.next);
  if (outcome === 'correct' && leading === 'mask_worn_wrong') return words.pair(text.what, text.next);
  return text.said ? words.pair(word, text.said) : words.sentence(word, text.what, text.next);
}

function saidAdmit(words: VerdictWords, direction: 'in' | 'out'): string {
  return direction === 'in' ? words.saidIn : words.saidOut;
}

/** One decimal, as a thermometer shows it. */
export function degrees(celsius: number | null): string | null {
  return celsius === null ? null : celsius.toFixed(1);
}
