//! Paints faces into frames, by millimetres and by a geometry of its own: none of it comes from the crate.

#![allow(
    dead_code,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "each test binary uses a part; pixels of a picture"
)]

use body_temperature::{Eye, Frame, Landmarks, Point, Rect};

/// A face, an empty room, and what may be wrong with them.
#[derive(Debug, Clone)]
pub struct Scene {
    pub width: usize,
    pub height: usize,
    /// Between the eyes.
    pub at: Point,
    pub mm_per_pixel: f64,
    /// Of the head, to a shoulder.
    pub roll_deg: f64,
    pub room: f64,
    pub skin: f64,
    /// What the corners of the eyes are warmer by than the skin; full width at half maximum 8 mm.
    pub canthus_above: f64,
    /// The warmest of the face elsewhere: a temple.
    pub temple_above: f64,
    /// What the mouth is warmer by; 25 mm wide.
    pub mouth_above: f64,
    /// Temperature of lenses and half of their width, in mm.
    pub glasses: Option<(f64, f64)>,
    /// The nose's place to a side, in mm: a face that looks aside.
    pub nose_aside: f64,
    /// One pixel of another temperature, from between the eyes, in pixels.
    pub speck: Option<(i32, i32, f64)>,
    pub plates: Vec<(Rect, f64)>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            width: 640,
            height: 512,
            at: Point { x: 320.0, y: 220.0 },
            mm_per_pixel: 1.0,
            roll_deg: 0.0,
            room: 23.0,
            skin: 34.3,
            canthus_above: 1.5,
            temple_above: 1.4,
            mouth_above: 0.0,
            glasses: None,
            nose_aside: 0.0,
            speck: None,
            plates: Vec::new(),
        }
    }
}

impl Scene {
    /// A place on the face, in mm right and down of the middle between the eyes.
    pub fn place(&self, right: f64, down: f64) -> Point {
        let (sin, cos) = self.roll_deg.to_radians().sin_cos();
        let (x, y) = (right * cos - down * sin, right * sin + down * cos);
        Point { x: self.at.x + x / self.mm_per_pixel, y: self.at.y + y / self.mm_per_pixel }
    }

    /// The five points.
    pub fn marks(&self) -> Landmarks {
        Landmarks {
            eyes: [Eye::Centre(self.place(-31.5, 0.0)), Eye::Centre(self.place(31.5, 0.0))],
            nose: self.place(self.nose_aside, 36.0),
            mouth: [self.place(-26.0, 72.0), self.place(26.0, 72.0)],
        }
    }

    /// The same with corners of eyes.
    pub fn marks_with_corners(&self) -> Landmarks {
        let eye = |side: f64| Eye::Corners { inner: self.place(side * 16.5, 0.0), outer: self.place(side * 46.5, 0.0) };
        Landmarks { eyes: [eye(-1.0), eye(1.0)], ..self.marks() }
    }

    fn temperature(&self, x: usize, y: usize) -> f64 {
        let (dx, dy) = ((x as f64 - self.at.x) * self.mm_per_pixel, (y as f64 - self.at.y) * self.mm_per_pixel);
        let (sin, cos) = self.roll_deg.to_radians().sin_cos();
        let (right, down) = (dx * cos + dy * sin, dy * cos - dx * sin);
        let bump = |at: (f64, f64), width: f64, above: f64| {
            let r2 = (right - at.0).powi(2) + (down - at.1).powi(2);
            above * (-4.0 * std::f64::consts::LN_2 * r2 / (width * width)).exp()
        };
        if 1.0 < (right / 70.0).powi(2) + ((down - 15.0) / 105.0).powi(2) {
            return self.room;
        }
        let lens = |(_, half): &(f64, f64)| (right.abs() - 32.0).abs() <= *half && down.abs() <= 18.0;
        if let Some((glass, _)) = self.glasses.filter(lens) {
            return glass;
        }
        let warm = [
            bump((-15.0, 1.0), 8.0, self.canthus_above),
            bump((15.0, 1.0), 8.0, self.canthus_above - 0.2),
            bump((-45.0, 20.0), 14.0, self.temple_above),
            bump((0.0, 74.0), 25.0, self.mouth_above),
        ];
        self.skin + warm.into_iter().sum::<f64>()
    }

    /// All pixels, row by row.
    pub fn paint(&self) -> Vec<f64> {
        let mut pixels = Vec::with_capacity(self.width * self.height);
        for y in 0..self.height {
            for x in 0..self.width {
                let plate = self.plates.iter().find(|(it, _)| {
                    let (left, top) = (it.left as usize, it.top as usize);
                    (left..left + it.width as usize).contains(&x) && (top..top + it.height as usize).contains(&y)
                });
                pixels.push(plate.map_or_else(|| self.temperature(x, y), |(_, it)| *it));
            }
        }
        if let Some((dx, dy, degrees)) = self.speck {
            let (x, y) = (self.at.x as i32 + dx, self.at.y as i32 + dy);
            pixels[y as usize * self.width + x as usize] = degrees;
        }
        pixels
    }

    /// As a frame over painted pixels.
    pub fn frame<'a>(&self, pixels: &'a [f64]) -> Frame<'a> {
        Frame::new(self.width, self.height, pixels).unwrap()
    }
}
