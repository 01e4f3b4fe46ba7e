//! SQL of the purge of a response.

use std::collections::BTreeSet;

use db::{Condition, DbError, Read, Tx, Value, query};
use places::EndedResponse;
use uuid::Uuid;

use super::people;
use crate::model::PersonId;

const DECLARANTS: &str = "select distinct person_id from declaration where response_id = :response \
    order by person_id limit :limit";
const MEASURED: &str = "select distinct person_id from temperature_record where response_id = :response \
    order by person_id limit :limit";
const HOMES: &str = "select h.id, h.person_id, q.merged_into from home h join person q on q.id = h.person_id \
    where h.response_id = :response order by h.person_id limit :limit";
const STILL: &str = "select h.id from home h where h.response_id = :response and {homes}";
const DELETE_LEGS: &str = "delete from itinerary_leg where declaration_id in (select d.id from declaration d \
    where d.response_id = :response and {people})";
const DELETE_DECLARATIONS: &str = "delete from declaration where response_id = :response and {people}";
const DELETE_TEMPERATURES: &str = "delete from temperature_record where response_id = :response and {people}";
const DELETE_HOME_SCOPE: &str = "delete from person_scope where {homes}";
const DELETE_HOMES: &str = "delete from home where response_id = :response and {homes}";
const DELETE_FACTS: &str = "delete from fact where {people} and kind in ('declared', 'measured', 'attested', 'status_changed') \
    and occurred_at >= :from and occurred_at <= :until";
const REDATE: &str = "update person set declared_at = (select max(d.declared_at) from declaration d \
    where d.person_id = person.id) where {people}";
const FIRST_LEFT: &str = "select declared_at from declaration where {people} order by declared_at limit 1";

db::row! {
    struct PurgedHome {
        id: Uuid,
        person_id: Uuid,
        merged_into: Option<Uuid>,
    }
}

/// Files with a declaration or a measurement that hangs on this response.
pub(crate) async fn people_of(db: &mut impl Read, response: Uuid, limit: i64) -> Result<Vec<Uuid>, DbError> {
    for text in [DECLARANTS, MEASURED] {
        let found: Vec<Uuid> = db.all(query(text).bind("response", response).bind("limit", limit)).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Deletes homes that hang on the response, each with its scope row; the number of rows, none when nothing is left. Nothing
/// else of who lives there: she need not have told the response anything.
pub(crate) async fn delete_homes(tx: &mut Tx, response: &EndedResponse, limit: i64) -> Result<Option<u64>, DbError> {
    let bound = |text| query(text).bind("response", response.id.uuid());
    let found: Vec<PurgedHome> = tx.all(bound(HOMES).bind("limit", limit)).await?;
    if found.is_empty() {
        return Ok(None);
    }
    // Whoever says her address again in this moment comes before, and her home hangs elsewhere, or after, and writes it
    // anew. In the order of the files, as everybody who takes several.
    let files: BTreeSet<Uuid> = found.iter().flat_map(|it| [Some(it.person_id), it.merged_into]).flatten().collect();
    for file in files {
        people::lock(tx, PersonId::from_uuid(file)).await?;
    }
    let of = |column: &'static str, ids: &[Uuid]| Condition::one_of(column, ids.iter().map(|it| Value::from(*it)));
    let ids: Vec<Uuid> = found.iter().map(|it| it.id).collect();
    let still: Vec<Uuid> = tx.all(bound(STILL).condition("homes", of("h.id", &ids))).await?;
    let scopes = tx.run(query(DELETE_HOME_SCOPE).condition("homes", of("home_id", &still))).await?;
    let homes = tx.run(bound(DELETE_HOMES).condition("homes", of("id", &still))).await?;
    Ok(Some(scopes + homes))
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
