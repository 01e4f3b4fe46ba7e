// Which sentences a verdict or an alarm makes, in the languages this gate speaks.
import { FOREIGN_OUTCOMES, foreignLines } from '../foreign/lines';
import { phraseFor, WORDS } from '../phrases';
import type { VerdictFacts } from '../phrases';
import { langOf } from '../settings';
import type { SpeechLang } from '../settings';
import { DEFAULT_OUTCOMES, outcomeOf } from '../verdict';
import type { GateRules, Reason } from '../wire';
import type { Utterance } from './speech-queue';

type Outcomes = Pick<GateRules, 'outcomes'> | null;

export function verdictLines(voices: readonly SpeechLang[], facts: VerdictFacts, rules: Outcomes): Utterance[] {
  return voices.map((lang) => ({
    lang,
    text: phraseFor(langOf(lang), facts, rules).spoken,
    plain: phraseFor(langOf(lang), { ...facts, temperature_c: null }, rules).spoken,
  }));
}

export function againstVerdictLines(voices: readonly SpeechLang[]): Utterance[] {
  return voices.map((lang) => {
    const { pair, againstVerdict } = WORDS[langOf(lang)];
    const text = pair(againstVerdict.what, againstVerdict.next);
    return { lang, text, plain: text };
  });
}

/** Every sentence without figures, to have in store before the network goes. */
export function linesToKeep(voices: readonly SpeechLang[], rules: Outcomes): Omit<Utterance, 'plain'>[] {
  const reasons = Object.keys(DEFAULT_OUTCOMES) as Reason[];
  const plain: Omit<VerdictFacts, 'reasons' | 'outcome'> = { direction: 'in', temperature_c: null, byHand: true, overridden: null };
  const lines = voices.flatMap((lang) => {
    const say = (facts: VerdictFacts) => ({ lang, text: phraseFor(langOf(lang), facts, rules).spoken });
    return [
      say({ ...plain, outcome: 'admit', reasons: [] }),
      say({ ...plain, direction: 'out', outcome: 'admit', reasons: [] }),
      ...reasons.map((reason) => say({ ...plain, outcome: outcomeOf(reason, rules ?? { outcomes: {} }), reasons: [reason] })),
    ];
  });
  lines.push(...FOREIGN_OUTCOMES.flatMap((it) => foreignLines(voices, it).map(({ lang, text }) => ({ lang, text }))));
  const seen = new Set<string>();
  return lines.filter(({ lang, text }) => {
    const key = lang + text;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
