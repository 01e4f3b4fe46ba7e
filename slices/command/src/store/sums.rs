//! SQL of sums: what a page reads.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};

use super::{COLUMNS, Named, OfDay, values};
use crate::statistics::model::{ALL, DayCounts, Dimension, Group, SECTIONS, SIZES};

const READ: &str = "select d.day, d.area_code, d.industry_section, d.size_class, {columns} from statistic_sum d \
    where d.day = :day and {scope}";
const WRITE: &str = "insert into statistic_sum (day, area_code, industry_section, size_class, {columns}) values {rows} \
    on conflict (area_code, industry_section, size_class, day) do update set {overwritten}";
const DROP: &str = "delete from statistic_sum as d where d.day = :day and d.area_code = :area \
    and d.industry_section = :section and d.size_class = :size and {scope}";
const SERIES: &str = "select d.day as name, {summed} from statistic_sum d where {scope} and {areas} \
    and d.industry_section = :section and d.size_class = :size and d.day >= :from and d.day <= :until \
    group by d.day order by d.day";
const TABLE: &str = "select {area} as area_code, {section} as industry_section, {size} as size_class, {day} as day, {summed} \
    from statistic_sum d where {scope} and {areas} and {sections} and {sizes} and d.day >= :from and d.day <= :until \
    group by 1, 2, 3, 4 order by 1, 2, 3, 4 limit :limit";

/// What stands in place of a key by which nothing is broken down.
const NOTHING: &str = "cast('' as text)";

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

/// Which sums are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked<'a> {
    /// Areas that do not lie in each other.
    pub(crate) areas: &'a [String],
    pub(crate) section: Option<&'a str>,
    pub(crate) size: Option<&'a str>,
    pub(crate) from: &'a str,
    pub(crate) until: &'a str,
}

fn listed(column: &'static str, values: impl IntoIterator<Item = impl Into<Value>>) -> Condition {
    Condition::one_of(column, values.into_iter().map(Into::into))
}

/// The sums of each day.
pub(crate) async fn series(
    db: &mut impl Read,
    scope: &Scope,
    asked: &Asked<'_>,
) -> Result<Vec<Named<DayCounts>>, DbError> {
    let question = query(SERIES)
        .part("summed", DayCounts::SUMMED)
        .condition("areas", listed("d.area_code", asked.areas))
        .bind("section", asked.section.unwrap_or(ALL))
        .bind("size", asked.size.unwrap_or(ALL))
        .bind("from", asked.from)
        .bind("until", asked.until);
    db.all(scope.on(question, &COLUMNS)).await
}

/// The sums by some of the dimensions.
pub(crate) async fn table(
    db: &mut impl Read,
    scope: &Scope,
    asked: &Asked<'_>,
    by: &[Dimension],
    limit: i64,
) -> Result<Vec<OfDay<DayCounts>>, DbError> {
    let key = |dimension, column: &'static str| if by.contains(&dimension) { column } else { NOTHING };
    let sections = match (asked.section, by.contains(&Dimension::Industry)) {
        (Some(one), _) => Condition::eq("d.industry_section", one),
        (None, true) => listed("d.industry_section", SECTIONS.iter().copied()),
        (None, false) => Condition::eq("d.industry_section", ALL),
    };
    let sizes = match (asked.size, by.contains(&Dimension::Size)) {
        (Some(one), _) => Condition::eq("d.size_class", one),
        (None, true) => listed("d.size_class", SIZES.iter().copied()),
        (None, false) => Condition::eq("d.size_class", ALL),
    };
    let question = query(TABLE)
        .part("area", key(Dimension::Area, "d.area_code"))
        .part("section", key(Dimension::Industry, "d.industry_section"))
        .part("size", key(Dimension::Size, "d.size_class"))
        .part("day", key(Dimension::Day, "d.day"))
        .part("summed", DayCounts::SUMMED)
        .condition("areas", listed("d.area_code", asked.areas))
        .condition("sections", sections)
        .condition("sizes", sizes)
        .bind("from", asked.from)
        .bind("until", asked.until)
        .bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}
