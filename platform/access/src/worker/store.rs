//! SQL of workers' codes and sessions.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

const PUT_CODE: &str = "insert into worker_code (phone_digest, code_digest, attempts, created_at, expires_at) \
    values (:phone, :code, 0, :now, :expires_at) on conflict (phone_digest) do update set \
    code_digest = excluded.code_digest, attempts = 0, created_at = excluded.created_at, \
    expires_at = excluded.expires_at";
const TRY_CODE: &str = "update worker_code set attempts = attempts + 1 \
    where phone_digest = :phone and expires_at > :now and attempts < :most";
const CODE: &str = "select code_digest from worker_code where phone_digest = :phone";
const DROP_CODE: &str = "delete from worker_code where phone_digest = :phone";
const PUT_ACTIVATION: &str = "insert into worker_activation (person_id, code_digest, issued_at, expires_at) \
    values (:person, :code, :now, :expires_at) on conflict (person_id) do update set \
    code_digest = excluded.code_digest, issued_at = excluded.issued_at, expires_at = excluded.expires_at";
const ACTIVATION: &str = "select person_id from worker_activation where code_digest = :code and expires_at > :now";
const DROP_ACTIVATION: &str = "delete from worker_activation where person_id = :person";
const INSERT: &str = "insert into worker_session (id, token_digest, person_id, area_code, csrf_token, phone_proved, \
    device, created_at, seen_at, expires_at) values (:id, :digest, :person, :area, :csrf, :proved, :device, :now, \
    :now, :expires_at)";
const FIND: &str = "select id, person_id, area_code, csrf_token, phone_proved, device, created_at, seen_at, expires_at \
    from worker_session where token_digest = :digest and expires_at > :now";
const OF_PERSON: &str = "select id, person_id, area_code, csrf_token, phone_proved, device, created_at, seen_at, \
    expires_at from worker_session where person_id = :person and expires_at > :now order by id desc limit 50";
const SEEN: &str = "update worker_session set seen_at = :now where id = :id";
const PROVE: &str = "update worker_session set phone_proved = :yes where id = :id";
const END: &str = "delete from worker_session where person_id = :person and id = :id";
const END_ALL: &str = "delete from worker_session where person_id = :person";
const END_EVERYBODY: &str = "delete from worker_session";
const SWEEP_SESSIONS: &str = "delete from worker_session where expires_at < :now";
const SWEEP_CODES: &str = "delete from worker_code where expires_at < :now";
const SWEEP_ACTIVATIONS: &str = "delete from worker_activation where expires_at < :now";

db::row! {
    pub(crate) struct SessionRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) area_code: String,
        pub(crate) csrf_token: String,
        pub(crate) phone_proved: bool,
        pub(crate) device: String,
        pub(crate) created_at: i64,
        pub(crate) seen_at: i64,
        pub(crate) expires_at: i64,
    }
}

pub(crate) async fn put_code(
    tx: &mut Tx,
    phone: &[u8],
    code: Vec<u8>,
    now: Instant64,
    expires_at: Instant64,
) -> Result<(), DbError> {
    let row = query(PUT_CODE).bind("phone", phone).bind("code", code).bind("now", now).bind("expires_at", expires_at);
    tx.run(row).await.map(|_| ())
}

/// The digest of the code that this phone was sent, if one more attempt is allowed; the attempt counts.
pub(crate) async fn try_code(tx: &mut Tx, phone: &[u8], most: i64, now: Instant64) -> Result<Option<Vec<u8>>, DbError> {
    let counted = query(TRY_CODE).bind("phone", phone).bind("now", now).bind("most", most);
    match tx.run(counted).await? {
        0 => Ok(None),
        _ => tx.find(query(CODE).bind("phone", phone)).await,
    }
}

/// False when it was used up meanwhile.
pub(crate) async fn drop_code(tx: &mut Tx, phone: &[u8]) -> Result<bool, DbError> {
    Ok(tx.run(query(DROP_CODE).bind("phone", phone)).await? == 1)
}

pub(crate) async fn put_activation(
    tx: &mut Tx,
    person: Uuid,
    code: Vec<u8>,
    now: Instant64,
    expires_at: Instant64,
) -> Result<(), DbError> {
    let row =
        query(PUT_ACTIVATION).bind("person", person).bind("code", code).bind("now", now).bind("expires_at", expires_at);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn activation(tx: &mut Tx, code: &[u8], now: Instant64) -> Result<Option<Uuid>, DbError> {
    tx.find(query(ACTIVATION).bind("code", code).bind("now", now)).await
}

/// False when it was used up meanwhile.
pub(crate) async fn drop_activation(tx: &mut Tx, person: Uuid) -> Result<bool, DbError> {
    Ok(tx.run(query(DROP_ACTIVATION).bind("person", person)).await? == 1)
}

pub(crate) async fn insert(tx: &mut Tx, row: SessionRow, digest: Vec<u8>) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", row.id)
        .bind("digest", digest)
        .bind("person", row.person_id)
        .bind("area", row.area_code)
        .bind("csrf", row.csrf_token)
        .bind("proved", row.phone_proved)
        .bind("device", row.device)
        .bind("now", row.created_at)
        .bind("expires_at", row.expires_at);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find(db: &mut impl Read, digest: &[u8], now: Instant64) -> Result<Option<SessionRow>, DbError> {
    db.find(query(FIND).bind("digest", digest).bind("now", now)).await
}

pub(crate) async fn of_person(db: &mut impl Read, person: Uuid, now: Instant64) -> Result<Vec<SessionRow>, DbError> {
    db.all(query(OF_PERSON).bind("person", person).bind("now", now)).await
}

pub(crate) async fn seen(tx: &mut Tx, id: Uuid, now: Instant64) -> Result<(), DbError> {
    tx.run(query(SEEN).bind("id", id).bind("now", now)).await.map(|_| ())
}

pub(crate) async fn prove(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    tx.run(query(PROVE).bind("id", id).bind("yes", true)).await.map(|_| ())
}

pub(crate) async fn end(tx: &mut Tx, person: Uuid, id: Uuid) -> Result<bool, DbError> {
    Ok(tx.run(query(END).bind("person", person).bind("id", id)).await? == 1)
}

pub(crate) async fn end_all(tx: &mut Tx, person: Uuid) -> Result<u64, DbError> {
    tx.run(query(END_ALL).bind("person", person)).await
}

pub(crate) async fn end_everybody(tx: &mut Tx) -> Result<u64, DbError> {
    tx.run(query(END_EVERYBODY)).await
}

pub(crate) async fn sweep(tx: &mut Tx, now: Instant64) -> Result<(), DbError> {
    for text in [SWEEP_SESSIONS, SWEEP_CODES, SWEEP_ACTIVATIONS] {
        tx.run(query(text).bind("now", now)).await?;
    }
    Ok(())
}
