//! SQL of areas. The tree itself is no secret: every signed-in principal may read it.

use std::collections::HashMap;

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::{AreaCode, Instant64};

use crate::model::Area;

const LIST: &str = "select code, name, kind, parent_code, valid_from, valid_until from area \
                    where {filter} and {after} order by code limit :limit";
const COUNT: &str = "select count(*) from area where {filter}";
const FIND: &str = "select code, name, kind, parent_code, valid_from, valid_until from area where code = :code";
const EXISTS: &str = "select count(*) from area where code = :code and (valid_until is null or valid_until > :now)";
const DISTRICT: &str = "select code from area where kind = 'district' order by code limit 1";
const NAMES: &str = "select code, name from area where valid_until is null or valid_until > :now";
const NAMED: &str = "select code, name from area where {which}";
const CHILDREN: &str = "select code, name from area where parent_code = :parent \
    and (valid_until is null or valid_until > :now) and {after} order by code limit :limit";
const UPSERT: &str = "insert into area (code, name, name_key, kind, parent_code, valid_from) values {rows} \
    on conflict (code) do update set name = excluded.name, name_key = excluded.name_key";

db::row! {
    pub(crate) struct AreaRow {
        pub(crate) code: String,
        pub(crate) name: String,
        pub(crate) kind: String,
        pub(crate) parent_code: Option<String>,
        pub(crate) valid_from: i64,
        pub(crate) valid_until: Option<i64>,
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    filter: Condition,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<AreaRow>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::after("code", vec![it.into()], false));
    let question = query(LIST).condition("filter", filter).condition("after", after).bind("limit", limit);
    db.all(question).await
}

pub(crate) async fn count(db: &mut impl Read, filter: Condition) -> Result<i64, DbError> {
    db.count(query(COUNT).condition("filter", filter)).await
}

pub(crate) async fn find(db: &mut impl Read, code: &AreaCode) -> Result<Option<AreaRow>, DbError> {
    db.find(query(FIND).bind("code", code.as_str())).await
}

/// Names of these areas, by code; those of codes that are over, too.
pub async fn area_names(db: &mut impl Read, codes: &[String]) -> Result<HashMap<String, String>, DbError> {
    let which = Condition::one_of("code", codes.iter().map(|it| Value::from(it.as_str())));
    let rows: Vec<(String, String)> = db.all(query(NAMED).condition("which", which)).await?;
    Ok(rows.into_iter().collect())
}

/// Children in force of an area, by code, after one of them: code and name.
pub async fn area_children(
    db: &mut impl Read,
    parent: &AreaCode,
    after: Option<&str>,
    limit: i64,
    now: Instant64,
) -> Result<Vec<(String, String)>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::after("code", vec![it.into()], false));
    let question = query(CHILDREN).bind("parent", parent.as_str()).condition("after", after);
    db.all(question.bind("limit", limit).bind("now", now)).await
}

/// Whether the code is in force.
pub async fn exists(db: &mut impl Read, code: &AreaCode, now: Instant64) -> Result<bool, DbError> {
    Ok(db.count(query(EXISTS).bind("code", code.as_str()).bind("now", now)).await? == 1)
}

/// The district that this installation serves: the first there is.
pub async fn district_code(db: &mut impl Read) -> Result<Option<String>, DbError> {
    db.find(query(DISTRICT)).await
}

/// The names of all areas in force, by code: what an import compares with.
pub(crate) async fn names_in_force(db: &mut impl Read, now: Instant64) -> Result<HashMap<String, String>, DbError> {
    let rows: Vec<(String, String)> = db.all(query(NAMES).bind("now", now)).await?;
    Ok(rows.into_iter().collect())
}

/// Adds an area or renames it.
pub(crate) async fn upsert(tx: &mut Tx, area: &Area) -> Result<(), DbError> {
    upsert_all(tx, [area].into_iter()).await
}

/// The same for many.
pub(crate) async fn upsert_all(tx: &mut Tx, areas: impl Iterator<Item = &Area>) -> Result<(), DbError> {
    let row = |area: &Area| {
        vec![
            Value::from(area.code.as_str()),
            Value::from(area.name.as_str()),
            Value::from(kernel::text::fold(&area.name)),
            Value::from(area.code.kind().code()),
            Value::from(area.code.parent().map(|it| it.as_str().to_owned())),
            Value::from(area.valid_from),
        ]
    };
    tx.insert(UPSERT, areas.map(row).collect()).await.map(|_| ())
}
