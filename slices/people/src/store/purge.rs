//! SQL of the purge of a response.

use db::{Condition, DbError, Read, Tx, Value, query};
use places::EndedResponse;
use uuid::Uuid;

const DECLARANTS: &str = "select distinct person_id from declaration where response_id = :response \
    order by person_id limit :limit";
const MEASURED: &str = "select distinct person_id from temperature_record where response_id = :response \
    order by person_id limit :limit";
const DELETE_LEGS: &str = "delete from itinerary_leg where declaration_id in (select d.id from declaration d \
    where d.response_id = :response and {people})";
const DELETE_DECLARATIONS: &str = "delete from declaration where response_id = :response and {people}";
const DELETE_TEMPERATURES: &str = "delete from temperature_record where response_id = :response and {people}";
const DELETE_FACTS: &str = "delete from fact where {people} and kind in ('declared', 'measured', 'attested', 'status_changed') \
    and occurred_at >= :from and occurred_at <= :until";
const REDATE: &str = "update person set declared_at = (select max(d.declared_at) from declaration d \
    where d.person_id = person.id) where {people}";
const FIRST_LEFT: &str = "select declared_at from declaration where {people} order by declared_at limit 1";

/// Files with something that hangs on this response.
pub(crate) async fn people_of(db: &mut impl Read, response: Uuid, limit: i64) -> Result<Vec<Uuid>, DbError> {
    let found: Vec<Uuid> = db.all(query(DECLARANTS).bind("response", response).bind("limit", limit)).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    db.all(query(MEASURED).bind("response", response).bind("limit", limit)).await
}

/// Deletes what hangs on the response in these files; the number of rows. Lines of the timeline do not name a response:
/// those of its time go, even if another response asked as well.
pub(crate) async fn delete(tx: &mut Tx, response: &EndedResponse, people: &[Uuid]) -> Result<u64, DbError> {
    let of = |column: &'static str| Condition::one_of(column, people.iter().map(|it| Value::from(*it)));
    let mut deleted = 0;
    for (text, column) in
        [(DELETE_LEGS, "d.person_id"), (DELETE_DECLARATIONS, "person_id"), (DELETE_TEMPERATURES, "person_id")]
    {
        deleted += tx.run(query(text).bind("response", response.id.uuid()).condition("people", of(column))).await?;
    }
    let facts = query(DELETE_FACTS).condition("people", of("person_id"));
    // A declaration's time may be five minutes ahead.
    let until = response.ends_at.plus(5 * kernel::time::MINUTE);
    deleted += tx.run(facts.bind("from", response.starts_at).bind("until", until)).await?;
    tx.run(query(REDATE).condition("people", of("id"))).await?;
    Ok(deleted)
}

/// When the first declaration that is left in these files was made.
pub(crate) async fn first_left(db: &mut impl Read, files: &[Uuid]) -> Result<Option<kernel::Instant64>, DbError> {
    let people = Condition::one_of("person_id", files.iter().map(|it| Value::from(*it)));
    let first: Option<i64> = db.find(query(FIRST_LEFT).condition("people", people)).await?;
    Ok(first.map(kernel::Instant64::from_micros))
}
