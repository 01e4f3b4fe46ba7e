// What is asked, what must be answered, and what is wrong with an answer: as slices/reopening/src/forms/rules.rs says it.
// Pure; forms.vectors.json proves that both agree.
import type { FormAnswer, FormCondition, FormDefinition, FormField, FormSection } from '../../api';

export type FormAnswers = Record<string, FormAnswer>;
/** How many files hang on a question. */
export type FileCounts = Record<string, number>;
export interface Applicant { industry: string; size_class: string; risk: string }
export type FaultCode = 'required' | 'too_long' | 'out_of_range' | 'invalid';
export interface FormFault { field: string; code: FaultCode; least?: number; most?: number }
export interface Checked {
  /** Keys of the questions that are asked. */
  asked: Set<string>;
  /** What keeps the form from being sent, in the order of its questions. */
  faults: FormFault[];
}

/** Goes through the form in its order. The answer to a question that is not asked counts nowhere. */
export function check(form: FormDefinition, answers: FormAnswers, applicant: Applicant, files: FileCounts): Checked {
  const checked: Checked = { asked: new Set(), faults: [] };
  const known: Known = { answers: new Map(), applicant };
  for (const section of form.sections) {
    if (!holdsOrNone(section.shown_when, known)) continue;
    for (const field of section.fields) {
      if (!holdsOrNone(field.shown_when, known)) continue;
      checked.asked.add(field.key);
      const answer = answerOf(answers, field.key);
      const fault = faultOf(field, answer, files[field.key] ?? 0, known);
      if (fault) checked.faults.push(fault);
      if (answer !== null) known.answers.set(field.key, answer);
    }
  }
  return checked;
}

/** The questions of a section that are asked. */
export function askedOf(section: FormSection, asked: ReadonlySet<string>): FormField[] {
  return section.fields.filter((it) => asked.has(it.key));
}

/** Whether it must be answered as things stand. */
export function isRequired(form: FormDefinition, field: FormField, answers: FormAnswers, applicant: Applicant): boolean {
  if (field.required.need !== 'when') return field.required.need === 'always';
  const asked = check(form, answers, applicant, {}).asked;
  const known = Object.entries(answers).filter(([key, it]) => asked.has(key) && !isEmpty(it));
  return holds(field.required.condition, { answers: new Map(known), applicant });
}

interface Known { answers: Map<string, FormAnswer>; applicant: Applicant }

function answerOf(answers: FormAnswers, key: string): FormAnswer | null {
  const answer = Object.hasOwn(answers, key) ? answers[key] : undefined;
  return answer === undefined || isEmpty(answer) ? null : answer;
}

export function isEmpty(answer: FormAnswer): boolean {
  if (typeof answer === 'string') return trimmed(answer) === '';
  return Array.isArray(answer) && answer.length === 0;
}

function holdsOrNone(condition: FormCondition | null, known: Known): boolean {
  return !condition || holds(condition, known);
}

function holds(condition: FormCondition, known: Known): boolean {
  switch (condition.is) {
    case 'all': return condition.of.every((it) => holds(it, known));
    case 'any': return condition.of.some((it) => holds(it, known));
    case 'not': return !holds(condition.of, known);
    case 'yes': return known.answers.get(condition.field) === true;
    case 'chosen': {
      const answer = known.answers.get(condition.field);
      if (Array.isArray(answer)) return answer.some((it) => condition.codes.includes(it));
      return typeof answer === 'string' && condition.codes.includes(answer);
    }
    case 'at_least': {
      const answer = known.answers.get(condition.field);
      return typeof answer === 'number' && condition.value <= answer;
    }
    case 'industry': return condition.begins.some((it) => known.applicant.industry.startsWith(it));
    case 'size': return condition.classes.includes(known.applicant.size_class);
    case 'risk': return condition.levels.includes(known.applicant.risk);
  }
}

function faultOf(field: FormField, answer: FormAnswer | null, files: number, known: Known): FormFault | null {
  const { required } = field;
  const wanted = required.need === 'always' || (required.need === 'when' && holds(required.condition, known));
  if (field.takes.kind === 'files') {
    if (files === 0 && wanted) return { field: field.key, code: 'required' };
    return field.takes.most < files ? { field: field.key, code: 'out_of_range', most: field.takes.most } : null;
  }
  if (answer === null) return wanted ? { field: field.key, code: 'required' } : null;
  return answerFault(field, answer);
}

/** What is wrong with an answer that is there, whatever is required. */
export function answerFault({ key, takes }: Pick<FormField, 'key' | 'takes'>, answer: FormAnswer): FormFault | null {
  const invalid: FormFault = { field: key, code: 'invalid' };
  const right = (is: boolean) => (is ? null : invalid);
  switch (takes.kind) {
    case 'text':
    case 'prose':
      if (typeof answer !== 'string') return invalid;
      return takes.most < [...trimmed(answer)].length ? { field: key, code: 'too_long', most: takes.most } : null;
    case 'number':
      if (typeof answer !== 'number' || !Number.isInteger(answer)) return invalid;
      return answer < takes.least || takes.most < answer ? { field: key, code: 'out_of_range', least: takes.least, most: takes.most } : null;
    case 'date': return right(typeof answer === 'string' && isDay(answer));
    case 'yes_no': return right(typeof answer === 'boolean');
    case 'choice': return right(typeof answer === 'string' && takes.options.some((it) => it.code === answer));
    case 'choices':
      return right(Array.isArray(answer) && answer.every((it) => takes.options.some((option) => option.code === it)) && new Set(answer).size === answer.length);
    case 'phone': return right(typeof answer === 'string' && (isPhone(answer) || isLandline(answer)));
    case 'files': return invalid;
  }
}

/** What the server takes for white space, not what `trim` does: they differ in U+FEFF and U+0085. */
export function trimmed(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/** `2020-02-29`, a day that there is. */
function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return year !== '' && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (it) => String.fromCharCode(it.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ');
}

/** A mobile number of the mainland, or any with its country code. */
function isPhone(text: string): boolean {
  const bare = halfWidth(text).replace(/[ \-\t]/g, '').replace(/^\+86/, '');
  return /^1[3-9]\d{9}$/.test(bare) || /^\+\d{8,15}$/.test(bare);
}

/** A fixed line: area code of three or four digits, a number of seven or eight, perhaps an extension. */
function isLandline(text: string): boolean {
  return /^0\d{2,3}-\d{7,8}(?:[\u8f6c#]\p{White_Space}*\d{1,6})?$/u.test(trimmed(text));
}
