//! The area tree over HTTP.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::Condition;
use http_api::{
    ApiError, ApiResult, Count, ErrorCode, Json, Lang, ListFormat, Me, OptionalText, Page, PageQuery, Platform, Query,
    Write, table_pages, table_response,
};
use kernel::{AreaCode, AreaKind, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{label, note_plain};
use crate::imports::ImportedList;
use crate::imports::areas::Areas;
use crate::model::Area;
use crate::store::areas::{self, AreaRow};

/// Rows read at a time while exporting.
const EXPORT_PAGE: i64 = 200;

/// A node of the area tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaView {
    code: String,
    name: String,
    #[schema(value_type = String)]
    kind: AreaKind,
    parent_code: Option<String>,
    #[schema(value_type = String)]
    valid_from: Instant64,
    #[schema(value_type = Option<String>)]
    valid_until: Option<Instant64>,
}

/// An area to be added.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AreaNew {
    code: String,
    name: String,
}

/// A new name.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AreaPatch {
    name: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Filters {
    /// Only children of this code; `root` for the top.
    parent: Option<String>,
    /// Part of a name, or the beginning of a code.
    search: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct FormQuery {
    /// `csv` or `xlsx`.
    #[param(inline)]
    format: ListFormat,
    /// The language of the headings.
    lang: Lang,
}

impl Filters {
    fn condition(&self) -> Condition {
        let parent = self.parent.given().map(|it| match it {
            "root" => Condition::literal("parent_code is null"),
            code => Condition::eq("parent_code", code),
        });
        let search = self.search.given().map(|it| {
            let code = Condition::range("code", it, format!("{it}:"));
            Condition::any([Condition::contains("name_key", &kernel::text::fold(it)), code])
        });
        Condition::all([parent, search].into_iter().flatten())
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(rename))
}

/// Areas: children of one, or a search.
#[utoipa::path(get, path = "/areas", tag = "places", params(PageQuery, Filters), responses((status = 200, body = Page<AreaView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<Filters>,
) -> ApiResult<Json<Page<AreaView>>> {
    me.require(Permission::ReadPlaces)?;
    let limit = page.limit()?;
    let after = page.cursor.given().map(str::to_owned);
    let mut reader = platform.db.reader();
    let mut rows = areas::list(&mut reader, filters.condition(), after.as_deref(), limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(0);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(|it| it.code.clone());
    Ok(Json(Page { items: rows.into_iter().map(view).collect(), next }))
}

/// How many areas the filter meets.
#[utoipa::path(get, path = "/areas/count", tag = "places", params(Filters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<Filters>) -> ApiResult<Json<Count>> {
    me.require(Permission::ReadPlaces)?;
    Ok(Json(Count { count: areas::count(&mut platform.db.reader(), filters.condition()).await? }))
}

/// The filtered areas as a spreadsheet, in the form the import reads.
#[utoipa::path(get, path = "/areas/export", tag = "places", params(Filters, FormQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<Filters>,
    Query(form): Query<FormQuery>,
) -> ApiResult<Response> {
    me.require(Permission::ReadPlaces)?;
    let fetch = move |after: Option<AreaRow>| {
        let (db, condition) = (platform.db.clone(), filters.condition());
        async move {
            let after = after.as_ref().map(|it| it.code.as_str());
            Ok(areas::list(&mut db.reader(), condition, after, EXPORT_PAGE).await?)
        }
    };
    let cells = |row: &AreaRow| {
        let valid_from = Instant64::from_micros(row.valid_from);
        vec![row.code.clone(), row.name.clone(), valid_from.to_string()]
    };
    table_response(form.format, "areas", &Areas::headings(form.lang), table_pages(fetch, cells))
}

/// Add an area below a known one.
#[utoipa::path(post, path = "/areas", tag = "places", request_body = AreaNew, responses((status = 201, body = AreaView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<AreaNew>,
) -> ApiResult<(StatusCode, Json<AreaView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let code = AreaCode::parse(&body.code).map_err(|it| ApiError::invalid("code", it))?;
    let name = label("name", &body.name)?;
    let mut write = Write::begin(&platform, &me).await?;
    if !scope.covers(access::Located { area: Some(code.as_str()), ..access::Located::default() }) {
        return Err(ApiError::field("code", ErrorCode::BeyondScope));
    }
    let now = write.now;
    if let Some(parent) = code.parent()
        && !areas::exists(&mut write.tx, &parent, now).await?
    {
        return Err(ApiError::field("code", ErrorCode::AreaParentUnknown));
    }
    if areas::exists(&mut write.tx, &code, now).await? {
        return Err(ApiError::field("code", ErrorCode::Taken));
    }
    let area = Area { code, name: name.as_str().to_owned(), valid_from: now, valid_until: None };
    areas::upsert(&mut write.tx, &area).await?;
    note_plain(&mut write, &scope, "area.created", &area.code).await?;
    let view = find(&mut write, &area.code).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Rename an area.
#[utoipa::path(patch, path = "/areas/{code}", tag = "places", params(("code" = String, Path)), request_body = AreaPatch, responses((status = 200, body = AreaView)))]
async fn rename(
    State(platform): State<Platform>,
    me: Me,
    Path(code): Path<String>,
    Json(body): Json<AreaPatch>,
) -> ApiResult<(StatusCode, Json<AreaView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let code = AreaCode::parse(&code).map_err(|_| ApiError::not_found())?;
    let name = label("name", &body.name)?;
    if !scope.covers(access::Located { area: Some(code.as_str()), ..access::Located::default() }) {
        return Err(ApiError::not_found());
    }
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, &code).await?;
    let area = Area { code, name: name.as_str().to_owned(), valid_from: known.valid_from, valid_until: None };
    areas::upsert(&mut write.tx, &area).await?;
    note_plain(&mut write, &scope, "area.renamed", &area.code).await?;
    let view = find(&mut write, &area.code).await?;
    write.finish(StatusCode::OK, view).await
}

async fn find(write: &mut Write, code: &AreaCode) -> ApiResult<AreaView> {
    areas::find(&mut write.tx, code).await?.map(view).ok_or_else(ApiError::not_found)
}

fn view(row: areas::AreaRow) -> AreaView {
    let kind = AreaCode::parse(&row.code).map_or(AreaKind::Grid, |it| it.kind());
    AreaView {
        code: row.code,
        name: row.name,
        kind,
        parent_code: row.parent_code,
        valid_from: Instant64::from_micros(row.valid_from),
        valid_until: row.valid_until.map(Instant64::from_micros),
    }
}
