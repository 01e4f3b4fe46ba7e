//! Foreign certificates (EU DCC, SMART Health Cards): whom we believe, as an operator imports it, and what a gate learns of
//! one that is shown. Nothing of whoever is named in one is stored. A foreign certificate opens no gate: it says something of
//! its holder's health, not that she works here.

use std::sync::{Arc, Mutex, PoisonError};

use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::Instant64;
use pass::foreign::{Foreign, verify};
use pass::{Refusal, Revocations, Stage, TrustList};

use crate::model::seconds;
use crate::store::trust;

/// The largest list that is taken, as text; of revocations, too.
pub(crate) const LIST_MOST_BYTES: usize = 16 * 1024 * 1024;
/// How many entries that were left out are named.
const SKIPPED_MOST: usize = 200;

/// A trust list that was read.
pub(crate) struct KeysRead {
    /// Certificates of EU issuers, keys of SMART Health Card issuers.
    pub(crate) counts: (usize, usize),
    /// Entries that we cannot use, and why; at most 200.
    pub(crate) skipped: Vec<String>,
    /// How many those are.
    pub(crate) skipped_count: usize,
}

/// Reads keys as they come in files.
///
/// # Errors
/// `file` with what it is not.
pub(crate) fn read_keys(keys: &[u8]) -> ApiResult<KeysRead> {
    if keys.len() > LIST_MOST_BYTES {
        return Err(ApiError::field("file", ErrorCode::TooLarge));
    }
    let list = TrustList::parse(keys).map_err(|_| ApiError::field("file", ErrorCode::TrustForm))?;
    let (counts, all) = (list.foreign(), list.skipped());
    if counts == (0, 0) {
        return Err(ApiError::field("file", ErrorCode::TrustEmpty));
    }
    Ok(KeysRead { counts, skipped: all.iter().take(SKIPPED_MOST).cloned().collect(), skipped_count: all.len() })
}

/// Reads revocations; how many there are.
///
/// # Errors
/// `revocations` when they are of another form, or too many.
pub(crate) fn read_revocations(text: &str) -> ApiResult<usize> {
    if text.len() > LIST_MOST_BYTES {
        return Err(ApiError::field("revocations", ErrorCode::TooLarge));
    }
    let read = Revocations::parse(text.as_bytes());
    Ok(read.map_err(|_| ApiError::field("revocations", ErrorCode::TrustForm))?.len())
}

/// A certificate that was shown, against the list that holds, and which version that is.
pub async fn shown_foreign(
    db: &mut impl Read,
    text: &str,
    now: Instant64,
) -> ApiResult<(i64, Result<Foreign, Refusal>)> {
    let version = trust::newest(db).await?;
    let Some(held) = held(db, version).await? else {
        return Ok((0, Err(Refusal { stage: Stage::Kid, outcome: pass::Outcome::CannotTell, what: "no trust list" })));
    };
    // A space at the end may be the code's own (base45 has one) or the scanner's.
    let text = text.trim_start().trim_end_matches(['\r', '\n']);
    let read = |it: &str| verify(it.as_bytes(), &held.keys, &held.revocations, seconds(now));
    let verified = read(text).or_else(|it| if text.ends_with(' ') { read(text.trim_end()) } else { Err(it) });
    Ok((version, verified))
}

/// A list as it was parsed, so that a gate's scan does not read megabytes.
struct Held {
    imported_at: i64,
    version: i64,
    keys: TrustList,
    revocations: Revocations,
}

/// The last one that was asked for. Versions never change; another database has another time of import.
static LAST: Mutex<Option<Arc<Held>>> = Mutex::new(None);

async fn held(db: &mut impl Read, version: i64) -> ApiResult<Option<Arc<Held>>> {
    let Some(row) = trust::list(db, Some(version + 1), 1).await?.pop() else { return Ok(None) };
    let last = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(it) = last().as_ref().filter(|it| (it.version, it.imported_at) == (row.version, row.imported_at)) {
        return Ok(Some(Arc::clone(it)));
    }
    let Some(trust::Content { keys, revocations, .. }) = trust::content(db, version).await? else { return Ok(None) };
    let imported_at = row.imported_at;
    let parsed = tokio::task::spawn_blocking(move || {
        let keys = TrustList::parse(keys.as_bytes()).ok()?;
        let revocations = Revocations::parse(revocations.as_bytes()).ok()?;
        Some(Held { imported_at, version, keys, revocations })
    });
    let parsed = parsed.await.map_err(|error| ApiError::internal(&error))?;
    let parsed = Arc::new(parsed.ok_or(db::DbError::Unreadable("trust_list.keys"))?);
    *last() = Some(Arc::clone(&parsed));
    Ok(Some(parsed))
}
