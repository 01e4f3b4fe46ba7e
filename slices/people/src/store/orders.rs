//! SQL of red by hand, and of appeals.

use access::Scope;
use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::PERSON;
use crate::model::{AppealId, AppealState, RedOrderId, RedOrderState, RedReason};

const INSERT: &str = "insert into red_order (id, person_id, reason, state, note_sealed, ordered_by, ordered_by_name, \
    ordered_at) values (:id, :person, :reason, 'pending', :note, :by, :by_name, :now)";
const FIND: &str = "select o.id, o.person_id, o.reason, o.state, o.note_sealed, o.answer_sealed, o.ordered_by, \
    o.ordered_by_name, o.ordered_at, o.decided_by, o.decided_by_name, o.decided_at, o.lifted_by_name, o.lifted_at \
    from red_order o join person p on p.id = coalesce((select q.merged_into from person q where q.id = o.person_id), \
    o.person_id) where o.id = :id and {scope}";
const LIST: &str = "select o.id, o.person_id, o.reason, o.state, o.note_sealed, o.answer_sealed, o.ordered_by, \
    o.ordered_by_name, o.ordered_at, o.decided_by, o.decided_by_name, o.decided_at, o.lifted_by_name, o.lifted_at \
    from red_order o join person p on p.id = coalesce((select q.merged_into from person q where q.id = o.person_id), \
    o.person_id) where {scope} and {filter} order by o.id desc limit :limit";
const COUNT: &str = "select count(*) from red_order o join person p on p.id = coalesce((select q.merged_into \
    from person q where q.id = o.person_id), o.person_id) where {scope} and {filter}";
const RUNNING: &str = "select o.id from red_order o where {people} and o.state in ('pending', 'active')";
const DECIDE: &str = "update red_order set state = :state, answer_sealed = :answer, decided_by = :by, \
    decided_by_name = :by_name, decided_at = :now where id = :id and state = 'pending'";
const LIFT: &str = "update red_order set state = 'lifted', lifted_by_name = :by_name, lifted_at = :now \
    where id = :id and state = 'active'";
const LIFT_ALL: &str = "update red_order set state = 'lifted', lifted_by_name = :by_name, lifted_at = :now \
    where {people} and {reasons} and state = 'active'";
const ACTIVE: &str = "select o.reason, coalesce(o.decided_at, o.ordered_at) from red_order o where {people} \
    and o.state = 'active' order by o.id desc limit 1";
const REFUSED_BY: &str = "select a.decided_by from appeal a where {people} and a.state = 'refused' \
    and a.decided_by is not null";
const DECIDERS: &str = "select o.ordered_by from red_order o where {people} and o.state = 'active' \
    union select o.decided_by from red_order o where {people} and o.state = 'active' and o.decided_by is not null";

db::row! {
    pub(crate) struct OrderRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) reason: String,
        pub(crate) state: String,
        pub(crate) note_sealed: Vec<u8>,
        pub(crate) answer_sealed: Option<Vec<u8>>,
        pub(crate) ordered_by: Uuid,
        pub(crate) ordered_by_name: String,
        pub(crate) ordered_at: i64,
        pub(crate) decided_by: Option<Uuid>,
        pub(crate) decided_by_name: Option<String>,
        pub(crate) decided_at: Option<i64>,
        pub(crate) lifted_by_name: Option<String>,
        pub(crate) lifted_at: Option<i64>,
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    (id, person, reason): (RedOrderId, Uuid, RedReason),
    note: Vec<u8>,
    (by, by_name): (Uuid, &str),
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("person", person)
        .bind("reason", reason.code())
        .bind("note", note)
        .bind("by", by)
        .bind("by_name", by_name)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: RedOrderId) -> Result<Option<OrderRow>, DbError> {
    db.find(scope.on(query(FIND).bind("id", id.uuid()), &PERSON)).await
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<OrderRow>, DbError> {
    db.all(scope.on(query(LIST).condition("filter", filter).bind("limit", limit), &PERSON)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &PERSON)).await
}

/// Whether one of these files has an order that is not over.
pub(crate) async fn is_running(db: &mut impl Read, group: &[Uuid]) -> Result<bool, DbError> {
    let found: Option<Uuid> = db.find(query(RUNNING).condition("people", of("o.person_id", group))).await?;
    Ok(found.is_some())
}

/// False when it was decided meanwhile.
pub(crate) async fn decide(
    tx: &mut Tx,
    id: RedOrderId,
    state: RedOrderState,
    answer: Option<Vec<u8>>,
    (by, by_name): (Uuid, &str),
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(DECIDE)
        .bind("id", id.uuid())
        .bind("state", state.code())
        .bind("answer", answer)
        .bind("by", by)
        .bind("by_name", by_name)
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// False when it does not hold.
pub(crate) async fn lift(tx: &mut Tx, id: RedOrderId, by_name: &str, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(LIFT).bind("id", id.uuid()).bind("by_name", by_name).bind("now", now)).await? == 1)
}

/// Lifts what holds of these files for these reasons.
pub(crate) async fn lift_all(
    tx: &mut Tx,
    group: &[Uuid],
    reasons: &[RedReason],
    by_name: &str,
    now: Instant64,
) -> Result<u64, DbError> {
    let reasons = Condition::one_of("reason", reasons.iter().map(|it| db::Value::from(it.code())));
    let row = query(LIFT_ALL).condition("people", of("person_id", group)).condition("reasons", reasons);
    tx.run(row.bind("by_name", by_name).bind("now", now)).await
}

/// What holds of these files, the newest: its reason, and since when.
pub(crate) async fn active(db: &mut impl Read, group: &[Uuid]) -> Result<Option<(String, i64)>, DbError> {
    db.find(query(ACTIVE).condition("people", of("o.person_id", group))).await
}

/// Who has refused an appeal of these files before.
pub(crate) async fn refused_by(db: &mut impl Read, group: &[Uuid]) -> Result<Vec<String>, DbError> {
    db.all(query(REFUSED_BY).condition("people", of("a.person_id", group))).await
}

/// Who ordered and who confirmed what holds of these files.
pub(crate) async fn deciders(db: &mut impl Read, group: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    db.all(query(DECIDERS).condition("people", of("o.person_id", group))).await
}

const APPEAL: &str = "insert into appeal (id, person_id, state, status, words_sealed, created_at, due_at) \
    values (:id, :person, 'open', :status, :words, :now, :due)";
const FIND_APPEAL: &str = "select a.id, a.person_id, a.state, a.status, a.words_sealed, a.answer_sealed, a.created_at, \
    a.due_at, a.escalated_at, a.decided_at, a.decided_by from appeal a join person p on p.id = coalesce((select \
    q.merged_into from person q where q.id = a.person_id), a.person_id) where a.id = :id and {scope}";
const LIST_APPEALS: &str = "select a.id, a.person_id, a.state, a.status, a.words_sealed, a.answer_sealed, a.created_at, \
    a.due_at, a.escalated_at, a.decided_at, a.decided_by from appeal a join person p on p.id = coalesce((select \
    q.merged_into from person q where q.id = a.person_id), a.person_id) where {scope} and {filter} \
    order by a.id desc limit :limit";
const COUNT_APPEALS: &str = "select count(*) from appeal a join person p on p.id = coalesce((select q.merged_into \
    from person q where q.id = a.person_id), a.person_id) where {scope} and {filter}";
const OPEN_APPEAL: &str = "select a.id from appeal a where {people} and a.state = 'open'";
const DECIDE_APPEAL: &str = "update appeal set state = :state, answer_sealed = :answer, decided_by = :by, \
    decided_at = :now where id = :id and state = 'open'";
const OVERDUE: &str = "update appeal set escalated_at = :now where state = 'open' and escalated_at is null \
    and due_at <= :now";

db::row! {
    pub(crate) struct AppealRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) state: String,
        pub(crate) status: String,
        pub(crate) words_sealed: Vec<u8>,
        pub(crate) answer_sealed: Option<Vec<u8>>,
        pub(crate) created_at: i64,
        pub(crate) due_at: i64,
        pub(crate) escalated_at: Option<i64>,
        pub(crate) decided_at: Option<i64>,
        pub(crate) decided_by: Option<String>,
    }
}

pub(crate) async fn insert_appeal(
    tx: &mut Tx,
    (id, person, status): (AppealId, Uuid, &str),
    words: Vec<u8>,
    now: Instant64,
    due: Instant64,
) -> Result<(), DbError> {
    let row = query(APPEAL)
        .bind("id", id.uuid())
        .bind("person", person)
        .bind("status", status)
        .bind("words", words)
        .bind("now", now)
        .bind("due", due);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find_appeal(db: &mut impl Read, scope: &Scope, id: AppealId) -> Result<Option<AppealRow>, DbError> {
    db.find(scope.on(query(FIND_APPEAL).bind("id", id.uuid()), &PERSON)).await
}

pub(crate) async fn list_appeals(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<AppealRow>, DbError> {
    db.all(scope.on(query(LIST_APPEALS).condition("filter", filter).bind("limit", limit), &PERSON)).await
}

pub(crate) async fn count_appeals(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT_APPEALS).condition("filter", filter), &PERSON)).await
}

/// Whether one of these files has an open appeal.
pub(crate) async fn has_open_appeal(db: &mut impl Read, group: &[Uuid]) -> Result<bool, DbError> {
    let found: Option<Uuid> = db.find(query(OPEN_APPEAL).condition("people", of("a.person_id", group))).await?;
    Ok(found.is_some())
}

/// False when it was decided or taken back meanwhile.
pub(crate) async fn decide_appeal(
    tx: &mut Tx,
    id: AppealId,
    state: AppealState,
    answer: Option<Vec<u8>>,
    by: &str,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(DECIDE_APPEAL)
        .bind("id", id.uuid())
        .bind("state", state.code())
        .bind("answer", answer)
        .bind("by", by)
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// Marks whose time has run out; how many.
pub(crate) async fn escalate(tx: &mut Tx, now: Instant64) -> Result<u64, DbError> {
    tx.run(query(OVERDUE).bind("now", now)).await
}

fn of(column: &'static str, group: &[Uuid]) -> Condition {
    Condition::one_of(column, group.iter().map(|it| db::Value::from(*it)))
}
