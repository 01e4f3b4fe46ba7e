import type { GateRules, GateRulesNew, Reason, VerdictOutcome } from '../../api';

export const OUTCOMES: VerdictOutcome[] = ['deny', 'hold', 'recheck', 'correct', 'admit'];

/** The reasons a rule can decide about, in the order of the domain dictionary. */
export const RULE_REASONS: Reason[] = [
  'site_not_open', 'gate_closed', 'not_on_roster', 'outside_shift', 'status_red', 'status_amber', 'status_unknown', 'not_allowed', 'quarantine_active', 'restricted_match',
  'pass_missing', 'pass_expired', 'pass_revoked', 'pass_unverifiable', 'declaration_overdue', 'training_missing', 'test_overdue', 'fever_suspected', 'fever_possible', 'fever_confirmed',
  'temperature_unmeasured', 'temperature_unreliable', 'mask_missing', 'mask_worn_wrong', 'mask_unknown', 'face_no_match', 'face_uncertain', 'spoof_suspected', 'identity_conflict',
  'visitor_unannounced', 'roster_stale', 'clock_untrusted', 'device_untrusted', 'response_ended', 'clinical_cleared',
];

/** The rules in force as a table: reason and outcome, the most severe first. */
export function ruleRows(rules: Pick<GateRules, 'outcomes'>): { reason: Reason; outcome: VerdictOutcome }[] {
  const rank = (outcome: VerdictOutcome) => OUTCOMES.indexOf(outcome);
  return RULE_REASONS.flatMap((reason) => {
    const outcome = rules.outcomes[reason];
    return outcome ? [{ reason, outcome }] : [];
  }).sort((a, b) => rank(a.outcome) - rank(b.outcome));
}

const SETTINGS = ['fever_suspected_c', 'fever_possible_c', 'temperature_required', 'mask_required', 'declaration_required', 'pass_required', 'training_required', 'roster_max_age_s', 'clock_max_offset_s'] as const;

/** How many things a new version would change. */
export function changes(before: GateRules, after: GateRulesNew): number {
  const outcomes = RULE_REASONS.filter((reason) => before.outcomes[reason] !== after.outcomes[reason]).length;
  return outcomes + SETTINGS.filter((name) => before[name] !== after[name]).length;
}
