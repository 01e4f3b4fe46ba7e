// One line of the gate's day: a screening as the server tells it, or an entry the server has not seen yet.
import type { VerdictFacts } from './phrases';
import type { ManualEntry, Mask, Reason, RosterEntry, ScreeningView, VerdictOutcome } from './wire';

export interface Row {
  key: string;
  /** Null until the server has stored it. */
  screening_id: string | null;
  employee_no: string | null;
  /** Shown to a tablet that cannot say whose it is; the server then names the person. */
  pass: string | null;
  person_id: string | null;
  masked_name: string | null;
  tail: string | null;
  team: string | null;
  outcome: VerdictOutcome;
  reasons: Reason[];
  temperature_c: number | null;
  mask: Mask;
  direction: 'in' | 'out';
  lane: number;
  occurred_at: string;
  received_at: string;
  live: boolean;
  byHand: boolean;
  against_verdict: boolean;
  overridden: 'admit' | 'deny' | null;
  clinical: boolean;
  /** When somebody last decided about it: the reading, the clinical reading or the override. */
  decided_at: string;
}

export function rowOf(view: ScreeningView): Row {
  const overridden = view.override && view.override.outcome !== 'admit' ? 'deny' : view.override ? 'admit' : null;
  return {
    key: view.id,
    screening_id: view.id,
    employee_no: view.employee_no,
    pass: null,
    person_id: view.person_id,
    masked_name: view.masked_name,
    tail: view.tail,
    team: view.team,
    // The server keeps what the rules said; at the door counts what was decided since.
    outcome: view.override?.outcome ?? view.outcome,
    reasons: view.reasons,
    temperature_c: view.clinical?.temperature_c ?? view.temperature_c,
    mask: view.mask,
    direction: view.direction,
    lane: view.lane,
    occurred_at: view.occurred_at,
    received_at: view.received_at,
    live: view.live,
    byHand: view.method === 'manual',
    against_verdict: view.against_verdict,
    overridden,
    clinical: view.clinical !== null,
    decided_at: view.override?.at ?? view.clinical?.at ?? view.received_at,
  };
}

export const localKey = (clientKey: string): string => `local:${clientKey}`;

export function localRow(entry: ManualEntry, outcome: VerdictOutcome, reasons: Reason[], person: RosterEntry | null): Row {
  return {
    key: localKey(entry.client_key),
    screening_id: null,
    employee_no: person?.employee_no ?? entry.employee_no,
    pass: entry.pass,
    person_id: null,
    masked_name: person?.masked_name ?? null,
    tail: person?.tail ?? null,
    team: person?.team ?? null,
    outcome,
    reasons,
    temperature_c: entry.temperature_c,
    mask: entry.mask,
    direction: entry.direction,
    lane: entry.lane,
    occurred_at: entry.occurred_at,
    received_at: entry.occurred_at,
    live: true,
    byHand: true,
    against_verdict: false,
    overridden: null,
    clinical: false,
    decided_at: entry.occurred_at,
  };
}

export const isLocal = (row: Row): boolean => row.screening_id === null;

/** Whose line it is; two lines of one person share it. */
export function personOf(row: Row): string {
  return row.employee_no ?? row.person_id ?? row.pass ?? row.key;
}

/** Changes whenever the verdict on the row does, and only then. */
export function fingerprint(row: Row): string {
  return [row.key, row.outcome, row.overridden ?? '', row.clinical ? 'c' : '', row.reasons.join('+')].join('|');
}

export function waits(row: Row): boolean {
  return row.outcome === 'hold' && row.direction === 'in' && row.overridden === null && !row.clinical;
}

export function factsOf(row: Row): VerdictFacts {
  return {
    outcome: row.outcome,
    reasons: row.reasons,
    direction: row.direction,
    temperature_c: row.temperature_c,
    byHand: row.byHand,
    overridden: row.overridden,
  };
}
