//! Supplies of the district: what each unit has and how long it lasts, item by item.

use access::{Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use places::{EnterpriseId, SiteId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::report_views::{SupplyOutlook, outlook};
use super::subtree;
use crate::reports::model::{SupplyItem, UnitId};
use crate::store::supplies::{self as store, ItemRow, StockRow};

/// The item that is listed when none is named: the one that everybody uses.
const COMMON: SupplyItem = SupplyItem::Mask;

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct SupplyFilters {
    /// The item; masks without it.
    item: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// Part of the enterprise's name.
    search: Option<String>,
    /// `true`: only units that want something of it.
    short: Option<String>,
}

/// What a unit has of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitSupply {
    /// The unit's.
    #[schema(value_type = String)]
    id: UnitId,
    #[schema(value_type = String)]
    enterprise_id: EnterpriseId,
    enterprise_name: String,
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    site_name: Option<String>,
    area_code: String,
    area_name: String,
    #[serde(flatten)]
    outlook: SupplyOutlook,
}

/// An item of all units in reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplySum {
    item: SupplyItem,
    /// Units that count it.
    units: i64,
    stock: i64,
    /// Used a day by all of them.
    burn: f64,
    /// Days that all of it would last if it were shared.
    days_left: Option<f64>,
    /// What is wanting to three days in stock, unit by unit.
    gap: i64,
    /// Units that want something.
    short_units: i64,
}

/// Items that somebody counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplySums {
    items: Vec<SupplySum>,
}

struct Supplies;

fn narrowed(filters: &SupplyFilters) -> ApiResult<Condition> {
    let area = subtree(filters.area.given())?;
    let parts = [
        filters.search.given().map(store::searched),
        area.map(|(from, until)| Condition::range("k.area_code", from, until)),
        filters.short.given().filter(|it| *it == "true").map(|_| store::short()),
    ];
    Ok(Condition::all(parts.into_iter().flatten()))
}

impl Listing for Supplies {
    type Filters = SupplyFilters;
    type Row = StockRow;
    type View = UnitSupply;
    const PERMISSION: Permission = Permission::ReadReports;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "k.unit_id";
    const NAME: &'static str = "supplies";
    const NUMBERS: &'static [&'static str] = &["stock", "burn_a_day", "days_left", "gap"];

    fn condition(filters: &SupplyFilters) -> ApiResult<Condition> {
        let item = match filters.item.given() {
            Some(it) => SupplyItem::parse(it).ok_or_else(|| ApiError::field("item", ErrorCode::Invalid))?,
            None => COMMON,
        };
        Ok(Condition::all([Condition::eq("k.item", item.code()), narrowed(filters)?]))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<StockRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &StockRow, sort: &Sort) -> Cursor {
        let key = match sort.name {
            "days_left" => row.days_left_deci.unwrap_or(store::NEVER_DECI),
            _ => row.gap,
        };
        Cursor { key: Some(key.to_string()), id: row.unit_id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<StockRow>) -> ApiResult<Vec<UnitSupply>> {
        let view = |row: StockRow| {
            Ok(UnitSupply {
                outlook: outlook(&row)?,
                id: UnitId::from_uuid(row.unit_id),
                enterprise_id: EnterpriseId::from_uuid(row.enterprise_id),
                enterprise_name: row.enterprise_name,
                site_id: row.site_id.map(SiteId::from_uuid),
                site_name: row.site_name,
                area_code: row.area_code,
                area_name: row.area_name,
            })
        };
        rows.into_iter().map(view).collect()
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["企业", "项目", "区域", "物资", "日期", "库存", "日耗", "可用天数", "缺口"],
            vec!["enterprise", "project", "area", "item", "day", "stock", "burn_a_day", "days_left", "gap"],
        )
    }

    fn cells(view: &UnitSupply) -> Vec<String> {
        let it = &view.outlook;
        vec![
            view.enterprise_name.clone(),
            view.site_name.clone().unwrap_or_default(),
            view.area_name.clone(),
            it.item.code().to_owned(),
            it.day.clone(),
            it.stock.to_string(),
            it.burn.to_string(),
            it.days_left.map(|it| it.to_string()).unwrap_or_default(),
            it.gap.to_string(),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(sums)).routes(routes!(export))
}

/// Units by how long they have of an item: who runs out first comes first; `sort=-gap_left` by what is wanting.
#[utoipa::path(get, path = "/supplies", tag = "reopening", params(PageQuery, SupplyFilters), responses((status = 200, body = Page<UnitSupply>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<SupplyFilters>,
) -> ApiResult<Json<Page<UnitSupply>>> {
    listing::page::<Supplies>(&platform, &me, &page, &filters).await
}

/// How many units the filter meets.
#[utoipa::path(get, path = "/supplies/count", tag = "reopening", params(SupplyFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<SupplyFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Supplies>(&platform, &me, &filters).await
}

/// Every item of all units that the filter meets; the filter's own item does not narrow it.
#[utoipa::path(get, path = "/supplies/sums", tag = "reopening", params(SupplyFilters), responses((status = 200, body = SupplySums)))]
async fn sums(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<SupplyFilters>,
) -> ApiResult<Json<SupplySums>> {
    let scope = me.require(Permission::ReadReports)?;
    let rows = store::sums(&mut platform.db.reader(), &scope, narrowed(&filters)?).await?;
    Ok(Json(SupplySums { items: rows.iter().map(sum).collect::<ApiResult<_>>()? }))
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "hundredths of counts that a page shows rounded"
)]
fn sum(row: &ItemRow) -> ApiResult<SupplySum> {
    let burn = row.burn_centi as f64 / 100.0;
    Ok(SupplySum {
        item: row.item()?,
        units: row.units,
        stock: row.stock,
        burn,
        days_left: (0.0 < burn).then(|| (row.stock as f64 / burn * 10.0).floor() / 10.0),
        gap: row.gap,
        short_units: row.short_units,
    })
}

/// The filtered units as CSV or XLSX.
#[utoipa::path(get, path = "/supplies/export", tag = "reopening", params(SupplyFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<SupplyFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Supplies>(&platform, &me, &export, &filters).await
}
