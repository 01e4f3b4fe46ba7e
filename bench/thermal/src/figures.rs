//! What is reported of estimates beside readings.

use crate::chance::Dice;

/// Resamples of an interval.
const RESAMPLES: usize = 1_000;

/// One person: what was estimated, how likely fever was said to be, what the thermometer said.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    pub estimate: f64,
    pub p_fever: f64,
    pub half_width: f64,
    pub oral: f64,
}

/// A count as a number.
pub fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::NAN, f64::from)
}

pub fn mean(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let (n, sum) = numbers.into_iter().fold((0, 0.0), |(n, sum), it| (n + 1, sum + it));
    sum / count(n)
}

pub fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    quantile(numbers, 0.5)
}

/// The number below which such a share lies; between two of them on a straight line.
pub fn quantile(numbers: impl IntoIterator<Item = f64>, share: f64) -> f64 {
    let mut sorted: Vec<f64> = numbers.into_iter().filter(|it| it.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = share * count(sorted.len().saturating_sub(1));
    let below = sorted.iter().zip(0_u32..).filter(|(_, idx)| f64::from(*idx) <= at).map(|(it, _)| *it).last();
    let above = sorted.iter().zip(0_u32..).find(|(_, idx)| at <= f64::from(*idx)).map(|(it, _)| *it);
    let part = at - at.floor();
    below.zip(above).map_or(f64::NAN, |(below, above)| below + (above - below) * part)
}

/// How often somebody with fever is estimated above somebody without.
pub fn auc(judged: &[Judged], threshold: f64) -> f64 {
    let (mut with, mut without): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for it in judged {
        if threshold <= it.oral { &mut with } else { &mut without }.push(it.estimate);
    }
    without.sort_unstable_by(f64::total_cmp);
    let above = with.iter().map(|it| {
        let (lower, upper) =
            (without.partition_point(|other| other < it), without.partition_point(|other| other <= it));
        f64::midpoint(count(lower), count(upper))
    });
    above.sum::<f64>() / (count(with.len()) * count(without.len()))
}

/// Sensitivity and specificity of calling fever from a cut on.
pub fn hits(judged: &[Judged], threshold: f64, cut: f64) -> (f64, f64) {
    let share = |of: &dyn Fn(&&Judged) -> bool, called: bool| {
        let all: Vec<&Judged> = judged.iter().filter(of).collect();
        count(all.iter().filter(|it| (cut <= it.estimate) == called).count()) / count(all.len())
    };
    (share(&|it| threshold <= it.oral, true), share(&|it| it.oral < threshold, false))
}

pub fn rmse(judged: &[Judged]) -> f64 {
    mean(judged.iter().map(|it| (it.estimate - it.oral).powi(2))).sqrt()
}

pub fn within(judged: &[Judged], kelvins: f64) -> f64 {
    mean(judged.iter().map(|it| if (it.estimate - it.oral).abs() <= kelvins { 1.0 } else { 0.0 }))
}

/// How many thermometers lie in the interval that was printed.
pub fn covered(judged: &[Judged]) -> f64 {
    mean(judged.iter().map(|it| if (it.estimate - it.oral).abs() <= it.half_width { 1.0 } else { 0.0 }))
}

/// Kelvins of the estimate a kelvin of the thermometer: least squares.
pub fn slope(judged: &[Judged]) -> f64 {
    line(judged.iter().map(|it| (it.oral, it.estimate))).1
}

/// Mean error of those from a threshold on.
pub fn bias_from(judged: &[Judged], threshold: f64) -> f64 {
    mean(judged.iter().filter(|it| threshold <= it.oral).map(|it| it.estimate - it.oral))
}

/// Mean square of what was said less what was.
pub fn brier(judged: &[Judged], threshold: f64) -> f64 {
    mean(judged.iter().map(|it| (it.p_fever - if threshold <= it.oral { 1.0 } else { 0.0 }).powi(2)))
}

/// Intercept and slope of y on x.
pub fn line(points: impl Iterator<Item = (f64, f64)> + Clone) -> (f64, f64) {
    let (x, y) = (mean(points.clone().map(|it| it.0)), mean(points.clone().map(|it| it.1)));
    let (up, across) =
        points.fold((0.0, 0.0), |(up, across), (a, b)| (up + (a - x) * (b - y), across + (a - x).powi(2)));
    let slope = up / across;
    (y - slope * x, slope)
}

/// Where 95 % of resamples of people lie.
pub fn interval(judged: &[Judged], seed: u64, of: impl Fn(&[Judged]) -> f64) -> [f64; 2] {
    let mut dice = Dice::of(seed);
    let drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let people: Vec<Judged> =
                (0..judged.len()).filter_map(|_| judged.get(dice.below(judged.len())).copied()).collect();
            of(&people)
        })
        .collect();
    [0.025, 0.975].map(|share| quantile(drawn.iter().copied(), share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(pairs: &[(f64, f64)]) -> Vec<Judged> {
        pairs
            .iter()
            .map(|(estimate, oral)| Judged { estimate: *estimate, p_fever: 0.5, half_width: 0.6, oral: *oral })
            .collect()
    }

    #[test]
    fn ties_count_half() {
        // Two with fever, two without: above both; above one and equal to the other.
        let it = people(&[(37.9, 38.0), (37.2, 37.6), (37.2, 37.0), (36.8, 36.9)]);
        assert!((auc(&it, 37.5) - 3.5 / 4.0).abs() < 1e-12);
    }

    #[test]
    fn figures_of_three_people() {
        let it = people(&[(37.0, 37.0), (37.5, 37.4), (38.2, 38.6)]);
        assert!((rmse(&it) - ((0.01_f64 + 0.16) / 3.0).sqrt()).abs() < 1e-9);
        assert!((within(&it, 0.3) - 2.0 / 3.0).abs() < 1e-12 && (bias_from(&it, 37.5) + 0.4).abs() < 1e-9);
        assert_eq!(hits(&it, 37.5, 37.5), (1.0, 0.5));
        assert!((quantile([3.0, 1.0, 2.0], 0.25) - 1.5).abs() < 1e-12 && quantile([4.0], 0.9) == 4.0);
    }

    #[test]
    fn a_split_is_the_same_on_every_run_and_about_half() {
        let n = (0..1_000).filter(|it| crate::chance::is_fitted_on(1, &format!("1611{it}-2"))).count();
        assert!((450..550).contains(&n), "{n}");
        assert!(crate::chance::is_fitted_on(1, "161117-1") == crate::chance::is_fitted_on(1, "161117-1"));
    }
}
