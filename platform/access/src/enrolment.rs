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
const INSERT_DEVICE: &str = "insert into enrolled_device (id, token_digest, gate_id, enrolled_at, expires_at) \
                             values (:id, :digest, :gate, :now, :until)";
const LIST: &str = "select id, enrolled_at, expires_at from enrolled_device \
                    where gate_id = :gate and expires_at > :now order by enrolled_at desc limit 100";
const WITHDRAW: &str = "delete from enrolled_device where gate_id = :gate and id = :id";
const END_SESSIONS: &str = "delete from session where gate_id = :gate";
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
    let code = code();
    let until = now.plus(CODE_LIFETIME);
    let row = query(INSERT_CODE).bind("digest", config.digest(&code)).bind("gate", gate).bind("until", until);
    tx.run(row).await?;
    Ok((code, until))
}

/// Eight characters that nobody guesses.
pub fn code() -> String {
    let letter = |it: &u8| ALPHABET.get(usize::from(*it) % ALPHABET.len()).map(|it| char::from(*it));
    vault::random_bytes::<8>().iter().filter_map(letter).collect()
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
        .bind("id", TabletId::new(now).uuid())
        .bind("digest", config.digest(&token))
        .bind("gate", gate)
        .bind("now", now)
        .bind("until", now.plus(DEVICE_LIFETIME));
    tx.run(row).await?;
    Ok(Some((token, gate)))
}

kernel::id_type! {
    /// A tablet that belongs to a gate.
    pub struct TabletId; prefix = "tab"
}

db::row! {
    /// An enrolled tablet.
    pub struct Tablet {
        /// Which.
        pub id: Uuid,
        /// Microseconds UTC.
        pub enrolled_at: i64,
        /// Microseconds UTC.
        pub expires_at: i64,
    }
}

/// The tablets of a gate, the newest first. Who may see the gate was checked by the caller.
pub async fn tablets(db: &mut impl Read, gate: Uuid, now: Instant64) -> Result<Vec<Tablet>, DbError> {
    db.all(query(LIST).bind("gate", gate).bind("now", now)).await
}

/// A tablet is no tablet of this gate any more, and whoever was signed in at the gate signs in again: which session
/// was on which tablet is not known. False when there is no such tablet.
pub async fn withdraw(tx: &mut Tx, gate: Uuid, id: TabletId) -> Result<bool, DbError> {
    let withdrawn = tx.run(query(WITHDRAW).bind("gate", gate).bind("id", id.uuid())).await? == 1;
    if withdrawn {
        tx.run(query(END_SESSIONS).bind("gate", gate)).await?;
    }
    Ok(withdrawn)
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
