//! What a clinical thermometer said afterwards.

use serde::{Deserialize, Serialize};

use crate::estimate::Estimate;
use crate::site::Pair;
use crate::units::Celsius;

/// Where it was held. Thresholds are not moved by it: who measures under the arm sets a threshold for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Under the tongue.
    Oral,
    /// In the ear.
    Tympanic,
    /// Under the arm.
    Axillary,
}

/// A clinical reading.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Clinical {
    /// What it said.
    pub reading_c: Celsius,
    /// Where.
    pub site: Site,
}

/// What it makes of a recheck or an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Fever.
    Confirmed,
    /// None.
    NotConfirmed,
    /// No reading that a body can have: measure again.
    Unreadable,
}

impl Clinical {
    /// Whether it is fever, from this threshold on.
    pub fn outcome(&self, threshold: Celsius) -> Outcome {
        match (30.0..=45.0).contains(&self.reading_c.0) {
            false => Outcome::Unreadable,
            true if threshold <= self.reading_c => Outcome::Confirmed,
            true => Outcome::NotConfirmed,
        }
    }

    /// The pair that an installation learns from. Readings under the arm are none: they lie lower, and by how much is
    /// another person's.
    pub fn pair(&self, estimate: &Estimate) -> Option<Pair> {
        let sound = self.site != Site::Axillary && self.outcome(self.reading_c) != Outcome::Unreadable;
        sound.then_some(Pair {
            before_offset: estimate.before_offset,
            clinical: self.reading_c,
            scale: estimate.quality.mm_per_pixel,
        })
    }
}
