//! What holds of every verdict, whatever the facts and whatever a gate's rules.

use std::collections::BTreeMap;

use kernel::time::{DAY, HOUR};
use kernel::{Celsius, Instant64};
use observation::Fault;
use passes::PassFault;
use places::OpenState;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::facts_tests::{Facts, celsius, shift};
use super::*;
use crate::model::{HealthStatus, Mask};

const FAULTS: &[Fault] = &[
    Fault::SpoofSuspected,
    Fault::UnknownPerson,
    Fault::NotMatched,
    Fault::NoPermission,
    Fault::OutsideSchedule,
    Fault::Expired,
    Fault::Blocklisted,
    Fault::TimedOut,
    Fault::Passback,
    Fault::WrongCredential,
    Fault::Uncertain,
    Fault::Ambiguous,
];

fn any_identity() -> impl Strategy<Value = Identity> {
    let shifts =
        select(vec![vec![], vec![shift(&[1, 2, 3, 4, 5], "08:00", "16:00")], vec![shift(&[7], "22:00", "06:00")]]);
    let owed = (any::<bool>(), any::<bool>(), any::<bool>());
    let expected =
        select(vec![vec![], vec![shift(&[1, 2, 3, 4, 5], "08:00", "16:00")], vec![shift(&[], "08:00", "16:00")]]);
    let guest = (select(HealthStatus::ALL), expected, any::<bool>()).prop_map(|(status, hours, declared_today)| {
        Identity::Guest(Guest { id: Uuid::from_u128(3), person: None, status, hours, declared_today })
    });
    let known = (select(HealthStatus::ALL), shifts, owed).prop_map(
        |(status, shifts, (declared_today, has_pass, is_trained))| {
            let (person, employment) = (Uuid::from_u128(1), Uuid::from_u128(2));
            Identity::Known(Worker { person, employment, status, shifts, declared_today, has_pass, is_trained })
        },
    );
    prop_oneof![
        4 => known,
        2 => guest,
        1 => Just(Identity::Unannounced),
        1 => Just(Identity::NotOnRoster),
        1 => Just(Identity::Conflict),
        1 => Just(Identity::NotStated),
    ]
}

const PASS_FAULTS: &[PassFault] = &[PassFault::Expired, PassFault::Revoked, PassFault::Unverifiable];

/// Crowded where it matters: at the thresholds and at the ends of what a body can have.
fn any_temperature() -> impl Strategy<Value = Celsius> {
    prop_oneof![
        Just(36.4_f64),
        -50.0..100.0_f64,
        34.5..39.5_f64,
        select(vec![29.99, 30.0, 36.99, 37.0, 37.29, 37.3, 45.0, 45.01])
    ]
    .prop_map(celsius)
}

fn any_measurement() -> impl Strategy<Value = Measurement> {
    (
        option::weighted(0.8, any_temperature()),
        any::<Option<bool>>(),
        select(Mask::ALL),
        option::weighted(0.3, select(FAULTS)),
        select(Method::ALL),
        any::<Option<bool>>(),
        option::weighted(0.2, select(PASS_FAULTS)),
    )
        .prop_map(|(temperature, over_limit, mask, fault, method, granted, pass)| Measurement {
            temperature,
            over_limit,
            mask,
            fault,
            method,
            granted,
            pass,
        })
}

fn any_presence() -> impl Strategy<Value = GatePresence> {
    let mostly = || prop::bool::weighted(0.8);
    let age = option::of(prop_oneof![-HOUR..=HOUR, 0..=DAY, Just(i64::MAX), Just(i64::MIN)]);
    (
        prop_oneof![3 => Just(OpenState::Open), 1 => select(OpenState::ALL)],
        prop::bool::weighted(0.2),
        prop_oneof![4 => Just(Passage::In), 1 => Just(Passage::Out)],
        (mostly(), mostly(), mostly(), mostly()),
        age,
        option::weighted(0.2, any_temperature()),
    )
        .prop_map(|(open_state, gate_closed, passage, (response, device, clock, live), roster_age, clinical)| {
            GatePresence {
                open_state,
                gate_closed,
                passage,
                response_active: response,
                device_trusted: device,
                clock_trusted: clock,
                live,
                roster_age,
                clinical,
            }
        })
}

pub(super) fn any_facts() -> impl Strategy<Value = Facts> {
    (any_identity(), any_measurement(), any_presence(), 0..7 * DAY).prop_map(|(identity, m, at, micros)| Facts {
        identity,
        m,
        at,
        now: Instant64::from_micros(micros),
    })
}

/// Any table at all, refused ones too.
pub(super) fn any_rules() -> impl Strategy<Value = GateRules> {
    let outcomes = prop::collection::btree_map(select(Reason::ALL), select(Outcome::ALL), 0..8);
    (outcomes, 350..=390_i32, 0..=20_i32, any::<bool>(), any::<bool>(), 1..=259_200_i64).prop_map(
        |(outcomes, suspected, below, temperature_required, mask_required, roster_max_age_s)| GateRules {
            outcomes,
            fever_suspected: celsius(f64::from(suspected) / 10.0),
            fever_possible: celsius(f64::from((suspected - below).max(350)) / 10.0),
            temperature_required,
            mask_required,
            // Each of them alone is a table of its own.
            declaration_required: mask_required && temperature_required,
            pass_required: !mask_required && temperature_required,
            training_required: mask_required && !temperature_required,
            roster_max_age_s,
            ..GateRules::default_rules()
        },
    )
}

/// Tables that may be put in force: refused entries are raised until they are not.
fn valid_rules() -> impl Strategy<Value = GateRules> {
    any_rules().prop_map(|mut rules| {
        while let Err(fault) = rules.validate() {
            rules.outcomes.insert(fault.reason.expect("only outcomes are wrong"), fault.least.expect("an outcome"));
        }
        rules
    })
}

/// One fact made worse; whether it could be.
type Worse = fn(&mut Facts, &GateRules) -> bool;

fn set<T: PartialEq>(place: &mut T, value: T) -> bool {
    let changes = *place != value;
    *place = value;
    changes
}

/// A reading that is in order.
fn is_normal(facts: &Facts, rules: &GateRules) -> bool {
    facts.m.temperature.is_some_and(|it| it.is_bodily() && it < rules.fever_possible)
}

fn status_of(facts: &mut Facts) -> Option<HealthStatus> {
    facts.worker().map(|it| it.status)
}

/// What is held against somebody is not known any more once nobody knows who it is.
fn nothing_against(worker: &Worker) -> bool {
    let at_hand = worker.has_pass && worker.declared_today && worker.is_trained;
    worker.status == HealthStatus::Green && worker.shifts.is_empty() && at_hand
}

/// Whether the list is as fresh as the rules want it, and not from the future.
fn list_counts(facts: &Facts, rules: &GateRules) -> bool {
    let fresh = -rules.clock_max_offset_s * 1_000_000..=rules.roster_max_age_s * 1_000_000;
    facts.at.roster_age.is_none_or(|it| fresh.contains(&it))
}

const WORSE: &[(&str, Worse)] = &[
    ("green becomes unknown", |it, _| {
        status_of(it) == Some(HealthStatus::Green) && set(&mut it.worker().unwrap().status, HealthStatus::Unknown)
    }),
    ("green becomes amber", |it, _| {
        status_of(it) == Some(HealthStatus::Green) && set(&mut it.worker().unwrap().status, HealthStatus::Amber)
    }),
    ("any status becomes red", |it, _| {
        status_of(it).is_some() && set(&mut it.worker().unwrap().status, HealthStatus::Red)
    }),
    ("a worker with nothing against them becomes two", |it, _| {
        let plain = it.worker().is_some_and(|it| nothing_against(it));
        plain && set(&mut it.identity, Identity::Conflict)
    }),
    ("a worker with nothing against them becomes nobody", |it, _| {
        let plain = it.worker().is_some_and(|it| nothing_against(it));
        plain && set(&mut it.identity, Identity::NotStated)
    }),
    ("anybody becomes a stranger to the roster", |it, rules| {
        // An outdated list says nothing of who is missing from it.
        list_counts(it, rules) && set(&mut it.identity, Identity::NotOnRoster)
    }),
    ("a worker gets hours that are over", |it, _| {
        // Hours on no day let in at no time.
        it.worker().is_some_and(|it| set(&mut it.shifts, vec![shift(&[], "08:00", "16:00")]))
    }),
    ("the site closes", |it, _| {
        it.at.open_state == OpenState::Open && set(&mut it.at.open_state, OpenState::Suspended)
    }),
    ("the gate closes", |it, _| set(&mut it.at.gate_closed, true)),
    ("the device is another one", |it, _| set(&mut it.at.device_trusted, false)),
    ("the clock is wrong", |it, _| set(&mut it.at.clock_trusted, false)),
    ("the list grows old", |it, _| {
        // Who was missing from the fresh one may be on the next: that is less certain, not worse.
        let listed = !matches!(it.identity, Identity::NotOnRoster | Identity::Unannounced);
        listed && it.at.roster_age.is_none_or(|age| 0 <= age) && set(&mut it.at.roster_age, Some(i64::MAX))
    }),
    ("a normal temperature becomes a possible fever", |it, rules| {
        is_normal(it, rules) && set(&mut it.m.temperature, Some(rules.fever_possible))
    }),
    ("a temperature becomes a suspected fever", |it, rules| {
        let bodily = it.m.temperature.is_some_and(Celsius::is_bodily);
        bodily && set(&mut it.m.temperature, Some(celsius(rules.fever_suspected.degrees().max(40.0))))
    }),
    ("a normal temperature is not measured", |it, rules| is_normal(it, rules) && set(&mut it.m.temperature, None)),
    ("a normal temperature becomes an impossible one", |it, rules| {
        is_normal(it, rules) && set(&mut it.m.temperature, Some(celsius(12.0)))
    }),
    ("the terminal's limit is passed", |it, _| set(&mut it.m.over_limit, Some(true))),
    ("a clearing reading is taken back", |it, rules| {
        it.at.clinical.is_some_and(|it| it.is_bodily() && it < rules.fever_suspected) && set(&mut it.at.clinical, None)
    }),
    ("a clinical reading shows fever", |it, _| set(&mut it.at.clinical, Some(celsius(40.0)))),
    ("a mask is not seen any more", |it, _| it.m.mask < Mask::Unknown && set(&mut it.m.mask, Mask::Unknown)),
    ("a mask slips", |it, _| it.m.mask < Mask::WornWrong && set(&mut it.m.mask, Mask::WornWrong)),
    ("a mask comes off", |it, _| set(&mut it.m.mask, Mask::Missing)),
    ("the terminal suspects a picture", |it, _| {
        it.m.fault.is_none() && set(&mut it.m.fault, Some(Fault::SpoofSuspected))
    }),
    ("the terminal finds no match", |it, _| it.m.fault.is_none() && set(&mut it.m.fault, Some(Fault::NotMatched))),
    ("the terminal could not finish", |it, _| it.m.fault.is_none() && set(&mut it.m.fault, Some(Fault::TimedOut))),
];

/// Whether something about somebody who wants in cannot be told.
fn cannot_tell(facts: &Facts, rules: &GateRules) -> bool {
    let Facts { identity, m, at, .. } = facts;
    let of_person = match identity {
        Identity::Known(worker) => worker.status == HealthStatus::Unknown,
        Identity::Guest(guest) => guest.status == HealthStatus::Unknown,
        // Whom nobody announced is a site's own to let in, as a stranger is not.
        Identity::Unannounced => false,
        Identity::NotOnRoster | Identity::Conflict | Identity::NotStated => true,
    };
    let decided = at.clinical.is_some_and(Celsius::is_bodily);
    let unmeasured = m.temperature.is_none() && rules.temperature_required;
    let unreliable = m.temperature.is_some_and(|it| !it.is_bodily());
    let stale = at.roster_age.is_some_and(|it| rules.roster_max_age_s * 1_000_000 < it);
    let doubted =
        matches!(m.fault, Some(Fault::SpoofSuspected | Fault::NotMatched | Fault::UnknownPerson | Fault::TimedOut));
    of_person
        || stale
        || doubted
        || (!decided && (unmeasured || unreliable))
        || !at.device_trusted
        || (at.live && !at.clock_trusted)
        || !at.response_active
}

/// The facts are many: more cases than the default.
fn many() -> ProptestConfig {
    ProptestConfig { cases: 2_000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn cannot_tell_is_never_an_admit(mut facts in any_facts(), rules in any_rules()) {
        facts.at.passage = Passage::In;
        prop_assume!(cannot_tell(&facts, &rules));
        let verdict = facts.decide(&rules);
        prop_assert_ne!(verdict.outcome, Outcome::Admit);
        prop_assert!(!opens_door(&verdict, &facts.at));
    }

    #[test]
    fn a_worse_fact_never_improves_the_outcome(facts in any_facts(), rules in valid_rules()) {
        let before = facts.decide(&rules);
        for (name, worse) in WORSE {
            let mut spoilt = facts.clone();
            if worse(&mut spoilt, &rules) {
                let after = spoilt.decide(&rules);
                prop_assert!(before.outcome <= after.outcome, "{}: {:?} then {:?}", name, before, after);
            }
        }
    }

    #[test]
    fn what_is_replayed_opens_nothing_and_raises_nothing(mut facts in any_facts(), rules in any_rules()) {
        facts.at.live = false;
        let verdict = facts.decide(&rules);
        prop_assert!(!opens_door(&verdict, &facts.at));
        prop_assert!(alarms_for(&verdict, &facts.m, &facts.at, &facts.identity).is_empty());
    }

    #[test]
    fn nobody_is_ever_kept_inside(mut facts in any_facts(), rules in any_rules()) {
        facts.at.passage = Passage::Out;
        let verdict = facts.decide(&rules);
        prop_assert_eq!(verdict.outcome, Outcome::Admit);
        prop_assert!(verdict.reasons.is_empty());
        prop_assert!(!verdict.notes.iter().any(|it| is_medical(*it)));
    }

    #[test]
    fn no_medical_reason_reaches_a_gate(facts in any_facts(), rules in any_rules(), reasons in prop::collection::vec(select(Reason::ALL), 0..8)) {
        let listed = facts.clone().worker().map(|it| roster_reasons(it, &facts.at, &rules)).unwrap_or_default();
        for public in [public_reasons(&facts.decide(&rules).told()), public_reasons(&reasons), listed] {
            prop_assert!(!public.iter().any(|it| is_medical(*it)));
            prop_assert!(1 >= public.iter().filter(|it| **it == Reason::NotAllowed).count());
        }
    }

    #[test]
    fn an_outdated_list_never_denies_for_who_is_missing_from_it(mut facts in any_facts(), rules in valid_rules()) {
        facts.at.passage = Passage::In;
        facts.identity = Identity::NotOnRoster;
        facts.at.roster_age = Some(i64::MAX);
        let told = facts.decide(&rules).told();
        prop_assert!(!told.contains(&Reason::NotOnRoster));
    }

    #[test]
    fn a_gate_without_the_server_stops_a_worker_as_the_server_would(facts in any_facts(), rules in valid_rules()) {
        let mut facts = facts;
        let Some(worker) = facts.worker().cloned() else { return Ok(()) };
        let listed = roster_reasons(&worker, &facts.at, &rules);
        let known = roster_outcome(worker.status, &rules);
        prop_assert_eq!(listed.contains(&Reason::NotAllowed), facts.at.response_active && known.is_some());
        if facts.at.response_active {
            let status = Facts::but(|it| {
                it.worker().unwrap().status = worker.status;
                // Below every limit that a gate may set.
                it.m.temperature = Some(celsius(34.0));
            });
            let status = status.decide(&rules);
            prop_assert_eq!(known.unwrap_or(Outcome::Admit), status.outcome);
        }
    }

    #[test]
    fn who_sees_less_is_never_milder(reasons in prop::collection::vec(select(Reason::ALL), 0..8), rules in valid_rules()) {
        let worst = |it: &[Reason]| it.iter().map(|it| rules.outcome_of(*it)).max();
        prop_assert!(worst(&reasons) <= worst(&public_reasons(&reasons)));
    }

    #[test]
    fn a_verdict_is_its_reasons_in_order(facts in any_facts(), rules in any_rules()) {
        let verdict = facts.decide(&rules);
        prop_assert_eq!(&verdict, &facts.decide(&rules));
        let of = |it: &Reason| rules.outcome_of(*it);
        prop_assert!(verdict.reasons.iter().map(of).is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(verdict.outcome, verdict.reasons.first().map_or(Outcome::Admit, of));
        prop_assert!(verdict.reasons.iter().all(|it| of(it) != Outcome::Admit));
        let once: BTreeMap<_, _> = verdict.told().into_iter().map(|it| (it, ())).collect();
        prop_assert_eq!(once.len(), verdict.told().len());
    }

    #[test]
    fn rules_in_force_never_let_off_what_is_denied(rules in valid_rules(), wild in any_rules()) {
        for reason in Reason::ALL.iter().filter(|it| default_outcome(**it) == Outcome::Deny) {
            prop_assert_eq!(rules.outcome_of(*reason), Outcome::Deny);
            let loosened = wild.outcomes.get(reason).is_some_and(|it| *it < Outcome::Deny);
            prop_assert!(!(loosened && wild.validate().is_ok()));
        }
    }

    #[test]
    fn a_milder_door_never_opens_against_a_stop(facts in any_facts(), rules in any_rules()) {
        let verdict = facts.decide(&rules);
        let against = against_verdict(verdict.outcome, facts.m.granted, facts.at.passage);
        prop_assert!(!(against && opens_door(&verdict, &facts.at)));
    }
}

#[test]
fn each_worsening_can_happen() {
    let rules = GateRules::default_rules();
    for (name, worse) in WORSE {
        let mut facts = Facts::but(|it| it.at.clinical = Some(celsius(36.5)).filter(|_| name.contains("taken back")));
        assert!(worse(&mut facts, &rules), "{name}");
    }
}
