//! What a file says, as JSON for people and scripts.

use std::fmt::Write as _;
use std::str::FromStr;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::image::Thermogram;
use crate::linear::LinearScale;
use crate::reading::{ThermalError, read};

/// A pixel that is asked for: `R,C`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelAt {
    /// From above, beginning with 0.
    pub row: usize,
    /// From the left, beginning with 0.
    pub col: usize,
}

impl FromStr for PixelAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers =
            text.split_once(',').and_then(|(row, col)| Some((row.trim().parse().ok()?, col.trim().parse().ok()?)));
        let (row, col) = numbers.ok_or("row and column with a comma between, such as 60,80")?;
        Ok(Self { row, col })
    }
}

/// One JSON object an image: size, parameters, what the counts and the temperatures span, and the pixels asked for.
///
/// # Errors
/// Why the file was not read.
pub fn inspect(bytes: &[u8], pixels: &[PixelAt]) -> Result<Vec<Value>, ThermalError> {
    let images = read(bytes, LinearScale::HUNDREDTHS)?;
    Ok(images.iter().map(|it| described(it, pixels)).collect())
}

fn described(image: &Thermogram, pixels: &[PixelAt]) -> Value {
    let raw = image.counts().map(|counts| {
        json!({
            "min": counts.iter().min(), "max": counts.iter().max(), "sha256_le_u16": hex_of(counts),
        })
    });
    let pixel = |it: &PixelAt| {
        let at = (it.row < image.height() && it.col < image.width()).then(|| it.row * image.width() + it.col);
        let raw = at.and_then(|at| image.counts()?.get(at).copied());
        json!({ "row": it.row, "col": it.col, "raw": raw, "celsius": image.at(it.row, it.col).filter(|it| it.is_finite()) })
    };
    json!({
        "width": image.width(), "height": image.height(), "parameters": image.camera, "raw": raw,
        "celsius": image.celsius().summary(), "pixels": pixels.iter().map(pixel).collect::<Vec<_>>(),
    })
}

/// SHA-256 of the counts as little-endian bytes.
pub(crate) fn hex_of(counts: &[u16]) -> String {
    let bytes: Vec<u8> = counts.iter().flat_map(|it| it.to_le_bytes()).collect();
    let mut hex = String::new();
    for byte in digest(&SHA256, &bytes).as_ref() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
