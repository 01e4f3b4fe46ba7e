// Builders for the gate's tests: a whole wire value, of which a test names only what matters to it.
import type { Board, ForeignView, GateRules, ManualEntry, Roster, RosterEntry, ScreeningView } from './wire';

export function gateRules(part: Partial<GateRules> = {}): GateRules {
  return {
    version: 1, area_code: '', site_id: null, outcomes: {}, fever_suspected_c: 37.3, fever_possible_c: 37, temperature_required: true, mask_required: true, declaration_required: false, pass_required: false, training_required: false,
    roster_max_age_s: 14_400, clock_max_offset_s: 120, valid_from: '2020-02-10T00:00:00Z', set_by: null, note: '', ...part,
  };
}

export function rosterEntry(part: Partial<RosterEntry> = {}): RosterEntry {
  return { employee_no: 'E1001', card_no: '80000001', masked_name: '陈*强', tail: '0417', team: '装配二班', reasons: [], not_allowed_outcome: null, shift: null, host: null, ...part };
}

export function rosterOf(entries: RosterEntry[], part: Partial<Roster> = {}): Roster {
  return { gate_id: 'gate_1', version: 'v1', made_at: '2020-02-17T00:00:00Z', max_age_s: 14_400, entries, rules: gateRules(), ...part };
}

export function screening(part: Partial<ScreeningView> = {}): ScreeningView {
  const at = '2020-02-17T00:10:00Z';
  return {
    id: 'scr_1', gate_id: 'gate_1', gate_name: '1 号门', site_id: 'site_1', site_name: '江滨电子', lane: 1, direction: 'in', device_id: 'dev_1', person_id: 'per_1',
    masked_name: '林*芳', tail: '0418', team: '装配二班', employee_no: 'E1002', guest: false, method: 'face', live: true, device_at: at, device_time_raw: at, received_at: at, occurred_at: at,
    occurred_basis: 'device', event_no: 1, temperature_c: 36.4, mask: 'worn', outcome: 'admit', reasons: [], rule_version: 1, terminal_granted: true, against_verdict: false,
    override: null, clinical: null, ...part,
  };
}

export function manualEntry(key: string, part: Partial<ManualEntry> = {}): ManualEntry {
  return {
    client_key: key, occurred_at: '2020-02-17T00:10:00Z', direction: 'in', lane: 1, employee_no: 'E1001', card_no: null, pass: null, temperature_c: 36.4, mask: 'worn',
    offline: true, offline_outcome: 'admit', ...part,
  };
}

export function foreignView(part: Partial<ForeignView> = {}): ForeignView {
  return {
    outcome: 'valid', why: null, format: 'shc', kind: 'vaccination', issuer: 'https://clinic.example.org/cards', holder_name: 'Jane Anyperson', birth_date: '1961-01-20',
    expires_at: '2030-02-17T00:10:00Z', trust_version: 1, ...part,
  };
}

export function board(part: Partial<Board> = {}): Board {
  return {
    gate: { id: 'gate_1', name: '1 号门', site_id: 'site_1', site_name: '江滨电子', direction: 'both', lanes: 2, closed: false },
    head_count: { inside: 587, entered: 612, left: 25, expected: 912 }, latest: [], waiting: [], alarms: [], rules: gateRules(),
    server_time: '2020-02-17T00:10:00Z', feed_position: 10, ...part,
  };
}
