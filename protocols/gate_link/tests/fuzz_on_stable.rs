//! The fuzz targets on stable Rust: a seeded mutator over real bodies, the same inputs on every run. `FUGONG_FUZZ_SECONDS` makes it go on for that
//! long.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

use fuzz_stable::{Fuzz, Kind};
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
const DICTIONARY: &[&[u8]] =
    &[b"null", b"-1", b"1e400", b"\"\"", b"{}", b"[]", b"true", b"\\u0000", b"9223372036854775808", b"\"no\"", b","];

fn drive(kind: Kind, dice: u64) {
    let ask = Ask {
        nonce: Uuid::nil(),
        buckets: Buckets::of([]),
        passes_since: None,
        health: Health::default(),
        wait: true,
        entries_most: Some(7),
    };
    let seeds = [BATCH.as_bytes().to_vec(), ANSWER.as_bytes().to_vec(), serde_json::to_vec(&ask).unwrap()];
    Fuzz { seeds: &seeds, dictionary: DICTIONARY, kind, rounds: ROUNDS, dice }.drive(|it| {
        decoding(it);
        rounds(it);
    });
}

#[test]
fn fuzz_what_gate_and_server_say() {
    drive(Kind::Text, 0x5eed);
}

#[test]
fn fuzz_what_gate_and_server_say_in_any_bytes() {
    drive(Kind::Bytes, 0x5eee);
}
