//! Who lives where: current homes, for whoever is responsible for the place.

use access::{Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::{area_of, kind};
use crate::brief::briefs;
use crate::homes;
use crate::model::{HomeId, HomeKind, PersonId};
use crate::store::homes::{self as store, ListedRow};

/// Somebody at her home.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedHome {
    #[schema(value_type = String)]
    id: HomeId,
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    area_code: String,
    area_name: String,
    kind: HomeKind,
    compound: String,
    building: Option<String>,
    unit: Option<String>,
    room: String,
    /// How many live there, with her.
    household: i64,
    /// Since when it is known.
    #[schema(value_type = String)]
    from: Instant64,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct HomeFilters {
    /// An area with all below it.
    area: Option<String>,
    /// The name of a compound in that area, which must be a community or a grid; written in any of its forms.
    compound: Option<String>,
    kind: Option<HomeKind>,
}

struct Homes;

impl Listing for Homes {
    type Filters = Condition;
    type Row = ListedRow;
    type View = ListedHome;

    const PERMISSION: Permission = Permission::ReadHomes;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "h.id";
    const NAME: &'static str = "homes";
    const DISCLOSURE: Option<&'static str> = Some("home.listed");

    fn condition(filters: &Condition) -> ApiResult<Condition> {
        Ok(filters.clone())
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<ListedRow>> {
        Ok(store::current(db, scope, condition, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &ListedRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &ListedRow) -> Option<Uuid> {
        Some(row.standing)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<ListedRow>) -> ApiResult<Vec<ListedHome>> {
        let mut db = platform.db.reader();
        let ids: Vec<Uuid> = rows.iter().map(|it| it.standing).collect();
        let names = briefs(platform, &mut db, &ids).await?;
        let sealed: Vec<_> = rows.iter().map(|it| (it.id, it.person_id, it.address_sealed.as_slice())).collect();
        let addresses = homes::addresses(platform, &sealed).await?;
        let mut codes: Vec<String> = rows.iter().map(|it| it.area_code.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        let areas = places::area_names(&mut db, &codes).await?;
        let dwellings = rows.iter().map(|it| it.dwelling_digest.as_slice()).collect();
        let households = store::households(&mut db, dwellings).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let name = names.get(&row.standing).cloned().unwrap_or_default();
            // Whoever is erased in this moment has no address any more.
            let Some(address) = addresses.get(&row.id).cloned() else { continue };
            views.push(ListedHome {
                id: HomeId::from_uuid(row.id),
                person_id: PersonId::from_uuid(row.standing),
                masked_name: name.masked_name,
                tail: name.tail,
                area_name: areas.get(&row.area_code).cloned().unwrap_or_default(),
                area_code: row.area_code,
                kind: kind(&row.kind)?,
                compound: address.compound,
                building: address.building,
                unit: address.unit,
                room: address.room,
                household: households.get(&row.dwelling_digest).copied().unwrap_or_default(),
                from: Instant64::from_micros(row.from_at),
            });
        }
        Ok(views)
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["姓名", "手机尾号", "区域", "类型", "小区", "楼栋", "单元", "房号", "同住人数", "登记时间"],
            vec![
                "name",
                "phone tail",
                "area",
                "kind",
                "compound",
                "building",
                "unit",
                "room",
                "household",
                "known since",
            ],
        )
    }

    fn cells(view: &ListedHome) -> Vec<String> {
        vec![
            view.masked_name.clone(),
            view.tail.clone(),
            view.area_name.clone(),
            view.kind.code().to_owned(),
            view.compound.clone(),
            view.building.clone().unwrap_or_default(),
            view.unit.clone().unwrap_or_default(),
            view.room.clone(),
            view.household.to_string(),
            view.from.to_string(),
        ]
    }
}

fn wanted(platform: &Platform, filters: &HomeFilters) -> ApiResult<Condition> {
    let area = filters.area.given().map(area_of).transpose()?;
    let compound = match (filters.compound.given(), &area) {
        (Some(name), Some(area)) => {
            Some(Condition::eq("h.compound_digest", homes::compound_digest(platform, area, name)?))
        }
        (Some(_), None) => return Err(ApiError::field("area", ErrorCode::Required)),
        (None, _) => None,
    };
    let area = area.as_ref().map(store::within);
    let kind = filters.kind.map(|it| Condition::eq("h.kind", it.code()));
    Ok(Condition::all([area, compound, kind].into_iter().flatten()))
}

pub(in crate::http) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export))
}

/// Who lives where, newest first.
#[utoipa::path(get, path = "/homes", tag = "people", params(PageQuery, HomeFilters), responses((status = 200, body = Page<ListedHome>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<HomeFilters>,
) -> ApiResult<Json<Page<ListedHome>>> {
    listing::page::<Homes>(&platform, &me, &page, &wanted(&platform, &filters)?).await
}

/// How many homes the filter meets.
#[utoipa::path(get, path = "/homes/count", tag = "people", params(HomeFilters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<HomeFilters>) -> ApiResult<Json<Count>> {
    listing::count::<Homes>(&platform, &me, &wanted(&platform, &filters)?).await
}

/// The filtered homes as CSV or XLSX, names masked.
#[utoipa::path(get, path = "/homes/export", tag = "people", params(HomeFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<HomeFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Homes>(&platform, &me, &export, &wanted(&platform, &filters)?).await
}
