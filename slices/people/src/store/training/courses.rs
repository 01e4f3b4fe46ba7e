//! SQL of courses and their question banks.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::training::model::{CourseId, CourseSettings, CourseState, occupations_column};

/// A course is reached by its area or by the enterprise that made it.
pub(crate) const COURSE: Columns = Columns::new(Some("k.area_code"), Some("k.enterprise_id"), None);

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "k.id", order: "k.id desc", descending: true },
    Sort { name: "title", columns: "k.title_key, k.id", order: "k.title_key, k.id", descending: false },
];

const LIST: &str = "select k.id, k.area_code, k.enterprise_id, k.title, k.title_key, k.description, k.media_id, \
    k.length_ms, k.check_count, k.question_count, k.pass_percent, k.valid_days, k.required, k.occupations, k.due_days, \
    k.state, k.version, k.created_by, k.created_at, k.published_at, \
    (select count(*) from course_question q where q.course_id = k.id) as bank_count, \
    (select min(v.kind) from course_media v where v.id = k.media_id) as kind \
    from course k where {reach} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from course k where {reach} and {filter}";
const INSERT: &str = "insert into course (id, area_code, enterprise_id, title, title_key, description, media_id, length_ms, \
    check_count, question_count, pass_percent, valid_days, required, occupations, due_days, state, version, created_by, \
    created_at) values (:id, :area, :enterprise, :title, :title_key, :description, :media, :length, :checks, :questions, \
    :pass, :valid, :required, :occupations, :due, 'draft', 1, :by, :now)";
const SET: &str = "update course as k set title = :title, title_key = :title_key, description = :description, \
    check_count = :checks, question_count = :questions, pass_percent = :pass, valid_days = :valid, required = :required, \
    occupations = :occupations, due_days = :due, version = k.version + 1 \
    where k.id = :id and k.version = :version and k.state = 'draft' and {scope}";
const TURN: &str = "update course as k set state = :to, published_at = coalesce(k.published_at, :now), \
    version = k.version + 1 where k.id = :id and k.version = :version and k.state = :from and {scope}";
const RAISE: &str = "update course as k set version = k.version + 1 \
    where k.id = :id and k.version = :version and k.state = 'draft' and {scope}";
const LOCK: &str = "update course as k set version = k.version where k.id = :id and {scope}";
const SHOW: &str = "update course set media_id = :media, length_ms = :length, version = version + 1 \
    where id = :id and state = 'draft'";
const QUESTIONS: &str = "select id, body, options, correct from course_question where course_id = :course \
    order by position limit 1000";
const DROP_QUESTIONS: &str = "delete from course_question where course_id = :course";
const ADD_QUESTIONS: &str =
    "insert into course_question (id, course_id, position, body, options, correct) values {rows}";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct CourseRow {
        pub(crate) id: Uuid,
        pub(crate) area_code: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) title: String,
        pub(crate) title_key: String,
        pub(crate) description: String,
        pub(crate) media_id: Option<Uuid>,
        pub(crate) length_ms: i64,
        pub(crate) check_count: i64,
        pub(crate) question_count: i64,
        pub(crate) pass_percent: i64,
        pub(crate) valid_days: i64,
        pub(crate) required: bool,
        pub(crate) occupations: String,
        pub(crate) due_days: i64,
        pub(crate) state: String,
        pub(crate) version: i64,
        pub(crate) created_by: String,
        pub(crate) created_at: i64,
        pub(crate) published_at: Option<i64>,
        pub(crate) bank_count: i64,
        pub(crate) kind: Option<String>,
    }
}

impl CourseRow {
    pub(crate) fn is(&self, state: CourseState) -> bool {
        self.state == state.code()
    }
}

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct QuestionRow {
        pub(crate) id: Uuid,
        pub(crate) body: String,
        pub(crate) options: String,
        pub(crate) correct: String,
    }
}

/// Whose a new course is.
pub(crate) struct Owner<'a> {
    pub(crate) area: &'a str,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) by: &'a str,
}

/// Those inside the scope, and what authorities have published: teaching is no secret.
pub(crate) fn readable(scope: &Scope) -> Condition {
    Condition::any([scope.condition(&COURSE), Condition::literal("(k.enterprise_id is null and k.state <> 'draft')")])
}

/// Those inside the scope: whoever may change one.
pub(crate) fn editable(scope: &Scope) -> Condition {
    scope.condition(&COURSE)
}

pub(crate) async fn list(
    db: &mut impl Read,
    reach: Condition,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<CourseRow>, DbError> {
    let question = query(LIST).condition("reach", reach).condition("filter", filter);
    db.all(question.part("order", order).bind("limit", limit)).await
}

pub(crate) async fn count(db: &mut impl Read, reach: Condition, filter: Condition) -> Result<i64, DbError> {
    db.count(query(COUNT).condition("reach", reach).condition("filter", filter)).await
}

pub(crate) async fn find(db: &mut impl Read, reach: Condition, id: CourseId) -> Result<Option<CourseRow>, DbError> {
    Ok(list(db, reach, Condition::eq("k.id", id.uuid()), "k.id", 1).await?.pop())
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: CourseId,
    owner: &Owner<'_>,
    settings: &CourseSettings,
    media: Option<(Uuid, i64)>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = set(query(INSERT), settings)
        .bind("id", id.uuid())
        .bind("area", owner.area)
        .bind("enterprise", owner.enterprise)
        .bind("media", media.map(|it| it.0))
        .bind("length", media.map_or(0, |it| it.1))
        .bind("by", owner.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

fn set(query: db::Query, to: &CourseSettings) -> db::Query {
    query
        .bind("title", to.title.as_str())
        .bind("title_key", to.title.key())
        .bind("description", to.description.as_str())
        .bind("checks", to.check_count)
        .bind("questions", to.question_count)
        .bind("pass", to.pass_percent)
        .bind("valid", to.valid_days)
        .bind("required", to.required)
        .bind("occupations", occupations_column(&to.occupations))
        .bind("due", to.due_days)
}

/// Changes a draft; false when somebody else has changed it since that version, or it is no draft.
pub(crate) async fn update(
    tx: &mut Tx,
    scope: &Scope,
    (id, version): (CourseId, i64),
    to: &CourseSettings,
) -> Result<bool, DbError> {
    let row = set(query(SET), to).bind("id", id.uuid()).bind("version", version);
    Ok(tx.run(scope.on(row, &COURSE)).await? == 1)
}

/// From one state to the next; false when it was changed since that version.
pub(crate) async fn turn(
    tx: &mut Tx,
    scope: &Scope,
    (id, version): (CourseId, i64),
    (from, to): (CourseState, CourseState),
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(TURN)
        .bind("id", id.uuid())
        .bind("version", version)
        .bind("from", from.code())
        .bind("to", to.code())
        .bind("now", now);
    Ok(tx.run(scope.on(row, &COURSE)).await? == 1)
}

/// Counts a change of a draft's parts; false when it was changed since that version.
pub(crate) async fn raise(tx: &mut Tx, scope: &Scope, (id, version): (CourseId, i64)) -> Result<bool, DbError> {
    let row = query(RAISE).bind("id", id.uuid()).bind("version", version);
    Ok(tx.run(scope.on(row, &COURSE)).await? == 1)
}

/// Takes a course for this transaction.
pub(crate) async fn lock(tx: &mut Tx, scope: &Scope, id: CourseId) -> Result<(), DbError> {
    tx.run(scope.on(query(LOCK).bind("id", id.uuid()), &COURSE)).await.map(|_| ())
}

/// What a draft shows from now on.
pub(crate) async fn show(tx: &mut Tx, id: Uuid, media: Uuid, length_ms: i64) -> Result<bool, DbError> {
    let row = query(SHOW).bind("id", id).bind("media", media).bind("length", length_ms);
    Ok(tx.run(row).await? == 1)
}

/// The bank of a course that was found inside the scope.
pub(crate) async fn questions(db: &mut impl Read, course: Uuid) -> Result<Vec<QuestionRow>, DbError> {
    db.all(query(QUESTIONS).bind("course", course)).await
}

/// A question to be stored: its id, text, options and right ones, the last two as JSON.
pub(crate) type NewQuestion = (Uuid, String, String, String);

/// Replaces the bank.
pub(crate) async fn replace_questions(tx: &mut Tx, course: Uuid, bank: Vec<NewQuestion>) -> Result<(), DbError> {
    tx.run(query(DROP_QUESTIONS).bind("course", course)).await?;
    add_questions(tx, course, 0, bank).await
}

/// Puts questions into the bank from this place on.
pub(crate) async fn add_questions(tx: &mut Tx, course: Uuid, from: i64, more: Vec<NewQuestion>) -> Result<(), DbError> {
    let row = |(position, (id, body, options, correct)): (i64, NewQuestion)| {
        vec![
            Value::from(id),
            Value::from(course),
            Value::from(position),
            Value::from(body),
            Value::from(options),
            Value::from(correct),
        ]
    };
    tx.insert(ADD_QUESTIONS, (from..).zip(more).map(row).collect()).await.map(|_| ())
}
