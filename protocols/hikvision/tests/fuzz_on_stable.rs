//! The fuzz targets on stable Rust: a seeded mutator over the fixtures, the same inputs on every run.
//! `FUGONG_FUZZ_SECONDS` makes each target go on for that long; `make fuzz` sets it where there is no libFuzzer.
//! Not a replacement for `make fuzz`, which is guided by coverage; this one runs with every test.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

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

struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn range(&mut self, len: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        start..(start + self.below(64)).min(len)
    }

    fn mutate(&mut self, data: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let at = self.below(data.len() + 1);
        match self.below(7) {
            0 if at < data.len() => data[at] ^= 1 << self.below(8),
            1 => data.truncate(at),
            2 => {
                let other = &corpus[self.below(corpus.len())];
                let from = self.below(other.len() + 1);
                data.truncate(at);
                data.extend_from_slice(&other[from..]);
            }
            3 => {
                let block = data[self.range(data.len())].to_vec();
                data.splice(at..at, block);
            }
            4 => {
                data.drain(self.range(data.len()));
            }
            5 if at < data.len() => data[at] = self.next() as u8,
            _ => {
                let token = DICTIONARY[self.below(DICTIONARY.len())];
                data.splice(at..at, token.iter().copied());
            }
        }
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter(|it| it.extension().is_some_and(|it| it != "jsonl")).map(|it| fs::read(it).unwrap()).collect()
}

fn drive(seed: u64, target: fn(&[u8])) {
    let corpus = corpus();
    let started = Instant::now();
    let wanted =
        std::env::var("FUGONG_FUZZ_SECONDS").map_or(Duration::ZERO, |it| Duration::from_secs(it.parse().unwrap()));
    let mut random = Xorshift(seed);
    let mut n_rounds = 0;
    while n_rounds < N_ROUNDS || started.elapsed() < wanted {
        let mut data = corpus[n_rounds % corpus.len()].clone();
        for _ in 0..=random.below(8) {
            random.mutate(&mut data, &corpus);
        }
        target(&data);
        n_rounds += 1;
    }
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
