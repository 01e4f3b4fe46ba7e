//! SQL of screenings.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::SCREENING;
use crate::model::{Mask, Method, Outcome, Passage, ScreeningId};

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-received_at", columns: "k.id", order: "k.id desc", descending: true }];

const COLUMNS_OF: &str = "select k.id, k.device_id, k.gate_id, k.lane, k.passage, k.site_id, k.enterprise_id, \
    k.area_code, k.person_id, k.employment_id, k.guest_id, k.method, k.live, k.device_at, k.device_time_raw, k.received_at, \
    k.occurred_at, k.occurred_basis, k.event_no, k.temperature_c, k.mask, k.outcome, k.public_reasons, \
    k.detail_sealed, k.rule_version, k.terminal_granted, k.against_verdict, k.waiting, k.override_sealed, \
    k.clinical_sealed from screening k where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from screening k where {scope} and {filter}";
const INSERT: &str = "insert into screening (id, event_key, journal_id, device_id, gate_id, lane, passage, site_id, \
    enterprise_id, area_code, person_id, employment_id, guest_id, method, live, device_at, device_time_raw, received_at, \
    occurred_at, occurred_basis, event_no, temperature_c, mask, outcome, public_reasons, detail_sealed, rule_version, \
    terminal_granted, against_verdict, waiting) values {rows} on conflict (event_key) do nothing returning id";
const OVERRIDE: &str = "update screening as k set override_sealed = :sealed, let_in = :let_in, waiting = :no \
    where k.id = :id and k.override_sealed is null and {scope}";
const CLINICAL: &str = "update screening as k set clinical_sealed = :sealed, outcome = :outcome, \
    public_reasons = :reasons, detail_sealed = coalesce(:detail, k.detail_sealed), waiting = :waiting \
    where k.id = :id and {scope}";
// `where waiting`, not a bound value: only so is the index on the few who wait used.
const STOP_WAITING: &str = "update screening set waiting = :no where waiting and received_at < :before";
const FORGET_PERSON: &str = "delete from screening where person_id = :person";
const BY_KEY: &str = "select k.id from screening k where k.event_key = :key and k.gate_id = :gate and {scope}";

db::row! {
    #[derive(Clone)]
    pub(crate) struct ScreeningRow {
        pub(crate) id: Uuid,
        pub(crate) device_id: Option<Uuid>,
        pub(crate) gate_id: Uuid,
        pub(crate) lane: i64,
        pub(crate) passage: String,
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) employment_id: Option<Uuid>,
        pub(crate) guest_id: Option<Uuid>,
        pub(crate) method: String,
        pub(crate) live: bool,
        pub(crate) device_at: Option<i64>,
        pub(crate) device_time_raw: String,
        pub(crate) received_at: i64,
        pub(crate) occurred_at: i64,
        pub(crate) occurred_basis: String,
        pub(crate) event_no: Option<i64>,
        pub(crate) temperature_c: Option<f64>,
        pub(crate) mask: String,
        pub(crate) outcome: String,
        pub(crate) public_reasons: String,
        pub(crate) detail_sealed: Option<Vec<u8>>,
        pub(crate) rule_version: i64,
        pub(crate) terminal_granted: Option<bool>,
        pub(crate) against_verdict: bool,
        pub(crate) waiting: bool,
        pub(crate) override_sealed: Option<Vec<u8>>,
        pub(crate) clinical_sealed: Option<Vec<u8>>,
    }
}

impl ScreeningRow {
    /// Under whose key what was measured is sealed: a person's, else that of an announcement or a seat; a stranger's reading has none.
    pub(crate) fn subject(&self) -> Option<Uuid> {
        self.person_id.or(self.guest_id)
    }

    /// The same without whose passage it was and what was measured of her.
    pub(crate) fn without_person(self) -> Self {
        Self {
            person_id: None,
            employment_id: None,
            guest_id: None,
            detail_sealed: None,
            override_sealed: None,
            clinical_sealed: None,
            ..self
        }
    }
}

/// A screening to be stored.
#[derive(Debug, Clone)]
pub(crate) struct NewScreening {
    pub(crate) id: ScreeningId,
    pub(crate) event_key: String,
    pub(crate) journal: Option<Uuid>,
    pub(crate) device: Option<Uuid>,
    pub(crate) gate: Uuid,
    pub(crate) lane: i64,
    pub(crate) passage: Passage,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area_code: String,
    pub(crate) person: Option<Uuid>,
    pub(crate) employment: Option<Uuid>,
    pub(crate) guest: Option<Uuid>,
    pub(crate) method: Method,
    pub(crate) live: bool,
    pub(crate) device_at: Option<Instant64>,
    pub(crate) device_time_raw: String,
    pub(crate) received_at: Instant64,
    pub(crate) occurred_at: Instant64,
    pub(crate) occurred_basis: &'static str,
    pub(crate) event_no: Option<i64>,
    pub(crate) temperature_c: Option<f64>,
    pub(crate) mask: Mask,
    pub(crate) outcome: Outcome,
    pub(crate) public_reasons: String,
    pub(crate) detail: Option<Vec<u8>>,
    pub(crate) rule_version: i64,
    pub(crate) terminal_granted: Option<bool>,
    pub(crate) against_verdict: bool,
    pub(crate) waiting: bool,
}

/// Stores screenings; the ids of those that were not there before. The first stored copy of an event stays.
pub(crate) async fn insert(tx: &mut Tx, new: &[NewScreening]) -> Result<Vec<Uuid>, DbError> {
    tx.insert_returning(INSERT, new.iter().map(values).collect()).await
}

fn values(it: &NewScreening) -> Vec<Value> {
    vec![
        it.id.uuid().into(),
        it.event_key.as_str().into(),
        it.journal.into(),
        it.device.into(),
        it.gate.into(),
        it.lane.into(),
        it.passage.code().into(),
        it.site.into(),
        it.enterprise.into(),
        it.area_code.as_str().into(),
        it.person.into(),
        it.employment.into(),
        it.guest.into(),
        it.method.code().into(),
        it.live.into(),
        it.device_at.into(),
        it.device_time_raw.as_str().into(),
        it.received_at.into(),
        it.occurred_at.into(),
        it.occurred_basis.into(),
        it.event_no.into(),
        it.temperature_c.into(),
        it.mask.code().into(),
        it.outcome.code().into(),
        it.public_reasons.as_str().into(),
        it.detail.clone().into(),
        it.rule_version.into(),
        it.terminal_granted.into(),
        it.against_verdict.into(),
        it.waiting.into(),
    ]
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<ScreeningRow>, DbError> {
    let question = query(COLUMNS_OF).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &SCREENING)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &SCREENING)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: ScreeningId) -> Result<Option<ScreeningRow>, DbError> {
    Ok(list(db, scope, Condition::eq("k.id", id.uuid()), "k.id", 1).await?.pop())
}

/// Stores an override, and whether it let somebody in; false when there is one already.
pub(crate) async fn set_override(
    tx: &mut Tx,
    scope: &Scope,
    id: ScreeningId,
    (sealed, let_in): (Vec<u8>, bool),
) -> Result<bool, DbError> {
    let row = query(OVERRIDE).bind("id", id.uuid()).bind("sealed", sealed).bind("let_in", let_in).bind("no", false);
    Ok(tx.run(scope.on(row, &SCREENING)).await? == 1)
}

/// What a clinical reading changes.
pub(crate) struct ClinicalChange {
    pub(crate) sealed: Vec<u8>,
    pub(crate) outcome: Outcome,
    pub(crate) public_reasons: String,
    /// None keeps what is there.
    pub(crate) detail: Option<Vec<u8>>,
    pub(crate) waiting: bool,
}

/// Stores a clinical reading and the verdict it leads to; a later reading takes the place of an earlier one.
pub(crate) async fn set_clinical(
    tx: &mut Tx,
    scope: &Scope,
    id: ScreeningId,
    change: ClinicalChange,
) -> Result<bool, DbError> {
    let row = query(CLINICAL)
        .bind("id", id.uuid())
        .bind("sealed", change.sealed)
        .bind("outcome", change.outcome.code())
        .bind("reasons", change.public_reasons)
        .bind("detail", change.detail)
        .bind("waiting", change.waiting);
    Ok(tx.run(scope.on(row, &SCREENING)).await? == 1)
}

/// Nobody waits at a gate for longer than this.
pub(crate) async fn stop_waiting(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    tx.run(query(STOP_WAITING).bind("before", before).bind("no", false)).await
}

/// Deletes an erased person's screenings: what stays is in the hourly aggregates, which name site, hour and outcome.
pub(crate) async fn forget_person(tx: &mut Tx, person: Uuid) -> Result<u64, DbError> {
    tx.run(query(FORGET_PERSON).bind("person", person)).await
}

/// The screening of this gate that was stored under this key.
pub(crate) async fn find_by_key(
    db: &mut impl Read,
    scope: &Scope,
    gate: Uuid,
    key: &str,
) -> Result<Option<ScreeningId>, DbError> {
    let found: Option<Uuid> = db.find(scope.on(query(BY_KEY).bind("key", key).bind("gate", gate), &SCREENING)).await?;
    Ok(found.map(ScreeningId::from_uuid))
}
