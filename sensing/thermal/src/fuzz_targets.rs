//! What must hold for any bytes at all. libFuzzer drives these functions through the crate in `fuzz/`, and a test drives them on
//! stable Rust; they panic when an invariant is broken. Not part of the product's own code paths.

use crate::inspect::{PixelAt, inspect};
use crate::linear::LinearScale;
use crate::reading::{kind_of, read};

/// Reading ends with images that have as many counts as pixels, the same ones each time, or with an error; what has no known
/// first bytes is never read.
///
/// # Panics
/// When that is not so.
pub fn reading(bytes: &[u8]) {
    let (first, again) = (read(bytes, LinearScale::HUNDREDTHS), read(bytes, LinearScale::HUNDREDTHS));
    match (first, again) {
        (Ok(first), Ok(again)) => {
            assert!(kind_of(bytes).is_some() && !first.is_empty() && first.len() == again.len());
            for (image, same) in first.iter().zip(&again) {
                let pixels = image.width() * image.height();
                assert!(0 < pixels && image.celsius().0.len() == pixels, "a picture of nothing");
                assert_eq!(image.counts(), same.counts(), "two readings of the same bytes");
                assert!(image.counts().is_none_or(|it| it.len() == pixels), "counts and pixels differ");
                assert!(image.at(image.height(), 0).is_none() && image.at(0, 0).is_some(), "outside and inside");
            }
        }
        (Err(first), Err(again)) => assert_eq!(first, again, "two readings of the same bytes"),
        (first, again) => assert_eq!(first.is_ok(), again.is_ok(), "two readings of the same bytes"),
    }
}

/// Inspecting gives an object for each image, with a line for each pixel that was asked for.
///
/// # Panics
/// When that is not so.
pub fn inspecting(bytes: &[u8]) {
    let asked = [PixelAt { row: 0, col: 0 }, PixelAt { row: usize::MAX, col: usize::MAX }];
    for image in inspect(bytes, &asked).unwrap_or_default() {
        let pixels = image.get("pixels").and_then(serde_json::Value::as_array);
        assert!(pixels.is_some_and(|it| it.len() == asked.len()), "a pixel is missing: {image}");
    }
}
