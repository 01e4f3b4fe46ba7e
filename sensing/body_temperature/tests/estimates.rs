//! From looks to decisions.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

use body_temperature::*;
use proptest::prelude::*;

const DRIFT: Drift = Drift { shift: Kelvins(0.0), gain: 1.0, pivot: Celsius(35.0), u: Kelvins(0.1), at_ms: 0 };

fn site() -> Installation {
    Installation::of(CameraModel::FlirA325sc, Limits::default(), 0.01, Policy::default())
}

fn now() -> Conditions {
    Conditions {
        air: Celsius(24.0),
        air_u: Kelvins(0.5),
        reference: Reference::Blackbody(DRIFT),
        arrival: Arrival { indoors_s: Some(1_800.0), outdoors: Some(Celsius(2.0)) },
    }
}

fn read(canthus: f64, face_max: Option<f64>, scale: f64) -> Look {
    Look {
        canthus: Celsius(canthus),
        face_max: face_max.map(Celsius),
        scale: MillimetresPerPixel(scale),
        pose: Pose { yaw_deg: 0.0, pitch_deg: 0.0 },
    }
}

fn of(looks: &[Look], now: &Conditions) -> Result<Estimate, Refused> {
    estimate(&site(), looks, now)
}

fn why(looks: &[Look], now: &Conditions) -> Vec<Refusal> {
    of(looks, now).unwrap_err().refusals
}

#[test]
fn the_estimate_is_the_formula_of_the_reference_stretched_about_the_usual() {
    let got = of(&[read(36.4, Some(36.6), 0.9); 5], &Conditions { air: Celsius(22.0), ..now() }).unwrap();
    let (canthus, face) = (36.4 + 1.267 + 0.0789 * 2.0, 36.6 + 1.110 + 0.0683 * 2.0);
    let wanted = 36.9 + 1.12 * ((canthus + face) / 2.0 - 36.9);
    assert!((got.body_c.0 - wanted).abs() < 1e-9, "{got:?}");
    assert_eq!(got.quality.grade, Grade::Good);
}

#[test]
fn the_interval_is_what_the_reference_expects_and_says_where_it_comes_from() {
    let got = of(&[read(35.6, Some(35.7), 0.9); 5], &now()).unwrap();
    let expanded = got.budget.expanded().0;
    assert!((0.65..=0.8).contains(&expanded), "{expanded}");
    let squares: f64 = got.budget.parts().iter().map(|(_, it)| it.0.powi(2)).sum();
    assert!((got.budget.total().0 - squares.sqrt()).abs() < 1e-12);
    assert!((got.high_c - got.body_c - (got.body_c - got.low_c)).abs() < Kelvins(1e-9), "as far up as down");
}

#[test]
fn one_bad_frame_of_five_changes_nothing() {
    let good = read(35.6, Some(35.7), 0.9);
    let calm = of(&[good; 5], &now()).unwrap();
    let one_bad = of(&[good, good, read(38.9, Some(39.0), 0.9), good, good], &now()).unwrap();
    assert_eq!(calm.body_c, one_bad.body_c);
}

#[test]
fn coarse_pixels_widen_and_are_not_made_good() {
    let fine = of(&[read(35.6, Some(35.7), 0.9); 5], &now()).unwrap();
    let coarse = of(&[read(35.6, Some(35.7), 2.0); 5], &now()).unwrap();
    assert_eq!(fine.body_c, coarse.body_c);
    assert!(coarse.low_c < fine.low_c && fine.high_c < coarse.high_c);
    assert!(coarse.high_c - coarse.body_c > coarse.body_c - coarse.low_c, "what reads low may be higher");
    assert!(matches!(coarse.notes[0], Note::ReadsLow { by_k, .. } if (by_k.0 - 1.12 * 0.073).abs() < 1e-9));
}

#[test]
fn a_site_that_has_learnt_is_off_by_less() {
    let offset = SiteOffset { by: Kelvins(0.2), u: Kelvins(0.04), n: 60, slope: None, scale: MillimetresPerPixel(0.9) };
    let learnt = Installation { offset: Some(offset), ..site() };
    let looks = [read(35.6, Some(35.7), 0.9); 5];
    let (before, after) = (of(&looks, &now()).unwrap(), estimate(&learnt, &looks, &now()).unwrap());
    assert!((after.body_c - before.body_c - Kelvins(0.2)).abs() < Kelvins(1e-9));
    assert!(after.budget.total() < before.budget.total());
    assert_eq!(after.before_offset, before.body_c, "pairs are learnt from what the offset did not touch");
    assert!(before.notes.contains(&Note::SiteNotLearnt) && !after.notes.contains(&Note::SiteNotLearnt));
}

#[test]
fn a_cohort_stands_in_and_is_named() {
    let shift = CohortShift { by: Kelvins(0.5), u: Kelvins(0.21), n: 12, capped: false };
    let moved = BlackbodyRefusal::Moved { by_px: 9.0 };
    let looks = [read(35.1, Some(35.2), 0.9); 5];
    let got = of(&looks, &Conditions { reference: Reference::Cohort(shift, Some(moved)), ..now() }).unwrap();
    assert!((got.body_c - got.unreferenced).0 > 0.49);
    assert!(matches!(got.notes[0], Note::CohortInstead { n: 12, blackbody: Some(it), .. } if it == moved));
    let with_blackbody = of(&looks, &now()).unwrap();
    assert!(with_blackbody.budget.total() < got.budget.total());
}

#[test]
fn a_blackbody_comes_before_people_and_people_before_nothing() {
    let people = CohortShift { by: Kelvins(0.5), u: Kelvins(0.21), n: 12, capped: false };
    let moved = BlackbodyRefusal::Moved { by_px: 9.0 };
    assert_eq!(Reference::of(Some(Ok(DRIFT)), Some(people)), Reference::Blackbody(DRIFT));
    assert_eq!(Reference::of(Some(Err(moved)), Some(people)), Reference::Cohort(people, Some(moved)));
    assert_eq!(Reference::of(Some(Err(moved)), None), Reference::None(Some(moved)));
    assert_eq!(Reference::of(None, None), Reference::None(None));
    assert!(DRIFT.holds_at(300_000) && !DRIFT.holds_at(300_001) && !Drift { at_ms: 9, ..DRIFT }.holds_at(8));
}

#[test]
fn without_a_reference_there_is_no_temperature_and_the_cohort_still_learns() {
    let moved = Some(BlackbodyRefusal::Moved { by_px: 9.0 });
    let refused = of(&[read(35.6, Some(35.7), 0.9); 5], &Conditions { reference: Reference::None(moved), ..now() });
    let refused = refused.unwrap_err();
    assert_eq!(refused.refusals, [Refusal::NoReference { blackbody: moved }]);
    assert!(refused.unreferenced.is_some());
}

#[test]
fn there_is_none_for_these_reasons() {
    let fine = read(35.6, Some(35.7), 0.9);
    let air = |air: f64| Conditions { air: Celsius(air), ..now() };
    let arrived = |indoors: f64, outdoors: Option<f64>| Conditions {
        arrival: Arrival { indoors_s: Some(indoors), outdoors: outdoors.map(Celsius) },
        ..now()
    };
    assert_eq!(why(&[fine; 3], &now()), [Refusal::TooFewFrames { n: 3, wanted: 5 }]);
    assert_eq!(why(&[], &now())[1], Refusal::NoSkin);
    for outside in [17.9, 29.1] {
        assert_eq!(why(&[fine; 5], &air(outside)), [Refusal::AirOutside { air_c: Celsius(outside) }]);
    }
    assert!(matches!(why(&[fine; 5], &air(f64::NAN))[0], Refusal::AirOutside { .. }));
    assert_eq!(why(&[fine; 5], &arrived(100.0, Some(2.0))), [Refusal::NotAcclimatised { wait_s: Some(800.0) }]);
    assert_eq!(why(&[fine; 5], &arrived(100.0, Some(34.0))), [Refusal::NotAcclimatised { wait_s: Some(200.0) }]);
    assert_eq!(why(&[fine; 5], &arrived(100.0, None)), [Refusal::NotAcclimatised { wait_s: Some(200.0) }]);
    assert!(of(&[fine; 5], &arrived(0.0, Some(21.0))).is_ok());
    let hot = why(&[read(35.6, Some(38.0), 0.9); 5], &now());
    assert!(matches!(hot[..], [Refusal::ChannelsDisagree { by_k }] if (by_k.0 - 2.4).abs() < 1e-9));
    assert!(matches!(why(&[read(30.0, Some(30.1), 0.9); 5], &now())[0], Refusal::Implausible { .. }));
}

#[test]
fn decisions_follow_the_estimate() {
    let policy = Policy::default();
    // Skin, air at 24: what is decided and the codes of its reasons.
    let cases = [
        (35.50, State::Clear, vec!["fever_unlikely"]),
        (36.20, State::Recheck, vec!["near_threshold"]),
        (36.50, State::Recheck, vec!["near_threshold", "fever_possible"]),
        (36.80, State::Alarm, vec!["above_alarm"]),
        (38.60, State::Alarm, vec!["above_alarm"]),
    ];
    for (skin, state, codes) in cases {
        let measured = of(&[read(skin, Some(skin + 0.1), 0.9); 5], &now());
        let decision = decide(&policy, &measured);
        let got: Vec<String> = decision.reasons.iter().map(code).collect();
        assert_eq!(
            (decision.state, got),
            (state, codes.into_iter().map(str::to_owned).collect()),
            "{skin}: {measured:?}"
        );
    }
}

#[test]
fn where_many_have_a_fever_it_is_likely_sooner() {
    let many = Installation { prior: Prior::of(0.3), ..site() };
    let measured = estimate(&many, &[read(36.6, Some(36.7), 0.9); 5], &now());
    let decision = decide(&many.policy, &measured);
    assert_eq!((decision.state, code(&decision.reasons[0]).as_str()), (State::Alarm, "fever_likely"), "{measured:?}");
    assert!(measured.unwrap().body_c < many.policy.alarm_from_c);
}

#[test]
fn no_estimate_is_never_clear_and_never_an_alarm() {
    let refusals = vec![Refusal::NoFace, Refusal::Blurred];
    let decision = decide(&Policy::default(), &Err(Refused { refusals, unreferenced: None }));
    assert_eq!((decision.state, decision.reasons.len()), (State::Recheck, 2));
}

#[test]
fn a_policy_that_makes_no_sense_says_which_field() {
    let faults = |it: Policy| it.faults().into_iter().map(|it| it.field).collect::<Vec<_>>();
    let it = Policy::default();
    assert!(faults(it).is_empty());
    assert_eq!(faults(Policy { threshold_c: Celsius(36.0), ..it }), ["threshold_c"]);
    assert_eq!(faults(Policy { guard_k: Kelvins(f64::NAN), ..it }), ["guard_k"]);
    assert_eq!(faults(Policy { alarm_from_c: Celsius(37.0), ..it }), ["alarm_from_c"]);
    assert_eq!(faults(Policy { p_clear: 0.0, p_alarm: 0.95, ..it }), ["p_clear", "p_alarm"]);
}

fn code(it: &impl serde::Serialize) -> String {
    serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned()
}

#[test]
fn every_refusal_has_a_code_that_pages_know() {
    let celsius = Celsius(30.0);
    let all = [
        Refusal::NoFace,
        Refusal::OutsideFrame,
        Refusal::Turned { yaw_deg: 0.0, pitch_deg: 0.0 },
        Refusal::TooCoarse { mm_per_pixel: MillimetresPerPixel(3.0), limit: MillimetresPerPixel(2.0) },
        Refusal::TooNearOrFar { depth_mm: Millimetres(1.0) },
        Refusal::Misplaced { by_mm: Millimetres(1.0) },
        Refusal::Blurred,
        Refusal::NotTogether { apart_ms: 50.0 },
        Refusal::Shutter,
        Refusal::Eyewear { seen_by: SeenBy::Thermal },
        Refusal::NoSkin,
        Refusal::Implausible { skin_c: celsius },
        Refusal::TooFewFrames { n: 0, wanted: 5 },
        Refusal::ChannelsDisagree { by_k: Kelvins(2.0) },
        Refusal::AirOutside { air_c: celsius },
        Refusal::NotAcclimatised { wait_s: None },
        Refusal::NoReference { blackbody: Some(BlackbodyRefusal::Covered { by_k: Kelvins(9.0) }) },
    ];
    assert_eq!(all.iter().map(code).collect::<Vec<_>>(), Refusal::CODES);
    for it in all {
        let text = serde_json::to_string(&it).unwrap();
        assert_eq!(serde_json::from_str::<Refusal>(&text).unwrap(), it);
    }
}

#[test]
fn what_a_clinical_thermometer_says_is_an_outcome_and_a_pair() {
    let got = of(&[read(36.9, Some(37.0), 0.9); 5], &now()).unwrap();
    let clinical = |reading: f64, site: Site| Clinical { reading_c: Celsius(reading), site };
    let cases = [(37.5, Outcome::Confirmed), (37.49, Outcome::NotConfirmed), (22.0, Outcome::Unreadable)];
    for (reading, outcome) in cases {
        assert_eq!(clinical(reading, Site::Oral).outcome(Celsius(37.5)), outcome, "{reading}");
    }
    assert_eq!(clinical(38.0, Site::Tympanic).pair(&got).unwrap().before_offset, got.before_offset);
    assert!(clinical(38.0, Site::Axillary).pair(&got).is_none() && clinical(3.0, Site::Oral).pair(&got).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn warmer_skin_is_never_decided_more_leniently(skin in 34.0..39.0_f64, more in 0.0..2.0_f64, scale in 0.5..2.0_f64) {
        let at = |skin: f64| {
            let measured = of(&[read(skin, Some(skin + 0.1), scale); 5], &now());
            (decide(&Policy::default(), &measured).state, measured.unwrap())
        };
        let ((cooler, low), (warmer, high)) = (at(skin), at(skin + more));
        prop_assert!(cooler <= warmer);
        prop_assert!(low.body_c <= high.body_c && low.p_fever <= high.p_fever + 1e-4);
        prop_assert!((0.0..=1.0).contains(&low.p_fever) && low.low_c < low.body_c && low.body_c < low.high_c);
        // At 38 nobody is cleared, whatever the noise.
        prop_assert!(low.body_c < Celsius(38.0) || cooler == State::Alarm);
    }

    #[test]
    fn any_numbers_at_all_end_with_an_estimate_or_reasons(
        numbers in prop::array::uniform6(prop_oneof![6 => -50.0..120.0_f64, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)]),
        n in 0..8_usize,
    ) {
        let [canthus, face, scale, air, shift, indoors] = numbers;
        let reference = Reference::Blackbody(Drift { shift: Kelvins(shift), ..DRIFT });
        let arrival = Arrival { indoors_s: Some(indoors), outdoors: None };
        let now = Conditions { air: Celsius(air), reference, arrival, ..now() };
        match of(&vec![read(canthus, Some(face), scale); n], &now) {
            Ok(it) => prop_assert!(it.body_c.is_finite() && (0.0..=1.0).contains(&it.p_fever) && it.high_c.is_finite()),
            Err(it) => prop_assert!(!it.refusals.is_empty()),
        }
    }
}
