//! JPEGs out of a file in which one follows the other.
//!
//! Segments are stepped over by their lengths (ITU-T T.81 B.1.1.4), so that a preview inside an EXIF segment is not taken for
//! a picture. What stands between two pictures, such as the headings of a recorded HTTP stream, is passed over.

/// A longer one is no frame of a camera.
const MAX_BYTES: usize = 16 << 20;

/// Takes bytes as they come, gives whole JPEGs.
#[derive(Debug, Default)]
pub struct Splitter {
    bytes: Vec<u8>,
    /// Where the picture begins that is walked, or what was not searched yet.
    begin: usize,
    /// How far it was walked.
    at: usize,
    /// Where the last segment stands whose length was believed.
    segment: usize,
    place: Place,
    n_broken: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between pictures.
    #[default]
    Outside,
    /// Where a marker must stand.
    Marker,
    /// In the data of a scan.
    Scan,
}

enum Step {
    On,
    MoreNeeded,
    /// A picture ends here.
    Whole(usize),
    /// What was begun is no picture; the next may begin here.
    Broken(usize),
}

impl Splitter {
    /// More bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.begin.min(self.bytes.len()));
        self.at = self.at.saturating_sub(self.begin);
        self.segment = self.segment.saturating_sub(self.begin);
        self.begin = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole JPEG, from SOI to EOI; none until more bytes come.
    pub fn next_jpeg(&mut self) -> Option<Vec<u8>> {
        loop {
            let step = match self.place {
                Place::Outside => self.find_start(),
                _ if self.begin + MAX_BYTES < self.at => Step::Broken(self.at),
                Place::Marker => self.walk_segment(),
                Place::Scan => self.walk_scan(),
            };
            match step {
                Step::On => {}
                Step::MoreNeeded => return None,
                Step::Whole(end) => {
                    let jpeg = self.bytes.get(self.begin..end).map(<[u8]>::to_vec);
                    self.leave(end);
                    return jpeg;
                }
                Step::Broken(at) => {
                    self.leave(at);
                    self.n_broken += 1;
                }
            }
        }
    }

    /// The file has ended: a picture that was begun counts as broken.
    pub fn finish(&mut self) {
        if self.place != Place::Outside {
            self.n_broken += 1;
        }
        self.leave(self.bytes.len());
    }

    /// How many pictures began and had no end since this was last asked.
    pub fn take_broken(&mut self) -> u64 {
        std::mem::take(&mut self.n_broken)
    }

    /// Stands between pictures from `end` on.
    fn leave(&mut self, end: usize) {
        (self.begin, self.place) = (end, Place::Outside);
    }

    fn find_start(&mut self) -> Step {
        let rest = self.bytes.get(self.begin..).unwrap_or_default();
        match rest.windows(2).position(|it| it == [0xff, 0xd8]) {
            Some(n_passed) => {
                self.begin += n_passed;
                (self.at, self.segment, self.place) = (self.begin + 2, self.begin + 2, Place::Marker);
                Step::On
            }
            None => {
                // The last byte may be the first half of the marker.
                self.begin += rest.len().saturating_sub(1);
                Step::MoreNeeded
            }
        }
    }

    fn walk_segment(&mut self) -> Step {
        match self.bytes.get(self.at..).unwrap_or_default() {
            [] | [0xff] => Step::MoreNeeded,
            // Fill bytes.
            [0xff, 0xff, ..] => self.go_on(1),
            [0xff, 0xd9, ..] => Step::Whole(self.at + 2),
            // Another picture begins.
            [0xff, 0xd8, ..] => Step::Broken(self.at),
            [0xff, 0x00, ..] => Step::Broken(self.segment),
            // TEM and RST have no length.
            [0xff, 0x01 | 0xd0..=0xd7, ..] => self.go_on(2),
            [0xff, _] | [0xff, _, _] => Step::MoreNeeded,
            [0xff, marker, high, low, rest @ ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let is_scan = *marker == 0xda;
                match length.checked_sub(2) {
                    None => Step::Broken(self.at + 2),
                    Some(n_left) if rest.len() < n_left => Step::MoreNeeded,
                    Some(_) => {
                        self.segment = self.at + 2;
                        self.place = if is_scan { Place::Scan } else { Place::Marker };
                        self.go_on(2 + length)
                    }
                }
            }
            // The last segment was cut off, and its length led into what came behind: the next picture may begin in there.
            [_, ..] => Step::Broken(self.segment),
        }
    }

    fn walk_scan(&mut self) -> Step {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let n_data = rest.iter().position(|it| *it == 0xff).unwrap_or(rest.len());
        match rest.get(n_data..).unwrap_or_default() {
            [] | [_] => {
                self.at += n_data;
                Step::MoreNeeded
            }
            // A byte 0xff of data, and restart markers.
            [_, 0x00 | 0xd0..=0xd7, ..] => self.go_on(n_data + 2),
            [..] => {
                self.place = Place::Marker;
                self.go_on(n_data)
            }
        }
    }

    fn go_on(&mut self, n_bytes: usize) -> Step {
        self.at += n_bytes;
        Step::On
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SOI, an APP1 with a whole JPEG inside, a scan with an escaped byte and a restart, EOI.
    const ONE: &[u8] = b"\xff\xd8\xff\xe1\0\x0a\xff\xd8\xff\xd9..zz\xff\xda\0\x04..a\xff\0b\xff\xd1c\xff\xd9";

    fn split(bytes: &[u8], step: usize) -> (Vec<Vec<u8>>, u64) {
        let (mut splitter, mut jpegs) = (Splitter::default(), Vec::new());
        for chunk in bytes.chunks(step) {
            splitter.push(chunk);
            jpegs.extend(std::iter::from_fn(|| splitter.next_jpeg()));
        }
        splitter.finish();
        (jpegs, splitter.take_broken())
    }

    fn one() -> Vec<u8> {
        // The segment's length is 2 + 8.
        assert_eq!(&ONE[4..6], &[0, 10]);
        ONE.to_vec()
    }

    #[test]
    fn pictures_come_whole_however_the_file_is_read() {
        let file = [&one()[..], b"--boundary\r\n\r\n", &one(), &one()].concat();
        for step in 1..file.len() {
            assert_eq!(split(&file, step), (vec![one(), one(), one()], 0), "{step} at a time");
        }
    }

    #[test]
    fn a_picture_that_breaks_off_is_counted_and_the_next_is_found() {
        for cut in 20..ONE.len() - 1 {
            let split = split(&[&ONE[..cut], ONE].concat(), 7);
            assert_eq!(split, (vec![one()], 1), "cut at {cut}");
        }
        // In a segment whose length then leads into the middle of the next picture.
        let cut = b"\xff\xd8\xff\xdb\0\x1fhalf of a segment";
        assert_eq!(split(&[cut, ONE].concat(), 7), (vec![one()], 1));
        assert_eq!(split(&ONE[..ONE.len() - 1], 64), (vec![], 1));
    }

    #[test]
    fn a_picture_without_an_end_is_given_up() {
        let (mut splitter, endless) = (Splitter::default(), [b"\xff\xd8\xff\xda\0\x02", &[7; 1 << 20][..]].concat());
        splitter.push(&endless);
        for _ in 0..20 {
            assert!(splitter.next_jpeg().is_none());
            splitter.push(&[7; 1 << 20]);
        }
        assert!(splitter.next_jpeg().is_none() && splitter.bytes.len() < 2 * MAX_BYTES);
        assert_eq!(splitter.take_broken(), 1);
    }
}
