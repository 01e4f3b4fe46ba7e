//! Status lists: signed, public, and good for a day at most; who verifies off line carries them.

use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::time::{DAY, HOUR};
use pass::status_list::{Entries, MAX_LIFE_S, State, StatusList};

use crate::issuing::{ISSUER, issuer_key};
use crate::model::{PassState, seconds};
use crate::store;

/// How old a signature may become though nothing changed: a gate that was away for most of a day still has a fresh list.
const OLD: i64 = HOUR;

/// The name of a list; not an address, since an installation may be reached by several.
pub(crate) fn uri(number: i64) -> String {
    format!("urn:fugong:pass-list:{number}")
}

/// Drops passes a day after their end, and lists that hold none any more.
pub async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    let before = platform.now().plus(-DAY);
    loop {
        let mut tx = platform.db.begin().await?;
        let gone = store::sweep(&mut tx, before).await?;
        tx.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// Signs the lists that changed, those whose signature grows old, and those that were signed by a key that was replaced: by a
/// process that had not heard of it.
pub async fn publish_lists(platform: &Platform) -> anyhow::Result<()> {
    publish(platform).await.map_err(|error| anyhow::anyhow!("{}", error.code().code()))
}

async fn publish(platform: &Platform) -> ApiResult<()> {
    let now = platform.now();
    let key = issuer_key(platform).await?;
    for number in store::unsigned(&mut platform.db.reader(), now.plus(-OLD), key.kid()).await? {
        let mut tx = platform.db.begin().await?;
        let Some(version) = store::take(&mut tx, number).await? else { continue };
        let list = list_of(number, &store::not_active(&mut tx, number).await?, now);
        store::sign(&mut tx, (number, version), (list.sign(&key), key.kid()), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn list_of(number: i64, not_active: &[(i64, String)], now: Instant64) -> StatusList {
    let mut entries = Entries::all_valid(usize::try_from(store::LIST_SIZE).unwrap_or_default());
    for (index, state) in not_active {
        let state = match PassState::parse(state) {
            Some(PassState::Suspended) => State::Suspended,
            Some(PassState::Active | PassState::Revoked) | None => State::Revoked,
        };
        if let Ok(index) = u32::try_from(*index) {
            entries.set(index, state);
        }
    }
    StatusList {
        issuer: ISSUER.to_owned(),
        uri: uri(number),
        issued_at_s: seconds(now),
        expires_at_s: seconds(now) + MAX_LIFE_S,
        entries,
    }
}
