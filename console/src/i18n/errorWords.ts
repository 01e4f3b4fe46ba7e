// Words for the server's error codes: what is so, then what to do. The server sends codes only.
import { en } from './errorWords.en';
import { zh } from './errorWords.zh';
import type { Lang } from './lang';

type Params = Record<string, string>;
type Words = string | ((params: Params) => string);
export interface ErrorCodes {
  not_signed_in: Words; csrf: Words; forbidden: Words; not_found: Words; conflict: Words; invalid: Words; required: Words; too_long: Words;
  taken: Words; repeated: Words; identity_mismatch: Words; shared_person: Words; too_many_rows: Words; credentials_wrong: Words; totp_required: Words; back_off: Words; internal: Words; unavailable: Words; offline: Words;
  idempotency_key_required: Words; idempotency_key_reused: Words; credit_code_check: Words; document_number_check: Words;
  area_code_form: Words; area_unknown: Words; phone_form: Words; employee_no_taken: Words; card_no_taken: Words; state: Words;
  too_large: Words; supervisor_refused: Words; purpose_required: Words; page_limit: Words; unknown_code: Words;
  password_too_short: Words; password_too_easy: Words; pin_form: Words; pin_too_easy: Words; login_form: Words; login_taken: Words;
  beyond_scope: Words; on_oneself: Words; cursor: Words; credit_code_form: Words; area_parent_unknown: Words; mac_form: Words; document_kind:
  Words; document_number_form: Words; employee_no_form: Words; date_form: Words; site_unknown: Words; enterprise_unknown: Words; gate_unknown:
  Words; shift_unknown: Words; shift_window: Words; temperature_range: Words; override_medical: Words; enrolment_code: Words;
  response_inactive: Words; rule_outcome: Words; column_missing: Words; date_future: Words; date_order: Words; number_rounded: Words; number_changed: Words; cell_error: Words; word_unknown: Words;
  file_form: Words; old_workbook: Words; file_bomb: Words; file_active: Words; template_faults: Words; table_full: Words; no_figures: Words; too_many_columns: Words; interrupted: Words; speech_missing: Words; audit_unsealed: Words; messages_missing: Words; document_tail: Words; too_many_open: Words; declaration_full: Words; date_too_old: Words; phone_unproved: Words; font_missing: Words; consent_text: Words; consent_required: Words; face_unavailable: Words; face_missing: Words; face_several: Words; face_quality: Words; guardian_required: Words; guardian_phone: Words; out_of_range: Words; question_options: Words; question_correct: Words; questions_few: Words; bank_full: Words; caption_form: Words; caption_markup: Words; upload_offset: Words; attempts_used: Words; attempt_over: Words; plate_form: Words; visit_code: Words; coach_empty: Words; coach_full: Words; coach_one_by_one: Words; passengers_not_fit: Words; trust_form: Words; trust_empty: Words; home_area: Words; application_open: Words; answer_changed: Words; field_closed: Words; file_name: Words; form_changed: Words; form_faults: Words; form_unfinished: Words; signature_form: Words; reopening_closed: Words; visit_missing: Words; opinion_missing: Words; opinion_objects: Words; department_other: Words; rulebook_faults: Words; rulebook_pending: Words; moment_past: Words; report_faults: Words; report_day: Words; above_on_duty: Words; checklist_faults: Words; shift_plan_faults: Words; too_many_homes: Words; geojson_form: Words; shape_kind: Words; shape_points: Words; ring_empty: Words; ring_open: Words; ring_crossing: Words; officer_unknown: Words; officer_kind: Words; officer_full: Words; premises_unknown: Words; already_assigned: Words; substitute_taken: Words; substitute_away: Words; enterprise_used: Words; premises_used: Words;
}

function wordsOf(codes: ErrorCodes): (code: string, params: Params) => string {
  return (code, params) => {
    const known = Object.hasOwn(codes, code);
    const words = known ? codes[code as keyof ErrorCodes] : codes.unknown_code;
    const values = known ? params : { ...params, code };
    return typeof words === 'function' ? words(values) : words;
  };
}

export const errorWords: Record<Lang, (code: string, params: Params) => string> = { zh: wordsOf(zh), en: wordsOf(en) };
export const errorCodes = Object.keys(zh);
