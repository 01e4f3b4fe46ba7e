//! From marks in the visible image to the thermal frame: the homography that the plane of a face induces, whose distance
//! the eyes tell.
//!
//! `x_t ~ K_t (R + t nᵀ / d) K_v⁻¹ x_v` (Hartley, Zisserman: Multiple View Geometry, 2nd edition, section 13.1; thermal.md
//! section 4), with `n` along the visible camera's axis. Lenses are straightened before it and bent after it.

use crate::face::{BETWEEN_PUPILS, BETWEEN_PUPILS_SD, Face, Landmarks};
use crate::reasons::Refusal;
use crate::rig::{Lens, Rig};
use crate::units::{Millimetres, Point};

/// Rounds of taking a lens's bend off; each makes the error smaller by a factor that the check of the file keeps below one.
const ROUNDS: usize = 30;

/// A face's marks in the thermal frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mapped {
    /// The marks.
    pub marks: Landmarks,
    /// How far the face is from the visible camera, by its eyes.
    pub depth_mm: Millimetres,
    /// How far off the marks may lie on the face, one standard deviation: what the calibration left, and that no two
    /// people's eyes are equally far apart.
    pub misplaced_mm: Millimetres,
}

impl Rig {
    /// Maps marks of the visible image into the thermal frame.
    ///
    /// # Errors
    /// When they are no face, its distance is none that was calibrated, or the marks may lie too far off.
    pub fn map(&self, marks: &Landmarks) -> Result<Mapped, Refusal> {
        let file = self.file();
        let [nearest, farthest] = file.thermal_from_visible.depth_mm;
        let depth = self.depth_of(marks)?;
        if !(nearest..=farthest).contains(&depth.0) {
            return Err(Refusal::TooNearOrFar { depth_mm: depth });
        }
        let misplaced_mm = self.misplaced();
        if file.limits.misplaced_max_mm < misplaced_mm {
            return Err(Refusal::Misplaced { by_mm: misplaced_mm });
        }
        let marks = marks.each(|it| self.map_point(it, depth)).ok_or(Refusal::OutsideFrame)?;
        Ok(Mapped { marks, depth_mm: depth, misplaced_mm })
    }

    /// How far a face is, by its eyes; a face that looks aside is not farther for that.
    fn depth_of(&self, marks: &Landmarks) -> Result<Millimetres, Refusal> {
        let pose = Face::of(marks)?.pose;
        let [first, second] = marks.eyes.map(|it| self.file().visible.straightened(it.centre()));
        let between = second.minus(first).length();
        let depth = BETWEEN_PUPILS.0 * pose.yaw_deg.to_radians().cos() / between;
        match depth.is_finite() {
            true => Ok(Millimetres(depth)),
            false => Err(Refusal::NoFace),
        }
    }

    /// The part of the translation across the axis acts like `t / d`: an error of the distance moves marks by its share of
    /// `t`.
    fn misplaced(&self) -> Millimetres {
        let placement = &self.file().thermal_from_visible;
        let [x, y, _] = placement.translation_mm;
        let by_eyes = x.hypot(y) * BETWEEN_PUPILS_SD.0 / BETWEEN_PUPILS.0;
        Millimetres(placement.residual_mm.0.hypot(by_eyes))
    }

    /// One place at a distance; none when it lies behind the thermal camera.
    pub fn map_point(&self, at: Point, depth: Millimetres) -> Option<Point> {
        let file = self.file();
        let ray = file.visible.straightened(at);
        let [r1, r2, r3] = file.thermal_from_visible.rotation;
        let [tx, ty, tz] = file.thermal_from_visible.translation_mm;
        let row = |[a, b, c]: [f64; 3], t: f64| a * ray.x + b * ray.y + c + t / depth.0;
        let (x, y, z) = (row(r1, tx), row(r2, ty), row(r3, tz));
        let there = file.thermal.bent(Point { x: x / z, y: y / z });
        (0.0 < z && there.is_finite()).then_some(there)
    }
}

impl Lens {
    /// A pixel as a place in the plane at distance one, the lens's bend taken off.
    pub(crate) fn straightened(&self, at: Point) -> Point {
        let ([fx, fy], [cx, cy]) = (self.focal_px, self.centre_px);
        let seen = Point { x: (at.x - cx) / fx, y: (at.y - cy) / fy };
        let mut straight = seen;
        for _ in 0..ROUNDS {
            straight = seen.times(1.0 / self.stretch(straight));
        }
        straight
    }

    /// The pixel of a place in the plane at distance one.
    pub(crate) fn bent(&self, at: Point) -> Point {
        let ([fx, fy], [cx, cy]) = (self.focal_px, self.centre_px);
        let seen = at.times(self.stretch(at));
        Point { x: seen.x * fx + cx, y: seen.y * fy + cy }
    }

    fn stretch(&self, at: Point) -> f64 {
        let ([k1, k2], r2) = (self.distortion, at.dot(at));
        1.0 + k1 * r2 + k2 * r2 * r2
    }
}
