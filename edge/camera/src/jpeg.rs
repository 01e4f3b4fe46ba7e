//! JPEGs as cameras send them.

use face::{Picture, PictureError};

/// Unpacks a JPEG of a camera, which may leave out the Huffman tables.
///
/// Motion JPEG's tables are those of ITU-T T.81 K.3.3, and many devices do not send them. The decoder takes these tables by itself
/// when a segment APP0 says `AVI1`; some devices leave that out as well, so it is written in here.
pub(crate) fn decode(bytes: &[u8]) -> Result<Picture, PictureError> {
    const AVI1: &[u8] = b"\xff\xd8\xff\xe0\x00\x10AVI1\0\0\0\0\0\0\0\0\0\0";
    match bytes {
        [0xff, 0xd8, rest @ ..] if lacks_tables(rest) => Picture::decode(&[AVI1, rest].concat()),
        _ => Picture::decode(bytes),
    }
}

/// Whether a scan begins (SOS) before any Huffman table (DHT) came; `rest` begins behind SOI.
fn lacks_tables(mut rest: &[u8]) -> bool {
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = rest.get(1..).unwrap_or_default(),
            [0xff, 0xda, ..] => return true,
            [0xff, 0xc4, ..] => return false,
            [0xff, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(2 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded() -> Vec<u8> {
        let mut bytes = Vec::new();
        let rgb: Vec<u8> =
            (0..32 * 16).flat_map(|it: u16| [it.to_le_bytes()[0], 90, (it / 4).to_le_bytes()[0]]).collect();
        jpeg_encoder::Encoder::new(&mut bytes, 90).encode(&rgb, 32, 16, jpeg_encoder::ColorType::Rgb).unwrap();
        bytes
    }

    /// Without its segments DHT.
    fn without_tables(bytes: &[u8]) -> Vec<u8> {
        let (mut kept, mut at) = (bytes[..2].to_vec(), 2);
        while bytes[at + 1] != 0xda {
            let end = at + 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
            if bytes[at + 1] != 0xc4 {
                kept.extend(&bytes[at..end]);
            }
            at = end;
        }
        kept.extend(&bytes[at..]);
        kept
    }

    #[test]
    fn a_camera_may_leave_out_the_tables_that_everybody_knows() {
        let (whole, short) = (encoded(), without_tables(&encoded()));
        assert!(short.len() < whole.len() && Picture::decode(&short).is_err());
        let (whole, short) = (decode(&whole).unwrap(), decode(&short).unwrap());
        assert_eq!((whole.width(), whole.height()), (32, 16));
        assert!((0..16).all(|row| whole.row(row) == short.row(row)));
    }

    #[test]
    fn damage_is_an_error() {
        let bytes = encoded();
        assert!((0..bytes.len().min(200)).all(|end| decode(&bytes[..end]).is_err()));
    }
}
