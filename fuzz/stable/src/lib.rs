#![doc = include_str!("../README.md")]

mod damage;
mod dice;

use std::time::{Duration, Instant};

pub use damage::{Kind, mutated};
pub use dice::Dice;

/// How long each target goes on at least, in seconds.
pub const SECONDS: &str = "FUGONG_FUZZ_SECONDS";

/// What one target is tried with.
#[derive(Debug, Clone, Copy)]
pub struct Fuzz<'a> {
    /// Whole inputs to start from; each is tried as it is, and then damaged in turn.
    pub seeds: &'a [Vec<u8>],
    /// Words that mean something to the reader.
    pub dictionary: &'a [&'a [u8]],
    /// What the damage leaves behind.
    pub kind: Kind,
    /// Damaged inputs to try, however long that takes.
    pub rounds: usize,
    /// Where the dice begin.
    pub dice: u64,
}

impl Fuzz<'_> {
    /// Tries the seeds, then damaged ones: so many rounds, and on until the time that the environment asks for is over.
    ///
    /// # Panics
    /// Where the target does, and without a seed: a test that tries nothing is none.
    pub fn drive(&self, target: impl FnMut(&[u8])) {
        let seconds = std::env::var(SECONDS).ok().and_then(|it| it.parse().ok()).unwrap_or(0);
        self.drive_for(Duration::from_secs(seconds), target);
    }

    fn drive_for(&self, wanted: Duration, mut target: impl FnMut(&[u8])) {
        assert!(!self.seeds.is_empty(), "no seed to damage");
        let (started, mut dice) = (Instant::now(), Dice::new(self.dice));
        self.seeds.iter().for_each(|it| target(it));
        for (round, seed) in self.seeds.iter().cycle().enumerate() {
            if self.rounds <= round && wanted <= started.elapsed() {
                return;
            }
            target(&mutated(seed, self, &mut dice));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DICTIONARY: &[&[u8]] = &[b"word", b"\xff"];

    fn tried(fuzz: &Fuzz<'_>) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        fuzz.drive_for(Duration::ZERO, |it| all.push(it.to_vec()));
        all
    }

    #[test]
    fn the_same_number_gives_the_same_inputs() {
        let seeds = [b"0123456789".to_vec(), Vec::new()];
        let fuzz = Fuzz { seeds: &seeds, dictionary: DICTIONARY, kind: Kind::Bytes, rounds: 500, dice: 7 };
        let all = tried(&fuzz);
        assert_eq!((all.len(), &all[..2]), (502, &seeds[..]));
        assert_eq!(all, tried(&fuzz));
        assert_ne!(all, tried(&Fuzz { dice: 8, ..fuzz }));
    }

    #[test]
    fn every_damage_comes() {
        let seeds = [b"0123456789".to_vec(), b"abcdefghij".to_vec()];
        let all = tried(&Fuzz { seeds: &seeds, dictionary: DICTIONARY, kind: Kind::Bytes, rounds: 500, dice: 7 });
        let some = |fits: &dyn Fn(&[u8]) -> bool| assert!(all.iter().any(|it| fits(it)));
        some(&|it| it.is_empty());
        some(&|it| it.len() < 10 && !it.is_empty());
        some(&|it| it.len() > 14);
        some(&|it| it.windows(4).any(|it| it == b"word"));
        some(&|it| it.starts_with(b"01") && it.ends_with(b"ij"));
        some(&|it| it.len() == 10 && it.iter().zip(&seeds[0]).filter(|(a, b)| a != b).count() == 1);
    }

    #[test]
    fn text_stays_text() {
        let seeds = ["{\"名\":[1.5,-2]}".as_bytes().to_vec()];
        let words: &[&[u8]] = &[b"null", b",", b"9"];
        let fuzz = Fuzz { seeds: &seeds, dictionary: words, kind: Kind::Text, rounds: 500, dice: 7 };
        let all = tried(&fuzz);
        assert!(all.iter().all(|it| std::str::from_utf8(it).is_ok()));
        assert!(all.iter().collect::<std::collections::BTreeSet<_>>().len() > 300);
    }

    #[test]
    fn time_goes_on_after_the_rounds() {
        let (seeds, mut n) = ([Vec::new()], 0_usize);
        let fuzz = Fuzz { seeds: &seeds, dictionary: &[], kind: Kind::Bytes, rounds: 1, dice: 0 };
        fuzz.drive_for(Duration::from_millis(20), |_| n += 1);
        assert!(n > 2);
    }
}
