// Parts of a form as people read them. Pure.
import type { FormCondition, FormDefinition, FormField, FormNeed, FormSection, FormTakes, Wording } from '../../api';
import type { CommonStrings } from '../../i18n/common';
import type { EditingStrings } from '../../i18n/editing';
import type { FormsStrings, RisksStrings } from '../../i18n/forms';
import type { Lang } from '../../i18n/lang';
import { number } from '../../shared/format';
import { titleOf } from '../parts/edit/words';
import { SIZES, sectionOf } from './applicant';
import type { Broken } from './conditions';
import type { FieldPart, SectionPart } from './diff';
import { fieldsOf } from './edit';
import type { Fault } from './faults';

/** What words about a form are made of. */
export interface Says { w: FormsStrings; e: EditingStrings; sizes: CommonStrings['sizeClass']; risks: RisksStrings['levels']; lang: Lang; form: FormDefinition }

/** A question by its key; the key itself where there is no such question. */
export function labelOf(key: string, { form, e, lang }: Says): string {
  const field = fieldsOf(form).find((it) => it.key === key);
  return field ? titleOf(field.label, e, lang) : key;
}

/** A section or question by its key. */
export function holderOf(key: string, says: Says): string {
  const section = says.form.sections.find((it) => it.key === key);
  return section ? titleOf(section.title, says.e, says.lang) : labelOf(key, says);
}

export function brokenWords(it: Broken, says: Says): string {
  return says.w.edit.breaksAt[it.part](holderOf(it.holder, says));
}

export function conditionWords(condition: FormCondition, says: Says, within = false): string {
  const { w, lang } = says;
  const c = w.conditions.words;
  const listed = (items: string[]) => (items.length === 0 ? c.nothing : items.join(w.and));
  switch (condition.is) {
    case 'all':
    case 'any': {
      const text = condition.of.map((it) => conditionWords(it, says, true)).join(c[condition.is]) || c.nothing;
      return within && condition.of.length > 1 ? (lang === 'zh' ? `（${text}）` : `(${text})`) : text;
    }
    case 'not': return c.not(conditionWords(condition.of, says));
    case 'yes': return c.yes(labelOf(condition.field, says));
    case 'chosen': return c.chosen(labelOf(condition.field, says), listed(condition.codes.map((code) => optionLabel(condition.field, code, says))));
    case 'at_least': return c.at_least(labelOf(condition.field, says), number(condition.value, lang));
    case 'industry': return c.industry(listed(condition.begins.map((it) => industryWords(it, w))));
    case 'size': return c.size(listed(condition.classes.map((it) => says.sizes[SIZES.find((one) => one === it) ?? 'micro'])));
    case 'risk': return c.risk(listed(condition.levels.map((it) => (says.risks as Record<string, string>)[it] ?? it)));
  }
}

/** `C 制造业`, `F52`. */
export function industryWords(code: string, w: FormsStrings): string {
  const section = sectionOf(code);
  return section && code.length === 1 ? `${code} ${w.industries[section]}` : code;
}

function optionLabel(key: string, code: string, says: Says): string {
  const takes = fieldsOf(says.form).find((it) => it.key === key)?.takes;
  const option = takes && 'options' in takes ? takes.options.find((it) => it.code === code) : undefined;
  return option ? titleOf(option.label, says.e, says.lang) : code;
}

export function takesWords(takes: FormTakes, w: FormsStrings, lang: Lang): string {
  const kind = w.edit.kinds[takes.kind];
  switch (takes.kind) {
    case 'text':
    case 'prose': return `${kind} (${w.takes.text(number(takes.most, lang))})`;
    case 'number': return `${kind} (${w.takes.number(number(takes.least, lang), number(takes.most, lang))}${takes.unit ? ` ${takes.unit[lang]}` : ''})`;
    case 'files': return `${kind} (${w.takes.files(number(takes.most, lang))})`;
    default: return kind;
  }
}

export function needWords(need: FormNeed, says: Says): string {
  return need.need === 'when' ? conditionWords(need.condition, says) : says.w.edit.needs[need.need];
}

function shownWords(condition: FormCondition | null, says: Says): string {
  return condition ? conditionWords(condition, says) : says.w.edit.shownAlways;
}

/** Both languages: a version may change one of them alone. */
function both(words: Wording | null, w: FormsStrings): string {
  return words ? `${words.zh} / ${words.en}` : w.none;
}

export function sectionPartWords(part: SectionPart, it: FormSection, says: Says): string {
  switch (part) {
    case 'title': return both(it.title, says.w);
    case 'lead': return both(it.lead, says.w);
    case 'shown_when': return shownWords(it.shown_when, says);
    case 'order': return says.w.reordered;
  }
}

export function fieldPartWords(part: FieldPart, it: FormField, says: Says): string {
  const { w, lang } = says;
  switch (part) {
    case 'label': return both(it.label, w);
    case 'help': return both(it.help, w);
    case 'takes': return takesWords(it.takes, w, lang);
    case 'options': return 'options' in it.takes ? it.takes.options.map((one) => `${both(one.label, w)} (${one.code})`).join(w.and) : w.none;
    case 'required': return needWords(it.required, says);
    case 'shown_when': return shownWords(it.shown_when, says);
    case 'prefill': return it.prefill ? w.edit.prefills[it.prefill] : w.edit.noPrefill;
    case 'section':
    case 'order': return w.reordered;
  }
}

/** An input by its label; nothing where the fault is about the whole. */
export function inputWords(input: string, { w, e: editing }: Says): string | null {
  const [name = '', at, inner] = input.split('.');
  const e = w.edit;
  if (name === 'options' && at !== undefined) return inner === 'code' ? e.codeOf(Number(at) + 1) : editing.inBoth(e.option(Number(at) + 1), inner === 'en' ? editing.en : editing.zh);
  const labels: Record<string, string> = { label: e.label, title: e.name, help: e.help, lead: e.lead, pledge: e.pledge, unit: e.unit, key: editing.key, options: e.options, required: e.required, shown_when: e.shown, prefill: e.prefill };
  const label = labels[name];
  return label === undefined ? null : at === undefined ? label : editing.inBoth(label, at === 'en' ? editing.en : editing.zh);
}

/** What is wrong at an input, and what to do. */
export function faultWords(fault: Fault, says: Says): string {
  const { faults: w } = says.w;
  switch (fault.code) {
    case 'words': return fault.input === 'whole' ? w.whole.words : fault.empty ? w.empty : w.long(fault.most);
    case 'options': return w.options[fault.why];
    case 'condition': return fault.input === 'whole' ? w.whole.condition : w.condition[fault.why](fault.field === null ? '' : labelOf(fault.field, says));
    case 'size': return w.sizeSection;
    default: return w[fault.code];
  }
}
