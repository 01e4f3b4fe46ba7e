//! SQL of roster imports, their pieces and their layouts.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use kernel::time::DAY;
use uuid::Uuid;

use crate::model::{ImportId, ImportState};

const INSERT: &str = "insert into people_import (id, account_id, upload_key, site_id, enterprise_id, area_code, form, \
    state, then_do, created_at) \
    values (:id, :account, :upload_key, :site, :enterprise, :area, :form, 'uploading', :then_do, :now)";
const LIST: &str = "select id, account_id, site_id, enterprise_id, area_code, form, state, then_do, stopped_in, layout, \
    byte_count, row_count, done_count, created_count, updated_count, unchanged_count, left_count, failed_count, error, \
    created_at, finished_at from people_import where {filter} order by id desc limit :limit";
const MOVE: &str = "update people_import set state = :to, error = :error, finished_at = :finished_at \
    where id = :id and state = :from";
const UPLOADED: &str = "update people_import set state = 'reading', byte_count = :bytes \
    where id = :id and state = 'uploading'";
const READ: &str = "update people_import set state = 'ready', preview_sealed = :preview, layout = :layout, \
    row_count = :rows where id = :id and state = 'reading'";
const PREVIEW: &str = "select preview_sealed from people_import where id = :id and preview_sealed is not null";
const START: &str = "update people_import set state = :to, layout = :layout, row_count = :rows, done_count = 0, \
    created_count = 0, updated_count = 0, unchanged_count = 0, left_count = 0, failed_count = 0, error = null, \
    stopped_in = null, finished_at = null where id = :id and state in ('ready', 'checked')";
const PROGRESS: &str = "update people_import set done_count = :done, created_count = created_count + :created, \
    updated_count = updated_count + :updated, unchanged_count = unchanged_count + :unchanged, \
    left_count = left_count + :left, failed_count = failed_count + :failed \
    where id = :id and state = :state and done_count = :from";
const CANCEL: &str = "update people_import set state = 'cancelled', stopped_in = state, finished_at = :now \
    where id = :id and state in ('uploading', 'reading', 'ready', 'checking', 'checked', 'landing')";
const RESUME: &str = "update people_import set state = stopped_in, stopped_in = null, finished_at = null \
    where id = :id and state = 'cancelled' and stopped_in in ('checking', 'landing')";
const INSERT_PIECE: &str = "insert into people_import_piece (import_id, part, seq, sealed) values {rows}";
const PIECE: &str = "select sealed from people_import_piece where import_id = :id and part = :part and seq = :seq";
const COUNT_PIECES: &str = "select count(*) from people_import_piece where import_id = :id and part = :part";
const DROP_PART: &str = "delete from people_import_piece where import_id = :id and part = :part";
const DROP_PIECES: &str = "delete from people_import_piece where import_id = :id";
const DROP: &str = "delete from people_import where id = :id";
const OLD_PIECES: &str = "delete from people_import_piece where import_id in \
    (select id from people_import where created_at < :before)";
const OLD: &str = "delete from people_import where created_at < :before";
const OLD_LAYOUTS: &str = "delete from people_import_layout where used_at < :before";
const REMEMBER: &str = "insert into people_import_layout (owner_id, fingerprint, layout, used_at) \
    values (:owner, :fingerprint, :layout, :now) \
    on conflict (owner_id, fingerprint) do update set layout = excluded.layout, used_at = excluded.used_at";
const REMEMBERED: &str = "select layout from people_import_layout \
    where owner_id = :owner and fingerprint = :fingerprint";

/// How long a layout is remembered after it was last used.
const LAYOUT_KEPT: i64 = 366 * DAY;

/// What pieces are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The file as it came.
    File,
    /// Rows that were refused.
    Refused,
}

impl Part {
    const fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Refused => "refused",
        }
    }
}

db::row! {
    /// An import without its pieces.
    pub(crate) struct ImportRow {
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) form: String,
        pub(crate) state: String,
        pub(crate) then_do: Option<String>,
        pub(crate) stopped_in: Option<String>,
        pub(crate) layout: Option<String>,
        pub(crate) byte_count: i64,
        pub(crate) row_count: i64,
        pub(crate) done_count: i64,
        pub(crate) created_count: i64,
        pub(crate) updated_count: i64,
        pub(crate) unchanged_count: i64,
        pub(crate) left_count: i64,
        pub(crate) failed_count: i64,
        pub(crate) error: Option<String>,
        pub(crate) created_at: i64,
        pub(crate) finished_at: Option<i64>,
    }
}

pub(crate) struct NewImport<'a> {
    pub(crate) id: ImportId,
    pub(crate) account: Uuid,
    pub(crate) upload_key: &'a str,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area: &'a str,
    pub(crate) form: &'static str,
    pub(crate) then_do: Option<&'static str>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewImport<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("account", new.account)
        .bind("upload_key", new.upload_key)
        .bind("site", new.site)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area)
        .bind("form", new.form)
        .bind("then_do", new.then_do)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Imports of one account: nobody sees another's.
pub(crate) async fn of_account(
    db: &mut impl Read,
    account: Uuid,
    after: Option<ImportId>,
    limit: i64,
) -> Result<Vec<ImportRow>, DbError> {
    let parts = [Some(Condition::eq("account_id", account)), after.map(|it| Condition::below("id", it.uuid()))];
    let filter = Condition::all(parts.into_iter().flatten());
    db.all(query(LIST).condition("filter", filter).bind("limit", limit)).await
}

pub(crate) async fn find(db: &mut impl Read, id: ImportId) -> Result<Option<ImportRow>, DbError> {
    db.find(query(LIST).condition("filter", Condition::eq("id", id.uuid())).bind("limit", 1_i64)).await
}

/// The import that was begun with this key of the sender's.
pub(crate) async fn by_upload_key(db: &mut impl Read, account: Uuid, key: &str) -> Result<Option<ImportRow>, DbError> {
    let filter = Condition::all([Condition::eq("account_id", account), Condition::eq("upload_key", key)]);
    db.find(query(LIST).condition("filter", filter).bind("limit", 1_i64)).await
}

/// The whole file is there.
pub(crate) async fn uploaded(tx: &mut Tx, id: ImportId, bytes: i64) -> Result<bool, DbError> {
    Ok(tx.run(query(UPLOADED).bind("id", id.uuid()).bind("bytes", bytes)).await? == 1)
}

/// The file was looked at.
pub(crate) async fn read(
    tx: &mut Tx,
    id: ImportId,
    preview: Vec<u8>,
    layout: Option<String>,
    rows: i64,
) -> Result<bool, DbError> {
    let row = query(READ).bind("id", id.uuid()).bind("preview", preview).bind("layout", layout).bind("rows", rows);
    Ok(tx.run(row).await? == 1)
}

/// The sealed first rows.
pub(crate) async fn preview(db: &mut impl Read, id: ImportId) -> Result<Option<Vec<u8>>, DbError> {
    db.find(query(PREVIEW).bind("id", id.uuid())).await
}

/// From one state to another, unless it has left the first meanwhile.
pub(crate) async fn advance(
    tx: &mut Tx,
    id: ImportId,
    from: ImportState,
    to: ImportState,
    error: Option<&str>,
    finished_at: Option<Instant64>,
) -> Result<bool, DbError> {
    let row = query(MOVE)
        .bind("id", id.uuid())
        .bind("from", from.code())
        .bind("to", to.code())
        .bind("error", error)
        .bind("finished_at", finished_at);
    Ok(tx.run(row).await? == 1)
}

/// Begins to check or to land, from the first row.
pub(crate) async fn start(
    tx: &mut Tx,
    id: ImportId,
    to: ImportState,
    layout: &str,
    rows: i64,
) -> Result<bool, DbError> {
    let row = query(START).bind("id", id.uuid()).bind("to", to.code()).bind("layout", layout).bind("rows", rows);
    let started = tx.run(row).await? == 1;
    if started {
        tx.run(query(DROP_PART).bind("id", id.uuid()).bind("part", Part::Refused.code())).await?;
    }
    Ok(started)
}

/// What a chunk of rows came to.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) unchanged: i64,
    pub(crate) left: i64,
    pub(crate) failed: i64,
}

/// Writes down that rows were looked at, from the one to the other; false when the import was stopped meanwhile, or
/// somebody else has looked at them.
pub(crate) async fn progress(
    tx: &mut Tx,
    id: ImportId,
    state: ImportState,
    (from, done): (i64, i64),
    counts: Counts,
) -> Result<bool, DbError> {
    let row = query(PROGRESS)
        .bind("id", id.uuid())
        .bind("state", state.code())
        .bind("from", from)
        .bind("done", done)
        .bind("created", counts.created)
        .bind("updated", counts.updated)
        .bind("unchanged", counts.unchanged)
        .bind("left", counts.left)
        .bind("failed", counts.failed);
    Ok(tx.run(row).await? == 1)
}

pub(crate) async fn cancel(tx: &mut Tx, id: ImportId, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(CANCEL).bind("id", id.uuid()).bind("now", now)).await? == 1)
}

/// Takes up what was stopped half-way.
pub(crate) async fn resume(tx: &mut Tx, id: ImportId) -> Result<bool, DbError> {
    Ok(tx.run(query(RESUME).bind("id", id.uuid())).await? == 1)
}

pub(crate) async fn add_pieces(
    tx: &mut Tx,
    id: ImportId,
    part: Part,
    pieces: Vec<(i64, Vec<u8>)>,
) -> Result<(), DbError> {
    let row = |(seq, sealed): (i64, Vec<u8>)| {
        vec![Value::from(id.uuid()), Value::from(part.code()), Value::from(seq), Value::from(sealed)]
    };
    tx.insert(INSERT_PIECE, pieces.into_iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn piece(db: &mut impl Read, id: ImportId, part: Part, seq: i64) -> Result<Option<Vec<u8>>, DbError> {
    db.find(query(PIECE).bind("id", id.uuid()).bind("part", part.code()).bind("seq", seq)).await
}

pub(crate) async fn count_pieces(db: &mut impl Read, id: ImportId, part: Part) -> Result<i64, DbError> {
    db.count(query(COUNT_PIECES).bind("id", id.uuid()).bind("part", part.code())).await
}

/// The file has served; what was refused of it stays for its day.
pub(crate) async fn drop_file(tx: &mut Tx, id: ImportId) -> Result<(), DbError> {
    tx.run(query(DROP_PART).bind("id", id.uuid()).bind("part", Part::File.code())).await.map(|_| ())
}

/// An upload that broke off leaves nothing.
pub(crate) async fn forget(tx: &mut Tx, id: ImportId) -> Result<(), DbError> {
    for text in [DROP_PIECES, DROP] {
        tx.run(query(text).bind("id", id.uuid())).await?;
    }
    Ok(())
}

/// Files expire in 24 hours, layouts a year after their last use.
pub(crate) async fn sweep(tx: &mut Tx, now: Instant64) -> Result<(), DbError> {
    for text in [OLD_PIECES, OLD] {
        tx.run(query(text).bind("before", now.plus(-DAY))).await?;
    }
    tx.run(query(OLD_LAYOUTS).bind("before", now.plus(-LAYOUT_KEPT))).await.map(|_| ())
}

/// Remembers how this owner's files with these headings are read.
pub(crate) async fn remember(
    tx: &mut Tx,
    owner: Uuid,
    fingerprint: Vec<u8>,
    layout: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row =
        query(REMEMBER).bind("owner", owner).bind("fingerprint", fingerprint).bind("layout", layout).bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn remembered(
    db: &mut impl Read,
    owner: Uuid,
    fingerprint: Vec<u8>,
) -> Result<Option<String>, DbError> {
    db.find(query(REMEMBERED).bind("owner", owner).bind("fingerprint", fingerprint)).await
}
