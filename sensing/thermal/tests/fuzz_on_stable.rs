//! The fuzz targets on stable Rust: a seeded mutator over files of the test encoder, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod encoder;

use std::time::{Duration, Instant};

use encoder::{File, Payload};
use thermal::fuzz_targets::{inspecting, reading};

const ROUNDS: usize = 1_000;
/// What means something to a reader.
const DICTIONARY: &[&[u8]] = &[
    b"FFF\0",
    b"FLIR\0\x01",
    b"\xff\xe1",
    b"\xff\xda",
    b"\x89PNG",
    b"IHDR",
    b"II*\0",
    b"--",
    b"\r\n\r\n",
    b"\0\x02",
    b"\x02\0",
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
    let counts: Vec<u16> = (0..24).map(|it| 14_000 + it * 37).collect();
    let file = File::new(6, 4, counts.clone());
    let plain = File { payload: Payload::Plain, big_directory: false, ..file.clone() };
    let floats: Vec<u8> = (0..24_u8).flat_map(|it| (30.0 + f32::from(it)).to_le_bytes()).collect();
    vec![
        file.jpeg(60_000),
        file.jpeg(90),
        plain.jpeg(500),
        [plain.container(), plain.container()].concat(),
        encoder::png(6, 4, &counts),
        encoder::tiff(6, 4, &counts),
        encoder::hikvision(6, 4, &floats, true),
        encoder::hikvision(6, 4, &floats, false),
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

fn drive(target: fn(&[u8]), seed: u64) {
    let (seeds, mut dice) = (seeds(), Xorshift(seed));
    let seconds = std::env::var("FUGONG_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let (until, mut round) = (seconds.map(|it| Instant::now() + Duration::from_secs(it)), 0);
    while until.map_or(round < ROUNDS, |it| Instant::now() < it) {
        target(&mutated(&seeds[round % seeds.len()], &mut dice));
        round += 1;
    }
}

#[test]
fn fuzz_reading() {
    drive(reading, 0x7468_6572_6d61_6c31);
}

#[test]
fn fuzz_inspecting() {
    drive(inspecting, 0x7468_6572_6d61_6c32);
}
