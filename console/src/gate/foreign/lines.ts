// What is said of a foreign certificate: whether it stands, and no name.
import { langOf } from '../settings';
import type { SpeechLang } from '../settings';
import type { Utterance } from '../voice/speech-queue';
import type { ForeignOutcome } from '../wire';
import { foreignEn } from './words-en';
import { foreignZh } from './words-zh';

export const FOREIGN_OUTCOMES: readonly ForeignOutcome[] = ['valid', 'invalid', 'cannot_tell'];
const SPOKEN = { zh: foreignZh.spoken, en: foreignEn.spoken };

export function foreignLines(voices: readonly SpeechLang[], outcome: ForeignOutcome): Utterance[] {
  return voices.map((lang) => {
    const text = SPOKEN[langOf(lang)][outcome];
    return { lang, text, plain: text };
  });
}
