//! Photographs as they are kept: what the camera wrote beside the picture is taken off, and nothing else is touched.

use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::{Bytes, ImageEXIF, ImageICC};

/// The largest photograph.
pub const PICTURE_MOST: usize = 3 * 1024 * 1024;

/// Chunks of a PNG that make the picture.
const PNG_KEPT: &[&[u8; 4]] =
    &[b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"];

/// A picture without anything that says where, when or with what it was taken; nothing when it is neither JPEG nor PNG.
pub fn stripped(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let bytes = Bytes::from(bytes);
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
        jpeg.set_exif(None);
        jpeg.set_icc_profile(None);
        // JFIF says the density, Adobe the colour transform; every other application segment and comment speaks of the camera.
        jpeg.segments_mut().retain(|it| match it.marker() {
            markers::APP0 | markers::APP14 => true,
            markers::APP1..=markers::APP13 | markers::APP15 | markers::COM => false,
            _ => true,
        });
        return Some(jpeg.encoder().bytes().to_vec());
    }
    let mut png = Png::from_bytes(bytes).ok()?;
    png.chunks_mut().retain(|it| PNG_KEPT.contains(&&it.kind()));
    Some(png.encoder().bytes().to_vec())
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
