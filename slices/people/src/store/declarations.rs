//! SQL of declarations, itinerary legs, recorded temperatures and reminders.

use access::Scope;
use db::{DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::PERSON;

const INSERT: &str = "insert into declaration (id, person_id, declared_at, received_at, source, declared_by, unchanged, \
    client_key, answers_sealed, response_id) \
    values (:id, :person, :at, :now, :source, :by, :unchanged, :key, :answers, :response)";
const INSERT_LEGS: &str =
    "insert into itinerary_leg (id, person_id, declaration_id, trip_digest, leg_sealed) values {rows}";
const BY_KEY: &str = "select d.id, d.person_id, d.declared_at, d.received_at, d.source, d.declared_by, d.unchanged, \
    d.answers_sealed from declaration d where d.person_id = :person and d.client_key = :key";
const LATEST: &str = "select d.id, d.person_id, d.declared_at, d.received_at, d.source, d.declared_by, d.unchanged, \
    d.answers_sealed from declaration d where {people} and d.declared_at <= :at order by d.declared_at desc, d.id desc limit 1";
const LIST: &str = "select d.id, d.person_id, d.declared_at, d.received_at, d.source, d.declared_by, d.unchanged, \
    d.answers_sealed from declaration d join person p on p.id = coalesce((select q.merged_into from person q \
    where q.id = d.person_id), d.person_id) where {people} and {scope} and {after} \
    order by d.declared_at desc, d.id desc limit :limit";
const DECLARED: &str =
    "update person set declared_at = :at where id = :id and (declared_at is null or declared_at < :at)";
const INSERT_TEMPERATURE: &str = "insert into temperature_record (id, person_id, taken_at, received_at, source, \
    recorded_by, client_key, temperature_sealed, response_id) \
    values (:id, :person, :at, :now, :source, :by, :key, :sealed, :response)";
const TEMPERATURE_BY_KEY: &str = "select id, taken_at, temperature_sealed from temperature_record \
    where person_id = :person and client_key = :key";
const TEMPERATURES: &str = "select id, taken_at, temperature_sealed from temperature_record \
    where person_id = :person and taken_at >= :since order by taken_at desc, id desc limit 20000";

db::row! {
    #[derive(Clone)]
    pub(crate) struct DeclarationRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) declared_at: i64,
        pub(crate) received_at: i64,
        pub(crate) source: String,
        pub(crate) declared_by: Option<String>,
        pub(crate) unchanged: bool,
        pub(crate) answers_sealed: Vec<u8>,
    }
}

db::row! {
    pub(crate) struct TemperatureRow {
        pub(crate) id: Uuid,
        pub(crate) taken_at: i64,
        pub(crate) temperature_sealed: Vec<u8>,
    }
}

/// Where a statement or a reading comes from.
pub(crate) struct Origin<'a> {
    pub(crate) source: &'static str,
    /// Who wrote it down for her.
    pub(crate) by: Option<&'a str>,
    /// The sender's key; one of a person's is used once, for ever.
    pub(crate) key: &'a str,
}

/// One of somebody's statements, and the response that it hangs on.
#[derive(Clone, Copy)]
pub(crate) struct Statement {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) at: Instant64,
    pub(crate) response: Uuid,
}

impl Origin<'_> {
    /// As timelines name it.
    pub(crate) fn name(&self) -> &str {
        self.by.unwrap_or(if self.source == "self" { "本人" } else { "激活码" })
    }
}

/// # Errors
/// [`DbError::Unique`] when the key was used meanwhile.
pub(crate) async fn insert(
    tx: &mut Tx,
    it: Statement,
    origin: &Origin<'_>,
    unchanged: bool,
    answers: Vec<u8>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", it.id)
        .bind("person", it.person)
        .bind("at", it.at)
        .bind("response", it.response)
        .bind("now", now)
        .bind("source", origin.source)
        .bind("by", origin.by)
        .bind("unchanged", unchanged)
        .bind("key", origin.key)
        .bind("answers", answers);
    tx.run(row).await?;
    tx.run(query(DECLARED).bind("id", it.person).bind("at", it.at)).await.map(|_| ())
}

/// Legs: id, digest of the trip, sealed leg.
pub(crate) async fn insert_legs(
    tx: &mut Tx,
    declaration: Uuid,
    person: Uuid,
    legs: Vec<(Uuid, Vec<u8>, Vec<u8>)>,
) -> Result<(), DbError> {
    if legs.is_empty() {
        return Ok(());
    }
    let row = |(id, trip, sealed): (Uuid, Vec<u8>, Vec<u8>)| {
        vec![Value::from(id), person.into(), declaration.into(), trip.into(), sealed.into()]
    };
    tx.insert(INSERT_LEGS, legs.into_iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn by_key(db: &mut impl Read, person: Uuid, key: &str) -> Result<Option<DeclarationRow>, DbError> {
    db.find(query(BY_KEY).bind("person", person).bind("key", key)).await
}

/// The newest of these files at a moment.
pub(crate) async fn latest(
    db: &mut impl Read,
    group: &[Uuid],
    at: Instant64,
) -> Result<Option<DeclarationRow>, DbError> {
    db.find(query(LATEST).condition("people", of(group)).bind("at", at)).await
}

/// Newest first; `after` is the (time, id) of the last one seen.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    group: &[Uuid],
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<DeclarationRow>, DbError> {
    let after = after.map_or_else(db::Condition::always, |(at, id)| {
        db::Condition::after("d.declared_at, d.id", vec![Value::from(at), Value::from(id)], true)
    });
    let list = query(LIST).condition("people", of(group)).condition("after", after).bind("limit", limit);
    db.all(scope.on(list, &PERSON)).await
}

pub(crate) async fn insert_temperature(
    tx: &mut Tx,
    it: Statement,
    origin: &Origin<'_>,
    sealed: Vec<u8>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT_TEMPERATURE)
        .bind("id", it.id)
        .bind("person", it.person)
        .bind("at", it.at)
        .bind("response", it.response)
        .bind("now", now)
        .bind("source", origin.source)
        .bind("by", origin.by)
        .bind("key", origin.key)
        .bind("sealed", sealed);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn temperature_by_key(
    db: &mut impl Read,
    person: Uuid,
    key: &str,
) -> Result<Option<TemperatureRow>, DbError> {
    db.find(query(TEMPERATURE_BY_KEY).bind("person", person).bind("key", key)).await
}

/// What was recorded since then, newest first.
pub(crate) async fn temperatures(
    db: &mut impl Read,
    person: Uuid,
    since: Instant64,
) -> Result<Vec<TemperatureRow>, DbError> {
    db.all(query(TEMPERATURES).bind("person", person).bind("since", since)).await
}

fn of(group: &[Uuid]) -> db::Condition {
    match group {
        // An order that an index keeps: nearly everybody has one file.
        [one] => db::Condition::eq("d.person_id", *one),
        many => db::Condition::one_of("d.person_id", many.iter().map(|it| Value::from(*it))),
    }
}
