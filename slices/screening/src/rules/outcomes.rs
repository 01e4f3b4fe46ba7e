//! How grave a reason is, and how far a gate's own rules may move it.

use kernel::Celsius;

use crate::model::{GateRules, Outcome, Reason};

/// The limits between which fever thresholds may lie, in degrees Celsius.
const THRESHOLDS: std::ops::RangeInclusive<f64> = 35.0..=39.0;
/// The oldest list that may still be allowed: 72 h.
const ROSTER_AGE_S: std::ops::RangeInclusive<i64> = 1..=259_200;
/// The largest clock offset that may still be allowed: 1 h.
const CLOCK_OFFSET_S: std::ops::RangeInclusive<i64> = 1..=3_600;

/// Facts of which the second is the worse one: its outcome may not be the milder one.
const LADDERS: &[(Reason, Reason)] = &[
    (Reason::FeverPossible, Reason::FeverSuspected),
    (Reason::FeverSuspected, Reason::FeverConfirmed),
    (Reason::MaskUnknown, Reason::MaskWornWrong),
    (Reason::MaskWornWrong, Reason::MaskMissing),
];

/// Why rules are refused. `code` is an error code of the API, `field` the field of its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {code}")]
pub struct RulesFault {
    /// `rule_outcome`, `temperature_range` or `invalid`.
    pub code: &'static str,
    /// Which field.
    pub field: &'static str,
    /// Which reason's outcome.
    pub reason: Option<Reason>,
    /// The mildest outcome that this reason may have.
    pub least: Option<Outcome>,
}

impl RulesFault {
    const fn of_field(code: &'static str, field: &'static str) -> Self {
        Self { code, field, reason: None, least: None }
    }

    const fn of_reason(reason: Reason, least: Outcome) -> Self {
        Self { code: "rule_outcome", field: "outcomes", reason: Some(reason), least: Some(least) }
    }
}

/// What a reason leads to and the mildest that it may be made to lead to.
///
/// Site, status, roster and medical measures are not the gate's to loosen. What means "cannot tell" never becomes an
/// admit, and what casts doubt on who it is or on the device stays with a person.
const fn bounds(reason: Reason) -> (Outcome, Outcome) {
    use Outcome::{Admit, Correct, Deny, Hold, Recheck};
    use Reason::*;
    match reason {
        SiteNotOpen | GateClosed | PassRevoked | PassExpired | StatusRed | QuarantineActive | RestrictedMatch
        | NotOnRoster | NotAllowed | FeverConfirmed => (Deny, Deny),
        FaceNoMatch | IdentityConflict | SpoofSuspected | PassMissing | PassUnverifiable | StatusAmber
        | StatusUnknown | RosterStale | ClockUntrusted | DeviceUntrusted | ResponseEnded | FeverSuspected => {
            (Hold, Hold)
        }
        DeclarationOverdue | TestOverdue => (Hold, Correct),
        OutsideShift | TrainingMissing | VisitorUnannounced => (Hold, Admit),
        FeverPossible | FaceUncertain => (Recheck, Recheck),
        TemperatureUnmeasured | TemperatureUnreliable => (Recheck, Correct),
        MaskMissing | MaskWornWrong => (Correct, Admit),
        MaskUnknown | ClinicalCleared => (Admit, Admit),
    }
}

/// The gravest outcome that a rule may give a reason: a cleared fever is a note and stops nobody.
const fn most_outcome(reason: Reason) -> Outcome {
    match reason {
        Reason::ClinicalCleared => Outcome::Admit,
        _ => Outcome::Deny,
    }
}

/// What a reason leads to where no rule says otherwise.
pub const fn default_outcome(reason: Reason) -> Outcome {
    bounds(reason).0
}

/// The mildest outcome that a rule may give a reason.
pub const fn least_outcome(reason: Reason) -> Outcome {
    bounds(reason).1
}

impl GateRules {
    /// The defaults of the domain dictionary.
    #[expect(clippy::expect_used, reason = "the two numbers stand here and are temperatures")]
    pub fn default_rules() -> Self {
        Self {
            version: 0,
            outcomes: std::collections::BTreeMap::new(),
            fever_suspected: Celsius::new(37.3).expect("a temperature"),
            fever_possible: Celsius::new(37.0).expect("a temperature"),
            temperature_required: true,
            mask_required: true,
            declaration_required: false,
            pass_required: false,
            training_required: false,
            roster_max_age_s: 4 * 3_600,
            clock_max_offset_s: 120,
        }
    }

    /// What a reason leads to under these rules. Always within its bounds, even if stored rules say otherwise: they may
    /// be older than the bounds.
    pub fn outcome_of(&self, reason: Reason) -> Outcome {
        let (default, least) = bounds(reason);
        self.outcomes.get(&reason).copied().unwrap_or(default).clamp(least, most_outcome(reason))
    }

    /// What each reason leads to under these rules: what is shown.
    pub fn all_outcomes(&self) -> std::collections::BTreeMap<Reason, Outcome> {
        Reason::ALL.iter().map(|it| (*it, self.outcome_of(*it))).collect()
    }

    /// Whether these rules may be put in force.
    pub fn validate(&self) -> Result<(), RulesFault> {
        for (reason, outcome) in &self.outcomes {
            if !(least_outcome(*reason)..=most_outcome(*reason)).contains(outcome) {
                return Err(RulesFault::of_reason(*reason, least_outcome(*reason)));
            }
        }
        for (milder, worse) in LADDERS {
            if self.outcome_of(*worse) < self.outcome_of(*milder) {
                return Err(RulesFault::of_reason(*worse, self.outcome_of(*milder)));
            }
        }
        let in_range = |it: Celsius| THRESHOLDS.contains(&it.degrees());
        if !in_range(self.fever_suspected) {
            return Err(RulesFault::of_field("temperature_range", "fever_suspected_c"));
        }
        if !in_range(self.fever_possible) || self.fever_suspected < self.fever_possible {
            return Err(RulesFault::of_field("temperature_range", "fever_possible_c"));
        }
        if !ROSTER_AGE_S.contains(&self.roster_max_age_s) {
            return Err(RulesFault::of_field("invalid", "roster_max_age_s"));
        }
        if !CLOCK_OFFSET_S.contains(&self.clock_max_offset_s) {
            return Err(RulesFault::of_field("invalid", "clock_max_offset_s"));
        }
        Ok(())
    }
}
