//! SQL of alarms as rows: reading them, and moving one.

use access::{Columns, Scope, system_scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use events::At;
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{AlarmId, AlarmKind, AlarmLevel, AlarmOutcome, AlarmState};

pub(crate) const COLUMNS: Columns =
    Columns::new(Some("a.area_code"), Some("a.enterprise_id"), Some("a.site_id")).wide("(a.area_code || '')");

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-first_raised_at", columns: "a.id", order: "a.id desc", descending: true }];

macro_rules! columns {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            "id, kind, severity, state, level, area_code, enterprise_id, site_id, gate_id, gate_name, device_id, \
             person_id, screening_id, times, first_raised_at, last_raised_at, acknowledged_at, acknowledged_by, \
             closed_at",
            $after
        )
    };
}

const LIST: &str = columns!("select ", " from alarm a where {scope} and {filter} order by {order} limit :limit");
const COUNT: &str = "select count(*) from alarm a where {scope} and {filter}";
const OPEN_COUNTS: &str = "select count(*) as open, count(case when a.state = 'raised' then 1 end) as unacknowledged, \
    min(a.first_raised_at) as oldest_at from alarm a where a.closed_at is null and {scope}";
const LOCK: &str = columns!("update alarm as a set times = times where a.id = :id and {scope} returning ", "");
const MOVE: &str = "update alarm as a set state = :state, outcome = :outcome, closed_at = :closed_at, \
    acknowledged_at = coalesce(acknowledged_at, :now), acknowledged_by = coalesce(acknowledged_by, :by) \
    where a.id = :id and {scope}";
const RELEASE: &str = "delete from alarm_fold where alarm_id = :id";
const OVERDUE: &str = columns!(
    "select ",
    " from alarm a where a.state = 'raised' and a.first_raised_at <= :site_due and {scope} and \
     ((a.level = 'gate' and a.first_raised_at <= :site_due) or (a.level <> 'area' and a.first_raised_at <= :area_due)) \
     order by a.id limit :limit"
);
const ESCALATE: &str = "update alarm as a set level = :to where a.id = :id and a.state = 'raised' \
    and a.level = :from and {scope}";
const FEVER_OF: &str = "select a.id from alarm a join alarm_screening l on l.alarm_id = a.id \
    where l.screening_id = :screening and a.kind = 'fever_suspected' and a.closed_at is null and {scope} \
    order by a.id desc limit 1";
const OF_PERSON: &str = "select a.id from alarm a where a.person_id = :person and {scope} order by a.id";
const KEYS_OF: &str = "select f.fold_key from alarm_fold f where {alarms} order by f.fold_key";
const UNLINK: &str = "delete from alarm_screening where {alarms}";
const RELEASE_KEY: &str = "delete from alarm_fold where fold_key = :key";
const FORGET: &str = "update alarm as a set person_id = null, screening_id = null where a.id = :id and {scope}";

db::row! {
    /// An alarm as stored; [`views`](crate::views) shows it.
    #[derive(Debug, Clone)]
    pub struct AlarmRow {
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) severity: String,
        pub(crate) state: String,
        pub(crate) level: String,
        pub(crate) area_code: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) gate_id: Option<Uuid>,
        pub(crate) gate_name: Option<String>,
        pub(crate) device_id: Option<Uuid>,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) screening_id: Option<Uuid>,
        pub(crate) times: i64,
        pub(crate) first_raised_at: i64,
        pub(crate) last_raised_at: i64,
        pub(crate) acknowledged_at: Option<i64>,
        pub(crate) acknowledged_by: Option<String>,
        pub(crate) closed_at: Option<i64>,
    }
}

impl AlarmRow {
    /// Its id.
    pub const fn id(&self) -> AlarmId {
        AlarmId::from_uuid(self.id)
    }

    /// Where it happened.
    pub fn at(&self) -> At<'_> {
        At {
            area: Some(self.area_code.as_str()).filter(|it| !it.is_empty()),
            enterprise: self.enterprise_id,
            site: self.site_id,
            gate: self.gate_id,
        }
    }

    pub(crate) fn kind(&self) -> Result<AlarmKind, DbError> {
        AlarmKind::parse(&self.kind).ok_or(DbError::Unreadable("alarm.kind"))
    }

    pub(crate) fn state(&self) -> Result<AlarmState, DbError> {
        AlarmState::parse(&self.state).ok_or(DbError::Unreadable("alarm.state"))
    }

    pub(crate) fn level(&self) -> Result<AlarmLevel, DbError> {
        AlarmLevel::parse(&self.level).ok_or(DbError::Unreadable("alarm.level"))
    }
}

db::row! {
    /// How many alarms wait.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct OpenCounts {
        /// Not closed.
        pub open: i64,
        /// Of these, not acknowledged.
        pub unacknowledged: i64,
        /// First raise of the oldest that is not closed, microseconds UTC.
        pub oldest_at: Option<i64>,
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<AlarmRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: AlarmId) -> Result<Option<AlarmRow>, DbError> {
    Ok(list(db, scope, Condition::eq("a.id", id.uuid()), "a.id", 1).await?.pop())
}

/// Alarms inside the scope by their ids, newest first.
pub async fn by_ids(db: &mut impl Read, scope: &Scope, ids: &[Uuid]) -> Result<Vec<AlarmRow>, DbError> {
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    list(db, scope, Condition::one_of("a.id", ids.iter().map(|it| Value::from(*it))), "a.id desc", limit).await
}

/// Alarms of a gate that are not closed, newest first.
pub async fn open_for_gate(
    db: &mut impl Read,
    scope: &Scope,
    gate: Uuid,
    limit: i64,
) -> Result<Vec<AlarmRow>, DbError> {
    let filter = Condition::all([Condition::eq("a.gate_id", gate), is_open()]);
    list(db, scope, filter, "a.id desc", limit).await
}

/// How many alarms wait inside the scope.
pub async fn open_counts(db: &mut impl Read, scope: &Scope) -> Result<OpenCounts, DbError> {
    let counts = db.find(scope.on(query(OPEN_COUNTS), &COLUMNS)).await?;
    Ok(counts.unwrap_or(OpenCounts { open: 0, unacknowledged: 0, oldest_at: None }))
}

pub(crate) const fn is_open() -> Condition {
    Condition::literal("a.closed_at is null")
}

/// Reads an alarm and keeps others from changing it until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, scope: &Scope, id: AlarmId) -> Result<Option<AlarmRow>, DbError> {
    tx.find(scope.on(query(LOCK).bind("id", id.uuid()), &COLUMNS)).await
}

/// Moves an alarm on. Whoever does so has acknowledged it, if nobody had.
pub(crate) async fn set_state(
    tx: &mut Tx,
    scope: &Scope,
    id: AlarmId,
    to: AlarmState,
    outcome: Option<AlarmOutcome>,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(MOVE)
        .bind("id", id.uuid())
        .bind("state", to.code())
        .bind("outcome", outcome.map(AlarmOutcome::code))
        .bind("closed_at", Some(now).filter(|_| to == AlarmState::Closed))
        .bind("now", now)
        .bind("by", by);
    tx.run(scope.on(row, &COLUMNS)).await.map(|_| ())
}

/// From now on a raise of the same key makes a new alarm. Comes before [`lock`]: see the order of locks above.
pub(crate) async fn release(tx: &mut Tx, id: AlarmId) -> Result<(), DbError> {
    tx.run(query(RELEASE).bind("id", id.uuid())).await.map(|_| ())
}

/// Alarms that nobody has acknowledged and that should call somebody else by now, in the order of their ids.
pub(crate) async fn overdue(
    db: &mut impl Read,
    scope: &Scope,
    site_due: Instant64,
    area_due: Instant64,
    limit: i64,
) -> Result<Vec<AlarmRow>, DbError> {
    let question = query(OVERDUE).bind("site_due", site_due).bind("area_due", area_due).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

/// Whether it was still unacknowledged at that level; of two nodes one wins.
pub(crate) async fn escalate(
    tx: &mut Tx,
    scope: &Scope,
    id: AlarmId,
    from: AlarmLevel,
    to: AlarmLevel,
) -> Result<bool, DbError> {
    let row = query(ESCALATE).bind("id", id.uuid()).bind("from", from.code()).bind("to", to.code());
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

/// The open alarm that a screening raised or was folded into for its fever.
pub(crate) async fn fever_of(tx: &mut Tx, scope: &Scope, screening: Uuid) -> Result<Option<AlarmId>, DbError> {
    let found: Option<Uuid> = tx.find(scope.on(query(FEVER_OF).bind("screening", screening), &COLUMNS)).await?;
    Ok(found.map(AlarmId::from_uuid))
}

/// Takes a person out of her alarms; nothing folds into them any more.
pub(crate) async fn forget_person(tx: &mut Tx, person: Uuid) -> Result<(), DbError> {
    let scope = system_scope("erasure");
    let ids: Vec<Uuid> = tx.all(scope.on(query(OF_PERSON).bind("person", person), &COLUMNS)).await?;
    let held = Condition::one_of("f.alarm_id", ids.iter().map(|it| Value::from(*it)));
    let keys: Vec<String> = tx.all(query(KEYS_OF).condition("alarms", held)).await?;
    for key in keys {
        tx.run(query(RELEASE_KEY).bind("key", key)).await?;
    }
    let linked = Condition::one_of("alarm_id", ids.iter().map(|it| Value::from(*it)));
    tx.run(query(UNLINK).condition("alarms", linked)).await?;
    for id in ids {
        tx.run(scope.on(query(FORGET).bind("id", id), &COLUMNS)).await?;
    }
    Ok(())
}
