//! The conversions between counts and reals that `From` does not offer.

/// A count of pixels, rows or weights.
#[expect(clippy::as_conversions, reason = "counts here are far below 2^24, where f32 is exact")]
pub(crate) const fn real(count: usize) -> f32 {
    count as f32
}

/// The nearest count; 0 for what is negative or no number.
#[expect(clippy::as_conversions, reason = "a float cast saturates and makes 0 of NaN")]
pub(crate) const fn whole(value: f32) -> usize {
    value.round() as usize
}

/// The next count below; 0 for what is negative or no number.
#[expect(clippy::as_conversions, reason = "a float cast saturates and makes 0 of NaN")]
pub(crate) const fn floor(value: f32) -> usize {
    value.floor() as usize
}

/// The nearest small integer, at most 127 in size.
#[expect(clippy::as_conversions, reason = "clamped before, and a float cast saturates")]
pub(crate) const fn tiny(value: f32) -> i8 {
    value.round().clamp(-127.0, 127.0) as i8
}

/// A sum of products of small integers; 512 of them stay below 2^24.
#[expect(clippy::as_conversions, reason = "512 × 127 × 127 < 2^24, where f32 is exact")]
pub(crate) const fn real_of_sum(sum: i32) -> f32 {
    sum as f32
}
