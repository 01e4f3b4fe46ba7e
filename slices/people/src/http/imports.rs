//! Roster imports over HTTP: what a file holds, which column is which, check, land, stop, take up again.

use std::sync::Arc;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Page, PageQuery, Platform, Query, Write};
use kernel::Instant64;
use places::SiteId;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::DataKey;

use crate::import::{IMPORT_JOB, ImportLayout, Preview, file_key, open_preview, rows_below};
use crate::model::{ImportId, ImportState};
use crate::store::imports::{self, ImportRow};

/// A roster import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportJob {
    #[schema(value_type = String)]
    id: ImportId,
    #[schema(value_type = String)]
    site_id: SiteId,
    /// `csv` or `xlsx`.
    form: String,
    state: ImportState,
    /// Stopped half-way: the state it goes on in when it is taken up again.
    stopped_in: Option<ImportState>,
    layout: Option<ImportLayout>,
    /// Rows below the headings.
    rows: i64,
    /// Rows looked at so far.
    done: i64,
    /// Persons registered; while only checked: that would be.
    created: i64,
    /// Employments begun for known persons, or changed.
    updated: i64,
    unchanged: i64,
    /// Employments ended.
    left: i64,
    failed: i64,
    /// An error's code, with a column after a colon where there is one.
    error: Option<String>,
    #[schema(value_type = String)]
    created_at: Instant64,
    #[schema(value_type = Option<String>)]
    finished_at: Option<Instant64>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read, cancel))
        .routes(routes!(check))
        .routes(routes!(land))
        .routes(routes!(resume))
}

/// One's own imports, newest first.
#[utoipa::path(get, path = "/people/imports", tag = "people", params(PageQuery), responses((status = 200, body = Page<ImportJob>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ImportJob>>> {
    me.require(Permission::EditPeople)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map(|it| ImportId::from_uuid(it.id));
    let account = me.caller().account().uuid();
    let rows = imports::of_account(&mut platform.db.reader(), account, after, limit + 1).await?;
    Ok(Json(Page::from_rows(rows, limit, |it| Cursor::id(it.id), view)))
}

/// One import.
#[utoipa::path(get, path = "/people/imports/{id}", tag = "people", params(("id" = String, Path)), responses((status = 200, body = ImportJob)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<ImportJob>> {
    Ok(Json(view(own(&platform, &me, &id).await?.1)))
}

/// Check every row, and change nothing.
#[utoipa::path(post, path = "/people/imports/{id}/check", tag = "people", params(("id" = String, Path)), request_body = ImportLayout, responses((status = 202, body = ImportJob)))]
async fn check(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(layout): Json<ImportLayout>,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    begin(&platform, &me, &id, ImportState::Checking, &layout).await
}

/// Let the good rows land.
#[utoipa::path(post, path = "/people/imports/{id}/land", tag = "people", params(("id" = String, Path)), request_body = ImportLayout, responses((status = 202, body = ImportJob)))]
async fn land(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(layout): Json<ImportLayout>,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    begin(&platform, &me, &id, ImportState::Landing, &layout).await
}

async fn begin(
    platform: &Platform,
    me: &Me,
    id: &str,
    state: ImportState,
    layout: &ImportLayout,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let (scope, row) = own(platform, me, id).await?;
    layout.check()?;
    let (_, preview) = opened(platform, &row).await?;
    if preview.sheets.len() <= layout.sheet {
        return Err(ApiError::field("sheet", ErrorCode::Invalid));
    }
    let text = serde_json::to_string(layout).map_err(|error| ApiError::internal(&error))?;
    let rows = rows_below(&preview, layout);
    let id = ImportId::from_uuid(row.id);
    let mut write = Write::begin(platform, me).await?;
    // Her reach may have changed since she sent the file.
    let site = places::site_brief(&mut write.tx, &scope, SiteId::from_uuid(row.site_id)).await?;
    site.ok_or_else(ApiError::not_found)?;
    if !imports::start(&mut write.tx, id, state, &text, rows).await? {
        return Err(ApiError::state());
    }
    go_on(write, &scope, id, state).await
}

/// Queues what is to be done and writes down that it was asked for.
async fn go_on(
    mut write: Write,
    scope: &Scope,
    id: ImportId,
    state: ImportState,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let now = write.now;
    jobs::enqueue(&mut write.tx, IMPORT_JOB, &json!({ "id": id }), None, now).await?;
    let row = imports::find(&mut write.tx, id).await?.ok_or_else(ApiError::not_found)?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "people.import",
        purpose: "roster",
        subject: Some(SiteId::from_uuid(row.site_id).to_string()),
        people: &[],
        detail: json!({ "import": id, "rows": row.row_count, "state": state.code() }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    write.finish(StatusCode::ACCEPTED, view(row)).await
}

/// Stop an import; what has landed stays.
#[utoipa::path(delete, path = "/people/imports/{id}", tag = "people", params(("id" = String, Path)), responses((status = 200, body = ImportJob)))]
async fn cancel(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let known = ImportId::from_uuid(own(&platform, &me, &id).await?.1.id);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    if !imports::cancel(&mut write.tx, known, now).await? {
        return Err(ApiError::state());
    }
    let row = imports::find(&mut write.tx, known).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view(row)).await
}

/// Take up an import that was stopped half-way, at the row where it stopped.
#[utoipa::path(post, path = "/people/imports/{id}/resume", tag = "people", params(("id" = String, Path)), responses((status = 202, body = ImportJob)))]
async fn resume(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let (scope, row) = own(&platform, &me, &id).await?;
    let id = ImportId::from_uuid(row.id);
    let mut write = Write::begin(&platform, &me).await?;
    let site = places::site_brief(&mut write.tx, &scope, SiteId::from_uuid(row.site_id)).await?;
    site.ok_or_else(ApiError::not_found)?;
    if !imports::resume(&mut write.tx, id).await? {
        return Err(ApiError::state());
    }
    let state = row.stopped_in.as_deref().and_then(ImportState::parse).ok_or_else(ApiError::state)?;
    go_on(write, &scope, id, state).await
}

/// The import, if it is the caller's: its file holds what she sent.
pub(super) async fn own(platform: &Platform, me: &Me, id: &str) -> ApiResult<(Scope, ImportRow)> {
    let scope = me.require(Permission::EditPeople)?;
    let id: ImportId = id.parse().map_err(|_| ApiError::not_found())?;
    let row = imports::find(&mut platform.db.reader(), id).await?;
    let row = row.filter(|it| it.account_id == me.caller().account().uuid()).ok_or_else(ApiError::not_found)?;
    Ok((scope, row))
}

/// The key of its day and what was seen of its file; 409 before the file was looked at.
pub(super) async fn opened(platform: &Platform, row: &ImportRow) -> ApiResult<(Arc<DataKey>, Preview)> {
    let id = ImportId::from_uuid(row.id);
    let sealed = imports::preview(&mut platform.db.reader(), id).await?.ok_or_else(ApiError::state)?;
    let key = file_key(platform, row.created_at).await?;
    let preview = open_preview(&key, id, &sealed)?;
    Ok((key, preview))
}

pub(super) fn parsed_layout(row: &ImportRow) -> Option<ImportLayout> {
    serde_json::from_str(row.layout.as_deref()?).ok()
}

pub(super) fn view(row: ImportRow) -> ImportJob {
    ImportJob {
        id: ImportId::from_uuid(row.id),
        site_id: SiteId::from_uuid(row.site_id),
        layout: parsed_layout(&row),
        form: row.form,
        state: ImportState::parse(&row.state).unwrap_or(ImportState::Failed),
        stopped_in: row.stopped_in.as_deref().and_then(ImportState::parse),
        rows: row.row_count,
        done: row.done_count,
        created: row.created_count,
        updated: row.updated_count,
        unchanged: row.unchanged_count,
        left: row.left_count,
        failed: row.failed_count,
        error: row.error,
        created_at: Instant64::from_micros(row.created_at),
        finished_at: row.finished_at.map(Instant64::from_micros),
    }
}
