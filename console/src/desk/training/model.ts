// A course as it is edited: what is set of it, and its bank of questions. Pure.
import type { CourseDraft, CourseView, Question } from '../../api';

/** The server's limits, said before it has to. */
export const LIMITS = {
  check_count: [1, 20], question_count: [0, 100], pass_percent: [1, 100], valid_days: [1, 3660], due_days: [0, 365],
} as const;
export const OPTIONS_LEAST = 2;
export const OPTIONS_MOST = 8;
export const TEXT_MOST = 300;
export const BANK_MOST = 1000;
/** Questions that are shown at once. */
export const BANK_PAGE = 50;

export const FRESH: Omit<CourseDraft, 'title' | 'description'> = {
  check_count: 1, question_count: 5, pass_percent: 80, valid_days: 365, required: true, occupations: [], due_days: 7,
};

export function draftOf(it: CourseView): CourseDraft {
  const { title, description, check_count, question_count, pass_percent, valid_days, required, occupations, due_days } = it;
  return { title, description, check_count, question_count, pass_percent, valid_days, required, occupations, due_days };
}

export interface Lacks { media: boolean; questions: number }

/** What a draft lacks before it can be published. */
export function lacksOf(it: CourseView): Lacks {
  return { media: it.kind === null, questions: Math.max(0, it.question_count - it.bank_count) };
}

export type QuestionFault = 'text' | 'option' | 'few' | 'right';

export const EMPTY_QUESTION: Question = { text: '', options: ['', ''], correct: [] };

export function faultOf(it: Question): QuestionFault | null {
  if (it.text.trim() === '') return 'text';
  if (it.options.some((option) => option.trim() === '')) return 'option';
  if (it.options.length < OPTIONS_LEAST || it.options.length > OPTIONS_MOST) return 'few';
  return it.correct.length === 0 ? 'right' : null;
}

export function withOption(it: Question, at: number, text: string): Question {
  return { ...it, options: it.options.map((option, index) => (index === at ? text : option)) };
}

/** Without an option; what is right moves up with the others. */
export function withoutOption(it: Question, at: number): Question {
  return {
    ...it, options: it.options.filter((_, index) => index !== at),
    correct: it.correct.filter((index) => index !== at).map((index) => (index > at ? index - 1 : index)),
  };
}

export function withRight(it: Question, at: number, right: boolean): Question {
  const correct = right ? [...new Set([...it.correct, at])].sort((a, b) => a - b) : it.correct.filter((index) => index !== at);
  return { ...it, correct };
}

/** One place up (-1) or down (1); at the ends nothing moves. */
export function moved<Item>(items: Item[], at: number, by: -1 | 1): Item[] {
  const to = at + by;
  const [one, other] = [items[at], items[to]];
  if (one === undefined || other === undefined) return items;
  return items.map((it, index) => (index === at ? other : index === to ? one : it));
}

/** The page, from 0, on which a question stands; of an empty bank the first. */
export function pageOf(at: number): number {
  return Math.max(0, Math.floor(at / BANK_PAGE));
}

/** The questions of a page with their places in the whole bank; a page that is gone is the last one. */
export function onPage<Item>(items: Item[], page: number): { page: number; from: number; shown: Item[] } {
  const known = Math.min(Math.max(0, page), pageOf(items.length - 1));
  return { page: known, from: known * BANK_PAGE, shown: items.slice(known * BANK_PAGE, (known + 1) * BANK_PAGE) };
}
