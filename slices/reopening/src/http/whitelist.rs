//! Whitelists (白名单): batches of a category, and many applications approved at once.

use access::{Permission, Scope};
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::review::enlist;
use super::{application_id, note, tell};
use crate::applications::model::{ApplicationAct, ApplicationId, ApplicationState};
use crate::applications::moving::{Done, make};
use crate::record::note as write_note;
use crate::rulebook::in_force;
use crate::sealed;
use crate::store::applications::{self as applications, ApplicationRow};
use crate::store::whitelist as store;

/// Batches shown.
const LISTED: i64 = 1_000;
/// Applications of one decision.
const AT_ONCE: usize = 500;

/// A batch of a whitelist category.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhitelistBatch {
    /// Key of the category.
    category: String,
    batch: i64,
    note: String,
    made_by: String,
    #[schema(value_type = String)]
    made_at: Instant64,
    /// Applications in it whose sites are open.
    open_count: i64,
}

/// Batches, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhitelistBatches {
    items: Vec<WhitelistBatch>,
}

/// A batch to be made: the next of its category.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WhitelistBatchNew {
    category: String,
    /// What it is for, or the paper it follows.
    note: String,
}

/// Applications to be approved together.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApprovalsNew {
    /// At most 500.
    ids: Vec<String>,
    /// A batch to put them on, with its category.
    category: Option<String>,
    batch: Option<i64>,
    /// What all of their applicants read.
    note: Option<String>,
}

/// One that was not approved.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalRefused {
    #[schema(value_type = String)]
    id: ApplicationId,
    number: String,
    enterprise_name: String,
    /// Why.
    code: ErrorCode,
    /// Where it stands.
    state: ApplicationState,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Approvals {
    approved: usize,
    refused: Vec<ApprovalRefused>,
    /// Ids that nobody who asks can reach.
    unknown: Vec<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, make_batch)).routes(routes!(approve))
}

/// Batches of all categories.
#[utoipa::path(get, path = "/whitelist-batches", tag = "reopening", responses((status = 200, body = WhitelistBatches)))]
async fn list(State(platform): State<Platform>, me: Me) -> ApiResult<Json<WhitelistBatches>> {
    me.require(Permission::ReadApplications)?;
    let rows = store::list(&mut platform.db.reader(), LISTED).await?;
    Ok(Json(WhitelistBatches { items: rows.into_iter().map(view).collect() }))
}

fn view(row: store::BatchRow) -> WhitelistBatch {
    WhitelistBatch {
        category: row.category,
        batch: row.batch,
        note: row.note,
        made_by: row.made_by,
        made_at: Instant64::from_micros(row.made_at),
        open_count: row.open_count,
    }
}

/// Make the next batch of a category.
#[utoipa::path(post, path = "/whitelist-batches", tag = "reopening", request_body = WhitelistBatchNew, responses((status = 201, body = WhitelistBatch)))]
async fn make_batch(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<WhitelistBatchNew>,
) -> ApiResult<(StatusCode, Json<WhitelistBatch>)> {
    let scope = me.require(Permission::ReviewApplications)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let reason = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let book = in_force(&mut write.tx, now).await?.book;
    if !book.categories.iter().any(|it| it.key == body.category) {
        return Err(ApiError::field("category", ErrorCode::WordUnknown));
    }
    let by = scope.actor().name.clone();
    let batch = match store::make(&mut write.tx, &body.category, reason.as_str(), &by, now).await {
        Err(db::DbError::Unique(_)) => return Err(ApiError::state()),
        other => other?,
    };
    let subject = format!("{}-{batch}", body.category);
    note(&mut write, &scope, "whitelist.batch", subject, json!({ "category": body.category, "batch": batch })).await?;
    let view = WhitelistBatch {
        category: body.category,
        batch,
        note: reason.as_str().to_owned(),
        made_by: by,
        made_at: now,
        open_count: 0,
    };
    write.finish(StatusCode::CREATED, view).await
}

/// Approve many at once. Those that may not be approved are named with the reason; the others are approved.
#[utoipa::path(post, path = "/applications/approvals", tag = "reopening", request_body = ApprovalsNew, responses((status = 200, body = Approvals)))]
async fn approve(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ApprovalsNew>,
) -> ApiResult<(StatusCode, Json<Approvals>)> {
    let scope = me.require(Permission::ReviewApplications)?;
    if body.ids.is_empty() {
        return Err(ApiError::field("ids", ErrorCode::Required));
    }
    if AT_ONCE < body.ids.len() {
        return Err(ApiError::field("ids", ErrorCode::TooManyRows).with("most", AT_ONCE));
    }
    let mut write = Write::begin(&platform, &me).await?;
    let batch = super::review::batch(&mut write, body.category.as_deref(), body.batch).await?;
    let mut found = Approvals { approved: 0, refused: Vec::new(), unknown: Vec::new() };
    let mut ids = body.ids;
    // Always in the same order: two who approve overlapping lists wait for each other instead of blocking each other.
    ids.sort_unstable();
    ids.dedup();
    for text in ids {
        let row = match application_id(&text) {
            Ok(id) => applications::lock(&mut write.tx, &scope, id).await?,
            Err(_) => None,
        };
        let Some(row) = row else {
            found.unknown.push(text);
            continue;
        };
        match approve_one(&platform, &mut write, &scope, &row, body.note.as_deref()).await? {
            None => {
                enlist(&mut write, &row, batch.as_ref()).await?;
                tell(&mut write, &row).await?;
                found.approved += 1;
            }
            Some(code) => found.refused.push(ApprovalRefused {
                id: ApplicationId::from_uuid(row.id),
                state: row.state()?,
                number: row.number,
                enterprise_name: row.enterprise_name,
                code,
            }),
        }
    }
    write.finish(StatusCode::OK, found).await
}

/// Takes one into review if need be, and approves it; why not, otherwise. What is refused has written nothing: every rule is
/// asked before the first write.
pub(super) async fn approve_one(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    row: &ApplicationRow,
    words: Option<&str>,
) -> ApiResult<Option<ErrorCode>> {
    let (id, now) = (ApplicationId::from_uuid(row.id), write.now);
    if let Some(code) = super::review::refusal(&mut write.tx, scope, row, now).await? {
        return Ok(Some(code));
    }
    let key = sealed::key(platform, row.id).await?;
    if row.state()? == ApplicationState::Submitted {
        make(&mut write.tx, scope, row, &key, ApplicationAct::Claim, Done::default(), now).await?;
    }
    let taken = applications::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let done = Done { note: words, fields: Vec::new() };
    let to = make(&mut write.tx, scope, &taken, &key, ApplicationAct::Approve, done, now.plus(1)).await?;
    let detail = json!({ "number": row.number, "from": row.state, "to": to.code() });
    write_note(&mut write.tx, scope, "application.approved", id, detail, now).await?;
    Ok(None)
}
