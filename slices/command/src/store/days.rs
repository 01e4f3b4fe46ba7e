//! SQL of days: rows as they were computed, and which days there are.

use access::Scope;
use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;

use super::{COLUMNS, OfDay, values};
use crate::statistics::model::{DayCounts, Group};

const READ: &str = "select d.day, d.area_code, d.industry_section, d.size_class, {columns} from statistic_day d \
    where d.day = :day and {scope}";
const WRITE: &str = "insert into statistic_day (day, area_code, industry_section, size_class, {columns}) values {rows} \
    on conflict (day, area_code, industry_section, size_class) do update set {overwritten}";
const DROP: &str = "delete from statistic_day as d where d.day = :day and d.area_code = :area \
    and d.industry_section = :section and d.size_class = :size and {scope}";
const LIST: &str = "select d.day, d.area_code, d.industry_section, d.size_class, {columns} from statistic_day d \
    where {scope} and {filter} and {after} order by d.day, d.area_code, d.industry_section, d.size_class limit :limit";
const COUNT: &str = "select count(*) from statistic_day d where {scope} and {filter}";
const STATES: &str =
    "select day, computed_at, closed from statistic_state where day >= :from and day <= :until order by day";
const LATEST: &str = "select day, computed_at, closed from statistic_state order by day desc limit 1";
const SET_STATE: &str = "insert into statistic_state (day, computed_at, closed) values (:day, :now, :closed) \
    on conflict (day) do update set computed_at = excluded.computed_at, closed = excluded.closed";

db::row! {
    /// When a day was computed.
    #[derive(Debug, Clone)]
    pub(crate) struct StateRow {
        pub(crate) day: String,
        pub(crate) computed_at: i64,
        pub(crate) closed: bool,
    }
}

pub(crate) async fn read(db: &mut impl Read, scope: &Scope, day: &str) -> Result<Vec<OfDay<DayCounts>>, DbError> {
    let question = query(READ).part("columns", DayCounts::COLUMNS).bind("day", day);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn write(tx: &mut Tx, day: &str, rows: &[(Group, DayCounts)]) -> Result<(), DbError> {
    let statement = query(WRITE).part("columns", DayCounts::COLUMNS).part("overwritten", DayCounts::OVERWRITTEN);
    let rows = rows.iter().map(|(group, counts)| values(day, group, counts.values())).collect();
    tx.run_of(statement, rows).await.map(|_| ())
}

pub(crate) async fn drop(tx: &mut Tx, scope: &Scope, day: &str, group: &Group) -> Result<(), DbError> {
    let statement = query(DROP)
        .bind("day", day)
        .bind("area", &group.area)
        .bind("section", &group.section)
        .bind("size", &group.size);
    tx.run(scope.on(statement, &COLUMNS)).await.map(|_| ())
}

/// Which rows are asked for; without a first day those of all days that come until then.
pub(crate) fn filter(
    from: Option<&str>,
    until: &str,
    area: Option<(String, String)>,
    section: Option<&str>,
    size: Option<&str>,
) -> Condition {
    // A day is text of one form: what follows the last one is the first that is not asked for.
    let parts = [
        from.map(|it| Condition::at_least("d.day", it)),
        Some(Condition::below("d.day", format!("{until}~"))),
        area.map(|(from, until)| Condition::range("d.area_code", from, until)),
        section.map(|it| Condition::eq("d.industry_section", it)),
        size.map(|it| Condition::eq("d.size_class", it)),
    ];
    Condition::all(parts.into_iter().flatten())
}

/// Rows in the order of their key, after one of them.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    after: Option<&OfDay<DayCounts>>,
    limit: i64,
) -> Result<Vec<OfDay<DayCounts>>, DbError> {
    let after = after.map_or_else(Condition::always, |it| {
        let key = [&it.day, &it.group.area, &it.group.section, &it.group.size].map(|it| it.into()).to_vec();
        Condition::after("d.day, d.area_code, d.industry_section, d.size_class", key, false)
    });
    let question = query(LIST).part("columns", DayCounts::COLUMNS).condition("filter", filter);
    db.all(scope.on(question.condition("after", after).bind("limit", limit), &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn states(db: &mut impl Read, from: &str, until: &str) -> Result<Vec<StateRow>, DbError> {
    db.all(query(STATES).bind("from", from).bind("until", until)).await
}

/// The last day there is.
pub(crate) async fn latest(db: &mut impl Read) -> Result<Option<StateRow>, DbError> {
    db.find(query(LATEST)).await
}

pub(crate) async fn set_state(tx: &mut Tx, day: &str, closed: bool, now: Instant64) -> Result<(), DbError> {
    tx.run(query(SET_STATE).bind("day", day).bind("closed", closed).bind("now", now)).await.map(|_| ())
}
