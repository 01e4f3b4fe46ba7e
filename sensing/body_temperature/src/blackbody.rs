//! A body of known temperature in the thermal frame tells how far the camera has drifted, unless something is wrong with it.

use serde::{Deserialize, Serialize};

use crate::frame::{Frame, Rect};
use crate::order::{count, mean_and_sd, median};
use crate::units::{Celsius, Kelvins};

/// Two bodies are at least so far apart: a gain from less is noise.
pub const POINTS_APART_K: f64 = 2.0;
/// A camera whose gain is further off than this is broken, or a body is.
const GAIN: std::ops::RangeInclusive<f64> = 0.9..=1.1;
/// Of the plate's width and height, so much in its middle is measured.
const INNER: f64 = 0.6;
/// Fewer pixels than this square in the middle are too few (thermal.md section 1.4, as the next two).
const SIDE_MIN_PX: usize = 5;
/// More spread than this in the middle is no plate of one temperature.
const SD_MAX_K: f64 = 0.2;
/// A larger step from one look to the next is no drift.
const STEP_MAX_K: f64 = 0.5;
/// Cameras without a reference are right within this; what reads further off is not the body but something before it.
const COVERED_K: f64 = 5.0;
/// Plate and surroundings that look alike though they should not are covered by the same cloth.
const CONTRAST_K: f64 = 0.5;
/// Pixels that belong to the plate, by their temperature.
const ALIKE_K: f64 = 1.0;
/// A plate that lies further off than this, in pixels or in shares of its size, has moved.
const MOVED_PX: f64 = 1.5;
const MOVED_SHARE: f64 = 0.15;
/// How long the correction follows behind.
const FOLLOWS_MS: f64 = 10_000.0;
/// After this long without a good look the old correction says nothing.
const FORGOTTEN_MS: u64 = 300_000;
/// What is left after a correction, one standard deviation: between 0.05 and 0.15 (thermal.md section 4, step 6).
const RESIDUAL: Kelvins = Kelvins(0.08);
const ZERO_C_K: f64 = 273.15;

/// A blackbody in the calibration file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blackbody {
    /// What it is set to.
    pub set_c: Celsius,
    /// How well its maker knows that, one standard deviation.
    pub u_k: Kelvins,
    /// Of its face.
    pub emissivity: f64,
    /// Its face in the thermal frame, whole.
    pub place: Rect,
}

/// What radiation meets on its way, for bodies that are not black.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surroundings {
    /// What the camera was told of the emissivity of all that it sees.
    pub camera_emissivity: f64,
    /// What bodies mirror: the room.
    pub reflected: Celsius,
    /// From here on the camera cannot tell; none where it is not known.
    pub saturated_from: Option<Celsius>,
}

/// Why a blackbody was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum BlackbodyRefusal {
    /// It does not lie in this frame.
    OutsideFrame,
    /// Its middle has too few pixels.
    TooSmall {
        /// The shorter side of what is measured, in pixels.
        side_px: usize,
    },
    /// The camera cannot tell, or gave no temperature.
    Saturated {
        /// So many pixels.
        n: usize,
    },
    /// It is not where it was.
    Moved {
        /// So many pixels.
        by_px: f64,
    },
    /// Something stands before it, or it is off.
    Covered {
        /// What it should read, over what it reads.
        by_k: Kelvins,
    },
    /// It is not of one temperature.
    Unsteady {
        /// The spread in its middle.
        sd_k: Kelvins,
    },
    /// It reads another temperature than a moment ago, and the camera did not look at its shutter.
    Step {
        /// By so much.
        by_k: Kelvins,
    },
    /// Of two bodies: they read nearly the same.
    TooClose {
        /// Apart by so much.
        by_k: Kelvins,
    },
    /// Of two bodies: no camera has such a gain.
    Gain {
        /// The gain.
        gain: f64,
    },
}

/// One body, seen in one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sighting {
    /// What a camera without drift would read.
    pub expected: Celsius,
    /// What this one reads.
    pub read: Celsius,
    /// How well the body is known.
    pub u: Kelvins,
}

/// How far the camera has drifted, as it is taken off what it reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// Added at the pivot.
    pub shift: Kelvins,
    /// Beside the pivot what is read is stretched by this; 1 with one body.
    pub gain: f64,
    /// What is read where only the shift counts.
    pub pivot: Celsius,
    /// One standard deviation of what is left.
    pub u: Kelvins,
    /// When it was followed last, in milliseconds of the same clock as the next time.
    pub at_ms: u64,
}

impl Drift {
    /// Whether it still says something at a later moment of the same clock.
    pub const fn holds_at(&self, now_ms: u64) -> bool {
        now_ms >= self.at_ms && now_ms - self.at_ms <= FORGOTTEN_MS
    }

    /// What the camera would have read.
    pub fn corrected(&self, read: Celsius) -> Celsius {
        read + self.shift + (read - self.pivot) * (self.gain - 1.0)
    }
}

impl Blackbody {
    /// Looks at it in one frame.
    ///
    /// # Errors
    /// Why it is not believed.
    pub fn look(&self, frame: &Frame<'_>, around: &Surroundings) -> Result<Sighting, BlackbodyRefusal> {
        let middle = frame.values_at(inner(self.place)).ok_or(BlackbodyRefusal::OutsideFrame)?;
        if frame.values_at(self.place).is_none() {
            return Err(BlackbodyRefusal::OutsideFrame);
        }
        let side_px = shorter_side(inner(self.place));
        if side_px < SIDE_MIN_PX {
            return Err(BlackbodyRefusal::TooSmall { side_px });
        }
        let tells = |it: f64| it.is_finite() && around.saturated_from.is_none_or(|from| it < from.0);
        let n = middle.iter().filter(|it| !tells(**it)).count();
        let read = match median(middle.iter().copied()) {
            Some(read) if n == 0 => read,
            _ => return Err(BlackbodyRefusal::Saturated { n }),
        };
        let expected = self.reads(around);
        self.in_place(frame, read, expected)?;
        let sd = mean_and_sd(&middle).map_or(f64::INFINITY, |(_, sd)| sd);
        match sd <= SD_MAX_K {
            true => Ok(Sighting { expected, read: Celsius(read), u: self.u_k }),
            false => Err(BlackbodyRefusal::Unsteady { sd_k: Kelvins(sd) }),
        }
    }

    /// Whether the plate lies where the file says, and is seen.
    fn in_place(&self, frame: &Frame<'_>, read: f64, expected: Celsius) -> Result<(), BlackbodyRefusal> {
        let off = expected.0 - read;
        let near = if off.abs() <= COVERED_K { read } else { expected.0 };
        let (n, by_px) = cluster(frame, self.place, near);
        let size = f64::from(self.place.width) * f64::from(self.place.height);
        let shorter = f64::from(self.place.width.min(self.place.height));
        let like_it = (0.7 * size..=1.5 * size).contains(&count(n));
        if like_it && MOVED_PX.max(MOVED_SHARE * shorter) < by_px {
            return Err(BlackbodyRefusal::Moved { by_px });
        }
        let ring = median(ring(frame, self.place));
        let hidden = ring.is_some_and(|it| (read - it).abs() < CONTRAST_K && 2.0 < (expected.0 - it).abs());
        match COVERED_K < off.abs() || hidden {
            true => Err(BlackbodyRefusal::Covered { by_k: Kelvins(off) }),
            false => Ok(()),
        }
    }

    /// What a camera without drift reads of it: its own radiation and what it mirrors, over what the camera was told of all
    /// that it sees (thermal.md section 1.4, by fourth powers).
    fn reads(&self, around: &Surroundings) -> Celsius {
        let [own, room] = [self.set_c.0, around.reflected.0].map(|it| (it + ZERO_C_K).powi(4));
        let told = around.camera_emissivity;
        let seen = (self.emissivity * own + (told - self.emissivity) * room) / told;
        Celsius(seen.max(0.0).powf(0.25) - ZERO_C_K)
    }
}

/// Follows the drift: by one body its shift, by two its gain too.
///
/// # Errors
/// Why these sightings are not believed. The drift before still holds for who wants to wait; how old it is it says itself.
pub fn follow(before: Option<&Drift>, seen: &[Sighting], at_ms: u64, shutter: bool) -> Result<Drift, BlackbodyRefusal> {
    let (shift, gain, pivot, u) = match seen {
        [] => return Err(BlackbodyRefusal::OutsideFrame),
        [one] => (one.expected - one.read, 1.0, one.read, one.u),
        [one, other, ..] => {
            let apart = other.read - one.read;
            if apart.abs().0 < POINTS_APART_K {
                return Err(BlackbodyRefusal::TooClose { by_k: apart.abs() });
            }
            let gain = (other.expected - one.expected).0 / apart.0;
            if !GAIN.contains(&gain) {
                return Err(BlackbodyRefusal::Gain { gain });
            }
            let half = |a: Celsius, b: Celsius| Celsius(f64::midpoint(a.0, b.0));
            let pivot = half(one.read, other.read);
            (half(one.expected, other.expected) - pivot, gain, pivot, one.u.with(other.u) * 0.5)
        }
    };
    let fresh = Drift { shift, gain, pivot, u: u.with(RESIDUAL), at_ms };
    let Some(before) = before.filter(|it| it.holds_at(at_ms) && !shutter) else { return Ok(fresh) };
    let ms = u32::try_from(at_ms - before.at_ms).map_or(f64::INFINITY, f64::from);
    let by = fresh.shift - before.shift;
    if STEP_MAX_K < by.abs().0 {
        return Err(BlackbodyRefusal::Step { by_k: by });
    }
    let share = 1.0 - (-ms / FOLLOWS_MS).exp();
    Ok(Drift { shift: before.shift + by * share, gain: before.gain + (gain - before.gain) * share, ..fresh })
}

/// The middle of a plate.
fn inner(place: Rect) -> Rect {
    let (left, width) = middle_of(place.left, place.width);
    let (top, height) = middle_of(place.top, place.height);
    Rect { left, top, width, height }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count"
)]
fn middle_of(from: u32, length: u32) -> (u32, u32) {
    let edge = (f64::from(length) * (1.0 - INNER) / 2.0) as u32;
    (from.saturating_add(edge), length - 2 * edge)
}

fn shorter_side(place: Rect) -> usize {
    usize::try_from(place.width.min(place.height)).unwrap_or(usize::MAX)
}

/// A plate's rectangle made larger by half of its size on each side, as far as the frame goes.
fn window(frame: &Frame<'_>, place: Rect) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    let [left, top, width, height] =
        [place.left, place.top, place.width, place.height].map(|it| usize::try_from(it).unwrap_or(usize::MAX));
    let side = |from: usize, length: usize, pixels: usize| {
        from.saturating_sub(length / 2)..from.saturating_add(length).saturating_add(length / 2).min(pixels)
    };
    (side(left, width, frame.width()), side(top, height, frame.height()))
}

fn around<'f>(frame: &'f Frame<'_>, place: Rect) -> impl Iterator<Item = (usize, usize, f64)> + 'f {
    let (columns, rows) = window(frame, place);
    let places = rows.flat_map(move |y| columns.clone().map(move |x| (x, y)));
    places.filter_map(|(x, y)| frame.at(x, y).map(|it| (x, y, it)))
}

/// How many pixels around a plate are of a temperature, and how far their middle is from the plate's, in pixels.
fn cluster(frame: &Frame<'_>, place: Rect, near: f64) -> (usize, f64) {
    let alike = around(frame, place).filter(|(_, _, it)| (it - near).abs() <= ALIKE_K);
    let (n, x, y) = alike.fold((0, 0.0, 0.0), |(n, x, y), (at_x, at_y, _)| (n + 1, x + count(at_x), y + count(at_y)));
    let middle = |from: u32, length: u32| f64::from(from) + (f64::from(length) - 1.0) / 2.0;
    let (dx, dy) = (x / count(n) - middle(place.left, place.width), y / count(n) - middle(place.top, place.height));
    (n, if n == 0 { 0.0 } else { dx.hypot(dy) })
}

/// What lies around a plate.
fn ring<'f>(frame: &'f Frame<'_>, place: Rect) -> impl Iterator<Item = f64> + 'f {
    let inside = move |x: usize, y: usize| {
        let within = |at: usize, from: u32, length: u32| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            from <= at && at < from.saturating_add(length)
        };
        within(x, place.left, place.width) && within(y, place.top, place.height)
    };
    around(frame, place).filter(move |(x, y, _)| !inside(*x, *y)).map(|(_, _, it)| it)
}
