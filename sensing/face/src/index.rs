//! The vectors of many, and the one or two that are most like a probe.
//!
//! Each vector is kept as 512 bytes and as a sketch of 512 bits: on which side of each axis it lies, after one fixed rotation that
//! spreads every vector evenly. Of two vectors at the angle θ about θ/π of the bits differ, ± 2 %; so a sketch tells with eight
//! words who is worth a look. Whoever looks alike enough to be named (cosine ≥ 0.55) is passed over less than once in 10⁹
//! times, at 0.35 about once in 1,000.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

use crate::cover::MaskClass;
use crate::embed::{DIMENSIONS, Embedding, KeyedRotation, Space};
use crate::matching::{Identification, Verification, verify};
use crate::models::Thresholds;
use crate::number::{real_of_sum, tiny};

/// Of so many vectors a thread of its own is worth its start.
const ROWS_A_THREAD: usize = 100_000;
/// Below this many vectors each one is compared.
const FEW: usize = 2_000;
/// A sketch that differs in fewer bits is worth a look: 2 % of strangers' are.
const WORTH_A_LOOK: u32 = 232;
/// Words of a sketch.
const WORDS: usize = DIMENSIONS / 64;

/// Not a secret: it spreads vectors evenly, no more.
static SPREAD: LazyLock<KeyedRotation> = LazyLock::new(|| KeyedRotation::new(&[0; 32]));

/// A vector of another model or under another rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a vector of another model or under another key")]
pub struct Incomparable;

#[derive(Clone, Copy)]
struct Hit<P> {
    person: P,
    cosine: f32,
}

type TwoBest<P> = [Option<Hit<P>>; 2];
type Sketch = [u64; WORDS];

/// The vectors of many: 580 bytes each and the person's key. A cosine found here differs from the exact one by less than 0.01.
pub struct Index<P> {
    space: Option<Space>,
    persons: Vec<P>,
    steps: Vec<f32>,
    sketches: Vec<Sketch>,
    rows: Vec<i8>,
}

impl<P> Default for Index<P> {
    fn default() -> Self {
        Self { space: None, persons: Vec::new(), steps: Vec::new(), sketches: Vec::new(), rows: Vec::new() }
    }
}

/// Rows one after the other, all of their parts.
#[derive(Clone, Copy)]
struct Part<'a, P> {
    persons: &'a [P],
    steps: &'a [f32],
    sketches: &'a [Sketch],
    rows: &'a [i8],
}

/// What is looked for, in the forms in which it is compared.
struct Probe {
    step: f32,
    values: Vec<i16>,
    sketch: Sketch,
}

impl Probe {
    fn new(values: &[f32]) -> Self {
        let step = step_of(values);
        Self { step, values: values.iter().map(|it| i16::from(tiny(it / step))).collect(), sketch: sketch_of(values) }
    }
}

impl<P: Copy + Eq + Send + Sync> Index<P> {
    /// Adds a vector of a person; she may have several.
    ///
    /// # Errors
    /// If it cannot be compared with those before.
    pub fn insert(&mut self, person: P, it: &Embedding) -> Result<(), Incomparable> {
        if *self.space.get_or_insert(it.space()) != it.space() {
            return Err(Incomparable);
        }
        let step = step_of(it.values());
        self.persons.push(person);
        self.steps.push(step);
        self.sketches.push(sketch_of(it.values()));
        self.rows.extend(it.values().iter().map(|it| tiny(it / step)));
        Ok(())
    }

    /// Takes all of a person's vectors out.
    pub fn remove(&mut self, person: P) {
        self.retain(|it| it != person);
    }

    /// Takes the vectors of everybody out who is not to stay.
    pub fn retain(&mut self, stays: impl Fn(P) -> bool) {
        let mut kept = Self { space: self.space, ..Self::default() };
        for (at, row) in self.rows.chunks_exact(DIMENSIONS).enumerate() {
            let parts = (self.persons.get(at), self.steps.get(at), self.sketches.get(at));
            let (Some(other), Some(step), Some(sketch)) = parts else { continue };
            if stays(*other) {
                kept.persons.push(*other);
                kept.steps.push(*step);
                kept.sketches.push(*sketch);
                kept.rows.extend_from_slice(row);
            }
        }
        *self = kept;
    }

    /// Vectors in it.
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// Who is most alike, if anybody is alike enough and well ahead of the next person.
    ///
    /// # Errors
    /// If the probe cannot be compared with those in it.
    pub fn search(
        &self,
        probe: &Embedding,
        mask: MaskClass,
        limits: &Thresholds,
    ) -> Result<Identification<P>, Incomparable> {
        let [best, next] = match self.space {
            None => [None, None],
            Some(space) if space != probe.space() => return Err(Incomparable),
            Some(_) => self.two_best(&Probe::new(probe.values())),
        };
        let Some(Hit { person, cosine }) = best else { return Ok(Identification::Unknown) };
        Ok(match next {
            _ if cosine < limits.identify => match verify(cosine, mask, limits) {
                Verification::Different => Identification::Unknown,
                Verification::Same | Verification::Perhaps => Identification::Uncertain { cosine },
            },
            Some(next) if cosine - next.cosine < limits.margin => {
                Identification::Conflict { persons: [person, next.person], cosines: [cosine, next.cosine] }
            }
            Some(_) | None => Identification::Found { person, cosine },
        })
    }

    /// The best row, and the best one of another person.
    fn two_best(&self, probe: &Probe) -> TwoBest<P> {
        let farthest = if self.len() < FEW { u32::MAX } else { WORTH_A_LOOK };
        match self.scan(probe, farthest) {
            // Nobody is even a little alike, which says nothing of the second: all are compared.
            [_, None] if farthest < u32::MAX => self.scan(probe, u32::MAX),
            found => found,
        }
    }

    fn scan(&self, probe: &Probe, farthest: u32) -> TwoBest<P> {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let n_rows = self.len().div_ceil((self.len() / ROWS_A_THREAD).clamp(1, cores)).max(1);
        let parts = self.persons.chunks(n_rows).zip(self.steps.chunks(n_rows)).zip(self.sketches.chunks(n_rows));
        let parts: Vec<Part<'_, P>> = parts
            .zip(self.rows.chunks(n_rows * DIMENSIONS))
            .map(|(((persons, steps), sketches), rows)| Part { persons, steps, sketches, rows })
            .collect();
        let found = thread::scope(|scope| {
            let (first, rest) = parts.split_first()?;
            let others: Vec<_> = rest.iter().map(|it| scope.spawn(move || it.two_best(probe, farthest))).collect();
            let mut all = vec![first.two_best(probe, farthest)];
            for it in others {
                // A scan does not panic; if one did, its rows would be missing from an answer, so the whole is none.
                all.push(it.join().ok()?);
            }
            Some(all)
        });
        found.unwrap_or_default().into_iter().flatten().flatten().fold([None, None], better)
    }
}

impl<P: Copy + Eq> Part<'_, P> {
    fn two_best(&self, probe: &Probe, farthest: u32) -> TwoBest<P> {
        let mut best = [None, None];
        for (at, sketch) in self.sketches.iter().enumerate() {
            if distance(sketch, &probe.sketch) >= farthest {
                continue;
            }
            let row = self.rows.get(at * DIMENSIONS..(at + 1) * DIMENSIONS);
            if let (Some(person), Some(step), Some(row)) = (self.persons.get(at), self.steps.get(at), row) {
                let cosine = real_of_sum(dot(&probe.values, row)) * step * probe.step;
                best = better(best, Hit { person: *person, cosine });
            }
        }
        best
    }
}

/// Written so that the compiler makes several products at a time of it.
fn dot(probe: &[i16], row: &[i8]) -> i32 {
    probe.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(i16::from(*b))).sum()
}

fn distance(a: &Sketch, b: &Sketch) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

fn sketch_of(values: &[f32]) -> Sketch {
    let mut sketch = [0; WORDS];
    for (word, values) in sketch.iter_mut().zip(SPREAD.turned(values).chunks_exact(64)) {
        *word = values.iter().fold(0, |word, it| word << 1 | u64::from(*it > 0.0));
    }
    sketch
}

fn better<P: Copy + Eq>([best, next]: TwoBest<P>, it: Hit<P>) -> TwoBest<P> {
    match (best, next) {
        (None, _) => [Some(it), None],
        (Some(first), _) if first.person == it.person => {
            [Some(if it.cosine > first.cosine { it } else { first }), next]
        }
        (Some(first), _) if it.cosine > first.cosine => [Some(it), Some(first)],
        (Some(_), Some(second)) if it.cosine <= second.cosine => [best, next],
        (Some(_), _) => [best, Some(it)],
    }
}

/// What one step of a byte stands for.
fn step_of(values: &[f32]) -> f32 {
    values.iter().fold(f32::MIN_POSITIVE, |largest, it| largest.max(it.abs())) / 127.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::real;

    /// Numbers of a bell, more or less, out of a seed.
    fn direction(seed: u64) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut uniform = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            real(usize::try_from(state >> 44).unwrap()) / 1_048_576.0 - 0.5
        };
        let it: Vec<f32> = (0..DIMENSIONS).map(|_| uniform() + uniform() + uniform()).collect();
        let length = it.iter().map(|it| it * it).sum::<f32>().sqrt();
        it.iter().map(|it| it / length).collect()
    }

    /// Of 500 pairs at a cosine, how many are worth a look.
    fn worth_a_look(cosine: f32) -> usize {
        let sine = (1.0 - cosine * cosine).sqrt();
        let is_near = |at: &u64| {
            let (a, b) = (direction(2 * at + 1), direction(2 * at + 2));
            let mixed: Vec<f32> = a.iter().zip(&b).map(|(a, b)| a * cosine + b * sine).collect();
            distance(&sketch_of(&a), &sketch_of(&mixed)) < WORTH_A_LOOK
        };
        (0..500).filter(is_near).count()
    }

    #[test]
    fn a_sketch_passes_over_nobody_who_is_alike_and_most_strangers() {
        assert_eq!((worth_a_look(0.55), worth_a_look(0.45)), (500, 500));
        let (little, strangers) = (worth_a_look(0.35), worth_a_look(0.0));
        assert!(little >= 495 && strangers <= 25, "{little} {strangers}");
    }
}
