//! What must hold for any bytes at all. libFuzzer drives these functions through the crate in `fuzz/`, and a test drives them on
//! stable Rust; they panic when an invariant is broken. Not part of the product's own code paths.

use crate::picture::{MAX_PIXELS, Picture};
use crate::template::{TEMPLATE_BYTES, Template};

/// Decoding ends with as many pixels as width and height say, or with an error.
///
/// # Panics
/// When that is not so.
pub fn pictures(bytes: &[u8]) {
    if let Ok(it) = Picture::decode(bytes) {
        assert!(0 < it.width() * it.height() && it.width() * it.height() <= MAX_PIXELS, "{it:?}");
        let n_bytes: usize = (0..it.height()).map(|row| it.row(row).len()).sum();
        assert_eq!(n_bytes, it.width() * it.height() * 3, "{it:?}");
    }
}

/// What is read as a template is written as one again, with a direction.
///
/// # Panics
/// When that is not so.
pub fn templates(bytes: &[u8]) {
    if let Ok(it) = Template::from_bytes(bytes) {
        let again = Template::from_bytes(&it.to_bytes());
        assert!(bytes.len() == TEMPLATE_BYTES && again.is_ok_and(|again| again.id() == it.id()));
        assert!(it.embedding().cosine(it.embedding()).is_some_and(|it| (it - 1.0).abs() < 1e-3));
    }
}
