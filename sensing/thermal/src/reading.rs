//! What a file is by its first bytes, and its images.

use crate::camera::Unphysical;
use crate::image::Thermogram;
use crate::linear::LinearScale;
use crate::{fff, hikvision, jpeg, linear, pixels};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A JPEG with FLIR's record in it.
    FlirJpeg,
    /// FLIR's container: one image (FFF) or many (SEQ).
    FlirContainer,
    /// A 16-bit PNG of counts.
    Png,
    /// A 16-bit TIFF of counts.
    Tiff,
    /// A Hikvision camera's picture with its matrix.
    Hikvision,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ThermalError {
    /// Nothing that is read here.
    #[error(
        "no radiometric image: a FLIR JPEG, FFF or SEQ, a 16-bit PNG or TIFF, or a Hikvision picture with its matrix is read"
    )]
    Unknown,
    /// A picture without temperatures.
    #[error("the JPEG holds no radiometric record: it is a picture of temperatures, not the temperatures")]
    NotRadiometric,
    /// A part that must be there.
    #[error("the {0} is missing")]
    Missing(&'static str),
    /// A part that ends too early or contradicts itself.
    #[error("the {0} is broken")]
    Broken(&'static str),
    /// Something that is known and not read.
    #[error("{0} is not read")]
    Unsupported(&'static str),
    /// A parameter that no scene has.
    #[error(transparent)]
    Unphysical(#[from] Unphysical),
}

/// What a file is; none when it is nothing that is read here. Plain counts (Y16) have no first bytes: see [`crate::y16`].
pub fn kind_of(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [0xff, 0xd8, ..] => Some(Kind::FlirJpeg),
        [0x89, b'P', b'N', b'G', ..] => Some(Kind::Png),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Kind::Tiff),
        it if fff::begins(it) => Some(Kind::FlirContainer),
        it if hikvision::begins(it) => Some(Kind::Hikvision),
        _ => None,
    }
}

/// The images of a file, never none.
///
/// # Errors
/// Why it was not read. Of a sequence the images before the one that broke off are given.
pub fn read(bytes: &[u8], scale: LinearScale) -> Result<Vec<Thermogram>, ThermalError> {
    match kind_of(bytes).ok_or(ThermalError::Unknown)? {
        Kind::FlirJpeg => fff::images(&jpeg::flir_record(bytes).ok_or(ThermalError::NotRadiometric)?),
        Kind::FlirContainer => fff::images(bytes),
        Kind::Png => {
            let gray = pixels::gray16(bytes)?;
            Thermogram::of_counts(gray.width, gray.height, gray.counts, scale.table(), None).map(|it| vec![it])
        }
        Kind::Tiff => linear::tiff(bytes, scale).map(|it| vec![it]),
        Kind::Hikvision => hikvision::matrix(bytes).map(|it| vec![it.image]),
    }
}
