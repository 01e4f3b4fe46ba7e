// What changed between two versions of a form, question by question. Pure.
import type { FormDefinition, FormField, FormSection, Wording } from '../../api';
import { outOfOrder } from '../parts/edit/order';
import { isSame } from '../parts/useEdited';

export type SectionPart = 'title' | 'lead' | 'shown_when' | 'order';
export type FieldPart = 'label' | 'help' | 'takes' | 'options' | 'required' | 'shown_when' | 'prefill' | 'section' | 'order';
export type Change =
  | { is: 'pledge'; before: Wording; after: Wording }
  | { is: 'section_added' | 'section_removed'; section: FormSection }
  | { is: 'section_changed'; before: FormSection; after: FormSection; parts: SectionPart[] }
  | { is: 'field_added' | 'field_removed'; section: FormSection; field: FormField }
  | { is: 'field_changed'; before: FormField; after: FormField; from: FormSection; to: FormSection; parts: FieldPart[] };

interface Placed { section: FormSection; field: FormField }

/** What is there is told in the order of the newer form, what is gone after it. A thing is the same while its key is. */
export function changesOf(before: FormDefinition, after: FormDefinition): Change[] {
  const changes: Change[] = isSame(before.pledge, after.pledge) ? [] : [{ is: 'pledge', before: before.pledge, after: after.pledge }];
  const [oldSections, oldFields] = [byKey(before.sections), placed(before)];
  const newFields = placed(after);
  const strayed = new Set([...outOfOrder(before.sections, after.sections), ...outOfOrder(before.sections.flatMap((it) => it.fields), after.sections.flatMap((it) => it.fields))]);
  for (const section of after.sections) {
    const old = oldSections.get(section.key);
    if (!old) changes.push({ is: 'section_added', section });
    const parts = old ? sectionParts(old, section, strayed.has(section.key)) : [];
    if (old && parts.length > 0) changes.push({ is: 'section_changed', before: old, after: section, parts });
    for (const field of section.fields) changes.push(...fieldChange(oldFields.get(field.key), { section, field }, strayed));
  }
  const kept = byKey(after.sections);
  for (const section of before.sections) if (!kept.has(section.key)) changes.push({ is: 'section_removed', section });
  for (const it of oldFields.values()) if (!newFields.has(it.field.key)) changes.push({ is: 'field_removed', ...it });
  return changes;
}

function fieldChange(old: Placed | undefined, now: Placed, strayed: ReadonlySet<string>): Change[] {
  if (!old) return [{ is: 'field_added', ...now }];
  const parts = fieldParts(old, now, strayed.has(now.field.key));
  return parts.length === 0 ? [] : [{ is: 'field_changed', before: old.field, after: now.field, from: old.section, to: now.section, parts }];
}

function sectionParts(before: FormSection, after: FormSection, moved: boolean): SectionPart[] {
  const parts: SectionPart[] = [];
  if (!isSame(before.title, after.title)) parts.push('title');
  if (!isSame(before.lead, after.lead)) parts.push('lead');
  if (!isSame(before.shown_when, after.shown_when)) parts.push('shown_when');
  return moved ? [...parts, 'order'] : parts;
}

function fieldParts(before: Placed, after: Placed, moved: boolean): FieldPart[] {
  const [old, now] = [before.field, after.field];
  const parts: FieldPart[] = [];
  if (!isSame(old.label, now.label)) parts.push('label');
  if (!isSame(old.help, now.help)) parts.push('help');
  const choices = 'options' in old.takes && 'options' in now.takes;
  if (old.takes.kind !== now.takes.kind || (!choices && !isSame(old.takes, now.takes))) parts.push('takes');
  if (choices && !isSame('options' in old.takes ? old.takes.options : [], 'options' in now.takes ? now.takes.options : [])) parts.push('options');
  if (!isSame(old.required, now.required)) parts.push('required');
  if (!isSame(old.shown_when, now.shown_when)) parts.push('shown_when');
  if (old.prefill !== now.prefill) parts.push('prefill');
  if (before.section.key !== after.section.key) return [...parts, 'section'];
  return moved ? [...parts, 'order'] : parts;
}

/** How many things are added, changed and removed. */
export function tally(changes: Change[]): { added: number; changed: number; removed: number } {
  const count = (end: string) => changes.filter((it) => it.is.endsWith(end)).length;
  return { added: count('_added'), changed: count('_changed') + count('pledge'), removed: count('_removed') };
}

function byKey<Item extends { key: string }>(items: Item[]): Map<string, Item> {
  return new Map(items.map((it) => [it.key, it]));
}

function placed(form: FormDefinition): Map<string, Placed> {
  return new Map(form.sections.flatMap((section) => section.fields.map((field) => [field.key, { section, field }])));
}
