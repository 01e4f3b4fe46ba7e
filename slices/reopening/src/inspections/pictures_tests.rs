use img_parts::jpeg::JpegSegment;
use img_parts::png::PngChunk;
use proptest::prelude::*;

use super::*;

/// The smallest JPEG there is, grey and of one point, made of the standard's own tables.
fn jpeg() -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x43, 0x00];
    bytes.extend([1_u8; 64]);
    bytes.extend([0xFF, 0xC0, 0x00, 0x0B, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    for class in [0x00_u8, 0x10] {
        bytes.extend([0xFF, 0xC4, 0x00, 0x14, class, 1]);
        bytes.extend([0_u8; 15]);
        bytes.push(0);
    }
    bytes.extend([0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 0, 0x3F, 0, 0x3F, 0xFF, 0xD9]);
    bytes
}

fn with(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut picture = Jpeg::from_bytes(Bytes::from(jpeg())).unwrap();
    for (marker, words) in segments {
        let segment = JpegSegment::new_with_contents(*marker, Bytes::from(words.to_vec()));
        picture.segments_mut().insert(0, segment);
    }
    picture.encoder().bytes().to_vec()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|it| it == words)
}

#[test]
fn what_the_camera_wrote_is_gone_and_the_picture_is_the_same() {
    let told: [(u8, &[u8]); 4] = [
        (markers::APP1, b"Exif\0\0GPS 26.0 119.3"),
        (markers::APP1, b"xap/1.0/\0owner"),
        (markers::APP13, b"Photoshop 3.0\0byline"),
        (markers::COM, b"taken with"),
    ];
    let before = with(&told);
    for (_, words) in told {
        assert!(holds(&before, words));
    }
    let after = stripped(before).unwrap();
    for (_, words) in told {
        assert!(!holds(&after, words), "{words:?}");
    }
    assert_eq!(after, stripped(jpeg()).unwrap(), "the picture itself is untouched");
}

#[test]
fn a_png_keeps_its_picture_and_loses_its_words() {
    let mut png = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
    for (kind, contents) in [
        (*b"IHDR", vec![0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        (*b"tEXt", b"Author\0somebody".to_vec()),
        (*b"eXIf", b"MM\0*GPS".to_vec()),
        (*b"IDAT", vec![0x78, 0x9C, 0x63, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01]),
        (*b"IEND", Vec::new()),
    ] {
        png.extend(PngChunk::new(kind, Bytes::from(contents)).encoder().bytes().to_vec());
    }
    assert!(holds(&png, b"somebody"));
    let after = stripped(png).unwrap();
    assert!(holds(&after, b"IDAT") && !holds(&after, b"somebody") && !holds(&after, b"GPS"));
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [b"".to_vec(), b"<html>".to_vec(), b"%PDF-1.4".to_vec(), b"GIF89a".to_vec(), vec![0xFF, 0xD8]] {
        assert_eq!(stripped(bytes.clone()), None, "{bytes:?}");
    }
}

proptest! {
    /// Whatever somebody sends, nothing falls over, and what comes out is looked at again with the same outcome.
    #[test]
    fn rubbish_does_no_harm(head in prop::sample::select(vec![vec![0xFF, 0xD8, 0xFF], vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10]]), tail in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Some(once) = stripped([head, tail].concat()) {
            prop_assert_eq!(stripped(once.clone()), Some(once));
        }
    }
}
