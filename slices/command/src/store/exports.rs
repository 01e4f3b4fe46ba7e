//! SQL of exports as they run. An export is its account's own.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

const INSERT: &str = "insert into statistic_export (id, account_id, format, lang, filters, state, rows_total, rows_done, \
    byte_count, created_at) values (:id, :account, :format, :lang, :filters, 'waiting', :total, 0, 0, :now)";
const FIND: &str = "select id, format, lang, filters, state, rows_total, rows_done, byte_count, sha256, created_at \
    from statistic_export where id = :id and account_id = :account";
const ADVANCE: &str = "update statistic_export set state = :state, rows_done = :rows, byte_count = :bytes, sha256 = :sha256 \
    where id = :id";
const PRUNE: &str = "delete from statistic_export where created_at < :before";

db::row! {
    /// An export.
    #[derive(Debug, Clone)]
    pub(crate) struct ExportRow {
        pub(crate) id: Uuid,
        pub(crate) format: String,
        pub(crate) lang: String,
        pub(crate) filters: String,
        pub(crate) state: String,
        pub(crate) rows_total: i64,
        pub(crate) rows_done: i64,
        pub(crate) byte_count: i64,
        pub(crate) sha256: Option<Vec<u8>>,
        pub(crate) created_at: i64,
    }
}

/// An export to be run.
pub(crate) struct NewExport<'a> {
    pub(crate) id: Uuid,
    pub(crate) account: Uuid,
    pub(crate) format: &'a str,
    pub(crate) lang: &'a str,
    pub(crate) filters: &'a str,
    pub(crate) total: i64,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewExport<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id)
        .bind("account", new.account)
        .bind("format", new.format)
        .bind("lang", new.lang)
        .bind("filters", new.filters)
        .bind("total", new.total)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find(db: &mut impl Read, account: Uuid, id: Uuid) -> Result<Option<ExportRow>, DbError> {
    db.find(query(FIND).bind("id", id).bind("account", account)).await
}

/// How far an export has come.
pub(crate) struct Progress {
    pub(crate) state: &'static str,
    pub(crate) rows: i64,
    pub(crate) bytes: i64,
    pub(crate) sha256: Option<Vec<u8>>,
}

pub(crate) async fn advance(tx: &mut Tx, id: Uuid, to: Progress) -> Result<(), DbError> {
    let row = query(ADVANCE)
        .bind("id", id)
        .bind("state", to.state)
        .bind("rows", to.rows)
        .bind("bytes", to.bytes)
        .bind("sha256", to.sha256);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn prune(tx: &mut Tx, before: Instant64) -> Result<(), DbError> {
    tx.run(query(PRUNE).bind("before", before)).await.map(|_| ())
}
