//! SQL of vehicles at gates.

use access::Scope;
use db::{Condition, DbError, Read, Tx, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::VEHICLE_PASSAGE;
use crate::model::{VehicleBasis, VehicleOutcome, VehiclePassageId};

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-received_at", columns: "y.id", order: "y.id desc", descending: true }];

const LIST: &str = "select y.id, y.gate_id, y.site_id, y.enterprise_id, y.area_code, y.passage, y.basis, y.outcome, y.visitor_id, \
    y.coach_id, y.plate_sealed, y.occupants, y.quick, y.note, y.by_name, y.occurred_at from vehicle_passage y \
    where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from vehicle_passage y where {scope} and {filter}";
const INSERT: &str = "insert into vehicle_passage (id, event_key, gate_id, site_id, enterprise_id, area_code, passage, basis, outcome, \
    visitor_id, coach_id, plate_digest, plate_sealed, occupants, quick, note, by_name, occurred_at, received_at) values (:id, :key, \
    :gate, :site, :enterprise, :area, :passage, :basis, :outcome, :visitor, :coach, :plate, :sealed, :occupants, :quick, :note, :by, \
    :at, :now) on conflict (event_key) do nothing";
const BY_KEY: &str = "select y.id from vehicle_passage y where y.event_key = :key and y.gate_id = :gate and {scope}";
const FORGET: &str = "delete from vehicle_passage where received_at < :before";

db::row! {
    #[derive(Clone)]
    pub(crate) struct VehicleRow {
        pub(crate) id: Uuid,
        pub(crate) gate_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) passage: String,
        pub(crate) basis: String,
        pub(crate) outcome: String,
        pub(crate) visitor_id: Option<Uuid>,
        pub(crate) coach_id: Option<Uuid>,
        pub(crate) plate_sealed: Vec<u8>,
        pub(crate) occupants: i64,
        pub(crate) quick: bool,
        pub(crate) note: Option<String>,
        pub(crate) by_name: String,
        pub(crate) occurred_at: i64,
    }
}

/// A vehicle's passage to be stored.
pub(crate) struct NewVehicle {
    pub(crate) id: VehiclePassageId,
    pub(crate) event_key: String,
    pub(crate) gate: Uuid,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area_code: String,
    /// `in` or `out`.
    pub(crate) passage: &'static str,
    pub(crate) basis: VehicleBasis,
    pub(crate) outcome: VehicleOutcome,
    pub(crate) visitor: Option<Uuid>,
    pub(crate) coach: Option<Uuid>,
    pub(crate) plate: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) occupants: i64,
    pub(crate) quick: bool,
    pub(crate) note: Option<String>,
    pub(crate) by: String,
    pub(crate) occurred_at: Instant64,
}

/// Stores a passage; one that was sent before changes nothing.
pub(crate) async fn insert(tx: &mut Tx, new: NewVehicle, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("key", new.event_key)
        .bind("gate", new.gate)
        .bind("site", new.site)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area_code)
        .bind("passage", new.passage)
        .bind("basis", new.basis.code())
        .bind("outcome", new.outcome.code())
        .bind("visitor", new.visitor)
        .bind("coach", new.coach)
        .bind("plate", new.plate)
        .bind("sealed", new.sealed)
        .bind("occupants", new.occupants)
        .bind("quick", new.quick)
        .bind("note", new.note)
        .bind("by", new.by)
        .bind("at", new.occurred_at)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<VehicleRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &VEHICLE_PASSAGE)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &VEHICLE_PASSAGE)).await
}

pub(crate) async fn by_key(
    db: &mut impl Read,
    scope: &Scope,
    gate: Uuid,
    key: &str,
) -> Result<Option<VehiclePassageId>, DbError> {
    let question = query(BY_KEY).bind("key", key).bind("gate", gate);
    let found: Option<Uuid> = db.find(scope.on(question, &VEHICLE_PASSAGE)).await?;
    Ok(found.map(VehiclePassageId::from_uuid))
}

pub(crate) async fn forget_before(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    tx.run(query(FORGET).bind("before", before)).await
}
