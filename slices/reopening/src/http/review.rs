//! The reviewer's writes: one address for each move of the table, and what departments that are heard say.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::Instant64;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drafts::shown;
use super::views::ApplicationView;
use super::{application_id, note, tell};
use crate::applications::model::{ApplicationAct, ApplicationState, Opinion};
use crate::applications::moving::{Done, hindered, make, manages};
use crate::applications::opinions::{self, Said};
use crate::applications::{rules, writing};
use crate::sealed;
use crate::store::applications::{self as store, ApplicationRow};
use crate::store::whitelist;

/// What a reviewer does.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReviewMove {
    act: ApplicationAct,
    /// The state that was shown: what somebody else has done meanwhile is not overwritten.
    from_state: ApplicationState,
    /// What the applicant reads; wanted where something is refused or taken away.
    note: Option<String>,
    /// Keys of the questions it is about. A return opens these again, or all when none is named.
    #[serde(default)]
    fields: Vec<String>,
    /// With an approval: the whitelist category and batch it is put on.
    category: Option<String>,
    batch: Option<i64>,
}

/// What a department says.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OpinionNew {
    /// Key of the department.
    department: String,
    opinion: Opinion,
    /// Wanted with an objection; the applicant reads it.
    note: Option<String>,
    /// What the department had said when this was written; null when nothing.
    seen: Option<Opinion>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(act)).routes(routes!(opine))
}

/// Take into review, put back, comment, have the site visited, send back, approve, reject, suspend, reinstate, revoke.
#[utoipa::path(post, path = "/applications/{id}/moves", tag = "reopening", params(("id" = String, Path)), request_body = ReviewMove, responses((status = 200, body = ApplicationView)))]
async fn act(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReviewMove>,
) -> ApiResult<(StatusCode, Json<ApplicationView>)> {
    let (scope, id) = (me.require(Permission::ReviewApplications)?, application_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = store::lock(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let Some(audited) = audit_act(body.act) else {
        return Err(ApiError::field("act", ErrorCode::Invalid));
    };
    if row.state()? != body.from_state {
        return Err(ApiError::state().with("by", row.claimed_name.as_deref().unwrap_or_default()));
    }
    let approves = body.act == ApplicationAct::Approve;
    let (category, number) = if approves { (body.category.as_deref(), body.batch) } else { (None, None) };
    let listed = batch(&mut write, category, number).await?;
    let key = sealed::key(&platform, row.id).await?;
    if !body.fields.is_empty() {
        let opened = writing::open(&platform, &mut write.tx, &scope, row.clone()).await?;
        let asked = opened.checked().asked;
        if body.fields.iter().any(|it| !asked.contains(it)) {
            return Err(ApiError::field("fields", ErrorCode::WordUnknown));
        }
    }
    let done = Done { note: body.note.as_deref(), fields: body.fields };
    let to = make(&mut write.tx, &scope, &row, &key, body.act, done, now).await?;
    enlist(&mut write, &row, listed.as_ref()).await?;
    let detail = json!({ "number": row.number, "from": row.state, "to": to.code() });
    note(&mut write, &scope, audited, id, detail).await?;
    tell(&mut write, &row).await?;
    let view = shown(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

/// Say what one's department thinks of an application.
#[utoipa::path(post, path = "/applications/{id}/opinions", tag = "reopening", params(("id" = String, Path)), request_body = OpinionNew, responses((status = 200, body = ApplicationView)))]
async fn opine(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<OpinionNew>,
) -> ApiResult<(StatusCode, Json<ApplicationView>)> {
    let (scope, id) = (me.require(Permission::ReviewApplications)?, application_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = store::lock(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let key = sealed::key(&platform, row.id).await?;
    let said =
        Said { department: &body.department, opinion: body.opinion, note: body.note.as_deref(), seen: body.seen };
    opinions::give(&mut write.tx, &scope, &row, &key, said, now).await?;
    let detail = json!({ "number": row.number, "department": body.department, "opinion": body.opinion.code() });
    note(&mut write, &scope, "application.opinion", id, detail).await?;
    tell(&mut write, &row).await?;
    let view = shown(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

/// The batch that is meant, if there is one.
pub(super) async fn batch(
    write: &mut Write,
    category: Option<&str>,
    batch: Option<i64>,
) -> ApiResult<Option<(String, i64)>> {
    let (Some(category), Some(batch)) = (category, batch) else {
        return match (category, batch) {
            (None, None) => Ok(None),
            _ => Err(ApiError::field("batch", ErrorCode::Required)),
        };
    };
    match whitelist::is_there(&mut write.tx, category, batch).await? {
        true => Ok(Some((category.to_owned(), batch))),
        false => Err(ApiError::field("batch", ErrorCode::WordUnknown)),
    }
}

pub(super) async fn enlist(write: &mut Write, row: &ApplicationRow, batch: Option<&(String, i64)>) -> ApiResult<()> {
    match batch {
        Some((category, batch)) => Ok(store::enlist(&mut write.tx, row.id, category, *batch).await?),
        None => Ok(()),
    }
}

/// Why who asks cannot approve this, taking it into review first if need be; nothing when she can.
pub(super) async fn refusal(
    tx: &mut Tx,
    scope: &Scope,
    row: &ApplicationRow,
    now: Instant64,
) -> ApiResult<Option<ErrorCode>> {
    let state = row.state()?;
    let me = scope.actor().account.ok_or_else(ApiError::not_found)?;
    let taken = rules::is_claimed(state) && row.claimed_by != Some(me);
    let approvable =
        matches!(state, ApplicationState::Submitted) || rules::move_of(state, ApplicationAct::Approve).is_some();
    if taken || !approvable {
        return Ok(Some(ErrorCode::State));
    }
    if !manages(scope) && !opinions::leads(tx, row, me).await? {
        return Ok(Some(ErrorCode::DepartmentOther));
    }
    let heard = opinions::heard(tx, row.id).await?;
    Ok(rules::hindrance(state, row.visit_wanted, &heard, now).map(hindered))
}

/// What is written into the audit log of a reviewer's act; nothing for what is not a reviewer's.
pub(super) const fn audit_act(act: ApplicationAct) -> Option<&'static str> {
    Some(match act {
        ApplicationAct::Claim => "application.claimed",
        ApplicationAct::Release => "application.released",
        ApplicationAct::Comment => "application.commented",
        ApplicationAct::SendBack => "application.returned",
        ApplicationAct::OrderVisit => "application.visit_ordered",
        ApplicationAct::Approve => "application.approved",
        ApplicationAct::Reject => "application.rejected",
        ApplicationAct::Suspend => "application.suspended",
        ApplicationAct::Reinstate => "application.reinstated",
        ApplicationAct::Revoke => "application.revoked",
        ApplicationAct::Submit
        | ApplicationAct::File
        | ApplicationAct::Recall
        | ApplicationAct::Opine
        | ApplicationAct::PassVisit
        | ApplicationAct::FailVisit => return None,
    })
}
