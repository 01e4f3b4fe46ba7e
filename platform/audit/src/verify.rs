//! Verifying an exported log off line: on another machine, with nothing but the lines, earlier checkpoints and the key.

use std::collections::BTreeMap;
use std::io::BufRead;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError, VerifierKey, notes};
use crate::proving::{PROOF, proof_text};
use crate::tree::{Edge, Hash, inclusion, leaf_hash, verify_inclusion};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Entries in the log.
    pub n_entries: u64,
    /// Checkpoints that the log agrees with.
    pub n_checkpoints: usize,
    /// Entries that the newest of them covers.
    pub n_covered: u64,
    /// What contradicts, in words for an auditor; empty when nothing does.
    pub faults: Vec<String>,
}

/// Holds a log against every checkpoint in `checkpoints`, which is a file of signed notes or several put together.
///
/// A flipped, dropped or reordered entry changes the root of every checkpoint behind it; a log that was rewritten and
/// signed anew agrees with its own checkpoint and contradicts the earlier one that the auditor kept.
///
/// # Errors
/// Reading the log.
pub fn verify(log: impl BufRead, checkpoints: &str, key: &VerifierKey) -> std::io::Result<Verified> {
    let mut found = Verified::default();
    let wanted = opened(checkpoints, key, &mut found.faults);
    let mut edge = Edge::default();
    let mut agreed = 0;
    compare(&wanted, &edge, &mut agreed, &mut found);
    for line in log.split(b'\n') {
        let line = line?;
        if line.is_empty() {
            continue;
        }
        edge.append(leaf_hash(&line));
        compare(&wanted, &edge, &mut agreed, &mut found);
    }
    found.n_entries = edge.size();
    found.n_covered = agreed;
    if let Some((size, _)) = wanted.last_key_value().filter(|it| edge.size() < *it.0) {
        found
            .faults
            .push(format!("the log has {} entries and a checkpoint has {size}: entries were dropped", edge.size()));
    }
    if wanted.is_empty() {
        found.faults.push("there is no checkpoint of this key to hold the log against".to_owned());
    }
    Ok(found)
}

fn opened(checkpoints: &str, key: &VerifierKey, faults: &mut Vec<String>) -> BTreeMap<u64, Hash> {
    let mut wanted = BTreeMap::new();
    for (n, note) in notes(checkpoints).enumerate() {
        match Checkpoint::open(&note, key) {
            Ok(it) => {
                if *wanted.entry(it.size).or_insert(it.root) != it.root {
                    faults.push(format!("two checkpoints of {} entries contradict each other", it.size));
                }
            }
            Err(error) => faults.push(format!("checkpoint {}: {error}", n + 1)),
        }
    }
    wanted
}

fn compare(wanted: &BTreeMap<u64, Hash>, edge: &Edge, agreed: &mut u64, found: &mut Verified) {
    match wanted.get(&edge.size()) {
        Some(root) if *root == edge.root() => {
            *agreed = edge.size();
            found.n_checkpoints += 1;
        }
        Some(_) => found.faults.push(format!(
            "the first {} entries are not those of the checkpoint; up to {agreed} they are",
            edge.size()
        )),
        None => {}
    }
}

/// The proof that the entry `id` stands in a log, against the newest of the checkpoints that the log reaches.
///
/// # Errors
/// Reading the log. Nothing when the entry is not there or no checkpoint covers it.
pub fn prove(
    log: impl BufRead,
    id: &str,
    checkpoints: &str,
    key: &VerifierKey,
) -> std::io::Result<Option<(String, String)>> {
    let lines = log.lines().collect::<Result<Vec<_>, _>>()?;
    let hashes: Vec<Hash> = lines.iter().map(|it| leaf_hash(it.as_bytes())).collect();
    let wanted = id.rsplit_once('_').map_or(id, |it| it.1);
    let Some(index) = lines.iter().position(|it| id_of(it).as_deref() == Some(wanted)) else { return Ok(None) };
    // Only one that this log agrees with: after a restore there are others.
    let opened = notes(checkpoints).filter_map(|note| Checkpoint::open(&note, key).ok().map(|it| (it, note)));
    let fitting = opened.filter(|(it, _)| {
        u64::try_from(hashes.len()).is_ok_and(|n| it.size <= n) && subtree(&hashes, 0, it.size) == it.root
    });
    let reached = fitting.map(|(it, note)| (it.size, note)).max_by_key(|it| it.0);
    let index = u64::try_from(index).unwrap_or(u64::MAX);
    let Some((size, note)) = reached.filter(|it| index < it.0) else { return Ok(None) };
    let path = inclusion(index, size, &|start, len| subtree(&hashes, start, len));
    let line = usize::try_from(index).ok().and_then(|it| lines.get(it).cloned());
    Ok(line.map(|line| (line, proof_text(index, &path, &note))))
}

fn subtree(hashes: &[Hash], start: u64, len: u64) -> Hash {
    let mut edge = Edge::default();
    let (from, n) = (usize::try_from(start).unwrap_or(usize::MAX), usize::try_from(len).unwrap_or_default());
    hashes.iter().skip(from).take(n).for_each(|it| edge.append(*it));
    edge.root()
}

/// The id in a line.
fn id_of(line: &str) -> Option<String> {
    serde_json::from_str::<Vec<serde_json::Value>>(line).ok()?.get(1)?.as_str().map(str::to_owned)
}

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not a `tlog-proof`.
    #[error("not a proof")]
    Form,
    /// Its checkpoint.
    #[error("the proof's checkpoint: {0}")]
    Checkpoint(CheckpointError),
    /// The path does not lead from the line to the root.
    #[error("the line does not stand in that log")]
    Path,
}

/// The checkpoint in whose log the line stands, by the proof.
///
/// # Errors
/// [`ProofError`]: why it does not.
pub fn verify_proof(line: &str, proof: &str, key: &VerifierKey) -> Result<Checkpoint, ProofError> {
    let (head, checkpoint) = proof.split_once("\n\n").ok_or(ProofError::Form)?;
    let mut lines = head.lines();
    let (first, index) = (lines.next(), lines.next().and_then(|it| it.strip_prefix("index ")));
    let index = index.filter(|_| first == Some(PROOF)).and_then(|it| it.parse().ok()).ok_or(ProofError::Form)?;
    let decoded = |it: &str| STANDARD.decode(it).ok().and_then(|it| Hash::try_from(it).ok());
    let path: Vec<Hash> = lines.map(decoded).collect::<Option<_>>().ok_or(ProofError::Form)?;
    let checkpoint = Checkpoint::open(checkpoint, key).map_err(ProofError::Checkpoint)?;
    match verify_inclusion(index, checkpoint.size, &leaf_hash(line.as_bytes()), &path, &checkpoint.root) {
        true => Ok(checkpoint),
        false => Err(ProofError::Path),
    }
}
