//! SQL of persons, their blind indexes and their erasure.

use std::collections::BTreeMap;

use access::{Columns, Scope};
use db::{Condition, DbError, Query, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;
use vault::IndexKey;

use crate::PERSON;
use crate::model::PersonId;

/// Which employment of a person a list shows: one inside the asker's own reach.
pub(crate) const SHOWN: Columns = Columns::new(Some("x.area_code"), Some("x.enterprise_id"), Some("x.site_id"));

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "p.id", order: "p.id desc", descending: true },
    Sort {
        name: "employee_no",
        columns: "coalesce(m.employee_no, ''), p.id",
        order: "coalesce(m.employee_no, ''), p.id",
        descending: false,
    },
];

const LIST: &str = "select p.id, p.document_kind, p.identity_sealed, p.status, p.last_screened_at, m.employee_no, \
    m.card_no, m.site_id, m.team from person p left join employment m on m.id = (select x.id from employment x \
    where x.person_id = p.id and x.until_at is null and {shown} order by x.id limit 1) \
    where p.merged_into is null and {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from person p left join employment m on m.id = (select x.id from employment x \
    where x.person_id = p.id and x.until_at is null and {shown} order by x.id limit 1) \
    where p.merged_into is null and {scope} and {filter}";
const FIND: &str = "select p.id, p.document_kind, p.identity_sealed, p.health_sealed, p.status, \
    p.status_reasons_sealed, p.status_valid_until, p.status_rule_version, p.status_computed_at, p.created_at \
    from person p where {scope} and p.id = coalesce((select q.merged_into from person q where q.id = :id), :id)";
const GROUP: &str = "select g.id from person g \
    where g.id = coalesce((select q.merged_into from person q where q.id = :id), :id) \
    union all select g.id from person g \
    where g.merged_into = coalesce((select q.merged_into from person q where q.id = :id), :id)";
const STANDING_FILES: &str = "select p.id, s.id, case when s.status_valid_until <= :now then 'unknown' else s.status end from person p \
    join person s on s.id = coalesce(p.merged_into, p.id) where {people}";
const FILES: &str = "select g.id from person g where {own} or {merged}";
const SEALED: &str = "select id, document_kind, identity_sealed from person where {people}";
const INSERT: &str = "insert into person (id, document_kind, identity_sealed, health_sealed, status, \
    status_reasons_sealed, status_valid_until, status_rule_version, status_computed_at, created_at) values {rows}";
const UPDATE_IDENTITY: &str = "update person set document_kind = :kind, identity_sealed = :identity where id = :id";
const UPDATE_STATUS: &str = "update person set health_sealed = :health, status = :status, \
    status_reasons_sealed = :reasons, status_valid_until = :valid_until, status_rule_version = :version, \
    status_computed_at = :now where id = :id";
const DUE: &str = "select id, document_kind, identity_sealed, health_sealed, status, status_reasons_sealed, \
    status_valid_until, status_rule_version, status_computed_at, created_at from person \
    where status_valid_until <= :now and merged_into is null and {after} order by status_valid_until, id limit 500";
const SCREENED: &str = "update person set last_screened_at = seen.column2 from (values {rows}) as seen \
    where person.id = seen.column1 \
    and (person.last_screened_at is null or person.last_screened_at < seen.column2)";
const INSERT_INDEX: &str = "insert into person_index (field, digest, person_id) values {rows} on conflict do nothing";
const DELETE_INDEX: &str = "delete from person_index where person_id = :id";
const BY_DIGEST: &str = "select i.digest, coalesce(p.merged_into, p.id) from person_index i \
    join person p on p.id = i.person_id where i.field = :field and {digests}";
const LOCK: &str = "update person set created_at = created_at where id = :id";
const LOCK_STANDING: &str = "update person set created_at = created_at where merged_into is null and {people}";

db::row! {
    pub(crate) struct ListRow {
        pub(crate) id: Uuid,
        pub(crate) document_kind: String,
        pub(crate) identity_sealed: Vec<u8>,
        pub(crate) status: String,
        pub(crate) last_screened_at: Option<i64>,
        pub(crate) employee_no: Option<String>,
        pub(crate) card_no: Option<String>,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) team: Option<String>,
    }
}

db::row! {
    pub(crate) struct PersonRow {
        pub(crate) id: Uuid,
        pub(crate) document_kind: String,
        pub(crate) identity_sealed: Vec<u8>,
        pub(crate) health_sealed: Vec<u8>,
        pub(crate) status: String,
        pub(crate) status_reasons_sealed: Vec<u8>,
        pub(crate) status_valid_until: Option<i64>,
        pub(crate) status_rule_version: i64,
        pub(crate) status_computed_at: i64,
        pub(crate) created_at: i64,
    }
}

fn filtered(text: &'static str, scope: &Scope, filter: Condition) -> Query {
    let shown = scope.condition(&SHOWN);
    scope.on(query(text).condition("filter", filter).condition("shown", shown), &PERSON)
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<ListRow>, DbError> {
    db.all(filtered(LIST, scope, filter).part("order", order).bind("limit", limit)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(filtered(COUNT, scope, filter)).await
}

/// A file by its id, or by the id of one that was merged into it.
pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: PersonId) -> Result<Option<PersonRow>, DbError> {
    db.find(scope.on(query(FIND).bind("id", id.uuid()), &PERSON)).await
}

/// The files that are one person's, by the id of any of them: her own first, then those that were merged into it.
pub(crate) async fn group(db: &mut impl Read, id: PersonId) -> Result<Vec<Uuid>, DbError> {
    db.all(query(GROUP).bind("id", id.uuid())).await
}

/// Rows of a later room whose `column` is a person: those of her file, and of the files that were merged into it.
pub fn person_condition(column: &'static str, id: PersonId) -> Condition {
    const FILE: &str = "select g.id from person g where ";
    let (own, merged) = (Condition::eq("g.id", id.uuid()), Condition::eq("g.merged_into", id.uuid()));
    Condition::in_any(column, [(FILE, own), (FILE, merged)])
}

/// Identities of many, for rows that were reached inside a scope already.
pub(crate) async fn identities(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<(Uuid, String, Vec<u8>)>, DbError> {
    let mut out = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let which = Condition::one_of("id", chunk.iter().map(|it| Value::from(*it)));
        out.extend(db.all(query(SEALED).condition("people", which)).await?);
    }
    Ok(out)
}

pub(crate) struct NewRow {
    pub(crate) id: PersonId,
    pub(crate) document_kind: &'static str,
    pub(crate) identity: Vec<u8>,
    pub(crate) status: StatusColumns,
}

/// The sealed health and the status computed from it.
pub(crate) struct StatusColumns {
    pub(crate) health: Vec<u8>,
    pub(crate) status: &'static str,
    pub(crate) reasons: Vec<u8>,
    pub(crate) valid_until: Option<Instant64>,
    pub(crate) rule_version: i64,
}

pub(crate) async fn insert(tx: &mut Tx, rows: Vec<NewRow>, now: Instant64) -> Result<(), DbError> {
    let row = |it: NewRow| {
        vec![
            Value::from(it.id.uuid()),
            Value::from(it.document_kind),
            Value::from(it.identity),
            Value::from(it.status.health),
            Value::from(it.status.status),
            Value::from(it.status.reasons),
            Value::from(it.status.valid_until),
            Value::from(it.status.rule_version),
            Value::from(now),
            Value::from(now),
        ]
    };
    tx.insert(INSERT, rows.into_iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn update_identity(
    tx: &mut Tx,
    id: PersonId,
    kind: &'static str,
    identity: Vec<u8>,
) -> Result<(), DbError> {
    let row = query(UPDATE_IDENTITY).bind("id", id.uuid()).bind("kind", kind).bind("identity", identity);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn update_status(
    tx: &mut Tx,
    id: PersonId,
    status: StatusColumns,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(UPDATE_STATUS)
        .bind("id", id.uuid())
        .bind("health", status.health)
        .bind("status", status.status)
        .bind("reasons", status.reasons)
        .bind("valid_until", status.valid_until)
        .bind("version", status.rule_version)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Takes the person's row for this transaction, so that two changes of her health follow one another.
pub(crate) async fn lock(tx: &mut Tx, id: PersonId) -> Result<bool, DbError> {
    Ok(tx.run(query(LOCK).bind("id", id.uuid())).await? == 1)
}

/// A file by its id, or by the id of one that was merged into it, taken for this transaction: whoever merges or erases it
/// comes before or after.
pub(crate) async fn locked(tx: &mut Tx, scope: &Scope, id: PersonId) -> Result<Option<PersonRow>, DbError> {
    lock(tx, id).await?;
    let Some(row) = find(tx, scope, id).await? else { return Ok(None) };
    if row.id == id.uuid() {
        return Ok(Some(row));
    }
    lock(tx, PersonId::from_uuid(row.id)).await?;
    find(tx, scope, PersonId::from_uuid(row.id)).await
}

/// Takes files for this transaction; false when one of them went into another meanwhile, or is gone.
pub(crate) async fn lock_standing(tx: &mut Tx, people: &[Uuid]) -> Result<bool, DbError> {
    if people.is_empty() {
        return Ok(true);
    }
    let which = Condition::one_of("id", people.iter().map(|it| Value::from(*it)));
    let n_locked = tx.run(query(LOCK_STANDING).condition("people", which)).await?;
    Ok(usize::try_from(n_locked).ok() == Some(people.len()))
}

/// Persons whose status has run out, 500 at a time; those after this time and file.
pub(crate) async fn due(
    db: &mut impl Read,
    after: Option<(i64, Uuid)>,
    now: Instant64,
) -> Result<Vec<PersonRow>, DbError> {
    let follow = |(at, id)| Condition::after("status_valid_until, id", vec![Value::from(at), Value::from(id)], false);
    let after = after.map_or_else(Condition::always, follow);
    db.all(query(DUE).condition("after", after).bind("now", now)).await
}

/// Notes when each of these persons was last seen at a gate; in the order of their ids, so that two writers meet in the
/// same one.
pub async fn touch_screened(tx: &mut Tx, seen: BTreeMap<Uuid, Instant64>) -> Result<(), DbError> {
    let row = |(person, at): (Uuid, Instant64)| vec![Value::from(person), Value::from(at)];
    tx.insert(SCREENED, seen.into_iter().map(row).collect()).await.map(|_| ())
}

/// The digests under which persons can be found.
///
/// # Errors
/// [`DbError::Unique`] when somebody else was registered with one of these documents in this moment.
pub(crate) async fn index(tx: &mut Tx, entries: Vec<(IndexKey, Vec<u8>, Uuid)>) -> Result<(), DbError> {
    let expected = u64::try_from(entries.len()).unwrap_or(0);
    let row = |(field, digest, person): (IndexKey, Vec<u8>, Uuid)| {
        vec![Value::from(field.code()), Value::from(digest), Value::from(person)]
    };
    let inserted = tx.insert(INSERT_INDEX, entries.into_iter().map(row).collect()).await?;
    if inserted == expected { Ok(()) } else { Err(DbError::Unique("person_index.document".to_owned())) }
}

pub(crate) async fn delete_index(tx: &mut Tx, id: PersonId) -> Result<u64, DbError> {
    tx.run(query(DELETE_INDEX).bind("id", id.uuid())).await
}

/// Persons with these digests in a field; a file that was merged leads to the one it became part of.
pub(crate) async fn by_digests(
    db: &mut impl Read,
    field: IndexKey,
    digests: &[Vec<u8>],
) -> Result<Vec<(Vec<u8>, Uuid)>, DbError> {
    let mut out = Vec::new();
    for chunk in digests.chunks(500) {
        let which = Condition::one_of("i.digest", chunk.iter().map(|it| Value::from(it.as_slice())));
        out.extend(db.all(query(BY_DIGEST).bind("field", field.code()).condition("digests", which)).await?);
    }
    Ok(out)
}

const DELETE_SCOPE: &str = "delete from person_scope where person_id = :id";
/// Of her homes whose row leads to the file that hers became part of. Apart: PostgreSQL reads the whole table for an `or`.
const DELETE_HOME_SCOPE: &str =
    "delete from person_scope where home_id in (select h.id from home h where h.person_id = :id)";
const DELETE_HOMES: &str = "delete from home where person_id = :id";
const DELETE_EMPLOYMENTS: &str = "delete from employment where person_id = :id";
const DELETE_FACTS: &str = "delete from fact where person_id = :id";
const DELETE_PAIRS: &str = "delete from duplicate_pair where first_id = :id or second_id = :id";
const DELETE_ORDERS: &str = "delete from red_order where person_id = :id";
const DELETE_APPEALS: &str = "delete from appeal where person_id = :id";
const DELETE_LEGS: &str = "delete from itinerary_leg where person_id = :id";
const DELETE_FACES: &str = "delete from face_template where person_id = :id";
const DELETE_CONSENTS: &str = "delete from consent where person_id = :id";
const DELETE_DECLARATIONS: &str = "delete from declaration where person_id = :id";
const DELETE_TEMPERATURES: &str = "delete from temperature_record where person_id = :id";
const DELETE_REMINDERS: &str = "delete from reminder where person_id = :id";
const DELETE_CORRECTIONS: &str = "delete from correction where person_id = :id";
const DELETE_LEARNING: &str = "delete from learning where person_id = :id";
const DELETE_ATTEMPTS: &str = "delete from quiz_attempt where person_id = :id";
const DELETE_CERTIFICATES: &str = "delete from training_certificate where person_id = :id";
const DELETE_TRAINING_REMINDERS: &str = "delete from training_reminder where person_id = :id";
const DELETE_PERSON: &str = "delete from person where id = :id";
const REGISTER: &str = "insert into erasure (person_id, erased_at, keys_destroyed) values (:id, :now, :no) \
    on conflict (person_id) do nothing";
const ERASED_SINCE: &str = "select person_id from erasure where erased_at >= :since limit 10000";
const UNFINISHED: &str = "select person_id from erasure where keys_destroyed = :no limit 1000";
const FINISHED: &str = "update erasure set keys_destroyed = :yes where {people}";

/// Deletes every row of a person in this room; how many.
pub(crate) async fn delete_all(tx: &mut Tx, id: PersonId) -> Result<u64, DbError> {
    let mut deleted = 0;
    let rows = [
        DELETE_PAIRS,
        DELETE_ORDERS,
        DELETE_APPEALS,
        DELETE_LEGS,
        DELETE_DECLARATIONS,
        DELETE_FACES,
        DELETE_CONSENTS,
        DELETE_TEMPERATURES,
        DELETE_REMINDERS,
        DELETE_CORRECTIONS,
        DELETE_LEARNING,
        DELETE_ATTEMPTS,
        DELETE_CERTIFICATES,
        DELETE_TRAINING_REMINDERS,
        DELETE_INDEX,
        DELETE_SCOPE,
        DELETE_HOME_SCOPE,
        DELETE_HOMES,
        DELETE_EMPLOYMENTS,
        DELETE_FACTS,
        DELETE_PERSON,
    ];
    for text in rows {
        deleted += tx.run(query(text).bind("id", id.uuid())).await?;
    }
    Ok(deleted)
}

/// These files, the file that each stands as, and the status of that.
pub(crate) async fn standing_files(
    db: &mut impl Read,
    files: &[Uuid],
    now: Instant64,
) -> Result<Vec<(Uuid, Uuid, String)>, DbError> {
    db.all(query(STANDING_FILES).condition("people", one_of("p.id", files)).bind("now", now)).await
}

/// These files and those that were merged into them.
pub(crate) async fn files_of(db: &mut impl Read, people: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    let files =
        query(FILES).condition("own", one_of("g.id", people)).condition("merged", one_of("g.merged_into", people));
    db.all(files).await
}

fn one_of(column: &'static str, people: &[Uuid]) -> Condition {
    Condition::one_of(column, people.iter().map(|it| Value::from(*it)))
}

pub(crate) async fn register_erasure(tx: &mut Tx, id: PersonId, now: Instant64) -> Result<(), DbError> {
    tx.run(query(REGISTER).bind("id", id.uuid()).bind("now", now).bind("no", false)).await.map(|_| ())
}

/// Who was erased since then, by whichever process.
pub(crate) async fn erased_since(db: &mut impl Read, since: Instant64) -> Result<Vec<Uuid>, DbError> {
    db.all(query(ERASED_SINCE).bind("since", since)).await
}

pub(crate) async fn unfinished_erasures(db: &mut impl Read) -> Result<Vec<Uuid>, DbError> {
    db.all(query(UNFINISHED).bind("no", false)).await
}

pub(crate) async fn finish_erasures(tx: &mut Tx, people: &[Uuid]) -> Result<(), DbError> {
    let which = Condition::one_of("person_id", people.iter().map(|it| Value::from(*it)));
    tx.run(query(FINISHED).condition("people", which).bind("yes", true)).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use db::{Engine, TestDb};

    use super::*;

    /// An `or` of a column and a question had PostgreSQL read every scope row of the installation.
    #[tokio::test]
    async fn scope_rows_of_an_erased_person_are_found_by_index() {
        let world = TestDb::new(Engine::Postgres).await;
        let mut tx = world.db.begin().await.unwrap();
        // Small tables are read whole if they may be.
        tx.run(query("set local enable_seqscan = off")).await.unwrap();
        for text in [DELETE_SCOPE, DELETE_HOME_SCOPE] {
            let explained: &'static str = format!("explain {text}").leak();
            let plan: Vec<String> = tx.all(query(explained).bind("id", Uuid::nil())).await.unwrap();
            assert!(plan.iter().all(|it| !it.contains("Seq Scan on person_scope")), "{plan:?}");
        }
    }
}
