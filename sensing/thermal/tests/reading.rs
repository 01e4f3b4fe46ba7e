//! Every format that is read, as cameras write it, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

mod encoder;

use encoder::{File, Payload};
use proptest::prelude::*;
use thermal::{Kind, LinearScale, MatrixForm, ThermalError, Thermogram, kind_of, matrix, read, y16};

fn one(bytes: &[u8]) -> Thermogram {
    let mut images = read(bytes, LinearScale::HUNDREDTHS).unwrap();
    assert_eq!(images.len(), 1);
    images.remove(0)
}

fn ramp(pixels: u16) -> Vec<u16> {
    (0..pixels).map(|it| 12_000 + it * 7).collect()
}

#[test]
fn every_byte_order_and_payload_gives_the_same_counts_and_degrees() {
    let file = File::new(6, 4, ramp(24));
    for (big_directory, big_records, payload) in [
        (true, false, Payload::SwappedPng),
        (true, false, Payload::Plain),
        (false, false, Payload::Plain),
        (true, true, Payload::Png),
        (false, true, Payload::Plain),
        // Told by the median alone.
        (true, false, Payload::Png),
        (true, true, Payload::SwappedPng),
    ] {
        let file = File { big_directory, big_records, payload, ..file.clone() };
        for image in [one(&file.container()), one(&file.jpeg(60_000)), one(&file.jpeg(100))] {
            assert_eq!((image.width(), image.height(), image.counts()), (6, 4, Some(&file.counts[..])), "{file:?}");
            let got = image.at(3, 5).unwrap();
            assert!((got - file.celsius(file.counts[23])).abs() < 1e-6, "{got}");
            assert_eq!(image.camera.as_ref().unwrap().model, "TEST CAMERA");
        }
    }
}

#[test]
fn without_a_median_the_records_byte_order_decides() {
    let bare = File { median: None, ..File::new(3, 2, ramp(6)) };
    for file in [bare.clone(), File { big_records: true, payload: Payload::Png, ..bare }] {
        assert_eq!(one(&file.jpeg(60_000)).counts().unwrap(), file.counts);
    }
}

#[test]
fn a_sequence_is_stepped_through_by_its_directories() {
    // The word that begins a container also stands in the pixels: F F, F 0 as counts.
    let tricky = vec![0x4646, 0x0046, 0x4646, 0x0046, 12_000, 12_001];
    let first = File { payload: Payload::Plain, big_directory: false, ..File::new(3, 2, tricky) };
    let second = File { counts: ramp(6), ..first.clone() };
    let sequence = [first.container(), second.container(), vec![0; 7], first.container()].concat();
    let images = read(&sequence, LinearScale::HUNDREDTHS).unwrap();
    let counts: Vec<&[u16]> = images.iter().map(|it| it.counts().unwrap()).collect();
    assert_eq!(counts, [&first.counts[..], &second.counts, &first.counts]);
    // One that breaks off takes nothing with it.
    let cut = &sequence[..sequence.len() - 20];
    assert_eq!(read(cut, LinearScale::HUNDREDTHS).unwrap().len(), 2);
}

#[test]
fn counts_on_a_straight_line() {
    let counts = [27_315, 30_315, 31_015, 0, 65_535, 29_815];
    for bytes in [encoder::png(3, 2, &counts), encoder::tiff(3, 2, &counts)] {
        let image = one(&bytes);
        assert_eq!((image.width(), image.height(), image.counts()), (3, 2, Some(&counts[..])));
        for (col, wanted) in [0.0, 30.0, 37.0].into_iter().enumerate() {
            assert!((image.at(0, col).unwrap() - wanted).abs() < 1e-9);
        }
    }
    let tenths = read(&encoder::png(1, 1, &[3_101]), LinearScale::TENTHS).unwrap();
    assert!((tenths[0].at(0, 0).unwrap() - 36.95).abs() < 1e-9);
}

#[test]
fn rows_of_telemetry_are_cropped_on_either_side() {
    let counts: Vec<u16> = (0..160 * 120).map(|it| 30_000 + it % 900).collect();
    let picture: Vec<u8> = counts.iter().flat_map(|it| it.to_le_bytes()).collect();
    let mut rows = vec![0; 160 * 2 * 2];
    rows[..2].copy_from_slice(&0x0e00_u16.to_le_bytes());
    for bytes in [picture.clone(), [&rows[..], &picture].concat(), [&picture[..], &rows].concat()] {
        let image = y16(&bytes, 160, 120, LinearScale::HUNDREDTHS).unwrap();
        assert_eq!(image.counts().unwrap(), counts);
    }
    let short = y16(&picture[1..], 160, 120, LinearScale::HUNDREDTHS);
    assert_eq!(short.unwrap_err(), ThermalError::Broken("counts"));
}

#[test]
fn the_matrix_of_a_hikvision_camera() {
    let degrees = [36.5_f32, 33.25, 21.0, -4.5];
    let floats: Vec<u8> = degrees.iter().flat_map(|it| it.to_le_bytes()).collect();
    let tenths: Vec<u8> = [365_i16, 332, 210, -45].iter().flat_map(|it| it.to_le_bytes()).collect();
    for (bytes, form, wanted) in [(&floats, MatrixForm::Floats, -4.5), (&tenths, MatrixForm::Tenths, -4.5)] {
        for lengths in [true, false] {
            let file = encoder::hikvision(2, 2, bytes, lengths);
            let got = matrix(&file).unwrap();
            assert_eq!((got.form, got.image.counts()), (form, None));
            assert!(
                (got.image.at(1, 1).unwrap() - wanted).abs() < 1e-9
                    && (got.image.at(0, 0).unwrap() - 36.5).abs() < 1e-9
            );
            assert_eq!(kind_of(&file), Some(Kind::Hikvision));
        }
    }
    assert_eq!(matrix(&encoder::hikvision(2, 3, &floats, true)).unwrap_err(), ThermalError::Missing("matrix"));
}

#[test]
fn what_is_no_thermal_image_is_refused_by_name() {
    let read = |bytes: &[u8]| read(bytes, LinearScale::HUNDREDTHS).unwrap_err();
    assert_eq!(read(b"hello"), ThermalError::Unknown);
    assert_eq!(read(b""), ThermalError::Unknown);
    assert_eq!(read(b"\xff\xd8\xff\xda\0\x02\xff\xd9"), ThermalError::NotRadiometric);
    let file = File::new(3, 2, ramp(6));
    let nothing = File { emissivity: 0.0, ..file.clone() };
    assert!(matches!(read(&nothing.jpeg(60_000)), ThermalError::Unphysical(it) if it.0 == "emissivity"));
    let mut csq = file.container();
    let at = csq.len() - file.raw().len() + 0x20;
    csq[at..at + 4].copy_from_slice(b"\xff\xd8\xff\xf7");
    assert_eq!(read(&csq), ThermalError::Unsupported("JPEG-LS"));
    let container = file.container();
    assert_eq!(read(&container[..container.len() / 2]), ThermalError::Broken("camera"));
    // Says that it is larger than anything.
    let mut bomb = File { payload: Payload::Plain, ..file }.container();
    let at = bomb.len() - 0x20 - 12;
    bomb[at + 2..at + 6].copy_from_slice(&[0xff; 4]);
    assert_eq!(read(&bomb), ThermalError::Broken("size"));
}

proptest! {
    #[test]
    fn any_counts_come_back_as_they_were(counts in proptest::collection::vec(any::<u16>(), 12), chunk in 50_usize..2_000, big in any::<bool>()) {
        let file = File { big_records: big, payload: Payload::Plain, ..File::new(4, 3, counts) };
        let image = one(&file.jpeg(chunk));
        prop_assert_eq!(image.counts().unwrap(), &file.counts[..]);
    }

    #[test]
    fn a_warmer_pixel_never_counts_less(counts in proptest::collection::vec(14_000_u16..40_000, 2), emissivity in 0.8_f32..1.0) {
        let file = File { emissivity, payload: Payload::Plain, ..File::new(2, 1, counts) };
        let image = one(&file.container());
        let (a, b) = (image.at(0, 0).unwrap(), image.at(0, 1).unwrap());
        prop_assert_eq!(file.counts[0] < file.counts[1], a < b);
    }

    #[test]
    fn a_file_that_is_cut_or_changed_is_read_or_refused(cut in 0_usize..2_000, at in 0_usize..2_000, byte in any::<u8>(), png in any::<bool>()) {
        let payload = if png { Payload::SwappedPng } else { Payload::Plain };
        let mut bytes = File { payload, ..File::new(4, 3, ramp(12)) }.jpeg(700);
        let at = at % bytes.len();
        bytes[at] = byte;
        thermal::fuzz_targets::reading(&bytes);
        bytes.truncate(bytes.len().saturating_sub(cut));
        thermal::fuzz_targets::reading(&bytes);
        thermal::fuzz_targets::inspecting(&bytes);
    }
}
