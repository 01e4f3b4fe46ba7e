//! The fuzz targets on stable Rust: a seeded mutator over small pictures and a template, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

use face::fuzz_targets::{pictures, templates};
use face::{Embedding, KeyedRotation, Space, Template};
use fuzz_stable::{Fuzz, Kind};

const ROUNDS: usize = 2_000;
/// What means something to a reader.
const DICTIONARY: &[&[u8]] =
    &[b"\xff\xd8", b"\xff\xda", b"\xff\xc0", b"\xff\xe1\0\x22Exif\0\0", b"IHDR", b"IDAT", &[0xff; 4], &[0; 4]];
/// 8 × 8 pixels that a camera held upright, so that a mutation reaches every part of a JPEG.
const JPEG: &[u8] = &[
    255, 216, 255, 224, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 255, 225, 0, 34, 69, 120, 105, 102, 0, 0,
    77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 255, 219, 0, 67, 0, 13, 9, 10,
    11, 10, 8, 13, 11, 10, 11, 14, 14, 13, 15, 19, 32, 21, 19, 18, 18, 19, 39, 28, 30, 23, 32, 46, 41, 49, 48, 46, 41,
    45, 44, 51, 58, 74, 62, 51, 54, 70, 55, 44, 45, 64, 87, 65, 70, 76, 78, 82, 83, 82, 50, 62, 90, 97, 90, 80, 96, 74,
    81, 82, 79, 255, 219, 0, 67, 1, 14, 14, 14, 19, 17, 19, 38, 21, 21, 38, 79, 53, 45, 53, 79, 79, 79, 79, 79, 79, 79,
    79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
    79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 255, 192, 0, 17, 8, 0, 8, 0, 8, 3, 1, 34, 0, 2, 17, 1, 3,
    17, 1, 255, 196, 0, 21, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 255, 196, 0, 25, 16, 1, 0, 2, 3,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 34, 49, 161, 255, 196, 0, 21, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 3, 5, 255, 196, 0, 28, 17, 0, 1, 3, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 4, 5, 18, 19, 33,
    49, 255, 218, 0, 12, 3, 1, 0, 2, 17, 3, 17, 0, 63, 0, 130, 54, 191, 172, 56, 2, 105, 165, 22, 238, 165, 166, 205,
    54, 6, 218, 255, 217,
];

fn png(color: png::ColorType, bytes_a_pixel: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 5, 3);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = (0..u8::try_from(15 * bytes_a_pixel).unwrap()).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    out
}

fn seeds() -> Vec<Vec<u8>> {
    let space = Space { model: [3; 8], rotation: [0; 8] };
    let values: Vec<f32> = (0..512_u16).map(|it| f32::from(it % 17) - 8.0).collect();
    let turned = KeyedRotation::new(&[1; 32]).turn(&Embedding::new(space, &values).unwrap());
    vec![
        JPEG.to_vec(),
        png(png::ColorType::Rgb, 3),
        png(png::ColorType::Rgba, 4),
        png(png::ColorType::Grayscale, 1),
        png(png::ColorType::GrayscaleAlpha, 2),
        Template::new([5; 16], turned).unwrap().to_bytes(),
    ]
}

fn drive(target: fn(&[u8]), dice: u64) {
    Fuzz { seeds: &seeds(), dictionary: DICTIONARY, kind: Kind::Bytes, rounds: ROUNDS, dice }.drive(target);
}

#[test]
fn the_seeds_are_what_they_should_be() {
    let n_pixels: Vec<Option<usize>> =
        seeds().iter().map(|it| face::Picture::decode(it).ok().map(|it| it.width() * it.height())).collect();
    assert_eq!(n_pixels, [Some(64), Some(15), Some(15), Some(15), Some(15), None]);
}

#[test]
fn fuzz_pictures() {
    drive(pictures, 0x6661_6365_7069_6331);
}

#[test]
fn fuzz_templates() {
    drive(templates, 0x6661_6365_7465_6d31);
}
