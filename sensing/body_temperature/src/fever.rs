//! How likely fever is: the forward model read backwards, with how common fever is among those who come.
//!
//! What comes out is a probability. The mean of what it is the probability of is never shown as a temperature: it is the
//! best guess by squares and reads fevers 0.3 to 0.5 K low.

use serde::{Deserialize, Serialize};

use crate::skin::Forward;
use crate::units::{Celsius, Kelvins};

/// Degrees of freedom.
const NU: f64 = 4.0;
/// Body temperatures that are weighed.
const FROM_C: f64 = 34.5;
const TO_C: f64 = 43.0;
const STEPS: u32 = 425;
/// Estimates further below what is usual, or above the threshold, say no more than these.
const BELOW_USUAL_K: f64 = 0.5;
const ABOVE_THRESHOLD_K: f64 = 1.8;

/// How body temperatures are spread among those who come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// The share of those at or above the threshold.
    pub prevalence: f64,
    /// The others: normal about this, cut at the threshold.
    pub usual: Celsius,
    /// Their standard deviation.
    pub usual_sd: Kelvins,
    /// Those with fever: exponential above the threshold, with this mean.
    pub excess: Kelvins,
}

impl Prior {
    /// With this share of fevers; the shapes are those of the tables (36.87 ± 0.29 below 37.5; 0.62 above it, 47 people).
    pub const fn of(prevalence: f64) -> Self {
        Self { prevalence, usual: Celsius(36.87), usual_sd: Kelvins(0.29), excess: Kelvins(0.62) }
    }
}

/// How likely a body at or above the threshold is behind an estimate, given also noise that the forward model does not know
/// of.
pub fn p_fever(estimate: Celsius, forward: &Forward, more_noise: Kelvins, prior: &Prior, threshold: Celsius) -> f64 {
    // Noise of another origin is added to the standard deviation; the shape stays.
    let scale = forward.scale.0 * forward.sd.with(more_noise).0 / forward.sd.0;
    // Tails are heavy: far out on either side a reading would say less than one that is nearer. It says no more than that
    // one.
    let said = estimate.0.clamp(prior.usual.0 - BELOW_USUAL_K, threshold.0 + ABOVE_THRESHOLD_K);
    let likely = |body: f64| {
        let z = (said - forward.at_37.0 - forward.slope * (body - 37.0)) / scale;
        student_t4(z)
    };
    let step = (TO_C - FROM_C) / f64::from(STEPS);
    let bodies = || (0..STEPS).map(|it| FROM_C + (f64::from(it) + 0.5) * step);
    let usual = |body: f64| (-0.5 * ((body - prior.usual.0) / prior.usual_sd.0).powi(2)).exp();
    let febrile = |body: f64| (-(body - threshold.0) / prior.excess.0).exp();
    let weigh = |of: &dyn Fn(f64) -> f64, above: bool| {
        let own = bodies().filter(|it| (threshold.0 <= *it) == above);
        let (mass, seen) = own.fold((0.0, 0.0), |(mass, seen), it| (mass + of(it), seen + of(it) * likely(it)));
        if 0.0 < mass { seen / mass } else { 0.0 }
    };
    let (with, without) = (prior.prevalence * weigh(&febrile, true), (1.0 - prior.prevalence) * weigh(&usual, false));
    match with + without {
        all if 0.0 < all => with / all,
        _ => prior.prevalence,
    }
}

/// The density of Student's t with four degrees of freedom, up to its constant: (1 + t²/4)^(−5/2).
fn student_t4(t: f64) -> f64 {
    let base = 1.0 + t * t / NU;
    1.0 / (base * base * base.sqrt())
}

/// The distribution of Student's t with four degrees of freedom, which has a closed form (Shaw 2006, J. Computational
/// Finance 9(4)).
pub fn student_t4_below(t: f64) -> f64 {
    let s = t / (NU + t * t).sqrt();
    0.5 + 0.75 * (s - s.powi(3) / 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skin::CameraModel;

    #[test]
    fn the_distribution_has_its_known_quantiles() {
        // Tables of Student's t, four degrees of freedom.
        for (t, p) in [(0.0, 0.5), (0.741, 0.75), (1.533, 0.90), (2.132, 0.95), (2.776, 0.975), (3.747, 0.99)] {
            assert!((student_t4_below(t) - p).abs() < 2e-4, "{t}: {}", student_t4_below(t));
            assert!((student_t4_below(-t) - (1.0 - p)).abs() < 2e-4);
        }
    }

    #[test]
    fn the_density_is_the_slope_of_the_distribution() {
        for t in [-3.0, -0.4, 0.0, 1.1, 2.5] {
            let rise = (student_t4_below(t + 1e-5) - student_t4_below(t - 1e-5)) / 2e-5;
            assert!((rise - 0.375 * student_t4(t)).abs() < 1e-6, "{t}");
        }
    }

    #[test]
    fn more_common_and_warmer_is_more_likely() {
        let skin = CameraModel::FlirA325sc.skin();
        let at = |estimate: f64, prevalence: f64| {
            p_fever(Celsius(estimate), &skin.both, Kelvins::ZERO, &Prior::of(prevalence), Celsius(37.5))
        };
        let rising: Vec<f64> = (0..=90).map(|it| at(34.0 + f64::from(it) * 0.1, 0.01)).collect();
        assert!(rising.windows(2).all(|it| it[0] <= it[1] + 2e-5), "{rising:?}");
        assert!(at(37.4, 0.01) < at(37.4, 0.1) && at(37.4, 0.1) < at(37.4, 0.5));
        // Tails are heavy: one in a hundred has a fever, and one reading of 38.6 makes it less than even.
        assert!(at(36.6, 0.01) < 0.01 && 0.4 < at(38.6, 0.01) && 0.9 < at(38.6, 0.2), "{}", at(38.6, 0.2));
        assert!(at(36.9, 0.0) == 0.0 && 1.0 - at(36.9, 1.0) < 1e-12);
    }
}
