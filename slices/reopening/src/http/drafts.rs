//! The applicant's writes: begin, save, discard, submit.

use std::collections::BTreeMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::DbError;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::views::{ApplicationView, views};
use super::{application_id, note, tell};
use crate::applications::beginning::{self, Draft};
use crate::applications::model::{ApplicationId, ApplicationState, StrokePoint};
use crate::applications::rules;
use crate::applications::writing::{self, Opened, Pledged, Signed};
use crate::forms::model::{Answer, AnswerFault};
use crate::store::applications as store;

/// How often a write is tried again that somebody else came before.
const ATTEMPTS: usize = 4;

/// An application to be begun.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApplicationNew {
    /// Sites of one enterprise, at most 50.
    site_ids: Vec<String>,
}

/// Answers that changed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AnswersPatch {
    /// By the keys of their questions.
    changes: BTreeMap<String, Answer>,
    /// Keys of questions whose answers are taken back.
    #[serde(default)]
    cleared: Vec<String>,
    /// The revision they were made from: what somebody else changed since is not overwritten.
    from_revision: i64,
}

/// A draft after a save.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftSaved {
    form_version: i64,
    revision: i64,
    #[schema(value_type = String)]
    saved_at: Instant64,
    /// Keys of the questions that are asked now.
    asked: Vec<String>,
    /// What keeps it from being sent.
    faults: Vec<AnswerFault>,
}

/// A signature under a form, its answers and its files.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApplicationSigned {
    /// The form that was shown.
    form_version: i64,
    /// The answers that were shown.
    revision: i64,
    /// Her name, as she writes it.
    signer: String,
    /// Lines as drawn: across and down in thousandths of the frame's width, milliseconds since the first point.
    #[schema(value_type = Vec<Vec<Vec<u32>>>)]
    strokes: Vec<Vec<StrokePoint>>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(save)).routes(routes!(discard)).routes(routes!(submit))
}

/// Begin an application for sites of one enterprise. What the platform knows is filled in.
#[utoipa::path(post, path = "/applications", tag = "reopening", request_body = ApplicationNew, responses((status = 201, body = ApplicationView)))]
async fn begin(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ApplicationNew>,
) -> ApiResult<(StatusCode, Json<ApplicationView>)> {
    let scope = me.require(Permission::Apply)?;
    let prepared =
        beginning::prepare(&platform, &mut platform.db.reader(), &scope, &body.site_ids, platform.now()).await;
    let draft = match prepared {
        Ok(draft) => draft,
        Err(error) => return Err(Write::done_or(&platform, &me, error).await),
    };
    let id = draft.id;
    match begun(&platform, &me, &scope, draft).await {
        Ok((write, view)) => write.finish(StatusCode::CREATED, view).await,
        Err(error) => {
            // Its key has nothing to open.
            platform.vault.destroy(&[id.uuid()]).await?;
            Err(error)
        }
    }
}

async fn begun(platform: &Platform, me: &Me, scope: &Scope, draft: Draft) -> ApiResult<(Write, ApplicationView)> {
    let mut write = Write::begin(platform, me).await?;
    let (id, sites, now) = (draft.id, draft.site_count(), write.now);
    beginning::begin(&mut write.tx, draft, now).await?;
    note(&mut write, scope, "application.begun", id, json!({ "sites": sites })).await?;
    let view = shown(&mut write, scope, id).await?;
    Ok((write, view))
}

/// Save answers of a draft, or of one that was returned.
#[utoipa::path(patch, path = "/applications/{id}/answers", tag = "reopening", params(("id" = String, Path)), request_body = AnswersPatch, responses((status = 200, body = DraftSaved)))]
async fn save(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<AnswersPatch>,
) -> ApiResult<(StatusCode, Json<DraftSaved>)> {
    let (scope, id) = (me.require(Permission::Apply)?, application_id(&id)?);
    let changes = body.changes.into_iter().map(|(key, answer)| (key, Some(answer)));
    let changes: BTreeMap<_, _> = changes.chain(body.cleared.into_iter().map(|key| (key, None))).collect();
    for _ in 0..ATTEMPTS {
        let changed = changed(&platform, &scope, id, changes.clone(), body.from_revision).await;
        let (opened, answers) = match changed {
            Ok(changed) => changed,
            Err(error) => return Err(Write::done_or(&platform, &me, error).await),
        };
        let saved = draft_saved(&opened, opened.row.revision + i64::from(answers.is_some()), platform.now());
        match kept(&platform, &me, &opened, answers, &saved).await? {
            Kept::Now => return Ok((StatusCode::OK, Json(saved))),
            Kept::Before => return Err(Write::done_or(&platform, &me, ApiError::state()).await),
            Kept::Not => {}
        }
    }
    Err(ApiError::state())
}

/// Whether a save was kept.
enum Kept {
    Now,
    /// The same request came before.
    Before,
    /// Somebody else was here in between.
    Not,
}

async fn kept(
    platform: &Platform,
    me: &Me,
    opened: &Opened,
    answers: Option<Vec<u8>>,
    saved: &DraftSaved,
) -> ApiResult<Kept> {
    let mut write = Write::begin_answered(platform, me, saved.saved_at, (StatusCode::OK, saved)).await?;
    let outcome = match answers {
        Some(answers) => store::save(&mut write.tx, &opened.row, answers, saved.saved_at).await,
        None => Ok(true),
    };
    let outcome = match outcome {
        Ok(true) => write.commit_answered().await.map(|()| Kept::Now),
        Ok(false) => write.tx.rollback().await.map(|()| Kept::Not),
        Err(error) => Err(error),
    };
    match outcome {
        Err(DbError::Unique(_)) => Ok(Kept::Before),
        other => Ok(other?),
    }
}

/// What was opened, with the changes in it, and sealed.
async fn changed(
    platform: &Platform,
    scope: &Scope,
    id: ApplicationId,
    changes: BTreeMap<String, Option<Answer>>,
    from: i64,
) -> ApiResult<(Opened, Option<Vec<u8>>)> {
    let mut opened = seen(platform, scope, id).await?;
    let answers = writing::change(&mut opened, changes, from)?;
    Ok((opened, answers))
}

fn draft_saved(opened: &Opened, revision: i64, saved_at: Instant64) -> DraftSaved {
    let checked = opened.checked();
    DraftSaved {
        form_version: opened.form.version,
        revision,
        saved_at,
        asked: checked.asked.into_iter().collect(),
        faults: checked.faults,
    }
}

/// Throw a draft away that was never submitted.
#[utoipa::path(post, path = "/applications/{id}/discard", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = ApplicationView)))]
async fn discard(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<ApplicationView>)> {
    let (scope, id) = (me.require(Permission::Apply)?, application_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let row = store::lock(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    if row.state()? != ApplicationState::Draft {
        return Err(ApiError::state());
    }
    let view = shown(&mut write, &scope, id).await?;
    store::discard(&mut write.tx, row.id).await?;
    note(&mut write, &scope, "application.discarded", id, json!({ "number": row.number })).await?;
    let answer = write.finish(StatusCode::OK, view).await?;
    // Its rows are gone; without the key, backups cannot be read either.
    if let Err(error) = platform.vault.destroy(&[row.id]).await {
        tracing::warn!(application.id = %id, %error, "the key of the discarded application {id} is still there");
    }
    Ok(answer)
}

/// Sign and submit. What is signed for is this form, these answers and these files; after a change in between it is refused.
#[utoipa::path(post, path = "/applications/{id}/submit", tag = "reopening", params(("id" = String, Path)), request_body = ApplicationSigned, responses((status = 200, body = ApplicationView)))]
async fn submit(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ApplicationSigned>,
) -> ApiResult<(StatusCode, Json<ApplicationView>)> {
    let (scope, id) = (me.require(Permission::Apply)?, application_id(&id)?);
    let signed =
        Signed { form_version: body.form_version, revision: body.revision, signer: body.signer, strokes: body.strokes };
    for _ in 0..ATTEMPTS {
        let (opened, pledged) = match pledged(&platform, &scope, id, signed.clone()).await {
            Ok(pledged) => pledged,
            Err(error) => return Err(Write::done_or(&platform, &me, error).await),
        };
        let mut write = Write::begin(&platform, &me).await?;
        let now = write.now;
        if !writing::submit(&platform, &mut write.tx, &scope, &opened, pledged, now).await? {
            write.tx.rollback().await?;
            continue;
        }
        note(&mut write, &scope, "application.submitted", id, json!({ "number": opened.row.number })).await?;
        tell(&mut write, &opened.row).await?;
        let view = shown(&mut write, &scope, id).await?;
        return write.finish(StatusCode::OK, view).await;
    }
    Err(ApiError::state())
}

async fn pledged(
    platform: &Platform,
    scope: &Scope,
    id: ApplicationId,
    signed: Signed,
) -> ApiResult<(Opened, Pledged)> {
    let opened = seen(platform, scope, id).await?;
    let pledged = writing::pledge(&opened, signed, platform.now())?;
    Ok((opened, pledged))
}

/// An application that its applicant may write to, as it is now. Forms are long and writers wait for each other: what is
/// read, checked and sealed is so before the write begins, and holds if it is still as it was seen then.
async fn seen(platform: &Platform, scope: &Scope, id: ApplicationId) -> ApiResult<Opened> {
    let mut db = platform.db.reader();
    let row = store::find(&mut db, scope, id).await?.ok_or_else(ApiError::not_found)?;
    if !rules::is_open(row.state()?) {
        return Err(ApiError::state());
    }
    writing::open(platform, &mut db, scope, row).await
}

/// An application that its applicant may write to, held until the transaction ends.
pub(super) async fn opened(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    id: ApplicationId,
) -> ApiResult<Opened> {
    let row = store::lock(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    if !rules::is_open(row.state()?) {
        return Err(ApiError::state());
    }
    writing::open(platform, &mut write.tx, scope, row).await
}

pub(super) async fn shown(write: &mut Write, scope: &Scope, id: ApplicationId) -> ApiResult<ApplicationView> {
    let row = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    views(&mut write.tx, scope, vec![row]).await?.pop().ok_or_else(ApiError::not_found)
}
