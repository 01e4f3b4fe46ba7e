//! What is read of painted faces, and why some are not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod scene;

use body_temperature::{Celsius, Drift, Kelvins, Landmarks, Limits, Look, Point, Refusal, SeenBy, View, look};
use proptest::prelude::*;
use scene::Scene;

fn read(scene: &Scene) -> Result<Look, Refusal> {
    seen(scene, scene.marks(), |it| it)
}

fn seen(scene: &Scene, marks: Landmarks, change: impl for<'a> FnOnce(View<'a>) -> View<'a>) -> Result<Look, Refusal> {
    let pixels = scene.paint();
    let view = View {
        frame: scene.frame(&pixels),
        marks,
        eyewear: false,
        blurred: false,
        apart_ms: None,
        since_shutter_ms: None,
        drift: None,
    };
    look(&change(view), &Limits::default())
}

#[test]
fn the_warmer_corner_and_the_warmest_of_the_face_are_read() {
    let look = read(&Scene::default()).unwrap();
    assert!((look.canthus.0 - 35.75).abs() < 0.06, "{look:?}");
    assert!((look.face_max.unwrap().0 - 35.77).abs() < 0.06, "{look:?}");
    assert!((look.scale.0 - 1.0).abs() < 0.01 && look.pose.yaw_deg.abs() < 0.5 && look.pose.pitch_deg.abs() < 0.5);
}

#[test]
fn eyes_may_be_given_by_their_corners_and_in_either_order() {
    let scene = Scene::default();
    let by_centre = read(&scene).unwrap();
    let by_corners = seen(&scene, scene.marks_with_corners(), |it| it).unwrap();
    assert!((by_centre.canthus - by_corners.canthus).abs() < Kelvins(0.05));
    let mut mirrored = scene.marks();
    mirrored.eyes.reverse();
    mirrored.mouth.reverse();
    let mirrored = seen(&scene, mirrored, |it| it).unwrap();
    assert!((by_centre.canthus - mirrored.canthus).abs() < Kelvins(1e-9));
    assert!((mirrored.pose.pitch_deg - by_centre.pose.pitch_deg).abs() < 1e-9);
}

#[test]
fn an_open_mouth_is_no_fever() {
    let closed = read(&Scene::default()).unwrap();
    let open = read(&Scene { mouth_above: 2.5, ..Scene::default() }).unwrap();
    assert!((open.face_max.unwrap() - closed.face_max.unwrap()).abs() < Kelvins(0.02), "{open:?}");
}

#[test]
fn a_speck_is_no_fever_and_a_dead_pixel_no_hole() {
    let clean = read(&Scene::default()).unwrap();
    for (dx, dy, degrees) in [(-15, 1, 60.0), (-14, 3, 38.5), (-16, 2, f64::NAN), (-40, 30, 41.0), (-15, 2, -40.0)] {
        let got = read(&Scene { speck: Some((dx, dy, degrees)), ..Scene::default() }).unwrap();
        let same = |one: Celsius, other: Celsius| (one - other).abs() < Kelvins(0.06);
        assert!(
            same(got.canthus, clean.canthus) && same(got.face_max.unwrap(), clean.face_max.unwrap()),
            "{degrees}: {got:?}"
        );
    }
}

#[test]
fn large_pixels_read_low_as_the_table_says_they_do() {
    // The painter takes a point where a sensor takes a mean: what is lost here is less than the table's.
    let fine = read(&Scene { mm_per_pixel: 0.8, ..Scene::default() }).unwrap();
    let coarse = read(&Scene { mm_per_pixel: 1.9, ..Scene::default() }).unwrap();
    let lost = fine.canthus - coarse.canthus;
    assert!(Kelvins(0.0) < lost && lost < Kelvins(0.25), "{lost:?}");
}

#[test]
fn a_face_that_goes_over_the_edge_has_no_second_channel() {
    let scene = Scene { at: Point { x: 320.0, y: 430.0 }, ..Scene::default() };
    assert!(read(&scene).unwrap().face_max.is_none());
    let scene = Scene { at: Point { x: 10.0, y: 220.0 }, ..Scene::default() };
    assert_eq!(read(&scene), Err(Refusal::OutsideFrame));
}

#[test]
fn faces_that_cannot_be_measured_say_why() {
    let it = Scene::default;
    let too_coarse = read(&Scene { mm_per_pixel: 2.3, ..it() });
    assert!(matches!(too_coarse, Err(Refusal::TooCoarse { mm_per_pixel, .. }) if (mm_per_pixel.0 - 2.3).abs() < 0.05));
    let turned = read(&Scene { nose_aside: 14.0, ..it() });
    assert!(matches!(turned, Err(Refusal::Turned { yaw_deg, .. }) if 25.0 < yaw_deg.abs()), "{turned:?}");
    // Over the corners of the eyes, and beside them, where a fever of the corner still shows.
    for half in [24.0, 11.0] {
        let glasses = read(&Scene { glasses: Some((30.5, half)), canthus_above: 3.0, ..it() });
        assert_eq!(glasses, Err(Refusal::Eyewear { seen_by: SeenBy::Thermal }), "{half}");
    }
    let from_outdoors = read(&Scene { skin: 29.6, canthus_above: 5.0, temple_above: 1.0, ..it() });
    assert_eq!(from_outdoors, Err(Refusal::NotAcclimatised { wait_s: None }));
    let cold = read(&Scene { skin: 31.0, ..it() });
    assert_eq!(cold, Err(Refusal::NotAcclimatised { wait_s: None }));
    let kettle = read(&Scene { skin: 50.0, ..it() });
    assert!(matches!(kettle, Err(Refusal::Implausible { .. })), "{kettle:?}");
    let blind = read(&Scene { skin: f64::NAN, ..it() });
    assert_eq!(blind, Err(Refusal::NoSkin));
}

#[test]
fn moments_that_are_none_to_measure_in_say_why() {
    let scene = Scene::default();
    let read = |change: for<'a> fn(View<'a>) -> View<'a>| seen(&scene, scene.marks(), change);
    assert_eq!(read(|it| View { blurred: true, ..it }), Err(Refusal::Blurred));
    assert_eq!(read(|it| View { apart_ms: Some(-55.0), ..it }), Err(Refusal::NotTogether { apart_ms: -55.0 }));
    assert_eq!(read(|it| View { since_shutter_ms: Some(400.0), ..it }), Err(Refusal::Shutter));
    assert_eq!(read(|it| View { eyewear: true, ..it }), Err(Refusal::Eyewear { seen_by: SeenBy::Picture }));
    assert!(read(|it| View { apart_ms: Some(39.0), since_shutter_ms: Some(1_600.0), ..it }).is_ok());
}

#[test]
fn limits_hold_for_what_is_corrected() {
    // A camera that reads 4 K low: without its drift everybody would be cold.
    let scene = Scene { skin: 30.3, ..Scene::default() };
    assert!(read(&scene).is_err());
    let drift = Drift { shift: Kelvins(4.0), gain: 1.0, pivot: Celsius(35.0), u: Kelvins(0.1), at_ms: 0 };
    let pixels = scene.paint();
    let view = View {
        frame: scene.frame(&pixels),
        marks: scene.marks(),
        eyewear: false,
        blurred: false,
        apart_ms: None,
        since_shutter_ms: None,
        drift: Some(&drift),
    };
    let look = look(&view, &Limits::default()).unwrap();
    assert!((look.canthus.0 - 31.75).abs() < 0.06, "what is read stays as the camera shows it: {look:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn where_a_face_is_and_how_it_is_tilted_does_not_matter(
        x in 180.0..460.0_f64, y in 180.0..300.0_f64, roll_deg in -35.0..35.0_f64, mm_per_pixel in 0.8..1.2_f64,
    ) {
        let scene = Scene { at: Point { x, y }, roll_deg, mm_per_pixel, ..Scene::default() };
        let look = read(&scene).unwrap();
        prop_assert!((look.canthus.0 - 35.75).abs() < 0.09, "{look:?}");
        prop_assert!((look.scale.0 - mm_per_pixel).abs() < 0.02);
        prop_assert!(look.pose.yaw_deg.abs() < 1.0 && look.pose.pitch_deg.abs() < 1.0);
    }

    #[test]
    fn any_marks_in_any_frame_end_with_a_look_or_a_reason(
        points in prop::array::uniform5((-50.0..700.0_f64, -50.0..600.0_f64)),
        noise in prop::collection::vec(prop_oneof![4 => 20.0..45.0_f64, 1 => Just(f64::NAN)], 64 * 48),
    ) {
        let [a, b, c, d, e] = points.map(|(x, y)| Point { x, y });
        let marks = Landmarks {
            eyes: [body_temperature::Eye::Centre(a), body_temperature::Eye::Centre(b)], nose: c, mouth: [d, e],
        };
        let frame = body_temperature::Frame::new(64, 48, &noise).unwrap();
        let view = View {
            frame, marks, eyewear: false, blurred: false, apart_ms: None, since_shutter_ms: None, drift: None,
        };
        let limits = Limits { turn_max_deg: 90.0, mm_per_pixel_max: body_temperature::MillimetresPerPixel(9.0), ..Limits::default() };
        if let Ok(look) = look(&view, &limits) {
            prop_assert!(look.canthus.is_finite() && look.scale.is_finite());
        }
    }
}
