//! The rules of places as tables and properties.

use proptest::prelude::*;

use super::*;
use crate::model::ShiftWindowId;

fn at(text: &str) -> Instant64 {
    Instant64::parse(text).unwrap()
}

fn shift(days: &[u8], start: &str, end: &str) -> ShiftWindow {
    ShiftWindow {
        id: ShiftWindowId::new(at("2026-01-01T00:00:00Z")),
        name: "早班".into(),
        days: days.to_vec(),
        start_minute: parse_minute(start).unwrap(),
        end_minute: parse_minute(end).unwrap(),
        teams: Vec::new(),
        early_minutes: 60,
    }
}

#[test]
fn a_shift_lets_in_from_an_hour_before_until_its_end() {
    // 2026-03-02 is a Monday.
    for (days, start, end, time, lets_in) in [
        (&[1][..], "08:00", "17:00", "2026-03-02T06:59:00+08:00", false),
        (&[1], "08:00", "17:00", "2026-03-02T07:00:00+08:00", true),
        (&[1], "08:00", "17:00", "2026-03-02T16:59:00+08:00", true),
        (&[1], "08:00", "17:00", "2026-03-02T17:00:00+08:00", false),
        (&[2], "08:00", "17:00", "2026-03-02T08:00:00+08:00", false),
        // A night shift that began on Sunday still runs on Monday morning.
        (&[7], "22:00", "06:00", "2026-03-02T05:59:00+08:00", true),
        (&[7], "22:00", "06:00", "2026-03-02T06:00:00+08:00", false),
        (&[1], "22:00", "06:00", "2026-03-02T05:00:00+08:00", false),
        // A shift at midnight on Tuesday lets in late on Monday.
        (&[2], "00:00", "08:00", "2026-03-02T23:30:00+08:00", true),
    ] {
        assert_eq!(may_enter(&shift(days, start, end), at(time).local()), lets_in, "{days:?} {start}-{end} {time}");
    }
}

#[test]
fn hours_are_those_of_the_team_then_her_own_then_none() {
    let team = ShiftWindow { teams: vec!["装配 一班".into()], early_minutes: 15, ..shift(&[1], "07:30", "16:30") };
    let own = ShiftWindow { id: ShiftWindowId::new(at("2026-02-01T00:00:00Z")), ..shift(&[1], "22:00", "06:00") };
    let windows = [own.clone(), team.clone()];
    let id = Some(own.id.uuid());
    assert_eq!(hours_of(&windows, id, Some("装配一班")).map(|it| it.id), Some(team.id), "spaces make no other team");
    assert_eq!(hours_of(&windows, id, Some("二班")).map(|it| it.id), Some(own.id));
    assert_eq!(hours_of(&windows, None, Some("二班")), None);
    assert_eq!(hours_of(&windows, Some(Uuid::nil()), None).map(|it| it.days), Some(Vec::new()), "removed: at no time");
    for (time, lets_in) in [("2026-03-02T07:14:00+08:00", false), ("2026-03-02T07:15:00+08:00", true)] {
        assert_eq!(may_enter(&team, at(time).local()), lets_in, "{time}");
    }
}

#[test]
fn a_clock_two_hours_ahead_is_found_and_corrected() {
    let received = at("2026-03-02T00:00:00Z");
    let mut samples = Vec::new();
    for delay_s in [1, 2, 1, 400, 1, 3] {
        add_clock_sample(&mut samples, (7_200 - delay_s) * SECOND);
    }
    let offset = clock_offset(&samples).unwrap();
    assert!((offset - 7_199 * SECOND).abs() <= SECOND);
    let stated = received.plus(7_199 * SECOND);
    assert_eq!(occurred(Some(stated), received, Some(offset), true), (stated.plus(-offset), OccurredBasis::Corrected));
    assert!(!clock_is_untrusted(Some(stated), received, Some(offset), 60 * SECOND));
    assert!(clock_is_untrusted(Some(stated), received, None, 60 * SECOND));
}

#[test]
fn a_time_that_cannot_be_right_counts_from_its_arrival() {
    let received = at("2026-03-02T00:00:00Z");
    let hour = 3_600 * SECOND;
    for (stated, live, basis) in [
        (None, true, OccurredBasis::Received),
        (Some(received.plus(-SECOND)), true, OccurredBasis::Device),
        (Some(received.plus(-hour)), true, OccurredBasis::Received),
        (Some(received.plus(-hour)), false, OccurredBasis::Device),
        (Some(received.plus(hour)), false, OccurredBasis::Received),
        (Some(received.plus(-61 * DAY)), false, OccurredBasis::Received),
    ] {
        assert_eq!(occurred(stated, received, None, live).1, basis, "{stated:?} live={live}");
    }
}

#[test]
fn holes_in_event_numbers_are_counted_across_the_wrap() {
    for (last, previous, event, missing) in [
        (Some(511), Some(511), Some(512), 0),
        (Some(511), Some(513), Some(514), 2),
        (Some(99_999), Some(100_000), Some(1), 1),
        (Some(100_000), Some(100_000), Some(1), 0),
        (Some(99_998), Some(1), Some(2), 3),
        // Late arrivals and repeats say nothing about holes.
        (Some(512), Some(499), Some(500), 0),
        (Some(512), Some(511), Some(512), 0),
        (None, Some(3), Some(4), 0),
        (Some(4), None, Some(9), 0),
    ] {
        assert_eq!(missing_events(last, previous, event), missing, "{last:?} {previous:?} {event:?}");
    }
}

#[test]
fn a_device_is_known_by_what_it_says_of_itself() {
    let registered = ("DS-K1T671TM-GX0000031", Some("02:00:5e:10:00:31"));
    for (serial, mac, known) in [
        (Some("GX0000031"), Some("02:00:5E:10:00:31"), true),
        (Some("DS-K1T671TM-GX0000031"), None, true),
        (None, None, true),
        (Some("GX0000032"), None, false),
        (Some("GX0000031"), Some("02:00:5e:10:00:32"), false),
    ] {
        assert_eq!(identity_matches(registered.0, registered.1, serial, mac), known, "{serial:?} {mac:?}");
    }
}

proptest! {
    #[test]
    fn nothing_ever_happens_after_it_arrived(
        stated in -10_i64.pow(15)..10_i64.pow(15), received in 0..10_i64.pow(15),
        offset in proptest::option::of(-10_i64.pow(12)..10_i64.pow(12)), live: bool,
    ) {
        let received = Instant64::from_micros(received);
        let (at, _) = occurred(Some(Instant64::from_micros(stated)), received, offset, live);
        prop_assert!(at <= received);
    }

    #[test]
    fn a_hole_is_never_negative_nor_larger_than_half_the_range(
        last in 1_i64..=100_000, previous in 1_i64..=100_000, event in 1_i64..=100_000,
    ) {
        let missing = missing_events(Some(last), Some(previous), Some(event));
        prop_assert!((0..50_000).contains(&missing));
    }
}
