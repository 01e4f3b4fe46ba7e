//! Report templates over HTTP: kept, changed, scheduled.

use access::{Located, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bytes::Bytes;
use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Lang, Me, OptionalText, Platform, Query, Write, table_refused};
use kernel::{AreaCode, Instant64, Label};
use serde::Deserialize;
use serde_json::json;
use tables::template::Template;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::template_views::{
    KnownTemplateName, ReportSchedule, ReportTemplateDetail, ReportTemplateView, TemplateLook, known_names,
};
use crate::store::filled;
use crate::store::templates::{self as store, NewTemplate, NewVersion, TemplateRow};
use crate::templates::making::entry;
use crate::templates::plan::Plan;
use crate::templates::schedule::ALL_DAYS;
use crate::templates::{ReportTemplateId, key, version_place};

/// Files kept of a template when nothing is said, and at most.
const KEPT: i64 = 30;
const KEPT_MOST: i64 = 366;
/// Characters of a file's name that are kept.
const FILE_NAME_MOST: usize = 120;
const MINUTES: i64 = 24 * 60;

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
struct NewQuery {
    /// The area whose figures it is filled with.
    area: String,
    /// What it is called.
    name: String,
    /// How industries and sizes are written in it.
    lang: Lang,
    file_name: String,
    /// Only say what is found in it.
    dry_run: bool,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
struct VersionQuery {
    file_name: String,
    /// Only say what is found in it.
    dry_run: bool,
}

/// What of a template is changed; what is absent stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ReportTemplatePatch {
    name: Option<String>,
    /// Null ends it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<ReportSchedule>)]
    schedule: Option<Option<ReportSchedule>>,
    /// How many of the last reports are kept as files, 1 to 366.
    keep: Option<i64>,
}

/// Tells null from absent.
fn given<'d, D: serde::Deserializer<'d>>(deserializer: D) -> Result<Option<Option<ReportSchedule>>, D::Error> {
    Option::<ReportSchedule>::deserialize(deserializer).map(Some)
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(known))
        .routes(routes!(create))
        .routes(routes!(read, change))
        .routes(routes!(add_version))
        .routes(routes!(retire))
}

pub(super) async fn found(db: &mut impl Read, scope: &Scope, id: &str) -> ApiResult<TemplateRow> {
    let id: ReportTemplateId = id.parse().map_err(|_| ApiError::not_found())?;
    store::find(db, scope, id.uuid()).await?.ok_or_else(ApiError::not_found)
}

async fn view(db: &mut impl Read, row: &TemplateRow, now: Instant64) -> ApiResult<ReportTemplateView> {
    let name = places::area_names(db, std::slice::from_ref(&row.area_code)).await?.remove(&row.area_code);
    Ok(ReportTemplateView::new(row, name, now))
}

/// The templates of the areas that the account reaches.
#[utoipa::path(get, path = "/report-templates", tag = "command", responses((status = 200, body = Vec<ReportTemplateView>)))]
async fn list(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Vec<ReportTemplateView>>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut db = platform.db.reader();
    let rows = store::list(&mut db, &scope).await?;
    let areas: Vec<String> = rows.iter().map(|it| it.area_code.clone()).collect();
    let names = places::area_names(&mut db, &areas).await?;
    let now = platform.now();
    let views = rows.iter().map(|it| ReportTemplateView::new(it, names.get(&it.area_code).cloned(), now));
    Ok(Json(views.collect()))
}

/// Names that can be given to cells and tables.
#[utoipa::path(get, path = "/report-templates/names", tag = "command", responses((status = 200, body = Vec<KnownTemplateName>)))]
async fn known(me: Me) -> ApiResult<Json<Vec<KnownTemplateName>>> {
    me.require(Permission::ReadStatistics)?;
    Ok(Json(known_names()))
}

/// A workbook, looked at off the threads that answer others.
async fn look(body: &Bytes) -> ApiResult<TemplateLook> {
    let body = body.clone();
    let looked = tokio::task::spawn_blocking(move || Template::open(&body).map(|it| TemplateLook::of(&Plan::of(&it))));
    looked.await.map_err(|error| ApiError::internal(&error))?.map_err(|fault| table_refused(&fault))
}

/// Keep a workbook (XLSX without macros, at most 3 MiB) as a template; with `dry_run` only say which of its names are known.
#[utoipa::path(post, path = "/report-templates/content", tag = "command", params(NewQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = TemplateLook)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<NewQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<TemplateLook>)> {
    let scope = me.require(Permission::ManageReportTemplates)?;
    let mut write = Write::begin(&platform, &me).await?;
    let mut look = look(&body).await?;
    if query.dry_run {
        return write.finish(StatusCode::OK, look).await;
    }
    let area = AreaCode::parse(&query.area).map_err(|it| ApiError::invalid("area", it))?;
    if !scope.covers(Located { area: Some(area.as_str()), ..Located::default() }) {
        return Err(ApiError::field("area", ErrorCode::BeyondScope));
    }
    if places::area_names(&mut write.tx, &[area.as_str().to_owned()]).await?.is_empty() {
        return Err(ApiError::field("area", ErrorCode::AreaUnknown));
    }
    let name = Label::parse(&query.name).map_err(|it| ApiError::invalid("name", it))?;
    let id = ReportTemplateId::new(write.now).uuid();
    let lang = query.lang.pick("zh", "en");
    let new = NewTemplate { id, area: area.as_str(), name: name.as_str(), lang, days: ALL_DAYS, keep: KEPT };
    store::insert(&mut write.tx, &new, write.now).await?;
    keep(&platform, &mut write, &scope, id, &query.file_name, &body, &look).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    look.template = Some(view(&mut write.tx, &row, write.now).await?);
    write.finish(StatusCode::OK, look).await
}

/// Replace the workbook of a template; the old one is kept.
#[utoipa::path(post, path = "/report-templates/{id}/versions/content", tag = "command", params(("id" = String, Path), VersionQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = TemplateLook)))]
async fn add_version(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<VersionQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<TemplateLook>)> {
    let scope = me.require(Permission::ManageReportTemplates)?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = found(&mut write.tx, &scope, &id).await?;
    let mut look = look(&body).await?;
    if !query.dry_run {
        keep(&platform, &mut write, &scope, row.id, &query.file_name, &body, &look).await?;
    }
    let row = found(&mut write.tx, &scope, &id).await?;
    look.template = Some(view(&mut write.tx, &row, write.now).await?);
    write.finish(StatusCode::OK, look).await
}

async fn keep(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    template: uuid::Uuid,
    file_name: &str,
    body: &Bytes,
    look: &TemplateLook,
) -> ApiResult<()> {
    if !look.is_fit() {
        return Err(ApiError::field("file", ErrorCode::TemplateFaults));
    }
    let row = store::find(&mut write.tx, scope, template).await?.ok_or_else(ApiError::not_found)?;
    let (version, now) = (row.version + 1, write.now);
    let key = key(platform, template, now).await?;
    let file_name: String = file_name.chars().filter(|it| !it.is_control()).take(FILE_NAME_MOST).collect();
    let new = NewVersion {
        template,
        version,
        file_name: &file_name,
        byte_count: i64::try_from(body.len()).map_err(|error| ApiError::internal(&error))?,
        sha256: aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body).as_ref().to_vec(),
        sealed: key.seal(version_place(template, version), body),
        by: &scope.actor().name,
    };
    if !store::add(&mut write.tx, scope, new, now).await? {
        return Err(ApiError::state());
    }
    let detail = json!({ "version": version, "bytes": body.len() });
    audit::record(&mut write.tx, entry(scope, "report_template.kept", template, detail, now)).await?;
    Ok(())
}

/// A template, its versions, and the reports made of it.
#[utoipa::path(get, path = "/report-templates/{id}", tag = "command", params(("id" = String, Path)), responses((status = 200, body = ReportTemplateDetail)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<ReportTemplateDetail>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut db = platform.db.reader();
    let row = found(&mut db, &scope, &id).await?;
    let versions = store::versions(&mut db, &scope, row.id).await?.into_iter().map(Into::into).collect();
    let reports = filled::list(&mut db, &scope, row.id).await?.into_iter().map(Into::into).collect();
    Ok(Json(ReportTemplateDetail { template: view(&mut db, &row, platform.now()).await?, versions, reports }))
}

/// Rename a template, say when its reports are made and how many are kept.
#[utoipa::path(patch, path = "/report-templates/{id}", tag = "command", params(("id" = String, Path)), request_body = ReportTemplatePatch, responses((status = 200, body = ReportTemplateView)))]
async fn change(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReportTemplatePatch>,
) -> ApiResult<(StatusCode, Json<ReportTemplateView>)> {
    let scope = me.require(Permission::ManageReportTemplates)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (mut row, now) = (found(&mut write.tx, &scope, &id).await?, write.now);
    if let Some(name) = body.name.given() {
        row.name = Label::parse(name).map_err(|it| ApiError::invalid("name", it))?.as_str().to_owned();
    }
    if let Some(keep) = body.keep {
        let in_range = (1..=KEPT_MOST).contains(&keep);
        row.keep = in_range.then_some(keep).ok_or_else(|| ApiError::field("keep", ErrorCode::OutOfRange))?;
    }
    match body.schedule {
        None => {}
        Some(None) => (row.schedule_minute, row.scheduled_at) = (None, None),
        Some(Some(it)) => {
            if !(0..MINUTES).contains(&it.minute) || !(1..=ALL_DAYS).contains(&it.days) {
                return Err(ApiError::field("schedule", ErrorCode::OutOfRange));
            }
            // What lay before it was set is not made.
            row.scheduled_at = Some(now.micros());
            (row.schedule_minute, row.schedule_days) = (Some(it.minute), it.days);
        }
    }
    if !store::set(&mut write.tx, &scope, &row).await? {
        return Err(ApiError::not_found());
    }
    let detail = json!({ "minute": row.schedule_minute, "days": row.schedule_days, "keep": row.keep });
    audit::record(&mut write.tx, entry(&scope, "report_template.changed", row.id, detail, now)).await?;
    let view = view(&mut write.tx, &row, now).await?;
    write.finish(StatusCode::OK, view).await
}

/// Put a template away: no more reports are made of it, and it is not shown any more.
#[utoipa::path(post, path = "/report-templates/{id}/retire", tag = "command", params(("id" = String, Path)), responses((status = 200, body = ReportTemplateView)))]
async fn retire(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<ReportTemplateView>)> {
    let scope = me.require(Permission::ManageReportTemplates)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (row, now) = (found(&mut write.tx, &scope, &id).await?, write.now);
    if !store::retire(&mut write.tx, &scope, row.id, now).await? {
        return Err(ApiError::not_found());
    }
    audit::record(&mut write.tx, entry(&scope, "report_template.retired", row.id, json!({}), now)).await?;
    let view = view(&mut write.tx, &row, now).await?;
    write.finish(StatusCode::OK, view).await
}
