//! The fuzz targets on stable Rust: a seeded mutator over the fixtures, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.
//! Not a replacement for `make fuzz`, which is guided by coverage; this one runs with every test.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::PathBuf};

use fuzz_stable::{Fuzz, Kind};
use hikvision::fuzz_targets::{decode_target, inspect_target, redact_target};

const N_ROUNDS: usize = 20_000;

/// Tokens that mean something to the decoder.
const DICTIONARY: &[&[u8]] = &[
    b"\n--MIME_boundary\r\n",
    b"\n--MIME_boundary--",
    b"--",
    b"\r\n\r\n",
    b"\n",
    b"Content-Type: image/jpeg\r\n\r\n",
    b"Content-Type: multipart/form-data; boundary=MIME_boundary\n\n",
    b"Content-Type: application/json\n",
    b"\xff\xd8\xff",
    b"\xff\xd9",
    b"\xef\xbb\xbf",
    b"{\"AccessControllerEvent\":{\"majorEventType\":5,\"subEventType\":75}}",
    b"{\"EventNotificationAlert\":",
    b"{\"AcsEvent\":{\"InfoList\":[",
    b"\"currTemperature\":\"NaN\",",
    b"\"serialNo\":9223372036854775808,",
    b"\"employeeNo\":1e308,",
    b"\"cardNo\":\"0\",",
    b"\"QRCodeInfo\":\"\\u0000\",",
    b"\"dateTime\":\"1971--10--29 -23:-27:-54\",",
    b"null",
    b"[[[[[[[[[[[[[[[[",
    b"<EventNotificationAlert>",
    b"</EventNotificationAlert>",
    b"<![CDATA[",
    b"&#0;",
    b"(picture removed: 1 bytes, sha256 0000000000000000000000000000000000000000000000000000000000000000)",
];

fn corpus() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter(|it| it.extension().is_some_and(|it| it != "jsonl")).map(|it| fs::read(it).unwrap()).collect()
}

fn drive(dice: u64, target: fn(&[u8])) {
    Fuzz { seeds: &corpus(), dictionary: DICTIONARY, kind: Kind::Bytes, rounds: N_ROUNDS, dice }.drive(target);
}

#[test]
fn fuzzed_bodies_are_decoded_within_the_bounds() {
    drive(0x9e37_79b9_7f4a_7c15, decode_target);
}

#[test]
fn fuzzed_bodies_say_the_same_when_redacted() {
    drive(0xd1b5_4a32_d192_ed03, redact_target);
}

#[test]
fn fuzzed_bodies_give_the_agreed_lines() {
    drive(0x8cb9_2ba7_2f3d_8dd7, inspect_target);
}
