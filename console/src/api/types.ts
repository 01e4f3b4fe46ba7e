// Fugong wire contract for issue 1 of 4. Names here are the OpenAPI schema names. All JSON is snake_case.
// Base path /api/v1. Ids are prefixed strings ("per_<32 hex>"). Times RFC 3339 UTC with Z (string). Nullable = null, never absent.
// EVERY POST/PUT/PATCH/DELETE under /api/v1 (except POST /session, /session/pin, /invitations/*/accept, /gate-enrolments, /people/search, /speech) needs
//   header Idempotency-Key: <uuid>   and (all, when signed in) header X-CSRF-Token: <session.csrf_token>.
// Errors: status + ApiErrorBody. 401 not signed in, 403 forbidden, 404 unknown/out of scope, 409 state, 422 field, 429 back-off, 413, 503.
export interface ApiErrorBody { code: string; field: string | null; params: Record<string, string>; request_id: string }
// Common codes: not_signed_in, csrf, forbidden, not_found, conflict, invalid, required, too_long, taken, credentials_wrong, totp_required, back_off(params.retry_after_s),
//   internal, unavailable, idempotency_key_required, idempotency_key_reused, credit_code_check, document_number_check, area_code_form, phone_form, employee_no_taken,
//   card_no_taken, area_unknown, state, too_large, supervisor_refused, purpose_required, page_limit
// Lists: GET ?limit=(<=200, default 50)&cursor=&sort=...&<filters>  ->
export interface Page<T> { items: T[]; next: string | null }
// For every list L below also: GET L/count?<same filters> -> Count ; GET L/export?<same filters>&lang=zh|en -> text/csv attachment (UTF-8 BOM), streamed, no cap.
export interface Count { count: number }

// ---- enums
export type Role = 'administrator' | 'command' | 'enterprise' | 'guard' | 'health_authority' | 'auditor';
export type VerdictOutcome = 'admit' | 'correct' | 'recheck' | 'hold' | 'deny';
export type Reason = // public reasons only leave the server towards guards/enterprises; medical ones arrive there as 'not_allowed'
  'not_on_roster'|'site_not_open'|'gate_closed'|'outside_shift'|'pass_missing'|'pass_expired'|'pass_revoked'|'pass_unverifiable'|'status_red'|'status_amber'|'status_unknown'
  |'quarantine_active'|'restricted_match'|'test_overdue'|'training_missing'|'declaration_overdue'|'fever_suspected'|'fever_possible'|'temperature_unmeasured'|'temperature_unreliable'
  |'mask_missing'|'mask_worn_wrong'|'mask_unknown'|'face_no_match'|'face_uncertain'|'spoof_suspected'|'identity_conflict'|'visitor_unannounced'|'roster_stale'|'clock_untrusted'
  |'device_untrusted'|'response_ended'|'not_allowed'|'clinical_cleared'|'fever_confirmed';
export type Mask = 'worn' | 'missing' | 'worn_wrong' | 'unknown';
export type Direction = 'in' | 'out' | 'both';            // a reading is 'in' or 'out'; a gate/device may be 'both'
export type Method = 'card' | 'face' | 'fingerprint' | 'qr' | 'password' | 'remote' | 'manual' | 'unknown';
export type SiteKind = 'factory'|'office_building'|'mall'|'construction_project'|'residential_compound'|'quarantine_home'|'sampling_site'|'checkpoint';
export type OpenState = 'not_open' | 'open' | 'suspended';
export type HealthStatus = 'green'|'amber'|'red'|'unknown';
export type Allowed = 'allowed'|'not_allowed'|'unknown';
export type AlarmKind = 'fever_suspected'|'stranger'|'entered_against_verdict'|'device_silent'|'device_untrusted'|'disk_space'|'clock_offset'|'device_quota';
export type AlarmState = 'raised'|'acknowledged'|'handling'|'closed';
export type Severity = 'info'|'warning'|'critical';
export type AreaKind = 'province'|'city'|'district'|'street'|'community'|'grid';
export type Purpose = 'trace'|'correct'|'own_request'|'roster'|'audit'|'other';

// ---- session
// GET /session -> Session (401 not_signed_in when none). POST /session SignIn -> Session. POST /session/pin PinSignIn -> Session. DELETE /session -> 204
export interface SignIn { login: string; password: string; totp: string | null }   // missing/empty totp when needed -> 401 totp_required
export interface PinSignIn { login: string; pin: string }                         // only on a device that holds the gate-enrolment cookie
export interface Session { account: AccountBrief; permissions: string[]; scope_label: string; csrf_token: string; expires_at: string; gate: GateBrief | null; response: ResponseView | null }
export interface AccountBrief { id: string; login: string; display_name: string; role: Role }
export interface GateBrief { id: string; name: string; site_id: string; site_name: string }
// permissions: read_places edit_places read_people edit_people reveal_identity erase_people attest read_screenings record_screening override_verdict supervise_override
//   read_alarms handle_alarms read_audit manage_accounts manage_devices manage_rules manage_responses read_medical confirm_clinical read_operations
// Accounts (administrator): GET /accounts (filter search, role) -> Page<AccountView>; POST /accounts AccountNew -> AccountInvited; PATCH /accounts/{id} AccountPatch -> AccountView;
//   POST /accounts/{id}/invitation -> AccountInvited (new one-time link; ends all sessions)
export interface AccountView { id: string; login: string; display_name: string; role: Role; grants: GrantView[]; disabled: boolean; last_signed_in_at: string | null; created_at: string }
export interface GrantView { kind: 'area'|'enterprise'|'site'; value: string; label: string }   // value = area code or prefixed id
export interface AccountNew { login: string; display_name: string; role: Role; grants: { kind: string; value: string }[] }
export interface AccountPatch { display_name: string | null; disabled: boolean | null; grants: { kind: string; value: string }[] | null }
export interface AccountInvited { account: AccountView; invitation_path: string; expires_at: string }   // path like /invite/<token>, console route
// GET /invitations/{token} -> InvitationView; POST /invitations/{token}/accept -> 204.   (no session needed)
export interface InvitationView { login: string; display_name: string; role: Role; totp_uri: string | null; totp_secret: string | null; needs_pin: boolean }
export interface InvitationAccept { password: string | null; pin: string | null; totp: string | null }  // guard: pin (6+ digits); others: password (12+ chars) + totp code

// ---- places
// GET /areas?parent=CODE|search= -> Page<AreaView>; POST /areas AreaNew; PATCH /areas/{code} {name}; POST /areas/import?dry_run=true|false  body text/csv (header code,name,valid_from) -> ImportReport
export interface AreaView { code: string; name: string; kind: AreaKind; parent_code: string | null; valid_from: string; valid_until: string | null }
export interface AreaNew { code: string; name: string }
export interface ImportReport { rows: number; created: number; updated: number; unchanged: number; failed: FailedRow[]; failed_csv: string; dry_run: boolean }
export interface FailedRow { line: number; column: string; code: string; value: string }
// GET /responses; POST /responses ResponseNew; POST /responses/{id}/end {reason} -> ResponseView
export interface ResponseView { id: string; area_code: string; area_name: string; name: string; legal_basis: string; purposes: string[]; starts_at: string; ends_at: string | null; active: boolean }
export interface ResponseNew { area_code: string; name: string; legal_basis: string; purposes: string[]; starts_at: string; ends_at: string | null }  // purposes: screening, location, seals, matching
// GET /enterprises?search&area&industry&size_class&sort=name|-created_at ; POST EnterpriseNew ; GET /enterprises/{id} ; PATCH EnterprisePatch
export interface EnterpriseView { id: string; name: string; credit_code: string; area_code: string; area_name: string; industry: string; size_class: 'above_scale'|'above_quota'|'below_scale'|'micro'; sites: number; employees: number; created_at: string }
export interface EnterpriseNew { name: string; credit_code: string; area_code: string; industry: string; size_class: string }   // industry: GB/T 4754 code such as C39
export interface EnterprisePatch { name: string | null; area_code: string | null; industry: string | null; size_class: string | null }
// GET /sites?search&area&enterprise_id&kind&open_state ; POST SiteNew ; GET /sites/{id} ; PATCH SitePatch ; POST /sites/{id}/open-state {open_state, reason} -> SiteView
// GET /sites/{id}/shift-windows -> ShiftWindow[] ; PUT same -> ShiftWindow[]
export interface SiteView { id: string; name: string; kind: SiteKind; enterprise_id: string | null; enterprise_name: string | null; area_code: string; area_name: string; open_state: OpenState; open_state_reason: string | null; open_state_since: string; gates: number; created_at: string }
export interface SiteNew { name: string; kind: SiteKind; enterprise_id: string | null; area_code: string }
export interface SitePatch { name: string | null; kind: SiteKind | null; area_code: string | null }
export interface ShiftWindow { id: string | null; name: string; days: number[]; start: string; end: string }   // days 1=Monday..7; "HH:MM", end <= start means past midnight; Asia/Shanghai
// GET /gates?search&site_id&area ; POST GateNew ; GET /gates/{id} ; PATCH GatePatch ; POST /gates/{id}/enrolment -> GateEnrolment ; POST /gate-enrolments {code} -> GateBrief + sets device cookie (no session)
export interface GateView { id: string; name: string; site_id: string; site_name: string; direction: Direction; lanes: number; closed: boolean; devices: number; created_at: string }
export interface GateNew { site_id: string; name: string; direction: Direction; lanes: number }
export interface GatePatch { name: string | null; direction: Direction | null; lanes: number | null; closed: boolean | null }
export interface GateEnrolment { code: string; expires_at: string }
// GET /devices?search&site_id&gate_id&state ; POST DeviceNew -> DeviceSecret ; GET /devices/{id} ; PATCH DevicePatch ; POST /devices/{id}/secret -> DeviceSecret (rotate, old one valid 24 h)
// GET /devices/{id}/journal?state=unparseable|all -> Page<JournalEntry> ; GET /devices/{id}/journal/{jrn}/body -> attachment ; GET /devices/{id}/gaps -> Page<SerialGap>
export interface DeviceView { id: string; vendor: 'hikvision'|'zkteco'|'dahua'|'uniview'|'facegate'|'fcard'|'other'; model: string; serial: string; mac: string | null; gate_id: string; gate_name: string; site_id: string; site_name: string; lane: number; direction: Direction; state: 'new'|'live'|'silent'|'untrusted'|'disabled'; clock_offset_ms: number | null; clock_samples: number; last_seen_at: string | null; last_event_no: number | null; bytes_today: number; byte_quota: number; unparseable_today: number; created_at: string }
export interface DeviceNew { vendor: string; model: string; serial: string; mac: string | null; gate_id: string; lane: number; direction: Direction }
export interface DevicePatch { model: string | null; serial: string | null; mac: string | null; gate_id: string | null; lane: number | null; direction: Direction | null; disabled: boolean | null; trusted: boolean | null }
export interface DeviceSecret { device: DeviceView; secret: string; setup: SetupSheet }      // shown once; the set-up sheet page is printed from it
export interface SetupSheet { address: string; port: number; path: string; protocol: 'HTTP'; format: 'JSON'; heartbeat_s: number }
export interface JournalEntry { id: string; received_at: string; content_type: string; bytes: number; state: 'pending'|'decoded'|'unparseable'|'erased'; warnings: string[]; hex_head: string | null }
export interface SerialGap { id: string; found_at: string; expected: number; got: number; missing: number }
// GET /gate-rules?site_id= -> GateRules (the version in force) ; GET /gate-rules/versions -> Page<GateRules> ; POST /gate-rules GateRulesNew -> GateRules
export interface GateRules { version: number; site_id: string | null; outcomes: Record<string, VerdictOutcome>; fever_suspected_c: number; fever_possible_c: number; temperature_required: boolean; mask_required: boolean; roster_max_age_s: number; clock_max_offset_s: number; valid_from: string; set_by: string | null; note: string }
export interface GateRulesNew { site_id: string | null; outcomes: Record<string, VerdictOutcome>; fever_suspected_c: number; fever_possible_c: number; temperature_required: boolean; mask_required: boolean; roster_max_age_s: number; clock_max_offset_s: number; note: string }

// ---- people
// GET /people?site_id&enterprise_id&area&status(medical roles)|allowed&employed=true|false&sort=-created_at|employee_no -> Page<PersonRow>
// POST /people/search PersonSearch -> Page<PersonRow>  (exact match; body, never URL)
// POST /people PersonNew -> PersonFile ; GET /people/{id}?purpose= -> PersonFile ; PATCH /people/{id} PersonPatch -> PersonFile
// GET /people/{id}/facts?kind= -> Page<FactView> ; GET /people/{id}/accesses -> Page<AccessView> ; POST /people/{id}/reveal RevealAsk -> Revealed
// POST /people/{id}/employments EmploymentNew -> PersonFile ; POST /employments/{id}/end {reason} -> PersonFile (leaver removed at once) ; PATCH /employments/{id} EmploymentPatch -> PersonFile
// POST /people/{id}/attestations Attestation -> PersonFile ; POST /people/{id}/clearance {note} -> PersonFile (health authority: fever cleared) ; POST /people/{id}/erasure {reason} -> ErasureReceipt
export interface PersonRow { id: string; masked_name: string; tail: string; employee_no: string | null; card_no: string | null; site_id: string | null; site_name: string | null; team: string | null; allowed: Allowed; status: HealthStatus | null; last_screened_at: string | null }  // tail = last 4 of phone; status null for roles without read_medical
export interface PersonSearch { name: string | null; document_number: string | null; phone: string | null; employee_no: string | null; card_no: string | null; site_id: string | null }
export type DocumentKind = 'resident_id'|'passport'|'hk_macao_permit'|'taiwan_permit';
export interface PersonNew { name: string; document_kind: DocumentKind; document_number: string; phone: string; employment: EmploymentNew | null; attested_at: string | null; left_affected_area_on: string | null }
export interface PersonPatch { name: string | null; phone: string | null }
export interface EmploymentNew { site_id: string; employee_no: string; card_no: string | null; team: string | null; post: string | null; shift_window_id: string | null; starts_on: string }
export interface EmploymentPatch { employee_no: string | null; card_no: string | null; team: string | null; post: string | null; shift_window_id: string | null }
export interface EmploymentView { id: string; enterprise_id: string | null; enterprise_name: string | null; site_id: string; site_name: string; employee_no: string; card_no: string | null; team: string | null; post: string | null; shift: string | null; from: string; until: string | null }
export interface PersonFile { id: string; masked_name: string; masked_document: string; document_kind: DocumentKind; masked_phone: string; sex: 'female'|'male'|null; age: number | null; employments: EmploymentView[]; status: StatusView; fact_counts: Record<string, number>; access_count: number; created_at: string }
export interface StatusView { allowed: Allowed; status: HealthStatus | null; reasons: StatusReason[]; valid_until: string | null; rule_version: number; computed_at: string }  // status null + reasons [] without read_medical
export interface StatusReason { code: 'fever_confirmed'|'symptoms_attested'|'affected_area'|'no_attestation'|'attested_well'; since: string | null; until: string | null }
export interface Attestation { well: boolean; symptoms: string[]; left_affected_area_on: string | null }
export interface FactView { id: string; kind: 'registered'|'employed'|'left'|'attested'|'status_changed'|'screened'|'clinical_reading'|'overridden'|'corrected'|'cleared'; occurred_at: string; recorded_at: string; source: string; site_name: string | null; detail: Record<string, unknown> }
// detail of 'screened': {screening_id, outcome, reasons, temperature_c, mask, direction, live, method, gate_name}; status_changed: {from,to,reasons}; clinical_reading: {temperature_c, method}
export interface AccessView { at: string; actor_name: string; actor_role: Role | 'system'; act: string; purpose: string; fields: string[] }
export interface RevealAsk { fields: ('name'|'document_number'|'phone')[]; purpose: Purpose; reason: string }
export interface Revealed { name: string | null; document_number: string | null; phone: string | null; expires_at: string }
export interface ErasureReceipt { person_id: string; erased_at: string; keys_destroyed: number; rows_deleted: number }
// POST /people/imports?site_id=&dry_run=  body text/csv -> 202 ImportJob ; GET /people/imports -> Page<ImportJob> ; GET /people/imports/{id} ; GET /people/imports/{id}/failed -> text/csv ; DELETE /people/imports/{id} cancels
// CSV header: name,document_kind,document_number,phone,employee_no,card_no,team,post,shift,starts_on,attested_at,left_affected_area_on (Chinese headers accepted)
export interface ImportJob { id: string; site_id: string; dry_run: boolean; state: 'queued'|'running'|'done'|'failed'|'cancelled'; rows: number; done: number; created: number; updated: number; unchanged: number; failed: number; error: string | null; created_at: string; finished_at: string | null }

// ---- screening
// GET /screenings?site_id&gate_id&person_id&device_id&outcome&reason&live=true|false&from&to -> Page<ScreeningView> ; GET /screenings/{id}
// POST /gates/{id}/screenings ManualEntry -> ScreeningView ; POST /screenings/{id}/override Override -> ScreeningView ; POST /screenings/{id}/clinical-reading ClinicalReading -> ScreeningView
export interface ScreeningView { id: string; gate_id: string; gate_name: string; site_id: string; site_name: string; lane: number; direction: 'in'|'out'; device_id: string | null; person_id: string | null; masked_name: string | null; tail: string | null; team: string | null; employee_no: string | null; method: Method; live: boolean; device_at: string | null; device_time_raw: string; received_at: string; occurred_at: string; occurred_basis: 'device'|'corrected'|'received'; event_no: number | null; temperature_c: number | null; mask: Mask; outcome: VerdictOutcome; reasons: Reason[]; rule_version: number; terminal_granted: boolean | null; against_verdict: boolean; override: OverrideView | null; clinical: ClinicalView | null }
export interface ManualEntry { client_key: string; occurred_at: string; direction: 'in'|'out'; lane: number; employee_no: string | null; card_no: string | null; temperature_c: number | null; mask: Mask; offline: boolean; offline_outcome: VerdictOutcome | null }
// client_key (uuid) is also the Idempotency-Key. offline=true: entered while the server was away; it is stored as a replay and never raises a live alarm.
export interface Override { outcome: 'admit'|'deny'; reason: string; supervisor_login: string; supervisor_secret: string }  // secret = PIN (guard) or password of another account with supervise_override
export interface OverrideView { outcome: VerdictOutcome; reason: string; by: string; supervisor: string; at: string }
export interface ClinicalReading { temperature_c: number; note: string }    // < fever_suspected_c clears the hold; >= confirms fever
export interface ClinicalView { temperature_c: number; by: string; at: string; fever: boolean }
// GET /gates/{id}/board -> Board ; GET /gates/{id}/roster -> Roster (for work without the server) ; GET /gates/{id}/live -> SSE
export interface Board { gate: GateView; head_count: HeadCount; latest: ScreeningView[]; waiting: ScreeningView[]; alarms: AlarmView[]; rules: GateRules; roster_version: string; server_time: string; feed_position: number }
export interface HeadCount { inside: number; entered: number; left: number; expected: number }
export interface Roster { gate_id: string; version: string; made_at: string; max_age_s: number; entries: RosterEntry[]; rules: GateRules }
export interface RosterEntry { employee_no: string; card_no: string | null; masked_name: string; tail: string; team: string | null; reasons: Reason[]; shift: { days: number[]; start: string; end: string } | null }  // reasons: those that hold now, medical ones as not_allowed
// SSE event format: "id: <position>\nevent: screening|alarm|head_count|rules|session_ended\ndata: <json>": ScreeningView | AlarmView | HeadCount | GateRules | {}. Comment line ": keep" each 15 s. Last-Event-ID (or ?after=<position>) catches up.
// GET /live -> SSE for the desk (scope of the session): events alarm, screening_counts (Overview)
// GET /overview -> Overview
export interface Overview { at: string; sites_open: number; sites_total: number; gates_total: number; devices_live: number; devices_silent: number; people_inside: number; screened_today: number; outcomes_today: Record<VerdictOutcome, number>; alarms_open: number; alarms_unacknowledged: number; oldest_alarm_at: string | null; by_hour: { hour: string; admit: number; other: number }[]; busiest_sites: { site_id: string; site_name: string; screened: number; stopped: number }[]; response: ResponseView | null }
// POST /speech {lang:'zh-CN'|'en', text: string(<=200)} -> audio/wav   (when the browser has no voice for lang)

// ---- alarms
// GET /alarms?state=open|raised|acknowledged|handling|closed&kind&severity&site_id&gate_id -> Page<AlarmView> ; GET /alarms/{id} -> AlarmFile
// POST /alarms/{id}/acknowledge -> AlarmFile ; POST /alarms/{id}/steps AlarmStepNew -> AlarmFile ; POST /alarms/{id}/close {outcome, note} -> AlarmFile
export interface AlarmView { id: string; kind: AlarmKind; severity: Severity; state: AlarmState; level: 'gate'|'site'|'area'; site_id: string | null; site_name: string | null; gate_id: string | null; gate_name: string | null; device_id: string | null; person_id: string | null; screening_id: string | null; count: number; first_raised_at: string; last_raised_at: string; acknowledged_at: string | null; acknowledged_by: string | null; closed_at: string | null }
export interface AlarmFile { alarm: AlarmView; steps: AlarmStep[] }
export interface AlarmStep { id: string; at: string; actor: string; kind: 'raised'|'acknowledged'|'escalated'|'recheck'|'isolate'|'disinfect'|'hospital'|'clinical_reading'|'note'|'closed'; note: string; temperature_c: number | null }
export interface AlarmStepNew { kind: 'recheck'|'isolate'|'disinfect'|'hospital'|'clinical_reading'|'note'; note: string; temperature_c: number | null }
export interface AlarmClose { outcome: 'cleared'|'fever_confirmed'|'removed'|'false_alarm'|'repaired'; note: string }

// ---- audit
// GET /audit?actor_id&subject_id&act&from&to -> Page<AuditView>
export interface AuditView { id: string; at: string; actor_name: string; actor_role: string; act: string; subject: string | null; subjects: number; purpose: string; request_id: string; detail: Record<string, unknown> }
// ---- operations (administrator): GET /operations -> Operations
export interface Operations { version: string; engine: 'sqlite'|'postgres'; started_at: string; journal_pending: number; journal_unparseable: number; outbox_unpublished: number; jobs_failed: { id: string; kind: string; attempts: number; last_error: string; run_at: string }[]; disk_free_bytes: number; disk_total_bytes: number; clock_offset_ms: number | null; wrapping_key_epoch: number; wrapping_key_rotated_at: string }
