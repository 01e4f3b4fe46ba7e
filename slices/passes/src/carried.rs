//! What a gate carries to verify passes without the server: the key, the signed lists, and which pass is whose of its site.

use std::collections::{HashMap, HashSet};

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::{DbError, Read};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::time::MINUTE;
use uuid::Uuid;

use crate::issuing::{ISSUER, issuer_key};
use crate::lists::uri;
use crate::store;

/// How much later than it says a change may be committed: it is asked for once more.
const LATE: i64 = 2 * MINUTE;

/// What a gate carries.
#[derive(Debug, Clone)]
pub struct Carried {
    /// Who issues, and the 32 bytes of the key as base64url.
    pub trust: (String, String),
    /// The name of each list and the list as it was signed, base64url.
    pub lists: Vec<(String, String)>,
    /// Passes of these people that live and changed since.
    pub holders: Vec<Holder>,
    /// What to ask with next time: when the newest of them changed.
    pub next: i64,
}

/// Whose a pass is.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The first 16 bytes of the SHA-256 of the pass's id, as hexadecimal digits: a lost tablet names no pass.
    pub digest: String,
    /// The one it was issued to.
    pub person: Uuid,
    /// When it ends.
    pub expires_at: Instant64,
}

/// What a gate carries of the passes of these people, as far as it changed since.
pub async fn carried(
    platform: &Platform,
    db: &mut impl Read,
    people: &[Uuid],
    since: Option<i64>,
    now: Instant64,
) -> ApiResult<Carried> {
    let key = issuer_key(platform).await?;
    let signed: HashMap<i64, Vec<u8>> = store::all_signed(db).await?.into_iter().collect();
    let mut lists: Vec<_> = signed.into_iter().map(|(number, it)| (uri(number), URL_SAFE_NO_PAD.encode(it))).collect();
    lists.sort();
    let rows = store::live_since(db, people, since.map_or(i64::MIN, |it| it.saturating_sub(LATE)), now).await?;
    let next = rows.iter().map(|it| it.changed_at).max().or(since).unwrap_or_default();
    let holder = |it: store::CarriedRow| Holder {
        digest: digest_of(it.id),
        person: it.person_id,
        expires_at: Instant64::from_micros(it.expires_at),
    };
    Ok(Carried {
        trust: (ISSUER.to_owned(), URL_SAFE_NO_PAD.encode(key.public_key())),
        lists,
        holders: rows.into_iter().map(holder).collect(),
        next,
    })
}

/// Who of these people has a pass that holds now.
pub async fn holders(db: &mut impl Read, people: &[Uuid], now: Instant64) -> Result<HashSet<Uuid>, DbError> {
    let mut found = HashSet::new();
    for chunk in people.chunks(1_000) {
        found.extend(store::holding(db, chunk, now).await?);
    }
    Ok(found)
}

fn digest_of(id: Uuid) -> String {
    let whole = digest::digest(&digest::SHA256, id.as_bytes());
    whole.as_ref().iter().take(16).map(|it| format!("{it:02x}")).collect()
}
