//! Report templates as they are shown.

use kernel::Instant64;
use serde::{Deserialize, Serialize};
use tables::template::Value;
use utoipa::ToSchema;

use crate::store::filled::FilledRow;
use crate::store::templates::{TemplateRow, VersionRow};
use crate::templates::ReportTemplateId;
use crate::templates::known::{TableKind, cells};
use crate::templates::plan::{Found, NameFault, Plan, Shown};

/// When reports are made by themselves: at a minute of the district's day, on days of the week.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct ReportSchedule {
    /// Minutes from midnight, 0 to 1439.
    pub(super) minute: i64,
    /// A bit a day, Monday the lowest: 127 is every day.
    pub(super) days: i64,
}

/// A template.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportTemplateView {
    id: String,
    name: String,
    area_code: String,
    area_name: Option<String>,
    /// `zh` or `en`: how industries and sizes are written.
    lang: String,
    version: i64,
    schedule: Option<ReportSchedule>,
    #[schema(value_type = Option<String>)]
    next_at: Option<Instant64>,
    /// How many of the last reports are kept as files.
    keep: i64,
    #[schema(value_type = String)]
    created_at: Instant64,
}

impl ReportTemplateView {
    pub(super) fn new(row: &TemplateRow, area_name: Option<String>, now: Instant64) -> Self {
        let schedule = row.schedule();
        Self {
            id: ReportTemplateId::from_uuid(row.id).to_string(),
            name: row.name.clone(),
            area_code: row.area_code.clone(),
            area_name,
            lang: row.lang.clone(),
            version: row.version,
            next_at: schedule.and_then(|it| it.next(now)),
            schedule: schedule.map(|it| ReportSchedule { minute: it.minute, days: it.days }),
            keep: row.keep,
            created_at: Instant64::from_micros(row.created_at),
        }
    }
}

/// A version of a template.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportTemplateVersion {
    version: i64,
    file_name: String,
    byte_count: i64,
    by: String,
    #[schema(value_type = String)]
    created_at: Instant64,
}

impl From<VersionRow> for ReportTemplateVersion {
    fn from(it: VersionRow) -> Self {
        let created_at = Instant64::from_micros(it.created_at);
        Self { version: it.version, file_name: it.file_name, byte_count: it.byte_count, by: it.by_name, created_at }
    }
}

/// The report of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilledReport {
    day: String,
    version: Option<i64>,
    /// `waiting`, `done` or `failed`.
    state: String,
    /// Who asked for it; null for the schedule.
    by: Option<String>,
    #[schema(value_type = String)]
    asked_at: Instant64,
    #[schema(value_type = Option<String>)]
    done_at: Option<Instant64>,
    /// `no_figures`, `table_full`, `file_form` or `internal`.
    fault: Option<String>,
    /// For `table_full`: the table, its rows and their room.
    fault_detail: Option<String>,
    /// Null where the file is not kept any more.
    byte_count: Option<i64>,
}

impl From<FilledRow> for FilledReport {
    fn from(it: FilledRow) -> Self {
        Self {
            day: it.day,
            version: it.version,
            state: it.state,
            by: Some(it.by_name).filter(|it| !it.is_empty()),
            asked_at: Instant64::from_micros(it.asked_at),
            done_at: it.done_at.map(Instant64::from_micros),
            fault: it.fault,
            fault_detail: it.fault_detail.filter(|it| !it.is_empty()),
            byte_count: it.byte_count,
        }
    }
}

/// A name of the workbook.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateName {
    name: String,
    /// Sheet and cells; null where it stands for none.
    place: Option<String>,
    /// The code of what goes there; null for a name of the workbook's own, which is left alone.
    known: Option<String>,
    fault: Option<NameFault>,
    /// The other name or the cell that a fault is about.
    beside: Option<String>,
    /// Known names that may have been meant.
    suggestions: Vec<String>,
    /// Headings of its table that are not known; their columns are left alone.
    left: Vec<String>,
    /// What goes there on the day that is shown; null for a table, or where nothing is known.
    value: Option<String>,
}

/// A table as it would be filled.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateTable {
    name: String,
    headings: Vec<String>,
    row_count: usize,
    /// The first of them.
    rows: Vec<Vec<String>>,
}

/// What was found in a workbook, and whether it can be kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateLook {
    /// Whether at least one name is known, and none is wrong.
    fit: bool,
    names: Vec<TemplateName>,
    /// The template that was made, or whose version this is; null while it was only looked at.
    pub(super) template: Option<ReportTemplateView>,
}

/// What a template is filled with on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplatePreview {
    pub(super) day: String,
    /// Whether the figures of the day were computed.
    pub(super) computed: bool,
    pub(super) names: Vec<TemplateName>,
    pub(super) tables: Vec<TemplateTable>,
}

/// A template with all that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportTemplateDetail {
    pub(super) template: ReportTemplateView,
    pub(super) versions: Vec<ReportTemplateVersion>,
    /// The last hundred, the latest day first.
    pub(super) reports: Vec<FilledReport>,
}

/// A name that can be given to a cell or table.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownTemplateName {
    code: String,
    /// The same in Chinese: either can be used.
    chinese: String,
    /// `_yesterday` or `_total`, where it may be added.
    suffix: Option<String>,
    /// For a table: headings of the columns it can have.
    columns: Vec<String>,
}

/// Rows of a table that are shown.
const ROWS_SHOWN: usize = 6;

fn shown(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Number(number) if number.fract() == 0.0 => format!("{number}"),
        Value::Number(number) => format!("{number:.4}"),
        Value::Text(text) => text.clone(),
    }
}

fn name(it: &Found, value: Option<&Value>) -> TemplateName {
    TemplateName {
        name: it.name.clone(),
        place: it.place.clone(),
        known: it.known.map(str::to_owned),
        fault: it.fault,
        beside: it.beside.clone(),
        suggestions: it.suggestions.iter().map(|it| (*it).to_owned()).collect(),
        left: it.left.clone(),
        value: value.map(shown).filter(|it| !it.is_empty()),
    }
}

impl TemplateLook {
    pub(super) fn of(plan: &Plan) -> Self {
        Self { fit: plan.is_fit(), names: plan.found.iter().map(|it| name(it, None)).collect(), template: None }
    }

    pub(super) const fn is_fit(&self) -> bool {
        self.fit
    }
}

/// The names with what goes there.
pub(super) fn names(plan: &Plan, values: &std::collections::HashMap<usize, Value>) -> Vec<TemplateName> {
    plan.found.iter().enumerate().map(|(n, it)| name(it, values.get(&n))).collect()
}

impl From<Shown> for TemplateTable {
    fn from(it: Shown) -> Self {
        let rows = it.rows.iter().take(ROWS_SHOWN).map(|row| row.iter().map(shown).collect()).collect();
        Self { name: it.name, headings: it.headings, row_count: it.rows.len(), rows }
    }
}

/// All names that can be given.
pub(super) fn known_names() -> Vec<KnownTemplateName> {
    let cells = cells().map(|(it, suffix)| KnownTemplateName {
        code: it.code.to_owned(),
        chinese: it.chinese().to_owned(),
        suffix: suffix.map(str::to_owned),
        columns: Vec::new(),
    });
    let tables = TableKind::ALL.iter().map(|it| KnownTemplateName {
        code: it.code().to_owned(),
        chinese: it.chinese().to_owned(),
        suffix: None,
        columns: it.columns().map(|it| it.chinese().to_owned()).collect(),
    });
    cells.chain(tables).collect()
}
