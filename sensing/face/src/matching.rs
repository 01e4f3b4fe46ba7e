//! Is it she (1:1), and who is it (1:N)? With a threshold below which nobody is anybody.

use std::num::NonZero;
use std::thread;

use crate::cover::MaskClass;
use crate::embed::{DIMENSIONS, Embedding, Space};
use crate::models::Thresholds;
use crate::number::{real_of_sum, tiny};

/// Of so many vectors a thread of its own is worth its start.
const ROWS_A_THREAD: usize = 50_000;

/// 1:1: whether two faces are one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The same person.
    Same,
    /// Nobody can tell: look again, or another credential.
    Perhaps,
    /// Another person.
    Different,
}

/// What a cosine means. With a mask on, a low cosine says nothing: the mask has to come down, or another credential.
pub fn verify(cosine: f32, mask: MaskClass, limits: &Thresholds) -> Verification {
    match cosine {
        it if it >= limits.same => Verification::Same,
        it if it >= limits.perhaps || mask == MaskClass::Worn => Verification::Perhaps,
        _ => Verification::Different,
    }
}

/// 1:N: who it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Identification<P> {
    /// One person, well ahead of any other.
    Found {
        /// Who.
        person: P,
        /// How alike.
        cosine: f32,
    },
    /// Two persons are about as alike, as twins are, or one who is enrolled twice: no guess is made.
    Conflict {
        /// The two best, the better one first.
        persons: [P; 2],
        /// How alike each is.
        cosines: [f32; 2],
    },
    /// Somebody is a little alike, or a mask hides who it is: nobody can tell.
    Uncertain {
        /// How alike the best one is.
        cosine: f32,
    },
    /// Nobody of these.
    Unknown,
}

/// A vector of another model or under another rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a vector of another model or under another key")]
pub struct Incomparable;

#[derive(Clone, Copy)]
struct Hit<P> {
    person: P,
    cosine: f32,
}

/// The vectors of many, searched one by one: 516 bytes each, one byte a number. A cosine found here differs from the exact
/// one by less than 0.01.
pub struct Index<P> {
    space: Option<Space>,
    persons: Vec<P>,
    steps: Vec<f32>,
    rows: Vec<i8>,
}

impl<P> Default for Index<P> {
    fn default() -> Self {
        Self { space: None, persons: Vec::new(), steps: Vec::new(), rows: Vec::new() }
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
        self.rows.extend(it.values().iter().map(|it| tiny(it / step)));
        Ok(())
    }

    /// Takes all of a person's vectors out.
    pub fn remove(&mut self, person: P) {
        let mut kept = Self { space: self.space, ..Self::default() };
        let rows = self.persons.iter().zip(&self.steps).zip(self.rows.chunks_exact(DIMENSIONS));
        for ((other, step), row) in rows.filter(|((other, _), _)| **other != person) {
            kept.persons.push(*other);
            kept.steps.push(*step);
            kept.rows.extend_from_slice(row);
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
    pub fn search(&self, probe: &Embedding, mask: MaskClass, limits: &Thresholds) -> Result<Identification<P>, Incomparable> {
        let [best, next] = match self.space {
            None => [None, None],
            Some(space) if space != probe.space() => return Err(Incomparable),
            Some(_) => self.two_best(probe.values()),
        };
        let Some(best) = best else { return Ok(Identification::Unknown) };
        let Hit { person, cosine } = best;
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
    fn two_best(&self, probe: &[f32]) -> [Option<Hit<P>>; 2] {
        let step = step_of(probe);
        let probe: Vec<i16> = probe.iter().map(|it| i16::from(tiny(it / step))).collect();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let n_threads = (self.len() / ROWS_A_THREAD).clamp(1, cores);
        let n_rows = self.len().div_ceil(n_threads).max(1);
        let parts: Vec<_> = (self.persons.chunks(n_rows))
            .zip(self.steps.chunks(n_rows))
            .zip(self.rows.chunks(n_rows * DIMENSIONS))
            .collect();
        let (probe, scan) = (probe.as_slice(), two_best_of::<P>);
        let mut found = thread::scope(|scope| {
            let (first, rest) = parts.split_first()?;
            let others: Vec<_> = rest.iter().map(|it| scope.spawn(move || scan(it.0.0, it.0.1, it.1, probe))).collect();
            let first = scan(first.0.0, first.0.1, first.1, probe);
            // A scan does not panic; if one did, its rows would be missing from an answer, so the whole is none.
            let mut all = vec![first];
            for it in others {
                all.push(it.join().ok()?);
            }
            Some(all)
        })
        .unwrap_or_default()
        .into_iter()
        .flatten()
        .flatten()
        .fold([None, None], better);
        found.iter_mut().flatten().for_each(|it| it.cosine *= step);
        found
    }
}

/// One part of the rows; cosines are still to be multiplied by the probe's step.
fn two_best_of<P: Copy + Eq>(persons: &[P], steps: &[f32], rows: &[i8], probe: &[i16]) -> [Option<Hit<P>>; 2] {
    let mut best = [None, None];
    let mut least = f32::NEG_INFINITY;
    for ((person, step), row) in persons.iter().zip(steps).zip(rows.chunks_exact(DIMENSIONS)) {
        let cosine = real_of_sum(dot(probe, row)) * step;
        if cosine > least {
            best = better(best, Hit { person: *person, cosine });
            least = best[1].map_or(f32::NEG_INFINITY, |it: Hit<P>| it.cosine);
        }
    }
    best
}

/// Written so that the compiler makes eight or more products at a time of it.
fn dot(probe: &[i16], row: &[i8]) -> i32 {
    probe.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(i16::from(*b))).sum()
}

fn better<P: Copy + Eq>([best, next]: [Option<Hit<P>>; 2], it: Hit<P>) -> [Option<Hit<P>>; 2] {
    match (best, next) {
        (None, _) => [Some(it), None],
        (Some(first), _) if first.person == it.person => [Some(if it.cosine > first.cosine { it } else { first }), next],
        (Some(first), _) if it.cosine > first.cosine => [Some(it), Some(first)],
        (Some(_), Some(second)) if it.cosine <= second.cosine => [best, next],
        (Some(_), _) => [best, Some(it)],
    }
}

/// What one step of a byte stands for.
fn step_of(values: &[f32]) -> f32 {
    values.iter().fold(f32::MIN_POSITIVE, |largest, it| largest.max(it.abs())) / 127.0
}
