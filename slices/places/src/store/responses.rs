//! SQL of responses. That there is a response, and on what grounds, is public: every signed-in principal may read it.

use db::{Condition, DbError, Read, Tx, query};
use kernel::time::DAY;
use kernel::{AreaCode, Instant64};
use uuid::Uuid;

use crate::model::ResponseId;

const SELECT_BY: &str = "select r.id, r.area_code, a.name as area_name, r.name, r.legal_basis, r.purposes, r.starts_at, \
    r.ends_at, r.retention_days, r.purged_at from response r join area a on a.code = r.area_code \
    where {filter} and {after} order by r.id desc limit :limit";
const COUNT: &str = "select count(*) from response r where {filter}";
const INSERT: &str = "insert into response (id, area_code, name, legal_basis, purposes, starts_at, ends_at, \
    retention_days, created_at) \
    values (:id, :area, :name, :basis, :purposes, :starts_at, :ends_at, :retention_days, :now)";
const END: &str = "update response set ends_at = :now where id = :id and (ends_at is null or ends_at > :now)";
const ACTIVE: &str = "select id, area_code, name, legal_basis, purposes, starts_at, ends_at, retention_days from response \
    where starts_at <= :now and (ends_at is null or ends_at > :now) order by starts_at, id";
const UNPURGED: &str = "select id, area_code, purposes, starts_at, ends_at, retention_days from response \
    where ends_at is not null and purged_at is null and ends_at <= :now order by ends_at, id limit 200";
const PURGED: &str = "update response set purged_at = :now where id = :id and purged_at is null";

db::row! {
    pub(crate) struct ResponseRow {
        pub(crate) id: Uuid,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) name: String,
        pub(crate) legal_basis: String,
        pub(crate) purposes: String,
        pub(crate) starts_at: i64,
        pub(crate) ends_at: Option<i64>,
        pub(crate) retention_days: i64,
        pub(crate) purged_at: Option<i64>,
    }
}

db::row! {
    struct ActiveRow {
        id: Uuid,
        area_code: String,
        name: String,
        legal_basis: String,
        purposes: String,
        starts_at: i64,
        ends_at: Option<i64>,
        retention_days: i64,
    }
}

db::row! {
    struct EndedRow {
        id: Uuid,
        area_code: String,
        purposes: String,
        starts_at: i64,
        ends_at: i64,
        retention_days: i64,
    }
}

/// A response in force.
#[derive(Debug, Clone)]
pub struct ActiveResponse {
    /// Its id.
    pub id: ResponseId,
    /// Where it holds, with all below.
    pub area: AreaCode,
    /// Its name.
    pub name: String,
    /// On what grounds.
    pub legal_basis: String,
    /// For what.
    pub purposes: Vec<String>,
    /// Since when.
    pub starts_at: Instant64,
    /// Until when, if that is known.
    pub ends_at: Option<Instant64>,
    /// How many days after its end its data is purged.
    pub retention_days: i64,
}

/// A response that is over, and whose data is not purged yet.
#[derive(Debug, Clone)]
pub struct EndedResponse {
    /// Its id.
    pub id: ResponseId,
    /// Where it held.
    pub area: String,
    /// For what.
    pub purposes: Vec<String>,
    /// From when.
    pub starts_at: Instant64,
    /// Until when.
    pub ends_at: Instant64,
    /// When its data goes, as was published at its start.
    pub purge_at: Instant64,
}

/// When the data of a response that ends then is purged.
pub(crate) const fn purge_at(ends_at: Instant64, retention_days: i64) -> Instant64 {
    ends_at.plus(retention_days * DAY)
}

impl ActiveResponse {
    /// Whether it covers this purpose at this place for what happened at `at`. It must be in force now besides: what
    /// is told after its end is not collected any more, whenever it happened.
    pub fn covers(&self, area_code: &str, purpose: &str, at: Instant64) -> bool {
        self.starts_at <= at
            && area_code.starts_with(self.area.as_str())
            && self.purposes.iter().any(|it| it == purpose)
    }
}

/// A response to be started.
pub(crate) struct NewResponse {
    pub(crate) area: AreaCode,
    pub(crate) name: String,
    pub(crate) legal_basis: String,
    pub(crate) purposes: Vec<String>,
    pub(crate) starts_at: Instant64,
    pub(crate) ends_at: Option<Instant64>,
    pub(crate) retention_days: i64,
}

pub(crate) async fn list(
    db: &mut impl Read,
    filter: Condition,
    after: Condition,
    limit: i64,
) -> Result<Vec<ResponseRow>, DbError> {
    db.all(query(SELECT_BY).condition("filter", filter).condition("after", after).bind("limit", limit)).await
}

pub(crate) async fn count(db: &mut impl Read, filter: Condition) -> Result<i64, DbError> {
    db.count(query(COUNT).condition("filter", filter)).await
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewResponse, now: Instant64) -> Result<ResponseId, DbError> {
    let id = ResponseId::new(now);
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("area", new.area.as_str())
        .bind("name", new.name.as_str())
        .bind("basis", new.legal_basis.as_str())
        .bind("purposes", new.purposes.join(","))
        .bind("starts_at", new.starts_at)
        .bind("ends_at", new.ends_at)
        .bind("retention_days", new.retention_days)
        .bind("now", now);
    tx.run(row).await?;
    Ok(id)
}

/// Ends a response; false when it has ended before.
pub(crate) async fn end(tx: &mut Tx, id: ResponseId, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(END).bind("id", id.uuid()).bind("now", now)).await? == 1)
}

/// All responses in force, the oldest first: a handful.
pub async fn active_responses(db: &mut impl Read, now: Instant64) -> Result<Vec<ActiveResponse>, DbError> {
    let rows: Vec<ActiveRow> = db.all(query(ACTIVE).bind("now", now)).await?;
    let active = |it: ActiveRow| {
        Ok(ActiveResponse {
            id: ResponseId::from_uuid(it.id),
            area: AreaCode::parse(&it.area_code).map_err(|_| DbError::Unreadable("response.area_code"))?,
            name: it.name,
            legal_basis: it.legal_basis,
            purposes: it.purposes.split(',').map(str::to_owned).collect(),
            starts_at: Instant64::from_micros(it.starts_at),
            ends_at: it.ends_at.map(Instant64::from_micros),
            retention_days: it.retention_days,
        })
    };
    rows.into_iter().map(active).collect()
}

/// Responses that are over and not purged, the one that ended first first.
pub async fn unpurged_responses(db: &mut impl Read, now: Instant64) -> Result<Vec<EndedResponse>, DbError> {
    let rows: Vec<EndedRow> = db.all(query(UNPURGED).bind("now", now)).await?;
    let ended = |it: EndedRow| {
        let ends_at = Instant64::from_micros(it.ends_at);
        EndedResponse {
            id: ResponseId::from_uuid(it.id),
            area: it.area_code,
            purposes: it.purposes.split(',').map(str::to_owned).collect(),
            starts_at: Instant64::from_micros(it.starts_at),
            ends_at,
            purge_at: purge_at(ends_at, it.retention_days),
        }
    };
    Ok(rows.into_iter().map(ended).collect())
}

/// Its data is gone; false when that was noted before.
pub async fn mark_purged(tx: &mut Tx, id: ResponseId, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(PURGED).bind("id", id.uuid()).bind("now", now)).await? == 1)
}
