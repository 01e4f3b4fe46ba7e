//! An application sent whole: begun, answered and signed in one write, by a system that has asked the questions itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Scope;
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::{AreaCode, Instant64};
use uuid::Uuid;
use vault::DataKey;

use super::beginning::{self, Draft};
use super::model::{ApplicationId, StrokePoint};
use super::rules;
use super::writing::{Handed, Pledged, Shown, Signed, hand_in, pledged, unknown};
use crate::forms::model::{Answer, Applicant};
use crate::rulebook::{Version, in_force};
use crate::sealed;

/// The revision of answers that came with their application: those before them are what the platform offered.
const REVISION: i64 = 1;

/// What was sent.
pub(crate) struct Sent {
    pub(crate) site_ids: Vec<String>,
    pub(crate) form_version: i64,
    pub(crate) answers: BTreeMap<String, Answer>,
    pub(crate) signer: String,
    pub(crate) strokes: Vec<Vec<StrokePoint>>,
}

/// An application that is checked, signed and sealed, and not written yet.
pub(crate) struct Whole {
    pub(crate) id: ApplicationId,
    draft: Draft,
    area: AreaCode,
    applicant: Applicant,
    form: i64,
    book: Version,
    key: Arc<DataKey>,
    pledged: Pledged,
}

/// Reads, checks and seals. It has its key when this returns.
///
/// # Errors
/// As those of a beginning, a save and a signature: 409 `form_changed` when another form is in force; `answers` with the
/// question when there is none of that key, and `form_unfinished` with the first question that is not answered as it must be.
pub(crate) async fn prepare(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    sent: Sent,
    now: Instant64,
) -> ApiResult<Whole> {
    let mut ground = beginning::ground(db, scope, &sent.site_ids).await?;
    if let Some(key) = unknown(&ground.form.definition, sent.answers.keys()) {
        return Err(ApiError::field("answers", ErrorCode::WordUnknown).with("question", key));
    }
    let answers = sent.answers.into_iter().map(|(key, answer)| (key, Some(answer))).collect();
    rules::save(&mut ground.kept, answers, 0, REVISION).map_err(|_| ApiError::state())?;
    let shown = Shown {
        form: &ground.form,
        answers: rules::answers(&ground.kept),
        revision: REVISION,
        applicant: ground.applicant.clone(),
        files: &[],
    };
    let Sent { form_version, signer, strokes, .. } = sent;
    let signed = pledged(shown, Signed { form_version, revision: REVISION, signer, strokes }, now)?;
    let book = in_force(db, now).await?;
    let id = ApplicationId::new(now);
    let key = sealed::new_key(platform, id.uuid(), now).await?;
    let pledged = Pledged::seal(&key, id.uuid(), signed)?;
    let answers = sealed::seal(&key, sealed::ANSWERS, id.uuid(), &ground.kept)?;
    let (area, applicant, form) = (ground.area.clone(), ground.applicant.clone(), ground.form.version);
    Ok(Whole { id, draft: ground.drafted(id, REVISION, answers), area, applicant, form, book, key, pledged })
}

/// What is written down and told of it.
pub(crate) struct Written {
    pub(crate) number: String,
    pub(crate) area: String,
    pub(crate) owner: Uuid,
    pub(crate) sites: usize,
}

/// Takes the number under which it is written.
///
/// # Errors
/// [`DbError::Unique`] when the request was sent before: its key goes with this statement.
pub(crate) async fn number(tx: &mut Tx, whole: &Whole, now: Instant64) -> Result<String, DbError> {
    beginning::number(tx, &whole.area, now).await
}

/// Writes it: from this moment it is submitted, or filed where the rulebook says so.
///
/// # Errors
/// 409 `application_open` when somebody else has begun one for a site of it in the same moment, `reopening_closed` with the
/// reason when nothing is accepted.
pub(crate) async fn write(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    (whole, number): (Whole, String),
    now: Instant64,
) -> ApiResult<Written> {
    let Whole { id, draft, area, applicant, form, book, key, pledged } = whole;
    let (owner, sites) = (draft.owner(), draft.site_count());
    beginning::insert(tx, draft, &number, now).await?;
    let area = area.as_str().to_owned();
    let handed = Handed { id: id.uuid(), area: &area, applicant: &applicant, earlier: None, form, key: &key };
    hand_in(platform, tx, scope, (handed, &book), pledged, now).await?;
    Ok(Written { number, area, owner, sites })
}
