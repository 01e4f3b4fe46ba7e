//! How well a body temperature is known, part by part.

use serde::{Deserialize, Serialize};

use crate::units::Kelvins;

/// What 95 % of people lie within, in standard deviations. For Student's t with four degrees of freedom it is 2.776 / √2 =
/// 1.963, for a normal distribution 1.960.
pub const COVERAGE: f64 = 1.96;

/// One standard deviation of each part.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// That skin and body differ from person to person, and the clinical thermometer's own error.
    pub person: Kelvins,
    /// From frame to frame.
    pub repeat: Kelvins,
    /// The blackbody, or what stands in for it.
    pub reference: Kelvins,
    /// The air's temperature.
    pub air: Kelvins,
    /// Pixels larger than those by which the offset was learnt.
    pub pixels: Kelvins,
    /// The site's offset.
    pub offset: Kelvins,
}

impl Budget {
    /// The parts with their names, for who prints them.
    pub const fn parts(&self) -> [(&'static str, Kelvins); 6] {
        [
            ("person", self.person),
            ("repeat", self.repeat),
            ("reference", self.reference),
            ("air", self.air),
            ("pixels", self.pixels),
            ("offset", self.offset),
        ]
    }

    /// All together: the root of the sum of squares.
    pub fn total(&self) -> Kelvins {
        self.parts().into_iter().fold(Kelvins::ZERO, |all, (_, it)| all.with(it))
    }

    /// Half the width of the interval in which 95 % of people lie.
    pub fn expanded(&self) -> Kelvins {
        self.total() * COVERAGE
    }
}
