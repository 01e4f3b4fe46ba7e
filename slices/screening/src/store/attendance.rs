//! SQL of attendance.

use access::Scope;
use db::{Condition, DbError, Read, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::SCREENING;

// Who got in or out: the terminal opened, or somebody let her in, or nobody but the verdict decided and it did not keep her.
const ATTENDED: &str = "select k.person_id, min(case when k.passage = 'in' then k.occurred_at end) as first_in, \
    max(case when k.passage = 'out' then k.occurred_at end) as last_out, count(*) as passages from screening k \
    where {scope} and k.site_id = :site and {people} and k.id >= :first and k.id < :last \
    and k.occurred_at >= :from and k.occurred_at < :until \
    and (k.terminal_granted or coalesce(k.let_in, k.terminal_granted is null and k.outcome in ('admit', 'correct')) \
    or k.passage = 'out') \
    group by k.person_id";
const COUNT: &str = "select count(distinct k.person_id) from screening k where {scope} and k.site_id = :site \
    and k.id >= :first and k.id < :last and k.occurred_at >= :from and k.occurred_at < :until and k.passage = 'in' \
    and (k.terminal_granted or coalesce(k.let_in, k.terminal_granted is null and k.outcome in ('admit', 'correct')))";
const PASSAGES: &str = "select k.id, k.person_id, k.occurred_at, k.passage, k.gate_id, k.method from screening k \
    where {scope} and k.site_id = :site and k.id > :first and k.id < :last and k.occurred_at >= :from \
    and k.occurred_at < :until and k.person_id is not null \
    and (k.terminal_granted or coalesce(k.let_in, k.terminal_granted is null and k.outcome in ('admit', 'correct')) \
    or k.passage = 'out') \
    order by k.id limit :limit";

db::row! {
    pub(crate) struct AttendedRow {
        pub(crate) person_id: Uuid,
        pub(crate) first_in: Option<i64>,
        pub(crate) last_out: Option<i64>,
        pub(crate) passages: i64,
    }
}

db::row! {
    pub(crate) struct PassedRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) occurred_at: i64,
        pub(crate) passage: String,
        pub(crate) gate_id: Uuid,
        pub(crate) method: String,
    }
}

pub(crate) async fn attended(
    db: &mut impl Read,
    scope: &Scope,
    (site, people): (Uuid, &[Uuid]),
    (first, last): (Uuid, Uuid),
    (from, until): (Instant64, Instant64),
) -> Result<Vec<AttendedRow>, DbError> {
    let which = Condition::one_of("k.person_id", people.iter().map(|it| Value::from(*it)));
    let question = query(ATTENDED)
        .condition("people", which)
        .bind("site", site)
        .bind("first", first)
        .bind("last", last)
        .bind("from", from)
        .bind("until", until);
    db.all(scope.on(question, &SCREENING)).await
}

pub(crate) async fn count(
    db: &mut impl Read,
    scope: &Scope,
    site: Uuid,
    (first, last): (Uuid, Uuid),
    (from, until): (Instant64, Instant64),
) -> Result<i64, DbError> {
    let question =
        query(COUNT).bind("site", site).bind("first", first).bind("last", last).bind("from", from).bind("until", until);
    db.count(scope.on(question, &SCREENING)).await
}

pub(crate) async fn passages(
    db: &mut impl Read,
    scope: &Scope,
    site: Uuid,
    (first, last): (Uuid, Uuid),
    (from, until): (Instant64, Instant64),
    limit: i64,
) -> Result<Vec<PassedRow>, DbError> {
    let question = query(PASSAGES)
        .bind("site", site)
        .bind("first", first)
        .bind("last", last)
        .bind("from", from)
        .bind("until", until)
        .bind("limit", limit);
    db.all(scope.on(question, &SCREENING)).await
}
