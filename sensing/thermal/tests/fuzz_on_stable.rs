//! The fuzz targets on stable Rust: a seeded mutator over files of the test encoder, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod encoder;

use encoder::{File, Payload};
use fuzz_stable::{Fuzz, Kind};
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

fn drive(target: fn(&[u8]), dice: u64) {
    Fuzz { seeds: &seeds(), dictionary: DICTIONARY, kind: Kind::Bytes, rounds: ROUNDS, dice }.drive(target);
}

#[test]
fn fuzz_reading() {
    drive(reading, 0x7468_6572_6d61_6c31);
}

#[test]
fn fuzz_inspecting() {
    drive(inspecting, 0x7468_6572_6d61_6c32);
}
