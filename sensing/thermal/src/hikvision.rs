//! The answer of a Hikvision thermal camera to `jpegPicWithAppendData`: parts of JSON, a picture, and a matrix of temperatures.
//!
//! No file of such a camera was at hand: fixtures come from a test encoder written after the description (reference: thermal.md
//! section 3). Not checked against a device.

use serde::Deserialize;

use crate::image::Thermogram;
use crate::reading::ThermalError;

/// The most pixels a side.
const SIDE_MOST: usize = 4_096;
/// What the whole numbers of the matrix are worth.
const TENTH: f64 = 0.1;

/// How the matrix writes a temperature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatrixForm {
    /// Degrees Celsius as 32-bit floats, little-endian.
    Floats,
    /// Tenths of a degree as 16-bit whole numbers, little-endian.
    Tenths,
}

/// An answer of such a camera.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The temperatures.
    pub image: Thermogram,
    /// How they were written.
    pub form: MatrixForm,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "JpegPictureWithAppendData")]
    picture: Picture,
}

#[derive(Deserialize)]
struct Picture {
    #[serde(rename = "jpegPicWidth")]
    width: usize,
    #[serde(rename = "jpegPicHeight")]
    height: usize,
}

/// Whether a multipart answer begins here.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"--")
}

/// Reads an answer: the boundary is its first line, the matrix the part whose length is that of its picture.
///
/// # Errors
/// When a part is missing, or no part is as long as the picture's size says.
pub fn matrix(bytes: &[u8]) -> Result<Matrix, ThermalError> {
    let end = bytes.windows(2).position(|it| it == b"\r\n").ok_or(ThermalError::Broken("boundary"))?;
    let boundary = bytes.get(..end).unwrap_or_default();
    let parts = parts(bytes, boundary);
    let size =
        parts.iter().find_map(|it| serde_json::from_slice::<Answer>(it).ok()).ok_or(ThermalError::Missing("JSON"))?;
    let Picture { width, height } = size.picture;
    if !(1..=SIDE_MOST).contains(&width) || !(1..=SIDE_MOST).contains(&height) {
        return Err(ThermalError::Broken("size"));
    }
    let pixels = width * height;
    for part in parts {
        let (form, celsius) = match part.len() {
            length if length == pixels * 4 => (MatrixForm::Floats, floats(part)),
            length if length == pixels * 2 => (MatrixForm::Tenths, tenths(part)),
            _ => continue,
        };
        return Ok(Matrix { image: Thermogram::of_celsius(width, height, celsius)?, form });
    }
    Err(ThermalError::Missing("matrix"))
}

fn floats(part: &[u8]) -> Vec<f64> {
    part.as_chunks::<4>().0.iter().map(|it| f64::from(f32::from_le_bytes(*it))).collect()
}

fn tenths(part: &[u8]) -> Vec<f64> {
    part.as_chunks::<2>().0.iter().map(|it| f64::from(i16::from_le_bytes(*it)) * TENTH).collect()
}

/// The bodies of the parts. One that says how long it is, is taken at its word: a boundary may also stand in a matrix.
fn parts<'a>(bytes: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(rest) = bytes.get(at..).filter(|it| it.starts_with(boundary)) {
        let Some(head) = rest.windows(4).position(|it| it == b"\r\n\r\n") else { break };
        let body = rest.get(head + 4..).unwrap_or_default();
        let until_boundary =
            || body.windows(boundary.len() + 2).position(|it| it.starts_with(b"\r\n") && it.ends_with(boundary));
        let length = said_length(rest.get(..head).unwrap_or_default()).or_else(until_boundary).unwrap_or(body.len());
        let Some(part) = body.get(..length) else { break };
        found.push(part);
        at += head + 4 + length;
        let rest = bytes.get(at..).unwrap_or_default();
        at += if rest.starts_with(b"\r\n") { 2 } else { 0 };
    }
    found
}

fn said_length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?.to_ascii_lowercase();
    head.lines().find_map(|it| it.strip_prefix("content-length:")?.trim().parse().ok())
}
