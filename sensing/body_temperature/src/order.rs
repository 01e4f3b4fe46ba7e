//! Medians and what is built on them.

/// The middle of some numbers; none of none. What is not a number is left out.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut known: Vec<f64> = numbers.into_iter().filter(|it| it.is_finite()).collect();
    median_of(&mut known)
}

/// The middle of finite numbers, which are put in some other order.
pub(crate) fn median_of(known: &mut [f64]) -> Option<f64> {
    let half = known.len() / 2;
    if known.is_empty() {
        return None;
    }
    let odd = known.len() % 2 == 1;
    let (below, middle, _) = known.select_nth_unstable_by(half, f64::total_cmp);
    match odd {
        true => Some(*middle),
        false => Some(f64::midpoint(*middle, below.iter().copied().fold(f64::NEG_INFINITY, f64::max))),
    }
}

/// What makes a median absolute deviation the standard deviation of a normal distribution: 1 / Φ⁻¹(3/4).
pub(crate) const MAD_TO_SD: f64 = 1.4826;

/// A count as a number to reckon with.
pub(crate) fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// Mean and standard deviation of finite numbers; none of none.
pub(crate) fn mean_and_sd(known: &[f64]) -> Option<(f64, f64)> {
    let n = count(known.len());
    if known.is_empty() {
        return None;
    }
    let mean = known.iter().sum::<f64>() / n;
    let variance = known.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / n;
    Some((mean, variance.sqrt()))
}
