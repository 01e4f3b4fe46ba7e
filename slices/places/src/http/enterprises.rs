//! Enterprises over HTTP.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::{AreaCode, CreditCode, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{known_area, label, note_plain};
use crate::model::{EnterpriseId, NewEnterprise, SizeClass};
use crate::store::enterprises::{self, EnterpriseRow};
use crate::store::standing;

/// An enterprise.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnterpriseView {
    #[schema(value_type = String)]
    id: EnterpriseId,
    name: String,
    credit_code: String,
    area_code: String,
    area_name: String,
    industry: String,
    size_class: String,
    /// Empty where nobody has said.
    address: String,
    sites: i64,
    employees: i64,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// An enterprise to be registered.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EnterpriseNew {
    pub(super) name: String,
    pub(super) credit_code: String,
    pub(super) area_code: String,
    pub(super) industry: String,
    pub(super) size_class: String,
    /// Where its door is.
    pub(super) address: Option<String>,
}

/// What may be changed; null keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct EnterprisePatch {
    pub(super) name: Option<String>,
    pub(super) area_code: Option<String>,
    pub(super) industry: Option<String>,
    pub(super) size_class: Option<String>,
    pub(super) address: Option<String>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct EnterpriseFilters {
    /// Part of the name, or a credit code.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// Beginning of an industry code.
    industry: Option<String>,
    /// Size class.
    size_class: Option<String>,
    /// `true` for those with an open site, `false` for those without.
    open: Option<String>,
}

pub(super) struct Enterprises;

impl Listing for Enterprises {
    type Filters = EnterpriseFilters;
    type Row = EnterpriseRow;
    type View = EnterpriseView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = enterprises::SORTS;
    const ID: &'static str = "e.id";
    const NAME: &'static str = "enterprises";
    const NUMBERS: &'static [&'static str] = &["sites", "employees"];

    fn condition(filters: &EnterpriseFilters) -> ApiResult<Condition> {
        let area = match filters.area.given() {
            Some(area) => Some(AreaCode::parse(area).map_err(|it| ApiError::invalid("area", it))?.subtree()),
            None => None,
        };
        let parts = [
            filters.search.given().map(enterprises::searched),
            area.map(|(from, until)| Condition::range("e.area_code", from, until)),
            filters
                .industry
                .given()
                .map(|it| Condition::range("e.industry", it.to_uppercase(), format!("{}~", it.to_uppercase()))),
            filters.size_class.given().map(|it| Condition::eq("e.size_class", it)),
            open(filters.open.given())?,
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<EnterpriseRow>> {
        Ok(enterprises::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(enterprises::count(db, scope, condition).await?)
    }

    fn position(row: &EnterpriseRow, sort: &Sort) -> Cursor {
        let key = (sort.name == "name").then(|| row.name_key.clone());
        Cursor { key, id: row.id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<EnterpriseRow>) -> ApiResult<Vec<EnterpriseView>> {
        Ok(rows.into_iter().map(view).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "统一社会信用代码", "区域代码", "区域", "行业", "规模", "场所数", "在册人数", "地址"],
            vec!["name", "credit_code", "area_code", "area", "industry", "size_class", "sites", "employees", "address"],
        )
    }

    fn cells(view: &EnterpriseView) -> Vec<String> {
        vec![
            view.name.clone(),
            view.credit_code.clone(),
            view.area_code.clone(),
            view.area_name.clone(),
            view.industry.clone(),
            view.size_class.clone(),
            view.sites.to_string(),
            view.employees.to_string(),
            view.address.clone(),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read, patch))
}

/// Enterprises.
#[utoipa::path(get, path = "/enterprises", tag = "places", params(PageQuery, EnterpriseFilters), responses((status = 200, body = Page<EnterpriseView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<EnterpriseFilters>,
) -> ApiResult<Json<Page<EnterpriseView>>> {
    listing::page::<Enterprises>(&platform, &me, &page, &filters).await
}

/// How many enterprises the filter meets.
#[utoipa::path(get, path = "/enterprises/count", tag = "places", params(EnterpriseFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<EnterpriseFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Enterprises>(&platform, &me, &filters).await
}

/// The filtered enterprises as CSV or XLSX.
#[utoipa::path(get, path = "/enterprises/export", tag = "places", params(EnterpriseFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<EnterpriseFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Enterprises>(&platform, &me, &export, &filters).await
}

/// One enterprise.
#[utoipa::path(get, path = "/enterprises/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = EnterpriseView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<EnterpriseView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let id: EnterpriseId = id.parse().map_err(|_| ApiError::not_found())?;
    let row = enterprises::find(&mut platform.db.reader(), &scope, id).await?;
    row.map(|it| Json(view(it))).ok_or_else(ApiError::not_found)
}

/// Register an enterprise.
#[utoipa::path(post, path = "/enterprises", tag = "places", request_body = EnterpriseNew, responses((status = 201, body = EnterpriseView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<EnterpriseNew>,
) -> ApiResult<(StatusCode, Json<EnterpriseView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let mut write = Write::begin(&platform, &me).await?;
    let id = register(&mut write, &scope, &body).await?;
    let view = find(&mut write, &scope, id).await.map(view)?;
    write.finish(StatusCode::CREATED, view).await
}

/// Registers an enterprise: the one way into the register.
pub(super) async fn register(write: &mut Write, scope: &Scope, body: &EnterpriseNew) -> ApiResult<EnterpriseId> {
    let new = NewEnterprise {
        name: label("name", &body.name)?,
        credit_code: CreditCode::parse(&body.credit_code).map_err(|it| ApiError::invalid("credit_code", it))?,
        area: known_area(write, scope, &body.area_code).await?,
        industry: industry(&body.industry)?,
        size_class: size_class(&body.size_class)?,
        address: address(body.address.as_deref().unwrap_or_default())?,
    };
    let now = write.now;
    let id = enterprises::insert(&mut write.tx, &new, now).await.map_err(taken)?;
    note_plain(write, scope, "enterprise.created", id).await?;
    Ok(id)
}

/// Change an enterprise.
#[utoipa::path(patch, path = "/enterprises/{id}", tag = "places", params(("id" = String, Path)), request_body = EnterprisePatch, responses((status = 200, body = EnterpriseView)))]
async fn patch(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<EnterprisePatch>,
) -> ApiResult<(StatusCode, Json<EnterpriseView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id: EnterpriseId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    change(&mut write, &scope, id, &body).await?;
    let view = find(&mut write, &scope, id).await.map(view)?;
    write.finish(StatusCode::OK, view).await
}

/// Changes an enterprise; as it stood before.
pub(super) async fn change(
    write: &mut Write,
    scope: &Scope,
    id: EnterpriseId,
    body: &EnterprisePatch,
) -> ApiResult<EnterpriseRow> {
    let known = find(write, scope, id).await?;
    let area = match body.area_code.given() {
        Some(code) => known_area(write, scope, code).await?,
        None => AreaCode::parse(&known.area_code).map_err(|it| ApiError::invalid("area_code", it))?,
    };
    let to = NewEnterprise {
        name: label("name", body.name.given().unwrap_or(&known.name))?,
        credit_code: CreditCode::parse(&known.credit_code).map_err(|it| ApiError::invalid("credit_code", it))?,
        area,
        industry: industry(body.industry.given().unwrap_or(&known.industry))?,
        size_class: size_class(body.size_class.given().unwrap_or(&known.size_class))?,
        // What is given empty is taken away.
        address: address(body.address.as_deref().unwrap_or(&known.address))?,
    };
    enterprises::update(&mut write.tx, scope, id, &to).await?;
    if to.area.as_str() != known.area_code {
        access::move_grants(&mut write.tx, &access::Grant::Enterprise(id.uuid()), to.area.as_str()).await?;
    }
    note_plain(write, scope, "enterprise.changed", id).await?;
    Ok(known)
}

pub(super) async fn find(write: &mut Write, scope: &Scope, id: EnterpriseId) -> ApiResult<EnterpriseRow> {
    enterprises::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)
}

fn taken(error: db::DbError) -> ApiError {
    match error {
        db::DbError::Unique(_) => ApiError::field("credit_code", ErrorCode::Taken),
        other => other.into(),
    }
}

/// The longest address.
const ADDRESS_MOST: usize = 200;

fn address(text: &str) -> ApiResult<String> {
    let text = text.trim();
    match text.chars().count() <= ADDRESS_MOST && !text.chars().any(char::is_control) {
        true => Ok(text.to_owned()),
        false => Err(ApiError::field("address", ErrorCode::TooLong)),
    }
}

pub(super) fn industry(text: &str) -> ApiResult<String> {
    industry_form(text).ok_or_else(|| ApiError::field("industry", ErrorCode::Invalid))
}

/// GB/T 4754-2017: a letter for the section, then two to four digits.
pub(crate) fn industry_form(text: &str) -> Option<String> {
    let text = text.trim().to_uppercase();
    let well_formed = text.len() <= 5
        && text.starts_with(|it: char| ('A'..='T').contains(&it))
        && text.bytes().skip(1).all(|it| it.is_ascii_digit());
    well_formed.then_some(text)
}

fn size_class(text: &str) -> ApiResult<SizeClass> {
    SizeClass::parse(text).ok_or_else(|| ApiError::field("size_class", ErrorCode::Invalid))
}

fn open(text: Option<&str>) -> ApiResult<Option<Condition>> {
    match text {
        None => Ok(None),
        Some("true") => Ok(Some(standing::open(true))),
        Some("false") => Ok(Some(standing::open(false))),
        Some(_) => Err(ApiError::field("open", ErrorCode::Invalid)),
    }
}

fn view(row: EnterpriseRow) -> EnterpriseView {
    EnterpriseView {
        id: EnterpriseId::from_uuid(row.id),
        name: row.name,
        credit_code: row.credit_code,
        area_code: row.area_code,
        area_name: row.area_name,
        industry: row.industry,
        size_class: row.size_class,
        address: row.address,
        sites: row.sites,
        employees: row.employees,
        created_at: Instant64::from_micros(row.created_at),
    }
}
