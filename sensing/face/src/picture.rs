//! JPEG and PNG as upright pixels of red, green and blue.

use std::io::Cursor;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// A picture of more pixels is refused before it is unpacked.
pub const MAX_PIXELS: usize = 40_000_000;
/// And one that is longer on a side.
const MAX_SIDE: usize = 16_384;

/// Why a picture was not read.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Neither of the two formats.
    #[error("neither JPEG nor PNG")]
    Unknown,
    /// Larger than [`MAX_PIXELS`].
    #[error("more than {MAX_PIXELS} pixels")]
    TooLarge,
    /// What the decoder said.
    #[error("damaged: {0}")]
    Damaged(String),
}

/// Pixels row by row, three bytes each: red, green, blue.
#[derive(Clone)]
pub struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} × {})", self.width, self.height)
    }
}

impl Picture {
    /// From pixels that somebody else has unpacked; none if their number is not width × height × 3.
    pub fn from_rgb(width: usize, height: usize, rgb: Vec<u8>) -> Option<Self> {
        let n_bytes = width.checked_mul(height)?.checked_mul(3)?;
        (n_bytes > 0 && rgb.len() == n_bytes).then_some(Self { width, height, rgb })
    }

    /// Unpacks a JPEG or a PNG and turns it as its EXIF orientation says.
    ///
    /// # Errors
    /// Why it was not read.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        match bytes {
            [0xff, 0xd8, ..] => decode_jpeg(bytes),
            [0x89, b'P', b'N', b'G', ..] => decode_png(bytes),
            _ => Err(PictureError::Unknown),
        }
    }

    /// Pixels in a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// A row's bytes; empty outside the picture.
    pub fn row(&self, row: usize) -> &[u8] {
        self.rgb.chunks_exact(self.width * 3).nth(row).unwrap_or_default()
    }

    /// A pixel; black outside the picture.
    pub fn at(&self, row: usize, col: usize) -> [u8; 3] {
        if row >= self.height || col >= self.width {
            return [0; 3];
        }
        let at = (row * self.width + col) * 3;
        self.rgb.get(at..at + 3).and_then(|it| it.try_into().ok()).unwrap_or_default()
    }

    fn turned(self, orientation: u8) -> Self {
        let (width, height) = (self.width, self.height);
        // Orientation 5 to 8 swap the sides; what stands at (row, col) of the upright picture is read from there.
        let (w, h) = if orientation >= 5 { (height, width) } else { (width, height) };
        let from: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
            2 => |row, col, w, _| (row, w - 1 - col),
            3 => |row, col, w, h| (h - 1 - row, w - 1 - col),
            4 => |row, col, _, h| (h - 1 - row, col),
            5 => |row, col, _, _| (col, row),
            6 => |row, col, w, _| (w - 1 - col, row),
            7 => |row, col, w, h| (w - 1 - col, h - 1 - row),
            8 => |row, col, _, h| (col, h - 1 - row),
            _ => return self,
        };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for row in 0..h {
            for col in 0..w {
                let (row, col) = from(row, col, w, h);
                rgb.extend(self.at(row, col));
            }
        }
        Self { width: w, height: h, rgb }
    }
}

fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged(error.to_string())
}

fn decode_jpeg(bytes: &[u8]) -> Result<Picture, PictureError> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.info().map(|it| (usize::from(it.width), usize::from(it.height))).unwrap_or_default();
    if width * height > MAX_PIXELS {
        return Err(PictureError::TooLarge);
    }
    let orientation = decoder.exif().and_then(|it| orientation(it)).unwrap_or(1);
    let rgb = decoder.decode().map_err(damaged)?;
    let picture = Picture::from_rgb(width, height, rgb).ok_or_else(|| damaged("pixels are missing"))?;
    Ok(picture.turned(orientation))
}

fn decode_png(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (width, height) = (reader.info().width, reader.info().height);
    let side = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
    if side(width).saturating_mul(side(height)) > MAX_PIXELS {
        return Err(PictureError::TooLarge);
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(PictureError::TooLarge)?];
    let info = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(info.buffer_size());
    let rgb = match info.color_type {
        png::ColorType::Rgb => pixels,
        png::ColorType::Rgba => pixels.chunks_exact(4).flat_map(|it| it.iter().take(3).copied()).collect(),
        png::ColorType::Grayscale => pixels.iter().flat_map(|it| [*it; 3]).collect(),
        png::ColorType::GrayscaleAlpha => {
            pixels.chunks_exact(2).flat_map(|it| [it.first().copied().unwrap_or_default(); 3]).collect()
        }
        png::ColorType::Indexed => return Err(damaged("a palette that was not unfolded")),
    };
    Picture::from_rgb(side(width), side(height), rgb).ok_or_else(|| damaged("pixels are missing"))
}

/// Tag 0x0112 of the first directory of EXIF's TIFF (CIPA DC-008).
fn orientation(exif: &[u8]) -> Option<u8> {
    let little = exif.starts_with(b"II");
    let short = |at: usize| {
        let it = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(it) } else { u16::from_be_bytes(it) })
    };
    let long = |at: usize| {
        let it = exif.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(if little { u32::from_le_bytes(it) } else { u32::from_be_bytes(it) }).ok()
    };
    let directory = long(4).filter(|it| *it < exif.len())?;
    (0..usize::from(short(directory)?))
        .map(|entry| directory + 2 + entry * 12)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
        .and_then(|it| u8::try_from(it).ok())
        .filter(|it| (1..=8).contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3 × 2, each pixel its own number.
    fn numbered() -> Picture {
        Picture::from_rgb(3, 2, (0..6).flat_map(|it| [it; 3]).collect()).unwrap()
    }

    fn turned(orientation: u8) -> (usize, Vec<u8>) {
        let it = numbered().turned(orientation);
        (it.width, it.rgb.chunks_exact(3).map(|it| it[0]).collect())
    }

    #[test]
    fn a_picture_is_turned_as_its_camera_says() {
        assert_eq!(turned(1), (3, vec![0, 1, 2, 3, 4, 5]));
        assert_eq!(turned(2), (3, vec![2, 1, 0, 5, 4, 3]));
        assert_eq!(turned(3), (3, vec![5, 4, 3, 2, 1, 0]));
        assert_eq!(turned(4), (3, vec![3, 4, 5, 0, 1, 2]));
        assert_eq!(turned(5), (2, vec![0, 3, 1, 4, 2, 5]));
        // The stored rows are the right edge of what the camera saw: turn clockwise.
        assert_eq!(turned(6), (2, vec![3, 0, 4, 1, 5, 2]));
        assert_eq!(turned(7), (2, vec![5, 2, 4, 1, 3, 0]));
        assert_eq!(turned(8), (2, vec![2, 5, 1, 4, 0, 3]));
    }

    #[test]
    fn the_orientation_is_read_in_both_byte_orders() {
        let little = [&b"II*\0\x08\0\0\0\x01\0"[..], &[0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]].concat();
        let big = [&b"MM\0*\0\0\0\x08\0\x01"[..], &[1, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0]].concat();
        assert_eq!((orientation(&little), orientation(&big)), (Some(6), Some(8)));
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), None);
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        assert!(matches!(Picture::decode(b"GIF89a"), Err(PictureError::Unknown)));
        assert!(matches!(Picture::decode(&[0xff, 0xd8, 0xff]), Err(PictureError::Damaged(_))));
        assert!(matches!(Picture::decode(b"\x89PNG\r\n\x1a\n"), Err(PictureError::Damaged(_))));
    }
}
