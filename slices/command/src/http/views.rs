//! Statistics as they are shown.

use kernel::Instant64;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::statistics::model::{ApplicationCounts, DayCounts, Figure, SupplyCounts};
use crate::statistics::rules::{percentile, share};
use crate::store::Named;

/// Enterprises of a day, counted, and what follows: shares from 0 to 1, null where there is nothing to divide by.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayFigures {
    enterprises: i64,
    enterprises_open: i64,
    open_rate: Option<f64>,
    headcount: i64,
    headcount_open: i64,
    headcount_rate: Option<f64>,
    reports_due: i64,
    reports_filed: i64,
    completeness: Option<f64>,
    planned: i64,
    on_duty: i64,
    on_duty_rate: Option<f64>,
    from_affected: i64,
    abnormal: i64,
    isolated: i64,
    electricity_enterprises: i64,
    electricity_kwh: i64,
    electricity_baseline_kwh: i64,
    electricity_index: Option<f64>,
}

impl From<DayCounts> for DayFigures {
    fn from(it: DayCounts) -> Self {
        Self {
            enterprises: it.enterprises,
            enterprises_open: it.enterprises_open,
            open_rate: share(it.enterprises_open, it.enterprises),
            headcount: it.headcount,
            headcount_open: it.headcount_open,
            headcount_rate: share(it.headcount_open, it.headcount),
            reports_due: it.reports_due,
            reports_filed: it.reports_filed,
            completeness: share(it.reports_filed, it.reports_due),
            planned: it.planned,
            on_duty: it.on_duty,
            on_duty_rate: share(it.on_duty, it.planned),
            from_affected: it.from_affected,
            abnormal: it.abnormal,
            isolated: it.isolated,
            electricity_enterprises: it.electricity_enterprises,
            electricity_kwh: it.electricity_kwh,
            electricity_baseline_kwh: it.electricity_baseline_kwh,
            electricity_index: share(it.electricity_kwh, it.electricity_baseline_kwh),
        }
    }
}

/// A day.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticDay {
    pub(super) day: String,
    pub(super) figures: DayFigures,
}

/// Days of what was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticDays {
    /// When the last day was computed; null before the first time.
    #[schema(value_type = Option<String>)]
    pub(super) as_of: Option<Instant64>,
    pub(super) from: String,
    pub(super) until: String,
    /// Days that were computed, the oldest first.
    pub(super) days: Vec<StatisticDay>,
}

/// A row of a table: what it is not broken down by is null.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticRow {
    pub(super) area_code: Option<String>,
    pub(super) area_name: Option<String>,
    pub(super) industry: Option<String>,
    pub(super) size_class: Option<String>,
    pub(super) day: Option<String>,
    pub(super) figures: DayFigures,
}

/// A table.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticTable {
    /// When the last day was computed; null before the first time.
    #[schema(value_type = Option<String>)]
    pub(super) as_of: Option<Instant64>,
    /// The day of all rows, where it is not broken down by day.
    pub(super) day: Option<String>,
    pub(super) rows: Vec<StatisticRow>,
    /// Whether there are more rows than are shown; all of them are in an export.
    pub(super) more: bool,
}

/// How long applicants waited: hours, begun ones counting whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// How many were served.
    count: i64,
    in_time: i64,
    /// Of those served.
    in_time_share: Option<f64>,
    median_hours: Option<i64>,
    p90_hours: Option<i64>,
}

impl Waiting {
    pub(super) fn new(count: i64, in_time: i64, waits: &[(i64, i64)]) -> Self {
        let (median_hours, p90_hours) = (percentile(waits, 50), percentile(waits, 90));
        Self { count, in_time, in_time_share: share(in_time, count), median_hours, p90_hours }
    }
}

/// Applications that were first sent on some days, and how far they have come; drafts begun on those days.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationStages {
    begun: i64,
    submitted: i64,
    returned: i64,
    inspected: i64,
    approved: i64,
    filed: i64,
    rejected: i64,
}

impl From<ApplicationCounts> for ApplicationStages {
    fn from(it: ApplicationCounts) -> Self {
        Self {
            begun: it.begun,
            submitted: it.submitted,
            returned: it.returned,
            inspected: it.inspected,
            approved: it.approved,
            filed: it.filed,
            rejected: it.rejected,
        }
    }
}

/// A day of applications.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationDay {
    pub(super) day: String,
    pub(super) stages: ApplicationStages,
}

/// Applications: how far, and how fast.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationStatistics {
    /// When the last day was computed; null before the first time.
    #[schema(value_type = Option<String>)]
    pub(super) as_of: Option<Instant64>,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) stages: ApplicationStages,
    /// From the first sending until somebody takes it up; in time is within 24 hours.
    pub(super) reply: Waiting,
    /// Until it is approved or rejected; in time is within two working days. What was filed waits for nobody.
    pub(super) decision: Waiting,
    pub(super) days: Vec<ApplicationDay>,
}

/// An item of supplies, as the reports of a day say.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplyFigures {
    item: String,
    /// Reports that name it.
    reports: i64,
    stock: i64,
    received: i64,
    used: i64,
}

impl From<Named<SupplyCounts>> for SupplyFigures {
    fn from(Named { name: item, counts: it }: Named<SupplyCounts>) -> Self {
        Self { item, reports: it.reports, stock: it.stock, received: it.received, used: it.used }
    }
}

/// Supplies of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplyStatistics {
    /// When the last day was computed; null before the first time.
    #[schema(value_type = Option<String>)]
    pub(super) as_of: Option<Instant64>,
    /// The last day asked for.
    pub(super) day: String,
    pub(super) items: Vec<SupplyFigures>,
}

/// What a figure is made of. The console has words for each code.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureMakeup {
    figure: Figure,
    /// The count.
    count: &'static str,
    /// What it is divided by; null for a plain count.
    of: Option<&'static str>,
    /// From what it is computed: `sites`, `employments`, `reports`, `electricity`, `applications` or `supplies`.
    source: &'static str,
}

impl From<Figure> for FigureMakeup {
    fn from(figure: Figure) -> Self {
        let it = figure.makeup();
        Self { figure, count: it.count, of: it.of, source: it.source }
    }
}

/// An export: how far it has come, and what the file is when it is whole.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StatisticExport {
    pub(super) id: String,
    /// `csv`, `xlsx` or `parquet`.
    pub(super) format: String,
    /// `waiting` until its content is asked for, `running`, `done`, or `failed` where it was cut off.
    pub(super) state: String,
    /// Rows there were when it was asked for.
    pub(super) rows_total: i64,
    pub(super) rows_done: i64,
    pub(super) byte_count: i64,
    /// Of the whole file, in hex.
    pub(super) sha256: Option<String>,
    #[schema(value_type = String)]
    pub(super) created_at: Instant64,
}
