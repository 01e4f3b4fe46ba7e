//! SQL of reports that are made of templates: one a template and day.

use access::Scope;
use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use super::templates::COLUMNS;

const ASK: &str = "insert into filled_report (template_id, day, state, by_name, asked_at, next_at, attempts) \
    select t.id, :day, 'waiting', :by, :now, :now, 0 from report_template t where t.id = :id and {scope} \
    on conflict (template_id, day) do nothing";
const AGAIN: &str = "update filled_report set state = 'waiting', by_name = :by, asked_at = :now, next_at = :now, attempts = 0 \
    where template_id = :id and day = :day and state <> 'waiting' \
    and exists (select 1 from report_template t where t.id = :id and {scope})";
const DAYS: &str = "select r.day from filled_report r join report_template t on t.id = r.template_id \
    where r.template_id = :id and {scope} order by r.day desc limit 500";
const WAITING: &str = "select r.template_id, r.day, r.asked_at, r.attempts from filled_report r \
    join report_template t on t.id = r.template_id \
    where r.state = 'waiting' and r.next_at <= :now and t.retired_at is null and {scope} order by r.next_at limit :limit";
const LIST: &str = "select r.day, r.version, r.state, r.by_name, r.asked_at, r.fault, r.fault_detail, r.byte_count, r.done_at \
    from filled_report r join report_template t on t.id = r.template_id \
    where r.template_id = :id and {scope} order by r.day desc limit 100";
const CONTENT: &str = "select r.content_sealed from filled_report r join report_template t on t.id = r.template_id \
    where r.template_id = :id and r.day = :day and r.content_sealed is not null and {scope}";
const DONE: &str = "update filled_report set state = 'done', version = :version, byte_count = :bytes, \
    content_sealed = :content, fault = null, fault_detail = null, done_at = :now \
    where template_id = :id and day = :day and state = 'waiting' and asked_at = :asked";
const FAILED: &str = "update filled_report set state = 'failed', version = :version, fault = :fault, \
    fault_detail = :detail, done_at = :now where template_id = :id and day = :day and state = 'waiting' and asked_at = :asked";
const LATER: &str = "update filled_report set attempts = attempts + 1, next_at = :next \
    where template_id = :id and day = :day and state = 'waiting' and asked_at = :asked";
const PRUNE: &str = "update filled_report set content_sealed = null, byte_count = null where template_id = :id \
    and content_sealed is not null and day not in (select r.day from filled_report r \
    join report_template t on t.id = r.template_id where r.template_id = :id and r.content_sealed is not null and {scope} \
    order by r.day desc limit :keep)";

db::row! {
    /// A report to be made.
    #[derive(Debug, Clone)]
    pub(crate) struct Waiting {
        pub(crate) template_id: Uuid,
        pub(crate) day: String,
        pub(crate) asked_at: i64,
        pub(crate) attempts: i64,
    }
}

db::row! {
    /// A report.
    #[derive(Debug, Clone)]
    pub(crate) struct FilledRow {
        pub(crate) day: String,
        pub(crate) version: Option<i64>,
        pub(crate) state: String,
        pub(crate) by_name: String,
        pub(crate) asked_at: i64,
        pub(crate) fault: Option<String>,
        pub(crate) fault_detail: Option<String>,
        pub(crate) byte_count: Option<i64>,
        pub(crate) done_at: Option<i64>,
    }
}

/// Asks for a day's report; nothing happens where there is one.
pub(crate) async fn ask(
    tx: &mut Tx,
    scope: &Scope,
    id: Uuid,
    day: &str,
    by: &str,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(ASK).bind("id", id).bind("day", day).bind("by", by).bind("now", now);
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

/// Asks for one that was made, or failed, once more.
pub(crate) async fn again(
    tx: &mut Tx,
    scope: &Scope,
    id: Uuid,
    day: &str,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(AGAIN).bind("id", id).bind("day", day).bind("by", by).bind("now", now);
    tx.run(scope.on(row, &COLUMNS)).await.map(|_| ())
}

/// Days of which there is a report, or will be.
pub(crate) async fn days(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Vec<String>, DbError> {
    db.all(scope.on(query(DAYS).bind("id", id), &COLUMNS)).await
}

pub(crate) async fn waiting(
    db: &mut impl Read,
    scope: &Scope,
    now: Instant64,
    limit: i64,
) -> Result<Vec<Waiting>, DbError> {
    db.all(scope.on(query(WAITING).bind("now", now).bind("limit", limit), &COLUMNS)).await
}

pub(crate) async fn list(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Vec<FilledRow>, DbError> {
    db.all(scope.on(query(LIST).bind("id", id), &COLUMNS)).await
}

pub(crate) async fn content(
    db: &mut impl Read,
    scope: &Scope,
    id: Uuid,
    day: &str,
) -> Result<Option<Vec<u8>>, DbError> {
    db.find(scope.on(query(CONTENT).bind("id", id).bind("day", day), &COLUMNS)).await
}

fn of(text: &'static str, it: &Waiting) -> db::Query {
    query(text).bind("id", it.template_id).bind("day", it.day.as_str()).bind("asked", it.asked_at)
}

pub(crate) async fn done(
    tx: &mut Tx,
    it: &Waiting,
    version: i64,
    byte_count: i64,
    sealed: Vec<u8>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = of(DONE, it).bind("version", version).bind("bytes", byte_count).bind("content", sealed).bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn failed(
    tx: &mut Tx,
    it: &Waiting,
    version: i64,
    fault: &'static str,
    detail: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = of(FAILED, it).bind("version", version).bind("fault", fault).bind("detail", detail).bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// It is tried again then.
pub(crate) async fn later(tx: &mut Tx, it: &Waiting, next: Instant64) -> Result<(), DbError> {
    tx.run(of(LATER, it).bind("next", next)).await.map(|_| ())
}

/// Keeps the files of the last days; that there was a report is not forgotten.
pub(crate) async fn prune(tx: &mut Tx, scope: &Scope, id: Uuid, keep: i64) -> Result<(), DbError> {
    tx.run(scope.on(query(PRUNE).bind("id", id).bind("keep", keep), &COLUMNS)).await.map(|_| ())
}
