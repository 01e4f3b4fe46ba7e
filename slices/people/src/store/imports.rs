//! SQL of roster imports.

use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::ImportId;

const INSERT: &str = "insert into people_import (id, account_id, site_id, enterprise_id, area_code, dry_run, state, \
    file_sealed, created_at) values (:id, :account, :site, :enterprise, :area, :dry_run, 'queued', :file, :now)";
const LIST: &str = "select id, account_id, site_id, enterprise_id, area_code, dry_run, state, row_count, done_count, \
    created_count, updated_count, unchanged_count, failed_count, error, created_at, finished_at from people_import \
    where {filter} order by id desc limit :limit";
const FILE: &str = "select file_sealed, failed_sealed, created_at from people_import where id = :id";
const PROGRESS: &str = "update people_import set state = :state, row_count = :rows, done_count = :done, \
    created_count = :created, updated_count = :updated, unchanged_count = :unchanged, failed_count = :failed, \
    failed_sealed = :failed_file, error = :error, finished_at = :finished_at \
    where id = :id and state <> 'cancelled'";
const DROP_FILE: &str = "update people_import set file_sealed = null where id = :id";
const CANCEL: &str = "update people_import set state = 'cancelled', file_sealed = null, finished_at = :now \
    where id = :id and state in ('queued', 'running')";
const SWEEP: &str = "delete from people_import where created_at < :before";

db::row! {
    /// An import without its files.
    pub(crate) struct ImportRow {
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) dry_run: bool,
        pub(crate) state: String,
        pub(crate) row_count: i64,
        pub(crate) done_count: i64,
        pub(crate) created_count: i64,
        pub(crate) updated_count: i64,
        pub(crate) unchanged_count: i64,
        pub(crate) failed_count: i64,
        pub(crate) error: Option<String>,
        pub(crate) created_at: i64,
        pub(crate) finished_at: Option<i64>,
    }
}

pub(crate) struct NewImport<'a> {
    pub(crate) id: ImportId,
    pub(crate) account: Uuid,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area: &'a str,
    pub(crate) dry_run: bool,
    pub(crate) file: Vec<u8>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewImport<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("account", new.account)
        .bind("site", new.site)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area)
        .bind("dry_run", new.dry_run)
        .bind("file", new.file)
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

/// The sealed file, the sealed refused rows, and when the import was made.
pub(crate) async fn files(
    db: &mut impl Read,
    id: ImportId,
) -> Result<Option<(Option<Vec<u8>>, Option<Vec<u8>>, i64)>, DbError> {
    db.find(query(FILE).bind("id", id.uuid())).await
}

pub(crate) struct Progress<'a> {
    pub(crate) state: &'static str,
    pub(crate) rows: i64,
    pub(crate) done: i64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) unchanged: i64,
    pub(crate) failed: i64,
    pub(crate) failed_file: Option<Vec<u8>>,
    pub(crate) error: Option<&'a str>,
    pub(crate) finished_at: Option<Instant64>,
}

/// Writes progress down; false when the import was cancelled meanwhile.
pub(crate) async fn progress(tx: &mut Tx, id: ImportId, it: Progress<'_>) -> Result<bool, DbError> {
    let row = query(PROGRESS)
        .bind("id", id.uuid())
        .bind("state", it.state)
        .bind("rows", it.rows)
        .bind("done", it.done)
        .bind("created", it.created)
        .bind("updated", it.updated)
        .bind("unchanged", it.unchanged)
        .bind("failed", it.failed)
        .bind("failed_file", it.failed_file)
        .bind("error", it.error)
        .bind("finished_at", it.finished_at);
    Ok(tx.run(row).await? == 1)
}

pub(crate) async fn drop_file(tx: &mut Tx, id: ImportId) -> Result<(), DbError> {
    tx.run(query(DROP_FILE).bind("id", id.uuid())).await.map(|_| ())
}

pub(crate) async fn cancel(tx: &mut Tx, id: ImportId, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(CANCEL).bind("id", id.uuid()).bind("now", now)).await? == 1)
}

/// Files expire in 24 hours.
pub(crate) async fn sweep(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    tx.run(query(SWEEP).bind("before", before)).await
}
