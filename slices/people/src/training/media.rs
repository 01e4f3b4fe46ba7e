//! Films and documents as bytes: what they are, how long a film lasts, which part of one is asked for. Pure.
//!
//! A film's length is read from its movie header box (`mvhd`, ISO/IEC 14496-12, 8.2.2), nothing else of it: whether it can
//! be played its author sees before it is published.

use super::model::MediaKind;

/// How much of a box is looked at to know what it is.
pub(crate) const BOX_HEAD: usize = 16;
/// The largest movie box that is read. The index of a film of four hours has a tenth of it.
pub(crate) const MOVIE_MOST: u64 = 32 * 1024 * 1024;

/// What the first bytes of a file say it is.
pub(crate) fn kind_of(head: &[u8]) -> Option<MediaKind> {
    if head.starts_with(b"%PDF-") {
        return Some(MediaKind::Document);
    }
    (head.get(4..8)? == b"ftyp").then_some(MediaKind::Video)
}

/// A box: its kind, where its content begins and where the next box does, counted from its own beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BoxHead {
    pub(crate) kind: [u8; 4],
    pub(crate) content: u64,
    pub(crate) end: u64,
}

/// Reads the head of a box of which so many bytes are left in the file. None for one that cannot be.
pub(crate) fn box_head(head: &[u8], left: u64) -> Option<BoxHead> {
    let kind: [u8; 4] = head.get(4..8)?.try_into().ok()?;
    let (content, end) = match u32::from_be_bytes(head.get(..4)?.try_into().ok()?) {
        0 => (8, left),
        1 => (16, u64::from_be_bytes(head.get(8..16)?.try_into().ok()?)),
        size => (8, u64::from(size)),
    };
    (content <= end && end <= left).then_some(BoxHead { kind, content, end })
}

/// How long a film lasts, in milliseconds, from the content of its movie box.
pub(crate) fn length_ms(movie: &[u8]) -> Option<i64> {
    let mut rest = movie;
    loop {
        let head = box_head(rest, u64::try_from(rest.len()).ok()?)?;
        let (content, end) = (usize::try_from(head.content).ok()?, usize::try_from(head.end).ok()?);
        if &head.kind == b"mvhd" {
            return header_ms(rest.get(content..end)?);
        }
        rest = rest.get(end..)?;
    }
}

/// Version and flags, two times, ticks in a second, ticks: with 32 bits, or with 64 in version 1.
fn header_ms(header: &[u8]) -> Option<i64> {
    let u32_at = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let (ticks_in_second, ticks) = match *header.first()? {
        0 => (u32_at(12)?, u64::from(u32_at(16)?)),
        1 => (u32_at(20)?, u64::from_be_bytes(header.get(24..32)?.try_into().ok()?)),
        _ => return None,
    };
    let ms = u128::from(ticks) * 1_000;
    let ms = i64::try_from(ms.checked_div(u128::from(ticks_in_second))?).ok()?;
    // A day: no film lasts longer, a broken header may say so.
    (1..=86_400_000).contains(&ms).then_some(ms)
}

/// Which bytes are asked for: the first and the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it: no range, one that cannot be read, or several at once, which a server may ignore (RFC 9110, 14.2).
    Whole,
    /// One range.
    Part(u64, u64),
    /// A range outside the file.
    Outside,
}

/// Reads a `Range` header for a file of so many bytes (RFC 9110, 14.1.2).
pub(crate) fn wanted(range: Option<&str>, length: u64) -> Wanted {
    let Some((first, last)) = range.and_then(|it| it.trim().strip_prefix("bytes=")).and_then(|it| it.split_once('-'))
    else {
        return Wanted::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let number = |it: &str| it.bytes().all(|it| it.is_ascii_digit()).then(|| it.parse::<u64>().ok()).flatten();
    let (first, last) = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => (first, last.min(length.saturating_sub(1))),
        (Some(first), None) if last.is_empty() => (first, length.saturating_sub(1)),
        (None, Some(0)) if first.is_empty() => return Wanted::Outside,
        (None, Some(tail)) if first.is_empty() => (length.saturating_sub(tail), length.saturating_sub(1)),
        _ => return Wanted::Whole,
    };
    if first < length { Wanted::Part(first, last) } else { Wanted::Outside }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [size.to_be_bytes().as_slice(), kind, content].concat()
    }

    fn header(ticks_in_second: u32, ticks: u32) -> Vec<u8> {
        [[0; 12].as_slice(), &ticks_in_second.to_be_bytes(), &ticks.to_be_bytes(), &[0; 80]].concat()
    }

    #[test]
    fn a_film_is_as_long_as_its_header_says() {
        let movie = [boxed(b"free", b"...."), boxed(b"mvhd", &header(90_000, 180_000)), boxed(b"trak", b"")].concat();
        assert_eq!(length_ms(&movie), Some(2_000));
        let long: Vec<u8> =
            [[1].as_slice(), &[0; 19], &1_000_u32.to_be_bytes(), &65_500_u64.to_be_bytes(), &[0; 80]].concat();
        assert_eq!(length_ms(&boxed(b"mvhd", &long)), Some(65_500));
        for broken in [
            boxed(b"mvhd", &header(0, 180_000)),
            boxed(b"mvhd", &header(1, 100_000)),
            boxed(b"mvhd", &header(90_000, 0)),
            boxed(b"mvhd", &[9; 8]),
            boxed(b"trak", b""),
            Vec::new(),
        ] {
            assert_eq!(length_ms(&broken), None, "{broken:?}");
        }
    }

    #[test]
    fn a_box_lies_inside_its_file() {
        let large = [[0, 0, 0, 1].as_slice(), b"mdat", &40_u64.to_be_bytes()].concat();
        assert_eq!(box_head(&large, 100), Some(BoxHead { kind: *b"mdat", content: 16, end: 40 }));
        assert_eq!(box_head(&large, 39), None);
        assert_eq!(box_head(b"\0\0\0\0mdat", 100), Some(BoxHead { kind: *b"mdat", content: 8, end: 100 }));
        assert_eq!(box_head(b"\0\0\0\x04mdat", 100), None, "shorter than its own head");
        assert_eq!(box_head(b"\0\0\0", 100), None);
    }

    #[test]
    fn files_are_what_they_begin_with() {
        assert_eq!(kind_of(b"%PDF-1.7"), Some(MediaKind::Document));
        assert_eq!(kind_of(b"\0\0\0\x20ftypisom"), Some(MediaKind::Video));
        for other in [b"MZ\x90\0\x03\0\0\0".as_slice(), b"<html>..", b"", b"\x1a\x45\xdf\xa3"] {
            assert_eq!(kind_of(other), None);
        }
    }

    #[test]
    fn ranges_are_read_as_http_writes_them() {
        for (text, expected) in [
            (None, Wanted::Whole),
            (Some("bytes=0-9"), Wanted::Part(0, 9)),
            (Some("bytes=90-"), Wanted::Part(90, 99)),
            (Some("bytes=90-400"), Wanted::Part(90, 99)),
            (Some("bytes=-10"), Wanted::Part(90, 99)),
            (Some("bytes=-400"), Wanted::Part(0, 99)),
            (Some("bytes=-0"), Wanted::Outside),
            (Some("bytes=100-"), Wanted::Outside),
            (Some("bytes=9-3"), Wanted::Whole),
            (Some("bytes=0-1,5-6"), Wanted::Whole),
            (Some("bytes=+1-2"), Wanted::Whole),
            (Some("lines=0-9"), Wanted::Whole),
            (Some("bytes=-"), Wanted::Whole),
        ] {
            assert_eq!(wanted(text, 100), expected, "{text:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Outside);
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), left in any::<u64>()) {
            let _ = (length_ms(&bytes), kind_of(&bytes), box_head(&bytes, left));
        }

        #[test]
        fn a_range_lies_inside(text in "bytes=[0-9]{0,20}-[0-9]{0,20}", length in 0u64..1_000) {
            if let Wanted::Part(first, last) = wanted(Some(&text), length) {
                prop_assert!(first <= last && last < length);
            }
        }
    }
}
