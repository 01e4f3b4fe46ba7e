//! Sites and their shift windows over HTTP.

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

use super::{known_area, label, note, note_plain};
use crate::SITE_MOVED;
use crate::events::PlacesChanged;
use crate::model::{EnterpriseId, NewSite, OpenState, SiteId, SiteKind};
use crate::officers::model::PremisesId;
use crate::store::sites::{self, SiteRow};
use crate::store::{enterprises, premises};

/// A site.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteView {
    #[schema(value_type = String)]
    id: SiteId,
    name: String,
    kind: SiteKind,
    #[schema(value_type = Option<String>)]
    enterprise_id: Option<EnterpriseId>,
    enterprise_name: Option<String>,
    /// Its unified social credit code.
    enterprise_code: Option<String>,
    area_code: String,
    area_name: String,
    open_state: OpenState,
    open_state_reason: Option<String>,
    #[schema(value_type = String)]
    open_state_since: Instant64,
    gates: i64,
    /// The building, mall or compound it lies in.
    #[schema(value_type = Option<String>)]
    premises_id: Option<PremisesId>,
    premises_name: Option<String>,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// A site to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SiteNew {
    name: String,
    kind: SiteKind,
    enterprise_id: Option<String>,
    area_code: String,
    premises_id: Option<String>,
}

/// What may be changed; null keeps.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SitePatch {
    name: Option<String>,
    kind: Option<SiteKind>,
    area_code: Option<String>,
    /// Empty text takes it out of the building.
    premises_id: Option<String>,
}

/// A new open state and why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OpenStateNew {
    open_state: OpenState,
    reason: String,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct SiteFilters {
    /// Part of the name.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// Only this enterprise's.
    enterprise_id: Option<String>,
    /// Only those in this building, mall or compound.
    premises_id: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// Open state.
    open_state: Option<String>,
}

struct Sites;

impl Listing for Sites {
    type Filters = SiteFilters;
    type Row = SiteRow;
    type View = SiteView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = sites::SORTS;
    const ID: &'static str = "s.id";
    const NAME: &'static str = "sites";
    const NUMBERS: &'static [&'static str] = &["gates"];

    fn condition(filters: &SiteFilters) -> ApiResult<Condition> {
        let area = match filters.area.given() {
            Some(area) => Some(AreaCode::parse(area).map_err(|it| ApiError::invalid("area", it))?.subtree()),
            None => None,
        };
        let enterprise = match filters.enterprise_id.given() {
            Some(id) => {
                Some(id.parse::<EnterpriseId>().map_err(|_| ApiError::field("enterprise_id", ErrorCode::Invalid))?)
            }
            None => None,
        };
        let premises = match filters.premises_id.given() {
            Some(id) => Some(id.parse::<PremisesId>().map_err(|_| ApiError::field("premises_id", ErrorCode::Invalid))?),
            None => None,
        };
        let parts = [
            premises.map(|it| Condition::eq("s.premises_id", it.uuid())),
            filters.search.given().map(|it| Condition::contains("s.name_key", &kernel::text::fold(it))),
            area.map(|(from, until)| Condition::range("s.area_code", from, until)),
            enterprise.map(|it| Condition::eq("s.enterprise_id", it.uuid())),
            filters.kind.given().map(|it| Condition::eq("s.kind", it)),
            filters.open_state.given().map(|it| Condition::eq("s.open_state", it)),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<SiteRow>> {
        Ok(sites::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(sites::count(db, scope, condition).await?)
    }

    fn position(row: &SiteRow, sort: &Sort) -> Cursor {
        Cursor { key: (sort.name == "name").then(|| row.name_key.clone()), id: row.id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<SiteRow>) -> ApiResult<Vec<SiteView>> {
        rows.into_iter().map(view).collect()
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "类型", "企业", "统一社会信用代码", "区域代码", "区域", "状态", "门岗数"],
            vec!["name", "kind", "enterprise", "enterprise_code", "area_code", "area", "open_state", "gates"],
        )
    }

    fn cells(view: &SiteView) -> Vec<String> {
        vec![
            view.name.clone(),
            view.kind.code().to_owned(),
            view.enterprise_name.clone().unwrap_or_default(),
            view.enterprise_code.clone().unwrap_or_default(),
            view.area_code.clone(),
            view.area_name.clone(),
            view.open_state.code().to_owned(),
            view.gates.to_string(),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read, patch))
        .routes(routes!(set_open_state))
}

/// Sites.
#[utoipa::path(get, path = "/sites", tag = "places", params(PageQuery, SiteFilters), responses((status = 200, body = Page<SiteView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<SiteFilters>,
) -> ApiResult<Json<Page<SiteView>>> {
    listing::page::<Sites>(&platform, &me, &page, &filters).await
}

/// How many sites the filter meets.
#[utoipa::path(get, path = "/sites/count", tag = "places", params(SiteFilters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<SiteFilters>) -> ApiResult<Json<Count>> {
    listing::count::<Sites>(&platform, &me, &filters).await
}

/// The filtered sites as CSV or XLSX.
#[utoipa::path(get, path = "/sites/export", tag = "places", params(SiteFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<SiteFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Sites>(&platform, &me, &export, &filters).await
}

/// One site.
#[utoipa::path(get, path = "/sites/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = SiteView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<SiteView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let row = sites::find(&mut platform.db.reader(), &scope, site_id(&id)?).await?;
    Ok(Json(view(row.ok_or_else(ApiError::not_found)?)?))
}

/// Make a site; it is not open yet.
#[utoipa::path(post, path = "/sites", tag = "places", request_body = SiteNew, responses((status = 201, body = SiteView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<SiteNew>,
) -> ApiResult<(StatusCode, Json<SiteView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let mut write = Write::begin(&platform, &me).await?;
    let enterprise = match body.enterprise_id.given() {
        Some(id) => Some(known_enterprise(&mut write, &scope, id).await?),
        None => None,
    };
    let new = NewSite {
        name: label("name", &body.name)?,
        kind: body.kind,
        enterprise,
        area: known_area(&mut write, &scope, &body.area_code).await?,
        premises: known_premises(&mut write, &scope, body.premises_id.given()).await?,
    };
    let now = write.now;
    let id = sites::insert(&mut write.tx, &new, now).await?;
    note_plain(&mut write, &scope, "site.created", id).await?;
    let view = find(&mut write, &scope, id).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Change a site.
#[utoipa::path(patch, path = "/sites/{id}", tag = "places", params(("id" = String, Path)), request_body = SitePatch, responses((status = 200, body = SiteView)))]
async fn patch(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<SitePatch>,
) -> ApiResult<(StatusCode, Json<SiteView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = site_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, &scope, id).await?;
    let name = label("name", body.name.given().unwrap_or(&known.name))?;
    let premises = match &body.premises_id {
        None => known.premises_id,
        named => known_premises(&mut write, &scope, named.given()).await?,
    };
    let area = match body.area_code.given() {
        Some(code) => known_area(&mut write, &scope, code).await?,
        None => AreaCode::parse(&known.area_code).map_err(|it| ApiError::invalid("area_code", it))?,
    };
    let kind = body.kind.unwrap_or(known.kind);
    let to = NewSite { name, kind, enterprise: known.enterprise_id, area, premises };
    sites::update(&mut write.tx, &scope, id, &to).await?;
    note_plain(&mut write, &scope, "site.changed", id).await?;
    if to.area.as_str() != known.area_code {
        moved(&mut write, id, to.area.as_str()).await?;
    }
    changed(&mut write, id, "site").await?;
    let view = find(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

/// What else says where the site lies: accounts that reach it, and the persons who work there, whose room follows by a
/// job.
pub(crate) async fn moved(write: &mut Write, id: SiteId, area: &str) -> ApiResult<()> {
    let now = write.now;
    access::move_grants(&mut write.tx, &access::Grant::Site(id.uuid()), area).await?;
    let key = format!("{SITE_MOVED}:{id}");
    jobs::enqueue(&mut write.tx, SITE_MOVED, &json!({ "site_id": id }), Some(&key), now).await?;
    Ok(())
}

/// Open, close or suspend a site; its gates follow at once.
#[utoipa::path(post, path = "/sites/{id}/open-state", tag = "places", params(("id" = String, Path)), request_body = OpenStateNew, responses((status = 200, body = SiteView)))]
async fn set_open_state(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<OpenStateNew>,
) -> ApiResult<(StatusCode, Json<SiteView>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = site_id(&id)?;
    let reason = label("reason", &body.reason)?;
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, &scope, id).await?;
    if known.open_state == body.open_state {
        return Err(ApiError::state());
    }
    let now = write.now;
    sites::set_state(&mut write.tx, &scope, id, body.open_state, reason.as_str(), now).await?;
    let detail = json!({ "from": known.open_state.code(), "to": body.open_state.code(), "reason": reason.as_str() });
    note(&mut write, &scope, "site.open_state", id, detail).await?;
    changed(&mut write, id, "site").await?;
    let view = find(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

pub(super) async fn find(write: &mut Write, scope: &Scope, id: SiteId) -> ApiResult<SiteView> {
    view(sites::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?)
}

async fn known_enterprise(write: &mut Write, scope: &Scope, id: &str) -> ApiResult<EnterpriseId> {
    let unknown = || ApiError::field("enterprise_id", ErrorCode::EnterpriseUnknown);
    let id: EnterpriseId = id.parse().map_err(|_| unknown())?;
    enterprises::find(&mut write.tx, scope, id).await?.map(|_| id).ok_or_else(unknown)
}

/// Premises inside the scope, if some are named.
async fn known_premises(write: &mut Write, scope: &Scope, id: Option<&str>) -> ApiResult<Option<PremisesId>> {
    let Some(id) = id else { return Ok(None) };
    let unknown = || ApiError::field("premises_id", ErrorCode::PremisesUnknown);
    let id: PremisesId = id.parse().map_err(|_| unknown())?;
    premises::find(&mut write.tx, scope, id).await?.map(|_| Some(id)).ok_or_else(unknown)
}

pub(crate) async fn changed(write: &mut Write, id: SiteId, what: &'static str) -> ApiResult<()> {
    let site = sites::sites_by_id(&mut write.tx, &[id.uuid()]).await?.pop().ok_or_else(ApiError::not_found)?;
    let at =
        events::At { area: Some(&site.area_code), enterprise: site.enterprise_id, site: Some(site.id), gate: None };
    let now = write.now;
    events::emit(&mut write.tx, at, &PlacesChanged { what }, now).await?;
    Ok(())
}

pub(super) fn site_id(text: &str) -> ApiResult<SiteId> {
    text.parse().map_err(|_| ApiError::not_found())
}

fn view(row: SiteRow) -> ApiResult<SiteView> {
    let unreadable = || ApiError::from(db::DbError::Unreadable("site"));
    Ok(SiteView {
        id: SiteId::from_uuid(row.id),
        name: row.name,
        kind: SiteKind::parse(&row.kind).ok_or_else(unreadable)?,
        enterprise_id: row.enterprise_id.map(EnterpriseId::from_uuid),
        enterprise_name: row.enterprise_name,
        enterprise_code: row.enterprise_code,
        area_code: row.area_code,
        area_name: row.area_name,
        open_state: OpenState::parse(&row.open_state).ok_or_else(unreadable)?,
        open_state_reason: row.open_state_reason,
        open_state_since: Instant64::from_micros(row.open_state_since),
        gates: row.gates,
        premises_id: row.premises_id.map(PremisesId::from_uuid),
        premises_name: row.premises_name,
        created_at: Instant64::from_micros(row.created_at),
    })
}
