//! SQL of whitelist batches.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;

const LIST: &str = "select b.category, b.batch, b.note, b.made_by, b.made_at, (select count(*) from application q \
    where q.category = b.category and q.batch = b.batch and q.state in ('approved', 'filed')) as open_count \
    from whitelist_batch b order by b.made_at desc, b.category, b.batch desc limit :limit";
const NEXT: &str = "select coalesce(max(batch), 0) + 1 from whitelist_batch where category = :category";
const INSERT: &str = "insert into whitelist_batch (category, batch, note, made_by, made_at) \
    values (:category, :batch, :note, :by, :now)";
const IS_THERE: &str = "select count(*) from whitelist_batch where category = :category and batch = :batch";

db::row! {
    pub(crate) struct BatchRow {
        pub(crate) category: String,
        pub(crate) batch: i64,
        pub(crate) note: String,
        pub(crate) made_by: String,
        pub(crate) made_at: i64,
        pub(crate) open_count: i64,
    }
}

/// Newest first.
pub(crate) async fn list(db: &mut impl Read, limit: i64) -> Result<Vec<BatchRow>, DbError> {
    db.all(query(LIST).bind("limit", limit)).await
}

/// Makes the next batch of a category.
///
/// # Errors
/// [`DbError::Unique`] when somebody else made it in the same moment.
pub(crate) async fn make(tx: &mut Tx, category: &str, note: &str, by: &str, now: Instant64) -> Result<i64, DbError> {
    let batch: i64 =
        tx.find(query(NEXT).bind("category", category)).await?.ok_or(DbError::Unreadable("whitelist_batch"))?;
    let row = query(INSERT)
        .bind("category", category)
        .bind("batch", batch)
        .bind("note", note)
        .bind("by", by)
        .bind("now", now);
    tx.run(row).await?;
    Ok(batch)
}

pub(crate) async fn is_there(db: &mut impl Read, category: &str, batch: i64) -> Result<bool, DbError> {
    Ok(db.count(query(IS_THERE).bind("category", category).bind("batch", batch)).await? == 1)
}
