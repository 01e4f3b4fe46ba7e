// The checks of a declaration that can be made on the phone, without a network; the server makes them again.
import type { Answers } from '../api';
import { dayKey } from '../shared/format';
import type { PhoneWords } from './words';

/** By field and row, such as `legs.0.on`. */
export type Problems = Record<string, string>;

export function checkAnswers(answers: Answers, t: PhoneWords, now: number): Problems {
  const problems: Problems = {};
  const today = dayKey(now);
  const day = (field: string, value: string) => {
    if (value === '') problems[field] = t.declare.needed;
    else if (value > today) problems[field] = t.declare.future;
  };
  const text = (field: string, value: string) => {
    if (value.trim() === '') problems[field] = t.declare.needed;
  };
  answers.places.forEach((it, row) => {
    text(`places.${row}.place`, it.place);
    day(`places.${row}.from`, it.from);
    day(`places.${row}.until`, it.until);
    if (it.from !== '' && it.until !== '' && it.until < it.from) problems[`places.${row}.until`] = t.declare.order;
  });
  answers.legs.forEach((it, row) => {
    day(`legs.${row}.on`, it.on);
    text(`legs.${row}.number`, it.number);
    text(`legs.${row}.from`, it.from);
    text(`legs.${row}.to`, it.to);
  });
  return problems;
}
