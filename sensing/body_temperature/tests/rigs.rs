//! Calibration files, and marks that they map.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

use body_temperature::{Eye, Landmarks, Millimetres, Point, Refusal, Rig, RigError};
use proptest::prelude::*;

const FILE: &str = r#"
version = 1
rig = "north gate"
calibrated_on = 2026-11-20
camera_model = "flir_a325sc"

[visible]
width_px = 1920
height_px = 1080
focal_px = [1500.0, 1500.0]
centre_px = [955.0, 545.0]
distortion = [-0.08, 0.01]

[thermal]
width_px = 640
height_px = 512
focal_px = [1040.0, 1041.0]
centre_px = [322.0, 250.0]
distortion = [-0.05, 0.0]

[thermal_from_visible]
rotation = [[0.99995, 0.0, 0.009999], [0.0, 1.0, 0.0], [-0.009999, 0.0, 0.99995]]
translation_mm = [40.0, -6.0, 3.0]
residual_mm = 1.5
depth_mm = [500, 3000]

[limits]
frames_min = 5

[[blackbody]]
set_c = 35.0
u_k = 0.05
emissivity = 0.97
place = { left = 20, top = 30, width = 40, height = 40 }
"#;

fn faults(file: &str) -> Vec<String> {
    match Rig::read(file) {
        Err(RigError::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_read_and_written_again() {
    let rig = Rig::read(FILE).unwrap();
    assert_eq!(rig.file().limits.mm_per_pixel_max.0, 2.0, "what is left out is as the reference has it");
    assert_eq!(Rig::read(&rig.to_toml().unwrap()).unwrap(), rig);
}

#[test]
fn what_no_installation_has_is_said_with_its_field() {
    let cases = [
        ("rig = \"north gate\"", "rig = \" \"", "rig"),
        ("2026-11-20", "2026-11-20T10:00:00", "calibrated_on"),
        ("height_px = 512", "height_px = 20000", "thermal.height_px"),
        ("focal_px = [1500.0, 1500.0]", "focal_px = [1500.0, 0.0]", "visible.focal_px"),
        ("focal_px = [1500.0, 1500.0]", "focal_px = [nan, 1500.0]", "visible.focal_px"),
        ("centre_px = [322.0, 250.0]", "centre_px = [322.0, 999.0]", "thermal.centre_px"),
        ("distortion = [-0.05, 0.0]", "distortion = [-9.0, 0.0]", "thermal.distortion"),
        ("[0.0, 1.0, 0.0]", "[0.0, -1.0, 0.0]", "thermal_from_visible.rotation"),
        ("[0.0, 1.0, 0.0]", "[0.0, 1.1, 0.0]", "thermal_from_visible.rotation"),
        ("translation_mm = [40.0", "translation_mm = [inf", "thermal_from_visible.translation_mm"),
        ("residual_mm = 1.5", "residual_mm = -1.0", "thermal_from_visible.residual_mm"),
        ("depth_mm = [500, 3000]", "depth_mm = [3000, 500]", "thermal_from_visible.depth_mm"),
        ("frames_min = 5", "frames_min = 0", "limits.frames_min"),
        ("frames_min = 5", "mm_per_pixel_max = 6.0", "limits.mm_per_pixel_max"),
        ("frames_min = 5", "turn_max_deg = 60.0", "limits.turn_max_deg"),
        ("frames_min = 5", "misplaced_max_mm = 30.0", "limits.misplaced_max_mm"),
        ("frames_min = 5", "apart_max_ms = 0.0", "limits.apart_max_ms"),
        ("frames_min = 5", "shutter_wait_ms = -1.0", "limits.shutter_wait_ms"),
        ("set_c = 35.0", "set_c = 70.0", "blackbody[0].set_c"),
        ("u_k = 0.05", "u_k = nan", "blackbody[0].u_k"),
        ("emissivity = 0.97", "emissivity = 0.3", "blackbody[0].emissivity"),
        ("left = 20", "left = 620", "blackbody[0].place"),
        ("left = 20", "left = 4294967295", "blackbody[0].place"),
    ];
    for (from, to, field) in cases {
        assert!(FILE.contains(from), "{from}");
        // What follows from it may be said too.
        assert_eq!(faults(&FILE.replacen(from, to, 1))[0], field, "{to}");
    }
}

#[test]
fn two_blackbodies_stand_apart() {
    let other = |set: f64, left: u32| {
        format!(
            "{FILE}\n[[blackbody]]\nset_c = {set}\nu_k = 0.05\nemissivity = 0.97\nplace = {{ left = {left}, top = 30, width = 40, height = 40 }}\n"
        )
    };
    assert!(Rig::read(&other(39.0, 100)).is_ok());
    assert_eq!(faults(&other(36.0, 100)), ["blackbody[1].set_c"]);
    assert_eq!(faults(&other(39.0, 50)), ["blackbody[1].place"]);
}

#[test]
fn what_is_no_such_file_is_said_with_its_key() {
    let said = |file: &str| Rig::read(file).unwrap_err().to_string();
    assert_eq!(Rig::read(&FILE.replace("version = 1", "version = 2\nnew = true")), Err(RigError::Version(2)));
    assert!(said(&FILE.replace("residual_mm = 1.5", "")).contains("residual_mm"));
    assert!(said(&FILE.replace("residual_mm = 1.5", "residual_mm = \"1.5\"")).contains("residual_mm"));
    assert!(said(&FILE.replace("residual_mm", "residuals_mm")).contains("residuals_mm"));
    assert!(said("version = 1").contains("rig"));
    assert_eq!(Rig::read(&"#".repeat(70_000)), Err(RigError::TooLong));
}

/// Projects a point before the visible camera into both, by the textbook and not by the crate.
fn both(rig: &Rig, [x, y, z]: [f64; 3]) -> (Point, Point) {
    let file = rig.file();
    let project = |lens: &body_temperature::Lens, [x, y, z]: [f64; 3]| {
        let (u, v) = (x / z, y / z);
        let r2 = u * u + v * v;
        let bend = 1.0 + lens.distortion[0] * r2 + lens.distortion[1] * r2 * r2;
        Point { x: lens.focal_px[0] * u * bend + lens.centre_px[0], y: lens.focal_px[1] * v * bend + lens.centre_px[1] }
    };
    let (r, t) = (file.thermal_from_visible.rotation, file.thermal_from_visible.translation_mm);
    let row = |idx: usize| r[idx][0] * x + r[idx][1] * y + r[idx][2] * z + t[idx];
    (project(&file.visible, [x, y, z]), project(&file.thermal, [row(0), row(1), row(2)]))
}

/// A flat face at a place, its pupils so far apart, in both images.
fn face(rig: &Rig, [x, y, z]: [f64; 3], pupils: f64) -> (Landmarks, Landmarks) {
    let at = |dx: f64, dy: f64| both(rig, [x + dx, y + dy, z]);
    let points = [at(-pupils / 2.0, 0.0), at(pupils / 2.0, 0.0), at(0.0, 36.0), at(-26.0, 72.0), at(26.0, 72.0)];
    let marks =
        |[a, b, c, d, e]: [Point; 5]| Landmarks { eyes: [Eye::Centre(a), Eye::Centre(b)], nose: c, mouth: [d, e] };
    (marks(points.map(|it| it.0)), marks(points.map(|it| it.1)))
}

fn apart(one: &Landmarks, other: &Landmarks) -> f64 {
    let all = |it: &Landmarks| [it.eyes[0].centre(), it.eyes[1].centre(), it.nose, it.mouth[0], it.mouth[1]];
    let gaps = all(one).into_iter().zip(all(other)).map(|(a, b)| (a.x - b.x).hypot(a.y - b.y));
    gaps.fold(0.0, f64::max)
}

proptest! {
    #[test]
    fn marks_of_a_face_land_where_the_thermal_camera_sees_them(
        x in -150.0..150.0_f64, y in -120.0..60.0_f64, z in 600.0..2_900.0_f64,
    ) {
        let rig = Rig::read(FILE).unwrap();
        let (visible, thermal) = face(&rig, [x, y, z], 63.0);
        let mapped = rig.map(&visible).unwrap();
        prop_assert!((mapped.depth_mm.0 - z).abs() < 0.01 * z, "{:?} of {z}", mapped.depth_mm);
        // A hundredth of the distance, over a base of 40 mm: 0.4 mm, and a pixel spans half a millimetre where it is nearest.
        prop_assert!(apart(&mapped.marks, &thermal) < 1.0, "{}", apart(&mapped.marks, &thermal));
    }

    #[test]
    fn other_eyes_move_marks_no_further_than_is_said(pupils in 55.4..70.6_f64, z in 700.0..2_600.0_f64) {
        let rig = Rig::read(FILE).unwrap();
        let (visible, thermal) = face(&rig, [0.0, 0.0, z], pupils);
        let mapped = rig.map(&visible).unwrap();
        let mm = apart(&mapped.marks, &thermal) * z / 1040.0;
        prop_assert!(mm < 2.3 * mapped.misplaced_mm.0, "{mm} mm, said {:?}", mapped.misplaced_mm);
    }
}

#[test]
fn what_cannot_be_mapped_says_why() {
    let rig = Rig::read(FILE).unwrap();
    let (far, _) = face(&rig, [0.0, 0.0, 4_000.0], 63.0);
    assert!(matches!(rig.map(&far), Err(Refusal::TooNearOrFar { depth_mm: Millimetres(it) }) if 3_900.0 < it));
    let (visible, _) = face(&rig, [0.0, 0.0, 1_000.0], 63.0);
    let wide = Rig::read(&FILE.replace("[40.0,", "[120.0,")).unwrap();
    assert!(matches!(wide.map(&visible), Err(Refusal::Misplaced { .. })));
    let nothing = Landmarks { mouth: [visible.nose, visible.nose], nose: visible.eyes[0].centre(), ..visible };
    let nowhere = Landmarks { nose: Point { x: f64::NAN, y: 0.0 }, ..visible };
    let no_eyes = Landmarks { eyes: [visible.eyes[0]; 2], ..visible };
    for it in [nowhere, no_eyes] {
        assert_eq!(rig.map(&it), Err(Refusal::NoFace));
    }
    let _ = rig.map(&nothing);
}
