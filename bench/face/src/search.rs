//! How long one face among many is looked for.

use std::time::Instant;

use face::{DIMENSIONS, Embedding, Identification, Index, MaskClass, Space, Thresholds};

const PLAIN: Space = Space { model: [0; 8], rotation: [0; 8] };

/// Random directions: independent of any face, which is all that a search's time depends on.
fn random(seed: &mut u64) -> Option<Embedding> {
    let mut next = || {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        u16::try_from(*seed >> 48).map_or(0.0, |it| f32::from(it) / 65_536.0 - 0.5)
    };
    let values: Vec<f32> = (0..DIMENSIONS).map(|_| next() + next() + next()).collect();
    Embedding::new(PLAIN, &values)
}

pub(crate) fn time(n_vectors: usize, rounds: usize, limits: &Thresholds) {
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    let mut index = Index::default();
    let mut kept = None;
    for at in 0..n_vectors {
        let Some(it) = random(&mut seed) else { continue };
        if index.insert(at, &it).is_ok() && at == n_vectors / 2 {
            kept = Some(it);
        }
    }
    let Some(probe) = kept else { return };
    let mut times = Vec::new();
    let mut n_right = 0;
    for _ in 0..rounds.max(1) {
        let began = Instant::now();
        let found = index.search(&probe, MaskClass::Missing, limits);
        times.push(began.elapsed());
        n_right += usize::from(matches!(found, Ok(Identification::Found { person, .. }) if person == n_vectors / 2));
    }
    println!("one among {n_vectors}: {}, right {n_right} of {}", super::milliseconds(&mut times), times.len());
}
