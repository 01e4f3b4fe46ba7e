//! What is known of somebody's health when two files become one, and when they part again. Pure.

use crate::model::Health;

/// What both files know together: the later statement, the later day, and a fever that either has open.
pub(super) fn together(one: &Health, other: &Health) -> Health {
    let later = if one.attested_at < other.attested_at { other } else { one };
    let open = |it: &Health| it.fever_confirmed_at.filter(|at| it.fever_cleared_at.is_none_or(|cleared| cleared < *at));
    let (fever_confirmed_at, fever_cleared_at) = match open(one).max(open(other)) {
        Some(at) => (Some(at), None),
        None => {
            (one.fever_confirmed_at.max(other.fever_confirmed_at), one.fever_cleared_at.max(other.fever_cleared_at))
        }
    };
    Health {
        attested_at: later.attested_at,
        attested_well: later.attested_well,
        symptoms_at: one.symptoms_at.max(other.symptoms_at),
        left_affected_area_at: one.left_affected_area_at.max(other.left_affected_area_at),
        fever_confirmed_at,
        fever_cleared_at,
        contact_at: one.contact_at.max(other.contact_at),
        family_unwell_at: one.family_unwell_at.max(other.family_unwell_at),
        stays: [one.stays.as_slice(), other.stays.as_slice()].concat(),
        overruled_stays: [one.overruled_stays.as_slice(), other.overruled_stays.as_slice()].concat(),
        red_order: one.red_order.or(other.red_order),
    }
}

/// What the file that was kept knows without the other: what was learnt since stays, the rest is as it was `before`.
pub(super) fn apart(now: &Health, together: &Health, before: &Health) -> Health {
    let mut apart = now.clone();
    if (now.attested_at, now.attested_well) == (together.attested_at, together.attested_well) {
        (apart.attested_at, apart.attested_well) = (before.attested_at, before.attested_well);
    }
    if now.symptoms_at == together.symptoms_at {
        apart.symptoms_at = before.symptoms_at;
    }
    if now.stays == together.stays {
        apart.stays.clone_from(&before.stays);
    }
    if now.overruled_stays == together.overruled_stays {
        apart.overruled_stays.clone_from(&before.overruled_stays);
    }
    if now.red_order == together.red_order {
        apart.red_order = before.red_order;
    }
    if now.contact_at == together.contact_at {
        apart.contact_at = before.contact_at;
    }
    if now.family_unwell_at == together.family_unwell_at {
        apart.family_unwell_at = before.family_unwell_at;
    }
    if now.left_affected_area_at == together.left_affected_area_at {
        apart.left_affected_area_at = before.left_affected_area_at;
    }
    if now.fever_confirmed_at == together.fever_confirmed_at {
        apart.fever_confirmed_at = before.fever_confirmed_at;
    }
    if now.fever_cleared_at == together.fever_cleared_at {
        apart.fever_cleared_at = before.fever_cleared_at;
    }
    apart
}

/// What the other file knows once they part: its own, and what was learnt against the kept one since. Whose fever it was
/// that a gate measured on the one file nobody can tell any more, so both have it until the authority says otherwise.
pub(super) fn shared(other: &Health, now: &Health, together: &Health) -> Health {
    let mut shared = other.clone();
    if now.fever_confirmed_at != together.fever_confirmed_at {
        shared.fever_confirmed_at = now.fever_confirmed_at.max(other.fever_confirmed_at);
    }
    if now.symptoms_at != together.symptoms_at {
        shared.symptoms_at = now.symptoms_at.max(other.symptoms_at);
    }
    if now.red_order != together.red_order {
        shared.red_order = now.red_order.or(other.red_order);
    }
    if now.contact_at != together.contact_at {
        shared.contact_at = now.contact_at.max(other.contact_at);
    }
    if now.family_unwell_at != together.family_unwell_at {
        shared.family_unwell_at = now.family_unwell_at.max(other.family_unwell_at);
    }
    if now.left_affected_area_at != together.left_affected_area_at {
        shared.left_affected_area_at = now.left_affected_area_at.max(other.left_affected_area_at);
    }
    shared
}

#[cfg(test)]
mod tests {
    use kernel::Instant64;
    use kernel::time::DAY;
    use proptest::prelude::*;

    use super::*;
    use crate::model::HealthStatus;
    use crate::rules::{StatusRules, status};

    const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

    fn days_ago() -> impl Strategy<Value = Option<Instant64>> {
        prop::option::of((0..40i64).prop_map(|it| NOW.plus(-it * DAY)))
    }

    fn health() -> impl Strategy<Value = Health> {
        (days_ago(), any::<bool>(), days_ago(), days_ago(), days_ago(), days_ago(), days_ago(), days_ago()).prop_map(
            |it| Health {
                attested_at: it.0,
                attested_well: it.1,
                symptoms_at: it.2,
                left_affected_area_at: it.3,
                fever_confirmed_at: it.4,
                fever_cleared_at: it.5,
                contact_at: it.6,
                family_unwell_at: it.7,
                ..Health::default()
            },
        )
    }

    /// How grave a status is.
    fn gravity(health: &Health) -> u8 {
        match status(health, &StatusRules::default(), NOW).status {
            HealthStatus::Green | HealthStatus::Unknown => 0,
            HealthStatus::Amber => 1,
            HealthStatus::Red => 2,
        }
    }

    proptest! {
        #[test]
        fn a_merge_hides_no_fever_and_no_observation(one in health(), other in health()) {
            let both = together(&one, &other);
            let fever = |it: &Health| gravity(it) == 2;
            prop_assert_eq!(fever(&both), fever(&one) || fever(&other));
            prop_assert!(both.left_affected_area_at >= one.left_affected_area_at.max(other.left_affected_area_at));
            prop_assert!(both.symptoms_at >= one.symptoms_at.max(other.symptoms_at));
        }

        #[test]
        fn undone_at_once_nothing_has_happened(one in health(), other in health()) {
            let both = together(&one, &other);
            prop_assert_eq!(apart(&both, &both, &one), one);
        }

        #[test]
        fn a_fever_measured_since_is_on_both_when_they_part(one in health(), other in health()) {
            let both = together(&one, &other);
            let later = Health { fever_confirmed_at: Some(NOW.plus(DAY)), fever_cleared_at: None, ..both.clone() };
            prop_assert_eq!(gravity(&shared(&other, &later, &both)), 2);
            prop_assert_eq!(gravity(&apart(&later, &both, &one)), 2);
            prop_assert_eq!(shared(&other, &both, &both), other);
        }

        #[test]
        fn what_was_learnt_since_stays(one in health(), other in health()) {
            let both = together(&one, &other);
            let later = Health { fever_confirmed_at: Some(NOW.plus(DAY)), ..both.clone() };
            let parted = apart(&later, &both, &one);
            prop_assert_eq!(parted.fever_confirmed_at, Some(NOW.plus(DAY)));
            prop_assert_eq!(parted.attested_at, one.attested_at);
        }
    }
}
