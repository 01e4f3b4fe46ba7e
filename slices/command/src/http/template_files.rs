//! Report templates over HTTP: what they are filled with, and the files.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_api::{
    ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Query, Write, listing, table_refused,
};
use kernel::Instant64;
use serde::Deserialize;
use serde_json::json;
use tables::Form;
use tables::template::Template;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::template_views::{FilledReport, TemplatePreview, names};
use super::templates::found;
use crate::store::days;
use crate::store::filled;
use crate::store::templates::TemplateRow;
use crate::templates::making::{entry, figures, file, filled_report, refusal};
use crate::templates::plan::Plan;
use crate::templates::{filled_place, key};

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
struct DayQuery {
    /// The day (`YYYY-MM-DD`); the last that was computed if absent.
    day: Option<String>,
}

/// A report to be made and kept.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct FilledReportNew {
    /// The day (`YYYY-MM-DD`).
    day: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(original))
        .routes(routes!(preview))
        .routes(routes!(filled_now))
        .routes(routes!(ask))
        .routes(routes!(report))
}

fn day_of(text: &str) -> ApiResult<String> {
    let day = Instant64::parse_date(text).ok_or_else(|| ApiError::field("day", ErrorCode::DateForm))?;
    Ok(day.local_date())
}

impl DayQuery {
    async fn day(&self, platform: &Platform) -> ApiResult<String> {
        if let Some(day) = self.day.given() {
            return day_of(day);
        }
        let latest = days::latest(&mut platform.db.reader()).await?;
        Ok(latest.map_or_else(|| platform.now().local_date(), |it| it.day))
    }
}

/// A workbook, to be saved: no browser opens it as a page of ours.
fn download(name: &str, file_name: &str, bytes: Vec<u8>) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type()));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    // RFC 6266: the name in UTF-8, and a plain one for who does not read that.
    let encoded: String = file_name.bytes().map(encoded).collect();
    let disposition = format!("attachment; filename=\"{name}.xlsx\"; filename*=UTF-8''{encoded}");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    (headers, bytes).into_response()
}

/// RFC 8187: what is no attribute character is written as its byte.
fn encoded(byte: u8) -> String {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// A version as it was sent.
#[utoipa::path(get, path = "/report-templates/{id}/versions/{version}/content", tag = "command", params(("id" = String, Path), ("version" = i64, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn original(
    State(platform): State<Platform>,
    me: Me,
    Path((id, version)): Path<(String, String)>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadStatistics)?;
    let row = found(&mut platform.db.reader(), &scope, &id).await?;
    let version: i64 = version.parse().map_err(|_| ApiError::not_found())?;
    let bytes = file(&platform, &scope, &row, version).await?.ok_or_else(ApiError::not_found)?;
    Ok(download("template", &format!("{}-v{version}.xlsx", row.name), bytes))
}

/// What goes into which cell on a day.
#[utoipa::path(get, path = "/report-templates/{id}/preview", tag = "command", params(("id" = String, Path), DayQuery), responses((status = 200, body = TemplatePreview)))]
async fn preview(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<DayQuery>,
) -> ApiResult<Json<TemplatePreview>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let row = found(&mut platform.db.reader(), &scope, &id).await?;
    let day = query.day(&platform).await?;
    let bytes = file(&platform, &scope, &row, row.version).await?.ok_or_else(ApiError::not_found)?;
    let plan = tokio::task::spawn_blocking(move || Template::open(&bytes).map(|it| Plan::of(&it))).await;
    let plan = plan.map_err(|error| ApiError::internal(&error))?.map_err(|fault| table_refused(&fault))?;
    let figures = figures(&platform, &row, &day).await?;
    let values = figures.as_ref().map(|it| plan.values(it)).unwrap_or_default();
    let tables = figures.as_ref().map(|it| plan.shown(it)).unwrap_or_default();
    Ok(Json(TemplatePreview {
        day,
        computed: figures.is_some(),
        names: names(&plan, &values),
        tables: tables.into_iter().map(Into::into).collect(),
    }))
}

/// The template filled with a day's figures, now.
#[utoipa::path(get, path = "/report-templates/{id}/filled", tag = "command", params(("id" = String, Path), DayQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn filled_now(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<DayQuery>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadStatistics)?;
    let row = found(&mut platform.db.reader(), &scope, &id).await?;
    let day = query.day(&platform).await?;
    let bytes = filled_report(&platform, &row, &day).await.map_err(refusal)?;
    let detail = json!({ "day": day, "version": row.version });
    listing::written_down(&platform, entry(&scope, "report.filled", row.id, detail, platform.now())).await?;
    Ok(report_file(&row, &day, bytes))
}

fn report_file(row: &TemplateRow, day: &str, bytes: Vec<u8>) -> Response {
    download(&format!("report-{day}"), &format!("{}-{day}.xlsx", row.name), bytes)
}

/// Have a day's report made and kept; one that there is, is made once more.
#[utoipa::path(post, path = "/report-templates/{id}/reports", tag = "command", params(("id" = String, Path)), request_body = FilledReportNew, responses((status = 202, body = FilledReport)))]
async fn ask(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<FilledReportNew>,
) -> ApiResult<(StatusCode, Json<FilledReport>)> {
    let scope = me.require(Permission::ManageReportTemplates)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (row, now) = (found(&mut write.tx, &scope, &id).await?, write.now);
    let day = day_of(&body.day)?;
    if now.local_date() < day {
        return Err(ApiError::field("day", ErrorCode::DateFuture));
    }
    let by = scope.actor().name.clone();
    if !filled::ask(&mut write.tx, &scope, row.id, &day, &by, now).await? {
        filled::again(&mut write.tx, &scope, row.id, &day, &by, now).await?;
    }
    let detail = json!({ "day": day });
    audit::record(&mut write.tx, entry(&scope, "report.asked", row.id, detail, now)).await?;
    let reports = filled::list(&mut write.tx, &scope, row.id).await?;
    let report = reports.into_iter().find(|it| it.day == day).ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::ACCEPTED, report.into()).await
}

/// The report of a day as it was made.
#[utoipa::path(get, path = "/report-templates/{id}/reports/{day}/content", tag = "command", params(("id" = String, Path), ("day" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn report(
    State(platform): State<Platform>,
    me: Me,
    Path((id, day)): Path<(String, String)>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadStatistics)?;
    let row = found(&mut platform.db.reader(), &scope, &id).await?;
    let sealed = filled::content(&mut platform.db.reader(), &scope, row.id, &day).await?;
    let sealed = sealed.ok_or_else(ApiError::not_found)?;
    let key = key(&platform, row.id, platform.now()).await?;
    let bytes = key.open(filled_place(row.id, &day), &sealed)?;
    Ok(report_file(&row, &day, bytes))
}
