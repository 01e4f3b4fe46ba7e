//! SQL of report templates and their versions.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::templates::schedule::Schedule;

/// A template belongs to its area.
pub(super) const COLUMNS: Columns = Columns::new(Some("t.area_code"), None, None);
/// Templates that are shown.
const LISTED: i64 = 200;

const LIST: &str = "select t.id, t.area_code, t.name, t.lang, t.version, t.schedule_minute, t.schedule_days, \
    t.scheduled_at, t.keep, t.created_at from report_template t where {scope} and {filter} and t.retired_at is null \
    order by t.id desc limit :limit";
const INSERT: &str = "insert into report_template (id, area_code, name, lang, version, schedule_days, keep, created_at) \
    values (:id, :area, :name, :lang, 0, :days, :keep, :now)";
const SET: &str = "update report_template as t set name = :name, schedule_minute = :minute, schedule_days = :days, \
    scheduled_at = :since, keep = :keep where t.id = :id and t.retired_at is null and {scope}";
const RETIRE: &str =
    "update report_template as t set retired_at = :now where t.id = :id and t.retired_at is null and {scope}";
const TAKE: &str =
    "update report_template as t set version = :version where t.id = :id and t.version = :version - 1 and {scope}";
const ADD: &str = "insert into report_template_version (template_id, version, file_name, byte_count, sha256, content_sealed, \
    by_name, created_at) values (:id, :version, :file, :bytes, :sha256, :content, :by, :now)";
const VERSIONS: &str = "select v.version, v.file_name, v.byte_count, v.by_name, v.created_at from report_template_version v \
    join report_template t on t.id = v.template_id where v.template_id = :id and {scope} order by v.version desc limit 100";
const CONTENT: &str = "select v.content_sealed from report_template_version v join report_template t on t.id = v.template_id \
    where v.template_id = :id and v.version = :version and {scope}";

db::row! {
    /// A template.
    #[derive(Debug, Clone)]
    pub(crate) struct TemplateRow {
        pub(crate) id: Uuid,
        pub(crate) area_code: String,
        pub(crate) name: String,
        pub(crate) lang: String,
        pub(crate) version: i64,
        pub(crate) schedule_minute: Option<i64>,
        pub(crate) schedule_days: i64,
        pub(crate) scheduled_at: Option<i64>,
        pub(crate) keep: i64,
        pub(crate) created_at: i64,
    }
}

db::row! {
    /// A version of one.
    #[derive(Debug, Clone)]
    pub(crate) struct VersionRow {
        pub(crate) version: i64,
        pub(crate) file_name: String,
        pub(crate) byte_count: i64,
        pub(crate) by_name: String,
        pub(crate) created_at: i64,
    }
}

impl TemplateRow {
    /// When its reports are made.
    pub(crate) fn schedule(&self) -> Option<Schedule> {
        let since = Instant64::from_micros(self.scheduled_at?);
        Some(Schedule { minute: self.schedule_minute?, days: self.schedule_days, since })
    }
}

pub(crate) async fn list(db: &mut impl Read, scope: &Scope) -> Result<Vec<TemplateRow>, DbError> {
    filtered(db, scope, Condition::always()).await
}

/// Those with a schedule.
pub(crate) async fn scheduled(db: &mut impl Read, scope: &Scope) -> Result<Vec<TemplateRow>, DbError> {
    filtered(db, scope, Condition::literal("t.schedule_minute is not null")).await
}

async fn filtered(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<Vec<TemplateRow>, DbError> {
    db.all(scope.on(query(LIST).condition("filter", filter).bind("limit", LISTED), &COLUMNS)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Option<TemplateRow>, DbError> {
    Ok(filtered(db, scope, Condition::eq("t.id", id)).await?.pop())
}

/// A template to be kept.
pub(crate) struct NewTemplate<'a> {
    pub(crate) id: Uuid,
    pub(crate) area: &'a str,
    pub(crate) name: &'a str,
    pub(crate) lang: &'static str,
    pub(crate) days: i64,
    pub(crate) keep: i64,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewTemplate<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id)
        .bind("area", new.area)
        .bind("name", new.name)
        .bind("lang", new.lang)
        .bind("days", new.days)
        .bind("keep", new.keep)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// What of a template may be changed.
pub(crate) async fn set(tx: &mut Tx, scope: &Scope, it: &TemplateRow) -> Result<bool, DbError> {
    let row = query(SET)
        .bind("id", it.id)
        .bind("name", it.name.as_str())
        .bind("minute", it.schedule_minute)
        .bind("days", it.schedule_days)
        .bind("since", it.scheduled_at)
        .bind("keep", it.keep);
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

pub(crate) async fn retire(tx: &mut Tx, scope: &Scope, id: Uuid, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(scope.on(query(RETIRE).bind("id", id).bind("now", now), &COLUMNS)).await? == 1)
}

/// A version to be kept.
pub(crate) struct NewVersion<'a> {
    pub(crate) template: Uuid,
    pub(crate) version: i64,
    pub(crate) file_name: &'a str,
    pub(crate) byte_count: i64,
    pub(crate) sha256: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) by: &'a str,
}

/// Adds the version that follows the present one; false when another was faster.
pub(crate) async fn add(tx: &mut Tx, scope: &Scope, new: NewVersion<'_>, now: Instant64) -> Result<bool, DbError> {
    let taken = query(TAKE).bind("id", new.template).bind("version", new.version);
    if tx.run(scope.on(taken, &COLUMNS)).await? == 0 {
        return Ok(false);
    }
    let row = query(ADD)
        .bind("id", new.template)
        .bind("version", new.version)
        .bind("file", new.file_name)
        .bind("bytes", new.byte_count)
        .bind("sha256", new.sha256)
        .bind("content", new.sealed)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| true)
}

pub(crate) async fn versions(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Vec<VersionRow>, DbError> {
    db.all(scope.on(query(VERSIONS).bind("id", id), &COLUMNS)).await
}

pub(crate) async fn content(
    db: &mut impl Read,
    scope: &Scope,
    id: Uuid,
    version: i64,
) -> Result<Option<Vec<u8>>, DbError> {
    db.find(scope.on(query(CONTENT).bind("id", id).bind("version", version), &COLUMNS)).await
}
