// A form beside its answers, as the pages show it. Pure.
import type { ApplicationFile, ApplicationView, AttachmentView, FormAnswer, FormDefinition, FormField } from '../../api';
import type { ApplicationsStrings } from '../../i18n/applications';
import type { Lang } from '../../i18n/lang';
import { dayTime, number } from '../../shared/format';
import { askedOf, type Applicant, type Checked, type FileCounts, type FormFault } from '../../shared/forms/rules';

export const FILE_MOST = 20 * 1024 * 1024;
export const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.xlsx,.docx';

export function applicantOf({ industry, size_class, risk }: ApplicationView): Applicant {
  return { industry, size_class, risk };
}

/** Whole files only: one that is being sent answers nothing yet. */
export function fileCounts(attachments: AttachmentView[]): FileCounts {
  const counts: FileCounts = {};
  for (const it of attachments) if (it.state === 'ready') counts[it.field] = (counts[it.field] ?? 0) + 1;
  return counts;
}

export interface SectionState { key: string; title: string; lead: string | null; fields: FormField[]; missing: number }

/** The sections of which something is asked. */
export function sectionsOf(form: FormDefinition, checked: Checked, lang: Lang): SectionState[] {
  const faulty = new Set(checked.faults.map((it) => it.field));
  return form.sections.flatMap((section) => {
    const fields = askedOf(section, checked.asked);
    if (fields.length === 0) return [];
    return [{ key: section.key, title: section.title[lang], lead: section.lead?.[lang] ?? null, fields, missing: fields.filter((it) => faulty.has(it.key)).length }];
  });
}

/** Whether an answer may be changed: after a return only what was marked. */
export function isOpen(file: ApplicationFile, key: string): boolean {
  return file.open_fields.length === 0 || file.open_fields.includes(key);
}

export function faultWords(field: FormField, fault: FormFault, w: ApplicationsStrings, lang: Lang): string {
  const least = number(fault.least ?? 0, lang);
  const most = number(fault.most ?? 0, lang);
  if (field.takes.kind === 'files') return fault.code === 'out_of_range' ? w.tooManyFiles(most) : w.fileRequired;
  return w.faults[fault.code](least, most);
}

/** An answer as it is read. */
export function answerWords(field: FormField, answer: FormAnswer | null | undefined, w: ApplicationsStrings, lang: Lang): string {
  const { takes } = field;
  if (answer === undefined || answer === null || answer === '') return w.unanswered;
  if (typeof answer === 'boolean') return answer ? w.yes : w.no;
  if (typeof answer === 'number') return takes.kind === 'number' && takes.unit ? `${number(answer, lang)} ${takes.unit[lang]}` : number(answer, lang);
  const options = takes.kind === 'choice' || takes.kind === 'choices' ? takes.options : [];
  const label = (code: string) => options.find((it) => it.code === code)?.label[lang] ?? code;
  if (Array.isArray(answer)) return answer.length === 0 ? w.unanswered : answer.map(label).join(lang === 'zh' ? '、' : ', ');
  return label(answer);
}

/** By when something is to happen to it. */
export function deadlineOf(it: ApplicationView, w: ApplicationsStrings, lang: Lang): string | null {
  if (it.state === 'submitted' && it.reply_due_at) return w.replyBy(dayTime(it.reply_due_at, lang));
  const waits = it.state === 'submitted' || it.state === 'in_review';
  return waits && it.decision_due_at ? w.decideBy(dayTime(it.decision_due_at, lang)) : null;
}

export function siteWords(it: ApplicationView, w: ApplicationsStrings): string {
  const [first] = it.sites;
  if (!first) return w.view.nothing;
  return it.sites.length === 1 ? first.name : `${first.name} ${w.more(it.sites.length)}`;
}
