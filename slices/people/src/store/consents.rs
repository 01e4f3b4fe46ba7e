//! SQL of consents.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::PERSON;
use crate::model::{ConsentId, ConsentPurpose, ConsentState};

const INSERT: &str = "insert into consent (id, person_id, response_id, purpose, state, text_version, text_lang, \
    text_digest, channel, age_basis, guardian_sealed, recorded_by, decided_at) values (:id, :person, :response, \
    :purpose, :state, :version, :lang, :digest, :channel, :age_basis, :guardian, :by, :now)";
const LIST: &str = "select c.id, c.person_id, c.response_id, r.name as response_name, r.ends_at as response_ends_at, \
    c.purpose, c.state, c.text_version, c.text_lang, c.text_digest, c.channel, c.age_basis, c.guardian_sealed, \
    c.recorded_by, c.decided_at, c.ended_at, c.erase_at, c.erased_at \
    from consent c join response r on r.id = c.response_id join person p on p.id = coalesce((select q.merged_into \
    from person q where q.id = c.person_id), c.person_id) where {people} and {scope} and {filter} \
    order by c.id desc limit :limit";
const END: &str = "update consent set state = :state, ended_at = :now, erase_at = :erase_at where {which}";
/// Standing consents to the text in force, whose response is in force where she works now, and after which nobody has
/// refused: by standing file, since a decision holds for all files of one person.
const HOLDERS: &str = "select p.id, c.person_id, c.response_id from consent c join response r on r.id = c.response_id \
    join person q on q.id = c.person_id join person p on p.id = coalesce(q.merged_into, q.id) \
    where {people} and c.purpose = :purpose and c.state = 'given' and c.text_version = :version \
    and r.starts_at <= :now and (r.ends_at is null or r.ends_at > :now) \
    and exists (select 1 from person_scope ps where ps.person_id = p.id and ps.site_id is not null \
    and substr(ps.area_code, 1, length(r.area_code)) = r.area_code) \
    and not exists (select 1 from consent d join person o on o.id = d.person_id where d.purpose = c.purpose \
    and d.state in ('refused', 'withdrawn') and coalesce(d.ended_at, d.decided_at) >= c.decided_at and coalesce(o.merged_into, o.id) = p.id) \
    order by c.decided_at, c.id";
const EXPIRED: &str = "select c.id, c.person_id, c.purpose from consent c where c.response_id = :response \
    and c.state = 'given' order by c.id limit :limit";
const DUE: &str = "select c.id, c.person_id, c.purpose from consent c where c.erased_at is null and c.erase_at <= :now \
    order by c.erase_at limit :limit";
const DUE_OF: &str = "select distinct c.person_id, c.response_id from consent c where {people} and c.purpose = :purpose \
    and c.erased_at is null and c.erase_at <= :now";
const STANDING: &str = "select c.person_id, c.response_id from consent c where {people} and c.purpose = :purpose \
    and c.state = 'given'";
const UNDER: &str = "select distinct c.response_id from consent c where c.person_id = :person";
const LET_GO: &str = "update consent set erase_at = :now where {people} and purpose = :purpose \
    and state in ('expired', 'replaced') and erased_at is null and (erase_at is null or erase_at > :now)";
const EXPIRE_REPLACED: &str = "update consent set erase_at = :at where response_id = :response and state = 'replaced' \
    and erase_at is null and erased_at is null";
const ERASED: &str = "update consent set erased_at = :now where {people} and purpose = :purpose and erased_at is null \
    and erase_at <= :now";

db::row! {
    #[derive(Clone)]
    pub(crate) struct ConsentRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) response_id: Uuid,
        pub(crate) response_name: String,
        pub(crate) response_ends_at: Option<i64>,
        pub(crate) purpose: String,
        pub(crate) state: String,
        pub(crate) text_version: i64,
        pub(crate) text_lang: String,
        pub(crate) text_digest: Vec<u8>,
        pub(crate) channel: String,
        pub(crate) age_basis: String,
        pub(crate) guardian_sealed: Option<Vec<u8>>,
        pub(crate) recorded_by: Option<String>,
        pub(crate) decided_at: i64,
        pub(crate) ended_at: Option<i64>,
        pub(crate) erase_at: Option<i64>,
        pub(crate) erased_at: Option<i64>,
    }
}

/// A receipt to be written.
pub(crate) struct NewRow<'a> {
    pub(crate) id: ConsentId,
    pub(crate) person: Uuid,
    pub(crate) response: Uuid,
    pub(crate) purpose: ConsentPurpose,
    pub(crate) state: ConsentState,
    pub(crate) version: i64,
    pub(crate) lang: &'static str,
    pub(crate) digest: Vec<u8>,
    pub(crate) channel: &'static str,
    pub(crate) age_basis: &'static str,
    pub(crate) guardian: Option<Vec<u8>>,
    pub(crate) by: Option<&'a str>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewRow<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("person", new.person)
        .bind("response", new.response)
        .bind("purpose", new.purpose.code())
        .bind("state", new.state.code())
        .bind("version", new.version)
        .bind("lang", new.lang)
        .bind("digest", new.digest)
        .bind("channel", new.channel)
        .bind("age_basis", new.age_basis)
        .bind("guardian", new.guardian)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Receipts of these files, newest first.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    group: &[Uuid],
    filter: Condition,
    limit: i64,
) -> Result<Vec<ConsentRow>, DbError> {
    let list = query(LIST).condition("people", of("c.person_id", group)).condition("filter", filter);
    db.all(scope.on(list.bind("limit", limit), &PERSON)).await
}

/// Receipts after which nothing came.
pub(crate) fn standing() -> Condition {
    Condition::literal("c.state in ('given', 'refused')")
}

/// Ends standing receipts of a purpose.
pub(crate) async fn end(
    tx: &mut Tx,
    id: Uuid,
    state: ConsentState,
    erase_at: Option<Instant64>,
    now: Instant64,
) -> Result<u64, DbError> {
    let which = Condition::all([Condition::eq("id", id), Condition::literal("state in ('given', 'refused')")]);
    let end = query(END).bind("state", state.code()).bind("now", now).bind("erase_at", erase_at);
    tx.run(end.condition("which", which)).await
}

/// Who of these consents to this purpose now, by which file, under which response; a person's latest last.
pub(crate) async fn holders(
    db: &mut impl Read,
    people: &[Uuid],
    purpose: ConsentPurpose,
    version: i64,
    now: Instant64,
) -> Result<Vec<(Uuid, Uuid, Uuid)>, DbError> {
    let people = Condition::any([of("c.person_id", people), of("q.merged_into", people)]);
    let holders = query(HOLDERS).condition("people", people).bind("purpose", purpose.code());
    db.all(holders.bind("version", version).bind("now", now)).await
}

/// As [`holders`], of everybody who works at a site now.
pub(crate) async fn holders_at(
    db: &mut impl Read,
    site: Uuid,
    purpose: ConsentPurpose,
    version: i64,
    now: Instant64,
) -> Result<Vec<(Uuid, Uuid, Uuid)>, DbError> {
    let works = |before| Condition::wrapped(before, Condition::eq("m.site_id", site), " and m.until_at is null)");
    let people = Condition::any([
        works("c.person_id in (select m.person_id from employment m where "),
        works("q.merged_into in (select m.person_id from employment m where "),
    ]);
    let holders = query(HOLDERS).condition("people", people).bind("purpose", purpose.code());
    db.all(holders.bind("version", version).bind("now", now)).await
}

/// Consents that hang on this response: id, file, purpose.
pub(crate) async fn of_response(
    db: &mut impl Read,
    response: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Uuid, String)>, DbError> {
    db.all(query(EXPIRED).bind("response", response).bind("limit", limit)).await
}

/// Consents that are over and whose data is due to go: id, file, purpose.
pub(crate) async fn due(db: &mut impl Read, now: Instant64, limit: i64) -> Result<Vec<(Uuid, Uuid, String)>, DbError> {
    db.all(query(DUE).bind("now", now).bind("limit", limit)).await
}

/// What of this purpose is due to go: by which file, under which response.
pub(crate) async fn due_of(
    db: &mut impl Read,
    group: &[Uuid],
    purpose: ConsentPurpose,
    now: Instant64,
) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let due = query(DUE_OF).condition("people", of("c.person_id", group)).bind("purpose", purpose.code());
    db.all(due.bind("now", now)).await
}

/// By which of these files she consents, under which responses, whatever the text.
pub(crate) async fn standing_of(
    db: &mut impl Read,
    group: &[Uuid],
    purpose: ConsentPurpose,
) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    db.all(query(STANDING).condition("people", of("c.person_id", group)).bind("purpose", purpose.code())).await
}

/// Under which responses somebody ever decided.
pub(crate) async fn responses_of(db: &mut impl Read, person: Uuid) -> Result<Vec<Uuid>, DbError> {
    db.all(query(UNDER).bind("person", person)).await
}

/// What earlier consents to this purpose left is due to go now.
pub(crate) async fn let_go(
    tx: &mut Tx,
    group: &[Uuid],
    purpose: ConsentPurpose,
    now: Instant64,
) -> Result<(), DbError> {
    let which = query(LET_GO).condition("people", of("person_id", group)).bind("purpose", purpose.code());
    tx.run(which.bind("now", now)).await.map(|_| ())
}

/// What consents under this response left that others took the place of goes at that time.
pub(crate) async fn expire_replaced(tx: &mut Tx, response: Uuid, at: Instant64) -> Result<(), DbError> {
    tx.run(query(EXPIRE_REPLACED).bind("response", response).bind("at", at)).await.map(|_| ())
}

/// What was due of this purpose is gone.
pub(crate) async fn mark_erased(
    tx: &mut Tx,
    group: &[Uuid],
    purpose: ConsentPurpose,
    now: Instant64,
) -> Result<(), DbError> {
    let erased = query(ERASED).condition("people", of("person_id", group)).bind("purpose", purpose.code());
    tx.run(erased.bind("now", now)).await.map(|_| ())
}

fn of(column: &'static str, people: &[Uuid]) -> Condition {
    Condition::one_of(column, people.iter().map(|it| Value::from(*it)))
}
