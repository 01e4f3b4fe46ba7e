//! SQL of responses. That there is a response, and on what grounds, is public: every signed-in principal may read it.

use db::{Condition, DbError, Read, Tx, query};
use kernel::{AreaCode, Instant64};
use uuid::Uuid;

use crate::model::ResponseId;

const SELECT_BY: &str = "select r.id, r.area_code, a.name as area_name, r.name, r.legal_basis, r.purposes, r.starts_at, \
    r.ends_at from response r join area a on a.code = r.area_code \
    where {filter} and {after} order by r.id desc limit :limit";
const COUNT: &str = "select count(*) from response r where {filter}";
const INSERT: &str = "insert into response (id, area_code, name, legal_basis, purposes, starts_at, ends_at, created_at) \
    values (:id, :area, :name, :basis, :purposes, :starts_at, :ends_at, :now)";
const END: &str = "update response set ends_at = :now where id = :id and (ends_at is null or ends_at > :now)";
const ACTIVE: &str = "select id, area_code, purposes, starts_at from response \
    where starts_at <= :now and (ends_at is null or ends_at > :now)";

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
    }
}

/// A response in force.
#[derive(Debug, Clone)]
pub struct ActiveResponse {
    /// Its id.
    pub id: ResponseId,
    /// Where it holds, with all below.
    pub area: AreaCode,
    /// For what.
    pub purposes: Vec<String>,
    /// Since when.
    pub starts_at: Instant64,
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
        .bind("now", now);
    tx.run(row).await?;
    Ok(id)
}

/// Ends a response; false when it has ended before.
pub(crate) async fn end(tx: &mut Tx, id: ResponseId, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(END).bind("id", id.uuid()).bind("now", now)).await? == 1)
}

/// All responses in force: a handful.
pub async fn active_responses(db: &mut impl Read, now: Instant64) -> Result<Vec<ActiveResponse>, DbError> {
    let rows: Vec<(Uuid, String, String, i64)> = db.all(query(ACTIVE).bind("now", now)).await?;
    rows.into_iter()
        .map(|(id, area, purposes, starts_at)| {
            Ok(ActiveResponse {
                id: ResponseId::from_uuid(id),
                area: AreaCode::parse(&area).map_err(|_| DbError::Unreadable("response.area_code"))?,
                purposes: purposes.split(',').map(str::to_owned).collect(),
                starts_at: Instant64::from_micros(starts_at),
            })
        })
        .collect()
}
