// The verdict a gate gives by itself while the server is away. It is pure, and it is checked against
// vectors that the server's own verdict function writes (verdict-vectors.json), so that both decide alike.
// It does not know medical reasons: the roster was filtered for the gate's audience before it came here.
import type { PassReading } from './passes/book';
import type { GateRules, Mask, Reason, Roster, RosterEntry, VerdictOutcome } from './wire';
import { isInShift } from './shift';
import { isBodily } from './temperature';
import { isVisitorCode } from './visitor-code';

export interface GateEntry {
  employee_no: string | null;
  card_no: string | null;
  /** What was scanned in place of a number. */
  pass?: string | null;
  temperature_c: number | null;
  mask: Mask;
  direction: 'in' | 'out';
}
export interface Decision {
  outcome: VerdictOutcome;
  reasons: Reason[];
  person: RosterEntry | null;
}

const SEVERITY: Record<VerdictOutcome, number> = { admit: 0, correct: 1, recheck: 2, hold: 3, deny: 4 };

/** What each reason leads to where the rules in force do not say otherwise. */
export const DEFAULT_OUTCOMES: Record<Reason, VerdictOutcome> = {
  site_not_open: 'deny',
  gate_closed: 'deny',
  pass_revoked: 'deny',
  pass_expired: 'deny',
  status_red: 'deny',
  quarantine_active: 'deny',
  restricted_match: 'deny',
  not_on_roster: 'deny',
  not_allowed: 'deny',
  fever_confirmed: 'deny',
  face_no_match: 'hold',
  identity_conflict: 'hold',
  spoof_suspected: 'hold',
  pass_missing: 'hold',
  pass_unverifiable: 'hold',
  status_amber: 'hold',
  status_unknown: 'hold',
  roster_stale: 'hold',
  clock_untrusted: 'hold',
  device_untrusted: 'hold',
  response_ended: 'hold',
  outside_shift: 'hold',
  declaration_overdue: 'hold',
  training_missing: 'hold',
  test_overdue: 'hold',
  visitor_unannounced: 'hold',
  fever_suspected: 'hold',
  fever_possible: 'recheck',
  temperature_unmeasured: 'recheck',
  temperature_unreliable: 'recheck',
  face_uncertain: 'recheck',
  mask_missing: 'correct',
  mask_worn_wrong: 'correct',
  mask_unknown: 'admit',
  clinical_cleared: 'admit',
};

/** Who it is and whether anybody may be looked at; everything else is about coming in. */
const NOTED_ON_EXIT: readonly Reason[] = ['not_on_roster', 'visitor_unannounced', 'identity_conflict', 'response_ended'];
/** A list that may be outdated cannot say who is missing from it. */
const MISSING: readonly Reason[] = ['not_on_roster', 'visitor_unannounced'];

interface Found {
  person: RosterEntry | null;
  reasons: Reason[];
}
const CANNOT_TELL: PassReading = { kind: 'unverifiable' };
/** Beside these nothing is said of a pass: why it was taken back may be the same medical reason, and a gate does not learn that. */
const BEFORE_REVOKED: readonly Reason[] = ['not_allowed', 'response_ended'];

/** Decides as the server would, from what the gate holds. A missing datum is never an admit. `pass`: what was read of the entry's. */
export function offlineVerdict(entry: GateEntry, roster: Roster | null, rules: GateRules, now: Date, pass = CANNOT_TELL): Decision {
  const found = entry.pass ? findByPass(pass, roster) : findByNumber(entry, roster);
  if (entry.direction === 'out') {
    // Nobody is kept inside: what there is to say of somebody who leaves is a note.
    return { outcome: 'admit', reasons: found.reasons.filter((it) => NOTED_ON_EXIT.includes(it)), person: found.person };
  }
  // Without a response nothing else about the person may be looked at.
  if (found.reasons.includes('response_ended')) {
    return { outcome: mostSevere(found.reasons, rules), reasons: found.reasons, person: found.person };
  }
  const doubts = rosterReasons(roster, rules, now);
  const reasons: Reason[] = [
    ...doubts,
    ...found.reasons.filter((it) => doubts.length === 0 || !MISSING.includes(it)),
    ...shiftReasons(found.person, now),
    ...temperatureReasons(entry, rules),
    ...maskReasons(entry, rules),
  ];
  const unique = [...new Set(reasons)];
  return { outcome: mostSevere(unique, rulesFor(found.person, rules)), reasons: unique, person: found.person };
}

/** What not_allowed leads to is the person's own: the list keeps the medical reason, not what follows from it. */
function rulesFor(person: RosterEntry | null, rules: GateRules): Pick<GateRules, 'outcomes'> {
  const own = person?.not_allowed_outcome;
  return own ? { outcomes: { ...rules.outcomes, not_allowed: own } } : rules;
}

export function outcomeOf(reason: Reason, rules: Pick<GateRules, 'outcomes'>): VerdictOutcome {
  // A code from a newer server that this page does not know is "cannot tell": hold.
  return rules.outcomes[reason] ?? DEFAULT_OUTCOMES[reason] ?? 'hold';
}

export function mostSevere(reasons: readonly Reason[], rules: Pick<GateRules, 'outcomes'>): VerdictOutcome {
  return reasons.reduce<VerdictOutcome>((worst, reason) => {
    const outcome = outcomeOf(reason, rules);
    return SEVERITY[worst] < SEVERITY[outcome] ? outcome : worst;
  }, 'admit');
}

/** The reason the guard is told first: the one that made the verdict. */
export function leadingReason(
  outcome: VerdictOutcome,
  reasons: readonly Reason[],
  rules: Pick<GateRules, 'outcomes'> | null,
): Reason | null {
  const table = rules ?? { outcomes: {} };
  return reasons.find((it) => outcomeOf(it, table) === outcome) ?? reasons[0] ?? null;
}

export function rosterAgeS(roster: Pick<Roster, 'made_at'>, now: Date): number {
  return (now.getTime() - Date.parse(roster.made_at)) / 1000;
}

function rosterReasons(roster: Roster | null, rules: GateRules, now: Date): Reason[] {
  if (!roster) return ['roster_stale'];
  const age = rosterAgeS(roster, now);
  if (Number.isNaN(age) || rules.roster_max_age_s < age) return ['roster_stale'];
  return age < -rules.clock_max_offset_s ? ['clock_untrusted'] : [];
}

function findByPass(pass: PassReading, roster: Roster | null): Found {
  switch (pass.kind) {
    case 'good':
      // One that holds and leads to nobody we know says as little as one that cannot be read.
      return pass.employee_no === null ? { person: null, reasons: ['pass_unverifiable'] } : withPass(findByNumber({ employee_no: pass.employee_no, card_no: null }, roster));
    case 'revoked':
      return withRevoked(pass.employee_no === null ? { person: null, reasons: [] } : findByNumber({ employee_no: pass.employee_no, card_no: null }, roster));
    case 'expired':
      return { person: null, reasons: ['pass_expired'] };
    case 'elsewhere':
      return { person: null, reasons: ['not_on_roster'] };
    case 'unverifiable':
      return { person: null, reasons: ['pass_unverifiable'] };
  }
}

/** The list may be older than the pass in her hand. */
function withPass({ person, reasons }: Found): Found {
  return { person, reasons: reasons.filter((it) => it !== 'pass_missing') };
}

function withRevoked({ person, reasons }: Found): Found {
  const isSaid = reasons.some((it) => BEFORE_REVOKED.includes(it));
  return { person, reasons: isSaid ? reasons : [...reasons, 'pass_revoked'] };
}

function findByNumber(entry: Pick<GateEntry, 'employee_no' | 'card_no'>, roster: Roster | null): Found {
  // Without a list at all nobody can be said to be missing from it: roster_stale alone holds.
  if (!roster) return { person: null, reasons: [] };
  const hits = roster.entries.filter(
    (it) =>
      (entry.employee_no !== null && it.employee_no === entry.employee_no) ||
      (entry.card_no !== null && it.card_no !== null && it.card_no === entry.card_no),
  );
  const [person] = hits;
  if (!person) return { person: null, reasons: [isVisitorCode(entry.card_no ?? entry.employee_no ?? '') ? 'visitor_unannounced' : 'not_on_roster'] };
  if (1 < hits.length) return { person: null, reasons: ['identity_conflict'] };
  // Where the shift is known, the clock of now says whether it runs, not the clock of when the roster was made.
  return { person, reasons: person.shift ? person.reasons.filter((it) => it !== 'outside_shift') : person.reasons };
}

function shiftReasons(person: RosterEntry | null, now: Date): Reason[] {
  if (!person?.shift) return [];
  // A visitor's hours are those in which somebody expects her.
  const outside = person.host === null ? 'outside_shift' : 'visitor_unannounced';
  return isInShift(person.shift, now) ? [] : [outside];
}

function temperatureReasons(entry: GateEntry, rules: GateRules): Reason[] {
  const { temperature_c } = entry;
  if (temperature_c === null) return rules.temperature_required ? ['temperature_unmeasured'] : [];
  if (!isBodily(temperature_c)) return ['temperature_unreliable'];
  if (rules.fever_suspected_c <= temperature_c) return ['fever_suspected'];
  return rules.fever_possible_c <= temperature_c ? ['fever_possible'] : [];
}

function maskReasons(entry: GateEntry, rules: GateRules): Reason[] {
  if (!rules.mask_required) return [];
  switch (entry.mask) {
    case 'worn':
      return [];
    case 'missing':
      return ['mask_missing'];
    case 'worn_wrong':
      return ['mask_worn_wrong'];
    case 'unknown':
      return ['mask_unknown'];
  }
}
