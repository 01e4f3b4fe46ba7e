//! What an installation can be.

use crate::blackbody::{Blackbody, POINTS_APART_K};
use crate::frame::Rect;
use crate::rig::{Fault, Lens, Limits, Placement, RigFile};

/// How far rows of a rotation may be from what a rotation's are.
const ROTATION_TOLERANCE: f64 = 1e-3;

/// Collects what is wrong.
struct Checks(Vec<Fault>);

impl Checks {
    fn must(&mut self, holds: bool, field: impl Into<String>, must: &'static str) {
        if !holds {
            self.0.push(Fault { field: field.into(), must });
        }
    }

    fn between(&mut self, value: f64, [from, to]: [f64; 2], field: impl Into<String>, must: &'static str) {
        self.must((from..=to).contains(&value), field, must);
    }
}

/// Every field that cannot be so.
pub(crate) fn faults_of(file: &RigFile) -> Vec<Fault> {
    let mut checks = Checks(Vec::new());
    let n_letters = file.rig.trim().chars().count();
    checks.must((1..=64).contains(&n_letters), "rig", "a name of 1 to 64 letters");
    let day = file.calibrated_on;
    checks.must(day.date.is_some() && day.time.is_none(), "calibrated_on", "a date without a time, such as 2026-11-20");
    lens(&mut checks, "visible", &file.visible);
    lens(&mut checks, "thermal", &file.thermal);
    placement(&mut checks, &file.thermal_from_visible);
    limits(&mut checks, &file.limits);
    checks.must(file.blackbody.len() <= 2, "blackbody", "none, one or two");
    for (idx, it) in file.blackbody.iter().enumerate() {
        blackbody(&mut checks, &format!("blackbody[{idx}]"), it, &file.thermal);
    }
    if let [first, second] = file.blackbody.as_slice() {
        let apart = (first.set_c - second.set_c).abs().0;
        checks.must(POINTS_APART_K <= apart, "blackbody[1].set_c", "at least 2 kelvins from the other one's");
        checks.must(!overlap(first.place, second.place), "blackbody[1].place", "beside the other one's, not over it");
    }
    checks.0
}

fn lens(checks: &mut Checks, name: &str, it: &Lens) {
    let [width, height] = [f64::from(it.width_px), f64::from(it.height_px)];
    let sizes = [("width_px", width), ("height_px", height)];
    for (field, pixels) in sizes {
        checks.between(pixels, [16.0, 16_384.0], format!("{name}.{field}"), "16 to 16384");
    }
    let [fx, fy] = it.focal_px;
    let possible = |focal: f64| (0.1 * width..=100.0 * width).contains(&focal);
    checks.must(
        possible(fx) && possible(fy),
        format!("{name}.focal_px"),
        "two numbers between a tenth and a hundred times the width",
    );
    let [cx, cy] = it.centre_px;
    let inside = (0.0..=width).contains(&cx) && (0.0..=height).contains(&cy);
    checks.must(inside, format!("{name}.centre_px"), "a place inside the image");
    // Where the outermost corner lies in the plane at distance one; the distortion must not fold back before it.
    let far = |centre: f64, pixels: f64, focal: f64| centre.max(pixels - centre) / focal;
    let r2 = far(cx, width, fx).powi(2) + far(cy, height, fy).powi(2);
    let [k1, k2] = it.distortion;
    let folds = |share: f64| 1.0 + 3.0 * k1 * (r2 * share) + 5.0 * k2 * (r2 * share).powi(2) <= 0.1;
    let sane = k1.is_finite() && k2.is_finite() && !(1..=10_u8).any(|it| folds(f64::from(it) / 10.0 * 1.5));
    checks.must(sane, format!("{name}.distortion"), "two numbers under which the image does not fold over itself");
}

fn placement(checks: &mut Checks, it: &Placement) {
    checks.must(
        is_rotation(&it.rotation),
        "thermal_from_visible.rotation",
        "three rows of a rotation: at right angles, of length one, not mirrored",
    );
    let near = it.translation_mm.iter().all(|it| it.abs() <= 1_000.0);
    checks.must(near, "thermal_from_visible.translation_mm", "three lengths up to 1000");
    checks.between(it.residual_mm.0, [0.0, 20.0], "thermal_from_visible.residual_mm", "0 to 20");
    let [nearest, farthest] = it.depth_mm;
    let possible = 200.0 <= nearest && nearest < farthest && farthest <= 20_000.0;
    checks.must(
        possible,
        "thermal_from_visible.depth_mm",
        "the nearest and the farthest distance, between 200 and 20000",
    );
}

fn is_rotation(rows: &[[f64; 3]; 3]) -> bool {
    let dot = |[a, b, c]: [f64; 3], [x, y, z]: [f64; 3]| a * x + b * y + c * z;
    let cross = |[a, b, c]: [f64; 3], [x, y, z]: [f64; 3]| [b * z - c * y, c * x - a * z, a * y - b * x];
    let [first, second, third] = *rows;
    let near = |value: f64, wanted: f64| (value - wanted).abs() <= ROTATION_TOLERANCE;
    let lengths = [first, second, third].into_iter().all(|it| near(dot(it, it), 1.0));
    let angles = [dot(first, second), dot(second, third), dot(first, third)].into_iter().all(|it| near(it, 0.0));
    lengths && angles && near(dot(cross(first, second), third), 1.0)
}

fn limits(checks: &mut Checks, it: &Limits) {
    checks.between(it.mm_per_pixel_max.0, [0.2, 4.0], "limits.mm_per_pixel_max", "0.2 to 4");
    checks.between(it.turn_max_deg, [5.0, 30.0], "limits.turn_max_deg", "5 to 30");
    checks.between(it.misplaced_max_mm.0, [1.0, 10.0], "limits.misplaced_max_mm", "1 to 10");
    checks.between(it.apart_max_ms, [1.0, 200.0], "limits.apart_max_ms", "1 to 200");
    checks.between(it.shutter_wait_ms, [0.0, 10_000.0], "limits.shutter_wait_ms", "0 to 10000");
    checks.must((1..=100).contains(&it.frames_min), "limits.frames_min", "1 to 100");
}

fn blackbody(checks: &mut Checks, name: &str, it: &Blackbody, thermal: &Lens) {
    checks.between(it.set_c.0, [25.0, 45.0], format!("{name}.set_c"), "25 to 45");
    checks.between(it.u_k.0, [0.0, 0.5], format!("{name}.u_k"), "0 to 0.5");
    checks.between(it.emissivity, [0.8, 1.0], format!("{name}.emissivity"), "0.8 to 1");
    let Rect { left, top, width, height } = it.place;
    let fits =
        |from: u32, length: u32, pixels: u32| 0 < length && from.checked_add(length).is_some_and(|it| it <= pixels);
    let inside = fits(left, width, thermal.width_px) && fits(top, height, thermal.height_px);
    checks.must(inside, format!("{name}.place"), "inside the thermal frame");
}

fn overlap(a: Rect, b: Rect) -> bool {
    let meet =
        |a: u32, a_length: u32, b: u32, b_length: u32| a < b.saturating_add(b_length) && b < a.saturating_add(a_length);
    meet(a.left, a.width, b.left, b.width) && meet(a.top, a.height, b.top, b.height)
}
