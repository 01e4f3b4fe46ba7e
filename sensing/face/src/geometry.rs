//! Points, rectangles and the similarity that lays one set of points on another. Units: pixels, from the upper left corner.

use serde::Serialize;

use crate::number::real;

/// A place in a picture, in pixels; the middle of the first pixel is (0.5, 0.5).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From above.
    pub y: f32,
}

/// An upright rectangle in pixels; it may reach beyond the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rect {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl Rect {
    /// Width in pixels, never negative.
    pub fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    /// Height in pixels, never negative.
    pub fn height(&self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }

    /// Its middle.
    pub fn middle(&self) -> Point {
        Point { x: f32::midpoint(self.left, self.right), y: f32::midpoint(self.top, self.bottom) }
    }

    /// The same middle with these sides.
    pub fn around(middle: Point, width: f32, height: f32) -> Self {
        let (x, y) = (width / 2.0, height / 2.0);
        Self { left: middle.x - x, top: middle.y - y, right: middle.x + x, bottom: middle.y + y }
    }

    /// A square of its height around its middle.
    pub fn square(&self) -> Self {
        Self::around(self.middle(), self.height(), self.height())
    }

    /// Grown on each side by this share of its own width and height.
    pub fn grown(&self, share: f32) -> Self {
        let (x, y) = (self.width() * share, self.height() * share);
        Self { left: self.left - x, top: self.top - y, right: self.right + x, bottom: self.bottom + y }
    }

    /// What of it lies in a picture of this size.
    pub fn within(&self, width: usize, height: usize) -> Self {
        let (width, height) = (real(width), real(height));
        Self {
            left: self.left.clamp(0.0, width),
            top: self.top.clamp(0.0, height),
            right: self.right.clamp(0.0, width),
            bottom: self.bottom.clamp(0.0, height),
        }
    }

    /// The common area over the area of both together: 0 apart, 1 the same.
    pub fn overlap(&self, other: &Self) -> f32 {
        let common = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        let common = common.width() * common.height();
        let both = self.width() * self.height() + other.width() * other.height() - common;
        if both > 0.0 { common / both } else { 0.0 }
    }
}

/// Turning, scaling by one factor, and moving; it never mirrors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    cos: f32,
    sin: f32,
    x: f32,
    y: f32,
}

impl Similarity {
    /// The similarity that lays `from` on `to` with the least sum of squares; none if `from` is a single place.
    ///
    /// This is what Umeyama's method (IEEE PAMI 13(4), 1991) gives in the plane when the determinant's sign is kept
    /// positive: with points as complex numbers around their means, s·e^{iθ} = Σ conj(p)·q / Σ |p|².
    pub fn between(from: &[Point], to: &[Point]) -> Option<Self> {
        let mean = |points: &[Point]| {
            let n = real(points.len());
            Point { x: points.iter().map(|it| it.x).sum::<f32>() / n, y: points.iter().map(|it| it.y).sum::<f32>() / n }
        };
        let (p0, q0) = (mean(from), mean(to));
        let (mut re, mut im, mut square) = (0.0_f32, 0.0_f32, 0.0_f32);
        for (p, q) in from.iter().zip(to) {
            let (px, py, qx, qy) = (p.x - p0.x, p.y - p0.y, q.x - q0.x, q.y - q0.y);
            re += px * qx + py * qy;
            im += px * qy - py * qx;
            square += px * px + py * py;
        }
        let (cos, sin) = (re / square, im / square);
        let it = Self { cos, sin, x: q0.x - cos * p0.x + sin * p0.y, y: q0.y - sin * p0.x - cos * p0.y };
        (it.scale().is_finite() && it.scale() > 0.0).then_some(it)
    }

    /// Where a point goes.
    pub fn apply(&self, it: Point) -> Point {
        Point { x: self.cos * it.x - self.sin * it.y + self.x, y: self.sin * it.x + self.cos * it.y + self.y }
    }

    /// The way back.
    pub fn inverse(&self) -> Self {
        let square = self.cos * self.cos + self.sin * self.sin;
        let (cos, sin) = (self.cos / square, -self.sin / square);
        Self { cos, sin, x: -cos * self.x + sin * self.y, y: -sin * self.x - cos * self.y }
    }

    /// By how much lengths grow.
    pub fn scale(&self) -> f32 {
        self.cos.hypot(self.sin)
    }
}
