//! SQL of forms.

use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;

const LIST: &str = "select version, definition, note, set_by, valid_from from application_form where {filter} \
    order by version desc limit :limit";
const INSERT: &str = "insert into application_form (version, definition, note, set_by, valid_from) \
    values (:version, :definition, :note, :by, :now)";

db::row! {
    pub(crate) struct FormRow {
        pub(crate) version: i64,
        pub(crate) definition: String,
        pub(crate) note: String,
        pub(crate) set_by: String,
        pub(crate) valid_from: i64,
    }
}

pub(crate) async fn current(db: &mut impl Read) -> Result<Option<FormRow>, DbError> {
    db.find(query(LIST).condition("filter", Condition::always()).bind("limit", 1_i64)).await
}

pub(crate) async fn find(db: &mut impl Read, version: i64) -> Result<Option<FormRow>, DbError> {
    db.find(query(LIST).condition("filter", Condition::eq("version", version)).bind("limit", 1_i64)).await
}

/// Newest first; `after` is the version of the last one seen.
pub(crate) async fn list(db: &mut impl Read, after: Option<i64>, limit: i64) -> Result<Vec<FormRow>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::below("version", it));
    db.all(query(LIST).condition("filter", after).bind("limit", limit)).await
}

/// # Errors
/// [`DbError::Unique`] when somebody else made this version in the same moment.
pub(crate) async fn insert(
    tx: &mut Tx,
    version: i64,
    definition: String,
    note: &str,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("version", version)
        .bind("definition", definition)
        .bind("note", note)
        .bind("by", by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}
