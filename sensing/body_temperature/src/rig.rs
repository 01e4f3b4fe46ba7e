//! The calibration file: two cameras that look at the same faces, where they stand to each other, and the blackbody they see.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::blackbody::Blackbody;
use crate::rig_checks::faults_of;
use crate::skin::CameraModel;
use crate::units::{Millimetres, MillimetresPerPixel};

/// The version that is read here.
pub const VERSION: u32 = 1;
/// No calibration file is longer; one that is was not meant.
const BYTES_MAX: usize = 64 * 1024;

/// What a calibration file says, checked: every number in it is possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Rig(RigFile);

/// A calibration file, as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RigFile {
    /// The version of this format: 1.
    pub version: u32,
    /// What people call the installation.
    pub rig: String,
    /// The day of the calibration, a TOML date.
    pub calibrated_on: toml::value::Datetime,
    /// Which thermal camera it is, for offset, gain and noise.
    #[serde(default)]
    pub camera_model: CameraModel,
    /// The camera in which faces are found.
    pub visible: Lens,
    /// The camera in which they are measured.
    pub thermal: Lens,
    /// Where one stands to the other.
    pub thermal_from_visible: Placement,
    /// What is still measured.
    #[serde(default)]
    pub limits: Limits,
    /// None, one or two bodies of known temperature in the thermal frame.
    #[serde(default)]
    pub blackbody: Vec<Blackbody>,
}

/// A camera: a pinhole with radial distortion (Brown's first two coefficients).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lens {
    /// Columns.
    pub width_px: u32,
    /// Rows.
    pub height_px: u32,
    /// Focal length over the pixel's pitch, along columns and rows.
    pub focal_px: [f64; 2],
    /// Where the axis meets the image.
    pub centre_px: [f64; 2],
    /// Factors of r² and r⁴ in the plane at distance one.
    #[serde(default)]
    pub distortion: [f64; 2],
}

/// Where the thermal camera stands: a point `X` before the visible camera is `rotation · X + translation` before the
/// thermal one. Axes of both: right, down, ahead.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Row by row.
    pub rotation: [[f64; 3]; 3],
    /// In millimetres.
    pub translation_mm: [f64; 3],
    /// What the calibration left unexplained on its grid, root of the mean square.
    pub residual_mm: Millimetres,
    /// The nearest and farthest distance at which it was checked.
    pub depth_mm: [f64; 2],
}

/// What is measured and what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// A face with larger pixels is refused.
    pub mm_per_pixel_max: MillimetresPerPixel,
    /// A face that looks further aside, up or down is refused, in degrees of angle.
    pub turn_max_deg: f64,
    /// Marks that may lie further off are refused, one standard deviation.
    pub misplaced_max_mm: Millimetres,
    /// Frames of the two cameras that were taken further apart are refused.
    pub apart_max_ms: f64,
    /// After the camera looked at its shutter nothing is measured for so long.
    pub shutter_wait_ms: f64,
    /// Good frames a person.
    pub frames_min: u32,
}

impl Default for Limits {
    /// Of thermal.md section 4: 2 mm a pixel, 20°, 3 mm aimed at and its double refused, 40 ms, 1.5 s, 5 frames.
    fn default() -> Self {
        Self {
            mm_per_pixel_max: MillimetresPerPixel(2.0),
            turn_max_deg: 20.0,
            misplaced_max_mm: Millimetres(6.0),
            apart_max_ms: 40.0,
            shutter_wait_ms: 1_500.0,
            frames_min: 5,
        }
    }
}

/// What is wrong with one field of a calibration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As in the file: `thermal.focal_px`, `blackbody[1].set_c`.
    pub field: String,
    /// What it must be.
    pub must: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} must be {}", self.field, self.must)
    }
}

/// Why a calibration file was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RigError {
    /// Longer than any.
    #[error("the file is longer than {BYTES_MAX} bytes")]
    TooLong,
    /// No TOML, or a key that is missing, unknown or of another kind; the text names key and line.
    #[error("{0}")]
    Unreadable(String),
    /// Of another version.
    #[error("version {0} is not read here, only {VERSION}")]
    Version(u32),
    /// Numbers that no installation has; every one of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<Fault>),
}

#[derive(Deserialize)]
struct VersionOnly {
    version: u32,
}

impl Rig {
    /// Reads a calibration file.
    ///
    /// # Errors
    /// Why it was not taken, with the field.
    pub fn read(text: &str) -> Result<Self, RigError> {
        if BYTES_MAX < text.len() {
            return Err(RigError::TooLong);
        }
        let unreadable = |it: toml::de::Error| RigError::Unreadable(it.to_string().trim_end().to_owned());
        // A later version may have other keys: its number is looked at before them.
        let VersionOnly { version } = toml::from_str(text).map_err(unreadable)?;
        if version != VERSION {
            return Err(RigError::Version(version));
        }
        Self::of(toml::from_str(text).map_err(unreadable)?)
    }

    /// Checks what a file would say.
    ///
    /// # Errors
    /// Every field that cannot be so.
    pub fn of(file: RigFile) -> Result<Self, RigError> {
        let faults = faults_of(&file);
        match faults.is_empty() {
            true => Ok(Self(file)),
            false => Err(RigError::Faults(faults)),
        }
    }

    /// What it says.
    pub const fn file(&self) -> &RigFile {
        &self.0
    }

    /// Writes it as a calibration file.
    ///
    /// # Errors
    /// When TOML cannot hold it; what was read from TOML it can.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.0)
    }
}
