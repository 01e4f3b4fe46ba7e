//! Blackbodies and the people before: what is believed of them, and what is not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod scene;

use body_temperature::{
    Blackbody, BlackbodyRefusal, Celsius, Cohort, Drift, Kelvins, Rect, Sighting, Standing, State, Surroundings, follow,
};
use scene::Scene;

const PLATE: Rect = Rect { left: 30, top: 40, width: 30, height: 30 };
const AROUND: Surroundings =
    Surroundings { camera_emissivity: 0.98, reflected: Celsius(23.0), saturated_from: Some(Celsius(60.0)) };

fn body() -> Blackbody {
    Blackbody { set_c: Celsius(35.0), u_k: Kelvins(0.05), emissivity: 0.98, place: PLATE }
}

fn look(scene: &Scene, body: &Blackbody) -> Result<Sighting, BlackbodyRefusal> {
    let pixels = scene.paint();
    body.look(&scene.frame(&pixels), &AROUND)
}

fn with(place: Rect, degrees: f64) -> Scene {
    Scene { plates: vec![(place, degrees)], ..Scene::default() }
}

#[test]
fn a_plate_tells_the_drift() {
    let seen = look(&with(PLATE, 34.6), &body()).unwrap();
    assert!((seen.expected - Celsius(35.0)).abs() < Kelvins(1e-6) && seen.read == Celsius(34.6));
    let drift = follow(None, &[seen], 0, false).unwrap();
    assert!((drift.corrected(Celsius(35.2)).0 - 35.6).abs() < 1e-6);
}

#[test]
fn a_plate_that_is_less_black_shows_less_of_itself() {
    // ε 0.95 for 0.98: three hundredths of the gap to the room, by fourth powers a little less.
    let seen = look(&with(PLATE, 34.6), &Blackbody { emissivity: 0.95, ..body() }).unwrap();
    assert!((seen.expected.0 - 34.66).abs() < 0.03, "{seen:?}");
}

#[test]
fn a_plate_that_is_not_believed_says_why() {
    let plate = |left: u32, top: u32, side: u32| Rect { left, top, width: side, height: side };
    let outside = Blackbody { place: plate(630, 40, 30), ..body() };
    assert_eq!(look(&with(PLATE, 35.0), &outside), Err(BlackbodyRefusal::OutsideFrame));
    let small = Blackbody { place: plate(30, 40, 6), ..body() };
    assert_eq!(look(&with(plate(30, 40, 6), 35.0), &small), Err(BlackbodyRefusal::TooSmall { side_px: 4 }));
    assert!(matches!(look(&with(PLATE, 70.0), &body()), Err(BlackbodyRefusal::Saturated { n: 324 })));
    assert!(matches!(look(&with(PLATE, f64::NAN), &body()), Err(BlackbodyRefusal::Saturated { .. })));
    let aside = look(&with(plate(38, 40, 30), 35.0), &body());
    assert!(matches!(aside, Err(BlackbodyRefusal::Moved { by_px }) if (by_px - 8.0).abs() < 0.6), "{aside:?}");
    let gone = look(&with(plate(30, 56, 30), 35.0), &body());
    assert!(matches!(gone, Err(BlackbodyRefusal::Moved { .. } | BlackbodyRefusal::Unsteady { .. })), "{gone:?}");
    assert!(matches!(look(&Scene::default(), &body()), Err(BlackbodyRefusal::Covered { by_k }) if 11.0 < by_k.0));
    let cloth = Scene { room: 32.0, ..with(PLATE, 32.2) };
    assert!(matches!(look(&cloth, &body()), Err(BlackbodyRefusal::Covered { .. })));
    // A finger before a corner of the middle.
    let finger = Scene { plates: vec![(plate(38, 48, 7), 33.0), (PLATE, 35.0)], ..Scene::default() };
    assert!(matches!(look(&finger, &body()), Err(BlackbodyRefusal::Unsteady { sd_k }) if 0.2 < sd_k.0));
}

fn sighting(expected: f64, read: f64) -> Sighting {
    Sighting { expected: Celsius(expected), read: Celsius(read), u: Kelvins(0.05) }
}

#[test]
fn the_correction_follows_slowly_and_refuses_a_step() {
    let first = follow(None, &[sighting(35.0, 34.6)], 0, false).unwrap();
    let after = follow(Some(&first), &[sighting(35.0, 34.4)], 10_000, false).unwrap();
    assert!((after.shift.0 - (0.4 + 0.2 * (1.0 - (-1.0_f64).exp()))).abs() < 1e-9, "{after:?}");
    let step = [sighting(35.0, 33.9)];
    assert!(matches!(follow(Some(&first), &step, 100, false), Err(BlackbodyRefusal::Step { by_k }) if 0.69 < by_k.0));
    // After the shutter, and after a long silence, it begins anew.
    assert!((follow(Some(&first), &step, 100, true).unwrap().shift.0 - 1.1).abs() < 1e-9);
    assert!((follow(Some(&first), &step, 400_000, false).unwrap().shift.0 - 1.1).abs() < 1e-9);
    assert!((follow(Some(&Drift { at_ms: 500, ..first }), &step, 100, false).unwrap().shift.0 - 1.1).abs() < 1e-9);
    assert_eq!(follow(None, &[], 0, false), Err(BlackbodyRefusal::OutsideFrame));
}

#[test]
fn two_plates_tell_the_gain_as_the_reference_writes_it() {
    let (m1, t1, m2, t2) = (32.7, 33.0, 38.4, 39.0);
    let drift = follow(None, &[sighting(t1, m1), sighting(t2, m2)], 0, false).unwrap();
    for read in [30.0, 32.7, 35.5, 38.4, 41.0] {
        let wanted = t1 + (read - m1) * (t2 - t1) / (m2 - m1);
        assert!((drift.corrected(Celsius(read)).0 - wanted).abs() < 1e-9, "{read}");
    }
    let close = follow(None, &[sighting(35.0, 35.0), sighting(37.0, 36.5)], 0, false);
    assert_eq!(close, Err(BlackbodyRefusal::TooClose { by_k: Kelvins(1.5) }));
    let gain = follow(None, &[sighting(33.0, 33.0), sighting(39.0, 38.0)], 0, false);
    assert_eq!(gain, Err(BlackbodyRefusal::Gain { gain: 1.2 }));
}

const CLEAR: Standing = Standing::Decided(State::Clear);

fn cohort(n: u64, reading: f64, referenced: Option<f64>) -> Cohort {
    let mut cohort = Cohort::default();
    for minute in 0..n {
        cohort.admit(minute * 30_000, Celsius(reading), referenced.map(Celsius), CLEAR);
    }
    cohort
}

#[test]
fn ten_people_of_the_last_half_hour_stand_in() {
    assert_eq!(cohort(9, 36.4, None).shift(300_000), None);
    let shift = cohort(10, 36.4, None).shift(300_000).unwrap();
    assert!((shift.by.0 - 0.5).abs() < 1e-9 && shift.n == 10 && !shift.capped);
    assert_eq!(cohort(10, 36.4, None).shift(3_600_000), None, "an hour later they say nothing");
    assert_eq!(cohort(90, 36.4, None).shift(90 * 30_000).unwrap().n, 30);
}

#[test]
fn they_move_a_reading_by_no_more_than_is_allowed() {
    let shift = cohort(20, 34.9, None).shift(600_000).unwrap();
    assert!(shift.capped && shift.by == Kelvins(0.8) && 1.2 < shift.u.0, "what is beyond is doubt: {shift:?}");
}

#[test]
fn who_may_have_a_fever_is_not_what_is_normal() {
    let mut cohort = cohort(10, 36.9, None);
    for minute in 10..30 {
        let standing = if minute % 2 == 0 { State::Alarm } else { State::Recheck };
        cohort.admit(minute * 30_000, Celsius(38.9), None, Standing::Decided(standing));
    }
    assert_eq!(cohort.shift(900_000).unwrap().n, 10);
    cohort.admit(900_000, Celsius(37.7), None, Standing::ClinicallyNormal);
    cohort.admit(900_000, Celsius(f64::NAN), None, CLEAR);
    assert_eq!(cohort.shift(900_000).unwrap().n, 11);
}

#[test]
fn a_blackbody_that_lies_is_noticed() {
    assert_eq!(cohort(20, 36.0, Some(36.8)).alarm(600_000), None);
    let off = cohort(20, 36.0, Some(37.3)).alarm(600_000).unwrap();
    assert!((off.0 - 0.4).abs() < 1e-9);
    assert_eq!(cohort(20, 36.0, None).alarm(600_000), None, "without a blackbody there is nothing to watch over");
}
