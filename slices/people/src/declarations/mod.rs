//! Declarations: what a worker, or her enterprise for her, says of her health and of where she has been; and the
//! temperatures that the listed occupations measure twice a day.
//!
//! Collected only while a response is in force where she works. A declaration has the key of its sender for ever: one
//! that waited on a phone without a network arrives once, however late and however often it is sent.

pub(crate) mod answers;
pub(crate) mod daily;

use access::Scope;
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::{DAY, MINUTE};
use kernel::{AreaCode, Celsius, Instant64};
use serde_json::json;
use uuid::Uuid;
use vault::{DataKey, IndexKey, Purpose};

use crate::file::{NewFact, record_facts};
use crate::model::{DeclarationId, FactKind, PersonId, TemperatureRecordId};
use crate::recompute::in_force as in_force_rules;
use crate::sealed;
use crate::status::change_health;
use crate::store::declarations::{self as store, DeclarationRow, Origin, Statement};
use crate::store::{employments, people};
use answers::{Answers, FEVER_C, must_be_full};

const ANSWERS: &str = "declaration.answers";
const LEG: &str = "itinerary_leg.leg";
const TEMPERATURE: &str = "temperature_record.temperature";
/// How far a phone's clock may be ahead.
const AHEAD: i64 = 5 * MINUTE;
/// How long a declaration may have waited on a phone.
const WAITED: i64 = 7 * DAY;
/// What a response must be for.
const PURPOSE: &str = "screening";

/// Whose statement it is, of when, and how it came here.
pub(crate) struct Telling<'a> {
    pub(crate) person: PersonId,
    pub(crate) at: Instant64,
    pub(crate) origin: Origin<'a>,
    pub(crate) now: Instant64,
}

/// What is declared.
pub(crate) enum Said {
    /// All of it.
    Full(Answers),
    /// As the last time.
    Unchanged,
}

/// A declaration as its reader may see it.
pub(crate) struct Declaration {
    pub(crate) row: DeclarationRow,
    pub(crate) answers: Answers,
}

/// Stores a declaration and recomputes her status; one with a key that was used before is what was stored then.
///
/// # Errors
/// `response_inactive` where no response is in force; `date_future`, `date_order` for a time that cannot be;
/// `declaration_full` when "nothing changed" is not enough; the field of an answer that cannot be so.
pub(crate) async fn declare(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    telling: Telling<'_>,
    said: Said,
) -> ApiResult<Declaration> {
    let Telling { person, at, origin, now } = telling;
    // Two tabs and a late phone come one after the other.
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    let person = PersonId::from_uuid(row.id);
    if let Some(known) = store::by_key(tx, row.id, origin.key).await? {
        return same(platform, known, &said).await;
    }
    let response = collected(tx, person, at, now).await?;
    let unchanged = matches!(said, Said::Unchanged);
    let answers = match said {
        Said::Full(answers) => answers,
        Said::Unchanged => carried(platform, tx, person, at, now).await?,
    };
    answers.check(now).map_err(refused)?;
    let id = DeclarationId::new(now);
    let key = platform.vault.key(row.id, Purpose::Health).await?;
    let sealed_answers = sealed::seal(&key, ANSWERS, id.uuid(), &answers)?;
    let statement = Statement { id: id.uuid(), person: row.id, at, response };
    store::insert(tx, statement, &origin, unchanged, sealed_answers, now).await?;
    store_legs(platform, tx, &key, id, row.id, &answers, now).await?;
    let source = origin.name();
    record_facts(platform, tx, vec![declared(row.id, source, at, unchanged, &answers)], now).await?;
    let contact_days = in_force_rules(tx).await?.rules.contact_days;
    change_health(platform, tx, person, source, now, |it| answers.tell(it, at, contact_days)).await?;
    let row = store::by_key(tx, row.id, origin.key).await?.ok_or(DbError::Unreadable("declaration.client_key"))?;
    Ok(Declaration { row, answers })
}

/// The legs beside the declaration, each under the digest by which fellow travellers are found.
async fn store_legs(
    platform: &Platform,
    tx: &mut Tx,
    key: &DataKey,
    declaration: DeclarationId,
    person: Uuid,
    answers: &Answers,
    now: Instant64,
) -> ApiResult<()> {
    let mut legs = Vec::with_capacity(answers.legs.len());
    for leg in &answers.legs {
        let id = kernel::id::uuid_at(now);
        let trip = platform.index.digest(IndexKey::Trip, &leg.trip());
        legs.push((id, trip, sealed::seal(key, LEG, id, leg)?));
    }
    Ok(store::insert_legs(tx, declaration.uuid(), person, legs).await?)
}

/// Its line in the timeline: what was stated of health, and how many places and legs.
fn declared(person: Uuid, source: &str, at: Instant64, unchanged: bool, answers: &Answers) -> NewFact {
    let detail = json!({
        "unchanged": unchanged, "well": !answers.is_unwell(), "symptoms": answers.symptoms, "contact": answers.contact,
        "family_unwell": answers.family_unwell, "temperature_c": answers.temperature_c, "places": answers.places.len(),
        "legs": answers.legs.len(),
    });
    NewFact { person, kind: FactKind::Declared, occurred_at: at, source: source.to_owned(), site: None, detail }
}

/// What was stored under the key, if it is the same: another declaration needs a key of its own.
async fn same(platform: &Platform, known: DeclarationRow, said: &Said) -> ApiResult<Declaration> {
    let stored = opened(platform, known).await?;
    let is_same = match said {
        Said::Full(answers) => *answers == stored.answers,
        Said::Unchanged => stored.row.unchanged,
    };
    match is_same {
        true => Ok(stored),
        false => Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::IdempotencyKeyReused)),
    }
}

/// The last answers, for "nothing changed".
async fn carried(
    platform: &Platform,
    tx: &mut Tx,
    person: PersonId,
    at: Instant64,
    now: Instant64,
) -> ApiResult<Answers> {
    let full = || ApiError::field("unchanged", ErrorCode::DeclarationFull);
    let group = people::group(tx, person).await?;
    // One that waited for the network means what she had said by then.
    let last = store::latest(tx, &group, at.min(now)).await?.ok_or_else(full)?;
    if asked_in_full(platform, person.uuid(), at.min(now)) {
        return Err(full());
    }
    let last = opened(platform, last).await?.answers;
    if last.asks_anew() { Err(full()) } else { Ok(last.carried(at.min(now))) }
}

/// Whether "nothing changed" since this one will do today.
pub(crate) async fn may_repeat(platform: &Platform, last: DeclarationRow, now: Instant64) -> ApiResult<bool> {
    if asked_in_full(platform, last.person_id, now) {
        return Ok(false);
    }
    Ok(!opened(platform, last).await?.answers.asks_anew())
}

/// Whether she must answer everything today.
pub(crate) fn asked_in_full(platform: &Platform, person: Uuid, now: Instant64) -> bool {
    must_be_full(&platform.access.digest(&format!("declaration:{}:{}", person.as_simple(), now.local_date())))
}

/// Opens one.
pub(crate) async fn opened(platform: &Platform, row: DeclarationRow) -> ApiResult<Declaration> {
    let key = platform.vault.key(row.person_id, Purpose::Health).await?;
    let answers = sealed::open(&key, ANSWERS, row.id, &row.answers_sealed)?;
    Ok(Declaration { row, answers })
}

/// Records a temperature; the same key again is what was stored then. A fever counts as a stated symptom.
pub(crate) async fn record_temperature(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    telling: Telling<'_>,
    temperature: Celsius,
) -> ApiResult<(TemperatureRecordId, Instant64, Celsius)> {
    let Telling { person, at, origin, now } = telling;
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    let person = PersonId::from_uuid(row.id);
    let key = platform.vault.key(row.id, Purpose::Health).await?;
    if let Some(known) = store::temperature_by_key(tx, row.id, origin.key).await? {
        let stored: f64 = sealed::open(&key, TEMPERATURE, known.id, &known.temperature_sealed)?;
        let stored = Celsius::new(stored).map_err(|_| DbError::Unreadable("temperature_record.temperature"))?;
        return Ok((TemperatureRecordId::from_uuid(known.id), Instant64::from_micros(known.taken_at), stored));
    }
    let response = collected(tx, person, at, now).await?;
    let id = TemperatureRecordId::new(now);
    let degrees = temperature.degrees();
    let sealed_degrees = sealed::seal(&key, TEMPERATURE, id.uuid(), &degrees)?;
    let statement = Statement { id: id.uuid(), person: row.id, at, response };
    store::insert_temperature(tx, statement, &origin, sealed_degrees, now).await?;
    let source = origin.name();
    let detail = json!({ "temperature_c": degrees, "fever": degrees >= FEVER_C });
    let fact = NewFact {
        person: row.id,
        kind: FactKind::Measured,
        occurred_at: at,
        source: source.to_owned(),
        site: None,
        detail,
    };
    record_facts(platform, tx, vec![fact], now).await?;
    if degrees >= FEVER_C {
        change_health(platform, tx, person, source, now, |it| it.symptoms_at = it.symptoms_at.max(Some(at))).await?;
    }
    Ok((id, at, temperature))
}

/// Temperatures recorded in this file since then, newest first.
pub(crate) async fn temperatures_since(
    platform: &Platform,
    db: &mut impl Read,
    person: Uuid,
    since: Instant64,
) -> ApiResult<Vec<(Uuid, Instant64, f64)>> {
    let key = platform.vault.key(person, Purpose::Health).await?;
    let rows = store::temperatures(db, person, since).await?;
    let open = |it: store::TemperatureRow| {
        let degrees: f64 = sealed::open(&key, TEMPERATURE, it.id, &it.temperature_sealed)?;
        Ok((it.id, Instant64::from_micros(it.taken_at), degrees))
    };
    rows.into_iter().map(open).collect()
}

/// The response that a statement of `at` is collected under now: its time can be, and one is in force where she works.
async fn collected(tx: &mut Tx, person: PersonId, at: Instant64, now: Instant64) -> ApiResult<Uuid> {
    if at > now.plus(AHEAD) {
        return Err(ApiError::field("at", ErrorCode::DateFuture));
    }
    if now.since(at) > WAITED {
        return Err(ApiError::field("at", ErrorCode::DateTooOld));
    }
    response_of(tx, person, None, at.min(now), now).await?.ok_or_else(inactive)
}

/// The response that a home there is recorded under now: one for screening that covers it, or where she works.
pub(crate) async fn response_at_home(
    tx: &mut Tx,
    person: PersonId,
    home: &AreaCode,
    now: Instant64,
) -> ApiResult<Uuid> {
    response_of(tx, person, Some(home), now, now).await?.ok_or_else(inactive)
}

fn inactive() -> ApiError {
    ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::ResponseInactive)
}

/// Whether a response is in force at any of her workplaces.
pub(crate) async fn in_force(db: &mut impl Read, person: PersonId, at: Instant64, now: Instant64) -> ApiResult<bool> {
    Ok(response_of(db, person, None, at, now).await?.is_some())
}

/// The newest response in force at any of her workplaces, or at this home.
async fn response_of(
    db: &mut impl Read,
    person: PersonId,
    home: Option<&AreaCode>,
    at: Instant64,
    now: Instant64,
) -> ApiResult<Option<Uuid>> {
    let responses = places::active_responses(db, now).await?;
    let everywhere = access::system_scope("declaration");
    let work = employments::of_person(db, &everywhere, person).await?;
    let current = work.iter().filter(|it| it.until_at.is_none_or(|until| until > now.micros()));
    let areas: Vec<&str> = current.map(|it| it.area_code.as_str()).chain(home.map(AreaCode::as_str)).collect();
    let covers = |it: &&places::ActiveResponse| areas.iter().any(|area| it.covers(area, PURPOSE, at));
    Ok(responses.iter().rev().find(covers).map(|it| it.id.uuid()))
}

/// Areas in which a response asks for declarations.
pub(crate) async fn areas_in_force(db: &mut impl Read, now: Instant64) -> ApiResult<Vec<AreaCode>> {
    let active = places::active_responses(db, now).await?.into_iter();
    Ok(active.filter(|it| it.purposes.iter().any(|it| it == PURPOSE)).map(|it| it.area).collect())
}

fn refused(fault: answers::Fault) -> ApiError {
    let error = ApiError::field(fault.field, ErrorCode::parse(fault.code).unwrap_or(ErrorCode::Invalid));
    match fault.row {
        Some(row) => error.with("row", row + 1),
        None => error,
    }
}
