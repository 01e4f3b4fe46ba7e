//! The verdict as decision tables: one row per reason, then what happens when there are several.

use kernel::time::SECOND;
use observation::{Fault, Kind};
use passes::PassFault;
use places::OpenState;

use super::facts_tests::{Facts, celsius, guest, shift, time, worker};
use super::*;
use crate::model::{HealthStatus, Mask};

fn rules() -> GateRules {
    GateRules::default_rules()
}

fn with(outcomes: &[(Reason, Outcome)]) -> GateRules {
    GateRules { outcomes: outcomes.iter().copied().collect(), ..rules() }
}

fn status(status: HealthStatus) -> Facts {
    Facts::but(|it| it.worker().unwrap().status = status)
}

fn temperature(degrees: f64) -> Facts {
    Facts::but(|it| it.m.temperature = Some(celsius(degrees)))
}

fn mask(mask: Mask) -> Facts {
    Facts::but(|it| it.m.mask = mask)
}

fn fault(fault: Fault) -> Facts {
    Facts::but(|it| it.m.fault = Some(fault))
}

fn identity(identity: Identity) -> Facts {
    Facts::but(|it| it.identity = identity.clone())
}

fn pass(fault: PassFault) -> Facts {
    Facts::but(|it| it.m.pass = Some(fault))
}

fn roster_age_s(age: i64) -> Facts {
    Facts::but(|it| it.at.roster_age = Some(age * SECOND))
}

#[test]
fn whoever_has_nothing_against_them_goes_in() {
    let verdict = Facts::in_order().decide(&rules());
    assert_eq!(verdict, Verdict { outcome: Outcome::Admit, reasons: vec![], notes: vec![] });
}

#[test]
fn what_she_owes_is_held_only_where_the_gate_asks_for_it() {
    let owing = Facts::but(|it| {
        let worker = it.worker().unwrap();
        (worker.declared_today, worker.has_pass, worker.is_trained) = (false, false, false);
    });
    for (declaration_required, pass_required, training_required, reasons) in [
        (false, false, false, vec![]),
        (true, false, false, vec![Reason::DeclarationOverdue]),
        (false, true, false, vec![Reason::PassMissing]),
        (false, false, true, vec![Reason::TrainingMissing]),
        (true, true, true, vec![Reason::PassMissing, Reason::TrainingMissing, Reason::DeclarationOverdue]),
    ] {
        let asked = GateRules { declaration_required, pass_required, training_required, ..rules() };
        let verdict = owing.decide(&asked);
        assert_eq!(verdict.reasons, reasons);
        assert_eq!(verdict.outcome, if reasons.is_empty() { Outcome::Admit } else { Outcome::Hold });
        let worker = owing.clone().worker().unwrap().clone();
        let mut listed = roster_reasons(&worker, &owing.at, &asked);
        listed.sort_unstable();
        let mut expected = reasons.clone();
        expected.sort_unstable();
        assert_eq!(listed, expected, "the list tells a gate without the server");
        assert_eq!(Facts::in_order().decide(&asked).outcome, Outcome::Admit);
    }
}

#[test]
fn a_guest_is_let_in_when_she_is_expected_and_has_said_that_she_is_well() {
    use Reason::*;
    let at = |text: &str, spoil: fn(&mut Guest)| {
        let mut it = guest();
        spoil(&mut it);
        let facts = Facts { now: time(text), ..identity(Identity::Guest(it)) };
        (facts.decide(&rules()).outcome, facts.decide(&rules()).reasons)
    };
    let monday = "2020-02-17T02:00:00Z";
    assert_eq!(at(monday, |_| ()), (Outcome::Admit, vec![]));
    assert_eq!(at("2020-02-17T06:00:00Z", |_| ()), (Outcome::Hold, vec![VisitorUnannounced]));
    assert_eq!(at("2020-02-18T02:00:00Z", |_| ()), (Outcome::Hold, vec![VisitorUnannounced]));
    assert_eq!(at(monday, |it| it.hours.clear()), (Outcome::Hold, vec![VisitorUnannounced]));
    assert_eq!(at(monday, |it| it.declared_today = false), (Outcome::Hold, vec![DeclarationOverdue]));
    assert_eq!(at(monday, |it| it.status = HealthStatus::Amber), (Outcome::Hold, vec![StatusAmber]));
    assert_eq!(at(monday, |it| it.status = HealthStatus::Red), (Outcome::Deny, vec![StatusRed]));
    // What workers owe is not asked of her.
    let strict = GateRules { pass_required: true, training_required: true, declaration_required: true, ..rules() };
    let facts = Facts { now: time(monday), ..identity(Identity::Guest(guest())) };
    assert_eq!(facts.decide(&strict).outcome, Outcome::Admit);
}

#[test]
fn a_code_that_nobody_announced_is_held_and_an_old_list_cannot_say_so() {
    let facts = identity(Identity::Unannounced);
    assert_eq!(facts.decide(&rules()).reasons, [Reason::VisitorUnannounced]);
    let old = Facts::but(|it| {
        it.identity = Identity::Unannounced;
        it.at.roster_age = Some(i64::MAX);
    });
    assert_eq!(old.decide(&rules()).reasons, [Reason::RosterStale]);
}

#[test]
fn a_pass_that_does_not_say_whose_it_is_is_no_unknown_face() {
    let facts = Facts::but(|it| {
        it.identity = Identity::NotStated;
        it.m.pass = Some(PassFault::Unverifiable);
    });
    assert_eq!(facts.decide(&rules()).reasons, [Reason::PassUnverifiable]);
}

#[test]
fn each_fact_alone_is_its_reason_and_its_default_outcome() {
    use Outcome::*;
    use Reason::*;
    let table = [
        (identity(Identity::NotOnRoster), NotOnRoster, Deny),
        (Facts::but(|it| it.at.open_state = OpenState::NotOpen), SiteNotOpen, Deny),
        (Facts::but(|it| it.at.open_state = OpenState::Suspended), SiteNotOpen, Deny),
        (Facts::but(|it| it.at.gate_closed = true), GateClosed, Deny),
        (status(HealthStatus::Red), StatusRed, Deny),
        (Facts::but(|it| it.at.clinical = Some(celsius(37.3))), FeverConfirmed, Deny),
        (pass(PassFault::Expired), PassExpired, Deny),
        (pass(PassFault::Revoked), PassRevoked, Deny),
        (pass(PassFault::Unverifiable), PassUnverifiable, Hold),
        (identity(Identity::Conflict), IdentityConflict, Hold),
        (identity(Identity::NotStated), FaceNoMatch, Hold),
        (fault(Fault::NotMatched), FaceNoMatch, Hold),
        (fault(Fault::UnknownPerson), FaceNoMatch, Hold),
        (fault(Fault::SpoofSuspected), SpoofSuspected, Hold),
        (status(HealthStatus::Amber), StatusAmber, Hold),
        (status(HealthStatus::Unknown), StatusUnknown, Hold),
        (roster_age_s(4 * 3_600 + 1), RosterStale, Hold),
        (roster_age_s(-121), ClockUntrusted, Hold),
        (Facts::but(|it| it.at.clock_trusted = false), ClockUntrusted, Hold),
        (Facts::but(|it| it.at.device_trusted = false), DeviceUntrusted, Hold),
        (Facts::but(|it| it.at.response_active = false), ResponseEnded, Hold),
        (Facts::but(|it| it.worker().unwrap().shifts = vec![shift(&[1], "10:00", "18:00")]), OutsideShift, Hold),
        (temperature(37.3), FeverSuspected, Hold),
        (Facts::but(|it| it.m.over_limit = Some(true)), FeverSuspected, Hold),
        (temperature(37.0), FeverPossible, Recheck),
        (temperature(37.29), FeverPossible, Recheck),
        (Facts::but(|it| it.m.temperature = None), TemperatureUnmeasured, Recheck),
        (temperature(22.0), TemperatureUnreliable, Recheck),
        (temperature(45.1), TemperatureUnreliable, Recheck),
        (fault(Fault::TimedOut), FaceUncertain, Recheck),
        (mask(Mask::Missing), MaskMissing, Correct),
        (mask(Mask::WornWrong), MaskWornWrong, Correct),
    ];
    for (facts, reason, outcome) in table {
        let expected = Verdict { outcome, reasons: vec![reason], notes: vec![] };
        assert_eq!(facts.decide(&rules()), expected, "{facts:?}");
        assert_eq!(default_outcome(reason), outcome);
    }
}

#[test]
fn what_stands_against_nothing_is_a_note_or_nothing() {
    use Reason::*;
    let loose = GateRules { temperature_required: false, mask_required: false, ..rules() };
    let replayed = |mut facts: Facts| {
        facts.at.live = false;
        facts
    };
    let table = [
        (mask(Mask::Unknown), rules(), vec![MaskUnknown]),
        (Facts::but(|it| it.at.clinical = Some(celsius(36.9))), rules(), vec![ClinicalCleared]),
        (
            mask(Mask::Missing),
            with(&[(MaskMissing, Outcome::Admit), (MaskWornWrong, Outcome::Admit)]),
            vec![MaskMissing],
        ),
        (mask(Mask::Missing), loose.clone(), vec![]),
        (mask(Mask::Unknown), loose.clone(), vec![]),
        (Facts::but(|it| it.m.temperature = None), loose, vec![]),
        (temperature(36.99), rules(), vec![]),
        (roster_age_s(4 * 3_600), rules(), vec![]),
        (roster_age_s(-120), rules(), vec![]),
        (fault(Fault::NoPermission), rules(), vec![]),
        (Facts::but(|it| it.worker().unwrap().shifts = vec![shift(&[1], "09:10", "17:00")]), rules(), vec![]),
        (
            Facts::but(|it| {
                it.worker().unwrap().shifts = vec![shift(&[2], "08:00", "9:00"), shift(&[7], "22:00", "08:11")]
            }),
            rules(),
            vec![],
        ),
        // A clock that is wrong now may have been right when the event happened.
        (replayed(Facts::but(|it| it.at.clock_trusted = false)), rules(), vec![]),
    ];
    for (facts, rules, notes) in table {
        assert_eq!(facts.decide(&rules), Verdict { outcome: Outcome::Admit, reasons: vec![], notes }, "{facts:?}");
    }
}

#[test]
fn the_worst_reason_decides_and_all_are_told_the_gravest_first() {
    let facts = Facts::but(|it| {
        it.worker().unwrap().status = HealthStatus::Red;
        it.m.temperature = Some(celsius(38.1));
        it.m.mask = Mask::Missing;
        it.at.gate_closed = true;
        it.at.device_trusted = false;
    });
    use Reason::*;
    let verdict = facts.decide(&rules());
    assert_eq!(verdict.outcome, Outcome::Deny);
    assert_eq!(verdict.reasons, [GateClosed, StatusRed, FeverSuspected, DeviceUntrusted, MaskMissing]);
    // A gate that takes masks more seriously tells them earlier.
    let strict = with(&[(MaskMissing, Outcome::Deny)]);
    assert_eq!(facts.decide(&strict).reasons, [GateClosed, StatusRed, MaskMissing, FeverSuspected, DeviceUntrusted]);
}

#[test]
fn the_same_reason_from_two_facts_is_told_once() {
    let facts = Facts::but(|it| {
        it.identity = Identity::NotStated;
        it.m.fault = Some(Fault::NotMatched);
        it.m.temperature = Some(celsius(38.0));
        it.m.over_limit = Some(true);
    });
    assert_eq!(facts.decide(&rules()).reasons, [Reason::FeverSuspected, Reason::FaceNoMatch]);
    let possible = Facts::but(|it| {
        it.m.temperature = Some(celsius(37.1));
        it.m.over_limit = Some(true);
    });
    assert_eq!(possible.decide(&rules()).reasons, [Reason::FeverSuspected]);
}

#[test]
fn a_clinical_reading_decides_whatever_the_terminal_said() {
    use Reason::*;
    for (shown, over_limit, clinical, reasons, notes) in [
        (Some(38.1), true, 36.8, vec![], vec![ClinicalCleared]),
        (Some(37.1), false, 37.29, vec![], vec![ClinicalCleared]),
        (Some(22.0), false, 36.8, vec![], vec![ClinicalCleared]),
        (None, true, 36.8, vec![], vec![ClinicalCleared]),
        (Some(38.1), true, 37.3, vec![FeverConfirmed], vec![]),
        (Some(36.4), false, 38.5, vec![FeverConfirmed], vec![]),
        // A reading that no body has decides nothing.
        (Some(38.1), false, 21.0, vec![FeverSuspected, TemperatureUnreliable], vec![]),
        (None, false, 21.0, vec![TemperatureUnmeasured, TemperatureUnreliable], vec![]),
    ] {
        let facts = Facts::but(|it| {
            it.m.temperature = shown.map(celsius);
            it.m.over_limit = Some(over_limit);
            it.at.clinical = Some(celsius(clinical));
        });
        let verdict = facts.decide(&rules());
        assert_eq!((verdict.reasons, verdict.notes), (reasons, notes), "{shown:?} {over_limit} {clinical}");
    }
}

#[test]
fn nobody_is_kept_inside() {
    use Reason::*;
    let out = |spoil: fn(&mut Facts)| {
        Facts::but(|it| {
            it.at.passage = Passage::Out;
            spoil(it);
        })
    };
    let table = [
        (out(|it| it.m.temperature = Some(celsius(39.0))), vec![]),
        (out(|it| it.m.temperature = None), vec![]),
        (out(|it| it.m.mask = Mask::Missing), vec![]),
        (out(|it| it.worker().unwrap().status = HealthStatus::Red), vec![]),
        (out(|it| it.worker().unwrap().shifts = vec![shift(&[3], "10:00", "11:00")]), vec![]),
        (out(|it| it.at.open_state = OpenState::Suspended), vec![]),
        (out(|it| it.at.gate_closed = true), vec![]),
        (out(|it| it.at.roster_age = Some(i64::MAX)), vec![]),
        (out(|it| it.at.clinical = Some(celsius(39.0))), vec![]),
        (out(|it| it.identity = Identity::NotOnRoster), vec![NotOnRoster]),
        (out(|it| it.identity = Identity::Conflict), vec![IdentityConflict]),
        (out(|it| it.identity = Identity::NotStated), vec![FaceNoMatch]),
        (out(|it| it.at.device_trusted = false), vec![DeviceUntrusted]),
        (out(|it| it.at.clock_trusted = false), vec![ClockUntrusted]),
        (
            out(|it| {
                it.identity = Identity::NotOnRoster;
                it.at.response_active = false;
            }),
            vec![ResponseEnded],
        ),
    ];
    for (mut facts, notes) in table {
        assert_eq!(
            facts.decide(&rules()),
            Verdict { outcome: Outcome::Admit, reasons: vec![], notes: notes.clone() },
            "{facts:?}"
        );
        facts.m.granted = Some(true);
        assert!(!against_verdict(Outcome::Admit, Some(true), facts.at.passage));
    }
}

#[test]
fn without_a_response_nobody_is_looked_at() {
    let spoilt = Facts::but(|it| {
        it.at.response_active = false;
        it.identity = Identity::NotOnRoster;
        it.m.temperature = Some(celsius(39.0));
        it.m.mask = Mask::Missing;
        it.m.fault = Some(Fault::SpoofSuspected);
        it.at.device_trusted = false;
    });
    assert_eq!(spoilt.decide(&rules()).reasons, [Reason::ResponseEnded]);
    let closed = Facts { at: GatePresence { gate_closed: true, ..spoilt.at }, ..spoilt };
    assert_eq!(closed.decide(&rules()).reasons, [Reason::GateClosed, Reason::ResponseEnded]);
}

#[test]
fn a_gate_may_move_reasons_within_bounds() {
    use Outcome::*;
    use Reason::*;
    for (outcomes, refused) in [
        (vec![], None),
        (vec![(MaskMissing, Hold)], None),
        (vec![(MaskMissing, Admit), (MaskWornWrong, Admit)], None),
        (vec![(MaskUnknown, Correct)], None),
        (vec![(OutsideShift, Admit), (TrainingMissing, Admit), (VisitorUnannounced, Correct)], None),
        (vec![(DeclarationOverdue, Correct), (TestOverdue, Recheck), (TemperatureUnmeasured, Correct)], None),
        (vec![(StatusAmber, Deny), (StatusUnknown, Deny), (FeverSuspected, Deny)], None),
        (rules().all_outcomes().into_iter().collect(), None),
        (vec![(StatusRed, Hold)], Some((StatusRed, Deny))),
        (vec![(StatusAmber, Recheck)], Some((StatusAmber, Hold))),
        (vec![(StatusUnknown, Admit)], Some((StatusUnknown, Hold))),
        (vec![(NotOnRoster, Hold)], Some((NotOnRoster, Deny))),
        (vec![(SiteNotOpen, Admit)], Some((SiteNotOpen, Deny))),
        (vec![(RosterStale, Recheck)], Some((RosterStale, Hold))),
        (vec![(FeverSuspected, Recheck)], Some((FeverSuspected, Hold))),
        (vec![(TemperatureUnmeasured, Admit)], Some((TemperatureUnmeasured, Correct))),
        (vec![(DeclarationOverdue, Admit)], Some((DeclarationOverdue, Correct))),
        (vec![(ClinicalCleared, Hold)], Some((ClinicalCleared, Admit))),
        // A worse fact may not be let off more lightly than the milder one.
        (vec![(FeverPossible, Deny)], Some((FeverSuspected, Deny))),
        (vec![(MaskMissing, Admit)], Some((MaskMissing, Correct))),
        (vec![(MaskUnknown, Recheck)], Some((MaskWornWrong, Recheck))),
    ] {
        let result = with(&outcomes).validate();
        let found = result.err().map(|it| {
            assert_eq!((it.code, it.field), ("rule_outcome", "outcomes"));
            (it.reason.unwrap(), it.least.unwrap())
        });
        assert_eq!(found, refused, "{outcomes:?}");
    }
}

#[test]
fn stored_rules_that_are_too_loose_are_held_to_the_bounds() {
    let loose: Vec<_> = Reason::ALL.iter().map(|it| (*it, Outcome::Admit)).collect();
    for reason in Reason::ALL {
        assert_eq!(with(&loose).outcome_of(*reason), least_outcome(*reason));
        assert!(least_outcome(*reason) <= default_outcome(*reason));
    }
}

#[test]
fn thresholds_and_limits_must_be_sane() {
    let with_fever = |suspected, possible| GateRules {
        fever_suspected: celsius(suspected),
        fever_possible: celsius(possible),
        ..rules()
    };
    for (rules, field) in [
        (with_fever(37.3, 37.3), None),
        (with_fever(39.0, 35.0), None),
        (with_fever(39.1, 37.0), Some("fever_suspected_c")),
        (with_fever(34.9, 34.8), Some("fever_suspected_c")),
        (with_fever(37.3, 34.9), Some("fever_possible_c")),
        (with_fever(37.3, 37.4), Some("fever_possible_c")),
        (GateRules { roster_max_age_s: 0, ..rules() }, Some("roster_max_age_s")),
        (GateRules { roster_max_age_s: 259_201, ..rules() }, Some("roster_max_age_s")),
        (GateRules { clock_max_offset_s: 3_601, ..rules() }, Some("clock_max_offset_s")),
    ] {
        assert_eq!(rules.validate().err().map(|it| it.field), field, "{rules:?}");
    }
}

#[test]
fn rules_are_stored_as_json_and_read_back() {
    let rules = with(&[(Reason::MaskMissing, Outcome::Hold)]);
    let text = serde_json::to_string(&rules).unwrap();
    assert_eq!(
        text,
        r#"{"version":0,"outcomes":{"mask_missing":"hold"},"fever_suspected_c":37.3,"fever_possible_c":37.0,"temperature_required":true,"mask_required":true,"declaration_required":false,"pass_required":false,"training_required":false,"roster_max_age_s":14400,"clock_max_offset_s":120}"#
    );
    assert_eq!(serde_json::from_str::<GateRules>(&text).unwrap(), rules);
    // As a version before stored them.
    let older = text.replace(r#""declaration_required":false,"pass_required":false,"training_required":false,"#, "");
    assert_ne!(older, text);
    assert_eq!(serde_json::from_str::<GateRules>(&older).unwrap(), rules);
}

#[test]
fn a_list_for_the_gate_tells_no_medical_reason_and_no_hour() {
    use Reason::*;
    let red = Worker { status: HealthStatus::Red, ..worker() };
    let unknown = Worker { status: HealthStatus::Unknown, ..worker() };
    let late = Worker { shifts: vec![shift(&[3], "10:00", "11:00")], ..worker() };
    let open = Facts::in_order().at;
    let closed = GatePresence { gate_closed: true, open_state: OpenState::Suspended, ..open };
    for (worker, at, reasons) in [
        (worker(), open, vec![]),
        (late, open, vec![]),
        (red.clone(), open, vec![NotAllowed]),
        (unknown, open, vec![NotAllowed]),
        (red.clone(), closed, vec![SiteNotOpen, GateClosed, NotAllowed]),
        (red, GatePresence { response_active: false, ..open }, vec![ResponseEnded]),
    ] {
        assert_eq!(roster_reasons(&worker, &at, &rules()), reasons, "{worker:?} {at:?}");
    }
}

#[test]
fn medical_reasons_become_one_word() {
    use Reason::*;
    for (reasons, public) in [
        (vec![], vec![]),
        (vec![StatusRed], vec![NotAllowed]),
        (vec![GateClosed, StatusAmber, TestOverdue, MaskMissing], vec![GateClosed, NotAllowed, MaskMissing]),
        (vec![FeverSuspected, FeverPossible], vec![FeverSuspected, FeverPossible]),
        (vec![FeverConfirmed, QuarantineActive, RestrictedMatch], vec![NotAllowed]),
    ] {
        assert_eq!(public_reasons(&reasons), public);
    }
}

#[test]
fn what_medicine_decides_is_not_overridden_at_a_gate() {
    use Reason::*;
    for reason in Reason::ALL {
        let refused = [StatusRed, QuarantineActive, RestrictedMatch, FeverConfirmed, FeverSuspected, NotAllowed];
        assert_eq!(may_override(&[MaskMissing, *reason]), !refused.contains(reason), "{reason:?}");
    }
    assert!(may_override(&[]));
}

#[test]
fn a_terminal_that_let_in_whom_we_stop_acted_against_the_verdict() {
    for outcome in Outcome::ALL {
        let stops = matches!(outcome, Outcome::Hold | Outcome::Deny);
        assert_eq!(against_verdict(*outcome, Some(true), Passage::In), stops);
        for (granted, passage) in [(Some(true), Passage::Out), (Some(false), Passage::In), (None, Passage::In)] {
            assert!(!against_verdict(*outcome, granted, passage));
        }
    }
    assert_eq!(granted(Kind::AccessGranted), Some(true));
    assert_eq!(granted(Kind::AccessDenied), Some(false));
    assert_eq!(granted(Kind::Door), None);
}

#[test]
fn only_an_admit_that_happens_now_opens_a_door() {
    for (facts, opens) in [
        (Facts::in_order(), true),
        (mask(Mask::Unknown), true),
        (mask(Mask::Missing), false),
        (temperature(37.0), false),
        (Facts::but(|it| it.at.live = false), false),
    ] {
        assert_eq!(opens_door(&facts.decide(&rules()), &facts.at), opens, "{facts:?}");
    }
}

#[test]
fn alarms_are_raised_for_what_happens_now() {
    use AlarmWanted::*;
    let in_spite = |mut facts: Facts| {
        facts.m.granted = Some(true);
        facts
    };
    let by_hand = |mut facts: Facts| {
        facts.m.method = Method::Manual;
        facts
    };
    let ended = |mut facts: Facts| {
        facts.at.response_active = false;
        facts
    };
    let leaving = |mut facts: Facts| {
        facts.at.passage = Passage::Out;
        facts
    };
    let stranger = || identity(Identity::NotStated);
    let replaced = || Facts::but(|it| it.at.device_trusted = false);
    for (facts, alarms) in [
        (in_spite(Facts::in_order()), vec![]),
        (in_spite(mask(Mask::Missing)), vec![]),
        (temperature(37.0), vec![]),
        (temperature(37.3), vec![FeverSuspected]),
        (by_hand(temperature(37.3)), vec![FeverSuspected]),
        (in_spite(temperature(37.3)), vec![EnteredAgainstVerdict, FeverSuspected]),
        (Facts::but(|it| (it.m.temperature, it.at.clinical) = (Some(celsius(38.0)), Some(celsius(36.5)))), vec![]),
        (Facts::but(|it| (it.m.temperature, it.at.clinical) = (Some(celsius(38.0)), Some(celsius(38.2)))), vec![]),
        (stranger(), vec![Stranger]),
        (identity(Identity::NotOnRoster), vec![Stranger]),
        (in_spite(identity(Identity::NotOnRoster)), vec![EnteredAgainstVerdict, Stranger]),
        (fault(Fault::NotMatched), vec![Stranger]),
        (identity(Identity::Conflict), vec![]),
        (by_hand(identity(Identity::NotOnRoster)), vec![]),
        (leaving(in_spite(stranger())), vec![]),
        (leaving(temperature(38.0)), vec![]),
        (replaced(), vec![DeviceUntrusted]),
        (leaving(replaced()), vec![DeviceUntrusted]),
        (in_spite(ended(Facts::in_order())), vec![]),
        (in_spite(ended(stranger())), vec![]),
        (in_spite(ended(Facts::but(|it| it.at.gate_closed = true))), vec![EnteredAgainstVerdict]),
    ] {
        let verdict = facts.decide(&rules());
        assert_eq!(alarms_for(&verdict, &facts.m, &facts.at, &facts.identity), alarms, "{facts:?}");
    }
}

#[test]
fn every_code_reads_back() {
    for reason in Reason::ALL {
        assert_eq!(Reason::parse(reason.code()), Some(*reason));
        assert_eq!(serde_json::to_string(reason).unwrap(), format!("{:?}", reason.code()));
    }
    assert_eq!(Reason::ALL.len(), 35);
    assert_eq!(Outcome::parse("entered"), None);
    assert_eq!(<Outcome as utoipa::ToSchema>::name(), "VerdictOutcome");
    assert_eq!(<Reason as utoipa::ToSchema>::name(), "Reason");
}
