//! The rules of alarms as tables and properties.

use kernel::time::SECOND;
use proptest::prelude::*;

use super::*;

const RAISED_AT: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

fn step(measure: AlarmMeasure, note: &str, temperature: Option<f64>) -> NewStep<'_> {
    NewStep { measure, note, temperature: temperature.map(|it| Celsius::new(it).unwrap()) }
}

#[test]
fn every_pair_of_state_and_act_is_decided() {
    use AlarmState::{Acknowledged, Closed, Handling, Raised};
    for (from, acknowledge, note, measure, close) in [
        (Raised, Some(Acknowledged), Some(Acknowledged), Some(Handling), Some(Closed)),
        (Acknowledged, None, Some(Acknowledged), Some(Handling), Some(Closed)),
        (Handling, None, Some(Handling), Some(Handling), Some(Closed)),
        (Closed, None, None, None, None),
    ] {
        let to = [Act::Acknowledge, Act::Note, Act::Measure, Act::Reading, Act::Close].map(|it| next_state(from, it));
        assert_eq!(to, [acknowledge, note, measure, measure, close], "{from:?}");
    }
}

#[test]
fn who_may_act() {
    for (role, handles, reads) in [
        (Role::Administrator, false, false),
        (Role::Command, true, false),
        (Role::Enterprise, true, true),
        (Role::Guard, true, true),
        (Role::HealthAuthority, true, true),
        (Role::Auditor, false, false),
    ] {
        for act in Act::ALL {
            let expected = if *act == Act::Reading { reads } else { handles };
            assert_eq!(may_act(role, *act), expected, "{role:?} {act:?}");
        }
    }
}

#[test]
fn nobody_answering_calls_the_site_after_two_minutes_and_the_area_after_seven() {
    use AlarmLevel::{Area, Gate, Site};
    use AlarmState::{Acknowledged, Closed, Handling, Raised};
    for (level, state, waited_s, expected) in [
        (Gate, Raised, -5, Gate),
        (Gate, Raised, 119, Gate),
        (Gate, Raised, 120, Site),
        (Gate, Raised, 419, Site),
        (Gate, Raised, 420, Area),
        (Site, Raised, 119, Site),
        (Site, Raised, 420, Area),
        (Area, Raised, 0, Area),
        (Gate, Acknowledged, 9_000, Gate),
        (Site, Handling, 9_000, Site),
        (Site, Closed, 9_000, Site),
    ] {
        let now = RAISED_AT.plus(waited_s * SECOND);
        assert_eq!(level_at(level, state, RAISED_AT, now), expected, "{level:?} {state:?} {waited_s} s");
    }
}

#[test]
fn raises_fold_on_the_person_the_gate_or_the_device() {
    let [person, gate, device] = [1, 2, 3].map(Uuid::from_u128);
    for (kind, with_person, without) in [
        (AlarmKind::FeverSuspected, person, gate),
        (AlarmKind::Stranger, gate, gate),
        (AlarmKind::EnteredAgainstVerdict, person, gate),
        (AlarmKind::DeviceSilent, device, device),
        (AlarmKind::DeviceUntrusted, device, device),
        (AlarmKind::DiskSpace, Uuid::nil(), Uuid::nil()),
        (AlarmKind::ClockOffset, device, device),
        (AlarmKind::DeviceQuota, device, device),
        (AlarmKind::AppealLate, Uuid::nil(), Uuid::nil()),
    ] {
        assert_eq!(fold_on(kind, Some(person), Some(gate), Some(device)), with_person, "{kind:?}");
        assert_eq!(fold_on(kind, None, Some(gate), Some(device)), without, "{kind:?}");
    }
    assert_ne!(
        fold_key(AlarmKind::FeverSuspected, person, Some(gate)),
        fold_key(AlarmKind::EnteredAgainstVerdict, person, Some(gate)),
    );
}

#[test]
fn a_step_must_be_filled_in() {
    use AlarmMeasure as M;
    let long = "字".repeat(NOTE_LIMIT + 1);
    for (kind, step, expected) in [
        (AlarmKind::FeverSuspected, step(M::Isolate, "", None), Ok(())),
        (AlarmKind::FeverSuspected, step(M::Recheck, "", Some(36.9)), Ok(())),
        (AlarmKind::FeverSuspected, step(M::ClinicalReading, "", Some(38.2)), Ok(())),
        (AlarmKind::FeverSuspected, step(M::ClinicalReading, "", None), Err(Refused::TemperatureWanted)),
        (AlarmKind::FeverSuspected, step(M::ClinicalReading, "", Some(22.0)), Err(Refused::TemperatureRange)),
        (AlarmKind::FeverSuspected, step(M::Disinfect, "", Some(36.9)), Err(Refused::TemperatureUnwanted)),
        (AlarmKind::FeverSuspected, step(M::Note, " ", None), Err(Refused::NoteWanted)),
        (AlarmKind::FeverSuspected, step(M::Note, &long, None), Err(Refused::NoteTooLong)),
        (AlarmKind::DeviceSilent, step(M::Note, "已断电", None), Ok(())),
        (AlarmKind::DeviceSilent, step(M::Isolate, "", None), Err(Refused::Measure)),
    ] {
        assert_eq!(check_step(kind, &step), expected, "{kind:?} {:?}", step.measure);
    }
}

#[test]
fn only_a_clinical_reading_clears_a_fever() {
    use AlarmOutcome as O;
    for (kind, outcome, note, last_reading, expected) in [
        (AlarmKind::FeverSuspected, O::Cleared, "复测正常", Some(false), Ok(())),
        (AlarmKind::FeverSuspected, O::Cleared, "复测正常", Some(true), Err(Refused::ReadingWanted)),
        (AlarmKind::FeverSuspected, O::Cleared, "复测正常", None, Err(Refused::ReadingWanted)),
        (AlarmKind::FeverSuspected, O::FeverConfirmed, "已送医", Some(true), Ok(())),
        (AlarmKind::FeverSuspected, O::FalseAlarm, "热水杯", None, Ok(())),
        (AlarmKind::FeverSuspected, O::Repaired, "x", None, Err(Refused::Outcome)),
        (AlarmKind::Stranger, O::Removed, "已劝离", None, Ok(())),
        (AlarmKind::Stranger, O::FeverConfirmed, "x", None, Err(Refused::Outcome)),
        (AlarmKind::DiskSpace, O::Repaired, "", None, Err(Refused::NoteWanted)),
        (AlarmKind::DiskSpace, O::Repaired, "已扩容", None, Ok(())),
        (AlarmKind::AppealLate, O::Settled, "已逐件答复", None, Ok(())),
        (AlarmKind::AppealLate, O::FalseAlarm, "x", None, Err(Refused::Outcome)),
    ] {
        assert_eq!(check_close(kind, outcome, note, last_reading), expected, "{kind:?} {outcome:?}");
    }
}

#[test]
fn codes_read_back_and_every_kind_can_end() {
    for kind in AlarmKind::ALL {
        assert_eq!(AlarmKind::parse(kind.code()), Some(*kind));
        assert!(!outcomes(*kind).is_empty());
    }
    for measure in AlarmMeasure::ALL {
        assert_eq!(measure.step().code(), measure.code());
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    proptest::sample::select(Act::ALL)
}

proptest! {
    #[test]
    fn an_alarm_never_goes_back_and_never_leaves_closed(acts in proptest::collection::vec(any_act(), 0..12)) {
        let mut state = AlarmState::Raised;
        for act in acts {
            let next = next_state(state, act);
            prop_assert!(state != AlarmState::Closed || next.is_none());
            let next = next.unwrap_or(state);
            prop_assert!(state <= next);
            state = next;
        }
    }

    #[test]
    fn escalation_only_rises_with_time(
        level in proptest::sample::select(AlarmLevel::ALL), state in proptest::sample::select(AlarmState::ALL),
        first in -60_i64..1_000, later in 0_i64..1_000,
    ) {
        let early = level_at(level, state, RAISED_AT, RAISED_AT.plus(first * SECOND));
        let late = level_at(early, state, RAISED_AT, RAISED_AT.plus((first + later) * SECOND));
        prop_assert!(level <= early && early <= late);
        prop_assert_eq!(late, level_at(level, state, RAISED_AT, RAISED_AT.plus((first + later) * SECOND)));
        prop_assert!(state == AlarmState::Raised || late == level);
    }
}
