//! A frame of temperatures, and what is hottest in a part of it.

use serde::{Deserialize, Serialize};

use crate::order::{MAD_TO_SD, median_of};
use crate::units::{Celsius, Point};

/// Pixels whose mean stands for the hottest spot (reference: thermal.md section 4, step 2).
pub const HOTTEST_PIXELS: usize = 4;
/// A pixel that stands out from its neighbours by more than this many of their deviations is a speck.
const SPECK_SDS: f64 = 6.0;
/// And by at least this much, in kelvins: neighbours that happen to agree make no speck of a warm corner of an eye. A spot
/// of 8 mm seen at 2 mm a pixel stands out by less.
const SPECK_K: f64 = 0.5;
/// Fewer neighbours than this say nothing about a pixel.
const NEIGHBOURS_MIN: usize = 3;

/// Temperatures row by row, in degrees Celsius; not a number where the camera gave none.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    width: usize,
    height: usize,
    celsius: &'a [f64],
}

/// There are not as many temperatures as pixels, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{got} temperatures are not a frame of {width} by {height}")]
pub struct NotAFrame {
    width: usize,
    height: usize,
    got: usize,
}

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rect {
    /// The first column.
    pub left: u32,
    /// The first row.
    pub top: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// An ellipse that may lie aslant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ellipse {
    pub(crate) centre: Point,
    /// Of length one, the way of the first half axis.
    pub(crate) along: Point,
    /// Half axes in pixels.
    pub(crate) half: [f64; 2],
}

impl Ellipse {
    pub(crate) fn disc(centre: Point, radius_px: f64) -> Self {
        Self { centre, along: Point { x: 1.0, y: 0.0 }, half: [radius_px; 2] }
    }

    pub(crate) fn holds(&self, at: Point) -> bool {
        let from = at.minus(self.centre);
        let across = Point { x: -self.along.y, y: self.along.x };
        let [a, b] = self.half;
        (from.dot(self.along) / a).powi(2) + (from.dot(across) / b).powi(2) <= 1.0
    }

    /// No pixel of it is farther from its centre.
    fn reach(&self) -> f64 {
        self.half.iter().copied().fold(0.0, f64::max)
    }
}

impl<'a> Frame<'a> {
    /// Looks at temperatures as at a picture.
    ///
    /// # Errors
    /// When there are not as many of them as pixels, or none.
    pub fn new(width: usize, height: usize, celsius: &'a [f64]) -> Result<Self, NotAFrame> {
        match width.checked_mul(height) {
            Some(pixels) if pixels == celsius.len() && 0 < pixels => Ok(Self { width, height, celsius }),
            _ => Err(NotAFrame { width, height, got: celsius.len() }),
        }
    }

    /// Columns.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The temperature of a pixel; none outside, or where the camera gave none.
    pub(crate) fn at(&self, x: usize, y: usize) -> Option<f64> {
        let inside = x < self.width && y < self.height;
        inside.then(|| self.celsius.get(y * self.width + x).copied()).flatten().filter(|it| it.is_finite())
    }

    /// Whether an ellipse lies in the frame wholly.
    pub(crate) fn spans(&self, it: &Ellipse) -> bool {
        let (reach, at) = (it.reach(), it.centre);
        let within = |from: f64, pixels: usize| reach <= from && from + reach <= crate::order::count(pixels) - 1.0;
        within(at.x, self.width) && within(at.y, self.height)
    }

    /// Every pixel in an ellipse.
    fn pixels_of(&self, it: &Ellipse) -> impl Iterator<Item = (usize, usize)> {
        let (reach, ellipse) = (it.reach(), *it);
        let columns = range(it.centre.x - reach, it.centre.x + reach, self.width);
        let rows = range(it.centre.y - reach, it.centre.y + reach, self.height);
        let places = rows.flat_map(move |y| columns.clone().map(move |x| (x, y)));
        places.filter(move |(x, y)| ellipse.holds(Point { x: crate::order::count(*x), y: crate::order::count(*y) }))
    }

    /// The temperatures in an ellipse, those that are known.
    pub(crate) fn values_in(&self, it: &Ellipse) -> Vec<f64> {
        self.pixels_of(it).filter_map(|(x, y)| self.at(x, y)).collect()
    }

    /// The temperatures in a rectangle; none when it does not lie in the frame wholly. Unknown ones are not a number.
    pub(crate) fn values_at(&self, place: Rect) -> Option<Vec<f64>> {
        let [left, top, width, height] =
            [place.left, place.top, place.width, place.height].map(|it| usize::try_from(it).unwrap_or(usize::MAX));
        let (right, bottom) = (left.checked_add(width)?, top.checked_add(height)?);
        (right <= self.width && bottom <= self.height).then(|| {
            let rows = top..bottom;
            rows.flat_map(|y| (left..right).map(move |x| self.at(x, y).unwrap_or(f64::NAN))).collect()
        })
    }

    /// The mean of the hottest pixels of an ellipse that are no specks and lie outside of another one; none when there are
    /// fewer.
    pub(crate) fn hottest(&self, within: &Ellipse, without: Option<&Ellipse>) -> Option<Celsius> {
        // Ascending. A pixel that is not hotter than the coolest of them is not looked at further.
        let mut top = [f64::NEG_INFINITY; HOTTEST_PIXELS];
        for (x, y) in self.pixels_of(within) {
            let Some(value) = self.at(x, y).filter(|it| top.first().is_some_and(|coolest| coolest < it)) else {
                continue;
            };
            let here = Point { x: crate::order::count(x), y: crate::order::count(y) };
            if without.is_some_and(|it| it.holds(here)) {
                continue;
            }
            let value = self.despeckled(x, y, value);
            if let Some(coolest) = top.first_mut().filter(|it| **it < value) {
                *coolest = value;
                top.sort_unstable_by(f64::total_cmp);
            }
        }
        let mean = top.iter().sum::<f64>() / crate::order::count(HOTTEST_PIXELS);
        mean.is_finite().then_some(Celsius(mean))
    }

    /// The pixel itself, or the median of its neighbours when it is a speck: a broken pixel, a spark.
    fn despeckled(&self, x: usize, y: usize, value: f64) -> f64 {
        let mut around = [0.0_f64; 8];
        let mut n = 0;
        for (dx, dy) in [(0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2), (2, 2)] {
            let place = (x + dx).checked_sub(1).zip((y + dy).checked_sub(1));
            if let Some((known, slot)) = place.and_then(|(x, y)| self.at(x, y)).zip(around.get_mut(n)) {
                *slot = known;
                n += 1;
            }
        }
        let Some(known) = around.get_mut(..n).filter(|_| NEIGHBOURS_MIN <= n) else { return value };
        let Some(middle) = median_of(known) else { return value };
        for it in known.iter_mut() {
            *it = (*it - middle).abs();
        }
        let spread = median_of(known).unwrap_or(0.0) * MAD_TO_SD;
        match (value - middle).abs() <= (SPECK_SDS * spread).max(SPECK_K) {
            true => value,
            false => middle,
        }
    }
}

/// Whole pixels between two places, within the picture.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn range(from: f64, to: f64, pixels: usize) -> std::ops::Range<usize> {
    let end = crate::order::count(pixels);
    let clamp = |it: f64| if it.is_finite() { it.clamp(0.0, end) as usize } else { 0 };
    clamp(from.ceil())..clamp(to.floor() + 1.0)
}
