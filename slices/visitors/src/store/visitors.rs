//! SQL of announced visitors.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::VISITOR;
use crate::model::{VisitorId, VisitorState};
use crate::rules::Period;

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-created_at", columns: "v.id", order: "v.id desc", descending: true }];

const LIST: &str = "select v.id, v.site_id, v.enterprise_id, v.area_code, v.host_person_id, v.host_name, v.person_id, v.state, \
    v.from_at, v.until_at, v.start_minute, v.end_minute, v.fit, v.declared_at, v.details_sealed, v.note, v.created_at, \
    v.decided_by, v.decided_at, v.arrived_at, v.left_at from visitor v where {scope} and {filter} order by {order} limit :limit";
const BY_PHONES: &str = "select v.phone_digest, v.site_id, v.from_at, v.until_at, v.start_minute, v.end_minute from visitor v \
    where v.state = 'announced' and v.until_at > :now and {phones} and {scope}";
const COUNT: &str = "select count(*) from visitor v where {scope} and {filter}";
const INSERT: &str = "insert into visitor (id, site_id, enterprise_id, area_code, host_person_id, host_name, person_id, \
    code_digest, phone_digest, plate_digest, state, from_at, until_at, start_minute, end_minute, details_sealed, created_at) \
    values (:id, :site, :enterprise, :area, :host, :host_name, :person, :code, :phone, :plate, :state, :from, :until, :start, \
    :end, :sealed, :now)";
const DECIDE: &str = "update visitor as v set state = :state, note = :note, decided_by = :by, decided_at = :now \
    where v.id = :id and v.state = :before and {scope}";
const DECLARE: &str = "update visitor set fit = :fit, declared_at = :now where id = :id";
const BY_CODES: &str = "select v.id, v.site_id, v.code_digest, v.person_id, v.from_at, v.until_at, v.start_minute, v.end_minute, \
    v.fit, v.declared_at from visitor v where v.state = 'announced' and {codes}";
const EXPECTED: &str = "select v.id, v.site_id, v.code_digest, v.person_id, v.from_at, v.until_at, v.start_minute, v.end_minute, \
    v.fit, v.declared_at from visitor v where v.state = 'announced' and v.site_id = :site and v.from_at < :until \
    and v.until_at > :now order by v.id";
const BY_CODE: &str = "select v.id from visitor v where v.code_digest = :code";
const SEALED: &str = "select v.id, v.details_sealed from visitor v where {ids}";
const HOSTS: &str = "select v.id, v.host_name from visitor v where {ids}";
const ARRIVED: &str = "update visitor set arrived_at = :at where id = :id and (arrived_at is null or arrived_at > :at)";
const LEFT: &str = "update visitor set left_at = :at where id = :id and (left_at is null or left_at < :at)";
const OLD: &str = "select v.id from visitor v where v.until_at < :before order by v.until_at limit 500";
const OF_PERSON: &str = "select v.id from visitor v where v.person_id = :person or v.host_person_id = :person";
const FORGET: &str = "delete from visitor where {ids}";

db::row! {
    #[derive(Clone)]
    pub(crate) struct VisitorRow {
        pub(crate) id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) host_person_id: Option<Uuid>,
        pub(crate) host_name: String,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) state: String,
        pub(crate) from_at: i64,
        pub(crate) until_at: i64,
        pub(crate) start_minute: i64,
        pub(crate) end_minute: i64,
        pub(crate) fit: Option<bool>,
        pub(crate) declared_at: Option<i64>,
        pub(crate) details_sealed: Vec<u8>,
        pub(crate) note: Option<String>,
        pub(crate) created_at: i64,
        pub(crate) decided_by: Option<String>,
        pub(crate) decided_at: Option<i64>,
        pub(crate) arrived_at: Option<i64>,
        pub(crate) left_at: Option<i64>,
    }
}

db::row! {
    struct PhoneRow {
        phone_digest: Vec<u8>,
        site_id: Uuid,
        from_at: i64,
        until_at: i64,
        start_minute: i64,
        end_minute: i64,
    }
}

impl VisitorRow {
    /// What cannot be read is not expected.
    pub(crate) fn state(&self) -> VisitorState {
        VisitorState::parse(&self.state).unwrap_or(VisitorState::Cancelled)
    }

    pub(crate) fn period(&self) -> Period {
        period((self.from_at, self.until_at), (self.start_minute, self.end_minute))
    }
}

db::row! {
    /// Somebody who is expected, as a gate needs her.
    #[derive(Clone)]
    pub(crate) struct ExpectedRow {
        pub(crate) id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) code_digest: Vec<u8>,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) from_at: i64,
        pub(crate) until_at: i64,
        pub(crate) start_minute: i64,
        pub(crate) end_minute: i64,
        pub(crate) fit: Option<bool>,
        pub(crate) declared_at: Option<i64>,
    }
}

impl ExpectedRow {
    pub(crate) fn period(&self) -> Period {
        period((self.from_at, self.until_at), (self.start_minute, self.end_minute))
    }
}

/// Minutes of a day fit; what does not is no time of day.
fn period((from, until): (i64, i64), (start, end): (i64, i64)) -> Period {
    let minute = |it| u16::try_from(it).unwrap_or(0);
    Period {
        from: Instant64::from_micros(from),
        until: Instant64::from_micros(until),
        start_minute: minute(start),
        end_minute: minute(end),
    }
}

/// A visitor to be stored.
pub(crate) struct NewVisitor {
    pub(crate) id: VisitorId,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area_code: String,
    pub(crate) host: Option<Uuid>,
    pub(crate) host_name: String,
    pub(crate) person: Option<Uuid>,
    pub(crate) code: Vec<u8>,
    pub(crate) phone: Vec<u8>,
    pub(crate) plate: Option<Vec<u8>>,
    pub(crate) state: VisitorState,
    pub(crate) period: Period,
    pub(crate) sealed: Vec<u8>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewVisitor, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("site", new.site)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area_code)
        .bind("host", new.host)
        .bind("host_name", new.host_name)
        .bind("person", new.person)
        .bind("code", new.code)
        .bind("phone", new.phone)
        .bind("plate", new.plate)
        .bind("state", new.state.code())
        .bind("from", new.period.from)
        .bind("until", new.period.until)
        .bind("start", i64::from(new.period.start_minute))
        .bind("end", i64::from(new.period.end_minute))
        .bind("sealed", new.sealed)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<VisitorRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &VISITOR)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &VISITOR)).await
}

/// Digests that one question names.
const AT_ONCE: usize = 500;

/// Who is expected under these phones inside the scope: phone, site, days and hours.
pub(crate) async fn expected_by_phone(
    db: &mut impl Read,
    scope: &Scope,
    phones: &[Vec<u8>],
    now: Instant64,
) -> Result<Vec<(Vec<u8>, Uuid, Period)>, DbError> {
    let mut found = Vec::new();
    for some in phones.chunks(AT_ONCE) {
        let which = Condition::one_of("v.phone_digest", some.iter().map(|it| Value::from(it.clone())));
        let question = query(BY_PHONES).condition("phones", which).bind("now", now);
        let rows: Vec<PhoneRow> = db.all(scope.on(question, &VISITOR)).await?;
        let times = |it: &PhoneRow| period((it.from_at, it.until_at), (it.start_minute, it.end_minute));
        found.extend(rows.into_iter().map(|it| (it.phone_digest.clone(), it.site_id, times(&it))));
    }
    Ok(found)
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: VisitorId) -> Result<Option<VisitorRow>, DbError> {
    Ok(list(db, scope, Condition::eq("v.id", id.uuid()), "v.id", 1).await?.pop())
}

/// False when somebody else was faster.
pub(crate) async fn decide(
    tx: &mut Tx,
    scope: &Scope,
    row: &VisitorRow,
    (state, note): (VisitorState, Option<String>),
    now: Instant64,
) -> Result<bool, DbError> {
    let by = scope.actor().name.clone();
    let change = query(DECIDE)
        .bind("id", row.id)
        .bind("before", row.state.as_str())
        .bind("state", state.code())
        .bind("note", note)
        .bind("by", by)
        .bind("now", now);
    Ok(tx.run(scope.on(change, &VISITOR)).await? == 1)
}

/// What she says of herself; who holds her code is she.
pub(crate) async fn declare(tx: &mut Tx, id: Uuid, fit: bool, now: Instant64) -> Result<(), DbError> {
    tx.run(query(DECLARE).bind("id", id).bind("fit", fit).bind("now", now)).await.map(|_| ())
}

pub(crate) async fn by_code(db: &mut impl Read, digest: Vec<u8>) -> Result<Option<VisitorId>, DbError> {
    let found: Option<Uuid> = db.find(query(BY_CODE).bind("code", digest)).await?;
    Ok(found.map(VisitorId::from_uuid))
}

/// Who is announced anywhere under one of these codes.
pub(crate) async fn by_codes(db: &mut impl Read, digests: Vec<Vec<u8>>) -> Result<Vec<ExpectedRow>, DbError> {
    let mut found = Vec::new();
    for some in digests.chunks(500) {
        let codes = Condition::one_of("v.code_digest", some.iter().map(|it| Value::from(it.clone())));
        found.extend(db.all::<ExpectedRow>(query(BY_CODES).condition("codes", codes)).await?);
    }
    Ok(found)
}

/// Who is expected at a site between now and then.
pub(crate) async fn expected(
    db: &mut impl Read,
    site: Uuid,
    now: Instant64,
    until: Instant64,
) -> Result<Vec<ExpectedRow>, DbError> {
    db.all(query(EXPECTED).bind("site", site).bind("now", now).bind("until", until)).await
}

/// Sealed details of rows that were reached already.
pub(crate) async fn sealed(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<(Uuid, Vec<u8>)>, DbError> {
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let ids = Condition::one_of("v.id", some.iter().map(|it| Value::from(*it)));
        found.extend(db.all::<(Uuid, Vec<u8>)>(query(SEALED).condition("ids", ids)).await?);
    }
    Ok(found)
}

/// Who announced rows that were reached already.
pub(crate) async fn hosts(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let ids = Condition::one_of("v.id", some.iter().map(|it| Value::from(*it)));
        found.extend(db.all::<(Uuid, String)>(query(HOSTS).condition("ids", ids)).await?);
    }
    Ok(found)
}

pub(crate) async fn arrived(tx: &mut Tx, id: Uuid, at: Instant64) -> Result<(), DbError> {
    tx.run(query(ARRIVED).bind("id", id).bind("at", at)).await.map(|_| ())
}

pub(crate) async fn left(tx: &mut Tx, id: Uuid, at: Instant64) -> Result<(), DbError> {
    tx.run(query(LEFT).bind("id", id).bind("at", at)).await.map(|_| ())
}

/// Whose time has been over since before then.
pub(crate) async fn over_since(db: &mut impl Read, before: Instant64) -> Result<Vec<Uuid>, DbError> {
    db.all(query(OLD).bind("before", before)).await
}

pub(crate) async fn of_person(db: &mut impl Read, person: Uuid) -> Result<Vec<Uuid>, DbError> {
    db.all(query(OF_PERSON).bind("person", person)).await
}

pub(crate) async fn forget(tx: &mut Tx, ids: &[Uuid]) -> Result<u64, DbError> {
    let ids = Condition::one_of("id", ids.iter().map(|it| Value::from(*it)));
    tx.run(query(FORGET).condition("ids", ids)).await
}
