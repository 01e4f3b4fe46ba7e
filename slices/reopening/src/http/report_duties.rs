//! Who has not reported a day, and reminding them.

use access::{Permission, Scope};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Instant64;
use kernel::time::HOUR;
use places::{EnterpriseId, SiteId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::reports::{day, unit_id};
use super::{note, subtree};
use crate::notices::Notice;
use crate::reports::model::UnitId;
use crate::reports::rules::{DAYS_BACK, is_open_day};
use crate::store::reports::{self as store, UnitRow};

/// How many one request reminds.
const AT_ONCE: i64 = 2_000;
/// Nobody is reminded of the same day again before that.
const AGAIN_AFTER: i64 = 2 * HOUR;

/// A unit that is to report a day and has not.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportDuty {
    /// The unit's.
    #[schema(value_type = String)]
    id: UnitId,
    /// The enterprise's name, or the project's.
    unit_name: String,
    #[schema(value_type = String)]
    enterprise_id: EnterpriseId,
    enterprise_name: String,
    /// A construction project that reports for itself.
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    area_code: String,
    area_name: String,
    /// When it was last reminded of any day.
    #[schema(value_type = Option<String>)]
    reminded_at: Option<Instant64>,
    /// The latest day of which there is a report.
    last_day: Option<String>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct DutyFilters {
    /// The day, such as `2020-03-06`; today without it.
    day: Option<String>,
    /// Part of the unit's name.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
}

/// Whom to remind, of which day.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReportReminder {
    day: String,
    /// One unit; everybody in reach who has not reported without it.
    unit_id: Option<String>,
    /// An area and all below it.
    area: Option<String>,
}

/// What reminding did.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct UnitsReminded {
    /// Were reminded now.
    reminded: usize,
    /// Had been reminded within two hours.
    before: i64,
    /// Were not reached by this request; ask again.
    left: i64,
}

struct Duties;

/// The filters as they hold at one moment.
struct Wanted {
    day: String,
    filter: Condition,
}

impl Wanted {
    fn of(platform: &Platform, filters: &DutyFilters) -> ApiResult<Self> {
        let day = day("day", filters.day.given())?.unwrap_or_else(|| platform.now().local_date());
        let search = filters.search.given().map_or_else(Condition::always, store::unit_searched);
        let area = subtree(filters.area.given())?.map_or_else(Condition::always, store::unit_in);
        let filter = Condition::all([store::missing(&day), search, area]);
        Ok(Self { day, filter })
    }
}

impl Listing for Duties {
    type Filters = Wanted;
    type Row = UnitRow;
    type View = ReportDuty;
    const PERMISSION: Permission = Permission::ReadReports;
    const SORTS: &'static [Sort] = store::UNIT_SORTS;
    const ID: &'static str = "u.id";
    const NAME: &'static str = "report-duties";

    fn condition(filters: &Wanted) -> ApiResult<Condition> {
        Ok(filters.filter.clone())
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<UnitRow>> {
        Ok(store::units(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count_units(db, scope, condition).await?)
    }

    fn position(row: &UnitRow, sort: &Sort) -> Cursor {
        let key = (sort.name == "name").then(|| row.name_key.clone());
        Cursor { key, id: row.id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<UnitRow>) -> ApiResult<Vec<ReportDuty>> {
        Ok(rows.into_iter().map(view).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["单位", "企业", "区域", "最近一次日报", "上次提醒"],
            vec!["unit", "enterprise", "area", "last_day", "reminded_at"],
        )
    }

    fn cells(view: &ReportDuty) -> Vec<String> {
        vec![
            view.unit_name.clone(),
            view.enterprise_name.clone(),
            view.area_name.clone(),
            view.last_day.clone().unwrap_or_default(),
            view.reminded_at.map(|it| it.to_string()).unwrap_or_default(),
        ]
    }
}

fn view(row: UnitRow) -> ReportDuty {
    ReportDuty {
        id: UnitId::from_uuid(row.id),
        unit_name: row.name,
        enterprise_id: EnterpriseId::from_uuid(row.enterprise_id),
        enterprise_name: row.enterprise_name,
        site_id: row.site_id.map(SiteId::from_uuid),
        area_code: row.area_code,
        area_name: row.area_name,
        reminded_at: row.reminded_at.map(Instant64::from_micros),
        last_day: row.last_day,
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export)).routes(routes!(remind))
}

/// Who has not reported a day.
#[utoipa::path(get, path = "/report-duties", tag = "reopening", params(PageQuery, DutyFilters), responses((status = 200, body = Page<ReportDuty>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<DutyFilters>,
) -> ApiResult<Json<Page<ReportDuty>>> {
    listing::page::<Duties>(&platform, &me, &page, &Wanted::of(&platform, &filters)?).await
}

/// How many they are.
#[utoipa::path(get, path = "/report-duties/count", tag = "reopening", params(DutyFilters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<DutyFilters>) -> ApiResult<Json<Count>> {
    listing::count::<Duties>(&platform, &me, &Wanted::of(&platform, &filters)?).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/report-duties/export", tag = "reopening", params(DutyFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<DutyFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Duties>(&platform, &me, &export, &Wanted::of(&platform, &filters)?).await
}

/// Remind units that have not reported a day: their pages say so from now on, and the phones of their people are told. Who was reminded within two hours is left alone.
#[utoipa::path(post, path = "/report-duties/reminders", tag = "reopening", request_body = ReportReminder, responses((status = 200, body = UnitsReminded)))]
async fn remind(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ReportReminder>,
) -> ApiResult<(StatusCode, Json<UnitsReminded>)> {
    let scope = me.require(Permission::RemindReports)?;
    let filters = DutyFilters { day: Some(body.day.clone()), area: body.area.clone(), ..DutyFilters::default() };
    let wanted = Wanted::of(&platform, &filters)?;
    if !is_open_day(&wanted.day, platform.now()) {
        return Err(ApiError::field("day", ErrorCode::ReportDay).with("days", DAYS_BACK));
    }
    let one = match body.unit_id.given() {
        Some(id) => store::unit_is(unit_id(id)?),
        None => Condition::always(),
    };
    let mut write = Write::begin(&platform, &me).await?;
    let since = write.now.plus(-AGAIN_AFTER);
    let missing = Condition::all([wanted.filter, one]);
    let waiting = Condition::all([missing.clone(), store::not_reminded(&wanted.day, since)]);
    let (all, left) = (
        store::count_units(&mut write.tx, &scope, missing).await?,
        store::count_units(&mut write.tx, &scope, waiting.clone()).await?,
    );
    let rows = store::units(&mut write.tx, &scope, waiting, "u.id", AT_ONCE).await?;
    let units: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let by = scope.actor().name.clone();
    store::remind(&mut write.tx, &units, &wanted.day, &by, write.now).await?;
    let told = rows.iter().map(|it| (it.enterprise_id, it.site_id)).collect();
    let (day, now) = (wanted.day.clone(), write.now);
    Notice::Reports { units: told, day, at: now.micros() }.enqueue(&mut write.tx, now).await?;
    note(&mut write, &scope, "daily_report.reminded", &wanted.day, json!({ "units": units.len() })).await?;
    let reached = i64::try_from(units.len()).unwrap_or(i64::MAX);
    let done = UnitsReminded { reminded: units.len(), before: all - left, left: left - reached };
    write.finish(StatusCode::OK, done).await
}
