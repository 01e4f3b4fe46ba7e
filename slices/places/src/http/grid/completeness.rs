//! "One enterprise, one grid, one officer" over HTTP: what is left out, and where.

use std::collections::HashMap;

use access::{AccountId, Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use kernel::{AreaCode, AreaKind, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::{parsed, subtree};
use crate::model::EnterpriseId;
use crate::officers::model::OfficerKind;
use crate::store::completeness::{self as store, Gap, GridEnterpriseRow};
use crate::store::{areas, assignments, enterprises};

/// Children of an area that are compared at once: no area of the country has more.
const AREAS_SHOWN: i64 = 1_000;

/// An enterprise, its grid and who answers for it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct GridEnterpriseView {
    #[schema(value_type = String)]
    id: EnterpriseId,
    name: String,
    credit_code: String,
    area_code: String,
    area_name: String,
    employees: i64,
    /// Whether its area is a grid.
    in_grid: bool,
    officers: Vec<OfficerBrief>,
}

/// Who answers for something.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerBrief {
    #[schema(value_type = String)]
    id: AccountId,
    name: String,
    kind: OfficerKind,
}

/// An area beside its neighbours.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaLoadView {
    code: String,
    name: String,
    #[schema(value_type = String)]
    kind: AreaKind,
    enterprises: i64,
    without_grid: i64,
    without_officer: i64,
    with_many: i64,
    /// Different officers of its enterprises.
    officers: i64,
    /// Enterprises that have one, by officer; none without officers.
    per_officer: Option<f64>,
    /// Part of its enterprises without officer, 0 to 1; none without enterprises.
    without_officer_share: Option<f64>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct GridFilters {
    /// Part of the name, or a credit code.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// `no_grid`, `no_officer`, `many_officers`.
    gap: Option<String>,
    /// Only those that this officer answers for now.
    officer_id: Option<String>,
}

/// Whose children are compared.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct AreaLoadQuery {
    /// The district if it is not given.
    parent: Option<String>,
}

/// The filters, and the moment for which they are asked.
struct Asked {
    filters: GridFilters,
    now: Instant64,
}

struct GridEnterprises;

impl Listing for GridEnterprises {
    type Filters = Asked;
    type Row = GridEnterpriseRow;
    type View = GridEnterpriseView;
    const PERMISSION: Permission = Permission::ManageGrid;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "e.id";
    const NAME: &'static str = "grid";
    const NUMBERS: &'static [&'static str] = &["employees"];

    fn condition(Asked { filters, now }: &Asked) -> ApiResult<Condition> {
        let gap = match filters.gap.given() {
            Some(code) => Some(Gap::parse(code).ok_or_else(|| ApiError::field("gap", ErrorCode::Invalid))?),
            None => None,
        };
        let officer = parsed::<AccountId>("officer_id", filters.officer_id.given())?.map(|it| {
            let his = Condition::all([Condition::eq("x.officer_id", it.uuid()), assignments::in_force(*now)]);
            Condition::wrapped("e.id in (select x.enterprise_id from officer_assignment x where ", his, ")")
        });
        let parts = [
            filters.search.given().map(enterprises::searched),
            subtree(filters.area.given())?.map(|(from, until)| Condition::range("e.area_code", from, until)),
            gap.map(|it| store::gap_condition(it, *now)),
            officer,
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<GridEnterpriseRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(enterprises::count(db, scope, condition).await?)
    }

    fn position(row: &GridEnterpriseRow, sort: &Sort) -> Cursor {
        Cursor { key: (sort.name == "name").then(|| row.name_key.clone()), id: row.id }
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<GridEnterpriseRow>) -> ApiResult<Vec<GridEnterpriseView>> {
        views(&mut platform.db.reader(), rows, platform.now()).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "统一社会信用代码", "区域代码", "区域", "到网格", "在册人数", "负责人员"],
            vec!["name", "credit_code", "area_code", "area", "in_grid", "employees", "officers"],
        )
    }

    fn cells(view: &GridEnterpriseView) -> Vec<String> {
        let officers: Vec<&str> = view.officers.iter().map(|it| it.name.as_str()).collect();
        vec![
            view.name.clone(),
            view.credit_code.clone(),
            view.area_code.clone(),
            view.area_name.clone(),
            view.in_grid.to_string(),
            view.employees.to_string(),
            officers.join("、"),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(area_loads))
}

/// Enterprises with their grid and officers.
#[utoipa::path(get, path = "/grid/enterprises", tag = "places", params(PageQuery, GridFilters), responses((status = 200, body = Page<GridEnterpriseView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<GridFilters>,
) -> ApiResult<Json<Page<GridEnterpriseView>>> {
    let asked = Asked { filters, now: platform.now() };
    listing::page::<GridEnterprises>(&platform, &me, &page, &asked).await
}

/// How many enterprises the filter meets.
#[utoipa::path(get, path = "/grid/enterprises/count", tag = "places", params(GridFilters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<GridFilters>) -> ApiResult<Json<Count>> {
    let asked = Asked { filters, now: platform.now() };
    listing::count::<GridEnterprises>(&platform, &me, &asked).await
}

/// The filtered enterprises as CSV or XLSX.
#[utoipa::path(get, path = "/grid/enterprises/export", tag = "places", params(GridFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<GridFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    let asked = Asked { filters, now: platform.now() };
    listing::export::<GridEnterprises>(&platform, &me, &export, &asked).await
}

/// The areas below one, side by side: enterprises, what they lack, officers and their load. What lies in the area
/// itself and in none below it stands under its own code.
#[utoipa::path(get, path = "/grid/areas", tag = "places", params(AreaLoadQuery), responses((status = 200, body = Vec<AreaLoadView>)))]
async fn area_loads(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<AreaLoadQuery>,
) -> ApiResult<Json<Vec<AreaLoadView>>> {
    let scope = me.require(Permission::ManageGrid)?;
    let (mut db, now) = (platform.db.reader(), platform.now());
    let parent = match query.parent.given() {
        Some(code) => Some(code.to_owned()),
        None => areas::district_code(&mut db).await?,
    };
    let Some(parent) = parent else { return Ok(Json(Vec::new())) };
    let parent = AreaCode::parse(&parent).map_err(|it| ApiError::invalid("parent", it))?;
    let Some(kind) = below(parent.kind()) else { return Ok(Json(Vec::new())) };
    let gaps = store::gaps(&mut db, &scope, &parent, kind, now).await?;
    let officers = store::officers(&mut db, &scope, &parent, kind, now).await?;
    let mut named = areas::area_children(&mut db, &parent, None, AREAS_SHOWN, now).await?;
    // Beside the children in force: the area itself, and what is over but still has enterprises.
    let others: Vec<String> =
        gaps.iter().map(|it| it.code.clone()).filter(|code| !named.iter().any(|it| it.0 == *code)).collect();
    named.extend(areas::area_names(&mut db, &others).await?);
    named.sort();
    let gaps: HashMap<&str, _> = gaps.iter().map(|it| (it.code.as_str(), it)).collect();
    let officers: HashMap<&str, _> = officers.iter().map(|it| (it.code.as_str(), it)).collect();
    let view = |(code, name): (String, String)| {
        let (gaps, officers) = (gaps.get(code.as_str()), officers.get(code.as_str()));
        let enterprises = gaps.map_or(0, |it| it.enterprises);
        let without_officer = gaps.map_or(0, |it| it.without_officer);
        let n_officers = officers.map_or(0, |it| it.officers);
        AreaLoadView {
            kind: AreaCode::parse(&code).map_or(kind, |it| it.kind()),
            enterprises,
            without_grid: gaps.map_or(0, |it| it.without_grid),
            without_officer,
            with_many: gaps.map_or(0, |it| it.with_many),
            officers: n_officers,
            per_officer: share(officers.map_or(0, |it| it.assigned), n_officers),
            without_officer_share: share(without_officer, enterprises),
            code,
            name,
        }
    };
    Ok(Json(named.into_iter().map(view).collect()))
}

pub(in crate::http) const fn below(kind: AreaKind) -> Option<AreaKind> {
    match kind {
        AreaKind::Province => Some(AreaKind::City),
        AreaKind::City => Some(AreaKind::District),
        AreaKind::District => Some(AreaKind::Street),
        AreaKind::Street => Some(AreaKind::Community),
        AreaKind::Community => Some(AreaKind::Grid),
        AreaKind::Grid => None,
    }
}

/// Counts of a district are exact as floating numbers.
fn share(part: i64, of: i64) -> Option<f64> {
    let exact = |it: i64| i32::try_from(it).map(f64::from).unwrap_or(f64::MAX);
    (of != 0).then(|| exact(part) / exact(of))
}

async fn views(db: &mut Reader, rows: Vec<GridEnterpriseRow>, now: Instant64) -> ApiResult<Vec<GridEnterpriseView>> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let mut assigned = assignments::standing_for(db, &ids, now).await?;
    assigned.retain(|it| it.from <= now);
    let officers: Vec<Uuid> = assigned.iter().map(|it| it.officer).collect();
    let names = access::officer_names(db, &officers).await?;
    let view = |row: GridEnterpriseRow| {
        let own = assigned.iter().filter(|it| it.target.enterprise() == Some(row.id));
        let officers = own.map(|it| OfficerBrief {
            id: AccountId::from_uuid(it.officer),
            name: names.get(&it.officer).cloned().unwrap_or_default(),
            kind: it.kind,
        });
        GridEnterpriseView {
            id: EnterpriseId::from_uuid(row.id),
            in_grid: AreaCode::parse(&row.area_code).is_ok_and(|it| it.kind() == AreaKind::Grid),
            officers: officers.collect(),
            name: row.name,
            credit_code: row.credit_code,
            area_code: row.area_code,
            area_name: row.area_name,
            employees: row.employees,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
