import type { EmploymentNew, EmploymentView } from '../../api';

/** What the form of an employment holds. */
export interface EmploymentValues {
  site_id: string; employee_no: string; card_no?: string; team?: string; post?: string; shift_window_id?: string; starts_on: string;
  employer_name?: string; employer_credit_code?: string; employer_kind?: EmploymentNew['employer_kind']; trade?: string; crew_role?: EmploymentNew['crew_role'];
}

export const EMPLOYER_KINDS = [
  'owner', 'general_contractor', 'specialist_subcontractor', 'labour_subcontractor', 'supervision', 'design', 'supplier', 'services', 'other',
] as const;
export const CREW_ROLES = ['worker', 'team_leader', 'manager'] as const;

const given = (text: string | null | undefined) => text?.trim() || null;

export function employmentOf(values: EmploymentValues): EmploymentNew {
  return {
    site_id: values.site_id, employee_no: values.employee_no.trim(), card_no: given(values.card_no), team: given(values.team), post: given(values.post),
    shift_window_id: values.shift_window_id ?? null, starts_on: values.starts_on, employer_name: given(values.employer_name),
    employer_credit_code: given(values.employer_credit_code)?.toUpperCase() ?? null, employer_kind: values.employer_kind ?? null, trade: given(values.trade), crew_role: values.crew_role ?? null,
  };
}

export function valuesOf(job: EmploymentView, shift: string | undefined): EmploymentValues {
  const or = <V>(value: V | null | undefined) => value ?? undefined;
  return {
    site_id: job.site_id, employee_no: job.employee_no, card_no: or(job.card_no), team: or(job.team), post: or(job.post), shift_window_id: shift, starts_on: job.from,
    employer_name: or(job.employer_name), employer_credit_code: or(job.employer_credit_code), employer_kind: job.employer_kind ?? undefined, trade: or(job.trade), crew_role: job.crew_role ?? undefined,
  };
}
