//! SQL of gates.

use access::Scope;
use db::{Condition, DbError, Read, Tx, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::SITE;
use crate::model::{Direction, GateId, NewGate};

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "g.id", order: "g.id desc", descending: true },
    Sort { name: "name", columns: "g.name_key, g.id", order: "g.name_key, g.id", descending: false },
];

const LIST: &str = "select g.id, g.site_id, s.name as site_name, g.name, g.name_key, g.direction, g.lanes, g.closed, \
    g.created_at, (select count(*) from device d where d.gate_id = g.id) as devices, \
    (select e.credit_code from enterprise e where e.id = s.enterprise_id) as enterprise_code \
    from gate g join site s on s.id = g.site_id where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from gate g join site s on s.id = g.site_id where {scope} and {filter}";
const INSERT: &str = "insert into gate (id, site_id, name, name_key, direction, lanes, closed, created_at) \
    values (:id, :site, :name, :name_key, :direction, :lanes, :closed, :now)";
const INSERT_ALL: &str =
    "insert into gate (id, site_id, name, name_key, direction, lanes, closed, created_at) values {rows}";
const UPDATE: &str = "update gate set name = :name, name_key = :name_key, direction = :direction, lanes = :lanes, \
    closed = :closed where id = :id and exists (select 1 from site s where s.id = gate.site_id and {scope})";
const PLACE: &str = "select g.id, g.site_id, g.name, g.direction, g.lanes, g.closed, s.name as site_name, \
    s.enterprise_id, s.area_code, s.open_state from gate g join site s on s.id = g.site_id where {scope} and {filter}";

db::row! {
    pub(crate) struct GateRow {
        pub(crate) id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) site_name: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) direction: String,
        pub(crate) lanes: i64,
        pub(crate) closed: bool,
        pub(crate) created_at: i64,
        pub(crate) devices: i64,
        pub(crate) enterprise_code: Option<String>,
    }
}

db::row! {
    /// A gate with what other rooms need of its site.
    #[derive(Debug, Clone)]
    pub struct GatePlace {
        /// The gate.
        pub id: Uuid,
        /// Its site.
        pub site_id: Uuid,
        /// As shown.
        pub name: String,
        /// Code of its direction.
        pub direction: String,
        /// How many lanes.
        pub lanes: i64,
        /// Whether it is closed.
        pub closed: bool,
        /// The site's name.
        pub site_name: String,
        /// The site's enterprise.
        pub enterprise_id: Option<Uuid>,
        /// The site's area.
        pub area_code: String,
        /// Code of the site's open state.
        pub open_state: String,
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<GateRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &SITE)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &SITE)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: GateId) -> Result<Option<GateRow>, DbError> {
    Ok(list(db, scope, Condition::eq("g.id", id.uuid()), "g.id", 1).await?.pop())
}

/// A gate inside the scope.
pub async fn gate_place(db: &mut impl Read, scope: &Scope, id: GateId) -> Result<Option<GatePlace>, DbError> {
    let question = query(PLACE).condition("filter", Condition::eq("g.id", id.uuid()));
    db.find(scope.on(question, &SITE)).await
}

/// The gates of a site inside the scope.
pub async fn gates_of_site(db: &mut impl Read, scope: &Scope, site: Uuid) -> Result<Vec<GatePlace>, DbError> {
    db.all(scope.on(query(PLACE).condition("filter", Condition::eq("g.site_id", site)), &SITE)).await
}

/// Sites that one question names.
const AT_ONCE: usize = 500;

/// The gates of these sites, each named once, inside the scope.
pub(crate) async fn gates_of_sites(
    db: &mut impl Read,
    scope: &Scope,
    sites: &[Uuid],
) -> Result<Vec<GatePlace>, DbError> {
    let mut rows = Vec::new();
    for some in sites.chunks(AT_ONCE) {
        let which = Condition::one_of("g.site_id", some.iter().map(|it| db::Value::from(*it)));
        rows.extend(db.all::<GatePlace>(scope.on(query(PLACE).condition("filter", which), &SITE)).await?);
    }
    Ok(rows)
}

pub(crate) async fn insert_all(tx: &mut Tx, new: &[(GateId, NewGate)], now: Instant64) -> Result<(), DbError> {
    let row = |(id, it): &(GateId, NewGate)| {
        vec![
            id.uuid().into(),
            it.site.uuid().into(),
            it.name.as_str().into(),
            it.name.key().into(),
            it.direction.code().into(),
            it.lanes.into(),
            false.into(),
            now.into(),
        ]
    };
    tx.insert(INSERT_ALL, new.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewGate, now: Instant64) -> Result<GateId, DbError> {
    let id = GateId::new(now);
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("site", new.site.uuid())
        .bind("name", new.name.as_str())
        .bind("name_key", new.name.key())
        .bind("direction", new.direction.code())
        .bind("lanes", new.lanes)
        .bind("closed", false)
        .bind("now", now);
    tx.run(row).await?;
    Ok(id)
}

pub(crate) async fn update(
    tx: &mut Tx,
    scope: &Scope,
    id: GateId,
    name: &kernel::Label,
    direction: Direction,
    lanes: u8,
    closed: bool,
) -> Result<bool, DbError> {
    let row = query(UPDATE)
        .bind("id", id.uuid())
        .bind("name", name.as_str())
        .bind("name_key", name.key())
        .bind("direction", direction.code())
        .bind("lanes", lanes)
        .bind("closed", closed);
    Ok(tx.run(scope.on(row, &SITE)).await? == 1)
}

const NAMES: &str = "select g.id, g.name from gate g where {filter}";

/// Names of gates by their ids, for rows that were reached inside a scope already.
pub async fn gate_names(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    let which = Condition::one_of("g.id", ids.iter().map(|it| db::Value::from(*it)));
    db.all(query(NAMES).condition("filter", which)).await
}
