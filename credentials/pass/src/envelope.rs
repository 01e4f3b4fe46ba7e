//! From the scanned text to CBOR and back: prefix, base45 (RFC 9285), zlib (RFC 1950). Shared by `RW1` and `HC1`.

use std::io::Write as _;

use flate2::{Compression, Decompress, FlushDecompress, Status, write::ZlibEncoder};

use crate::{MAX_TEXT_BYTES, Refusal, Stage};

/// What a pass may inflate to. The largest seen is 2 KiB; a bomb stops here.
pub(crate) const MAX_INFLATED_BYTES: usize = 64 * 1024;

/// The CBOR inside `text`.
pub(crate) fn open(text: &[u8], prefix: &str) -> Result<Vec<u8>, Refusal> {
    if MAX_TEXT_BYTES < text.len() {
        return Err(Refusal::cannot_tell(Stage::Prefix, "longer than a QR code"));
    }
    let Some(body) = text.strip_prefix(prefix.as_bytes()) else {
        return Err(Refusal::cannot_tell(Stage::Prefix, "another prefix"));
    };
    let packed = std::str::from_utf8(body).ok().and_then(|it| base45::decode(it).ok());
    unpack(&packed.ok_or(Refusal::cannot_tell(Stage::Base45, "not base45"))?)
}

/// The CBOR inside `packed`.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, Refusal> {
    inflate(packed, true, MAX_INFLATED_BYTES).ok_or(Refusal::cannot_tell(Stage::Inflate, "not zlib, or too large"))
}

/// The scanned text of `cbor`.
pub(crate) fn close(cbor: &[u8], prefix: &str) -> String {
    format!("{prefix}{}", base45::encode(deflate(cbor)))
}

/// zlib, best compression.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut to = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; an empty answer would be refused by whoever reads it.
    to.write_all(bytes).and_then(|()| to.finish()).unwrap_or_default()
}

/// The bytes inside, when `packed` is exactly one whole stream of at most `max_bytes`.
pub(crate) fn inflate(packed: &[u8], zlib_header: bool, max_bytes: usize) -> Option<Vec<u8>> {
    let mut from = Decompress::new(zlib_header);
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(3).clamp(64, max_bytes + 1));
    loop {
        let rest = packed.get(usize::try_from(from.total_in()).ok()?..)?;
        let before = (from.total_in(), bytes.len());
        match from.decompress_vec(rest, &mut bytes, FlushDecompress::None).ok()? {
            Status::StreamEnd => {
                let is_whole = usize::try_from(from.total_in()).ok()? == packed.len();
                return (is_whole && bytes.len() <= max_bytes).then_some(bytes);
            }
            Status::Ok | Status::BufError
                if bytes.len() < bytes.capacity() && before == (from.total_in(), bytes.len()) =>
            {
                return None;
            }
            Status::Ok | Status::BufError => {}
        }
        if bytes.len() == bytes.capacity() {
            if max_bytes < bytes.len() {
                return None;
            }
            // One byte beyond the cap tells a stream that ends there from one that goes on.
            bytes.reserve_exact(bytes.len().min(max_bytes + 1 - bytes.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_closed_opens(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            prop_assert_eq!(open(close(&bytes, "RW1:").as_bytes(), "RW1:").ok(), Some(bytes));
        }
    }

    #[test]
    fn a_bomb_stops_at_the_cap() {
        let bomb = deflate(&vec![0; 10_000_000]);
        assert!(bomb.len() < 20_000);
        assert_eq!(inflate(&bomb, true, MAX_INFLATED_BYTES), None);
        assert_eq!(
            inflate(&deflate(&vec![0; MAX_INFLATED_BYTES]), true, MAX_INFLATED_BYTES).map(|it| it.len()),
            Some(MAX_INFLATED_BYTES)
        );
        assert_eq!(inflate(&deflate(&vec![0; MAX_INFLATED_BYTES + 1]), true, MAX_INFLATED_BYTES), None);
    }

    #[test]
    fn a_stream_is_whole_and_alone() {
        let good = deflate(b"pass");
        assert_eq!(inflate(&good, true, 100).as_deref(), Some(&b"pass"[..]));
        for cut in 0..good.len() {
            assert_eq!(inflate(&good[..cut], true, 100), None, "cut at {cut}");
        }
        assert_eq!(inflate(&[good.as_slice(), b"x"].concat(), true, 100), None);
        let mut sum = good.clone();
        *sum.last_mut().unwrap() ^= 1;
        assert_eq!(inflate(&sum, true, 100), None, "a wrong checksum");
        assert_eq!(inflate(&good, false, 100), None, "a zlib header where none may be");
    }

    #[test]
    fn base45_is_taken_strictly() {
        for bad in ["RW1:a", "RW1:::::", "RW1:GGX", "RW1:0", "RW1:A B\n", "RW1: 0\t", "rw1:BB8", "RW1:中"] {
            assert!(open(bad.as_bytes(), "RW1:").is_err(), "{bad}");
        }
    }
}
