//! The fuzz targets on stable Rust: a seeded mutator over real bodies, the same inputs on every run. `FUGONG_FUZZ_SECONDS` makes it go on for that
//! long.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

use std::time::{Duration, Instant};

use gate_link::fuzz_targets::{decoding, rounds};
use gate_link::{Ask, Buckets, Health};
use uuid::Uuid;

const ROUNDS: usize = 2_000;
const BATCH: &str = r#"{"format":1,"serial":"G-001","sent_at":"2026-03-01T23:52:12Z","passages":[{"no":1,"previous":0,"at":"2026-03-01T23:52:11Z",
    "live":true,"granted":true,"method":"face","employee_no":"1024","card_no":"77","temperature_c":36.5,"over_limit":false,"mask":"worn","fault":"ambiguous"}]}"#;
const ANSWER: &str = r#"{"made_at":"2026-03-01T23:52:12Z","gate":{"gate_name":"a","site_name":"b","site":"00000000-0000-4000-8000-000000000001",
    "area_code":"999999","lane":1,"passage":"in","open_state":"open","gate_closed":false,"screening_active":true,"faces_active":true},"rules":{"version":1},
    "buckets":[1,2],"entries":[{"key":"00000000-0000-4000-8000-000000000001","digest":7,"employee_no":"1","masked_name":"x","has_pass":true,
    "is_trained":false,"shift":{"days":[1],"start_minute":1,"end_minute":2,"early_minutes":3}}],"more":false,"trust":[],"lists":[],"holders":[],
    "passes_next":"1","last_no":7,"again_ms":1000}"#;
const DICTIONARY: &[&str] =
    &["null", "-1", "1e400", "\"\"", "{}", "[]", "true", "\\u0000", "9223372036854775808", "\"no\"", ","];

struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

fn mutated(seed: &[u8], dice: &mut Xorshift) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 => bytes.truncate(at),
            2 => {
                let word = DICTIONARY[dice.below(DICTIONARY.len())].as_bytes();
                let end = (at + dice.below(8)).min(bytes.len());
                bytes.splice(at..end, word.iter().copied());
            }
            _ => {
                let again = bytes[at..(at + dice.below(60)).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

#[test]
fn fuzz_what_gate_and_server_say() {
    let ask =
        Ask { nonce: Uuid::nil(), buckets: Buckets::of([]), passes_since: None, health: Health::default(), wait: true };
    let seeds = [BATCH.as_bytes().to_vec(), ANSWER.as_bytes().to_vec(), serde_json::to_vec(&ask).unwrap()];
    let seconds = std::env::var("FUGONG_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let until = seconds.map(|it| Instant::now() + Duration::from_secs(it));
    let mut dice = Xorshift(0x5eed);
    for seed in &seeds {
        decoding(seed);
        rounds(seed);
        let mut round = 0;
        while round < ROUNDS || until.is_some_and(|it| Instant::now() < it) {
            let bytes = mutated(seed, &mut dice);
            decoding(&bytes);
            rounds(&bytes);
            round += 1;
        }
    }
}
