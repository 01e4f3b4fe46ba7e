//! SQL of inspections.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::inspections::model::{InspectionId, InspectionKind, InspectionMode, InspectionState};

const COLUMNS: Columns = Columns::new(Some("v.area_code"), Some("v.enterprise_id"), None);

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "due_at", columns: "v.due_at, v.id", order: "v.due_at, v.id", descending: false },
    Sort { name: "-created_at", columns: "v.id", order: "v.id desc", descending: true },
    // By day; what has none comes last.
    Sort {
        name: "planned_on",
        columns: "coalesce(v.planned_on, '9'), v.id",
        order: "coalesce(v.planned_on, '9'), v.id",
        descending: false,
    },
];

/// By day, then along the route of the day, then by deadline; what has no day comes last.
pub(crate) const IN_ROUTE_ORDER: &str = "coalesce(v.planned_on, '9'), coalesce(v.stop, 1000), v.due_at, v.id";

const LIST: &str = "select v.id, v.application_id, q.number, q.state as application_state, v.enterprise_id, \
    e.name as enterprise_name, v.area_code, a.name as area_name, v.kind, v.mode, v.state, v.officer_id, v.officer_name, \
    v.by_duty, v.planned_on, v.starts_at, v.stop, v.due_at, v.checklist_version, v.digest, v.reported_at, v.created_by, v.created_at \
    from inspection v join application q on q.id = v.application_id join enterprise e on e.id = v.enterprise_id \
    join area a on a.code = v.area_code where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from inspection v join application q on q.id = v.application_id \
    join enterprise e on e.id = v.enterprise_id where {scope} and {filter}";
const LOCK: &str = "update inspection as v set changed_at = changed_at where v.id = :id and {scope}";
const WAS_OFFICER: &str = "select count(*) from inspection_former where inspection_id = :id and officer_id = :officer";
const KEEP: &str = "update inspection_former set report_sealed = :report, received_at = :now \
    where inspection_id = :id and officer_id = :officer and received_at is null";
const FORMER: &str = "insert into inspection_former (inspection_id, officer_id, officer_name, replaced_at) \
    values (:id, :officer, :name, :now) on conflict (inspection_id, officer_id) do update set \
    replaced_at = excluded.replaced_at";
const KEPT: &str = "select f.officer_id, f.officer_name, f.report_sealed, f.received_at from inspection_former f \
    where f.inspection_id = :id and f.received_at is not null order by f.received_at";
const INSERT: &str = "insert into inspection (id, application_id, enterprise_id, area_code, kind, mode, state, officer_id, \
    officer_name, by_duty, planned_on, starts_at, due_at, created_by, created_at, changed_at) values (:id, :application, \
    :enterprise, :area, :kind, :mode, 'planned', :officer, :officer_name, :by_duty, :planned_on, :starts_at, :due, :by, :now, :now)";
const PLAN: &str = "update inspection set mode = :mode, officer_id = :officer, officer_name = :officer_name, by_duty = :by_duty, \
    planned_on = :planned_on, starts_at = :starts_at, stop = :stop, changed_at = :now where id = :id and state = 'planned'";
const REPORT: &str = "update inspection set state = :state, checklist_version = :checklist, report_sealed = :report, \
    digest = :digest, officer_id = :officer, officer_name = :officer_name, reported_at = :now, changed_at = :now \
    where id = :id";
const CANCEL: &str = "update inspection set state = 'cancelled', changed_at = :now \
    where application_id = :application and state = 'planned'";
const SEALED: &str = "select v.id, v.report_sealed from inspection v where v.id = :id and {scope}";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct InspectionRow {
        pub(crate) id: Uuid,
        pub(crate) application_id: Uuid,
        pub(crate) number: String,
        pub(crate) application_state: String,
        pub(crate) enterprise_id: Uuid,
        pub(crate) enterprise_name: String,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) kind: String,
        pub(crate) mode: String,
        pub(crate) state: String,
        pub(crate) officer_id: Option<Uuid>,
        pub(crate) officer_name: Option<String>,
        pub(crate) by_duty: bool,
        pub(crate) planned_on: Option<String>,
        pub(crate) starts_at: Option<i64>,
        pub(crate) stop: Option<i64>,
        pub(crate) due_at: i64,
        pub(crate) checklist_version: Option<i64>,
        pub(crate) digest: Option<Vec<u8>>,
        pub(crate) reported_at: Option<i64>,
        pub(crate) created_by: String,
        pub(crate) created_at: i64,
    }
}

impl InspectionRow {
    pub(crate) fn kind(&self) -> Result<InspectionKind, DbError> {
        InspectionKind::parse(&self.kind).ok_or(DbError::Unreadable("inspection"))
    }

    pub(crate) fn state(&self) -> Result<InspectionState, DbError> {
        InspectionState::parse(&self.state).ok_or(DbError::Unreadable("inspection"))
    }

    pub(crate) fn mode(&self) -> Result<InspectionMode, DbError> {
        InspectionMode::parse(&self.mode).ok_or(DbError::Unreadable("inspection"))
    }
}

db::row! {
    /// What a former officer sent after somebody else had taken over.
    pub(crate) struct KeptRow {
        pub(crate) officer_id: Uuid,
        pub(crate) officer_name: String,
        pub(crate) report_sealed: Option<Vec<u8>>,
        pub(crate) received_at: Option<i64>,
    }
}

/// Part of the enterprise's name, or the application's number.
pub(crate) fn searched(text: &str) -> Condition {
    Condition::any([Condition::contains("e.name_key", &kernel::text::fold(text)), Condition::eq("q.number", text)])
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<InspectionRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Option<InspectionRow>, DbError> {
    Ok(list(db, scope, Condition::eq("v.id", id), "v.id", 1).await?.pop())
}

/// The row, held until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, scope: &Scope, id: Uuid) -> Result<Option<InspectionRow>, DbError> {
    match tx.run(scope.on(query(LOCK).bind("id", id), &COLUMNS)).await? {
        0 => Ok(None),
        _ => find(tx, scope, id).await,
    }
}

/// A visit to be made.
pub(crate) struct NewInspection<'a> {
    pub(crate) id: InspectionId,
    pub(crate) application: Uuid,
    pub(crate) enterprise: Uuid,
    pub(crate) area: &'a str,
    pub(crate) kind: InspectionKind,
    pub(crate) plan: Plan<'a>,
    pub(crate) due: Instant64,
    pub(crate) by: &'a str,
}

/// Who visits, when and how.
#[derive(Clone)]
pub(crate) struct Plan<'a> {
    pub(crate) mode: InspectionMode,
    pub(crate) officer: Option<(Uuid, &'a str)>,
    /// Whether the officer follows from who answers for the enterprise.
    pub(crate) by_duty: bool,
    pub(crate) planned_on: Option<&'a str>,
    pub(crate) starts_at: Option<Instant64>,
    pub(crate) stop: Option<i64>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewInspection<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("application", new.application)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area)
        .bind("kind", new.kind.code())
        .bind("mode", new.plan.mode.code())
        .bind("officer", new.plan.officer.map(|it| it.0))
        .bind("officer_name", new.plan.officer.map(|it| it.1.to_owned()))
        .bind("by_duty", new.plan.by_duty)
        .bind("planned_on", new.plan.planned_on.map(str::to_owned))
        .bind("starts_at", new.plan.starts_at)
        .bind("due", new.due)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Plans a visit that was not made yet; whether there was one.
pub(crate) async fn plan(tx: &mut Tx, id: Uuid, plan: Plan<'_>, now: Instant64) -> Result<bool, DbError> {
    let row = query(PLAN)
        .bind("id", id)
        .bind("mode", plan.mode.code())
        .bind("officer", plan.officer.map(|it| it.0))
        .bind("officer_name", plan.officer.map(|it| it.1.to_owned()))
        .bind("by_duty", plan.by_duty)
        .bind("planned_on", plan.planned_on.map(str::to_owned))
        .bind("starts_at", plan.starts_at)
        .bind("stop", plan.stop)
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// Somebody else visits from now on.
pub(crate) async fn replace(tx: &mut Tx, id: Uuid, former: (Uuid, &str), now: Instant64) -> Result<(), DbError> {
    let row = query(FORMER).bind("id", id).bind("officer", former.0).bind("name", former.1).bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Whether somebody was to visit before.
pub(crate) async fn was_officer(db: &mut impl Read, id: Uuid, officer: Uuid) -> Result<bool, DbError> {
    Ok(db.count(query(WAS_OFFICER).bind("id", id).bind("officer", officer)).await? == 1)
}

/// Keeps what a former officer had written; the first she sends.
pub(crate) async fn keep(tx: &mut Tx, id: Uuid, officer: Uuid, report: Vec<u8>, now: Instant64) -> Result<(), DbError> {
    let row = query(KEEP).bind("id", id).bind("officer", officer).bind("report", report).bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// What former officers sent, of a visit that was reached inside a scope.
pub(crate) async fn kept(db: &mut impl Read, _: &Scope, id: Uuid) -> Result<Vec<KeptRow>, DbError> {
    db.all(query(KEPT).bind("id", id)).await
}

/// What a report writes.
pub(crate) struct Reported<'a> {
    pub(crate) state: InspectionState,
    pub(crate) checklist: i64,
    pub(crate) report: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) officer: (Uuid, &'a str),
}

pub(crate) async fn report(tx: &mut Tx, id: Uuid, it: Reported<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(REPORT)
        .bind("id", id)
        .bind("state", it.state.code())
        .bind("checklist", it.checklist)
        .bind("report", it.report)
        .bind("digest", it.digest)
        .bind("officer", it.officer.0)
        .bind("officer_name", it.officer.1)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Nobody visits any more: the application went another way.
pub(crate) async fn cancel(tx: &mut Tx, application: Uuid, now: Instant64) -> Result<(), DbError> {
    tx.run(query(CANCEL).bind("application", application).bind("now", now)).await.map(|_| ())
}

/// The report, sealed.
pub(crate) async fn sealed(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Option<Vec<u8>>, DbError> {
    let found: Option<(Uuid, Option<Vec<u8>>)> = db.find(scope.on(query(SEALED).bind("id", id), &COLUMNS)).await?;
    Ok(found.and_then(|it| it.1))
}

/// Visits of these applications, in the order in which they were ordered.
pub(crate) fn of_application(application: Uuid) -> Condition {
    Condition::eq("v.application_id", application)
}

/// Of these accounts, or of nobody.
pub(crate) fn of_officer(officer: Option<Uuid>) -> Condition {
    match officer {
        Some(id) => Condition::eq("v.officer_id", Value::from(id)),
        None => Condition::wrapped("(v.officer_id is null and ", Condition::always(), ")"),
    }
}

/// Those whose officer follows from who answers for the enterprise, and those that have none.
pub(crate) fn follows_duty() -> Condition {
    Condition::wrapped("((v.by_duty or v.officer_id is null) and ", Condition::eq("v.state", "planned"), ")")
}

/// Those that have no day yet.
pub(crate) fn without_day() -> Condition {
    Condition::wrapped("(v.planned_on is null and ", Condition::always(), ")")
}
