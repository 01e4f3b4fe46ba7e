//! What an installation learns from people who were also measured with a clinical thermometer.

use serde::{Deserialize, Serialize};

use crate::order::{MAD_TO_SD, count, mean_and_sd, median};
use crate::units::{Celsius, Kelvins, MillimetresPerPixel};

/// Fewer pairs than this teach nothing (thermal.md section 4, step 6).
pub const PAIRS_MIN: usize = 50;
/// Pairs that agree no better than this, one robust standard deviation, are no pairs of the same people.
const SCATTER_MAX: Kelvins = Kelvins(0.6);
/// An installation that is further off than this is not offset but wrong: its blackbody, its camera, its thermometer.
const OFFSET_MAX: Kelvins = Kelvins(1.0);
/// The slope must be able to lie here, within two of its standard errors.
const SLOPE: std::ops::RangeInclusive<f64> = 0.8..=1.25;
/// Clinical readings that spread less than this tell no slope: most of their spread is their own error.
const SPREAD_FOR_SLOPE_K: f64 = 0.4;
/// Huber's constant: 95 % efficient when nothing is wrong (Huber 1964, Ann. Math. Statist. 35).
const HUBER: f64 = 1.345;
const HUBER_EFFICIENCY: f64 = 0.95;
const ROUNDS: usize = 50;
/// Pairs further out than this many deviations are left out of the slope.
const OUTLIER_SDS: f64 = 4.0;
/// How well an offset holds that was shipped: two unlike cameras differ by 0.04, another room and thermometer by more.
pub(crate) const U_SHIPPED: Kelvins = Kelvins(0.10);
/// What a pixel spanned where the shipped offsets were measured: 25 µm behind 18 mm at 0.65 m.
pub(crate) const SCALE_SHIPPED: MillimetresPerPixel = MillimetresPerPixel(0.9);

/// One person, measured twice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// What this room said, before the site's offset: [`crate::Estimate::before_offset`].
    pub before_offset: Celsius,
    /// What a clinical thermometer said.
    pub clinical: Celsius,
    /// What a pixel spanned on this face.
    pub scale: MillimetresPerPixel,
}

/// How estimates rise with clinical readings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Slope {
    /// Kelvins a kelvin.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
}

/// What was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SiteOffset {
    /// Added to estimates.
    pub by: Kelvins,
    /// Its standard error.
    pub u: Kelvins,
    /// From so many pairs.
    pub n: usize,
    /// None when too few had a fever to tell: then nobody knows whether fevers are read as fevers here.
    pub slope: Option<Slope>,
    /// What a pixel spanned, in the middle.
    pub scale: MillimetresPerPixel,
}

/// Why nothing was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum LearnRefusal {
    /// Of pairs whose every number is one.
    TooFew {
        /// So many.
        n: usize,
    },
    /// They do not agree.
    Scattered {
        /// One robust standard deviation.
        sd_k: Kelvins,
    },
    /// They agree on an offset that no working installation has.
    TooFarOff {
        /// The offset.
        by_k: Kelvins,
    },
    /// Fevers are pulled towards normal.
    SlopeLow {
        /// The slope.
        slope: Slope,
    },
    /// Fevers are exaggerated.
    SlopeHigh {
        /// The slope.
        slope: Slope,
    },
}

/// Learns an installation's offset: Huber's location of clinical reading less estimate.
///
/// # Errors
/// Why nothing was learnt; what held before goes on holding.
pub fn learn(pairs: &[Pair]) -> Result<SiteOffset, LearnRefusal> {
    let sound = |it: &&Pair| it.before_offset.is_finite() && it.clinical.is_finite() && it.scale.is_finite();
    let pairs: Vec<&Pair> = pairs.iter().filter(sound).collect();
    let n = pairs.len();
    if n < PAIRS_MIN {
        return Err(LearnRefusal::TooFew { n });
    }
    let gaps: Vec<f64> = pairs.iter().map(|it| (it.clinical - it.before_offset).0).collect();
    let (by, sd) = location(&gaps);
    if SCATTER_MAX.0 < sd {
        return Err(LearnRefusal::Scattered { sd_k: Kelvins(sd) });
    }
    if OFFSET_MAX.0 < by.abs() {
        return Err(LearnRefusal::TooFarOff { by_k: Kelvins(by) });
    }
    let near = |it: &&&Pair| ((it.clinical - it.before_offset).0 - by).abs() <= OUTLIER_SDS * sd;
    let slope = slope(&pairs.iter().filter(near).copied().copied().collect::<Vec<_>>());
    match slope {
        Some(it) if it.value + 2.0 * it.se < *SLOPE.start() => return Err(LearnRefusal::SlopeLow { slope: it }),
        Some(it) if *SLOPE.end() < it.value - 2.0 * it.se => return Err(LearnRefusal::SlopeHigh { slope: it }),
        _ => {}
    }
    let u = sd / (HUBER_EFFICIENCY * count(n)).sqrt();
    let scale = median(pairs.iter().map(|it| it.scale.0)).unwrap_or(SCALE_SHIPPED.0);
    Ok(SiteOffset { by: Kelvins(by), u: Kelvins(u), n, slope, scale: MillimetresPerPixel(scale) })
}

/// Huber's location and the robust standard deviation about the median.
fn location(numbers: &[f64]) -> (f64, f64) {
    let middle = median(numbers.iter().copied()).unwrap_or(0.0);
    let sd = median(numbers.iter().map(|it| (it - middle).abs())).unwrap_or(0.0) * MAD_TO_SD;
    let reach = HUBER * sd.max(1e-9);
    let mut at = middle;
    for _ in 0..ROUNDS {
        let by = numbers.iter().map(|it| (it - at).clamp(-reach, reach)).sum::<f64>() / count(numbers.len());
        at += by;
    }
    (at, sd)
}

/// Least squares of estimates on clinical readings; none when those spread too little.
pub fn slope(pairs: &[Pair]) -> Option<Slope> {
    let clinical: Vec<f64> = pairs.iter().map(|it| it.clinical.0).collect();
    let (mean, spread) = mean_and_sd(&clinical)?;
    let (level, _) = mean_and_sd(&pairs.iter().map(|it| it.before_offset.0).collect::<Vec<_>>())?;
    let n = count(pairs.len());
    if spread < SPREAD_FOR_SLOPE_K || n <= 2.0 {
        return None;
    }
    let squares = spread.powi(2) * n;
    let value = pairs.iter().map(|it| (it.clinical.0 - mean) * (it.before_offset.0 - level)).sum::<f64>() / squares;
    let left = |it: &Pair| it.before_offset.0 - level - value * (it.clinical.0 - mean);
    let variance = pairs.iter().map(|it| left(it).powi(2)).sum::<f64>() / (n - 2.0);
    Some(Slope { value, se: (variance / squares).sqrt() })
}
