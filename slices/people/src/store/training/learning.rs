//! SQL of what somebody has watched, and of her quizzes.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::training::model::AttemptId;

const LIST: &str = "select l.id, l.person_id, l.course_id, l.furthest_ms, l.beat_at, l.checks, l.checks_passed, \
    l.started_at, l.watched_at from learning l where {which} \
    order by case when l.watched_at is null then 1 else 0 end, l.furthest_ms desc, l.id limit 500";
const DONE: &str = "delete from learning where {which}";
const BEGIN: &str = "insert into learning (id, person_id, course_id, furthest_ms, checks, checks_passed, started_at) \
    values (:id, :person, :course, 0, :checks, 0, :now) on conflict (person_id, course_id) do nothing";
const LOCK: &str = "update learning set started_at = started_at where id = :id";
const BEAT: &str = "update learning set furthest_ms = :furthest, beat_at = :now where id = :id";
const PASS_CHECK: &str =
    "update learning set checks_passed = :n, beat_at = null where id = :id and checks_passed = :n - 1";
const WATCHED: &str = "update learning set watched_at = :now where id = :id and watched_at is null";
const ATTEMPT: &str = "insert into quiz_attempt (id, person_id, course_id, drawn, started_at, expires_at) \
    values (:id, :person, :course, :drawn, :now, :expires)";
const ATTEMPTS: &str = "select t.id, t.person_id, t.course_id, t.drawn, t.started_at, t.expires_at, t.finished_at, \
    t.right_count, t.passed from quiz_attempt t where {which} order by t.started_at desc, t.id desc limit 50";
const FINISH: &str = "update quiz_attempt set finished_at = :now, right_count = :right, passed = :passed \
    where id = :id and finished_at is null";
const OLD: &str = "delete from quiz_attempt where started_at < :before";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct LearningRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) course_id: Uuid,
        pub(crate) furthest_ms: i64,
        pub(crate) beat_at: Option<i64>,
        pub(crate) checks: String,
        pub(crate) checks_passed: i64,
        pub(crate) started_at: i64,
        pub(crate) watched_at: Option<i64>,
    }
}

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct AttemptRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) course_id: Uuid,
        pub(crate) drawn: String,
        pub(crate) started_at: i64,
        pub(crate) expires_at: i64,
        pub(crate) finished_at: Option<i64>,
        pub(crate) right_count: Option<i64>,
        pub(crate) passed: Option<bool>,
    }
}

fn of(column: &'static str, files: &[Uuid]) -> Condition {
    Condition::one_of(column, files.iter().map(|it| Value::from(*it)))
}

/// What these files of one person have begun, of one course or of all; of two files the one that is further first.
pub(crate) async fn of_person(
    db: &mut impl Read,
    files: &[Uuid],
    course: Option<Uuid>,
) -> Result<Vec<LearningRow>, DbError> {
    let parts = [Some(of("l.person_id", files)), course.map(|it| Condition::eq("l.course_id", it))];
    db.all(query(LIST).condition("which", Condition::all(parts.into_iter().flatten()))).await
}

/// Begins a course, unless she has.
pub(crate) async fn begin(
    tx: &mut Tx,
    id: Uuid,
    person: Uuid,
    course: Uuid,
    checks: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(BEGIN).bind("id", id).bind("person", person).bind("course", course);
    tx.run(row.bind("checks", checks).bind("now", now)).await.map(|_| ())
}

/// What was watched for a certificate has served: the next one is learnt for anew.
pub(crate) async fn done(tx: &mut Tx, files: &[Uuid], course: Uuid) -> Result<(), DbError> {
    let which = Condition::all([
        Condition::one_of("person_id", files.iter().map(|it| Value::from(*it))),
        Condition::eq("course_id", course),
    ]);
    tx.run(query(DONE).condition("which", which)).await.map(|_| ())
}

/// Takes the row for this transaction: two phones come one after the other.
pub(crate) async fn lock(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    tx.run(query(LOCK).bind("id", id)).await.map(|_| ())
}

pub(crate) async fn beat(tx: &mut Tx, id: Uuid, furthest_ms: i64, now: Instant64) -> Result<(), DbError> {
    tx.run(query(BEAT).bind("id", id).bind("furthest", furthest_ms).bind("now", now)).await.map(|_| ())
}

/// Counts a check as passed; the time it took is not watched time.
pub(crate) async fn pass_check(tx: &mut Tx, id: Uuid, n_passed: i64) -> Result<bool, DbError> {
    Ok(tx.run(query(PASS_CHECK).bind("id", id).bind("n", n_passed)).await? == 1)
}

pub(crate) async fn watched(tx: &mut Tx, id: Uuid, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(WATCHED).bind("id", id).bind("now", now)).await? == 1)
}

pub(crate) async fn insert_attempt(
    tx: &mut Tx,
    id: AttemptId,
    (person, course): (Uuid, Uuid),
    drawn: &str,
    now: Instant64,
    expires_at: Instant64,
) -> Result<(), DbError> {
    let row = query(ATTEMPT).bind("id", id.uuid()).bind("person", person).bind("course", course).bind("drawn", drawn);
    tx.run(row.bind("now", now).bind("expires", expires_at)).await.map(|_| ())
}

/// Her newest attempts at a course since then.
pub(crate) async fn attempts(
    db: &mut impl Read,
    files: &[Uuid],
    course: Uuid,
    since: Instant64,
) -> Result<Vec<AttemptRow>, DbError> {
    let which =
        [of("t.person_id", files), Condition::eq("t.course_id", course), Condition::at_least("t.started_at", since)];
    db.all(query(ATTEMPTS).condition("which", Condition::all(which))).await
}

pub(crate) async fn attempt(db: &mut impl Read, files: &[Uuid], id: Uuid) -> Result<Option<AttemptRow>, DbError> {
    let which = Condition::all([of("t.person_id", files), Condition::eq("t.id", id)]);
    db.find(query(ATTEMPTS).condition("which", which)).await
}

pub(crate) async fn finish_attempt(
    tx: &mut Tx,
    id: Uuid,
    n_right: i64,
    passed: bool,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(FINISH).bind("id", id).bind("right", n_right).bind("passed", passed).bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// Forgets attempts from before then.
pub(crate) async fn prune_attempts(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    tx.run(query(OLD).bind("before", before)).await
}
