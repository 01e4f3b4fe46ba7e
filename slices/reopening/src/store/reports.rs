//! SQL of daily reports and of who owes one.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::reports::model::Figures;

const UNIT: Columns = Columns::new(Some("u.area_code"), Some("u.enterprise_id"), Some("u.site_id"));
const COLUMNS: Columns = Columns::new(Some("d.area_code"), Some("d.enterprise_id"), Some("d.site_id"));

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-day", columns: "d.day, d.id", order: "d.day desc, d.id desc", descending: true },
    Sort {
        name: "-changed_at",
        columns: "d.changed_at, d.id",
        order: "d.changed_at desc, d.id desc",
        descending: true,
    },
];
pub(crate) const UNIT_SORTS: &[Sort] = &[
    Sort { name: "name", columns: "u.name_key, u.id", order: "u.name_key, u.id", descending: false },
    Sort { name: "id", columns: "u.id", order: "u.id", descending: false },
];

/// Who reports: enterprises with an open site that is no construction project, and open construction projects.
macro_rules! units {
    () => {
        "(select e.id as id, e.id as enterprise_id, null as site_id, e.area_code as area_code, e.name as name, \
        e.name_key as name_key, e.name as enterprise_name from enterprise e where exists (select 1 from site s \
        where s.enterprise_id = e.id and s.open_state = 'open' and s.kind <> 'construction_project') \
        union all \
        select s.id as id, s.enterprise_id as enterprise_id, s.id as site_id, s.area_code as area_code, s.name as name, \
        s.name_key as name_key, e.name as enterprise_name from site s join enterprise e on e.id = s.enterprise_id \
        where s.open_state = 'open' and s.kind = 'construction_project') u"
    };
}

const UNITS: &str = concat!(
    "select u.id, u.enterprise_id, u.site_id, u.area_code, a.name as area_name, u.name, u.name_key, u.enterprise_name, \
    (select max(m.reminded_at) from report_reminder m where m.unit_id = u.id) as reminded_at, \
    (select max(p.day) from daily_report p where p.unit_id = u.id) as last_day from ",
    units!(),
    " join area a on a.code = u.area_code where {scope} and {filter} order by {order} limit :limit"
);
const COUNT_UNITS: &str = concat!("select count(*) from ", units!(), " where {scope} and {filter}");
const SITES: &str = "select s.id from site s where s.open_state = 'open' and {filter}";

const LIST: &str = "select d.id, d.unit_id, d.enterprise_id, d.site_id, d.area_code, a.name as area_name, e.name as enterprise_name, \
    (select s.name from site s where s.id = d.site_id) as site_name, d.day, d.planned, d.on_duty, d.from_affected, d.abnormal, \
    d.isolated, d.electricity_kwh, d.note, d.seen, d.seen_at, d.doubts, d.late, d.revision, d.filed_by, d.filed_at, d.changed_at \
    from daily_report d join enterprise e on e.id = d.enterprise_id join area a on a.code = d.area_code \
    where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str =
    "select count(*) from daily_report d join enterprise e on e.id = d.enterprise_id where {scope} and {filter}";
const SUMS: &str = "select count(*) as reports, coalesce(cast(sum(d.planned) as bigint), 0) as planned, \
    coalesce(cast(sum(d.on_duty) as bigint), 0) as on_duty, \
    coalesce(cast(sum(d.from_affected) as bigint), 0) as from_affected, \
    coalesce(cast(sum(d.abnormal) as bigint), 0) as abnormal, coalesce(cast(sum(d.isolated) as bigint), 0) as isolated, \
    coalesce(cast(sum(case when d.doubts = '' then 0 else 1 end) as bigint), 0) as doubtful \
    from daily_report d join enterprise e on e.id = d.enterprise_id where {scope} and {filter}";
const INSERT: &str = "insert into daily_report (id, unit_id, enterprise_id, site_id, area_code, day, planned, on_duty, \
    from_affected, abnormal, isolated, electricity_kwh, note, doubts, late, revision, filed_by, filed_at, changed_at, seen, \
    seen_at) values (:id, :unit, :enterprise, :site, :area, :day, :planned, :on_duty, :from_affected, :abnormal, :isolated, \
    :kwh, :note, :doubts, :late, 1, :by, :now, :now, :seen, null)";
const CORRECT: &str = "update daily_report set planned = :planned, on_duty = :on_duty, from_affected = :from_affected, \
    abnormal = :abnormal, isolated = :isolated, electricity_kwh = :kwh, note = :note, doubts = :doubts, seen = :seen, \
    revision = revision + 1, filed_by = :by, changed_at = :now where id = :id and revision = :revision";
const UNSEEN: &str = "select d.id, d.unit_id, d.enterprise_id, d.site_id, d.day from daily_report d \
    where d.seen_at is null and d.day < :today and {scope} order by d.day, d.id limit :limit";
const SEE: &str = "update daily_report set seen = :seen, seen_at = :now, doubts = :doubts where id = :id";
const REMIND: &str = "insert into report_reminder (unit_id, day, reminded_at, reminded_by) values {rows} \
    on conflict (unit_id, day) do update set reminded_at = excluded.reminded_at, reminded_by = excluded.reminded_by";

db::row! {
    /// A unit: when it was last reminded, and the latest day of which it reported.
    #[derive(Debug, Clone)]
    pub(crate) struct UnitRow {
        pub(crate) id: Uuid,
        pub(crate) enterprise_id: Uuid,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) enterprise_name: String,
        pub(crate) reminded_at: Option<i64>,
        pub(crate) last_day: Option<String>,
    }
}

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct ReportRow {
        pub(crate) id: Uuid,
        pub(crate) unit_id: Uuid,
        pub(crate) enterprise_id: Uuid,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) enterprise_name: String,
        pub(crate) site_name: Option<String>,
        pub(crate) day: String,
        pub(crate) planned: i64,
        pub(crate) on_duty: i64,
        pub(crate) from_affected: i64,
        pub(crate) abnormal: i64,
        pub(crate) isolated: i64,
        pub(crate) electricity_kwh: Option<i64>,
        pub(crate) note: String,
        pub(crate) seen: Option<i64>,
        pub(crate) seen_at: Option<i64>,
        pub(crate) doubts: String,
        pub(crate) late: bool,
        pub(crate) revision: i64,
        pub(crate) filed_by: String,
        pub(crate) filed_at: i64,
        pub(crate) changed_at: i64,
    }
}

db::row! {
    /// Reports added up.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct SumsRow {
        pub(crate) reports: i64,
        pub(crate) planned: i64,
        pub(crate) on_duty: i64,
        pub(crate) from_affected: i64,
        pub(crate) abnormal: i64,
        pub(crate) isolated: i64,
        pub(crate) doubtful: i64,
    }
}

db::row! {
    /// A report whose day is over and whose gates nobody has looked at since.
    #[derive(Debug, Clone)]
    pub(crate) struct UnseenRow {
        pub(crate) id: Uuid,
        pub(crate) unit_id: Uuid,
        pub(crate) enterprise_id: Uuid,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) day: String,
    }
}

impl ReportRow {
    pub(crate) fn figures(&self) -> Figures {
        Figures {
            planned: self.planned,
            on_duty: self.on_duty,
            from_affected: self.from_affected,
            abnormal: self.abnormal,
            isolated: self.isolated,
            electricity_kwh: self.electricity_kwh,
        }
    }
}

/// Part of a unit's or its enterprise's name.
pub(crate) fn unit_searched(text: &str) -> Condition {
    Condition::contains("u.name_key", &kernel::text::fold(text))
}

pub(crate) fn unit_is(id: Uuid) -> Condition {
    Condition::eq("u.id", id)
}

pub(crate) fn unit_in(area: (String, String)) -> Condition {
    Condition::range("u.area_code", area.0, area.1)
}

/// Has said nothing of the day.
pub(crate) fn missing(day: &str) -> Condition {
    let of_day = Condition::eq("d.day", day);
    Condition::wrapped("not exists (select 1 from daily_report d where d.unit_id = u.id and ", of_day, ")")
}

/// Was reminded of this day since a moment.
pub(crate) fn reminded(day: &str, since: Instant64) -> Condition {
    let which = Condition::all([Condition::eq("m.day", day), Condition::at_least("m.reminded_at", since)]);
    Condition::wrapped("exists (select 1 from report_reminder m where m.unit_id = u.id and ", which, ")")
}

/// Was not.
pub(crate) fn not_reminded(day: &str, since: Instant64) -> Condition {
    Condition::wrapped("not ", reminded(day, since), "")
}

pub(crate) async fn units(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<UnitRow>, DbError> {
    let question = query(UNITS).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &UNIT)).await
}

pub(crate) async fn count_units(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT_UNITS).condition("filter", filter), &UNIT)).await
}

pub(crate) async fn unit(db: &mut impl Read, scope: &Scope, id: Uuid) -> Result<Option<UnitRow>, DbError> {
    Ok(units(db, scope, unit_is(id), "u.id", 1).await?.pop())
}

/// The open sites whose gates count for a unit: the project itself, or all of an enterprise that are no projects.
pub(crate) async fn sites(db: &mut impl Read, enterprise: Uuid, site: Option<Uuid>) -> Result<Vec<Uuid>, DbError> {
    let which = match site {
        Some(site) => Condition::eq("s.id", site),
        None => {
            let no_project = Condition::literal("s.kind <> 'construction_project'");
            Condition::all([Condition::eq("s.enterprise_id", enterprise), no_project])
        }
    };
    db.all(query(SITES).condition("filter", which)).await
}

/// Part of the enterprise's name.
pub(crate) fn searched(text: &str) -> Condition {
    Condition::contains("e.name_key", &kernel::text::fold(text))
}

/// With something that does not fit together.
pub(crate) fn doubtful() -> Condition {
    Condition::literal("d.doubts <> ''")
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<ReportRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn sums(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<SumsRow, DbError> {
    let found = db.find(scope.on(query(SUMS).condition("filter", filter), &COLUMNS)).await?;
    found.ok_or(DbError::Unreadable("daily_report"))
}

pub(crate) async fn find(
    db: &mut impl Read,
    scope: &Scope,
    unit: Uuid,
    day: &str,
) -> Result<Option<ReportRow>, DbError> {
    let which = Condition::all([Condition::eq("d.unit_id", unit), Condition::eq("d.day", day)]);
    Ok(list(db, scope, which, "d.id", 1).await?.pop())
}

/// The last report before a day.
pub(crate) async fn before(
    db: &mut impl Read,
    scope: &Scope,
    unit: Uuid,
    day: &str,
) -> Result<Option<ReportRow>, DbError> {
    let which = Condition::all([Condition::eq("d.unit_id", unit), Condition::below("d.day", day)]);
    Ok(list(db, scope, which, "d.day desc", 1).await?.pop())
}

/// A report as it is written.
pub(crate) struct Filed<'a> {
    pub(crate) id: Uuid,
    pub(crate) figures: &'a Figures,
    pub(crate) note: &'a str,
    pub(crate) doubts: &'a str,
    pub(crate) seen: Option<i64>,
    pub(crate) by: &'a str,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    unit: &UnitRow,
    day: &str,
    late: bool,
    it: &Filed<'_>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = written(query(INSERT), it, now)
        .bind("unit", unit.id)
        .bind("enterprise", unit.enterprise_id)
        .bind("site", unit.site_id)
        .bind("area", unit.area_code.as_str())
        .bind("day", day)
        .bind("late", late);
    tx.run(row).await.map(|_| ())
}

/// Writes over a report; whether it still was at that revision.
pub(crate) async fn correct(tx: &mut Tx, revision: i64, it: &Filed<'_>, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(written(query(CORRECT), it, now).bind("revision", revision)).await? == 1)
}

fn written(query: db::Query, it: &Filed<'_>, now: Instant64) -> db::Query {
    query
        .bind("id", it.id)
        .bind("planned", it.figures.planned)
        .bind("on_duty", it.figures.on_duty)
        .bind("from_affected", it.figures.from_affected)
        .bind("abnormal", it.figures.abnormal)
        .bind("isolated", it.figures.isolated)
        .bind("kwh", it.figures.electricity_kwh)
        .bind("note", it.note)
        .bind("doubts", it.doubts)
        .bind("seen", it.seen)
        .bind("by", it.by)
        .bind("now", now)
}

/// Reports of days that are over and were not compared with the gates since.
pub(crate) async fn unseen(
    db: &mut impl Read,
    scope: &Scope,
    today: &str,
    limit: i64,
) -> Result<Vec<UnseenRow>, DbError> {
    db.all(scope.on(query(UNSEEN).bind("today", today).bind("limit", limit), &COLUMNS)).await
}

pub(crate) async fn see(tx: &mut Tx, id: Uuid, seen: Option<i64>, doubts: &str, now: Instant64) -> Result<(), DbError> {
    tx.run(query(SEE).bind("id", id).bind("seen", seen).bind("doubts", doubts).bind("now", now)).await.map(|_| ())
}

pub(crate) async fn remind(tx: &mut Tx, units: &[Uuid], day: &str, by: &str, now: Instant64) -> Result<(), DbError> {
    let row = |id: &Uuid| vec![Value::from(*id), Value::from(day), Value::from(now), Value::from(by)];
    tx.insert(REMIND, units.iter().map(row).collect()).await.map(|_| ())
}
