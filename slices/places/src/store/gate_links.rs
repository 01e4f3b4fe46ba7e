//! SQL of gates of our own: one-time codes, and the link of each device with its server.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::DeviceId;

const INSERT_CODE: &str =
    "insert into gate_code (code_digest, device_id, expires_at) values (:digest, :device, :until)";
const USE_CODE: &str = "update gate_code set used_at = :now where code_digest = :digest and used_at is null \
    and expires_at > :now returning device_id";
const FORGET_CODES: &str = "delete from gate_code where device_id = :device";
const PUT: &str = "insert into gate_link (device_id, secret_digest, enrolled_at) values (:device, :digest, :now) \
    on conflict (device_id) do update set secret_digest = excluded.secret_digest, enrolled_at = excluded.enrolled_at, \
    revoked_at = null, asked_at = null, health = null";
const REVOKE: &str = "update gate_link set revoked_at = :now where device_id = :device and revoked_at is null";
const OF_DEVICE: &str =
    "select device_id, enrolled_at, revoked_at, asked_at, health from gate_link where device_id = :device";
const REVOKED: &str = "select device_id from gate_link where secret_digest = :digest and revoked_at is not null";
const ASKED: &str = "update gate_link set asked_at = :now, health = :health where device_id = :device";
// The device was found by a code of its own, or inside the scope.
const ARM: &str = "update device set secret_digest = :digest, previous_secret_digest = null, previous_secret_until = null, \
    state = 'new' where id = :device";
const DISABLE: &str = "update device set state = 'disabled', previous_secret_digest = null where id = :device";

db::row! {
    /// How a gate of our own is linked.
    #[derive(Debug, Clone)]
    pub struct GateLinkRow {
        /// Its device.
        pub device_id: Uuid,
        /// Microseconds UTC.
        pub enrolled_at: i64,
        /// Microseconds UTC; set once it is this server's no more.
        pub revoked_at: Option<i64>,
        /// When it last asked; microseconds UTC.
        pub asked_at: Option<i64>,
        /// What it said of itself then, JSON.
        pub health: Option<String>,
    }
}

pub(crate) async fn put_code(tx: &mut Tx, digest: Vec<u8>, device: DeviceId, until: Instant64) -> Result<(), DbError> {
    tx.run(query(FORGET_CODES).bind("device", device.uuid())).await?;
    let row = query(INSERT_CODE).bind("digest", digest).bind("device", device.uuid()).bind("until", until);
    tx.run(row).await.map(|_| ())
}

/// The device that a code was made for; the code is used up.
pub(crate) async fn use_code(tx: &mut Tx, digest: Vec<u8>, now: Instant64) -> Result<Option<Uuid>, DbError> {
    tx.find(query(USE_CODE).bind("digest", digest).bind("now", now)).await
}

/// A device begins anew with this secret: whatever it had opens nothing any more.
pub(crate) async fn link(tx: &mut Tx, device: Uuid, digest: &[u8], now: Instant64) -> Result<(), DbError> {
    tx.run(query(ARM).bind("digest", digest).bind("device", device)).await?;
    tx.run(query(PUT).bind("device", device).bind("digest", digest).bind("now", now)).await.map(|_| ())
}

/// False when there was nothing to revoke.
pub(crate) async fn revoke(tx: &mut Tx, device: DeviceId, now: Instant64) -> Result<bool, DbError> {
    tx.run(query(FORGET_CODES).bind("device", device.uuid())).await?;
    let revoked = tx.run(query(REVOKE).bind("device", device.uuid()).bind("now", now)).await? == 1;
    if revoked {
        tx.run(query(DISABLE).bind("device", device.uuid())).await?;
    }
    Ok(revoked)
}

pub(crate) async fn of_device(db: &mut impl Read, device: DeviceId) -> Result<Option<GateLinkRow>, DbError> {
    db.find(query(OF_DEVICE).bind("device", device.uuid())).await
}

/// The device that had this secret until it was revoked.
pub async fn revoked_gate(db: &mut impl Read, digest: &[u8]) -> Result<Option<Uuid>, DbError> {
    db.find(query(REVOKED).bind("digest", digest)).await
}

/// The link of a gate that asks.
pub async fn gate_link(db: &mut impl Read, device: Uuid) -> Result<Option<GateLinkRow>, DbError> {
    of_device(db, DeviceId::from_uuid(device)).await
}

/// Writes down that a gate asked, and how it is.
pub async fn note_asked(tx: &mut Tx, device: Uuid, health: &str, now: Instant64) -> Result<(), DbError> {
    tx.run(query(ASKED).bind("device", device).bind("health", health).bind("now", now)).await.map(|_| ())
}
