//! Holds this reader against figures that another one made: `oracle.json` beside its images.

use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::image::Thermogram;
use crate::inspect::hex_of;
use crate::linear::LinearScale;
use crate::reading::read;

/// How far temperatures may lie apart, in degrees.
const TOLERANCE: f64 = 0.01;

/// What became of a set.
#[derive(Debug, Default)]
pub struct Report {
    /// One for each image that is not as it should be.
    pub lines: Vec<String>,
    /// Images that are.
    pub n_passed: usize,
    /// Images that are not.
    pub n_failed: usize,
}

#[derive(Deserialize)]
struct Oracle {
    images: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    file: String,
    width: usize,
    height: usize,
    raw: ExpectedRaw,
    celsius: ExpectedCelsius,
    pixels: Vec<ExpectedPixel>,
}

#[derive(Deserialize)]
struct ExpectedRaw {
    min: u16,
    max: u16,
    sha256_le_u16: String,
}

#[derive(Deserialize)]
struct ExpectedCelsius {
    min: f64,
    max: f64,
    mean: f64,
    nan: usize,
}

#[derive(Deserialize)]
struct ExpectedPixel {
    row: usize,
    col: usize,
    raw: u16,
    celsius: Option<f64>,
}

/// Reads every image that the oracle of this folder names.
///
/// # Errors
/// When there is no oracle, or it is no such JSON. An image that is missing is a failure of that image.
pub fn run(dir: &Path) -> io::Result<Report> {
    let oracle: Oracle = serde_json::from_slice(&std::fs::read(dir.join("oracle.json"))?)?;
    let mut report = Report::default();
    for expected in &oracle.images {
        let wrong = std::fs::read(dir.join(&expected.file)).map_err(|it| it.to_string()).and_then(|bytes| {
            let images = read(&bytes, LinearScale::HUNDREDTHS).map_err(|it| it.to_string())?;
            images.first().map(|it| differences(it, expected)).ok_or_else(|| "no image".to_owned())
        });
        let wrong = wrong.unwrap_or_else(|why| vec![why]);
        match wrong.is_empty() {
            true => report.n_passed += 1,
            false => {
                report.n_failed += 1;
                report.lines.push(format!("{}: {}", expected.file, wrong.join("; ")));
            }
        }
    }
    Ok(report)
}

fn differences(image: &Thermogram, expected: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |what: &str, is: bool, got: String| {
        if !is {
            wrong.push(format!("{what}: {got}"));
        }
    };
    let size = (image.width(), image.height());
    check("size", size == (expected.width, expected.height), format!("{size:?}"));
    let counts = image.counts().unwrap_or_default();
    let range = (counts.iter().min().copied(), counts.iter().max().copied());
    check("counts", range == (Some(expected.raw.min), Some(expected.raw.max)), format!("{range:?}"));
    let digest = hex_of(counts);
    check("digest of the counts", digest == expected.raw.sha256_le_u16, digest);
    if let Some(got) = image.celsius().summary() {
        let near = |got: f64, wanted: f64| (got - wanted).abs() <= TOLERANCE;
        let it = &expected.celsius;
        let same = near(got.min, it.min) && near(got.max, it.max) && near(got.mean, it.mean) && got.nan == it.nan;
        check("degrees", same, format!("{got:?}"));
    }
    for it in &expected.pixels {
        let raw = counts.get(it.row * image.width() + it.col).copied();
        let got = image.at(it.row, it.col).filter(|it| it.is_finite());
        let same = match (got, it.celsius) {
            (Some(got), Some(wanted)) => (got - wanted).abs() <= TOLERANCE,
            (got, wanted) => got.is_none() && wanted.is_none(),
        };
        check(&format!("pixel {},{}", it.row, it.col), same && raw == Some(it.raw), format!("{raw:?} {got:?}"));
    }
    wrong
}
