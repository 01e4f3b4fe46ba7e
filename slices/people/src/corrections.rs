//! Corrections a worker asks for: her words and the answer stay sealed under her own key.

use access::Scope;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::{DocumentKind, DocumentNumber, Instant64, Label, Phone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::Purpose;

use crate::correcting::{self, Change};
use crate::model::{CorrectionField, CorrectionId, CorrectionState, PersonId};
use crate::sealed;
use crate::store::corrections::{self as store, CorrectionRow};
use crate::store::people;

const WANTED: &str = "correction.wanted";
const ANSWER: &str = "correction.answer";
/// Unanswered ones that one worker may have: more is not a list that anybody works through.
const MOST_OPEN: i64 = 10;

/// What she wants.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Wanted {
    /// What should stand there instead; for an employment or anything else, what is wrong.
    pub(crate) value: String,
    /// Why, in her words.
    pub(crate) note: Option<String>,
}

/// Asks for a correction. Values that the field could never hold are refused now, not by whoever reads it.
pub(crate) async fn ask(
    platform: &Platform,
    tx: &mut Tx,
    person: Uuid,
    field: CorrectionField,
    wanted: &Wanted,
    now: Instant64,
) -> ApiResult<CorrectionId> {
    // Two phones at once count one after the other.
    people::lock(tx, PersonId::from_uuid(person)).await?;
    let (_, kind, _) = people::identities(tx, &[person]).await?.pop().ok_or_else(ApiError::not_found)?;
    change(field, &wanted.value, &kind)?;
    if store::count_open(tx, person).await? >= MOST_OPEN {
        return Err(ApiError::field("field", ErrorCode::TooManyOpen));
    }
    let id = CorrectionId::new(now);
    let key = platform.vault.key(person, Purpose::Identity).await?;
    store::insert(tx, id, person, field, sealed::seal(&key, WANTED, id.uuid(), wanted)?, now).await?;
    Ok(id)
}

/// Takes her own back.
pub(crate) async fn withdraw(tx: &mut Tx, scope: &Scope, id: CorrectionId, now: Instant64) -> ApiResult<()> {
    store::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    match store::decide(tx, id, CorrectionState::Withdrawn, None, &scope.actor().name, now).await? {
        true => Ok(()),
        false => Err(ApiError::state()),
    }
}

/// Answers one; what is accepted and stands in the identity changes with it.
pub(crate) async fn decide(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    row: &CorrectionRow,
    accepts: bool,
    answer: &Label,
    now: Instant64,
) -> ApiResult<()> {
    let id = CorrectionId::from_uuid(row.id);
    let (_, wanted, _) = opened(platform, row).await?;
    let key = platform.vault.key(row.person_id, Purpose::Identity).await?;
    let answer = sealed::seal(&key, ANSWER, row.id, &answer.as_str())?;
    let state = if accepts { CorrectionState::Accepted } else { CorrectionState::Refused };
    if !store::decide(tx, id, state, Some(answer), &scope.actor().name, now).await? {
        return Err(ApiError::state());
    }
    if accepts {
        let field = CorrectionField::parse(&row.field).ok_or_else(ApiError::state)?;
        let file = people::locked(tx, scope, PersonId::from_uuid(row.person_id)).await?;
        let file = file.ok_or_else(ApiError::not_found)?;
        if let Some(change) = change(field, &wanted.value, &file.document_kind)? {
            correcting::correct(platform, tx, scope, &file, change, now).await?;
        }
    }
    Ok(())
}

/// What a request says, in the clear: field, what is wanted, the answer.
pub(crate) async fn opened(
    platform: &Platform,
    row: &CorrectionRow,
) -> ApiResult<(CorrectionField, Wanted, Option<String>)> {
    let key = platform.vault.key(row.person_id, Purpose::Identity).await?;
    let wanted = sealed::open(&key, WANTED, row.id, &row.wanted_sealed)?;
    let answer = row.answer_sealed.as_deref().map(|it| sealed::open(&key, ANSWER, row.id, it)).transpose()?;
    Ok((CorrectionField::parse(&row.field).unwrap_or(CorrectionField::Other), wanted, answer))
}

/// The change of an identity that a request means; none where the desk changes something else by hand.
fn change(field: CorrectionField, value: &str, document_kind: &str) -> ApiResult<Option<Change>> {
    let invalid = |it| ApiError::invalid("value", it);
    let change = match field {
        CorrectionField::Name => Change { name: Some(Label::parse(value).map_err(invalid)?), ..Change::default() },
        CorrectionField::Phone => Change { phone: Some(Phone::parse(value).map_err(invalid)?), ..Change::default() },
        CorrectionField::DocumentNumber => {
            let kind = DocumentKind::parse(document_kind).map_err(invalid)?;
            let document = DocumentNumber::parse(kind, value).map_err(invalid)?;
            Change { document: Some(document), ..Change::default() }
        }
        CorrectionField::Employment | CorrectionField::Other => {
            return Label::parse(value).map(|_| None).map_err(invalid);
        }
    };
    Ok(Some(change))
}
