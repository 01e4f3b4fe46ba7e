//! SQL of films and documents.

use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::training::model::{MediaId, MediaKind, MediaState};

/// The size of every part of a file but its last, and so of every piece.
pub(crate) const PART_MOST: i64 = 1024 * 1024;
/// How many parts are deleted in one transaction.
const AT_A_TIME: i64 = 8;

const INSERT: &str = "insert into course_media (id, course_id, kind, file_name, byte_count, received, page_count, \
    length_ms, state, created_at) values (:id, :course, :kind, :name, :bytes, 0, :pages, :length, 'uploading', :now)";
const LIST: &str = "select v.id, v.course_id, v.kind, v.file_name, v.byte_count, v.received, v.page_count, v.length_ms, \
    v.state, v.created_at from course_media v where {filter} order by v.id desc limit 20";
const RECEIVE: &str =
    "update course_media set received = :to where id = :id and received = :from and state = 'uploading'";
const FINISH: &str =
    "update course_media set state = :state, length_ms = :length where id = :id and state = 'uploading'";
const ADD_PIECE: &str = "insert into course_media_piece (media_id, start_byte, bytes) values (:id, :start, :bytes)";
const PIECES: &str = "select start_byte, bytes from course_media_piece where media_id = :id and start_byte >= :from \
    and start_byte < :until order by start_byte limit :limit";
const DROP_SOME: &str = "delete from course_media_piece where media_id = :id and start_byte in \
    (select start_byte from course_media_piece where media_id = :id order by start_byte limit :limit)";
const DROP: &str = "delete from course_media where id = :id \
    and not exists (select 1 from course k where k.media_id = course_media.id)";
const ABANDON: &str = "update course_media set state = 'refused' where course_id = :course and state = 'uploading'";
const UNUSED: &str = "select v.id from course_media v where v.state = 'refused' \
    or (v.created_at < :before and v.state = 'uploading') \
    or (v.created_at < :before and v.state = 'ready' and not exists (select 1 from course k where k.media_id = v.id)) limit 1";
const BYTES_OF: &str = "select cast(coalesce(sum(v.byte_count), 0) as bigint) from course_media v join course k on k.id = v.course_id \
    where v.state <> 'refused' and {owner}";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct MediaRow {
        pub(crate) id: Uuid,
        pub(crate) course_id: Uuid,
        pub(crate) kind: String,
        pub(crate) file_name: String,
        pub(crate) byte_count: i64,
        pub(crate) received: i64,
        pub(crate) page_count: Option<i64>,
        pub(crate) length_ms: i64,
        pub(crate) state: String,
        pub(crate) created_at: i64,
    }
}

/// An upload to be begun.
pub(crate) struct NewMedia<'a> {
    pub(crate) id: MediaId,
    pub(crate) course: Uuid,
    pub(crate) kind: MediaKind,
    pub(crate) file_name: &'a str,
    pub(crate) byte_count: i64,
    pub(crate) page_count: Option<i64>,
    pub(crate) length_ms: i64,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewMedia<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("course", new.course)
        .bind("kind", new.kind.code())
        .bind("name", new.file_name)
        .bind("bytes", new.byte_count)
        .bind("pages", new.page_count)
        .bind("length", new.length_ms)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Of a course that was found inside the scope.
pub(crate) async fn find(db: &mut impl Read, course: Uuid, id: Uuid) -> Result<Option<MediaRow>, DbError> {
    let filter = Condition::all([Condition::eq("v.course_id", course), Condition::eq("v.id", id)]);
    db.find(query(LIST).condition("filter", filter)).await
}

/// By its id alone: what a course that was found inside the scope shows.
pub(crate) async fn shown(db: &mut impl Read, id: Uuid) -> Result<Option<MediaRow>, DbError> {
    db.find(query(LIST).condition("filter", Condition::eq("v.id", id))).await
}

/// Uploads of a course, newest first.
pub(crate) async fn of_course(db: &mut impl Read, course: Uuid) -> Result<Vec<MediaRow>, DbError> {
    db.all(query(LIST).condition("filter", Condition::eq("v.course_id", course))).await
}

/// Stores the part that begins at `from`; false when it was not the next one.
pub(crate) async fn receive(tx: &mut Tx, id: Uuid, from: i64, bytes: Vec<u8>) -> Result<bool, DbError> {
    let to = from.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    if tx.run(query(RECEIVE).bind("id", id).bind("from", from).bind("to", to)).await? == 0 {
        return Ok(false);
    }
    tx.run(query(ADD_PIECE).bind("id", id).bind("start", from).bind("bytes", bytes)).await.map(|_| true)
}

pub(crate) async fn finish(tx: &mut Tx, id: Uuid, state: MediaState, length_ms: i64) -> Result<bool, DbError> {
    let row = query(FINISH).bind("id", id).bind("state", state.code()).bind("length", length_ms);
    Ok(tx.run(row).await? == 1)
}

/// Bytes of a file from `first` on, at most `most` of them and at least one unless the file ends there. Every piece but the
/// last has the same size, so that the first one is known.
pub(crate) async fn bytes(db: &mut impl Read, id: Uuid, first: i64, most: usize) -> Result<Vec<u8>, DbError> {
    let until = first.saturating_add(i64::try_from(most).unwrap_or(i64::MAX));
    let pieces = query(PIECES).bind("id", id).bind("from", first - first % PART_MOST).bind("until", until);
    let pieces: Vec<(i64, Vec<u8>)> = db.all(pieces.bind("limit", 64_i64)).await?;
    let mut out = Vec::new();
    for (start, piece) in pieces {
        let skip = usize::try_from((first - start).max(0)).unwrap_or(usize::MAX);
        let take = most - out.len().min(most);
        out.extend(piece.into_iter().skip(skip).take(take));
    }
    Ok(out)
}

/// Uploads of a course that are under way give way to another one.
pub(crate) async fn abandon(tx: &mut Tx, course: Uuid) -> Result<u64, DbError> {
    tx.run(query(ABANDON).bind("course", course)).await
}

/// How many bytes the courses of this owner hold.
pub(crate) async fn bytes_of(db: &mut impl Read, owner: Condition) -> Result<i64, DbError> {
    db.count(query(BYTES_OF).condition("owner", owner)).await
}

/// A file that nothing shows: refused, broken off before then, or replaced.
pub(crate) async fn unused(db: &mut impl Read, before: Instant64) -> Result<Option<Uuid>, DbError> {
    db.find(query(UNUSED).bind("before", before)).await
}

/// Deletes a few parts of a file, and the file when none is left.
pub(crate) async fn forget_some(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    if tx.run(query(DROP_SOME).bind("id", id).bind("limit", AT_A_TIME)).await? == 0 {
        tx.run(query(DROP).bind("id", id)).await?;
    }
    Ok(())
}
