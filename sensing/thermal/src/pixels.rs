//! Counts as a camera stores them: as they are, or as a 16-bit PNG whose bytes some cameras write in the wrong order.

use png::{BitDepth, ColorType};

use crate::bytes::Order;
use crate::reading::ThermalError;

const PNG: &[u8] = b"\x89PNG";
const JPEG_LS: &[u8] = b"\xff\xd8\xff\xf7";
/// Decoded, a thermal picture is never larger: two bytes for each of 4,096 x 4,096.
const DECODED_MOST: usize = 64 << 20;

/// The counts of an image that its record says is of this size. A PNG knows its own better.
pub(crate) fn counts(
    data: &[u8],
    (width, height): (usize, usize),
    order: Order,
    median: Option<u16>,
) -> Result<Gray, ThermalError> {
    if data.starts_with(JPEG_LS) {
        return Err(ThermalError::Unsupported("JPEG-LS"));
    }
    if data.starts_with(PNG) {
        let gray = gray16(data)?;
        return Ok(Gray { counts: in_order(gray.counts, order, median), ..gray });
    }
    let bytes = data.get(..width * height * 2).ok_or(ThermalError::Broken("counts"))?;
    Ok(Gray { width, height, counts: order.counts(bytes) })
}

/// Counts, row by row.
pub(crate) struct Gray {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) counts: Vec<u16>,
}

/// Decodes a 16-bit gray PNG, the high byte first; one that is too large is refused before it is unpacked.
pub(crate) fn gray16(data: &[u8]) -> Result<Gray, ThermalError> {
    const BROKEN: ThermalError = ThermalError::Broken("PNG");
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(data), png::Limits { bytes: DECODED_MOST });
    // Cameras write wrong checksums, and say what they saw all the same.
    decoder.ignore_checksums(true);
    let mut reader = decoder.read_info().map_err(|_| BROKEN)?;
    let info = reader.info();
    if (info.color_type, info.bit_depth) != (ColorType::Grayscale, BitDepth::Sixteen) {
        return Err(ThermalError::Unsupported("PNG without 16 bits a pixel"));
    }
    let size = |it: u32| usize::try_from(it).map_err(|_| BROKEN);
    let (width, height) = (size(info.width)?, size(info.height)?);
    let length = reader.output_buffer_size().filter(|it| *it <= DECODED_MOST).ok_or(BROKEN)?;
    let mut bytes = vec![0; length];
    reader.next_frame(&mut bytes).map_err(|_| BROKEN)?;
    Ok(Gray { width, height, counts: Order::Big.counts(&bytes) })
}

/// Cameras whose records are little-endian write their PNG with bytes swapped, the others do not. Where the camera says what the
/// median of its counts was, that decides.
fn in_order(counts: Vec<u16>, order: Order, median: Option<u16>) -> Vec<u16> {
    let swapped = || counts.iter().map(|it| it.swap_bytes()).collect::<Vec<_>>();
    let by_order = order == Order::Little;
    let Some(median) = median else { return if by_order { swapped() } else { counts } };
    let far = |of: &[u16]| middle(of).abs_diff(median);
    let other = swapped();
    match far(&other).cmp(&far(&counts)) {
        std::cmp::Ordering::Less => other,
        std::cmp::Ordering::Greater => counts,
        std::cmp::Ordering::Equal => {
            if by_order {
                other
            } else {
                counts
            }
        }
    }
}

fn middle(counts: &[u16]) -> u16 {
    let mut sorted = counts.to_vec();
    let at = sorted.len() / 2;
    if sorted.is_empty() { 0 } else { *sorted.select_nth_unstable(at).1 }
}
