//! The fuzz targets on stable Rust: seeded bytes and damaged passes, the same on every run. `FUGONG_FUZZ_SECONDS` makes
//! each target go on for that long; `make fuzz` sets it where there is no libFuzzer.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test that cannot go on fails"
)]

use std::time::{Duration, Instant};

use pass::fuzz_targets::{signed_target, tamper_target, verify_target};
use pass::{Claims, IssuerKey, Scope, StatusRef, issue};

const N_ROUNDS: usize = 2_000;

/// Passes and claims to start from; what the mutator makes of them comes near to what is read.
fn corpus() -> Vec<Vec<u8>> {
    let key = IssuerKey::from_seed(&[7; 32]).unwrap();
    let scopes = [Scope::Area("999999".into()), Scope::Sites(vec![[3; 16], [4; 16]])];
    let passes = scopes.map(|scope| {
        let status = StatusRef { index: 5, uri: "list".into() };
        let claims = Claims {
            issuer: "fuzz".into(),
            issued_at_s: 1_699_990_000,
            expires_at_s: 1_700_000_100,
            pass_id: [1; 16],
            status,
            scope,
            holder_key: None,
        };
        issue(&key, &claims).unwrap().into_bytes()
    });
    let claims = b"\xa6\x01\x64fuzz\x04\x18\x64\x06\x00\x07\x50aaaaaaaaaaaaaaaa\x19\xff\xff\xa2\x63idx\x01\x63uri\x61u\x3a\x00\x01\x11\x70\x66999999";
    let card = b"eyJ6aXAiOiJERUYiLCJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.q1bKLC5WslIqTi1SqgUA.AAAA";
    let others = [
        claims.to_vec(),
        card.to_vec(),
        b"shc:/5676290952432060".to_vec(),
        vec![0x9f; 300],
        vec![0xd2; 300],
        Vec::new(),
    ];
    passes.into_iter().chain(others).collect()
}

fn drive(seed: u64, target: fn(&[u8])) {
    let (corpus, started) = (corpus(), Instant::now());
    let wanted =
        std::env::var("FUGONG_FUZZ_SECONDS").map_or(Duration::ZERO, |it| Duration::from_secs(it.parse().unwrap()));
    let mut random = seed;
    let mut below = |limit: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % limit.max(1) as u64) as usize
    };
    let mut n_rounds = 0;
    while n_rounds < N_ROUNDS || started.elapsed() < wanted {
        let mut data = corpus[n_rounds % corpus.len()].clone();
        for _ in 0..below(6) {
            let at = below(data.len() + 1);
            match below(4) {
                0 if at < data.len() => data[at] ^= 1 << below(8),
                1 => data.insert(at, below(256) as u8),
                2 if at < data.len() => drop(data.remove(at)),
                _ => data.truncate(data.len() - below(data.len() / 4 + 1)),
            }
        }
        target(&data);
        n_rounds += 1;
    }
}

#[test]
fn fuzz_verify() {
    drive(1, verify_target);
}

#[test]
fn fuzz_signed() {
    drive(2, signed_target);
}

#[test]
fn fuzz_tamper() {
    drive(3, tamper_target);
}
