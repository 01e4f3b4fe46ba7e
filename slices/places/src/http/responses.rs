//! Responses over HTTP.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::Condition;
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Me, Page, PageQuery, Platform, Query, Write,
    table_pages, table_response,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{known_area, label, note, note_plain};
use crate::events::PlacesChanged;
use crate::model::ResponseId;
use crate::store::responses::{self, NewResponse, ResponseRow, purge_at};

/// Rows read at a time while exporting.
const EXPORT_PAGE: i64 = 200;

/// What a response may be for.
const PURPOSES: [&str; 5] = ["screening", "location", "face", "seals", "matching"];

/// After how many days its data goes, unless it says otherwise.
const RETENTION_DAYS: i64 = 30;

/// An epidemic response.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponseView {
    #[schema(value_type = String)]
    id: ResponseId,
    area_code: String,
    area_name: String,
    name: String,
    legal_basis: String,
    purposes: Vec<String>,
    #[schema(value_type = String)]
    starts_at: Instant64,
    #[schema(value_type = Option<String>)]
    ends_at: Option<Instant64>,
    /// How many days after its end its data is purged.
    retention_days: i64,
    /// When that is, once it is known when it ends.
    #[schema(value_type = Option<String>)]
    purge_at: Option<Instant64>,
    /// When it was done.
    #[schema(value_type = Option<String>)]
    purged_at: Option<Instant64>,
    active: bool,
}

/// A response to be started.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ResponseNew {
    area_code: String,
    name: String,
    legal_basis: String,
    purposes: Vec<String>,
    #[schema(value_type = String)]
    starts_at: Instant64,
    #[schema(value_type = Option<String>)]
    ends_at: Option<Instant64>,
    /// 1 to 180; 30 if it is not given. Published with the response, and not changed afterwards.
    retention_days: Option<i64>,
}

/// Why it ends.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ResponseEnd {
    reason: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, start))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(end))
}

/// Responses, newest first.
#[utoipa::path(get, path = "/responses", tag = "places", params(PageQuery), responses((status = 200, body = Page<ResponseView>)))]
async fn list(
    State(platform): State<Platform>,
    _me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ResponseView>>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map_or_else(Condition::always, |it| Condition::below("r.id", it.id));
    let rows = responses::list(&mut platform.db.reader(), Condition::always(), after, limit + 1).await?;
    let now = platform.now();
    Ok(Json(Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| view(it, now))))
}

/// How many responses there are.
#[utoipa::path(get, path = "/responses/count", tag = "places", responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, _me: Me) -> ApiResult<Json<Count>> {
    Ok(Json(Count { count: responses::count(&mut platform.db.reader(), Condition::always()).await? }))
}

/// The responses as CSV or XLSX.
#[utoipa::path(get, path = "/responses/export", tag = "places", params(ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(State(platform): State<Platform>, _me: Me, Query(export): Query<ExportQuery>) -> ApiResult<Response> {
    let chosen = export.chosen("r.id")?;
    let header = export.lang.pick(
        ["行政区划代码", "行政区划", "名称", "法律依据", "用途", "开始", "结束", "结束后几天删除", "删除时间"],
        [
            "area_code",
            "area_name",
            "name",
            "legal_basis",
            "purposes",
            "starts_at",
            "ends_at",
            "retention_days",
            "purged_at",
        ],
    );
    let fetch = move |after: Option<ResponseRow>| {
        let (db, chosen) = (platform.db.clone(), chosen.clone());
        async move {
            let after = after.map_or_else(Condition::always, |it| Condition::below("r.id", it.id));
            Ok(responses::list(&mut db.reader(), chosen, after, EXPORT_PAGE).await?)
        }
    };
    table_response(export.format, "responses", &header, table_pages(fetch, cells))
}

fn cells(row: &ResponseRow) -> Vec<String> {
    let moment = |micros| Instant64::from_micros(micros).to_string();
    vec![
        row.area_code.clone(),
        row.area_name.clone(),
        row.name.clone(),
        row.legal_basis.clone(),
        row.purposes.clone(),
        moment(row.starts_at),
        row.ends_at.map(moment).unwrap_or_default(),
        row.retention_days.to_string(),
        row.purged_at.map(moment).unwrap_or_default(),
    ]
}

/// Start a response.
#[utoipa::path(post, path = "/responses", tag = "places", request_body = ResponseNew, responses((status = 201, body = ResponseView)))]
async fn start(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ResponseNew>,
) -> ApiResult<(StatusCode, Json<ResponseView>)> {
    let scope = me.require(Permission::ManageResponses)?;
    let mut write = Write::begin(&platform, &me).await?;
    let area = known_area(&mut write, &scope, &body.area_code).await?;
    let purposes_known = body.purposes.iter().all(|it| PURPOSES.contains(&it.as_str()));
    if body.purposes.is_empty() || !purposes_known {
        return Err(ApiError::field("purposes", ErrorCode::Invalid));
    }
    if body.ends_at.is_some_and(|it| it <= body.starts_at) {
        return Err(ApiError::field("ends_at", ErrorCode::Invalid));
    }
    let retention_days = body.retention_days.unwrap_or(RETENTION_DAYS);
    if !(1..=180).contains(&retention_days) {
        return Err(ApiError::field("retention_days", ErrorCode::Invalid));
    }
    let new = NewResponse {
        area,
        name: label("name", &body.name)?.as_str().to_owned(),
        legal_basis: label("legal_basis", &body.legal_basis)?.as_str().to_owned(),
        purposes: body.purposes,
        starts_at: body.starts_at,
        ends_at: body.ends_at,
        retention_days,
    };
    let now = write.now;
    let id = responses::insert(&mut write.tx, &new, now).await?;
    note_plain(&mut write, &scope, "response.started", id).await?;
    changed(&mut write).await?;
    let view = find(&mut write, id).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// End a response: from now on its intrusive functions stop.
#[utoipa::path(post, path = "/responses/{id}/end", tag = "places", params(("id" = String, Path)), request_body = ResponseEnd, responses((status = 200, body = ResponseView)))]
async fn end(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ResponseEnd>,
) -> ApiResult<(StatusCode, Json<ResponseView>)> {
    let scope = me.require(Permission::ManageResponses)?;
    let id: ResponseId = id.parse().map_err(|_| ApiError::not_found())?;
    let reason = label("reason", &body.reason)?;
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, id).await?;
    if !scope.covers(access::Located { area: Some(&known.area_code), ..access::Located::default() }) {
        return Err(ApiError::not_found());
    }
    let now = write.now;
    if !responses::end(&mut write.tx, id, now).await? {
        return Err(ApiError::state());
    }
    note(&mut write, &scope, "response.ended", id, json!({ "reason": reason.as_str() })).await?;
    changed(&mut write).await?;
    let view = find(&mut write, id).await?;
    write.finish(StatusCode::OK, view).await
}

async fn changed(write: &mut Write) -> ApiResult<()> {
    let now = write.now;
    events::emit(&mut write.tx, events::At::default(), &PlacesChanged { what: "response" }, now).await?;
    Ok(())
}

async fn find(write: &mut Write, id: ResponseId) -> ApiResult<ResponseView> {
    let only = Condition::eq("r.id", id.uuid());
    let now = write.now;
    let row = responses::list(&mut write.tx, only, Condition::always(), 1).await?.pop();
    row.map(|it| view(it, now)).ok_or_else(ApiError::not_found)
}

/// The newest response in force, if there is one.
pub async fn response_in_force(db: &mut impl db::Read, now: Instant64) -> ApiResult<Option<ResponseView>> {
    let in_force = Condition::all([
        Condition::below("r.starts_at", now.plus(1)),
        Condition::any([Condition::literal("r.ends_at is null"), Condition::at_least("r.ends_at", now)]),
    ]);
    let row = responses::list(db, in_force, Condition::always(), 1).await?.pop();
    Ok(row.map(|it| view(it, now)))
}

/// A row as shown.
fn view(row: ResponseRow, now: Instant64) -> ResponseView {
    let (starts_at, ends_at) = (Instant64::from_micros(row.starts_at), row.ends_at.map(Instant64::from_micros));
    ResponseView {
        id: ResponseId::from_uuid(row.id),
        area_code: row.area_code,
        area_name: row.area_name,
        name: row.name,
        legal_basis: row.legal_basis,
        purposes: row.purposes.split(',').map(str::to_owned).collect(),
        starts_at,
        ends_at,
        retention_days: row.retention_days,
        purge_at: ends_at.map(|it| purge_at(it, row.retention_days)),
        purged_at: row.purged_at.map(Instant64::from_micros),
        active: starts_at <= now && ends_at.is_none_or(|it| it > now),
    }
}
