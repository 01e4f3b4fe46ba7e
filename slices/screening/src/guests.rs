//! Visitors and passengers as the rules know them.

use db::{DbError, Read};
use http_api::Platform;
use kernel::Instant64;
use uuid::Uuid;
use visitors::GuestKey;
use visitors::rules::read_code;

use crate::model::{Guest, HealthStatus, Identity};

/// Somebody who is expected, as the rules know her.
pub(crate) fn guest(it: &visitors::Guest) -> Guest {
    Guest {
        id: it.id,
        person: it.person,
        status: HealthStatus::parse(it.status.code()).unwrap_or(HealthStatus::Unknown),
        hours: vec![it.hours.clone()],
        declared_today: it.is_declared,
    }
}

/// Who somebody is whose number is on no roster: a visitor's code is looked up, any other number is nobody's.
pub(crate) async fn expected(
    platform: &Platform,
    db: &mut impl Read,
    site: Uuid,
    numbers: [&Option<String>; 2],
    now: Instant64,
) -> Result<Identity, DbError> {
    let keys: Vec<GuestKey> = codes(site, numbers).collect();
    let Some(key) = keys.first() else { return Ok(Identity::NotOnRoster) };
    let found = visitors::find(platform, db, &keys, now).await?;
    Ok(found.get(key).map_or(Identity::Unannounced, |it| Identity::Guest(guest(it))))
}

/// Those of the numbers that are visitors' codes.
pub(crate) fn codes(site: Uuid, numbers: [&Option<String>; 2]) -> impl Iterator<Item = GuestKey> {
    let codes: Vec<String> = numbers.into_iter().flatten().filter_map(|it| read_code(it)).collect();
    codes.into_iter().map(move |code| GuestKey { site, code })
}
