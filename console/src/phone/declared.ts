// A declaration in one line.
import type { Answers } from '../api';
import type { CommonStrings } from '../i18n/common';
import { temperature } from '../shared/format';
import type { PhoneWords } from './words';

export function summary(it: Answers, t: PhoneWords, words: CommonStrings): string {
  const parts = [
    it.symptoms.length > 0 ? it.symptoms.map((symptom) => words.symptom[symptom]).join(' ') : t.declare.well,
    it.contact ? t.declare.contactYes : t.declare.contactNo,
    it.family_unwell ? t.declare.familyYes : null,
    it.places.length > 0 ? t.declare.been(it.places.map((stay) => stay.place).join(' ')) : t.declare.stayed,
    it.temperature_c === null ? null : temperature(it.temperature_c),
  ];
  return parts.filter(Boolean).join(words.gap);
}
