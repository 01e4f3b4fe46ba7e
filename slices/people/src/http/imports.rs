//! Roster imports over HTTP.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Me, OptionalText, Page, PageQuery, Platform, Query, Write,
};
use kernel::Instant64;
use kernel::time::DAY;
use places::SiteId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::{Place, Purpose};

use crate::jobs::{FAILED, FILE, IMPORT_JOB, day_subject};
use crate::model::ImportId;
use crate::store::imports::{self, ImportRow, NewImport};

/// A roster import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportJob {
    #[schema(value_type = String)]
    id: ImportId,
    #[schema(value_type = String)]
    site_id: SiteId,
    dry_run: bool,
    state: String,
    rows: i64,
    done: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    failed: i64,
    /// An error's code, with a column after a colon where there is one.
    error: Option<String>,
    #[schema(value_type = String)]
    created_at: Instant64,
    #[schema(value_type = Option<String>)]
    finished_at: Option<Instant64>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ImportQuery {
    site_id: Option<String>,
    /// Only say what would happen.
    dry_run: bool,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, start)).routes(routes!(read, cancel)).routes(routes!(failed_rows))
}

/// Import a site's roster from CSV; it runs in the background.
#[utoipa::path(post, path = "/people/imports", tag = "people", params(ImportQuery), request_body(content = String, content_type = "text/csv"), responses((status = 202, body = ImportJob)))]
async fn start(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let scope = me.require(Permission::EditPeople)?;
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site: SiteId = query.site_id.given().unwrap_or_default().parse().map_err(|_| unknown())?;
    if body.is_empty() {
        return Err(ApiError::field("file", ErrorCode::Required));
    }
    let now = platform.now();
    let id = ImportId::new(now);
    let subject = day_subject(now);
    let keys = platform.vault.ensure(&[subject], Purpose::System, Some(2 * DAY), now).await?;
    let key = keys.get(&subject).ok_or_else(ApiError::not_found)?;
    let mut write = Write::begin(&platform, &me).await?;
    let site = places::site_brief(&mut write.tx, &scope, site).await?.ok_or_else(unknown)?;
    let new = NewImport {
        id,
        account: me.caller().account().uuid(),
        site: site.id,
        enterprise: site.enterprise_id,
        area: &site.area_code,
        dry_run: query.dry_run,
        file: key.seal(Place { column: FILE, row: id.uuid() }, &body),
    };
    imports::insert(&mut write.tx, new, now).await?;
    jobs::enqueue(&mut write.tx, IMPORT_JOB, &json!({ "id": id }), Some(&id.to_string()), now).await?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "people.import",
        purpose: "roster",
        subject: Some(SiteId::from_uuid(site.id).to_string()),
        people: &[],
        detail: json!({ "import": id, "bytes": body.len(), "dry_run": query.dry_run }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    let row = imports::find(&mut write.tx, id).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::ACCEPTED, view(row)).await
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
    Ok(Json(view(own(&platform, &me, &id).await?)))
}

/// Stop an import; what has landed stays.
#[utoipa::path(delete, path = "/people/imports/{id}", tag = "people", params(("id" = String, Path)), responses((status = 200, body = ImportJob)))]
async fn cancel(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let known = ImportId::from_uuid(own(&platform, &me, &id).await?.id);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    if !imports::cancel(&mut write.tx, known, now).await? {
        return Err(ApiError::state());
    }
    let row = imports::find(&mut write.tx, known).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view(row)).await
}

/// The refused rows as CSV with the reason, for a day.
#[utoipa::path(get, path = "/people/imports/{id}/failed", tag = "people", params(("id" = String, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn failed_rows(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Response> {
    let row = own(&platform, &me, &id).await?;
    let id = ImportId::from_uuid(row.id);
    let files = imports::files(&mut platform.db.reader(), id).await?.ok_or_else(ApiError::not_found)?;
    let sealed = files.1.ok_or_else(ApiError::not_found)?;
    let key = platform.vault.key(day_subject(Instant64::from_micros(files.2)), Purpose::System).await?;
    let plain = key.open(Place { column: FAILED, row: id.uuid() }, &sealed)?;
    let mut response = plain.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"failed-rows.csv\""));
    Ok(response)
}

/// The import, if it is the caller's: its files hold what she uploaded.
async fn own(platform: &Platform, me: &Me, id: &str) -> ApiResult<ImportRow> {
    me.require(Permission::EditPeople)?;
    let id: ImportId = id.parse().map_err(|_| ApiError::not_found())?;
    let row = imports::find(&mut platform.db.reader(), id).await?;
    row.filter(|it| it.account_id == me.caller().account().uuid()).ok_or_else(ApiError::not_found)
}

fn view(row: ImportRow) -> ImportJob {
    ImportJob {
        id: ImportId::from_uuid(row.id),
        site_id: SiteId::from_uuid(row.site_id),
        dry_run: row.dry_run,
        state: row.state,
        rows: row.row_count,
        done: row.done_count,
        created: row.created_count,
        updated: row.updated_count,
        unchanged: row.unchanged_count,
        failed: row.failed_count,
        error: row.error,
        created_at: Instant64::from_micros(row.created_at),
        finished_at: row.finished_at.map(Instant64::from_micros),
    }
}
