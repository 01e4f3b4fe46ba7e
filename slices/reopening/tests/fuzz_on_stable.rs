//! The fuzz targets on stable Rust: seeded bytes, the same on every run. `FUGONG_FUZZ_SECONDS` makes each target go on for that
//! long; `make fuzz` sets it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use fuzz_stable::{Fuzz, Kind};
use reopening::fuzz_targets::{decision_target, meter_target, picture_target, structure_target};

const N_ROUNDS: usize = 1_500;
/// What means something to one of the readers.
const DICTIONARY: &[&[u8]] = &[
    b"\xff\xd8",
    b"\xff\xd9",
    b"\xff\xe1\0\x10",
    b"IHDR",
    b"IEND",
    b"%PDF-",
    b"%%EOF",
    b"startxref",
    b"PK\x03\x04",
    b",",
    b"\"",
    b"\n",
    b"1e308",
    b"2020-02-30",
    "批准".as_bytes(),
    "决定".as_bytes(),
    b"number",
];

/// Whole files to start from; what the mutator makes of them comes near to what is read.
fn corpus() -> Vec<Vec<u8>> {
    let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x10];
    jpeg.extend(b"Exif\0\0GPS 26.0");
    jpeg.extend([0xFF, 0xDB, 0x00, 0x43, 0x00]);
    jpeg.extend([1_u8; 64]);
    jpeg.extend([
        0xFF, 0xC0, 0x00, 0x0B, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 0, 0x3F, 0, 0x3F,
    ]);
    jpeg.extend([0xFF, 0xD9]);
    let mut png = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];
    png.extend(b"IHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\0IEND\xaeB`\x82");
    let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n".to_vec();
    let meters =
        ["信用代码,日期,用电量,基准", "91350100M000100Y43,2020-03-05,\"1,200\",2000", "91350100M000100Y43,昨天,9,"];
    let book = tables::workbook("用电", meters.map(|it| it.split(',').collect())).unwrap();
    let decisions = [
        "申请编号,统一社会信用代码,决定,理由",
        "350100-20200301-0007,,批准,",
        ",91350100M000100Y43,暂停,\"两处 1,200\"",
    ];
    let decided = tables::workbook("决定", decisions.map(|it| it.split(',').collect())).unwrap();
    let texts = [meters.join("\n").into_bytes(), decisions.join("\n").into_bytes()];
    [jpeg, png, pdf, book, decided, Vec::new()].into_iter().chain(texts).collect()
}

fn drive(dice: u64, target: fn(&[u8])) {
    Fuzz { seeds: &corpus(), dictionary: DICTIONARY, kind: Kind::Bytes, rounds: N_ROUNDS, dice }.drive(target);
}

#[test]
fn fuzz_structure() {
    drive(1, structure_target);
}

#[test]
fn fuzz_picture() {
    drive(2, picture_target);
}

#[test]
fn fuzz_meters() {
    drive(3, meter_target);
}

#[test]
fn fuzz_decisions() {
    drive(4, decision_target);
}
