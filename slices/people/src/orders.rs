//! Red by hand, which takes two persons of the health authority, and the worker's appeal, which somebody else decides.

use access::Scope;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{Instant64, Prose};
use serde_json::json;
use uuid::Uuid;
use vault::Purpose;

use crate::file::{NewFact, record_facts};
use crate::model::{
    AppealId, AppealState, FactKind, OrderedRed, PersonId, RedOrderId, RedOrderState, RedReason, StatusReasonCode,
};
use crate::rules;
use crate::sealed;
use crate::status::change_health;
use crate::store::orders::{self as store, AppealRow, OrderRow};
use crate::store::people;

const NOTE: &str = "red_order.note";
const ANSWER: &str = "red_order.answer";
const WORDS: &str = "appeal.words";
const APPEAL_ANSWER: &str = "appeal.answer";
/// How long an appeal may wait for its answer (domain dictionary: reply within 24 h).
pub(crate) const REPLY_WITHIN: i64 = DAY;

/// Who acts.
fn actor(scope: &Scope) -> ApiResult<(Uuid, &str)> {
    let account = scope.actor().account.ok_or_else(ApiError::not_found)?;
    Ok((account, scope.actor().name.as_str()))
}

fn on_oneself() -> ApiError {
    ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::OnOneself)
}

/// One of the two orders red; nothing changes yet.
///
/// # Errors
/// `state` when an order waits or holds already.
pub(crate) async fn order(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    reason: RedReason,
    note: &Prose,
    now: Instant64,
) -> ApiResult<RedOrderId> {
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(tx, PersonId::from_uuid(row.id)).await?;
    if store::is_running(tx, &group).await? {
        return Err(ApiError::state());
    }
    let id = RedOrderId::new(now);
    let key = platform.vault.key(row.id, Purpose::Health).await?;
    let note = sealed::seal(&key, NOTE, id.uuid(), &note.as_str())?;
    store::insert(tx, (id, row.id, reason), note, actor(scope)?, now).await?;
    Ok(id)
}

/// The other confirms it, and she is red; or says no.
///
/// # Errors
/// `on_oneself` for who ordered it.
pub(crate) async fn decide(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    row: &OrderRow,
    confirms: bool,
    answer: Option<&Prose>,
    now: Instant64,
) -> ApiResult<()> {
    let by = actor(scope)?;
    // Whoever changes her health takes her file first: two who decide come one after the other.
    people::locked(tx, scope, PersonId::from_uuid(row.person_id)).await?.ok_or_else(ApiError::not_found)?;
    if by.0 == row.ordered_by {
        return Err(on_oneself());
    }
    let key = platform.vault.key(row.person_id, Purpose::Health).await?;
    let answer = answer.map(|it| sealed::seal(&key, ANSWER, row.id, &it.as_str())).transpose()?;
    let state = if confirms { RedOrderState::Active } else { RedOrderState::Rejected };
    if !store::decide(tx, RedOrderId::from_uuid(row.id), state, answer, by, now).await? {
        return Err(ApiError::state());
    }
    if confirms {
        let reason = RedReason::parse(&row.reason).ok_or_else(ApiError::state)?;
        let both = format!("{}、{}", row.ordered_by_name, by.1);
        let detail = json!({ "reason": reason.code() });
        fact(platform, tx, row.person_id, FactKind::RedOrdered, &both, detail, now).await?;
        let red = OrderedRed { reason: reason.as_status_reason(), at: now };
        change_health(platform, tx, PersonId::from_uuid(row.person_id), &both, now, |it| it.red_order = Some(red))
            .await?;
    }
    Ok(())
}

/// Lifts what holds.
pub(crate) async fn lift(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    row: &OrderRow,
    now: Instant64,
) -> ApiResult<()> {
    let (_, name) = actor(scope)?;
    let file = people::locked(tx, scope, PersonId::from_uuid(row.person_id)).await?.ok_or_else(ApiError::not_found)?;
    if !store::lift(tx, RedOrderId::from_uuid(row.id), name, now).await? {
        return Err(ApiError::state());
    }
    fact(platform, tx, row.person_id, FactKind::RedLifted, name, json!({ "reason": row.reason }), now).await?;
    let left = still_ordered(tx, PersonId::from_uuid(file.id)).await?;
    change_health(platform, tx, PersonId::from_uuid(file.id), name, now, |it| it.red_order = left).await?;
    Ok(())
}

/// What else holds: a file that was merged into hers may have brought an order of its own.
async fn still_ordered(tx: &mut Tx, person: PersonId) -> ApiResult<Option<OrderedRed>> {
    let group = people::group(tx, person).await?;
    let Some((reason, at)) = store::active(tx, &group).await? else { return Ok(None) };
    let reason = RedReason::parse(&reason).ok_or(db::DbError::Unreadable("red_order.reason"))?;
    Ok(Some(OrderedRed { reason: reason.as_status_reason(), at: Instant64::from_micros(at) }))
}

/// What an order says, in the clear: the note, and the answer of who said no.
pub(crate) async fn opened(platform: &Platform, row: &OrderRow) -> ApiResult<(String, Option<String>)> {
    let key = platform.vault.key(row.person_id, Purpose::Health).await?;
    let answer = row.answer_sealed.as_deref().map(|it| sealed::open(&key, ANSWER, row.id, it)).transpose()?;
    Ok((sealed::open(&key, NOTE, row.id, &row.note_sealed)?, answer))
}

/// She appeals against her status.
///
/// # Errors
/// `state` while an appeal waits, or when there is nothing to appeal against.
pub(crate) async fn appeal(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    words: &Prose,
    now: Instant64,
) -> ApiResult<AppealId> {
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(tx, PersonId::from_uuid(row.id)).await?;
    if row.status == "green" || store::has_open_appeal(tx, &group).await? {
        return Err(ApiError::state());
    }
    let id = AppealId::new(now);
    let key = platform.vault.key(row.id, Purpose::Health).await?;
    let words = sealed::seal(&key, WORDS, id.uuid(), &words.as_str())?;
    store::insert_appeal(tx, (id, row.id, &row.status), words, now, now.plus(REPLY_WITHIN)).await?;
    fact(platform, tx, row.id, FactKind::Appealed, "本人", json!({ "status": row.status }), now).await?;
    Ok(id)
}

/// She takes it back.
pub(crate) async fn withdraw(tx: &mut Tx, scope: &Scope, id: AppealId, now: Instant64) -> ApiResult<()> {
    store::find_appeal(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    match store::decide_appeal(tx, id, AppealState::Withdrawn, None, &scope.actor().name, now).await? {
        true => Ok(()),
        false => Err(ApiError::state()),
    }
}

/// Decides an appeal; granting takes back the reasons that were wrong.
///
/// # Errors
/// `on_oneself` for who ordered or confirmed what she appeals against, or refused an appeal of hers before; `state` when
/// a reason that is said to be wrong is none of hers now.
pub(crate) async fn decide_appeal(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    row: &AppealRow,
    wrong: &[StatusReasonCode],
    answer: &Prose,
    now: Instant64,
) -> ApiResult<()> {
    let (by, name) = actor(scope)?;
    // Taken first, so that an order in this moment comes before or after.
    let file = people::locked(tx, scope, PersonId::from_uuid(row.person_id)).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(tx, PersonId::from_uuid(file.id)).await?;
    let decided_before = store::refused_by(tx, &group).await?;
    if store::deciders(tx, &group).await?.contains(&by) || decided_before.iter().any(|it| it == name) {
        return Err(on_oneself());
    }
    // What was read may not be what holds now.
    let reasons = crate::status::reasons_of(platform, &file).await?;
    if !wrong.iter().all(|it| reasons.contains(it) && it.can_be_wrong()) {
        return Err(ApiError::field("wrong", ErrorCode::State));
    }
    let key = platform.vault.key(row.person_id, Purpose::Health).await?;
    let sealed_answer = sealed::seal(&key, APPEAL_ANSWER, row.id, &answer.as_str())?;
    let state = if wrong.is_empty() { AppealState::Refused } else { AppealState::Granted };
    if !store::decide_appeal(tx, AppealId::from_uuid(row.id), state, Some(sealed_answer), name, now).await? {
        return Err(ApiError::state());
    }
    let codes: Vec<&str> = wrong.iter().map(|it| it.code()).collect();
    let detail = json!({ "granted": !wrong.is_empty(), "reasons": codes });
    fact(platform, tx, file.id, FactKind::AppealDecided, name, detail, now).await?;
    let ordered: Vec<RedReason> = wrong.iter().filter_map(|it| RedReason::parse(it.code())).collect();
    if !ordered.is_empty() {
        store::lift_all(tx, &group, &ordered, name, now).await?;
    }
    if !wrong.is_empty() {
        let (person, wrong) = (PersonId::from_uuid(file.id), wrong.to_vec());
        let left = still_ordered(tx, person).await?;
        change_health(platform, tx, person, name, now, |it| {
            rules::clear(it, &wrong, now);
            it.red_order = it.red_order.or(left);
        })
        .await?;
    }
    Ok(())
}

/// What an appeal says, in the clear: her words, and the answer.
pub(crate) async fn opened_appeal(platform: &Platform, row: &AppealRow) -> ApiResult<(String, Option<String>)> {
    let key = platform.vault.key(row.person_id, Purpose::Health).await?;
    let answer = row.answer_sealed.as_deref().map(|it| sealed::open(&key, APPEAL_ANSWER, row.id, it)).transpose()?;
    Ok((sealed::open(&key, WORDS, row.id, &row.words_sealed)?, answer))
}

/// Marks appeals that waited too long as late; how many have become so. Whoever calls it tells the district.
pub async fn escalate_appeals(tx: &mut Tx, now: Instant64) -> Result<u64, db::DbError> {
    store::escalate(tx, now).await
}

async fn fact(
    platform: &Platform,
    tx: &mut Tx,
    person: Uuid,
    kind: FactKind,
    source: &str,
    detail: serde_json::Value,
    now: Instant64,
) -> ApiResult<()> {
    let fact = NewFact { person, kind, occurred_at: now, source: source.to_owned(), site: None, detail };
    Ok(record_facts(platform, tx, vec![fact], now).await?)
}
