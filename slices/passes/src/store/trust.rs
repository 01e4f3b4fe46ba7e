//! SQL of trust lists. They are the installation's, name nobody, and are the same for all.

use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;

const INSERT: &str = "insert into trust_list (version, file_name, keys, revocations, dcc_count, shc_count, revoked_count, \
    skipped, note, imported_by, imported_at, keys_from, revocations_from) values (:version, :file, :keys, :revocations, :dcc, \
    :shc, :revoked, :skipped, :note, :by, :now, :keys_from, :revocations_from)";
const LIST: &str = "select version, file_name, dcc_count, shc_count, revoked_count, skipped, note, imported_by, imported_at \
    from trust_list where {after} order by version desc limit :limit";
const CONTENT: &str = "select k.keys, r.revocations, k.version as keys_of, r.version as revocations_of from trust_list t \
    join trust_list k on k.version = coalesce(t.keys_from, t.version) \
    join trust_list r on r.version = coalesce(t.revocations_from, t.version) where t.version = :version";
const NEWEST: &str = "select version from trust_list order by version desc limit 1";

db::row! {
    /// A version without its content.
    #[derive(Debug, Clone)]
    pub(crate) struct TrustRow {
        pub(crate) version: i64,
        pub(crate) file_name: String,
        pub(crate) dcc_count: i64,
        pub(crate) shc_count: i64,
        pub(crate) revoked_count: i64,
        pub(crate) skipped: String,
        pub(crate) note: String,
        pub(crate) imported_by: String,
        pub(crate) imported_at: i64,
    }
}

db::row! {
    /// What a version says, and with which versions it came.
    #[derive(Debug)]
    pub(crate) struct Content {
        pub(crate) keys: String,
        pub(crate) revocations: String,
        pub(crate) keys_of: i64,
        pub(crate) revocations_of: i64,
    }
}

/// A text that came with this version, or the earlier version with which it came: it is stored once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Text<'a> {
    New(&'a str),
    Of(i64),
}

impl<'a> Text<'a> {
    fn columns(self) -> (&'a str, Option<i64>) {
        match self {
            Self::New(text) => (text, None),
            Self::Of(version) => ("", Some(version)),
        }
    }
}

/// A version to be stored.
pub(crate) struct NewTrust<'a> {
    pub(crate) version: i64,
    pub(crate) file_name: &'a str,
    pub(crate) keys: Text<'a>,
    pub(crate) revocations: Text<'a>,
    pub(crate) dcc_count: i64,
    pub(crate) shc_count: i64,
    pub(crate) revoked_count: i64,
    /// What was left out, as JSON.
    pub(crate) skipped: &'a str,
    pub(crate) note: &'a str,
    pub(crate) by: &'a str,
}

/// # Errors
/// [`DbError::Unique`] when somebody else was faster.
pub(crate) async fn insert(tx: &mut Tx, new: NewTrust<'_>, now: Instant64) -> Result<(), DbError> {
    let ((keys, keys_from), (revocations, revocations_from)) = (new.keys.columns(), new.revocations.columns());
    let row = query(INSERT)
        .bind("version", new.version)
        .bind("file", new.file_name)
        .bind("keys", keys)
        .bind("revocations", revocations)
        .bind("keys_from", keys_from)
        .bind("revocations_from", revocations_from)
        .bind("dcc", new.dcc_count)
        .bind("shc", new.shc_count)
        .bind("revoked", new.revoked_count)
        .bind("skipped", new.skipped)
        .bind("note", new.note)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Newest first.
pub(crate) async fn list(db: &mut impl Read, below: Option<i64>, limit: i64) -> Result<Vec<TrustRow>, DbError> {
    let after = below.map_or_else(Condition::always, |it| Condition::below("version", it));
    db.all(query(LIST).condition("after", after).bind("limit", limit)).await
}

/// The version that holds; 0 before the first.
pub(crate) async fn newest(db: &mut impl Read) -> Result<i64, DbError> {
    Ok(db.find(query(NEWEST)).await?.unwrap_or(0))
}

/// Keys and revocations of a version, as they came.
pub(crate) async fn content(db: &mut impl Read, version: i64) -> Result<Option<Content>, DbError> {
    db.find(query(CONTENT).bind("version", version)).await
}
