//! What must hold for any bytes at all. libFuzzer drives these functions through the crate in `fuzz/`, and a test drives them on
//! stable Rust; they panic when an invariant is broken. Not part of the product's own code paths.

use crate::h264::H264;
use crate::jpeg;
use crate::splitter::Splitter;

/// Splitting gives the same pictures however the file is read; each is a stretch of the file from SOI to EOI, in order and apart.
///
/// # Panics
/// When that is not so.
pub fn splitting(bytes: &[u8]) {
    let whole = split(bytes, bytes.len().max(1));
    let mut rest = bytes;
    for it in &whole.0 {
        assert!(it.starts_with(&[0xff, 0xd8]) && it.ends_with(&[0xff, 0xd9]), "no picture");
        let at = rest.windows(it.len()).position(|bytes| bytes == it);
        assert!(at.is_some(), "not from the file");
        rest = at.and_then(|at| rest.get(at + it.len()..)).unwrap_or_default();
    }
    for step in [1, 3, 64] {
        assert_eq!(split(bytes, step), whole, "read {step} at a time");
    }
}

/// A camera's JPEG is a picture of some size or an error.
///
/// # Panics
/// When that is not so.
pub fn jpegs(bytes: &[u8]) {
    if let Ok(picture) = jpeg::decode(bytes) {
        assert!(0 < picture.width() && !picture.row(picture.height() - 1).is_empty(), "a picture of nothing");
    }
}

/// A stream of H.264 in Annex B form is pictures of some size, nothing yet, or an error, at once and in pieces.
///
/// # Panics
/// When that is not so, or when the library gives no decoder.
pub fn h264(bytes: &[u8]) {
    for step in [bytes.len().max(1), 200] {
        let decoder = H264::new();
        assert!(decoder.is_some(), "no decoder");
        if let Some(mut decoder) = decoder {
            for chunk in bytes.chunks(step) {
                if let Ok(Some(picture)) = decoder.decode(chunk, true, true) {
                    assert!(
                        0 < picture.width() && !picture.row(picture.height() - 1).is_empty(),
                        "a picture of nothing"
                    );
                }
            }
        }
    }
}

fn split(bytes: &[u8], step: usize) -> (Vec<Vec<u8>>, u64) {
    let (mut splitter, mut jpegs) = (Splitter::default(), Vec::new());
    for chunk in bytes.chunks(step) {
        splitter.push(chunk);
        jpegs.extend(std::iter::from_fn(|| splitter.next_jpeg()));
    }
    splitter.finish();
    (jpegs, splitter.take_broken())
}
