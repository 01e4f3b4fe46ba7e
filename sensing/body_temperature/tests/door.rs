//! From marks in the visible image to a decision, the whole way.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on stops loudly")]

mod scene;

use body_temperature::*;
use scene::Scene;

const RIG: &str = r#"
version = 1
rig = "north gate"
calibrated_on = 2026-11-20
camera_model = "flir_a325sc"
visible = { width_px = 1920, height_px = 1080, focal_px = [1500.0, 1500.0], centre_px = [960.0, 540.0] }
thermal = { width_px = 640, height_px = 512, focal_px = [1000.0, 1000.0], centre_px = [320.0, 256.0] }

[thermal_from_visible]
rotation = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
translation_mm = [30.0, 0.0, 0.0]
residual_mm = 1.0
depth_mm = [500, 2500]

[[blackbody]]
set_c = 35.0
u_k = 0.05
emissivity = 0.98
place = { left = 10, top = 10, width = 40, height = 40 }
"#;
/// How far the camera is off.
const DRIFT: f64 = -0.6;
const DEPTH_MM: f64 = 900.0;

/// A person of some skin temperature before the gate: what the thermal camera shows, and the marks in the visible image.
fn person(skin: f64, plate: f64) -> (Scene, Landmarks) {
    // Between the eyes, 20 mm left of the visible camera's axis and 30 above it.
    let (x, y) = (-20.0, -30.0);
    let mm_per_pixel = DEPTH_MM / 1000.0;
    let plate = (Rect { left: 10, top: 10, width: 40, height: 40 }, plate + DRIFT);
    let at = Point { x: 320.0 + (x + 30.0) / mm_per_pixel, y: 256.0 + y / mm_per_pixel };
    let scene = Scene { at, mm_per_pixel, skin: skin + DRIFT, plates: vec![plate], ..Scene::default() };
    let seen = |right: f64, down: f64| {
        let to_px = 1500.0 / DEPTH_MM;
        Point { x: 960.0 + (x + right) * to_px, y: 540.0 + (y + down) * to_px }
    };
    let marks = Landmarks {
        eyes: [Eye::Centre(seen(-31.5, 0.0)), Eye::Centre(seen(31.5, 0.0))],
        nose: seen(0.0, 36.0),
        mouth: [seen(-26.0, 72.0), seen(26.0, 72.0)],
    };
    (scene, marks)
}

fn at_the_gate(skin: f64, plate: f64, people: &Cohort) -> (Decision, Result<Estimate, Refused>) {
    let rig = Rig::read(RIG).unwrap();
    let file = rig.file();
    let (scene, marks) = person(skin, plate);
    let pixels = scene.paint();
    let frame = scene.frame(&pixels);
    let around =
        Surroundings { camera_emissivity: 0.98, reflected: Celsius(23.0), saturated_from: Some(Celsius(80.0)) };
    let bodies: Result<Vec<Sighting>, _> = file.blackbody.iter().map(|it| it.look(&frame, &around)).collect();
    let drift = bodies.and_then(|seen| follow(None, &seen, 0, false));
    let view = View {
        frame,
        marks: rig.map(&marks).unwrap().marks,
        eyewear: false,
        blurred: false,
        apart_ms: Some(12.0),
        since_shutter_ms: None,
        drift: drift.as_ref().ok(),
    };
    let looks: Vec<Look> = (0..5).filter_map(|_| look(&view, &file.limits).ok()).collect();
    let site = Installation::of(file.camera_model, file.limits, 0.01, Policy::default());
    let now = Conditions {
        air: Celsius(23.0),
        air_u: Kelvins(0.5),
        reference: Reference::of(Some(drift), people.shift(600_000)),
        arrival: Arrival { indoors_s: Some(1_200.0), outdoors: Some(Celsius(5.0)) },
    };
    let measured = estimate(&site, &looks, &now);
    (decide(&site.policy, &measured), measured)
}

#[test]
fn who_is_well_is_cleared_and_who_is_hot_is_measured_again() {
    let (decision, measured) = at_the_gate(34.1, 35.0, &Cohort::default());
    assert_eq!(decision.state, State::Clear, "{measured:?}");
    // Skin 34.1, the corner 1.45 and the temple 1.4 above it: offsets, a degree of air, and the gain about 36.9.
    let level = ((34.1 + 1.45 + 1.267 + 0.079) + (34.1 + 1.47 + 1.11 + 0.068)) / 2.0;
    assert!((measured.unwrap().body_c.0 - (36.9 + 1.12 * (level - 36.9))).abs() < 0.1, "the drift is taken off");
    let (decision, measured) = at_the_gate(36.0, 35.0, &Cohort::default());
    assert_eq!(decision.state, State::Alarm, "{measured:?}");
}

#[test]
fn a_covered_blackbody_clears_nobody_until_enough_people_stand_in_for_it() {
    let (decision, refused) = at_the_gate(34.1, 22.0, &Cohort::default());
    let refused = refused.unwrap_err();
    assert_eq!(decision.state, State::Recheck);
    let [Refusal::NoReference { blackbody: Some(BlackbodyRefusal::Covered { .. }) }] = *refused.refusals else {
        unreachable!("{refused:?}")
    };
    let mut people = Cohort::default();
    for minute in 0..10 {
        people.admit(minute * 60_000, refused.unreferenced.unwrap(), None, Standing::ClinicallyNormal);
    }
    let (decision, estimate) = at_the_gate(34.1, 22.0, &people);
    assert_eq!(decision.state, State::Clear, "{estimate:?}");
    assert!((estimate.unwrap().body_c - USUAL).abs() < Kelvins(0.01), "ten alike are what is usual");
}
