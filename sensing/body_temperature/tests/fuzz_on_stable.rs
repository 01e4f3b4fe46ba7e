//! The fuzz target on stable Rust: a seeded mutator over a calibration file, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes it go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

use std::time::{Duration, Instant};

use body_temperature::fuzz_targets::rig;

const ROUNDS: usize = 2_000;
const SEED: &str = r#"version = 1
rig = "r"
calibrated_on = 2026-11-20
[visible]
width_px = 1920
height_px = 1080
focal_px = [1500.0, 1500.0]
centre_px = [955.0, 545.0]
distortion = [-0.08, 0.01]
[thermal]
width_px = 640
height_px = 512
focal_px = [1040.0, 1041.0]
centre_px = [322.0, 250.0]
[thermal_from_visible]
rotation = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
translation_mm = [40.0, -6.0, 3.0]
residual_mm = 1.5
depth_mm = [500, 3000]
[[blackbody]]
set_c = 35.0
u_k = 0.05
emissivity = 0.97
place = { left = 20, top = 30, width = 40, height = 40 }
"#;
const DICTIONARY: &[&str] = &[
    "nan",
    "inf",
    "-0.0",
    "1e308",
    "1e-308",
    "4294967295",
    "-1",
    "0",
    "[[blackbody]]\n",
    "[limits]\n",
    "\n",
    "\"",
    "9",
    ".",
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

fn mutated(dice: &mut Xorshift) -> Vec<u8> {
    let mut bytes = SEED.as_bytes().to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 => {
                let word = DICTIONARY[dice.below(DICTIONARY.len())];
                let end = (at + dice.below(6)).min(bytes.len());
                bytes.splice(at..end, word.bytes());
            }
            2 => {
                let again = bytes[at..(at + dice.below(60)).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            _ if !bytes.is_empty() => bytes[at] = b'0' + u8::try_from(dice.below(10)).unwrap(),
            _ => {}
        }
    }
    bytes
}

#[test]
fn fuzz_rig() {
    rig(SEED.as_bytes());
    let mut dice = Xorshift(0x626f_6479_7465_6d70);
    let seconds = std::env::var("FUGONG_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let (until, mut round) = (seconds.map(|it| Instant::now() + Duration::from_secs(it)), 0);
    while until.map_or(round < ROUNDS, |it| Instant::now() < it) {
        rig(&mutated(&mut dice));
        round += 1;
    }
}
