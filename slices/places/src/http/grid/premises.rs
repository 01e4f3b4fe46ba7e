//! Premises over HTTP.

use access::{Grant, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, DbError, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::{AreaCode, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::{known_area, label, note_plain};
use super::subtree;
use crate::officers::model::{NewPremises, Position, PremisesId, PremisesKind};
use crate::store::premises::{self, PremisesRow};

/// A building, mall or compound.
#[derive(Debug, Serialize, ToSchema)]
pub struct PremisesView {
    #[schema(value_type = String)]
    id: PremisesId,
    kind: PremisesKind,
    name: String,
    address: String,
    area_code: String,
    area_name: String,
    /// WGS-84.
    lon_deg: Option<f64>,
    /// WGS-84.
    lat_deg: Option<f64>,
    /// Sites that lie in it.
    sites: i64,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// Premises as they are registered or changed: both say all of it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PremisesNew {
    pub(in crate::http) kind: PremisesKind,
    pub(in crate::http) name: String,
    pub(in crate::http) address: String,
    pub(in crate::http) area_code: String,
    /// WGS-84; with `lat_deg` or not at all.
    pub(in crate::http) lon_deg: Option<f64>,
    /// WGS-84.
    pub(in crate::http) lat_deg: Option<f64>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct PremisesFilters {
    /// Part of the name.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// Kind.
    kind: Option<String>,
}

pub(in crate::http) struct PremisesList;

impl Listing for PremisesList {
    type Filters = PremisesFilters;
    type Row = PremisesRow;
    type View = PremisesView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = premises::SORTS;
    const ID: &'static str = "m.id";
    const NAME: &'static str = "premises";
    const NUMBERS: &'static [&'static str] = &["sites"];

    fn condition(filters: &PremisesFilters) -> ApiResult<Condition> {
        let parts = [
            filters.search.given().map(|it| Condition::contains("m.name_key", &kernel::text::fold(it))),
            subtree(filters.area.given())?.map(|(from, until)| Condition::range("m.area_code", from, until)),
            filters.kind.given().map(|it| Condition::eq("m.kind", it)),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<PremisesRow>> {
        Ok(premises::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(premises::count(db, scope, condition).await?)
    }

    fn position(row: &PremisesRow, sort: &Sort) -> Cursor {
        Cursor { key: (sort.name == "name").then(|| row.name_key.clone()), id: row.id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<PremisesRow>) -> ApiResult<Vec<PremisesView>> {
        rows.into_iter().map(view).collect()
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "类型", "地址", "区域代码", "区域", "经度", "纬度", "场所数"],
            vec!["name", "kind", "address", "area_code", "area", "lon_deg", "lat_deg", "sites"],
        )
    }

    fn cells(view: &PremisesView) -> Vec<String> {
        let degrees = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            view.name.clone(),
            view.kind.code().to_owned(),
            view.address.clone(),
            view.area_code.clone(),
            view.area_name.clone(),
            degrees(view.lon_deg),
            degrees(view.lat_deg),
            view.sites.to_string(),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read, change))
}

/// Premises.
#[utoipa::path(get, path = "/premises", tag = "places", params(PageQuery, PremisesFilters), responses((status = 200, body = Page<PremisesView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<PremisesFilters>,
) -> ApiResult<Json<Page<PremisesView>>> {
    listing::page::<PremisesList>(&platform, &me, &page, &filters).await
}

/// How many premises the filter meets.
#[utoipa::path(get, path = "/premises/count", tag = "places", params(PremisesFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<PremisesFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<PremisesList>(&platform, &me, &filters).await
}

/// The filtered premises as CSV or XLSX.
#[utoipa::path(get, path = "/premises/export", tag = "places", params(PremisesFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<PremisesFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<PremisesList>(&platform, &me, &export, &filters).await
}

/// One building, mall or compound.
#[utoipa::path(get, path = "/premises/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = PremisesView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<PremisesView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let row = premises::find(&mut platform.db.reader(), &scope, premises_id(&id)?).await?;
    Ok(Json(view(row.ok_or_else(ApiError::not_found)?)?))
}

/// Register premises.
#[utoipa::path(post, path = "/premises", tag = "places", request_body = PremisesNew, responses((status = 201, body = PremisesView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<PremisesNew>,
) -> ApiResult<(StatusCode, Json<PremisesView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let mut write = Write::begin(&platform, &me).await?;
    let id = register(&mut write, &scope, &body).await?;
    let view = find(&mut write, &scope, id).await.and_then(view)?;
    write.finish(StatusCode::CREATED, view).await
}

/// Registers premises: the one way into the register by hand.
pub(in crate::http) async fn register(write: &mut Write, scope: &Scope, body: &PremisesNew) -> ApiResult<PremisesId> {
    let area = known_area(write, scope, &body.area_code).await?;
    let new = checked(body, area)?;
    let now = write.now;
    let id = premises::insert(&mut write.tx, &new, now).await?;
    note_plain(write, scope, "premises.created", id).await?;
    Ok(id)
}

/// Change premises.
#[utoipa::path(put, path = "/premises/{id}", tag = "places", params(("id" = String, Path)), request_body = PremisesNew, responses((status = 200, body = PremisesView)))]
async fn change(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<PremisesNew>,
) -> ApiResult<(StatusCode, Json<PremisesView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = premises_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, &scope, id).await?;
    change_to(&mut write, &scope, &known, &body).await?;
    let view = find(&mut write, &scope, id).await.and_then(view)?;
    write.finish(StatusCode::OK, view).await
}

/// Changes premises that were just read.
pub(in crate::http) async fn change_to(
    write: &mut Write,
    scope: &Scope,
    known: &PremisesRow,
    body: &PremisesNew,
) -> ApiResult<()> {
    let id = PremisesId::from_uuid(known.id);
    // Where it lies already it may stay, though the area is over.
    let area = match body.area_code.trim() == known.area_code {
        true => AreaCode::parse(&known.area_code).map_err(|it| ApiError::invalid("area_code", it))?,
        false => known_area(write, scope, &body.area_code).await?,
    };
    let to = checked(body, area)?;
    premises::update(&mut write.tx, scope, id, &to).await?;
    if to.area.as_str() != known.area_code {
        access::move_grants(&mut write.tx, &Grant::Premises(id.uuid()), to.area.as_str()).await?;
    }
    note_plain(write, scope, "premises.changed", id).await
}

pub(in crate::http) async fn find(write: &mut Write, scope: &Scope, id: PremisesId) -> ApiResult<PremisesRow> {
    premises::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)
}

fn premises_id(text: &str) -> ApiResult<PremisesId> {
    text.parse().map_err(|_| ApiError::not_found())
}

fn checked(body: &PremisesNew, area: AreaCode) -> ApiResult<NewPremises> {
    Ok(NewPremises {
        kind: body.kind,
        area,
        name: label("name", &body.name)?,
        address: label("address", &body.address)?,
        position: position(body.lon_deg, body.lat_deg)?,
    })
}

fn position(lon_deg: Option<f64>, lat_deg: Option<f64>) -> ApiResult<Option<Position>> {
    let within = |field, degrees: f64, most: f64| match (-most..=most).contains(&degrees) {
        true => Ok(degrees),
        false => Err(ApiError::field(field, ErrorCode::OutOfRange)),
    };
    match (lon_deg, lat_deg) {
        (None, None) => Ok(None),
        (Some(lon), Some(lat)) => {
            Ok(Some(Position { lon_deg: within("lon_deg", lon, 180.0)?, lat_deg: within("lat_deg", lat, 90.0)? }))
        }
        (Some(_), None) => Err(ApiError::field("lat_deg", ErrorCode::Required)),
        (None, Some(_)) => Err(ApiError::field("lon_deg", ErrorCode::Required)),
    }
}

fn view(row: PremisesRow) -> ApiResult<PremisesView> {
    Ok(PremisesView {
        id: PremisesId::from_uuid(row.id),
        kind: PremisesKind::parse(&row.kind).ok_or(DbError::Unreadable("premises.kind"))?,
        name: row.name,
        address: row.address,
        area_code: row.area_code,
        area_name: row.area_name,
        lon_deg: row.lon_deg,
        lat_deg: row.lat_deg,
        sites: row.sites,
        created_at: Instant64::from_micros(row.created_at),
    })
}
