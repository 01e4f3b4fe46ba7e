//! Tablets that belong to a gate: a one-time code typed once, then a token in the tablet's cookie.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use kernel::time::{DAY, HOUR};
use uuid::Uuid;

use crate::AccessConfig;

const INSERT_CODE: &str =
    "insert into enrolment_code (code_digest, gate_id, expires_at) values (:digest, :gate, :until)";
const USE_CODE: &str = "update enrolment_code set used_at = :now \
                        where code_digest = :digest and used_at is null and expires_at > :now returning gate_id";
const INSERT_DEVICE: &str = "insert into enrolled_device (token_digest, gate_id, enrolled_at, expires_at) \
                             values (:digest, :gate, :now, :until)";
const FIND_DEVICE: &str = "select gate_id from enrolled_device where token_digest = :digest and expires_at > :now";

/// How long a code may wait to be typed in.
const CODE_LIFETIME: i64 = HOUR;
/// How long a tablet stays enrolled.
const DEVICE_LIFETIME: i64 = 180 * DAY;
/// Without 0, O, 1, I, L: read aloud across a yard.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// Makes a one-time code of eight characters for a tablet at this gate.
pub async fn make_code(
    tx: &mut Tx,
    config: &AccessConfig,
    gate: Uuid,
    now: Instant64,
) -> Result<(String, Instant64), DbError> {
    let code: String = vault::random_bytes::<8>()
        .iter()
        .filter_map(|it| ALPHABET.get(usize::from(*it) % ALPHABET.len()))
        .map(|it| char::from(*it))
        .collect();
    let until = now.plus(CODE_LIFETIME);
    let row = query(INSERT_CODE).bind("digest", config.digest(&code)).bind("gate", gate).bind("until", until);
    tx.run(row).await?;
    Ok((code, until))
}

/// Uses a code up; the tablet's token and its gate, or none when the code is unknown, used or too old.
pub async fn enrol(
    tx: &mut Tx,
    config: &AccessConfig,
    code: &str,
    now: Instant64,
) -> Result<Option<(String, Uuid)>, DbError> {
    let code = code.trim().to_uppercase();
    let gate: Option<Uuid> = tx.find(query(USE_CODE).bind("digest", config.digest(&code)).bind("now", now)).await?;
    let Some(gate) = gate else { return Ok(None) };
    let token = vault::random_token::<32>();
    let row = query(INSERT_DEVICE)
        .bind("digest", config.digest(&token))
        .bind("gate", gate)
        .bind("now", now)
        .bind("until", now.plus(DEVICE_LIFETIME));
    tx.run(row).await?;
    Ok(Some((token, gate)))
}

/// The gate of an enrolled tablet.
pub async fn find_gate(
    db: &mut impl Read,
    config: &AccessConfig,
    token: &str,
    now: Instant64,
) -> Result<Option<Uuid>, DbError> {
    db.find(query(FIND_DEVICE).bind("digest", config.digest(token)).bind("now", now)).await
}

/// Seconds that this address must wait before it may try a code again, as the error.
pub async fn check_rate(db: &db::Db, address: &str, now: Instant64) -> Result<(), i64> {
    let bucket = bucket(address);
    let found = crate::store::failures(&mut db.reader(), &bucket, now.plus(-HOUR)).await;
    let (count, last) = found.unwrap_or((0, None));
    let wait = crate::sign_in::wait_seconds(count, FREE);
    let left = last.map_or(0, |it| wait - now.since(it) / kernel::time::SECOND);
    if left > 0 { Err(left) } else { Ok(()) }
}

/// Counts a wrong code against its address.
pub async fn note_failure(db: &db::Db, address: &str, now: Instant64) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    crate::store::add_failures(&mut tx, &[bucket(address)], now).await?;
    tx.commit().await
}

/// Wrong codes that cost nothing.
const FREE: i64 = 5;

fn bucket(address: &str) -> String {
    format!("enrolment:{address}")
}
