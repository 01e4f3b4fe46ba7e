//! The vector a face is compared by, and the keyed rotation that makes it renewable.

use std::fmt;

use aws_lc_rs::hmac;
use ort::environment::Environment;

use crate::align::ALIGNED;
use crate::models::{ModelSet, ModelsError, Use};
use crate::network::Network;
use crate::resample::{Order, Pixels};

/// Numbers in a vector; a power of two, which the rotation needs.
pub const DIMENSIONS: usize = 512;
/// 1 / √512, by which a Hadamard transform keeps lengths.
const EVEN: f32 = 0.044_194_174;

/// What may be compared with each other: vectors of the same model under the same rotation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Space {
    /// The first bytes of the SHA-256 of the model's file.
    pub model: [u8; 8],
    /// The rotation's own bytes; zeros before any.
    pub rotation: [u8; 8],
}

impl fmt::Debug for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Space({}/{})", crate::models::hex(&self.model), crate::models::hex(&self.rotation))
    }
}

/// A face as 512 numbers of length 1. Biometric data: nothing prints it.
#[derive(Clone, PartialEq)]
pub struct Embedding {
    space: Space,
    values: Vec<f32>,
}

impl fmt::Debug for Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Embedding({:?})", self.space)
    }
}

impl Embedding {
    /// From 512 numbers, whatever their length; none if they have no direction.
    pub fn new(space: Space, values: &[f32]) -> Option<Self> {
        let length = values.iter().map(|it| it * it).sum::<f32>().sqrt();
        let usable = values.len() == DIMENSIONS && length.is_finite() && length > 1e-6;
        usable.then(|| Self { space, values: values.iter().map(|it| it / length).collect() })
    }

    /// What it may be compared with.
    pub const fn space(&self) -> Space {
        self.space
    }

    /// 1 is the same direction, 0 unrelated; none between two spaces.
    pub fn cosine(&self, other: &Self) -> Option<f32> {
        (self.space == other.space).then(|| self.values.iter().zip(&other.values).map(|(a, b)| a * b).sum())
    }

    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }
}

/// A rotation of the space by a secret key: it keeps every cosine among vectors that it turned, and leaves nothing to
/// compare with vectors turned by another key.
///
/// Whoever replaces the key and enrols anew, or turns what there is by the new key, has made the old templates useless.
/// Three rounds of changed signs, changed places and a Hadamard transform, all out of HMAC-SHA256 under the key. It hides
/// nothing from whoever holds the key, or holds some 512 faces both before and after it.
pub struct KeyedRotation {
    id: [u8; 8],
    rounds: Vec<Round>,
}

struct Round {
    signs: Vec<f32>,
    places: Vec<usize>,
}

impl fmt::Debug for KeyedRotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyedRotation({})", crate::models::hex(&self.id))
    }
}

impl KeyedRotation {
    /// The rotation of a key.
    pub fn new(key: &[u8; 32]) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        let mut id = [0; 8];
        id.iter_mut().zip(hmac::sign(&key, b"fugong face rotation 1: id").as_ref()).for_each(|(to, from)| *to = *from);
        // Never the zeros that say "before any".
        id[0] |= 1;
        let mut stream = Stream { key, n_blocks: 0, block: Vec::new() };
        let rounds = (0..3).map(|_| Round::out_of(&mut stream)).collect();
        Self { id, rounds }
    }

    /// Turns a vector that was not turned before; a turned one stays as it is.
    pub fn turn(&self, it: &Embedding) -> Embedding {
        if it.space.rotation != [0; 8] {
            return it.clone();
        }
        Embedding { space: Space { rotation: self.id, ..it.space }, values: self.turned(&it.values) }
    }

    /// Turns a vector back that this key has turned; none for any other.
    pub fn turn_back(&self, it: &Embedding) -> Option<Embedding> {
        if it.space.rotation != self.id {
            return None;
        }
        let values = self.rounds.iter().rev().fold(it.values.clone(), |mut values, round| {
            // A Hadamard transform of length 1 is its own inverse, and so is a changed sign.
            hadamard(&mut values);
            values.iter_mut().zip(&round.signs).for_each(|(value, sign)| *value *= sign);
            let mut back = vec![0.0; DIMENSIONS];
            for (value, from) in values.into_iter().zip(&round.places) {
                if let Some(to) = back.get_mut(*from) {
                    *to = value;
                }
            }
            back
        });
        Some(Embedding { space: Space { rotation: [0; 8], ..it.space }, values })
    }

    pub(crate) fn turned(&self, values: &[f32]) -> Vec<f32> {
        self.rounds.iter().fold(values.to_vec(), |values, round| {
            let mut moved: Vec<f32> = round.places.iter().filter_map(|from| values.get(*from).copied()).collect();
            moved.iter_mut().zip(&round.signs).for_each(|(value, sign)| *value *= sign);
            hadamard(&mut moved);
            moved
        })
    }
}

impl Round {
    fn out_of(stream: &mut Stream) -> Self {
        let signs = (0..DIMENSIONS).map(|_| if stream.below(2) == 0 { 1.0 } else { -1.0 }).collect();
        let mut places: Vec<usize> = (0..DIMENSIONS).collect();
        for last in (1..DIMENSIONS).rev() {
            places.swap(last, stream.below(last + 1));
        }
        Self { signs, places }
    }
}

/// Bytes out of a key: HMAC of a counter.
struct Stream {
    key: hmac::Key,
    n_blocks: u64,
    block: Vec<u8>,
}

impl Stream {
    /// A number below `end`; with 64 bits a number, the remainder prefers none by more than 2^−54.
    fn below(&mut self, end: usize) -> usize {
        if self.block.len() < 8 {
            self.n_blocks += 1;
            let message = [&b"fugong face rotation 1: "[..], &self.n_blocks.to_be_bytes()].concat();
            self.block = hmac::sign(&self.key, &message).as_ref().to_vec();
        }
        let rest = self.block.split_off(8);
        let bytes = std::mem::replace(&mut self.block, rest);
        let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        usize::try_from(number % u64::try_from(end).unwrap_or(1)).unwrap_or_default()
    }
}

/// The Walsh–Hadamard transform, of length 1.
fn hadamard(values: &mut [f32]) {
    let mut half = 1;
    while half < values.len() {
        for pair in values.chunks_exact_mut(half * 2) {
            let (low, high) = pair.split_at_mut(half);
            for (a, b) in low.iter_mut().zip(high) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        half *= 2;
    }
    values.iter_mut().for_each(|it| *it *= EVEN);
}

pub(crate) struct Embedder {
    network: Network,
    space: Space,
}

impl Embedder {
    pub(crate) fn open(set: &ModelSet, environment: &Environment, n_threads: usize) -> Result<Self, ModelsError> {
        let shape = [1, 3, ALIGNED, ALIGNED];
        let network = Network::open(set, environment, Use::Embed, shape, &[DIMENSIONS], n_threads)?;
        let model = set.model(Use::Embed)?;
        let begin = model.source.sha256.get(..16).and_then(|it| u64::from_str_radix(it, 16).ok());
        let message = "sha256 in the model set is no SHA-256".to_owned();
        let begin = begin.ok_or(ModelsError::Network { name: model.name.clone(), message })?;
        Ok(Self { network, space: Space { model: begin.to_be_bytes(), rotation: [0; 8] } })
    }

    pub(crate) fn embed(&mut self, aligned: &Pixels) -> Result<Option<Embedding>, ModelsError> {
        let outputs = self.network.run(&aligned.planes(Order::Rgb, |_, it| (it - 127.0) / 128.0))?;
        Ok(outputs.first().and_then(|it| Embedding::new(self.space, it)))
    }
}
