//! Sealed columns, and what opens them. Each announcement, seat and coach has a key of its own, which is destroyed with it.

use std::collections::HashMap;
use std::sync::Arc;

use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::time::DAY;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose, VaultError};

pub(crate) const VISITOR: &str = "visitor.details";
pub(crate) const PASSENGER: &str = "passenger.details";
pub(crate) const COACH: &str = "coach.details";
pub(crate) const PLATE: &str = "vehicle_passage.plate";

/// How long after its end an announcement is kept: two incubation periods, in which a case may still be traced back to it.
pub(crate) const KEPT: i64 = 28 * DAY;
/// How far ahead something may be announced, and how long it may take.
const AHEAD: i64 = 60 * DAY;

/// Keys of something new: they are gone at the latest when the longest announcement is, however it went.
pub(crate) async fn make(platform: &Platform, ids: &[Uuid], now: Instant64) -> ApiResult<HashMap<Uuid, Arc<DataKey>>> {
    let lifetime = Some(AHEAD + KEPT);
    // What a gate will measure of them is health; it is sealed when they come, and the key is there then.
    platform.vault.ensure(ids, Purpose::Health, lifetime, now).await?;
    Ok(platform.vault.ensure(ids, Purpose::Identity, lifetime, now).await?)
}

pub(crate) fn seal<T: Serialize>(
    key: &DataKey,
    column: &'static str,
    row: Uuid,
    value: &T,
) -> Result<Vec<u8>, VaultError> {
    let plain = serde_json::to_vec(value).map_err(|_| VaultError::Broken)?;
    Ok(key.seal(Place { column, row }, &plain))
}

pub(crate) fn open<T: DeserializeOwned>(
    key: &DataKey,
    column: &'static str,
    row: Uuid,
    sealed: &[u8],
) -> Result<T, VaultError> {
    let plain = key.open(Place { column, row }, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
}

/// Many at once, by their ids; what has no key any more is absent.
pub(crate) async fn open_all<T: DeserializeOwned>(
    platform: &Platform,
    column: &'static str,
    rows: Vec<(Uuid, Vec<u8>)>,
) -> ApiResult<HashMap<Uuid, T>> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.0).collect();
    let keys = platform.vault.keys(&ids, Purpose::Identity).await?;
    let mut opened = HashMap::with_capacity(rows.len());
    for (id, sealed) in rows {
        if let Some(key) = keys.get(&id) {
            opened.insert(id, open(key, column, id, &sealed)?);
        }
    }
    Ok(opened)
}
