//! SQL of what departments say about applications.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::applications::model::{Opinion, OpinionId};

const RETIRE: &str = "update application_opinion set current = false where application_id = :id and current";
const ASK: &str =
    "insert into application_opinion (id, application_id, department, current, asked_at, due_at) values {rows}";
const GIVE: &str = "update application_opinion set opinion = :opinion, note_sealed = :note, given_by = :by, \
    given_at = :now where id = :id";
const OF: &str = "select o.id, o.application_id, o.department, o.current, o.asked_at, o.due_at, o.opinion, o.note_sealed, \
    o.given_by, o.given_at from application_opinion o where {which} order by o.asked_at, o.department, o.id";

db::row! {
    pub(crate) struct OpinionRow {
        pub(crate) id: Uuid,
        pub(crate) application_id: Uuid,
        pub(crate) department: String,
        pub(crate) current: bool,
        pub(crate) asked_at: i64,
        pub(crate) due_at: i64,
        pub(crate) opinion: Option<String>,
        pub(crate) note_sealed: Option<Vec<u8>>,
        pub(crate) given_by: Option<String>,
        pub(crate) given_at: Option<i64>,
    }
}

/// What was said so far stays readable and counts no longer.
pub(crate) fn retire(tx: &mut Tx, application: Uuid) {
    tx.later(query(RETIRE).bind("id", application));
}

pub(crate) fn ask(tx: &mut Tx, application: Uuid, asked: &[(OpinionId, &str)], due: Instant64, now: Instant64) {
    let row = |(id, department): &(OpinionId, &str)| {
        vec![id.uuid().into(), application.into(), (*department).into(), true.into(), now.into(), due.into()]
    };
    tx.insert_later(ASK, asked.iter().map(row).collect());
}

pub(crate) async fn give(
    tx: &mut Tx,
    id: Uuid,
    opinion: Opinion,
    note: Option<Vec<u8>>,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(GIVE).bind("id", id).bind("opinion", opinion.code()).bind("note", note).bind("by", by);
    tx.run(row.bind("now", now)).await.map(|_| ())
}

/// Of applications that were reached inside a scope, oldest first.
pub(crate) async fn of_applications(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<OpinionRow>, DbError> {
    let which = Condition::one_of("o.application_id", ids.iter().map(|it| Value::from(*it)));
    db.all(query(OF).condition("which", which)).await
}
