//! Daily reports as shown.

use access::Scope;
use db::Read;
use http_api::{ApiError, ApiResult};
use kernel::Instant64;
use places::{EnterpriseId, SiteId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::reports::filing::{last, seen};
use crate::reports::model::{DailyReportId, Doubt, Figures, SupplyItem, SupplyLine, UnitId};
use crate::reports::rules;
use crate::store::reports::{self as store, ReportRow};
use crate::store::supplies::{self, StockRow};

/// A report in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DailyReportView {
    #[schema(value_type = String)]
    id: DailyReportId,
    #[schema(value_type = String)]
    unit_id: UnitId,
    #[schema(value_type = String)]
    enterprise_id: EnterpriseId,
    enterprise_name: String,
    /// A construction project that reports for itself.
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    site_name: Option<String>,
    area_code: String,
    area_name: String,
    /// Such as `2020-03-06`.
    day: String,
    figures: Figures,
    note: String,
    /// Different people whom the gates saw coming in that day, when it was last looked at; null where no gate reports.
    seen: Option<i64>,
    /// When the day was over and the gates were looked at; null before.
    #[schema(value_type = Option<String>)]
    seen_at: Option<Instant64>,
    doubts: Vec<Doubt>,
    /// Whether it came after its day.
    late: bool,
    revision: i64,
    filed_by: String,
    #[schema(value_type = String)]
    filed_at: Instant64,
    #[schema(value_type = String)]
    changed_at: Instant64,
}

impl DailyReportView {
    /// The cells of an exported row.
    pub(super) fn cells(&self) -> Vec<String> {
        let number = |it: Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            self.day.clone(),
            self.enterprise_name.clone(),
            self.site_name.clone().unwrap_or_default(),
            self.area_name.clone(),
            self.figures.planned.to_string(),
            self.figures.on_duty.to_string(),
            self.figures.from_affected.to_string(),
            self.figures.abnormal.to_string(),
            self.figures.isolated.to_string(),
            number(self.seen),
            number(self.figures.electricity_kwh),
            self.doubts.iter().map(|it| it.code()).collect::<Vec<_>>().join(" "),
            self.late.to_string(),
            self.filed_by.clone(),
            self.filed_at.to_string(),
            self.note.clone(),
        ]
    }
}

/// What a unit has of one item.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplyOutlook {
    pub(super) item: SupplyItem,
    /// The day of the report that said so.
    pub(super) day: String,
    pub(super) stock: i64,
    /// Used a day, over the last reports.
    pub(super) burn: f64,
    /// Days that the stock lasts; null where nothing is used.
    pub(super) days_left: Option<f64>,
    /// What is wanting to three days in stock.
    pub(super) gap: i64,
}

/// The report before.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBefore {
    day: String,
    figures: Figures,
    supplies: Vec<SupplyLine>,
}

/// A unit on a day: its report, and what that stands beside.
#[derive(Debug, Serialize, ToSchema)]
pub struct DailyReportFile {
    #[schema(value_type = String)]
    unit_id: UnitId,
    /// The enterprise's, or the project's.
    unit_name: String,
    #[schema(value_type = String)]
    enterprise_id: EnterpriseId,
    enterprise_name: String,
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    day: String,
    /// Whether a report of this day is still taken.
    open: bool,
    /// What was filed; null before.
    report: Option<DailyReportView>,
    supplies: Vec<SupplyLine>,
    /// The last report before this day; its figures are offered.
    before: Option<ReportBefore>,
    /// Different people whom the gates saw coming in, as of now; null where no gate reports.
    seen: Option<i64>,
    outlook: Vec<SupplyOutlook>,
    /// When the unit was last reminded of any day.
    #[schema(value_type = Option<String>)]
    reminded_at: Option<Instant64>,
}

pub(super) fn view(row: ReportRow) -> DailyReportView {
    let figures = row.figures();
    DailyReportView {
        id: DailyReportId::from_uuid(row.id),
        unit_id: UnitId::from_uuid(row.unit_id),
        enterprise_id: EnterpriseId::from_uuid(row.enterprise_id),
        enterprise_name: row.enterprise_name,
        site_id: row.site_id.map(SiteId::from_uuid),
        site_name: row.site_name,
        area_code: row.area_code,
        area_name: row.area_name,
        day: row.day,
        figures,
        note: row.note,
        seen: row.seen,
        seen_at: row.seen_at.map(Instant64::from_micros),
        doubts: doubts(&row.doubts),
        late: row.late,
        revision: row.revision,
        filed_by: row.filed_by,
        filed_at: Instant64::from_micros(row.filed_at),
        changed_at: Instant64::from_micros(row.changed_at),
    }
}

pub(super) fn doubts(text: &str) -> Vec<Doubt> {
    text.split_whitespace().filter_map(Doubt::parse).collect()
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "tenths and hundredths of counts below a billion"
)]
pub(super) fn outlook(row: &StockRow) -> ApiResult<SupplyOutlook> {
    Ok(SupplyOutlook {
        item: row.item()?,
        day: row.day.clone(),
        stock: row.stock,
        burn: row.burn_centi as f64 / 100.0,
        days_left: row.days_left_deci.map(|it| it as f64 / 10.0),
        gap: row.gap,
    })
}

/// The whole of it; not found where neither the unit nor a report of it is in reach.
pub(super) async fn report_file(
    db: &mut impl Read,
    scope: &Scope,
    unit: Uuid,
    day: &str,
    now: Instant64,
) -> ApiResult<DailyReportFile> {
    let (known, report) = (store::unit(db, scope, unit).await?, store::find(db, scope, unit, day).await?);
    let (enterprise, site, names) = match (&known, &report) {
        (Some(it), _) => (it.enterprise_id, it.site_id, (it.name.clone(), it.enterprise_name.clone())),
        // It has closed since; what it said stays.
        (None, Some(it)) => {
            let name = it.site_name.clone().unwrap_or_else(|| it.enterprise_name.clone());
            (it.enterprise_id, it.site_id, (name, it.enterprise_name.clone()))
        }
        (None, None) => return Err(ApiError::not_found()),
    };
    let supplies = match &report {
        Some(it) => supplies::lines(db, it.id).await?,
        None => Vec::new(),
    };
    let before = last(db, scope, unit, day).await?;
    let before = before.map(|(row, supplies)| ReportBefore { figures: row.figures(), day: row.day, supplies });
    let stocks = supplies::list(db, scope, supplies::of_unit(unit), "k.item", i64::from(u8::MAX)).await?;
    Ok(DailyReportFile {
        unit_id: UnitId::from_uuid(unit),
        unit_name: names.0,
        enterprise_id: EnterpriseId::from_uuid(enterprise),
        enterprise_name: names.1,
        site_id: site.map(SiteId::from_uuid),
        day: day.to_owned(),
        open: known.is_some() && rules::is_open_day(day, now),
        report: report.map(view),
        supplies,
        before,
        seen: seen(db, enterprise, site, day).await?,
        outlook: stocks.iter().map(outlook).collect::<ApiResult<_>>()?,
        reminded_at: known.and_then(|it| it.reminded_at).map(Instant64::from_micros),
    })
}
