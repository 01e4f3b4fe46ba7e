//! SQL of the timeline. Whether the person may be seen was decided by the caller through the person's own scope.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{FactId, PersonId};

const INSERT: &str = "insert into fact (id, person_id, kind, occurred_at, recorded_at, source, site_id, detail_sealed) \
    values {rows} on conflict (id) do nothing";
const LIST: &str = "select id, kind, occurred_at, recorded_at, source, site_id, detail_sealed from fact f \
    where person_id = :person and {filter} and {after} order by f.occurred_at desc, f.id desc limit :limit";
const COUNTS: &str = "select kind, count(*) from fact where person_id = :person group by kind";

db::row! {
    pub(crate) struct FactRow {
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) occurred_at: i64,
        pub(crate) recorded_at: i64,
        pub(crate) source: String,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) detail_sealed: Vec<u8>,
    }
}

pub(crate) struct NewRow {
    pub(crate) id: FactId,
    pub(crate) person: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) occurred_at: Instant64,
    pub(crate) source: String,
    pub(crate) site: Option<Uuid>,
    pub(crate) detail: Vec<u8>,
}

pub(crate) async fn insert(tx: &mut Tx, rows: Vec<NewRow>, now: Instant64) -> Result<(), DbError> {
    let row = |it: NewRow| {
        vec![
            Value::from(it.id.uuid()),
            Value::from(it.person),
            Value::from(it.kind),
            Value::from(it.occurred_at),
            Value::from(now),
            Value::from(it.source),
            Value::from(it.site),
            Value::from(it.detail),
        ]
    };
    tx.insert(INSERT, rows.into_iter().map(row).collect()).await.map(|_| ())
}

/// Newest first; `after` is the (time, id) of the last one seen.
pub(crate) async fn list(
    db: &mut impl Read,
    person: PersonId,
    kind: Option<&str>,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<FactRow>, DbError> {
    let filter = kind.map_or_else(Condition::always, |it| Condition::eq("f.kind", it));
    let after = after.map_or_else(Condition::always, |(at, id)| {
        Condition::after("f.occurred_at, f.id", vec![Value::from(at), Value::from(id)], true)
    });
    let question = query(LIST).bind("person", person.uuid()).bind("limit", limit);
    db.all(question.condition("filter", filter).condition("after", after)).await
}

pub(crate) async fn counts(db: &mut impl Read, person: PersonId) -> Result<Vec<(String, i64)>, DbError> {
    db.all(query(COUNTS).bind("person", person.uuid())).await
}
