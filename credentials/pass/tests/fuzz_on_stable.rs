//! The fuzz targets on stable Rust: seeded bytes and damaged passes, the same on every run. `FUGONG_FUZZ_SECONDS` makes
//! each target go on for that long; `make fuzz` sets it where there is no libFuzzer.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use fuzz_stable::{Fuzz, Kind};
use pass::fuzz_targets::{signed_target, tamper_target, verify_target};
use pass::{Claims, IssuerKey, Scope, StatusRef, issue};

const N_ROUNDS: usize = 2_000;
/// Heads of CBOR and of the texts that hold it.
const DICTIONARY: &[&[u8]] = &[
    b"\x9f",
    b"\xd2\x84",
    b"\xa6\x01",
    b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"HC1:",
    b"RW1:",
    b"RW2:",
    b"shc:/",
    b".",
    b"=",
];

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

fn drive(dice: u64, target: fn(&[u8])) {
    Fuzz { seeds: &corpus(), dictionary: DICTIONARY, kind: Kind::Bytes, rounds: N_ROUNDS, dice }.drive(target);
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
