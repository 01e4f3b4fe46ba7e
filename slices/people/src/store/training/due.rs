//! SQL of who lacks what is required of her, and of reminders.
//!
//! A required course is asked of an enterprise's own people, or of whoever works under its area; in one of its
//! occupations if it names any. It lacks from its due day on while none of her certificates of it holds.

use std::collections::BTreeSet;

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::time::DAY;
use kernel::{AreaCode, Instant64};
use uuid::Uuid;

use crate::store::training::courses::CourseRow;
use crate::training::model::{CourseId, CourseState, occupations_of};

/// As the list of duties: few rows start from the scope, an area walks the employments in their order.
const PLACE: Columns = Columns::new(Some("ps.area_code"), Some("ps.enterprise_id"), Some("ps.site_id"))
    .through("exists (select 1 from person_scope ps where ps.employment_id = m.id and ", ")")
    .through_few("m.id in (select ps.employment_id from person_scope ps where ", ")");

const LACKING: &str = "select m.id, m.person_id, m.site_id, m.employee_no, m.team, m.from_at, k.published_at, k.due_days, \
    (select max(r.sent_at) from training_reminder r where r.course_id = k.id and r.person_id = m.person_id) as reminded_at \
    from course k cross join employment m where {scope} and m.until_at is null and {filter} order by m.id limit :limit";
const COUNT: &str = "select count(*) from course k cross join employment m \
    where {scope} and m.until_at is null and {filter}";
const WORK: &str = "select m.person_id, m.site_id, m.area_code, m.enterprise_id, m.occupation, m.from_at from employment m \
    where {people} and m.until_at is null and m.from_at <= :now";
const TAUGHT: &str = "select k.id, k.area_code, k.enterprise_id, k.occupations, k.required, k.published_at, k.due_days, k.state \
    from course k where {states} and {owners} limit 5000";
const HELD: &str = "select distinct coalesce(p.merged_into, p.id), c.course_id from training_certificate c \
    join person p on p.id = c.person_id where {people} and {courses} and c.revoked_at is null and c.expires_at > :now";
const REMINDED: &str = "insert into training_reminder (person_id, course_id, day_start, sent_at) values {rows} \
    on conflict do nothing";
const PRUNE: &str = "delete from training_reminder where sent_at < :before";

db::row! {
    pub(crate) struct LackingRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) employee_no: String,
        pub(crate) team: Option<String>,
        pub(crate) from_at: i64,
        pub(crate) published_at: Option<i64>,
        pub(crate) due_days: i64,
        pub(crate) reminded_at: Option<i64>,
    }
}

db::row! {
    /// Where somebody works now.
    #[derive(Debug, Clone)]
    pub(crate) struct WorkRow {
        pub(crate) person_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) area_code: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) occupation: Option<String>,
        pub(crate) from_at: i64,
    }
}

db::row! {
    /// A course that is taught, as far as it says of whom it is asked.
    #[derive(Debug, Clone)]
    pub(crate) struct TaughtRow {
        pub(crate) id: Uuid,
        pub(crate) area_code: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) occupations: String,
        pub(crate) required: bool,
        pub(crate) published_at: Option<i64>,
        pub(crate) due_days: i64,
        pub(crate) state: String,
    }
}

impl TaughtRow {
    /// Whether it is asked of anybody: not once it is retired.
    pub(crate) fn is_required(&self) -> bool {
        self.required && self.state == CourseState::Published.code()
    }
}

/// Who works now where this course is asked for and has no certificate of it that holds; nobody if it is not asked for.
pub(crate) fn without(course: &CourseRow, now: Instant64) -> Condition {
    if !course.required || !course.is(CourseState::Published) {
        return Condition::never();
    }
    let of_her = "not exists (select 1 from training_certificate c where c.course_id = k.id and c.revoked_at is null \
        and c.person_id = m.person_id and ";
    let of_merged = "not exists (select 1 from person g join training_certificate c on c.person_id = g.id \
        where g.merged_into = m.person_id and c.course_id = k.id and c.revoked_at is null and ";
    let holds = || Condition::at_least("c.expires_at", now.plus(1));
    Condition::all([
        Condition::eq("k.id", course.id),
        Condition::below("m.from_at", now.plus(1)),
        at_its_places(course),
        of_its_occupations(course),
        Condition::wrapped(of_her, holds(), ")"),
        Condition::wrapped(of_merged, holds(), ")"),
    ])
}

/// An enterprise's own course is for its people wherever they work; another for all under its area.
fn at_its_places(course: &CourseRow) -> Condition {
    match (course.enterprise_id, AreaCode::parse(&course.area_code)) {
        (Some(enterprise), _) => Condition::eq("m.enterprise_id", enterprise),
        (None, Ok(area)) => {
            let (from, until) = area.subtree();
            Condition::range("m.area_code", from, until)
        }
        (None, Err(_)) => Condition::never(),
    }
}

fn of_its_occupations(course: &CourseRow) -> Condition {
    match occupations_of(&course.occupations) {
        all if all.is_empty() => Condition::always(),
        some => Condition::one_of("m.occupation", some.into_iter().map(|it| Value::from(it.code()))),
    }
}

/// Who meets [`without`], in the order of their employments.
pub(crate) async fn lacking(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<LackingRow>, DbError> {
    db.all(scope.on(query(LACKING).condition("filter", filter).bind("limit", limit), &PLACE)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &PLACE)).await
}

/// Who was not reminded of it since then.
pub(crate) fn not_reminded(since: Instant64) -> Condition {
    let before =
        "not exists (select 1 from training_reminder r where r.course_id = k.id and r.person_id = m.person_id and ";
    Condition::wrapped(before, Condition::at_least("r.day_start", since), ")")
}

/// Where these people work now.
pub(crate) async fn work(db: &mut impl Read, people: &[Uuid], now: Instant64) -> Result<Vec<WorkRow>, DbError> {
    db.all(query(WORK).condition("people", one_of("m.person_id", people)).bind("now", now)).await
}

/// The published courses of these enterprises, and those of authorities for these areas; of these `begun` also the retired.
pub(crate) async fn taught(
    db: &mut impl Read,
    enterprises: &[Uuid],
    areas: &BTreeSet<String>,
    begun: &[Uuid],
) -> Result<Vec<TaughtRow>, DbError> {
    let in_areas = Condition::one_of("k.area_code", areas.iter().map(|it| Value::from(it.as_str())));
    let owners = Condition::any([
        one_of("k.enterprise_id", enterprises),
        Condition::all([Condition::literal("k.enterprise_id is null"), in_areas]),
    ]);
    let finished = Condition::all([Condition::literal("k.state = 'retired'"), one_of("k.id", begun)]);
    let states = Condition::any([Condition::literal("k.state = 'published'"), finished]);
    db.all(query(TAUGHT).condition("states", states).condition("owners", owners)).await
}

/// Which of these people hold a certificate of which of these courses; by the file that stands for each.
pub(crate) async fn held(
    db: &mut impl Read,
    people: &[Uuid],
    courses: &[Uuid],
    now: Instant64,
) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    const FILE: &str = "select g.id from person g where ";
    let files = [(FILE, one_of("g.id", people)), (FILE, one_of("g.merged_into", people))];
    let question = query(HELD).condition("people", Condition::in_any("c.person_id", files));
    db.all(question.condition("courses", one_of("c.course_id", courses)).bind("now", now)).await
}

fn one_of(column: &'static str, ids: &[Uuid]) -> Condition {
    Condition::one_of(column, ids.iter().map(|it| Value::from(*it)))
}

/// Notes that somebody is reminded; false when she was, on that day.
pub(crate) async fn reminded(
    tx: &mut Tx,
    person: Uuid,
    course: CourseId,
    day_start: Instant64,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = vec![Value::from(person), Value::from(course.uuid()), day_start.into(), now.into()];
    Ok(tx.insert(REMINDED, vec![row]).await? == 1)
}

/// Forgets reminders of days gone.
pub(crate) async fn prune(tx: &mut Tx, now: Instant64) -> Result<u64, DbError> {
    tx.run(query(PRUNE).bind("before", now.plus(-90 * DAY))).await
}
