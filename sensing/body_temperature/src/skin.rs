//! From skin to body: offsets, gain and noise of the cameras that were measured.
//!
//! Offsets, the effect of the air, slopes and noise: thermal.md section 1.3, over 1,020 and 1,009 people whose faces and
//! mouths were measured (Wang et al. 2023, PhysioNet, doi 10.13026/3bhc-9065); `docs/thermal.md` has what this room makes
//! of half of them, fitted on one half and reported on the other.

use serde::{Deserialize, Serialize};

use crate::units::{Celsius, Kelvins};

/// The air at which offsets hold.
pub const AIR: Celsius = Celsius(24.0);
/// A room must be within this (thermal.md section 4, step 5).
pub const AIR_RANGE: std::ops::RangeInclusive<f64> = 18.0..=29.0;
/// Where a gain moves nothing: what most people without fever have under the tongue.
pub const USUAL: Celsius = Celsius(36.9);

/// A thermal camera's model, as far as it was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraModel {
    /// FLIR A325sc.
    FlirA325sc,
    /// ICI 8640.
    Ici8640,
    /// Another one: the mean of both, no gain, more noise.
    #[default]
    Unlisted,
}

/// A part of the face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// From skin to body, in a room of 24 °C.
    pub offset: Kelvins,
    /// What a kelvin of the air does to the skin, in kelvins.
    pub a_kelvin_of_air: f64,
}

/// What a body of some temperature makes the estimate show: a line, and noise about it that is Student's with four degrees
/// of freedom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Forward {
    /// The estimate of people who have 37 °C.
    pub at_37: Celsius,
    /// Kelvins of the estimate a kelvin of the body.
    pub slope: f64,
    /// Standard deviation about the line.
    pub sd: Kelvins,
    /// Student's scale. With four degrees of freedom it would be `sd` / √2; fitted it is 0.82 `sd`, for tails are lighter
    /// than that.
    pub scale: Kelvins,
    /// How far an estimate is from the clinical reading of one person, one standard deviation, beyond what the rest of the
    /// budget names: the person, and the clinical thermometer.
    pub person: Kelvins,
}

/// How a camera's view of skin becomes a body temperature.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SkinModel {
    /// The inner corners of the eyes.
    pub canthus: Channel,
    /// The warmest of the face, without the mouth.
    pub face_max: Channel,
    /// Stretches both about [`USUAL`].
    pub gain: f64,
    /// One measurement of one person after the other, one standard deviation.
    pub repeat: Kelvins,
    /// With both channels.
    pub both: Forward,
    /// With the corners of the eyes alone.
    pub canthus_alone: Forward,
}

impl CameraModel {
    /// What was measured of it.
    ///
    /// The gain takes the slope of the estimate on the clinical reading to 0.9, the middle of what is accepted: a clinical
    /// reading errs by about 0.18 K itself (its two modes differ by 0.25 K), so that even an estimate that is right shows
    /// about 0.88.
    pub const fn skin(self) -> SkinModel {
        match self {
            Self::FlirA325sc => SkinModel {
                canthus: channel(1.267, 0.0789),
                face_max: channel(1.110, 0.0683),
                gain: 1.12,
                repeat: Kelvins(0.11),
                both: forward(0.90, 0.32, 0.30),
                canthus_alone: forward(0.90, 0.365, 0.35),
            },
            Self::Ici8640 => SkinModel {
                canthus: channel(1.302, 0.0801),
                face_max: channel(1.119, 0.0757),
                gain: 0.93,
                repeat: Kelvins(0.145),
                both: forward(0.90, 0.305, 0.28),
                canthus_alone: forward(0.90, 0.35, 0.33),
            },
            Self::Unlisted => SkinModel {
                canthus: channel(1.285, 0.0795),
                face_max: channel(1.115, 0.0720),
                gain: 1.0,
                repeat: Kelvins(0.145),
                both: forward(0.88, 0.34, 0.32),
                canthus_alone: forward(0.88, 0.39, 0.37),
            },
        }
    }
}

const fn channel(offset: f64, a_kelvin_of_air: f64) -> Channel {
    Channel { offset: Kelvins(offset), a_kelvin_of_air }
}

const fn forward(slope: f64, sd: f64, person: f64) -> Forward {
    Forward { at_37: Celsius(37.0), slope, sd: Kelvins(sd), scale: Kelvins(0.82 * sd), person: Kelvins(person) }
}

impl Channel {
    /// The body by this channel alone, before any gain.
    pub fn body(&self, skin: Celsius, air: Celsius) -> Celsius {
        skin + self.offset - (air - AIR) * self.a_kelvin_of_air
    }
}

impl SkinModel {
    /// What both channels say, or the corners of the eyes alone, before the site's own offset.
    pub fn body(&self, canthus: Celsius, face_max: Option<Celsius>, air: Celsius) -> Celsius {
        let by_canthus = self.canthus.body(canthus, air);
        let by_both = face_max.map(|it| Celsius(f64::midpoint(by_canthus.0, self.face_max.body(it, air).0)));
        let level = by_both.unwrap_or(by_canthus);
        USUAL + (level - USUAL) * self.gain
    }

    /// The noise of what it says.
    pub const fn forward(&self, with_face: bool) -> &Forward {
        match with_face {
            true => &self.both,
            false => &self.canthus_alone,
        }
    }

    /// What a kelvin of error of the air's temperature does to the estimate, in kelvins.
    pub(crate) fn a_kelvin_of_air(&self, with_face: bool) -> f64 {
        let channels =
            [self.canthus.a_kelvin_of_air, if with_face { self.face_max } else { self.canthus }.a_kelvin_of_air];
        self.gain * channels.iter().sum::<f64>() / 2.0
    }
}
