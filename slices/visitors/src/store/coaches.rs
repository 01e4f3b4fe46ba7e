//! SQL of coaches.

use access::Scope;
use db::{Condition, DbError, Read, Tx, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::COACH;
use crate::model::{CoachId, CoachState, Plate};

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-created_at", columns: "o.id", order: "o.id desc", descending: true }];

const LIST: &str = "select o.id, o.site_id, o.enterprise_id, o.area_code, o.plate, o.carrier, o.seats, o.crew, o.from_place, \
    o.departs_at, o.state, o.details_sealed, o.created_by, o.created_at, o.checked_by, o.checked_at, o.received_by, o.ended_at, \
    o.note, (select count(*) from passenger b where b.coach_id = o.id) as passengers, \
    (select count(*) from passenger b where b.coach_id = o.id and b.aboard) as aboard \
    from coach o where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from coach o where {scope} and {filter}";
const INSERT: &str = "insert into coach (id, site_id, enterprise_id, area_code, code_digest, plate, carrier, seats, crew, from_place, \
    departs_at, state, details_sealed, created_by, created_at) values (:id, :site, :enterprise, :area, :code, :plate, :carrier, \
    :seats, :crew, :from, :departs, 'planned', :sealed, :by, :now)";
const CHECKED: &str = "update coach as o set state = 'checked', checked_by = :by, checked_at = :now \
    where o.id = :id and o.state = 'planned' and {scope}";
const REOPENED: &str = "update coach as o set state = 'planned', checked_by = null, checked_at = null \
    where o.id = :id and o.state = 'checked' and {scope}";
const ENDED: &str = "update coach as o set state = :state, received_by = :by, ended_at = :now, note = :note \
    where o.id = :id and o.state = :before and {scope}";
const BY_CODE: &str = "select o.id from coach o where o.code_digest = :code";
const BY_PLATE: &str = "select o.id from coach o where o.plate = :plate and o.state in ('planned', 'checked') \
    and o.departs_at > :since and o.departs_at < :until order by o.departs_at desc limit 1";
const OLD: &str = "select o.id from coach o where o.departs_at < :before order by o.departs_at limit 100";
const FORGET: &str = "delete from coach where id = :id";

db::row! {
    #[derive(Clone)]
    pub(crate) struct CoachRow {
        pub(crate) id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) plate: String,
        pub(crate) carrier: String,
        pub(crate) seats: i64,
        pub(crate) crew: i64,
        pub(crate) from_place: String,
        pub(crate) departs_at: i64,
        pub(crate) state: String,
        pub(crate) details_sealed: Vec<u8>,
        pub(crate) created_by: String,
        pub(crate) created_at: i64,
        pub(crate) checked_by: Option<String>,
        pub(crate) checked_at: Option<i64>,
        pub(crate) received_by: Option<String>,
        pub(crate) ended_at: Option<i64>,
        pub(crate) note: Option<String>,
        pub(crate) passengers: i64,
        pub(crate) aboard: i64,
    }
}

impl CoachRow {
    /// What cannot be read does not go.
    pub(crate) fn state(&self) -> CoachState {
        CoachState::parse(&self.state).unwrap_or(CoachState::Cancelled)
    }
}

/// A coach to be stored.
pub(crate) struct NewCoach {
    pub(crate) id: CoachId,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area_code: String,
    pub(crate) code: Vec<u8>,
    pub(crate) plate: Plate,
    pub(crate) carrier: String,
    pub(crate) seats: i64,
    pub(crate) crew: i64,
    pub(crate) from_place: String,
    pub(crate) departs_at: Instant64,
    pub(crate) sealed: Vec<u8>,
    pub(crate) by: String,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewCoach, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("site", new.site)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area_code)
        .bind("code", new.code)
        .bind("plate", new.plate.as_str())
        .bind("carrier", new.carrier)
        .bind("seats", new.seats)
        .bind("crew", new.crew)
        .bind("from", new.from_place)
        .bind("departs", new.departs_at)
        .bind("sealed", new.sealed)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<CoachRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COACH)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COACH)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: CoachId) -> Result<Option<CoachRow>, DbError> {
    Ok(list(db, scope, Condition::eq("o.id", id.uuid()), "o.id", 1).await?.pop())
}

/// Signs the manifest; false when it was no longer planned.
pub(crate) async fn check(tx: &mut Tx, scope: &Scope, id: CoachId, now: Instant64) -> Result<bool, DbError> {
    let by = scope.actor().name.clone();
    let row = query(CHECKED).bind("id", id.uuid()).bind("by", by).bind("now", now);
    Ok(tx.run(scope.on(row, &COACH)).await? == 1)
}

/// Opens the manifest again: what was signed holds no more.
pub(crate) async fn reopen(tx: &mut Tx, scope: &Scope, id: CoachId) -> Result<bool, DbError> {
    Ok(tx.run(scope.on(query(REOPENED).bind("id", id.uuid()), &COACH)).await? == 1)
}

/// How a coach ended.
pub(crate) struct Ending {
    pub(crate) state: CoachState,
    pub(crate) received_by: Option<String>,
    pub(crate) note: Option<String>,
}

/// Ends a coach that stood as `row` says; false when somebody else was faster.
pub(crate) async fn end(
    tx: &mut Tx,
    scope: &Scope,
    row: &CoachRow,
    ending: Ending,
    now: Instant64,
) -> Result<bool, DbError> {
    let change = query(ENDED)
        .bind("id", row.id)
        .bind("before", row.state.as_str())
        .bind("state", ending.state.code())
        .bind("by", ending.received_by)
        .bind("note", ending.note)
        .bind("now", now);
    Ok(tx.run(scope.on(change, &COACH)).await? == 1)
}

pub(crate) async fn by_code(db: &mut impl Read, digest: Vec<u8>) -> Result<Option<CoachId>, DbError> {
    let found: Option<Uuid> = db.find(query(BY_CODE).bind("code", digest)).await?;
    Ok(found.map(CoachId::from_uuid))
}

/// The coach of this plate that is on its way about now.
pub(crate) async fn by_plate(
    db: &mut impl Read,
    plate: &str,
    since: Instant64,
    until: Instant64,
) -> Result<Option<CoachId>, DbError> {
    let question = query(BY_PLATE).bind("plate", plate).bind("since", since).bind("until", until);
    let found: Option<Uuid> = db.find(question).await?;
    Ok(found.map(CoachId::from_uuid))
}

/// Coaches that left before then.
pub(crate) async fn gone_since(db: &mut impl Read, before: Instant64) -> Result<Vec<Uuid>, DbError> {
    db.all(query(OLD).bind("before", before)).await
}

pub(crate) async fn forget(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    tx.run(query(FORGET).bind("id", id)).await.map(|_| ())
}
