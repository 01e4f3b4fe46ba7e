//! Gates over HTTP, and tablets enrolled at them.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::{AreaCode, Instant64};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{label, note, note_plain};
use crate::events::PlacesChanged;
use crate::model::{Direction, GateId, NewGate, SiteId};
use crate::store::gates::{self, GatePlace, GateRow};
use crate::store::sites;

/// A gate.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GateView {
    #[schema(value_type = String)]
    id: GateId,
    name: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    /// The unified social credit code of the site's enterprise.
    enterprise_code: Option<String>,
    direction: Direction,
    lanes: i64,
    closed: bool,
    devices: i64,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// A gate to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GateNew {
    site_id: String,
    name: String,
    direction: Direction,
    lanes: u8,
}

/// What may be changed; null keeps.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GatePatch {
    name: Option<String>,
    direction: Option<Direction>,
    lanes: Option<u8>,
    closed: Option<bool>,
}

/// A gate in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateBrief {
    #[schema(value_type = String)]
    id: GateId,
    name: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
}

impl From<GatePlace> for GateBrief {
    fn from(gate: GatePlace) -> Self {
        Self {
            id: GateId::from_uuid(gate.id),
            name: gate.name,
            site_id: SiteId::from_uuid(gate.site_id),
            site_name: gate.site_name,
        }
    }
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct GateFilters {
    /// Part of the name.
    search: Option<String>,
    /// Only this site's.
    site_id: Option<String>,
    /// An area and all below it.
    area: Option<String>,
}

struct Gates;

impl Listing for Gates {
    type Filters = GateFilters;
    type Row = GateRow;
    type View = GateView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = gates::SORTS;
    const ID: &'static str = "g.id";
    const NAME: &'static str = "gates";
    const NUMBERS: &'static [&'static str] = &["lanes", "devices"];

    fn condition(filters: &GateFilters) -> ApiResult<Condition> {
        let area = match filters.area.given() {
            Some(area) => Some(AreaCode::parse(area).map_err(|it| ApiError::invalid("area", it))?.subtree()),
            None => None,
        };
        let site = match filters.site_id.given() {
            Some(id) => Some(id.parse::<SiteId>().map_err(|_| ApiError::field("site_id", ErrorCode::Invalid))?),
            None => None,
        };
        let parts = [
            filters.search.given().map(|it| {
                let it = kernel::text::fold(it);
                Condition::any([Condition::contains("g.name_key", &it), Condition::contains("s.name_key", &it)])
            }),
            area.map(|(from, until)| Condition::range("s.area_code", from, until)),
            site.map(|it| Condition::eq("g.site_id", it.uuid())),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<GateRow>> {
        Ok(gates::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(gates::count(db, scope, condition).await?)
    }

    fn position(row: &GateRow, sort: &Sort) -> Cursor {
        Cursor { key: (sort.name == "name").then(|| row.name_key.clone()), id: row.id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<GateRow>) -> ApiResult<Vec<GateView>> {
        rows.into_iter().map(view).collect()
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "场所", "统一社会信用代码", "方向", "通道数", "已关闭", "设备数"],
            vec!["name", "site", "enterprise_code", "direction", "lanes", "closed", "devices"],
        )
    }

    fn cells(view: &GateView) -> Vec<String> {
        vec![
            view.name.clone(),
            view.site_name.clone(),
            view.enterprise_code.clone().unwrap_or_default(),
            view.direction.code().to_owned(),
            view.lanes.to_string(),
            view.closed.to_string(),
            view.devices.to_string(),
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

/// Gates.
#[utoipa::path(get, path = "/gates", tag = "places", params(PageQuery, GateFilters), responses((status = 200, body = Page<GateView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<GateFilters>,
) -> ApiResult<Json<Page<GateView>>> {
    listing::page::<Gates>(&platform, &me, &page, &filters).await
}

/// How many gates the filter meets.
#[utoipa::path(get, path = "/gates/count", tag = "places", params(GateFilters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<GateFilters>) -> ApiResult<Json<Count>> {
    listing::count::<Gates>(&platform, &me, &filters).await
}

/// The filtered gates as CSV or XLSX.
#[utoipa::path(get, path = "/gates/export", tag = "places", params(GateFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<GateFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Gates>(&platform, &me, &export, &filters).await
}

/// One gate.
#[utoipa::path(get, path = "/gates/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = GateView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<GateView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let row = gates::find(&mut platform.db.reader(), &scope, gate_id(&id)?).await?;
    Ok(Json(view(row.ok_or_else(ApiError::not_found)?)?))
}

/// Make a gate.
#[utoipa::path(post, path = "/gates", tag = "places", request_body = GateNew, responses((status = 201, body = GateView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<GateNew>,
) -> ApiResult<(StatusCode, Json<GateView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site: SiteId = body.site_id.parse().map_err(|_| unknown())?;
    let mut write = Write::begin(&platform, &me).await?;
    sites::find(&mut write.tx, &scope, site).await?.ok_or_else(unknown)?;
    let new = NewGate { site, name: label("name", &body.name)?, direction: body.direction, lanes: lanes(body.lanes)? };
    let now = write.now;
    let id = gates::insert(&mut write.tx, &new, now).await?;
    note_plain(&mut write, &scope, "gate.created", id).await?;
    let view = find(&mut write, &scope, id).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Change a gate, or close it.
#[utoipa::path(patch, path = "/gates/{id}", tag = "places", params(("id" = String, Path)), request_body = GatePatch, responses((status = 200, body = GateView)))]
async fn patch(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<GatePatch>,
) -> ApiResult<(StatusCode, Json<GateView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = gate_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, &scope, id).await?;
    let name = label("name", body.name.given().unwrap_or(&known.name))?;
    let lanes = lanes(body.lanes.unwrap_or(u8::try_from(known.lanes).unwrap_or(1)))?;
    let closed = body.closed.unwrap_or(known.closed);
    let direction = body.direction.unwrap_or(known.direction);
    gates::update(&mut write.tx, &scope, id, &name, direction, lanes, closed).await?;
    note(&mut write, &scope, "gate.changed", id, json!({ "closed": closed })).await?;
    changed(&mut write, &scope, id).await?;
    let view = find(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

pub(super) async fn find(write: &mut Write, scope: &Scope, id: GateId) -> ApiResult<GateView> {
    view(gates::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?)
}

pub(crate) async fn changed(write: &mut Write, scope: &Scope, id: GateId) -> ApiResult<()> {
    let gate = gates::gate_place(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let at = events::At {
        area: Some(&gate.area_code),
        enterprise: gate.enterprise_id,
        site: Some(gate.site_id),
        gate: Some(gate.id),
    };
    let now = write.now;
    events::emit(&mut write.tx, at, &PlacesChanged { what: "gate" }, now).await?;
    Ok(())
}

pub(super) fn gate_id(text: &str) -> ApiResult<GateId> {
    text.parse().map_err(|_| ApiError::not_found())
}

fn lanes(lanes: u8) -> ApiResult<u8> {
    match (1..=64).contains(&lanes) {
        true => Ok(lanes),
        false => Err(ApiError::field("lanes", ErrorCode::Invalid)),
    }
}

fn view(row: GateRow) -> ApiResult<GateView> {
    Ok(GateView {
        id: GateId::from_uuid(row.id),
        name: row.name,
        site_id: SiteId::from_uuid(row.site_id),
        site_name: row.site_name,
        enterprise_code: row.enterprise_code,
        direction: Direction::parse(&row.direction).ok_or(db::DbError::Unreadable("gate.direction"))?,
        lanes: row.lanes,
        closed: row.closed,
        devices: row.devices,
        created_at: Instant64::from_micros(row.created_at),
    })
}
