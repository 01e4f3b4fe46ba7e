//! SQL of attachments and their sealed pieces.

use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::attachments::AttachmentId;
use crate::attachments::structure::AttachmentKind;

/// The size of every part of a file but its last, and so of every piece.
pub(crate) const PART_MOST: i64 = 1024 * 1024;
/// How many parts are deleted in one transaction.
const AT_A_TIME: i64 = 8;

const INSERT: &str = "insert into application_attachment (id, application_id, field, name_sealed, byte_count, received, \
    state, created_at) values (:id, :application, :field, :name, :bytes, 0, 'uploading', :now)";
const LIST: &str = "select t.id, t.application_id, t.field, t.name_sealed, t.kind, t.byte_count, t.received, t.sha256, \
    t.state, t.created_at from application_attachment t where {filter} order by t.id limit 200";
const RECEIVE: &str = "update application_attachment set received = :to where id = :id and received = :from \
    and state = 'uploading'";
const ADD_PIECE: &str =
    "insert into application_piece (attachment_id, start_byte, bytes_sealed) values (:id, :start, :bytes)";
const PIECE: &str = "select bytes_sealed from application_piece where attachment_id = :id and start_byte = :start";
const TAKE: &str = "update application_attachment set state = 'ready', kind = :kind, sha256 = :sha256 \
    where id = :id and state = 'uploading'";
const DROP: &str =
    "update application_attachment set state = :state where id = :id and state in ('uploading', 'ready')";
const UNUSED: &str = "select t.id from application_attachment t where t.state in ('refused', 'removed') \
    or (t.state = 'uploading' and t.created_at < :before) limit 1";
const DROP_SOME: &str = "delete from application_piece where attachment_id = :id and start_byte in \
    (select start_byte from application_piece where attachment_id = :id order by start_byte limit :limit)";
const FORGET: &str = "delete from application_attachment where id = :id and state <> 'ready'";

db::row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct AttachmentRow {
        pub(crate) id: Uuid,
        pub(crate) application_id: Uuid,
        pub(crate) field: String,
        pub(crate) name_sealed: Vec<u8>,
        pub(crate) kind: Option<String>,
        pub(crate) byte_count: i64,
        pub(crate) received: i64,
        pub(crate) sha256: Option<Vec<u8>>,
        pub(crate) state: String,
        pub(crate) created_at: i64,
    }
}

/// A file to be received.
pub(crate) struct NewAttachment<'a> {
    pub(crate) id: AttachmentId,
    pub(crate) application: Uuid,
    pub(crate) field: &'a str,
    pub(crate) name: Vec<u8>,
    pub(crate) byte_count: i64,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewAttachment<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("application", new.application)
        .bind("field", new.field)
        .bind("name", new.name)
        .bind("bytes", new.byte_count)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Of an application that was found inside the scope: those that are there or on their way, in the order they came.
pub(crate) async fn of_application(db: &mut impl Read, application: Uuid) -> Result<Vec<AttachmentRow>, DbError> {
    let there = Condition::literal("t.state in ('uploading', 'ready')");
    let filter = Condition::all([Condition::eq("t.application_id", application), there]);
    db.all(query(LIST).condition("filter", filter)).await
}

/// Of an application that was found inside the scope.
pub(crate) async fn find(db: &mut impl Read, application: Uuid, id: Uuid) -> Result<Option<AttachmentRow>, DbError> {
    let filter = Condition::all([Condition::eq("t.application_id", application), Condition::eq("t.id", id)]);
    db.find(query(LIST).condition("filter", filter)).await
}

/// Stores the part that begins at `from`; false when it was not the next one.
pub(crate) async fn receive(tx: &mut Tx, id: Uuid, from: i64, to: i64, sealed: Vec<u8>) -> Result<bool, DbError> {
    if tx.run(query(RECEIVE).bind("id", id).bind("from", from).bind("to", to)).await? == 0 {
        return Ok(false);
    }
    tx.run(query(ADD_PIECE).bind("id", id).bind("start", from).bind("bytes", sealed)).await.map(|_| true)
}

pub(crate) async fn piece(db: &mut impl Read, id: Uuid, start: i64) -> Result<Option<Vec<u8>>, DbError> {
    db.find(query(PIECE).bind("id", id).bind("start", start)).await
}

/// The file is whole and what it should be.
pub(crate) async fn take(tx: &mut Tx, id: Uuid, kind: AttachmentKind, sha256: Vec<u8>) -> Result<(), DbError> {
    tx.run(query(TAKE).bind("id", id).bind("kind", kind.code()).bind("sha256", sha256)).await.map(|_| ())
}

/// It is not taken, or is taken away; its bytes go with the next sweep.
pub(crate) async fn drop_as(tx: &mut Tx, id: Uuid, state: &'static str) -> Result<bool, DbError> {
    Ok(tx.run(query(DROP).bind("id", id).bind("state", state)).await? == 1)
}

/// A file that hangs on nothing: refused, removed, or broken off before then.
pub(crate) async fn unused(db: &mut impl Read, before: Instant64) -> Result<Option<Uuid>, DbError> {
    db.find(query(UNUSED).bind("before", before)).await
}

/// Deletes a few parts of a file, and its row when none is left.
pub(crate) async fn forget_some(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    if tx.run(query(DROP_SOME).bind("id", id).bind("limit", AT_A_TIME)).await? == 0 {
        tx.run(query(FORGET).bind("id", id)).await?;
    }
    Ok(())
}
