//! Daily reports over HTTP: the list, one with what it stands beside, filing and correcting.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::report_views::{DailyReportFile, DailyReportView, report_file, view};
use super::{note, subtree};
use crate::reports::filing::{Said, checked, file};
use crate::reports::model::{Figures, SupplyCount, UnitId};
use crate::store::reports::{self as store, ReportRow, SumsRow};

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ReportFilters {
    /// Part of the enterprise's name.
    search: Option<String>,
    /// One unit.
    unit_id: Option<String>,
    /// The day, such as `2020-03-06`.
    day: Option<String>,
    /// From this day on.
    from: Option<String>,
    /// Up to this day, with it.
    until: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// `true`: only those in which something does not fit together.
    doubtful: Option<String>,
}

/// What somebody says of a day.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DailyReportNew {
    figures: Figures,
    /// Items that are counted; the others are not.
    supplies: Vec<SupplyCount>,
    /// What else there is to say.
    #[serde(default)]
    note: String,
    /// The report that is corrected, as it was read; null for the first of the day.
    revision: Option<i64>,
}

/// Reports added up.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportSums {
    reports: i64,
    planned: i64,
    on_duty: i64,
    from_affected: i64,
    abnormal: i64,
    isolated: i64,
    /// Reports in which something does not fit together.
    doubtful: i64,
}

pub(super) struct Reports;

impl Listing for Reports {
    type Filters = ReportFilters;
    type Row = ReportRow;
    type View = DailyReportView;
    const PERMISSION: Permission = Permission::ReadReports;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "d.id";
    const NAME: &'static str = "daily-reports";
    const NUMBERS: &'static [&'static str] =
        &["planned", "on_duty", "from_affected", "abnormal", "isolated", "seen_at_gates", "electricity_kwh"];

    fn condition(filters: &ReportFilters) -> ApiResult<Condition> {
        let area = subtree(filters.area.given())?;
        let unit = match filters.unit_id.given() {
            Some(id) => Some(id.parse::<UnitId>().map_err(|_| ApiError::field("unit_id", ErrorCode::Invalid))?.uuid()),
            None => None,
        };
        let parts = [
            filters.search.given().map(store::searched),
            unit.map(|it| Condition::eq("d.unit_id", it)),
            day("day", filters.day.given())?.map(|it| Condition::eq("d.day", it)),
            day("from", filters.from.given())?.map(|it| Condition::at_least("d.day", it)),
            day("until", filters.until.given())?.map(|it| Condition::below("d.day", format!("{it}~"))),
            area.map(|(from, until)| Condition::range("d.area_code", from, until)),
            filters.doubtful.given().filter(|it| *it == "true").map(|_| store::doubtful()),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<ReportRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &ReportRow, sort: &Sort) -> Cursor {
        let key = match sort.name {
            "-changed_at" => row.changed_at.to_string(),
            _ => row.day.clone(),
        };
        Cursor { key: Some(key), id: row.id }
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<ReportRow>) -> ApiResult<Vec<DailyReportView>> {
        Ok(rows.into_iter().map(view).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "日期",
                "企业",
                "项目",
                "区域",
                "计划人数",
                "在岗",
                "涉疫地区来",
                "异常",
                "隔离",
                "门岗所见",
                "用电量（千瓦时）",
                "疑点",
                "迟报",
                "填报人",
                "填报时间",
                "备注",
            ],
            vec![
                "day",
                "enterprise",
                "project",
                "area",
                "planned",
                "on_duty",
                "from_affected",
                "abnormal",
                "isolated",
                "seen_at_gates",
                "electricity_kwh",
                "doubts",
                "late",
                "filed_by",
                "filed_at",
                "note",
            ],
        )
    }

    fn cells(view: &DailyReportView) -> Vec<String> {
        view.cells()
    }
}

/// A day that a filter names.
pub(super) fn day(field: &'static str, text: Option<&str>) -> ApiResult<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    let day = Instant64::parse_date(text).filter(|it| it.local_date() == text);
    day.map(|_| Some(text.to_owned())).ok_or_else(|| ApiError::field(field, ErrorCode::DateForm))
}

pub(super) fn unit_id(text: &str) -> ApiResult<Uuid> {
    text.parse::<UnitId>().map(UnitId::uuid).map_err(|_| ApiError::not_found())
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(sums))
        .routes(routes!(export))
        .routes(routes!(read, put))
}

/// Reports, the latest day first.
#[utoipa::path(get, path = "/daily-reports", tag = "reopening", params(PageQuery, ReportFilters), responses((status = 200, body = Page<DailyReportView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<ReportFilters>,
) -> ApiResult<Json<Page<DailyReportView>>> {
    listing::page::<Reports>(&platform, &me, &page, &filters).await
}

/// How many reports the filter meets.
#[utoipa::path(get, path = "/daily-reports/count", tag = "reopening", params(ReportFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ReportFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Reports>(&platform, &me, &filters).await
}

/// The filtered reports added up.
#[utoipa::path(get, path = "/daily-reports/sums", tag = "reopening", params(ReportFilters), responses((status = 200, body = ReportSums)))]
async fn sums(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ReportFilters>,
) -> ApiResult<Json<ReportSums>> {
    let scope = me.require(Permission::ReadReports)?;
    let SumsRow { reports, planned, on_duty, from_affected, abnormal, isolated, doubtful } =
        store::sums(&mut platform.db.reader(), &scope, Reports::condition(&filters)?).await?;
    Ok(Json(ReportSums { reports, planned, on_duty, from_affected, abnormal, isolated, doubtful }))
}

/// The filtered reports as CSV or XLSX.
#[utoipa::path(get, path = "/daily-reports/export", tag = "reopening", params(ReportFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ReportFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Reports>(&platform, &me, &export, &filters).await
}

/// A unit's report of a day with what it stands beside: the last one before it, what the gates saw, how long supplies last. Also
/// before anything was filed: what is offered then is the last report's.
#[utoipa::path(get, path = "/daily-reports/{unit_id}/{day}", tag = "reopening", params(("unit_id" = String, Path), ("day" = String, Path)), responses((status = 200, body = DailyReportFile)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Path((unit, text)): Path<(String, String)>,
) -> ApiResult<Json<DailyReportFile>> {
    let (scope, unit) = (me.require(Permission::ReadReports)?, unit_id(&unit)?);
    let day = day("day", Some(&text)).ok().flatten().ok_or_else(ApiError::not_found)?;
    let now = platform.now();
    Ok(Json(report_file(&mut platform.db.reader(), &scope, unit, &day, now).await?))
}

/// File a report of today, or of one of the three days before; or correct it, with the revision that was read.
#[utoipa::path(put, path = "/daily-reports/{unit_id}/{day}", tag = "reopening", params(("unit_id" = String, Path), ("day" = String, Path)), request_body = DailyReportNew, responses((status = 200, body = DailyReportFile)))]
async fn put(
    State(platform): State<Platform>,
    me: Me,
    Path((unit, day)): Path<(String, String)>,
    Json(body): Json<DailyReportNew>,
) -> ApiResult<(StatusCode, Json<DailyReportFile>)> {
    let (scope, unit) = (me.require(Permission::FileReports)?, unit_id(&unit)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = store::unit(&mut write.tx, &scope, unit).await?.ok_or_else(ApiError::not_found)?;
    let said =
        Said { day: &day, figures: body.figures, supplies: &body.supplies, note: &body.note, revision: body.revision };
    checked(&said, now)?;
    file(&mut write.tx, &scope, &row, &said, now).await?;
    let act = if said.revision.is_some() { "daily_report.corrected" } else { "daily_report.filed" };
    let subject = format!("{} {day}", UnitId::from_uuid(unit));
    note(&mut write, &scope, act, subject, json!({ "figures": said.figures, "supplies": body.supplies })).await?;
    let view = report_file(&mut write.tx, &scope, unit, &day, now).await?;
    write.finish(StatusCode::OK, view).await
}
