//! Status rules, version 2: what follows for one person from what is known today. Pure.
//!
//! Quarantine and the restricted list will add rows here, not a second place.

use kernel::Instant64;
use kernel::time::DAY;

use crate::model::{Health, HealthStatus, Status, StatusReason, StatusReasonCode};

/// The version written with each computed status.
pub const RULE_VERSION: i64 = 2;
/// Observation after an affected area (domain dictionary, status rules).
pub const OBSERVATION: i64 = 14 * DAY;
/// How long a statement that somebody is well counts.
pub const ATTESTATION: i64 = 14 * DAY;
/// How long stated symptoms count, her own and those of whom she lives with.
pub const SYMPTOMS: i64 = DAY;
/// How long a stated contact counts: the observation of an affected area (domain dictionary, status rules).
pub const CONTACT: i64 = OBSERVATION;

/// The status at `now`. Red beats amber beats unknown beats green; all reasons of the winning colour are named.
pub fn status(health: &Health, now: Instant64) -> Status {
    let red: Vec<StatusReason> = fever(health).into_iter().collect();
    let amber = [symptoms(health, now), contact(health, now), family_unwell(health, now), affected_area(health, now)];
    let amber: Vec<StatusReason> = amber.into_iter().flatten().collect();
    let (status, reasons) = match (red.is_empty(), amber.is_empty(), attested_well(health, now)) {
        (false, _, _) => (HealthStatus::Red, red),
        (true, false, _) => (HealthStatus::Amber, amber),
        (true, true, Some(well)) => (HealthStatus::Green, vec![well]),
        (true, true, None) => (HealthStatus::Unknown, vec![reason(StatusReasonCode::NoAttestation, None, None)]),
    };
    let valid_until = reasons.iter().filter_map(|it| it.until).min();
    Status { status, reasons, valid_until }
}

const fn reason(code: StatusReasonCode, since: Option<Instant64>, until: Option<Instant64>) -> StatusReason {
    StatusReason { code, since, until }
}

fn fever(health: &Health) -> Option<StatusReason> {
    let confirmed = health.fever_confirmed_at?;
    let cleared = health.fever_cleared_at.is_some_and(|it| it >= confirmed);
    (!cleared).then(|| reason(StatusReasonCode::FeverConfirmed, Some(confirmed), None))
}

fn symptoms(health: &Health, now: Instant64) -> Option<StatusReason> {
    let unwell = health.attested_at.filter(|_| !health.attested_well);
    running(StatusReasonCode::SymptomsAttested, health.symptoms_at.max(unwell)?, SYMPTOMS, now)
}

fn contact(health: &Health, now: Instant64) -> Option<StatusReason> {
    running(StatusReasonCode::ContactDeclared, health.contact_at?, CONTACT, now)
}

fn family_unwell(health: &Health, now: Instant64) -> Option<StatusReason> {
    running(StatusReasonCode::FamilyUnwell, health.family_unwell_at?, SYMPTOMS, now)
}

fn affected_area(health: &Health, now: Instant64) -> Option<StatusReason> {
    running(StatusReasonCode::AffectedArea, health.left_affected_area_at?, OBSERVATION, now)
}

fn attested_well(health: &Health, now: Instant64) -> Option<StatusReason> {
    let at = health.attested_at.filter(|_| health.attested_well)?;
    running(StatusReasonCode::AttestedWell, at, ATTESTATION, now)
}

fn running(code: StatusReasonCode, since: Instant64, lasts: i64, now: Instant64) -> Option<StatusReason> {
    let until = since.plus(lasts);
    (now < until).then(|| reason(code, Some(since), Some(until)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

    fn well(days_ago: i64) -> Health {
        Health { attested_at: Some(NOW.plus(-days_ago * DAY)), attested_well: true, ..Health::default() }
    }

    #[test]
    fn each_row_of_the_table() {
        use HealthStatus::{Amber, Green, Red, Unknown};
        let left = |days: i64| Some(NOW.plus(-days * DAY));
        let ill = Health { attested_at: left(0), attested_well: false, ..Health::default() };
        for (name, health, expected) in [
            ("nothing known", Health::default(), Unknown),
            ("well today", well(0), Green),
            ("well 13 days ago", well(13), Green),
            ("well 14 days ago", well(14), Unknown),
            ("symptoms today", ill, Amber),
            ("symptoms today, well an hour later", Health { symptoms_at: left(0), ..well(0) }, Amber),
            ("symptoms two days ago, well today", Health { symptoms_at: left(2), ..well(0) }, Green),
            ("symptoms two days ago", Health { attested_at: left(2), ..ill }, Unknown),
            ("left an affected area 13 days ago", Health { left_affected_area_at: left(13), ..well(0) }, Amber),
            ("left an affected area 14 days ago", Health { left_affected_area_at: left(14), ..well(0) }, Green),
            ("met somebody ill 13 days ago", Health { contact_at: left(13), ..well(0) }, Amber),
            ("met somebody ill 14 days ago", Health { contact_at: left(14), ..well(0) }, Green),
            ("family unwell today", Health { family_unwell_at: left(0), ..well(0) }, Amber),
            ("family unwell yesterday", Health { family_unwell_at: left(1), ..well(0) }, Green),
            ("fever", Health { fever_confirmed_at: left(3), ..well(0) }, Red),
            ("fever cleared", Health { fever_confirmed_at: left(3), fever_cleared_at: left(1), ..well(0) }, Green),
            ("fever again", Health { fever_confirmed_at: left(1), fever_cleared_at: left(3), ..well(0) }, Red),
            (
                "fever and affected area",
                Health { fever_confirmed_at: left(1), left_affected_area_at: left(1), ..well(0) },
                Red,
            ),
        ] {
            assert_eq!(status(&health, NOW).status, expected, "{name}");
        }
    }

    fn moments() -> impl Strategy<Value = Option<Instant64>> {
        proptest::option::of((-30_i64..30).prop_map(|it| NOW.plus(it * DAY / 2)))
    }

    fn any_health() -> impl Strategy<Value = Health> {
        (moments(), any::<bool>(), moments(), moments(), moments(), moments()).prop_map(
            |(attested_at, attested_well, symptoms_at, left, fever, cleared)| Health {
                attested_at,
                attested_well,
                symptoms_at,
                left_affected_area_at: left,
                fever_confirmed_at: fever,
                fever_cleared_at: cleared,
                ..Health::default()
            },
        )
    }

    proptest! {
        #[test]
        fn a_status_always_says_why(health in any_health()) {
            prop_assert!(!status(&health, NOW).reasons.is_empty());
        }

        #[test]
        fn a_status_does_not_change_before_its_time(health in any_health(), step in 0_i64..100) {
            let now = status(&health, NOW);
            let later = NOW.plus(step * DAY / 10);
            if now.valid_until.is_none_or(|until| later < until) {
                prop_assert_eq!(status(&health, later).status, now.status);
            }
        }

        #[test]
        fn nobody_is_green_without_a_statement(health in any_health()) {
            if status(&health, NOW).status == HealthStatus::Green {
                prop_assert!(health.attested_well && health.attested_at.is_some());
            }
        }
    }
}
