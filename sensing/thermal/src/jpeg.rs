//! The FLIR record out of a JPEG: its chunks stand in APP1 segments, in any order, and are told from other segments by walking
//! from marker to marker. A search for the word would also find it inside pictures.

use std::collections::BTreeMap;

const HEAD: &[u8] = b"FLIR\0\x01";
/// Segments end where the picture's own bytes begin.
const START_OF_SCAN: u8 = 0xda;
const END: u8 = 0xd9;
const APP1: u8 = 0xe1;

/// The joined record, up to the first chunk that is missing; none when the picture has none.
pub(crate) fn flir_record(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut chunks: BTreeMap<u8, &[u8]> = BTreeMap::new();
    for (marker, payload) in (Segments { bytes, at: 2 }) {
        let chunk = (marker == APP1).then(|| payload.strip_prefix(HEAD)).flatten();
        if let Some([number, _last, rest @ ..]) = chunk {
            chunks.entry(*number).or_insert(rest);
        }
    }
    let whole: Vec<&[u8]> = (0..=u8::MAX).map_while(|it| chunks.get(&it).copied()).collect();
    if whole.is_empty() { None } else { Some(whole.concat()) }
}

/// Segments with their markers, up to the picture's own bytes.
struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Segments<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let [0xff, marker] = *self.bytes.get(self.at..self.at + 2)? else { return None };
            match marker {
                // A marker may be padded.
                0xff => self.at += 1,
                START_OF_SCAN | END => return None,
                // Without a length.
                0x01 | 0xd0..=0xd8 => self.at += 2,
                _ => {
                    let length = self.bytes.get(self.at + 2..self.at + 4)?;
                    let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
                    let payload = self.bytes.get(self.at + 4..self.at + 2 + length)?;
                    self.at += 2 + length;
                    return Some((marker, payload));
                }
            }
        }
    }
}
