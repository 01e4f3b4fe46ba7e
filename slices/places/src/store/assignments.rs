//! SQL of what officers answer for, and of who stands in for whom.

use access::{Columns, OFFICERS_AT_WORK, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::officers::model::{Assigned, AssignmentId, HandoverId, NewAssignment, OfficerKind, Substitution, Target};

/// An assignment is reached by its target.
pub(crate) const COLUMNS: Columns =
    Columns::new(Some("coalesce(e.area_code, m.area_code)"), Some("x.enterprise_id"), None).inside("x.premises_id");

pub(crate) const SORTS: &[Sort] = &[Sort { name: "-id", columns: "x.id", order: "x.id desc", descending: true }];

macro_rules! assignments {
    ($what:literal, $rest:literal) => {
        concat!(
            "select ",
            $what,
            " from officer_assignment x left join enterprise e on e.id = x.enterprise_id \
             left join premises m on m.id = x.premises_id ",
            $rest
        )
    };
}

const LIST: &str = assignments!(
    "x.id, x.officer_id, x.kind, x.enterprise_id, x.premises_id, coalesce(e.name, m.name) as target_name, \
     coalesce(e.area_code, m.area_code) as area_code, x.from_at, x.until_at, x.set_by, x.set_at, x.ended_by, \
     (select h.note from officer_handover h where h.id = x.handover_id) as handover_note, e.credit_code",
    "where {scope} and {filter} order by {order} limit :limit"
);
const COUNT: &str = assignments!("count(*)", "where {scope} and {filter}");
const STANDING: &str = assignments!(
    "x.id, x.officer_id, x.kind, x.enterprise_id, x.premises_id, coalesce(e.name, m.name) as target_name, \
     coalesce(e.area_code, m.area_code) as area_code, x.from_at, x.until_at",
    "where {which} and (x.until_at is null or x.until_at > :now) order by x.id"
);
const INSERT: &str = "insert into officer_assignment (id, officer_id, kind, enterprise_id, premises_id, from_at, \
    until_at, handover_id, set_by, set_at) values {rows}";
const END: &str = "update officer_assignment set until_at = :now, ended_by = :by \
    where {which} and (until_at is null or until_at > :now)";
const BOARD: &str = "update duty_board set changed_at = :now where id = 1";
const LOADS: &str = "select x.officer_id, count(distinct x.enterprise_id) as enterprises, \
    count(distinct x.premises_id) as n_premises from officer_assignment x \
    where {officers} and x.from_at <= :now and (x.until_at is null or x.until_at > :now) group by x.officer_id";
const ON_DUTY: &str = "select distinct x.enterprise_id, o.id as officer_id, o.display_name as name, x.kind, \
    w.id is not null as stands_in \
    from officer_assignment x join enterprise e on e.id = x.enterprise_id \
    left join officer_substitute w on w.officer_id = x.officer_id and w.from_at <= :now and w.until_at > :now \
    join {officers} o on o.id = coalesce(w.substitute_id, x.officer_id) \
    where {scope} and {enterprises} and x.from_at <= :now and (x.until_at is null or x.until_at > :now) \
    order by x.enterprise_id, x.kind, name, officer_id, stands_in";

const SUBSTITUTIONS: &str = "select id, officer_id, substitute_id, from_at, until_at, note, set_by, set_at \
    from officer_substitute where {which} and until_at > :since order by from_at, id";
const INSERT_SUBSTITUTE: &str = "insert into officer_substitute (id, officer_id, substitute_id, from_at, until_at, \
    note, set_by, set_at) values (:id, :officer, :substitute, :from, :until, :note, :by, :now)";
const END_SUBSTITUTE: &str = "update officer_substitute set until_at = :now \
    where id = :id and from_at <= :now and until_at > :now";
const DROP_SUBSTITUTE: &str = "delete from officer_substitute where id = :id and from_at > :now";

const INSERT_HANDOVER: &str = "insert into officer_handover (id, from_id, to_id, note, assignments, done_by, done_at) \
    values (:id, :from, :to, :note, :assignments, :by, :now)";
const HANDOVERS: &str = "select id, from_id, to_id, note, assignments, done_by, done_at from officer_handover \
    where from_id = :officer or to_id = :officer order by id desc limit :limit";

db::row! {
    pub(crate) struct AssignmentRow {
        pub(crate) id: Uuid,
        pub(crate) officer_id: Uuid,
        pub(crate) kind: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) premises_id: Option<Uuid>,
        pub(crate) target_name: String,
        pub(crate) area_code: String,
        pub(crate) from_at: i64,
        pub(crate) until_at: Option<i64>,
        pub(crate) set_by: String,
        pub(crate) set_at: i64,
        pub(crate) ended_by: Option<String>,
        pub(crate) handover_note: Option<String>,
        pub(crate) credit_code: Option<String>,
    }
}

db::row! {
    struct StandingRow {
        id: Uuid,
        officer_id: Uuid,
        kind: String,
        enterprise_id: Option<Uuid>,
        premises_id: Option<Uuid>,
        target_name: String,
        area_code: String,
        from_at: i64,
        until_at: Option<i64>,
    }
}

db::row! {
    /// How much an officer answers for now.
    pub(crate) struct LoadRow {
        pub(crate) officer_id: Uuid,
        pub(crate) enterprises: i64,
        pub(crate) n_premises: i64,
    }
}

db::row! {
    pub(crate) struct OnDutyRow {
        pub(crate) enterprise_id: Uuid,
        pub(crate) officer_id: Uuid,
        pub(crate) name: String,
        pub(crate) kind: String,
        pub(crate) stands_in: bool,
    }
}

db::row! {
    pub(crate) struct SubstituteRow {
        pub(crate) id: Uuid,
        pub(crate) officer_id: Uuid,
        pub(crate) substitute_id: Uuid,
        pub(crate) from_at: i64,
        pub(crate) until_at: i64,
        pub(crate) note: String,
        pub(crate) set_by: String,
        pub(crate) set_at: i64,
    }
}

db::row! {
    pub(crate) struct HandoverRow {
        pub(crate) id: Uuid,
        pub(crate) from_id: Uuid,
        pub(crate) to_id: Uuid,
        pub(crate) note: String,
        pub(crate) assignments: i64,
        pub(crate) done_by: String,
        pub(crate) done_at: i64,
    }
}

/// Assignments in force at this moment.
pub(crate) fn in_force(now: Instant64) -> Condition {
    let begun = Condition::below("x.from_at", now.plus(1));
    Condition::all([begun, not_over(now)])
}

/// Assignments that are in force or will be.
pub(crate) fn not_over(now: Instant64) -> Condition {
    Condition::any([Condition::literal("x.until_at is null"), Condition::at_least("x.until_at", now.plus(1))])
}

/// Officers of this load, as a condition on `account`; an error for another word.
pub(crate) fn load_condition(word: &str, now: Instant64) -> Result<Condition, ()> {
    let some = "exists (select 1 from officer_assignment x where x.officer_id = account.id and ";
    let none = "not exists (select 1 from officer_assignment x where x.officer_id = account.id and ";
    let many = "account.id in (select x.officer_id from officer_assignment x where ";
    match word {
        "none" => Ok(Condition::wrapped(none, in_force(now), ")")),
        "many" => Ok(Condition::wrapped(many, in_force(now), " group by x.officer_id having count(*) > 20)")),
        "locked" => Ok(Condition::all([Condition::literal("disabled"), Condition::wrapped(some, in_force(now), ")")])),
        _ => Err(()),
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<AssignmentRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(
    db: &mut impl Read,
    scope: &Scope,
    id: AssignmentId,
) -> Result<Option<AssignmentRow>, DbError> {
    Ok(list(db, scope, Condition::eq("x.id", id.uuid()), "x.id", 1).await?.pop())
}

/// What these officers answer for, now or later. What each reaches is worked out from it, so it takes no scope.
pub(crate) async fn standing(db: &mut impl Read, officers: &[Uuid], now: Instant64) -> Result<Vec<Assigned>, DbError> {
    standing_where(db, ids("x.officer_id", officers), now).await
}

/// Who answers for these enterprises, now or later: they were reached inside a scope.
pub(crate) async fn standing_for(
    db: &mut impl Read,
    enterprises: &[Uuid],
    now: Instant64,
) -> Result<Vec<Assigned>, DbError> {
    standing_where(db, ids("x.enterprise_id", enterprises), now).await
}

async fn standing_where(db: &mut impl Read, which: Condition, now: Instant64) -> Result<Vec<Assigned>, DbError> {
    let rows: Vec<StandingRow> = db.all(query(STANDING).condition("which", which).bind("now", now)).await?;
    rows.into_iter().map(Assigned::try_from).collect()
}

fn ids(column: &'static str, ids: &[Uuid]) -> Condition {
    Condition::one_of(column, ids.iter().map(|it| Value::from(*it)))
}

pub(crate) async fn insert(
    tx: &mut Tx,
    new: &[NewAssignment],
    by: &str,
    now: Instant64,
) -> Result<Vec<AssignmentId>, DbError> {
    let made: Vec<AssignmentId> = new.iter().map(|_| AssignmentId::new(now)).collect();
    let row = |(id, it): (&AssignmentId, &NewAssignment)| {
        vec![
            id.uuid().into(),
            it.officer.into(),
            it.kind.code().into(),
            it.target.enterprise().into(),
            it.target.premises().into(),
            it.from.into(),
            it.until.into(),
            it.handover.map(HandoverId::uuid).into(),
            by.into(),
            now.into(),
        ]
    };
    tx.insert(INSERT, made.iter().zip(new).map(row).collect()).await?;
    Ok(made)
}

/// Ends what is not over yet; how many that were.
pub(crate) async fn end(tx: &mut Tx, assignments: &[Uuid], by: &str, now: Instant64) -> Result<u64, DbError> {
    let row = query(END).condition("which", ids("id", assignments)).bind("by", by).bind("now", now);
    tx.run(row).await
}

/// Takes the board: see the migration.
pub(crate) async fn take_board(tx: &mut Tx, now: Instant64) -> Result<(), DbError> {
    tx.run(query(BOARD).bind("now", now)).await.map(|_| ())
}

/// How much each of these officers answers for now; those who answer for nothing are not among them.
pub(crate) async fn loads(db: &mut impl Read, officers: &[Uuid], now: Instant64) -> Result<Vec<LoadRow>, DbError> {
    db.all(query(LOADS).condition("officers", ids("x.officer_id", officers)).bind("now", now)).await
}

/// Who is on duty for enterprises inside the scope.
pub(crate) async fn on_duty(
    db: &mut impl Read,
    scope: &Scope,
    enterprises: &[Uuid],
    now: Instant64,
) -> Result<Vec<OnDutyRow>, DbError> {
    let question = query(ON_DUTY)
        .part("officers", OFFICERS_AT_WORK)
        .condition("enterprises", ids("x.enterprise_id", enterprises))
        .bind("now", now);
    db.all(scope.on(question, &super::enterprises::COLUMNS)).await
}

/// Substitutions of these officers, or by them, that end after `since`.
pub(crate) async fn substitutions(
    db: &mut impl Read,
    officers: &[Uuid],
    since: Instant64,
) -> Result<Vec<SubstituteRow>, DbError> {
    let which = Condition::any([ids("officer_id", officers), ids("substitute_id", officers)]);
    db.all(query(SUBSTITUTIONS).condition("which", which).bind("since", since)).await
}

pub(crate) async fn insert_substitute(
    tx: &mut Tx,
    it: &Substitution,
    note: &str,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT_SUBSTITUTE)
        .bind("id", it.id)
        .bind("officer", it.officer)
        .bind("substitute", it.substitute)
        .bind("from", it.from)
        .bind("until", it.until)
        .bind("note", note)
        .bind("by", by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Ends one that is under way, and drops one that never began; false when it was over.
pub(crate) async fn end_substitute(tx: &mut Tx, id: Uuid, now: Instant64) -> Result<bool, DbError> {
    let ended = tx.run(query(END_SUBSTITUTE).bind("id", id).bind("now", now)).await?;
    let dropped = tx.run(query(DROP_SUBSTITUTE).bind("id", id).bind("now", now)).await?;
    Ok(ended + dropped == 1)
}

pub(crate) async fn insert_handover(tx: &mut Tx, it: &HandoverRow) -> Result<(), DbError> {
    let row = query(INSERT_HANDOVER)
        .bind("id", it.id)
        .bind("from", it.from_id)
        .bind("to", it.to_id)
        .bind("note", it.note.as_str())
        .bind("assignments", it.assignments)
        .bind("by", it.done_by.as_str())
        .bind("now", it.done_at);
    tx.run(row).await.map(|_| ())
}

/// The newest hand-overs from and to an officer.
pub(crate) async fn handovers(db: &mut impl Read, officer: Uuid, limit: i64) -> Result<Vec<HandoverRow>, DbError> {
    db.all(query(HANDOVERS).bind("officer", officer).bind("limit", limit)).await
}

impl TryFrom<StandingRow> for Assigned {
    type Error = DbError;

    fn try_from(row: StandingRow) -> Result<Self, DbError> {
        let unreadable = || DbError::Unreadable("officer_assignment");
        Ok(Self {
            id: row.id,
            officer: row.officer_id,
            kind: OfficerKind::parse(&row.kind).ok_or_else(unreadable)?,
            target: target(row.enterprise_id, row.premises_id).ok_or_else(unreadable)?,
            name: row.target_name,
            area: row.area_code,
            from: Instant64::from_micros(row.from_at),
            until: row.until_at.map(Instant64::from_micros),
        })
    }
}

impl From<&SubstituteRow> for Substitution {
    fn from(row: &SubstituteRow) -> Self {
        Self {
            id: row.id,
            officer: row.officer_id,
            substitute: row.substitute_id,
            from: Instant64::from_micros(row.from_at),
            until: Instant64::from_micros(row.until_at),
        }
    }
}

fn target(enterprise: Option<Uuid>, premises: Option<Uuid>) -> Option<Target> {
    enterprise.map(Target::Enterprise).or(premises.map(Target::Premises))
}
