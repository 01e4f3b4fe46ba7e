//! The fuzz target on stable Rust: a seeded mutator over a calibration file, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes it go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

use body_temperature::fuzz_targets::rig;
use fuzz_stable::{Fuzz, Kind};

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
const DICTIONARY: &[&[u8]] = &[
    b"nan",
    b"inf",
    b"-0.0",
    b"1e308",
    b"1e-308",
    b"4294967295",
    b"-1",
    b"0",
    b"[[blackbody]]\n",
    b"[limits]\n",
    b"\n",
    b"\"",
    b"9",
    b".",
];

fn drive(kind: Kind, dice: u64) {
    Fuzz { seeds: &[SEED.as_bytes().to_vec()], dictionary: DICTIONARY, kind, rounds: ROUNDS, dice }.drive(rig);
}

#[test]
fn fuzz_rig() {
    drive(Kind::Text, 0x626f_6479_7465_6d70);
}

#[test]
fn fuzz_rig_of_any_bytes() {
    drive(Kind::Bytes, 0x626f_6479_7465_6d71);
}
