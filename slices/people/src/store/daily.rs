//! SQL of who is missing today, and of reminders.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use kernel::time::DAY;
use uuid::Uuid;

use crate::declarations::daily::{Duty, window};

/// Few rows start from the scope, whose every column has an index; an area walks the employments in their order.
const PLACE: Columns = Columns::new(Some("ps.area_code"), Some("ps.enterprise_id"), Some("ps.site_id"))
    .through("exists (select 1 from person_scope ps where ps.employment_id = m.id and ", ")")
    .through_few("m.id in (select ps.employment_id from person_scope ps where ", ")");
const MISSING: &str = "select m.id, m.person_id, m.site_id, m.employee_no, m.team, m.occupation, p.declared_at, \
    (select max(r.sent_at) from reminder r where r.person_id = m.person_id) as reminded_at \
    from employment m join person p on p.id = m.person_id \
    where {scope} and m.until_at is null and {filter} order by m.id limit :limit";
const COUNT: &str = "select count(*) from employment m join person p on p.id = m.person_id \
    where {scope} and m.until_at is null and {filter}";
const REMINDED: &str =
    "insert into reminder (person_id, about, window_start, sent_at) values {rows} on conflict do nothing";
const PRUNE: &str = "delete from reminder where sent_at < :before";

db::row! {
    pub(crate) struct MissingRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) employee_no: String,
        pub(crate) team: Option<String>,
        pub(crate) occupation: Option<String>,
        pub(crate) declared_at: Option<i64>,
        pub(crate) reminded_at: Option<i64>,
    }
}

/// Who works at `now` and has not done this in its window.
pub(crate) fn lacking(duty: Duty, now: Instant64) -> Condition {
    let (from, _) = window(duty, now);
    let lacks = match duty {
        Duty::Declaration => {
            Condition::any([Condition::literal("p.declared_at is null"), Condition::below("p.declared_at", from)])
        }
        Duty::Temperature => Condition::all([
            Condition::literal("m.occupation is not null"),
            Condition::wrapped(
                "not exists (select 1 from temperature_record t where t.person_id = m.person_id and ",
                Condition::at_least("t.taken_at", from),
                ")",
            ),
        ]),
    };
    Condition::all([Condition::below("m.from_at", now.plus(1)), lacks])
}

/// Who was not reminded of this in its window.
pub(crate) fn not_reminded(duty: Duty, now: Instant64) -> Condition {
    let (from, _) = window(duty, now);
    let reminded = [Condition::eq("r.about", duty.code()), Condition::eq("r.window_start", from)];
    let before = "not exists (select 1 from reminder r where r.person_id = m.person_id and ";
    Condition::wrapped(before, Condition::all(reminded), ")")
}

/// Workers in the scope, in the order of their employments.
pub(crate) async fn missing(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<MissingRow>, DbError> {
    db.all(scope.on(query(MISSING).condition("filter", filter).bind("limit", limit), &PLACE)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &PLACE)).await
}

/// Notes that somebody is reminded; false when she was, in this window.
pub(crate) async fn reminded(
    tx: &mut Tx,
    person: Uuid,
    duty: Duty,
    from: Instant64,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = vec![Value::from(person), duty.code().into(), from.into(), now.into()];
    Ok(tx.insert(REMINDED, vec![row]).await? == 1)
}

/// Forgets reminders of days gone.
pub(crate) async fn prune(tx: &mut Tx, now: Instant64) -> Result<u64, DbError> {
    tx.run(query(PRUNE).bind("before", now.plus(-2 * DAY))).await
}
