// A form as it is edited: each change gives a new form, and where the hand is afterwards. Pure.
import type { FormCondition, FormDefinition, FormField, FormOption, FormSection, FormTakes, Prefill, Wording } from '../../api';
import { inserted, replaced, without } from '../parts/edit/lists';
import { mapFields, renamedIn } from './conditions';

/** What is being edited. */
export type Spot = { on: 'form' } | { on: 'section'; section: number } | { on: 'field'; section: number; field: number };
export type Kind = FormTakes['kind'];
export interface Edit { form: FormDefinition; spot: Spot }

export const SECTIONS_MOST = 40;
export const FIELDS_MOST = 400;
export const OPTIONS_MOST = 50;
export const KINDS: Kind[] = ['text', 'prose', 'number', 'date', 'yes_no', 'choice', 'choices', 'phone', 'files'];
const BLANK: Wording = { zh: '', en: '' };

export function sectionAt(form: FormDefinition, spot: Spot): FormSection | null {
  return spot.on === 'form' ? null : (form.sections[spot.section] ?? null);
}

export function fieldAt(form: FormDefinition, spot: Spot): FormField | null {
  return spot.on === 'field' ? (form.sections[spot.section]?.fields[spot.field] ?? null) : null;
}

export function fieldsOf(form: FormDefinition): FormField[] {
  return form.sections.flatMap((it) => it.fields);
}

/** The nearest thing that is there: what was removed is edited no more. */
export function nearest(form: FormDefinition, spot: Spot): Spot {
  if (spot.on === 'form' || form.sections.length === 0) return { on: 'form' };
  const section = Math.min(spot.section, form.sections.length - 1);
  const last = (form.sections[section]?.fields.length ?? 0) - 1;
  if (spot.on === 'section' || last < 0) return { on: 'section', section };
  return { on: 'field', section, field: Math.min(spot.field, last) };
}

export function withSection(form: FormDefinition, at: number, section: FormSection): FormDefinition {
  return { ...form, sections: replaced(form.sections, at, section) };
}

function withFields(form: FormDefinition, at: number, change: (fields: FormField[]) => FormField[]): FormDefinition {
  const section = form.sections[at];
  return section ? withSection(form, at, { ...section, fields: change(section.fields) }) : form;
}

export function withField(form: FormDefinition, section: number, at: number, field: FormField): FormDefinition {
  return withFields(form, section, (fields) => replaced(fields, at, field));
}

/** A name that nothing in the form has yet. */
export function freeKey(form: FormDefinition, base: 'section' | 'question'): string {
  const taken = new Set(form.sections.flatMap((it) => [it.key, ...it.fields.map((field) => field.key)]));
  let n = 1;
  while (taken.has(`${base}_${n}`)) n += 1;
  return `${base}_${n}`;
}

export function freeCode(options: FormOption[]): string {
  let n = options.length + 1;
  while (options.some((it) => it.code === `option_${n}`)) n += 1;
  return `option_${n}`;
}

/** A new section behind the one that is edited, at the end while none is. */
export function sectionAdded(form: FormDefinition, spot: Spot): Edit {
  const at = spot.on === 'form' ? form.sections.length : spot.section + 1;
  const section: FormSection = { key: freeKey(form, 'section'), title: BLANK, lead: null, shown_when: null, fields: [] };
  return { form: { ...form, sections: inserted(form.sections, at, section) }, spot: { on: 'section', section: at } };
}

/** A new question at the end of a section, or behind the question that is edited in it. */
export function fieldAdded(form: FormDefinition, section: number, spot: Spot): Edit {
  const here = spot.on === 'field' && spot.section === section;
  const at = here ? spot.field + 1 : (form.sections[section]?.fields.length ?? 0);
  const field: FormField = { key: freeKey(form, 'question'), label: BLANK, help: null, takes: { kind: 'text', most: 200 }, required: { need: 'always' }, shown_when: null, prefill: null };
  return { form: withFields(form, section, (fields) => inserted(fields, at, field)), spot: { on: 'field', section, field: at } };
}

export function removed(form: FormDefinition, spot: Spot): Edit {
  if (spot.on === 'form') return { form, spot };
  const next = spot.on === 'section' ? { ...form, sections: without(form.sections, spot.section) } : withFields(form, spot.section, (fields) => without(fields, spot.field));
  const before: Spot = spot.on === 'field' && spot.field > 0 ? { ...spot, field: spot.field - 1 } : spot;
  return { form: next, spot: nearest(next, before) };
}

/** One place up (-1) or down (1). A question at the edge of its section goes on into the next; null where there is no way. */
export function moved(form: FormDefinition, spot: Spot, by: -1 | 1): Edit | null {
  if (spot.on === 'form') return null;
  if (spot.on === 'field') return fieldMoved(form, spot, by);
  const [one, to] = [form.sections[spot.section], spot.section + by];
  if (!one || !form.sections[to]) return null;
  return { form: { ...form, sections: inserted(without(form.sections, spot.section), to, one) }, spot: { on: 'section', section: to } };
}

function fieldMoved(form: FormDefinition, { section, field }: { section: number; field: number }, by: -1 | 1): Edit | null {
  const [fields, to] = [form.sections[section]?.fields ?? [], field + by];
  const one = fields[field];
  if (!one) return null;
  if (fields[to]) return { form: withFields(form, section, () => inserted(without(fields, field), to, one)), spot: { on: 'field', section, field: to } };
  return movedInto(form, { section, field }, section + by, by > 0 ? 0 : undefined);
}

/** Into another section: to its end, unless a place is named. */
export function movedInto(form: FormDefinition, from: { section: number; field: number }, section: number, place?: number): Edit | null {
  const field = form.sections[from.section]?.fields[from.field];
  const target = form.sections[section];
  if (!field || !target || section === from.section) return null;
  const at = place ?? target.fields.length;
  const left = withFields(form, from.section, (fields) => without(fields, from.field));
  return { form: withFields(left, section, (fields) => inserted(fields, at, field)), spot: { on: 'field', section, field: at } };
}

/** Under another name. Conditions follow, unless one of the names belongs to something else: then nobody knows whom they meant. */
export function renamed(form: FormDefinition, spot: Spot, key: string): FormDefinition {
  const [section, field] = [sectionAt(form, spot), fieldAt(form, spot)];
  if (spot.on === 'form' || !section) return form;
  if (spot.on === 'section') return withSection(form, spot.section, { ...section, key });
  if (!field) return form;
  const next = withField(form, spot.section, spot.field, { ...field, key });
  const holders = (name: string) => fieldsOf(form).filter((it) => it.key === name).length;
  return holders(field.key) === 1 && holders(key) === 0 ? mapFields(next, (it) => renamedIn(it, field.key, key)) : next;
}

/** What is taken now, keeping of before what still means something. */
export function takesOf(kind: Kind, before: FormTakes): FormTakes {
  if (kind === before.kind) return before;
  switch (kind) {
    case 'text': return { kind, most: 200 };
    case 'prose': return { kind, most: 1000 };
    case 'number': return { kind, least: 0, most: 1_000_000, unit: null };
    case 'files': return { kind, most: 3 };
    case 'choice':
    case 'choices': return { kind, options: 'options' in before ? before.options : [{ code: 'option_1', label: BLANK }, { code: 'option_2', label: BLANK }] };
    case 'date':
    case 'yes_no':
    case 'phone': return { kind };
  }
}

/** An option under another code; conditions that ask for it follow. */
export function optionRenamed(form: FormDefinition, spot: Spot & { on: 'field' }, at: number, code: string): FormDefinition {
  const field = fieldAt(form, spot);
  if (!field || !('options' in field.takes)) return form;
  const before = field.takes.options[at];
  if (!before) return form;
  const taken = field.takes.options.some((it) => it.code === code) || field.takes.options.filter((it) => it.code === before.code).length > 1;
  const next = withField(form, spot.section, spot.field, { ...field, takes: { ...field.takes, options: replaced(field.takes.options, at, { ...before, code }) } });
  const follow = (it: FormCondition): FormCondition => (it.is === 'chosen' && it.field === field.key ? { ...it, codes: it.codes.map((one) => (one === before.code ? code : one)) } : it);
  return taken ? next : mapFields(next, (it) => follow(it));
}

/** What the platform can offer for an answer of this kind. */
export function prefillsFor(kind: Kind): Prefill[] {
  if (kind === 'number') return ['employees'];
  if (kind === 'text') return ['enterprise_name', 'credit_code', 'industry', 'site_names'];
  return kind === 'prose' ? ['site_names'] : [];
}
