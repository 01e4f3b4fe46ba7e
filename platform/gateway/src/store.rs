//! The journal's table.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;
use vault::{Place, Purpose, Vault, VaultError};

use crate::JournalId;
use crate::journal::key_subject;

const INSERT: &str = "insert into journal (id, device_id, received_at, content_type, bytes, body_sealed, state, \
                      leased_until) values {rows}";
const MARK: &str = "update journal set state = 'decoded', leased_until = 0 where {ids}";
const OLDEST: &str = "select id, device_id, received_at, content_type, bytes, body_sealed, state, leased_until, \
                      warnings from journal order by id limit 200";
const ADOPT: &str = "insert into journal (id, device_id, received_at, content_type, bytes, body_sealed, state, \
                     leased_until, warnings) values {rows} on conflict (id) do nothing";
const DELETE: &str = "delete from journal where {ids}";
const MARK_UNPARSEABLE: &str = "update journal set state = 'unparseable', warnings = :warnings, body_sealed = :body \
                                where id = :id";
const LEASE: &str = "update journal set leased_until = :until where state = 'pending' and id in \
    (select id from journal where state = 'pending' and leased_until < :now order by id limit 200) \
    and leased_until < :now returning id, device_id, received_at, content_type, bytes, body_sealed";
// Bodies are read one by one: a page of large ones would fill the memory.
const LIST: &str = "select id, received_at, content_type, bytes, state, warnings, null as body_sealed from journal \
                    where device_id = :device and {filter} and {after} order by id desc limit :limit";
const FIND: &str = "select id, received_at, content_type, bytes, state, warnings, body_sealed from journal \
                    where device_id = :device and id = :id";
const DELETE_OLD: &str = "delete from journal where (state = 'decoded' and received_at < :day) \
                          or (state <> 'pending' and received_at < :week)";

db::row! {
    /// A body as its device's page lists it.
    pub struct JournalRow {
        /// Its id.
        pub id: Uuid,
        /// Microseconds UTC.
        pub received_at: i64,
        /// As sent.
        pub content_type: String,
        /// Length as sent.
        pub bytes: i64,
        /// `pending`, `decoded` or `unparseable`.
        pub state: String,
        /// What the codec said, one a line.
        pub warnings: String,
        /// Null in lists; see [`body`].
        pub body_sealed: Option<Vec<u8>>,
    }
}

db::row! {
    pub(crate) struct PendingRow {
        pub(crate) id: Uuid,
        pub(crate) device_id: Uuid,
        pub(crate) received_at: i64,
        pub(crate) content_type: String,
        pub(crate) bytes: i64,
        pub(crate) body_sealed: Option<Vec<u8>>,
    }
}

pub(crate) struct NewRow {
    pub(crate) id: JournalId,
    pub(crate) device: Uuid,
    pub(crate) received_at: Instant64,
    pub(crate) content_type: String,
    pub(crate) bytes: i64,
    pub(crate) sealed: Vec<u8>,
    pub(crate) leased_until: Instant64,
}

pub(crate) async fn insert(tx: &mut Tx, rows: Vec<NewRow>) -> Result<u64, DbError> {
    let row = |it: NewRow| {
        vec![
            Value::from(it.id.uuid()),
            Value::from(it.device),
            Value::from(it.received_at),
            Value::from(it.content_type),
            Value::from(it.bytes),
            Value::from(it.sealed),
            Value::from("pending"),
            Value::from(it.leased_until),
        ]
    };
    tx.insert(INSERT, rows.into_iter().map(row).collect()).await
}

pub(crate) async fn mark_decoded(tx: &mut Tx, ids: &[JournalId]) -> Result<(), DbError> {
    for chunk in ids.chunks(256) {
        let which = Condition::one_of("id", chunk.iter().map(|it| Value::from(it.uuid())));
        tx.run(query(MARK).condition("ids", which)).await?;
    }
    Ok(())
}

db::row! {
    pub(crate) struct WholeRow {
        pub(crate) id: Uuid,
        pub(crate) device_id: Uuid,
        pub(crate) received_at: i64,
        pub(crate) content_type: String,
        pub(crate) bytes: i64,
        pub(crate) body_sealed: Option<Vec<u8>>,
        pub(crate) state: String,
        pub(crate) leased_until: i64,
        pub(crate) warnings: String,
    }
}

pub(crate) async fn oldest(db: &mut impl Read) -> Result<Vec<WholeRow>, DbError> {
    db.all(query(OLDEST)).await
}

pub(crate) async fn insert_as_they_are(tx: &mut Tx, rows: Vec<WholeRow>) -> Result<u64, DbError> {
    let row = |it: WholeRow| {
        vec![
            Value::from(it.id),
            Value::from(it.device_id),
            Value::from(it.received_at),
            Value::from(it.content_type),
            Value::from(it.bytes),
            Value::from(it.body_sealed),
            Value::from(it.state),
            Value::from(it.leased_until),
            Value::from(it.warnings),
        ]
    };
    tx.insert(ADOPT, rows.into_iter().map(row).collect()).await
}

pub(crate) async fn delete(tx: &mut Tx, ids: &[Uuid]) -> Result<u64, DbError> {
    tx.run(query(DELETE).condition("ids", Condition::one_of("id", ids.iter().map(|it| Value::from(*it))))).await
}

pub(crate) async fn mark_unparseable(
    tx: &mut Tx,
    id: JournalId,
    warnings: &str,
    sealed: Vec<u8>,
) -> Result<(), DbError> {
    let row = query(MARK_UNPARSEABLE).bind("id", id.uuid()).bind("warnings", warnings).bind("body", sealed);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn lease(tx: &mut Tx, now: Instant64, until: Instant64) -> Result<Vec<PendingRow>, DbError> {
    tx.all(query(LEASE).bind("now", now).bind("until", until)).await
}

pub(crate) async fn delete_old(tx: &mut Tx, day: Instant64, week: Instant64) -> Result<u64, DbError> {
    tx.run(query(DELETE_OLD).bind("day", day).bind("week", week)).await
}

/// Bodies of a device, newest first. Who may see the device was checked by the caller.
pub async fn list(
    db: &mut impl Read,
    device: Uuid,
    only_unparseable: bool,
    after: Option<JournalId>,
    limit: i64,
) -> Result<Vec<JournalRow>, DbError> {
    let filter = if only_unparseable { Condition::eq("state", "unparseable") } else { Condition::always() };
    let after = after.map_or_else(Condition::always, |it| Condition::below("id", it.uuid()));
    let question = query(LIST).bind("device", device).bind("limit", limit);
    db.all(question.condition("filter", filter).condition("after", after)).await
}

/// One body of a device in the clear, if its key is still there.
pub async fn body(
    db: &mut impl Read,
    vault: &Vault,
    device: Uuid,
    id: JournalId,
) -> Result<Option<(JournalRow, Vec<u8>)>, VaultError> {
    let row: Option<JournalRow> = db.find(query(FIND).bind("device", device).bind("id", id.uuid())).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(sealed) = row.body_sealed.as_deref() else { return Ok(None) };
    let kept_longer = row.state == "unparseable";
    let subject = key_subject(device, Instant64::from_micros(row.received_at), kept_longer);
    let key = vault.key(subject, Purpose::Journal).await?;
    let plain = key.open(place(id), sealed)?;
    Ok(Some((row, plain)))
}

pub(crate) const fn place(id: JournalId) -> Place {
    Place { column: "journal.body", row: id.uuid() }
}
