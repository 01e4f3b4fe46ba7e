//! The fuzz targets on stable Rust: a seeded mutator, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod support;

use std::time::{Duration, Instant};

use camera::fuzz_targets::{h264, jpegs, splitting};
use support::{jpeg, video};

const ROUNDS: usize = 600;
/// What means something to a reader.
const DICTIONARY: &[&[u8]] = &[
    b"\xff\xd8",
    b"\xff\xd9",
    b"\xff\xda",
    b"\xff\xda\0\x02",
    b"\xff\xc4\0\x02",
    b"\xff\xe0\0\x10AVI1\0",
    b"\xff\0",
    b"\xff\xd3",
    b"\r\n\r\n",
    b"\0\0\0\x01",
    b"\0\0\x01\x65",
    b"\0\0\x01\x67",
    &[0xff; 4],
    &[0; 4],
];

struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let (small, large) = (jpeg(8, 8, 90), jpeg(48, 32, 200));
    let inside = [b"\xff\xd8\xff\xe1\0\x12", &small[..16], b"\xff\xda\0\x02\xff\0\xff\xd0\xff\xd9"].concat();
    vec![
        small.clone(),
        large.clone(),
        [&small[..], b"--frame\r\n\r\n", &large].concat(),
        [&large[..large.len() - 9], &inside, &small].concat(),
    ]
}

fn mutated(seed: &[u8], dice: &mut Xorshift) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 => bytes.truncate(at),
            2 => {
                let word = DICTIONARY[dice.below(DICTIONARY.len())];
                let end = (at + word.len()).min(bytes.len());
                bytes.splice(at..end, word.iter().copied());
            }
            3 => {
                let again = bytes[at..(at + dice.below(40)).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            _ if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            _ => {}
        }
    }
    bytes
}

fn drive(target: fn(&[u8]), seeds: &[Vec<u8>], seed: u64) {
    let mut dice = Xorshift(seed);
    let seconds = std::env::var("FUGONG_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let (until, mut round) = (seconds.map(|it| Instant::now() + Duration::from_secs(it)), 0);
    while until.map_or(round < ROUNDS, |it| Instant::now() < it) {
        target(&mutated(&seeds[round % seeds.len()], &mut dice));
        round += 1;
    }
}

#[test]
fn fuzz_splitting() {
    drive(splitting, &seeds(), 0x7370_6c69_7474_6572);
}

#[test]
fn fuzz_jpegs() {
    drive(jpegs, &seeds(), 0x6a70_6567_7331_3233);
}

#[test]
fn fuzz_h264() {
    let seeds = [video::annex_b(64, 48, &[40, 120, 200]), video::annex_b(16, 16, &[40])];
    drive(h264, &seeds, 0x6832_3634_6832_3634);
}
