//! Counts that are temperatures already, on a straight line: TLinear of Lepton and Boson, and 16-bit pictures of such counts.

use crate::bytes::Order;
use crate::image::Thermogram;
use crate::planck::CelsiusTable;
use crate::reading::ThermalError;

const ZERO_C_K: f64 = 273.15;
/// Rows that a Lepton sends behind the picture when telemetry is on.
const TELEMETRY_ROWS: usize = 2;

/// What a count is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearScale {
    /// Kelvin a count.
    pub kelvin_a_count: f64,
}

impl LinearScale {
    /// TLinear with high resolution, which cameras are delivered with: a hundredth of a kelvin (thermal.md section 3).
    pub const HUNDREDTHS: Self = Self { kelvin_a_count: 0.01 };
    /// TLinear with low resolution: a tenth.
    pub const TENTHS: Self = Self { kelvin_a_count: 0.1 };

    pub(crate) fn table(self) -> CelsiusTable {
        CelsiusTable::linear(self.kelvin_a_count, -ZERO_C_K)
    }
}

/// A frame of plain little-endian counts (Y16) of a sensor with so many pixels; two rows of telemetry behind it, or before it, are
/// cropped.
///
/// # Errors
/// When its length is neither that of the picture nor that of picture and telemetry.
pub fn y16(bytes: &[u8], width: usize, height: usize, scale: LinearScale) -> Result<Thermogram, ThermalError> {
    let row = width.checked_mul(2).filter(|it| 0 < *it).ok_or(ThermalError::Broken("size"))?;
    let picture = row.checked_mul(height).ok_or(ThermalError::Broken("size"))?;
    let telemetry = row * TELEMETRY_ROWS;
    let from = match bytes.len() {
        length if length == picture => 0,
        length if length == picture + telemetry && is_telemetry(bytes) => telemetry,
        length if length == picture + telemetry => 0,
        _ => return Err(ThermalError::Broken("counts")),
    };
    let counts = Order::Little.counts(bytes.get(from..from + picture).unwrap_or_default());
    Thermogram::of_counts(width, height, counts, scale.table(), None)
}

/// Telemetry begins with its revision, whose high byte is the major one: 8 to 15 so far, which as a temperature would be near
/// absolute zero.
fn is_telemetry(bytes: &[u8]) -> bool {
    Order::Little.u16(bytes, 0).is_some_and(|it| (0x0800..0x1000).contains(&it))
}

/// A 16-bit TIFF of counts.
pub(crate) fn tiff(bytes: &[u8], scale: LinearScale) -> Result<Thermogram, ThermalError> {
    const BROKEN: ThermalError = ThermalError::Broken("TIFF");
    const UNSUPPORTED: ThermalError = ThermalError::Unsupported("TIFF without 16 bits a pixel");
    let mut decoder = tiff::decoder::Decoder::new(std::io::Cursor::new(bytes)).map_err(|_| BROKEN)?;
    if decoder.colortype().map_err(|_| BROKEN)? != tiff::ColorType::Gray(16) {
        return Err(UNSUPPORTED);
    }
    let (width, height) = decoder.dimensions().map_err(|_| BROKEN)?;
    let tiff::decoder::DecodingResult::U16(counts) = decoder.read_image().map_err(|_| BROKEN)? else {
        return Err(UNSUPPORTED);
    };
    let size = |it: u32| usize::try_from(it).map_err(|_| BROKEN);
    Thermogram::of_counts(size(width)?, size(height)?, counts, scale.table(), None)
}
