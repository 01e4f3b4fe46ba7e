//! Times the verification of a pass off line, from the scanned text to the answer: what a gate does for each person.

use std::time::Instant;

use anyhow::Context;
use pass::status_list::{Entries, State, StatusList};
use pass::{Claims, IssuerKey, Scope, StatusRef, TrustList, issue, verify};

use crate::PassesArgs;
use crate::report::say;
use crate::usage::machine;

const NOW_S: i64 = 1_700_000_000;
const SITE: [u8; 16] = [3; 16];
/// Entries of the status list: a large district's passes.
const N_ENTRIES: u32 = 1_000_000;

/// `load passes`: no server, one thread.
pub(crate) fn run(args: &PassesArgs) -> anyhow::Result<()> {
    let key = IssuerKey::from_seed(&[7; 32]).context("a seed is 32 bytes")?;
    let mut trust = TrustList::default();
    trust.add_issuer("district", key.public_key());
    let list = signed_list(&key, &trust)?;
    let passes = (0..args.passes).map(|n| issue(&key, &claims(n))).collect::<Result<Vec<_>, _>>()?;
    let mut micros: Vec<f64> = passes.iter().map(|it| time(it, &trust, &list)).collect::<anyhow::Result<_>>()?;
    micros.sort_by(f64::total_cmp);
    let at = |share: usize| micros.get(micros.len() * share / 1000).copied().unwrap_or_default();
    let longest = passes.iter().map(String::len).max().unwrap_or_default();
    say(&format!(
        "- {}, one thread\n- {N_ENTRIES} entries in the status list, {longest} characters a pass\n",
        machine()
    ));
    say("| passes verified | p50 µs | p95 µs | p99 µs |\n|--:|--:|--:|--:|");
    say(&format!("| {} | {:.1} | {:.1} | {:.1} |", passes.len(), at(500), at(950), at(990)));
    Ok(())
}

fn signed_list(key: &IssuerKey, trust: &TrustList) -> anyhow::Result<StatusList> {
    let mut entries = Entries::all_valid(usize::try_from(N_ENTRIES)?);
    // One in a hundred, scattered: a pattern would flatter the compressor.
    (0..N_ENTRIES / 100).for_each(|it| entries.set(scattered(it) % N_ENTRIES, State::Revoked));
    let list = StatusList {
        issuer: "district".to_owned(),
        uri: "list".to_owned(),
        issued_at_s: NOW_S,
        expires_at_s: NOW_S + 3600,
        entries,
    };
    let signed = list.sign(key);
    let began = Instant::now();
    let read = StatusList::open(&signed, trust)?;
    say(&format!(
        "- status list: {} kB signed, read and verified in {:.1} ms",
        signed.len() / 1000,
        began.elapsed().as_secs_f64() * 1e3
    ));
    Ok(read)
}

/// A well-mixed function of `n` (the finalizer of MurmurHash3).
const fn scattered(n: u32) -> u32 {
    let n = (n ^ (n >> 16)).wrapping_mul(0x85eb_ca6b);
    let n = (n ^ (n >> 13)).wrapping_mul(0xc2b2_ae35);
    n ^ (n >> 16)
}

fn claims(n: u32) -> Claims {
    let mut pass_id = [0; 16];
    pass_id.iter_mut().zip(n.to_be_bytes()).for_each(|(to, from)| *to = from);
    Claims {
        issuer: "district".to_owned(),
        issued_at_s: NOW_S - 60,
        expires_at_s: NOW_S + 86_400,
        pass_id,
        status: StatusRef { index: scattered(n) % N_ENTRIES, uri: "list".to_owned() },
        scope: Scope::Sites(vec![SITE]),
        holder_key: None,
    }
}

/// Microseconds of one verification; a revoked pass takes as long as a good one.
fn time(text: &str, trust: &TrustList, list: &StatusList) -> anyhow::Result<f64> {
    let began = Instant::now();
    let verified = verify(text.as_bytes(), trust, Some((&SITE, None)), Some(list), NOW_S);
    let micros = began.elapsed().as_secs_f64() * 1e6;
    match verified {
        Ok(_) => Ok(micros),
        Err(refusal) if refusal.stage == pass::Stage::Status => Ok(micros),
        Err(refusal) => Err(refusal.into()),
    }
}
