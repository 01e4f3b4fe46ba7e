//! Units in types. Nothing here rounds: differences of hundredths are what this room is about. Who shows or stores a
//! temperature turns it into `kernel`'s, which rounds.

use std::ops::{Add, Mul, Neg, Sub};

use serde::{Deserialize, Serialize};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl $name {
            /// Whether it is a number at all.
            pub fn is_finite(self) -> bool {
                self.0.is_finite()
            }
        }
    };
}

unit! {
    /// A temperature, in degrees Celsius.
    Celsius
}
unit! {
    /// A difference of temperatures, or how well one is known (one standard deviation), in kelvins.
    Kelvins
}
unit! {
    /// A length in the world.
    Millimetres
}
unit! {
    /// What one pixel of the thermal camera spans on a face.
    MillimetresPerPixel
}

impl Sub for Celsius {
    type Output = Kelvins;
    fn sub(self, other: Self) -> Kelvins {
        Kelvins(self.0 - other.0)
    }
}

impl Add<Kelvins> for Celsius {
    type Output = Self;
    fn add(self, by: Kelvins) -> Self {
        Self(self.0 + by.0)
    }
}

impl Sub<Kelvins> for Celsius {
    type Output = Self;
    fn sub(self, by: Kelvins) -> Self {
        Self(self.0 - by.0)
    }
}

impl Add for Kelvins {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Kelvins {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Kelvins {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Kelvins {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        Self(self.0 * by)
    }
}

impl Kelvins {
    /// None.
    pub const ZERO: Self = Self(0.0);

    /// Without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Two independent uncertainties together.
    pub fn with(self, other: Self) -> Self {
        Self(self.0.hypot(other.0))
    }
}

/// A place in an image, in pixels from the left and from above; the first pixel's centre is 0, 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
}

impl Point {
    pub(crate) fn minus(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }

    pub(crate) fn times(self, by: f64) -> Self {
        Self { x: self.x * by, y: self.y * by }
    }

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    pub(crate) fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    pub(crate) fn middle(self, other: Self) -> Self {
        self.plus(other).times(0.5)
    }

    pub(crate) fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}
