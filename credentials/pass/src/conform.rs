//! `fugong conform passes DIR`: a set of vectors against this verifier. Not responsible for where the folder lies.
//!
//! `index.jsonl` holds one vector a line: `path`, `format` (`dcc` or `shc`), `expected` (`accept` or `reject`), `score`,
//! `clock_unix`, `trust_x509_b64` or `trust_jwks`, `check_key_usage`, `revoked`, `revoked_rids`. Beside it there may be
//! `status_list/tsl_vectors.json`: compressed lists with the entries that they hold.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::status_list::Entries;
use crate::{Refusal, Revocations, TrustList, dcc, shc};

/// How a set of vectors went.
#[derive(Default)]
pub struct Report {
    /// Vectors that score and came out as expected.
    pub n_passed: usize,
    /// Vectors that score and did not, and status lists that were read wrongly.
    pub n_failed: usize,
    /// A line for each failure, and one for the status lists.
    pub lines: Vec<String>,
}

/// A set that is not there or not of the form.
#[derive(Debug, thiserror::Error)]
pub enum ConformError {
    /// A file of it.
    #[error("{0}")]
    File(String, #[source] std::io::Error),
    /// A line of the index, or a list of keys.
    #[error("{0}")]
    Form(String, #[source] Box<dyn std::error::Error + Send + Sync>),
}

#[derive(Deserialize)]
struct Vector {
    path: String,
    format: String,
    expected: String,
    #[serde(default = "scores")]
    score: bool,
    clock_unix: f64,
    #[serde(default)]
    trust_x509_b64: Option<Vec<String>>,
    #[serde(default)]
    trust_jwks: Option<String>,
    #[serde(default)]
    check_key_usage: Option<bool>,
    #[serde(default)]
    revoked: Option<serde_json::Value>,
    #[serde(default)]
    revoked_rids: Option<serde_json::Value>,
}

fn scores() -> bool {
    true
}

/// Runs the set in `dir`.
///
/// # Errors
/// [`ConformError`] when the set itself cannot be read; a vector that fails is part of the [`Report`].
pub fn run(dir: &Path) -> Result<Report, ConformError> {
    let index = String::from_utf8_lossy(&read(dir, "index.jsonl")?).into_owned();
    let mut report = Report::default();
    for (n, line) in index.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
        let vector: Vector =
            serde_json::from_str(line).map_err(|it| form(format!("index.jsonl, line {}", n + 1), it))?;
        let verified = verify(dir, &vector)?;
        let got = if verified.is_ok() { "accept" } else { "reject" };
        match (vector.score, got == vector.expected) {
            (false, _) => {}
            (true, true) => report.n_passed += 1,
            (true, false) => {
                report.n_failed += 1;
                let why = verified.err().map(|it| it.to_string()).unwrap_or_default();
                report.lines.push(format!("{}: expected {}, got {got} {why}", vector.path, vector.expected));
            }
        }
    }
    status_lists(dir, &mut report)?;
    Ok(report)
}

fn verify(dir: &Path, vector: &Vector) -> Result<Result<(), Refusal>, ConformError> {
    let text = read(dir, &vector.path)?;
    let revocations = serde_json::json!({
        "revoked": vector.revoked.clone().unwrap_or_else(|| serde_json::json!([])),
        "revoked_rids": vector.revoked_rids.clone().unwrap_or_else(|| serde_json::json!([])),
    });
    let revocations =
        Revocations::parse(revocations.to_string().as_bytes()).map_err(|it| form(vector.path.clone(), it))?;
    let trust = trust(dir, vector)?;
    #[expect(clippy::as_conversions, reason = "a time of the clock, whole seconds")]
    let now_s = vector.clock_unix as i64;
    let verified = match vector.format.as_str() {
        "dcc" => dcc::verify(&text, &trust, vector.check_key_usage == Some(true), &revocations.dcc(), now_s).map(drop),
        _ => shc::verify(&text, &trust, revocations.rids(), now_s).map(drop),
    };
    Ok(verified)
}

fn trust(dir: &Path, vector: &Vector) -> Result<TrustList, ConformError> {
    let bytes = match (&vector.trust_jwks, &vector.trust_x509_b64) {
        (Some(file), _) => read(dir, file)?,
        (None, certificates) => serde_json::json!(certificates.as_deref().unwrap_or_default()).to_string().into_bytes(),
    };
    TrustList::parse(&bytes).map_err(|it| form(format!("trust of {}", vector.path), it))
}

#[derive(Deserialize)]
struct ListVector {
    bits: u8,
    lst: String,
    entries: std::collections::BTreeMap<u32, u8>,
    others: Option<u8>,
}

fn status_lists(dir: &Path, report: &mut Report) -> Result<(), ConformError> {
    const FILE: &str = "status_list/tsl_vectors.json";
    if !dir.join(FILE).exists() {
        return Ok(());
    }
    let lists: Vec<ListVector> = serde_json::from_slice(&read(dir, FILE)?).map_err(|it| form(FILE.to_owned(), it))?;
    let n_right = lists.iter().filter(|it| is_right(it)).count();
    report.n_failed += lists.len() - n_right;
    report.lines.push(format!("status lists: {n_right} of {} right", lists.len()));
    Ok(())
}

fn is_right(list: &ListVector) -> bool {
    let packed = URL_SAFE_NO_PAD.decode(&list.lst).ok();
    let Some(entries) = packed.and_then(|it| Entries::unpack(list.bits, &it)) else { return false };
    let n = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    list.entries.iter().all(|(index, value)| entries.get(*index) == Some(*value))
        && list
            .others
            .is_none_or(|value| (0..n).all(|it| list.entries.contains_key(&it) || entries.get(it) == Some(value)))
}

fn read(dir: &Path, name: &str) -> Result<Vec<u8>, ConformError> {
    std::fs::read(dir.join(name)).map_err(|it| ConformError::File(name.to_owned(), it))
}

fn form(what: String, error: impl std::error::Error + Send + Sync + 'static) -> ConformError {
    ConformError::Form(what, Box::new(error))
}
