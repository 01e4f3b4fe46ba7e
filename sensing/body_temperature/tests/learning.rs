//! What an installation learns, and what it refuses to.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on stops loudly")]

use body_temperature::{Celsius, Kelvins, LearnRefusal, MillimetresPerPixel, Pair, learn};
use proptest::prelude::*;

/// Noise that is the same on every run: the logistic map, made to lie about 0 with a standard deviation of about one.
fn noise(seed: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(seed), |it| Some(3.99 * it * (1.0 - it))).skip(20).map(|it| (it - 0.5) * 2.8)
}

fn pairs(n: usize, offset: f64, slope: f64, spread: f64, sd: f64) -> Vec<Pair> {
    let clinical = noise(0.31).map(|it| 37.0 + it * spread);
    let made = clinical.zip(noise(0.77)).take(n).map(|(clinical, error)| Pair {
        before_offset: Celsius(37.0 + slope * (clinical - 37.0) - offset + error * sd),
        clinical: Celsius(clinical),
        scale: MillimetresPerPixel(1.1),
    });
    made.collect()
}

#[test]
fn fifty_pairs_teach_an_offset() {
    assert_eq!(learn(&pairs(49, 0.3, 1.0, 0.3, 0.3)), Err(LearnRefusal::TooFew { n: 49 }));
    let got = learn(&pairs(50, 0.3, 1.0, 0.3, 0.3)).unwrap();
    assert!((got.by.0 - 0.3).abs() < 0.15 && (0.02..0.08).contains(&got.u.0), "{got:?}");
    assert!(got.slope.is_none(), "without fevers nobody knows whether they are read as such");
    assert_eq!(got.scale, MillimetresPerPixel(1.1));
}

#[test]
fn a_few_wrong_thermometers_do_not_matter() {
    let mut wrong = pairs(100, 0.3, 1.0, 0.5, 0.25);
    let right = learn(&wrong).unwrap();
    for it in wrong.iter_mut().take(8) {
        it.clinical = Celsius(33.0);
    }
    let got = learn(&wrong).unwrap();
    assert!((got.by - right.by).abs() < Kelvins(0.1), "{got:?} {right:?}");
    assert!(got.slope.is_some());
}

#[test]
fn what_is_not_a_number_is_no_pair() {
    let mut some = pairs(50, 0.3, 1.0, 0.3, 0.3);
    some.first_mut().unwrap().clinical = Celsius(f64::NAN);
    assert_eq!(learn(&some), Err(LearnRefusal::TooFew { n: 49 }));
}

#[test]
fn an_installation_that_is_wrong_teaches_nothing() {
    assert!(matches!(learn(&pairs(80, 0.3, 1.0, 0.3, 1.2)), Err(LearnRefusal::Scattered { .. })));
    assert!(matches!(learn(&pairs(80, 1.4, 1.0, 0.3, 0.3)), Err(LearnRefusal::TooFarOff { .. })));
    assert!(
        matches!(learn(&pairs(80, 0.2, 0.4, 0.7, 0.2)), Err(LearnRefusal::SlopeLow { slope }) if slope.value < 0.6)
    );
    assert!(
        matches!(learn(&pairs(80, 0.2, 1.6, 0.7, 0.2)), Err(LearnRefusal::SlopeHigh { slope }) if 1.4 < slope.value)
    );
}

/// Why pairs are taken from everybody who comes (ADR 0040).
#[test]
fn who_was_held_for_a_high_estimate_teaches_an_offset_that_is_not_there() {
    let everybody = pairs(4_000, 0.0, 1.0, 0.3, 0.3).into_iter().map(|it| Pair {
        before_offset: it.before_offset - Kelvins(0.4),
        clinical: it.clinical - Kelvins(0.4),
        ..it
    });
    let everybody: Vec<Pair> = everybody.collect();
    let held: Vec<Pair> = everybody.iter().filter(|it| Celsius(37.3) <= it.before_offset).copied().collect();
    assert!(learn(&everybody).unwrap().by.abs() < Kelvins(0.05));
    let got = learn(&held).unwrap();
    assert!(got.by < Kelvins(-0.3), "{} were held: {got:?}", held.len());
}

proptest! {
    #[test]
    fn what_is_learnt_is_what_was_put_in(offset in -0.8..0.8_f64, n in 60..300_usize) {
        let got = learn(&pairs(n, offset, 0.95, 0.5, 0.25)).unwrap();
        let plain = learn(&pairs(n, 0.0, 0.95, 0.5, 0.25)).unwrap();
        prop_assert!((got.by - plain.by - Kelvins(offset)).abs() < Kelvins(1e-6));
        prop_assert!(plain.by.abs() < Kelvins(0.12), "{plain:?}");
    }
}
