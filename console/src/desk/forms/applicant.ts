// Who a form is tried as, and what conditions can say of an applicant. Pure.
import type { EnterpriseView, RiskLevel } from '../../api';
import type { FormDefinition } from '../../api';
import type { IndustrySection } from '../../i18n/forms';
import type { Applicant } from '../../shared/forms/rules';
import { inside } from './conditions';

/** Sections of GB/T 4754. */
export const INDUSTRIES: IndustrySection[] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T'];
export const SIZES: EnterpriseView['size_class'][] = ['above_scale', 'above_quota', 'below_scale', 'micro'];
export const RISKS: RiskLevel[] = ['low', 'medium', 'high'];

/** Most who apply are such: a middling factory where nothing is set. */
export const USUAL: Applicant = { industry: 'C', size_class: 'below_scale', risk: 'low' };

export function sectionOf(code: string): IndustrySection | null {
  return INDUSTRIES.find((it) => it === code[0]) ?? null;
}

export function isIndustry(code: string): boolean {
  return /^[A-T]\d{0,4}$/.test(code);
}

/** The sections, and beside them whatever finer code the form asks about. */
export function industriesOf(form: FormDefinition): string[] {
  const conditions = form.sections.flatMap((section) => [section.shown_when, ...section.fields.flatMap((it) => [it.shown_when, it.required.need === 'when' ? it.required.condition : null])]);
  const asked = conditions.flatMap((it) => (it ? inside(it) : [])).flatMap((it) => (it.is === 'industry' ? it.begins : []));
  return [...new Set([...INDUSTRIES, ...asked])].sort();
}
