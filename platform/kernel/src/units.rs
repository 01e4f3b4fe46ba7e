//! Units in types.

use serde::{Deserialize, Serialize};

/// A temperature in degrees Celsius, finite and between -50 and 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Celsius(f64);

/// The number is not a temperature that a person or a room can have.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{0} is not a temperature in degrees Celsius between -50 and 100")]
pub struct NotCelsius(pub f64);

impl Celsius {
    /// Checks and wraps; rounds to hundredths, finer than any device that we read.
    pub fn new(value: f64) -> Result<Self, NotCelsius> {
        match value.is_finite() && (-50.0..=100.0).contains(&value) {
            true => Ok(Self((value * 100.0).round() / 100.0)),
            false => Err(NotCelsius(value)),
        }
    }

    /// The number of degrees.
    pub const fn degrees(self) -> f64 {
        self.0
    }

    /// Whether a body could show this on its skin or core: 30.0 to 45.0 °C. What is outside is a reading error.
    pub fn is_bodily(self) -> bool {
        (30.0..=45.0).contains(&self.0)
    }
}

impl TryFrom<f64> for Celsius {
    type Error = NotCelsius;
    fn try_from(value: f64) -> Result<Self, NotCelsius> {
        Self::new(value)
    }
}

impl From<Celsius> for f64 {
    fn from(value: Celsius) -> f64 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_and_the_impossible_are_refused() {
        assert!(Celsius::new(f64::NAN).is_err());
        assert!(Celsius::new(-51.0).is_err());
        assert!(Celsius::new(36.4).unwrap().is_bodily());
        assert!(!Celsius::new(22.0).unwrap().is_bodily());
    }
}
