//! A thermal image as the rest of the house sees it.

use serde::Serialize;

use crate::camera::Camera;
use crate::planck::CelsiusTable;
use crate::reading::ThermalError;

/// An image: what each pixel is, and what that means in degrees.
#[derive(Debug, Clone)]
pub struct Thermogram {
    width: usize,
    height: usize,
    pixels: Pixels,
    /// Who took it; none where the format does not say.
    pub camera: Option<Camera>,
}

#[derive(Debug, Clone)]
enum Pixels {
    Counts(Vec<u16>, CelsiusTable),
    /// The device computed them.
    Celsius(Vec<f64>),
}

/// Temperatures of an image, row by row, in degrees Celsius; not a number where the model gives none.
#[derive(Debug, Clone, PartialEq)]
pub struct Celsius(pub Vec<f64>);

/// What an image spans.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// The arithmetic mean.
    pub mean: f64,
    /// Pixels without a temperature.
    pub nan: usize,
}

impl Thermogram {
    /// # Errors
    /// When there are not as many counts as pixels.
    pub(crate) fn of_counts(
        width: usize,
        height: usize,
        counts: Vec<u16>,
        table: CelsiusTable,
        camera: Option<Camera>,
    ) -> Result<Self, ThermalError> {
        match counts.len() == width * height && !counts.is_empty() {
            true => Ok(Self { width, height, pixels: Pixels::Counts(counts, table), camera }),
            false => Err(ThermalError::Broken("counts")),
        }
    }

    /// # Errors
    /// When there are not as many temperatures as pixels.
    pub(crate) fn of_celsius(width: usize, height: usize, celsius: Vec<f64>) -> Result<Self, ThermalError> {
        match celsius.len() == width * height && !celsius.is_empty() {
            true => Ok(Self { width, height, pixels: Pixels::Celsius(celsius), camera: None }),
            false => Err(ThermalError::Broken("matrix")),
        }
    }

    /// Pixels a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// What the sensor counted, row by row; none where the device sends temperatures.
    pub fn counts(&self) -> Option<&[u16]> {
        match &self.pixels {
            Pixels::Counts(counts, _) => Some(counts),
            Pixels::Celsius(_) => None,
        }
    }

    /// The temperature of a pixel; none outside the image.
    pub fn at(&self, row: usize, col: usize) -> Option<f64> {
        let at = (row < self.height && col < self.width).then(|| row * self.width + col)?;
        match &self.pixels {
            Pixels::Counts(counts, table) => counts.get(at).map(|it| table.at(*it)),
            Pixels::Celsius(celsius) => celsius.get(at).copied(),
        }
    }

    /// All of them.
    pub fn celsius(&self) -> Celsius {
        Celsius(match &self.pixels {
            Pixels::Counts(counts, table) => counts.iter().map(|it| table.at(*it)).collect(),
            Pixels::Celsius(celsius) => celsius.clone(),
        })
    }
}

impl Celsius {
    /// Smallest, largest, mean; none when no pixel has a temperature.
    pub fn summary(&self) -> Option<Summary> {
        let known = || self.0.iter().copied().filter(|it| it.is_finite());
        let count = u32::try_from(known().count()).ok().filter(|it| 0 < *it)?;
        Some(Summary {
            min: known().fold(f64::INFINITY, f64::min),
            max: known().fold(f64::NEG_INFINITY, f64::max),
            mean: known().sum::<f64>() / f64::from(count),
            nan: self.0.len() - known().count(),
        })
    }
}
