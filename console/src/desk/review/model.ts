// The queue and one application as a reviewer reads them. Pure.
import type { ApplicationFile, ApplicationView, FormAnswer, FormField, Wording } from '../../api';
import type { ReviewStrings } from '../../i18n/desk';
import type { Lang } from '../../i18n/lang';
import type { ApplicationFilter } from '../../api/routes';

export const TABS = ['waiting', 'mine', 'returned', 'decided', 'all'] as const;
export type ReviewTab = (typeof TABS)[number];

export function tabOf(text: string | undefined): ReviewTab {
  return TABS.find((it) => it === text) ?? 'waiting';
}

/** What a tab asks the server for. */
export function queryOf(tab: ReviewTab, me: string): ApplicationFilter {
  switch (tab) {
    case 'waiting': return { state: 'submitted' };
    case 'mine': return { state: 'waiting', claimed_by: me };
    case 'returned': return { state: 'returned' };
    case 'decided': return { state: 'decided' };
    case 'all': return {};
  }
}

/** A queue is worked by its deadlines; what was done is looked up from its newest. */
export function sortOf(tab: ReviewTab): string | undefined {
  return tab === 'waiting' || tab === 'mine' ? 'decision_due_at' : undefined;
}

/** Whether its sites are open, so that somebody can have a look at them. */
export function isOpen(state: ApplicationView['state']): boolean {
  return state === 'approved' || state === 'filed';
}

/** States in which a deadline runs. */
const RUNS = new Set<ApplicationView['state']>(['submitted', 'in_review', 'inspection_due', 'inspected']);

export interface Deadline { kind: 'reply' | 'decision'; at: string; lateMs: number }

/** The deadline that runs: to take it while nobody has, then to decide it. */
export function deadlineOf(it: Pick<ApplicationView, 'state' | 'reply_due_at' | 'decision_due_at'>, now: number): Deadline | null {
  const kind = it.state === 'submitted' && it.reply_due_at ? 'reply' : 'decision';
  const at = kind === 'reply' ? it.reply_due_at : it.decision_due_at;
  if (!at || !RUNS.has(it.state)) return null;
  return { kind, at, lateMs: Math.max(0, now - Date.parse(at)) };
}

const HOUR_MS = 3_600_000;

/** "3 小时", "2 天": how late something is, in words. */
export function lateWords(ms: number, words: Pick<ReviewStrings, 'hours' | 'days'>): string {
  const hours = Math.max(1, Math.floor(ms / HOUR_MS));
  return hours < 48 ? words.hours(hours) : words.days(Math.floor(hours / 24));
}

/** The one that is due first of those that wait, other than this. */
export function nextOf(waiting: ApplicationView[], id: string): ApplicationView | null {
  const due = (it: ApplicationView) => Date.parse(it.reply_due_at ?? it.decision_due_at ?? it.created_at);
  const others = waiting.filter((it) => it.id !== id && it.state === 'submitted');
  return others.sort((a, b) => due(a) - due(b))[0] ?? null;
}

/** An answer as it is read; null when there is none. */
export function answerText(field: FormField, answer: FormAnswer | undefined, lang: Lang, words: Pick<ReviewStrings, 'yes' | 'no'>): string | null {
  if (answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)) return null;
  if (typeof answer === 'boolean') return answer ? words.yes : words.no;
  const { takes } = field;
  if (takes.kind === 'number') {
    const unit = takes.unit ? (lang === 'zh' ? ` ${takes.unit.zh}` : ` ${takes.unit.en}`) : '';
    return `${String(answer)}${unit}`;
  }
  if (takes.kind === 'choice' || takes.kind === 'choices') {
    const name = (code: string) => takes.options.find((it) => it.code === code)?.label[lang] ?? code;
    return (Array.isArray(answer) ? answer : [String(answer)]).map(name).join(lang === 'zh' ? '、' : ', ');
  }
  return String(answer);
}

/** Questions to which any number above none is worth a look. */
const NONE_HOPED = new Set(['from_affected', 'isolating', 'contacts', 'abnormal', 'confirmed']);
/** Fewer than this is little. */
const AT_LEAST: Record<string, number> = { masks_days: 3, isolation_rooms: 1 };

/** Whether an answer is worth a look, by simple facts: somebody is ill, little is in store, something is not done. */
export function needsLook(key: string, answers: ApplicationFile['answers']): boolean {
  const answer = answers[key];
  if (typeof answer === 'number') {
    if (NONE_HOPED.has(key)) return answer > 0;
    const least = AT_LEAST[key];
    if (least !== undefined) return answer < least;
    const roster = answers.employees;
    return key === 'planned' && typeof roster === 'number' && roster < answer;
  }
  // What is dangerous is asked so that yes is the answer to look at.
  return typeof answer === 'boolean' && answer === (key === 'hazardous');
}

/** Sections with the questions that are asked, in their order. */
export function askedOf(file: ApplicationFile): { key: string; title: Wording; fields: FormField[] }[] {
  const asked = new Set(file.asked);
  return file.form.sections
    .map(({ key, title, fields }) => ({ key, title, fields: fields.filter((it) => asked.has(it.key)) }))
    .filter((it) => it.fields.length > 0);
}

/** The question's words, by its key. */
export function labelOf(file: ApplicationFile, key: string, lang: Lang): string {
  const fields = file.form.sections.flatMap((it) => it.fields);
  return fields.find((it) => it.key === key)?.label[lang] ?? key;
}

/** Marks in the order of the form. */
export function inOrder(file: ApplicationFile, marked: ReadonlySet<string>): string[] {
  return askedOf(file).flatMap((it) => it.fields).map((it) => it.key).filter((it) => marked.has(it));
}

/** A drawn line as an SVG path. A dot has no length: it is drawn as the shortest line. */
export function pathOf(stroke: number[][]): string {
  const points = stroke.map(([x = 0, y = 0]) => `${x} ${y}`);
  const [first] = points;
  if (first === undefined) return '';
  return points.length === 1 ? `M${first}h1` : `M${points.join('L')}`;
}

/** How high the frame is that holds all lines, in thousandths of its width. */
export function heightOf(strokes: number[][][]): number {
  return Math.min(1000, Math.max(300, ...strokes.flat().map(([, y = 0]) => y + 20)));
}
