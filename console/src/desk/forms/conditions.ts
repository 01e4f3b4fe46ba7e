// Conditions of a form: which questions they ask about, and whether those can be asked. Pure; the server has the last word.
import type { FormCondition, FormDefinition, FormField, FormNeed, FormSection, FormTakes } from '../../api';

export type Part = 'shown_when' | 'required';
/** Why a condition cannot be answered. */
export type Why = 'gone' | 'later' | 'kind' | 'codes' | 'empty' | 'deep';
export interface Broken {
  /** The section or question that has the condition. */
  holder: string;
  part: Part;
  /** The question it asks about; none while nothing is chosen. */
  field: string | null;
  why: Why;
}

/** How deep conditions may stand in each other. */
export const DEPTH_MOST = 8;

/** Each condition with what stands inside it, from outside in. */
export function inside(condition: FormCondition): FormCondition[] {
  if (condition.is === 'all' || condition.is === 'any') return [condition, ...condition.of.flatMap(inside)];
  return condition.is === 'not' ? [condition, ...inside(condition.of)] : [condition];
}

function mapped(condition: FormCondition, change: (leaf: FormCondition) => FormCondition): FormCondition {
  if (condition.is === 'all' || condition.is === 'any') return { ...condition, of: condition.of.map((it) => mapped(it, change)) };
  if (condition.is === 'not') return { ...condition, of: mapped(condition.of, change) };
  return change(condition);
}

/** The form with every condition in it changed at its leaves. */
export function mapFields(form: FormDefinition, change: (leaf: FormCondition) => FormCondition): FormDefinition {
  const maybe = (it: FormCondition | null) => (it ? mapped(it, change) : null);
  const need = (it: FormNeed): FormNeed => (it.need === 'when' ? { ...it, condition: mapped(it.condition, change) } : it);
  const field = (it: FormField): FormField => ({ ...it, shown_when: maybe(it.shown_when), required: need(it.required) });
  const section = (it: FormSection): FormSection => ({ ...it, shown_when: maybe(it.shown_when), fields: it.fields.map(field) });
  return { ...form, sections: form.sections.map(section) };
}

export function renamedIn(leaf: FormCondition, from: string, to: string): FormCondition {
  return 'field' in leaf && leaf.field === from ? { ...leaf, field: to } : leaf;
}

/** The questions that are asked before this place: what its conditions may be about. */
export function earlier(form: FormDefinition, section: number, field: number | null): FormField[] {
  const whole = form.sections.slice(0, section).flatMap((it) => it.fields);
  return field === null ? whole : [...whole, ...(form.sections[section]?.fields.slice(0, field) ?? [])];
}

/** Whether a condition of this kind can ask about such an answer. */
export function suits(is: FormCondition['is'], takes: FormTakes): boolean {
  if (is === 'yes') return takes.kind === 'yes_no';
  if (is === 'at_least') return takes.kind === 'number';
  return is === 'chosen' && (takes.kind === 'choice' || takes.kind === 'choices');
}

/** What is wrong with a condition where these questions come before it. */
export function brokenIn(condition: FormCondition, before: FormField[], all: FormField[]): { field: string | null; why: Why }[] {
  const known = new Map(before.map((it) => [it.key, it.takes]));
  const walk = (it: FormCondition, depth: number): { field: string | null; why: Why }[] => {
    if (it.is === 'all' || it.is === 'any' || it.is === 'not') {
      if (DEPTH_MOST <= depth) return [{ field: null, why: 'deep' }];
      const of = it.is === 'not' ? [it.of] : it.of;
      return of.length === 0 ? [{ field: null, why: 'empty' }] : of.flatMap((one) => walk(one, depth + 1));
    }
    if ('field' in it) return leafFault(it, known.get(it.field), all);
    const any = it.is === 'industry' ? it.begins : it.is === 'size' ? it.classes : it.levels;
    return any.length === 0 ? [{ field: null, why: 'empty' }] : [];
  };
  return walk(condition, 0);
}

function leafFault(leaf: Extract<FormCondition, { field: string }>, takes: FormTakes | undefined, all: FormField[]): { field: string | null; why: Why }[] {
  const { field } = leaf;
  if (field === '') return [{ field: null, why: 'empty' }];
  if (!takes) return [{ field, why: all.some((it) => it.key === field) ? 'later' : 'gone' }];
  if (!suits(leaf.is, takes)) return [{ field, why: 'kind' }];
  if (leaf.is !== 'chosen' || !('options' in takes)) return [];
  if (leaf.codes.length === 0) return [{ field, why: 'empty' }];
  return leaf.codes.every((code) => takes.options.some((it) => it.code === code)) ? [] : [{ field, why: 'codes' }];
}

/** Every condition of the form that cannot be answered. */
export function brokenOf(form: FormDefinition): Broken[] {
  const all = form.sections.flatMap((it) => it.fields);
  const found: Broken[] = [];
  const look = (holder: string, part: Part, condition: FormCondition | null, before: FormField[]) => {
    if (condition) found.push(...brokenIn(condition, before, all).map((it) => ({ holder, part, ...it })));
  };
  form.sections.forEach((section, at) => {
    look(section.key, 'shown_when', section.shown_when, earlier(form, at, null));
    section.fields.forEach((field, index) => {
      const before = earlier(form, at, index);
      look(field.key, 'shown_when', field.shown_when, before);
      if (field.required.need === 'when') look(field.key, 'required', field.required.condition, before);
    });
  });
  return found;
}

/** What a change breaks that was whole before. */
export function brokenBy(before: FormDefinition, after: FormDefinition): Broken[] {
  const name = (it: Broken) => [it.holder, it.part, it.field, it.why].join('\u0000');
  const known = new Set(brokenOf(before).map(name));
  const found = new Map(brokenOf(after).filter((it) => !known.has(name(it))).map((it) => [name(it), it]));
  return [...found.values()];
}
