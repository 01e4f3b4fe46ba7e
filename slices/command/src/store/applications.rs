//! SQL of applications by the day they were sent, and of how long they waited.

use std::collections::{BTreeMap, BTreeSet};

use access::Scope;
use db::{Condition, DbError, FromRow, Read, Row, Tx, Value, query};

use super::{COLUMNS, Named, OfDay, group, values};
use crate::statistics::model::{ApplicationCounts, Group, Wait, Waited};

const READ: &str = "select d.day, d.area_code, d.industry_section, d.size_class, {columns} from statistic_application d \
    where {scope} and {days}";
const BEGUN: &str = "select coalesce(cast(sum(d.begun) as bigint), 0) from statistic_application d where {scope}";
const FOLLOWED: &str = "select until_at, whole_at, calendar from statistic_followed where id = 1";
const SET_FOLLOWED: &str = "insert into statistic_followed (id, until_at, whole_at, calendar) \
    values (1, :until, :whole, :calendar) on conflict (id) do update set until_at = excluded.until_at, \
    whole_at = excluded.whole_at, calendar = excluded.calendar";
const WRITE: &str = "insert into statistic_application (day, area_code, industry_section, size_class, {columns}) \
    values {rows} on conflict (day, area_code, industry_section, size_class) do update set {overwritten}";
const DROP: &str = "delete from statistic_application as d where d.day = :day and d.area_code = :area \
    and d.industry_section = :section and d.size_class = :size and {scope}";
const DAYS: &str = "select d.day as name, {summed} from statistic_application d where {scope} and {filter} \
    group by d.day order by d.day";
const READ_WAITS: &str = "select d.day, d.area_code, d.industry_section, d.size_class, d.wait, d.hours, d.n \
    from statistic_wait d where {scope} and {days}";
const WRITE_WAITS: &str = "insert into statistic_wait (day, area_code, industry_section, size_class, wait, hours, n) \
    values {rows} on conflict (day, area_code, industry_section, size_class, wait, hours) do update set n = excluded.n";
const DROP_WAIT: &str = "delete from statistic_wait as d where d.day = :day and d.area_code = :area \
    and d.industry_section = :section and d.size_class = :size and d.wait = :wait and d.hours = :hours and {scope}";
const WAITS: &str = "select d.wait, d.hours, cast(sum(d.n) as bigint) as n from statistic_wait d \
    where {scope} and {filter} group by d.wait, d.hours order by d.wait, d.hours";

/// A day and a group.
pub(crate) type DayGroup = (String, Group);
/// How many of a day and group waited how long.
pub(crate) type Waits = BTreeMap<(DayGroup, Waited), i64>;

struct WaitRow {
    key: (DayGroup, Waited),
    n: i64,
}

impl FromRow for WaitRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let wait = Wait::parse(&row.get::<String>("wait")?).ok_or(DbError::Unreadable("statistic_wait"))?;
        let waited = Waited { wait, hours: row.get("hours")? };
        Ok(Self { key: ((row.get("day")?, group(row)?), waited), n: row.get("n")? })
    }
}

db::row! {
    /// How far sums follow what happened.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct Followed {
        pub(crate) until_at: i64,
        /// When all days were computed.
        pub(crate) whole_at: i64,
        /// By which calendar of working days.
        pub(crate) calendar: String,
    }
}

/// How far sums follow; nothing before the first time.
pub(crate) async fn followed(db: &mut impl Read) -> Result<Option<Followed>, DbError> {
    db.find(query(FOLLOWED)).await
}

pub(crate) async fn set_followed(tx: &mut Tx, it: &Followed) -> Result<(), DbError> {
    let statement = query(SET_FOLLOWED).bind("until", it.until_at).bind("whole", it.whole_at);
    tx.run(statement.bind("calendar", &it.calendar)).await.map(|_| ())
}

/// Applications that sums know.
pub(crate) async fn begun(db: &mut impl Read, scope: &Scope) -> Result<i64, DbError> {
    db.count(scope.on(query(BEGUN), &COLUMNS)).await
}

/// What is stored of these days, or of all, to be compared with what was computed.
pub(crate) async fn read(
    db: &mut impl Read,
    scope: &Scope,
    days: Option<&BTreeSet<String>>,
) -> Result<Vec<OfDay<ApplicationCounts>>, DbError> {
    let question = query(READ).part("columns", ApplicationCounts::COLUMNS).condition("days", of(days));
    db.all(scope.on(question, &COLUMNS)).await
}

fn of(days: Option<&BTreeSet<String>>) -> Condition {
    days.map_or_else(Condition::always, |it| Condition::one_of("d.day", it.iter().map(Value::from)))
}

pub(crate) async fn write(tx: &mut Tx, rows: &[(DayGroup, ApplicationCounts)]) -> Result<(), DbError> {
    let statement =
        query(WRITE).part("columns", ApplicationCounts::COLUMNS).part("overwritten", ApplicationCounts::OVERWRITTEN);
    let rows = rows.iter().map(|((day, group), counts)| values(day, group, counts.values())).collect();
    tx.run_of(statement, rows).await.map(|_| ())
}

fn keyed(text: &'static str, (day, group): &DayGroup) -> db::Query {
    query(text).bind("day", day).bind("area", &group.area).bind("section", &group.section).bind("size", &group.size)
}

pub(crate) async fn drop(tx: &mut Tx, scope: &Scope, key: &DayGroup) -> Result<(), DbError> {
    tx.run(scope.on(keyed(DROP, key), &COLUMNS)).await.map(|_| ())
}

/// As [`read`].
pub(crate) async fn read_waits(
    db: &mut impl Read,
    scope: &Scope,
    days: Option<&BTreeSet<String>>,
) -> Result<Waits, DbError> {
    let rows: Vec<WaitRow> = db.all(scope.on(query(READ_WAITS).condition("days", of(days)), &COLUMNS)).await?;
    Ok(rows.into_iter().map(|it| (it.key, it.n)).collect())
}

pub(crate) async fn write_waits(tx: &mut Tx, rows: &[((DayGroup, Waited), i64)]) -> Result<(), DbError> {
    let row = |(((day, group), waited), n): &((DayGroup, Waited), i64)| {
        let mut row = values(day, group, std::iter::empty());
        row.extend([Value::from(waited.wait.code()), Value::from(waited.hours), Value::from(*n)]);
        row
    };
    tx.insert(WRITE_WAITS, rows.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn drop_wait(tx: &mut Tx, scope: &Scope, (key, waited): &(DayGroup, Waited)) -> Result<(), DbError> {
    let statement = keyed(DROP_WAIT, key).bind("wait", waited.wait.code()).bind("hours", waited.hours);
    tx.run(scope.on(statement, &COLUMNS)).await.map(|_| ())
}

/// Counts by the day of sending.
pub(crate) async fn days(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
) -> Result<Vec<Named<ApplicationCounts>>, DbError> {
    let question = query(DAYS).part("summed", ApplicationCounts::SUMMED).condition("filter", filter);
    db.all(scope.on(question, &COLUMNS)).await
}

/// How many waited how long: what for, hours, number.
pub(crate) async fn waits(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
) -> Result<Vec<(String, i64, i64)>, DbError> {
    db.all(scope.on(query(WAITS).condition("filter", filter), &COLUMNS)).await
}
