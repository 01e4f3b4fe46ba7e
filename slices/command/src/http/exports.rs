//! Exports: asked for, watched, and streamed.

use access::Permission;
use audit::Entry;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_api::{ApiError, ApiResult, ErrorCode, Json, Lang, Me, Platform, Write};
use kernel::Instant64;
use serde::Deserialize;
use serde_json::json;
use tables::Written;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::filters::StatisticFilters;
use super::views::StatisticExport;
use crate::statistics::exporting::{Plan, Run};
use crate::statistics::model::StatisticExportId;
use crate::store::days;
use crate::store::exports::{self as store, ExportRow, NewExport};

/// An export to be run.
#[derive(Debug, Deserialize, ToSchema)]
pub struct StatisticExportNew {
    /// `csv`, `xlsx` or `parquet`.
    format: String,
    #[serde(default)]
    lang: Lang,
    #[serde(default)]
    filters: StatisticFilters,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(create)).routes(routes!(read)).routes(routes!(content))
}

/// Ask for an export: the rows of area, industry, size and day that lie inside the asker's scope.
#[utoipa::path(post, path = "/statistics/exports", tag = "command", request_body = StatisticExportNew, responses((status = 201, body = StatisticExport)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<StatisticExportNew>,
) -> ApiResult<(StatusCode, Json<StatisticExport>)> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let written = Written::parse(&body.format).ok_or_else(|| ApiError::field("format", ErrorCode::Invalid))?;
    let wanted = body.filters.read(&mut write.tx, now).await?;
    let total = days::count(&mut write.tx, &scope, wanted.condition()).await?;
    let account = scope.actor().account.ok_or_else(ApiError::not_found)?;
    let filters = serde_json::to_string(&body.filters).map_err(|error| ApiError::internal(&error))?;
    let id = StatisticExportId::new(now);
    let lang = body.lang.pick("zh", "en");
    let new = NewExport { id: id.uuid(), account, format: written.code(), lang, filters: &filters, total };
    store::insert(&mut write.tx, &new, now).await?;
    let entry = Entry {
        at: now,
        actor: scope.actor(),
        act: "statistics.exported",
        purpose: "",
        subject: Some(id.to_string()),
        people: &[],
        detail: json!({ "format": written.code(), "rows": total, "from": wanted.from, "until": wanted.until }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    let row = store::find(&mut write.tx, account, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::CREATED, view(row)).await
}

/// How far an export has come. Only who asked for it is told.
#[utoipa::path(get, path = "/statistics/exports/{id}", tag = "command", params(("id" = String, Path)), responses((status = 200, body = StatisticExport)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<StatisticExport>> {
    let scope = me.require(Permission::ReadStatistics)?;
    Ok(Json(view(own(&platform, scope.actor().account, &id).await?)))
}

/// The file, as it is made. It may be asked for again; rows of days that are not over may have changed by then.
#[utoipa::path(get, path = "/statistics/exports/{id}/content", tag = "command", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn content(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadStatistics)?;
    let row = own(&platform, scope.actor().account, &id).await?;
    let filters: StatisticFilters = serde_json::from_str(&row.filters).map_err(|error| ApiError::internal(&error))?;
    let wanted = filters.read(&mut platform.db.reader(), platform.now()).await?;
    let written = Written::parse(&row.format).ok_or_else(ApiError::not_found)?;
    let lang = if row.lang == "en" { Lang::En } else { Lang::Zh };
    let plan = Plan { id: row.id, written, lang, filter: wanted.condition(), further: wanted.further() };
    let mut run = Run::new(platform, scope, plan).map_err(|error| ApiError::internal(&error))?;
    let body = Body::from_stream(async_stream::stream! {
        loop {
            match run.next().await {
                Ok(Some(piece)) => yield Ok(piece),
                Ok(None) => break,
                // The connection is cut, so that a short file is never taken for a whole one.
                Err(error) => {
                    run.failed().await;
                    yield Err(error);
                    break;
                }
            }
        }
    });
    let name = format!("attachment; filename=\"statistics-{}.{}\"", wanted.until, written.code());
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(written.media_type()));
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

async fn own(platform: &Platform, account: Option<Uuid>, id: &str) -> ApiResult<ExportRow> {
    let id: StatisticExportId = id.parse().map_err(|_| ApiError::not_found())?;
    let account = account.ok_or_else(ApiError::not_found)?;
    store::find(&mut platform.db.reader(), account, id.uuid()).await?.ok_or_else(ApiError::not_found)
}

fn view(row: ExportRow) -> StatisticExport {
    let hex = |bytes: Vec<u8>| bytes.iter().map(|it| format!("{it:02x}")).collect();
    StatisticExport {
        id: StatisticExportId::from_uuid(row.id).to_string(),
        format: row.format,
        state: row.state,
        rows_total: row.rows_total,
        rows_done: row.rows_done,
        byte_count: row.byte_count,
        sha256: row.sha256.map(hex),
        created_at: Instant64::from_micros(row.created_at),
    }
}
