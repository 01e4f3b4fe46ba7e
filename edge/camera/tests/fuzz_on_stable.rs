//! The fuzz targets on stable Rust: a seeded mutator, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod support;

use camera::fuzz_targets::{h264, jpegs, splitting};
use fuzz_stable::{Fuzz, Kind};
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

fn drive(target: fn(&[u8]), seeds: &[Vec<u8>], dice: u64) {
    Fuzz { seeds, dictionary: DICTIONARY, kind: Kind::Bytes, rounds: ROUNDS, dice }.drive(target);
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
