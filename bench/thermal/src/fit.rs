//! Fits how skin becomes body, and what is left, on some people.

use body_temperature::{AIR, Celsius, Channel, Forward, Kelvins, Prior, SkinModel, USUAL};

use crate::data::{Round, Sitting};
use crate::figures::{count, line, mean, median};

/// What the slope of estimates on readings is taken to; see `CameraModel::skin`.
pub const SLOPE_AIMED_AT: f64 = 0.9;
/// What a blackbody leaves, as `body_temperature` has it.
const REFERENCE: f64 = 0.1;

/// Which parts of the face are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Both,
    Canthus,
    FaceMax,
}

/// What is fitted, and what is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An offset.
    Offset,
    /// And the effect of the air.
    Air,
    /// And a gain: what is shipped.
    Gain,
    /// Readings on estimates by least squares instead: what reads best on average.
    Regression,
}

/// What is read of a face.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    pub part: Part,
    pub shape: Shape,
    /// Whether what the authors' blackbody told them is taken off again.
    pub blackbody: bool,
}

/// A fitted model with what it was fitted for.
#[derive(Debug, Clone, Copy)]
pub struct Fitted {
    pub way: Way,
    pub skin: SkinModel,
    pub prior: Prior,
}

impl Way {
    pub const SHIPPED: Self = Self { part: Part::Both, shape: Shape::Gain, blackbody: true };

    /// The first channel and the second one; the warmest of the face is put in the first one's place when it is alone.
    pub fn channels(self, round: &Round) -> (Celsius, Option<Celsius>) {
        let drift = if self.blackbody { Kelvins::ZERO } else { round.drift };
        match self.part {
            Part::Both => (round.canthus - drift, Some(round.face_max - drift)),
            Part::Canthus => (round.canthus - drift, None),
            Part::FaceMax => (round.face_max - drift, None),
        }
    }

    /// Medians over the rounds.
    pub fn skin_of(self, it: &Sitting) -> (f64, Option<f64>) {
        let rounds = || it.rounds.iter().map(|it| self.channels(it));
        let second: Vec<f64> = rounds().filter_map(|(_, it)| it).map(|it| it.0).collect();
        (median(rounds().map(|(it, _)| it.0)), (!second.is_empty()).then(|| median(second)))
    }
}

/// Fits on some people.
pub fn fit(way: Way, people: &[&Sitting], threshold: f64) -> Fitted {
    let read: Vec<(f64, Option<f64>, &Sitting)> =
        people.iter().map(|it| (way.skin_of(it), *it)).map(|((first, second), it)| (first, second, it)).collect();
    let first = channel(way, read.iter().map(|(skin, _, it)| (*skin, *it)));
    let seconds = || read.iter().filter_map(|(_, skin, it)| Some(((*skin)?, *it)));
    let second = if seconds().next().is_some() { channel(way, seconds()) } else { first };
    let none =
        Forward { at_37: Celsius(37.0), slope: 1.0, sd: Kelvins(1.0), scale: Kelvins(1.0), person: Kelvins(1.0) };
    let repeat = repeat(way, people);
    let plain = SkinModel { canthus: first, face_max: second, gain: 1.0, repeat, both: none, canthus_alone: none };
    let body = |skin: &SkinModel, (first, second, it): &(f64, Option<f64>, &Sitting)| {
        skin.body(Celsius(*first), second.map(Celsius), it.air).0
    };
    let points = || read.iter().map(|it| (it.2.oral.0, body(&plain, it)));
    let gain = match way.shape {
        Shape::Offset | Shape::Air => 1.0,
        Shape::Gain => SLOPE_AIMED_AT / line(points()).1,
        Shape::Regression => line(points().map(|(oral, body)| (body, oral))).1,
    };
    let stretched = SkinModel { gain, ..plain };
    let left = median(read.iter().map(|it| it.2.oral.0 - body(&stretched, it)));
    // What a gain moved in the middle goes into both offsets, so that they keep their meaning.
    let moved = |it: Channel| Channel { offset: it.offset + Kelvins(left / gain), ..it };
    let skin = SkinModel { canthus: moved(first), face_max: moved(second), ..stretched };
    let points: Vec<(f64, f64)> = read.iter().map(|it| (it.2.oral.0, body(&skin, it))).collect();
    let forward = forward(&points, repeat);
    let skin = SkinModel { both: forward, canthus_alone: forward, ..skin };
    Fitted { way, skin, prior: prior(people, threshold) }
}

/// Offset in the middle, and what the air does: least squares of skin on reading and air.
fn channel<'a>(way: Way, read: impl Iterator<Item = (f64, &'a Sitting)> + Clone) -> Channel {
    let air = match way.shape {
        Shape::Offset => 0.0,
        Shape::Air | Shape::Gain | Shape::Regression => {
            // Of skin and reading what air does not explain; then one on the other (Frisch, Waugh, Lovell): first the
            // reading's part.
            let by_oral = |of: &dyn Fn(&(f64, &Sitting)) -> f64| {
                let (at, slope) = line(read.clone().map(|it| (it.1.oral.0, of(&it))));
                read.clone().map(|it| of(&it) - at - slope * it.1.oral.0).collect::<Vec<f64>>()
            };
            let (skin, air) = (by_oral(&|it| it.0), by_oral(&|it| it.1.air.0));
            line(air.into_iter().zip(skin)).1
        }
    };
    let offset = median(read.map(|(skin, it)| it.oral.0 - skin + air * (it.air.0 - AIR.0)));
    Channel { offset: Kelvins(offset), a_kelvin_of_air: air }
}

/// From round to round, of the first channel.
fn repeat(way: Way, people: &[&Sitting]) -> Kelvins {
    let squares = people.iter().flat_map(|it| {
        let read: Vec<f64> = it.rounds.iter().map(|it| way.channels(it).0.0).collect();
        let (middle, n) = (mean(read.iter().copied()), count(read.len()));
        let of_one =
            if n < 2.0 { None } else { Some(read.iter().map(|it| (it - middle).powi(2)).sum::<f64>() / (n - 1.0)) };
        of_one.into_iter()
    });
    Kelvins(mean(squares.collect::<Vec<f64>>()).sqrt())
}

/// What a body makes an estimate show.
fn forward(points: &[(f64, f64)], repeat: Kelvins) -> Forward {
    let (at, slope) = line(points.iter().copied());
    let left: Vec<f64> = points.iter().map(|(oral, body)| body - at - slope * oral).collect();
    let sd = mean(left.iter().map(|it| it.powi(2))).sqrt();
    let rmse2 = mean(points.iter().map(|(oral, body)| (body - oral).powi(2)));
    let person = (rmse2 - repeat.0.powi(2) / 3.0 - REFERENCE.powi(2)).max(0.01).sqrt();
    Forward {
        at_37: Celsius(at + slope * 37.0),
        slope,
        sd: Kelvins(sd),
        scale: scale(&left, sd),
        person: Kelvins(person),
    }
}

/// Student's scale with four degrees of freedom that makes these most likely, among hundredths of their deviation.
fn scale(left: &[f64], sd: f64) -> Kelvins {
    let unlikely =
        |scale: f64| left.iter().map(|it| scale.ln() + 2.5 * (1.0 + (it / scale).powi(2) / 4.0).ln()).sum::<f64>();
    let tried = (40..=120_u32).map(|it| f64::from(it) / 100.0 * sd);
    let best = tried.map(|it| (unlikely(it), it)).min_by(|a, b| a.0.total_cmp(&b.0));
    Kelvins(best.map_or(sd, |(_, it)| it))
}

fn prior(people: &[&Sitting], threshold: f64) -> Prior {
    let (with, without): (Vec<f64>, Vec<f64>) = people.iter().map(|it| it.oral.0).partition(|it| threshold <= *it);
    let usual = mean(without.iter().copied());
    Prior {
        prevalence: count(with.len()) / count(people.len()),
        usual: Celsius(usual),
        usual_sd: Kelvins(mean(without.iter().map(|it| (it - usual).powi(2))).sqrt()),
        excess: Kelvins(mean(with.iter().map(|it| it - threshold))),
    }
}

/// How far the middle of estimates is from what is usual: what a cohort would be moved to.
pub const fn usual() -> f64 {
    USUAL.0
}
