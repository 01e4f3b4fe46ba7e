// What the server found wrong with a form, at the inputs that hold it. Pure.
import type { FormDefinition, FormFault, FormField, FormFaultCode, FormSection, FormTakes, Wording } from '../../api';
import { brokenIn, earlier, type Part, type Why } from './conditions';
import type { Spot } from './edit';

/** An input of the editor: `label.zh`, `options.2.code`, `required`. */
export type Input = string;
export type Fault =
  | { input: Input; code: Exclude<FormFaultCode, 'words' | 'condition' | 'options'> }
  | { input: Input; code: 'words'; most: number; empty: boolean }
  | { input: Input; code: 'options'; why: 'count' | 'code' | 'code_twice' }
  | { input: Input; code: 'condition'; why: Why; field: string | null };
export interface Placed { spot: Spot; fault: Fault }

const LABEL_MOST = 200;
const LONG_MOST = 4_000;
const UNIT_MOST = 20;
const CODE_MOST = 60;

/** Each fault at its inputs. Two things may have one key: only where the fault can be seen is it shown, at both where it cannot. */
export function placeAll(form: FormDefinition, faults: FormFault[]): Placed[] {
  const spots = spotsOf(form);
  const all = faults.flatMap((fault) => {
    const named = spots.filter((it) => it.key === fault.at);
    const seen = named.flatMap(({ spot }) => inputsOf(form, spot, fault.code).map((it) => ({ spot, fault: it })));
    return seen.length > 0 ? seen : named.map(({ spot }) => ({ spot, fault: blunt(fault.code) }));
  });
  return all.filter((it, at) => all.findIndex((other) => isAt(other.spot, it.spot) && other.fault.input === it.fault.input && other.fault.code === it.fault.code) === at);
}

function spotsOf(form: FormDefinition): { spot: Spot; key: string }[] {
  const sections = form.sections.flatMap((section, at) => [
    { spot: { on: 'section', section: at } as Spot, key: section.key },
    ...section.fields.map((field, index) => ({ spot: { on: 'field', section: at, field: index } as Spot, key: field.key })),
  ]);
  return [{ spot: { on: 'form' }, key: '' }, ...sections];
}

/** For what this page does not see by itself. */
function blunt(code: FormFaultCode): Fault {
  switch (code) {
    case 'words': return { input: 'whole', code, most: LABEL_MOST, empty: true };
    case 'options': return { input: 'options', code, why: 'count' };
    case 'condition': return { input: 'whole', code, why: 'gone', field: null };
    default: return { input: code === 'key_twice' ? 'key' : code, code };
  }
}

function inputsOf(form: FormDefinition, spot: Spot, code: FormFaultCode): Fault[] {
  const section = spot.on === 'form' ? undefined : form.sections[spot.section];
  const field = spot.on === 'field' ? section?.fields[spot.field] : undefined;
  const key = field?.key ?? section?.key ?? null;
  switch (code) {
    case 'key': return key !== null && !isKey(key) ? [{ input: 'key', code }] : [];
    case 'key_twice': return key === null ? [] : [{ input: 'key', code }];
    case 'words': return field ? fieldWords(field) : section && spot.on === 'section' ? sectionWords(section) : wordsAt('pledge', form.pledge, LONG_MOST);
    case 'size': return spot.on === 'field' ? [] : [{ input: 'size', code }];
    case 'limits': return field ? [{ input: 'limits', code }] : [];
    case 'prefill': return field ? [{ input: 'prefill', code }] : [];
    case 'options': return field ? optionFaults(field.takes) : [];
    case 'condition': return section ? conditionFaults(form, spot, section, field) : [];
  }
}

function isKey(key: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(key) && key.length <= CODE_MOST;
}

function wordsAt(input: string, words: Wording | null, most: number): Fault[] {
  if (!words) return [];
  return (['zh', 'en'] as const).flatMap((lang): Fault[] => {
    const length = [...words[lang].trim()].length;
    return 1 <= length && length <= most ? [] : [{ input: `${input}.${lang}`, code: 'words', most, empty: length === 0 }];
  });
}

function sectionWords(section: FormSection): Fault[] {
  return [...wordsAt('title', section.title, LABEL_MOST), ...wordsAt('lead', section.lead, LONG_MOST)];
}

function fieldWords({ label, help, takes }: FormField): Fault[] {
  const unit = takes.kind === 'number' ? wordsAt('unit', takes.unit, UNIT_MOST) : [];
  const options = 'options' in takes ? takes.options.flatMap((it, at) => wordsAt(`options.${at}`, it.label, LABEL_MOST)) : [];
  return [...wordsAt('label', label, LABEL_MOST), ...wordsAt('help', help, LONG_MOST), ...unit, ...options];
}

function optionFaults(takes: FormTakes): Fault[] {
  if (!('options' in takes)) return [];
  const { options } = takes;
  const faults: Fault[] = options.length < 2 || 50 < options.length ? [{ input: 'options', code: 'options', why: 'count' }] : [];
  options.forEach(({ code }, at) => {
    const bytes = new TextEncoder().encode(code).length;
    if (bytes < 1 || CODE_MOST < bytes) faults.push({ input: `options.${at}.code`, code: 'options', why: 'code' });
    else if (options.findIndex((it) => it.code === code) < at) faults.push({ input: `options.${at}.code`, code: 'options', why: 'code_twice' });
  });
  return faults;
}

function conditionFaults(form: FormDefinition, spot: Spot, section: FormSection, field: FormField | undefined): Fault[] {
  if (spot.on === 'form') return [];
  const before = earlier(form, spot.section, spot.on === 'field' ? spot.field : null);
  const all = form.sections.flatMap((it) => it.fields);
  const at = (part: Part, condition: FormSection['shown_when']): Fault[] =>
    condition ? brokenIn(condition, before, all).map((it) => ({ input: part, code: 'condition', ...it })) : [];
  if (!field) return at('shown_when', section.shown_when);
  return [...at('shown_when', field.shown_when), ...at('required', field.required.need === 'when' ? field.required.condition : null)];
}

export function isAt(one: Spot, other: Spot): boolean {
  if (one.on === 'form' || other.on === 'form') return one.on === other.on;
  if (one.section !== other.section) return false;
  return one.on === 'field' && other.on === 'field' ? one.field === other.field : one.on === other.on;
}
