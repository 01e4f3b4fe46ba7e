//! SQL of premises.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::officers::model::{NewPremises, PremisesId};

/// Premises are reached by their area and by themselves.
pub(crate) const COLUMNS: Columns = Columns::new(Some("m.area_code"), None, None).inside("m.id");

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "m.id", order: "m.id desc", descending: true },
    Sort { name: "name", columns: "m.name_key, m.id", order: "m.name_key, m.id", descending: false },
];

const LIST: &str = "select m.id, m.kind, m.area_code, a.name as area_name, m.name, m.name_key, m.address, m.lon_deg, \
    m.lat_deg, m.created_at, (select count(*) from site s where s.premises_id = m.id) as sites \
    from premises m join area a on a.code = m.area_code where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from premises m where {scope} and {filter}";
const INSERT: &str = "insert into premises (id, kind, area_code, name, name_key, address, lon_deg, lat_deg, created_at) \
    values (:id, :kind, :area, :name, :name_key, :address, :lon_deg, :lat_deg, :now)";
const INSERT_ALL: &str = "insert into premises (id, kind, area_code, name, name_key, address, lon_deg, lat_deg, \
    created_at) values {rows}";
const UPDATE: &str = "update premises as m set kind = :kind, area_code = :area, name = :name, name_key = :name_key, \
    address = :address, lon_deg = :lon_deg, lat_deg = :lat_deg where m.id = :id and {scope}";

const ALL_COMPARED: &str = "select m.id, m.kind, m.area_code, m.name, m.address from premises m \
    where {after} order by m.id limit :limit";
const NAMES: &str = "select m.id, m.name from premises m where {scope} and {filter}";
const REMOVE: &str = "delete from premises as m where m.id = :id and {scope}";

/// Premises read at once when findings are compared with all of them.
const PIECE: i64 = 5_000;

db::row! {
    /// What of premises is compared with what a census found.
    pub(crate) struct ComparedRow {
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) area_code: String,
        pub(crate) name: String,
        pub(crate) address: String,
    }
}

db::row! {
    pub(crate) struct PremisesRow {
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) address: String,
        pub(crate) lon_deg: Option<f64>,
        pub(crate) lat_deg: Option<f64>,
        pub(crate) created_at: i64,
        pub(crate) sites: i64,
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<PremisesRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: PremisesId) -> Result<Option<PremisesRow>, DbError> {
    Ok(list(db, scope, Condition::eq("m.id", id.uuid()), "m.id", 1).await?.pop())
}

/// Names of those of these premises that lie inside the scope.
pub(crate) async fn names(db: &mut impl Read, scope: &Scope, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    let which = Condition::one_of("m.id", ids.iter().map(|it| Value::from(*it)));
    db.all(scope.on(query(NAMES).condition("filter", which), &COLUMNS)).await
}

/// Names that one question names, and the most premises it finds.
const NAMES_AT_ONCE: usize = 500;
const FOUND_MOST: i64 = 20_000;

/// Those inside the scope with one of these names.
pub(crate) async fn named(db: &mut impl Read, scope: &Scope, keys: &[String]) -> Result<Vec<PremisesRow>, DbError> {
    let mut rows = Vec::new();
    for some in keys.chunks(NAMES_AT_ONCE) {
        let which = Condition::one_of("m.name_key", some.iter().map(|it| Value::from(it.as_str())));
        rows.extend(list(db, scope, which, "m.id desc", FOUND_MOST).await?);
    }
    Ok(rows)
}

pub(crate) async fn insert_all(tx: &mut Tx, new: &[(PremisesId, NewPremises)], now: Instant64) -> Result<(), DbError> {
    let row = |(id, it): &(PremisesId, NewPremises)| {
        vec![
            id.uuid().into(),
            it.kind.code().into(),
            it.area.as_str().into(),
            it.name.as_str().into(),
            it.name.key().into(),
            it.address.as_str().into(),
            it.position.map(|it| it.lon_deg).into(),
            it.position.map(|it| it.lat_deg).into(),
            now.into(),
        ]
    };
    tx.insert(INSERT_ALL, new.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewPremises, now: Instant64) -> Result<PremisesId, DbError> {
    let id = PremisesId::new(now);
    tx.run(filled(query(INSERT), id, new).bind("now", now)).await?;
    Ok(id)
}

pub(crate) async fn update(tx: &mut Tx, scope: &Scope, id: PremisesId, to: &NewPremises) -> Result<bool, DbError> {
    Ok(tx.run(scope.on(filled(query(UPDATE), id, to), &COLUMNS)).await? == 1)
}

/// Takes premises out of the register again on which nothing hangs.
///
/// # Errors
/// [`DbError::Constraint`] when something does.
pub(crate) async fn remove(tx: &mut Tx, scope: &Scope, id: PremisesId) -> Result<bool, DbError> {
    Ok(tx.run(scope.on(query(REMOVE).bind("id", id.uuid()), &COLUMNS)).await? == 1)
}

/// All of them, for comparing what a census found.
pub(crate) async fn all_compared(db: &mut impl Read) -> Result<Vec<ComparedRow>, DbError> {
    let mut rows: Vec<ComparedRow> = Vec::new();
    loop {
        let after =
            rows.last().map_or_else(Condition::always, |it| Condition::after("m.id", vec![it.id.into()], false));
        let page = db.all(query(ALL_COMPARED).condition("after", after).bind("limit", PIECE)).await?;
        let is_last = i64::try_from(page.len()).unwrap_or(i64::MAX) < PIECE;
        rows.extend(page);
        if is_last {
            return Ok(rows);
        }
    }
}

fn filled(statement: db::Query, id: PremisesId, to: &NewPremises) -> db::Query {
    statement
        .bind("id", id.uuid())
        .bind("kind", to.kind.code())
        .bind("area", to.area.as_str())
        .bind("name", to.name.as_str())
        .bind("name_key", to.name.key())
        .bind("address", to.address.as_str())
        .bind("lon_deg", to.position.map(|it| it.lon_deg))
        .bind("lat_deg", to.position.map(|it| it.lat_deg))
}
