//! The area tree from a spreadsheet.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::ops::ControlFlow;

use access::{Located, Scope};
use bytes::Bytes;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, RefusedFile, table_refused};
use kernel::{AreaCode, Instant64, Label};
use serde::Serialize;
use tables::{Cell, Form, Known};
use utoipa::ToSchema;

use crate::model::Area;
use crate::store::areas;

/// The most rows of one file.
const ROW_LIMIT: usize = 100_000;
/// A title and merged headings stand within so many rows.
const HEADINGS_WITHIN: usize = 20;

/// The columns, and what people write above them.
const COLUMNS: &[Known] = &[
    Known { name: "code", headings: &["code", "代码", "区划代码", "行政区划代码", "areacode"] },
    Known { name: "name", headings: &["name", "名称", "行政区划", "区域", "areaname"] },
    Known { name: "valid_from", headings: &["validfrom", "启用日期"] },
];

/// What an import did, or would do.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ImportReport {
    /// Rows read.
    pub rows: i64,
    /// Rows that made a new area.
    pub created: i64,
    /// Rows that renamed one.
    pub updated: i64,
    /// Rows that said what was known.
    pub unchanged: i64,
    /// Rows that were refused.
    pub failed_count: i64,
    /// They, at most 1,000 of them.
    pub failed: Vec<RowFault>,
    /// All refused rows in the form of their file, with a column for the reason; null when there are none.
    pub failed_file: Option<RefusedFile>,
    /// Whether nothing was written.
    pub dry_run: bool,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FailedRow)]
pub struct RowFault {
    /// Its number in the file, as a spreadsheet shows it.
    pub line: i64,
    /// The column at fault.
    pub column: String,
    /// The error's code.
    pub code: String,
    /// What stood there.
    pub value: String,
}

struct Row {
    line: u64,
    code: String,
    name: String,
    valid_from: Cell,
}

/// A file that has been read.
struct AreaFile {
    form: Form,
    sheet: String,
    rows: Vec<Row>,
    /// Whether it says since when each is in force.
    dated: bool,
}

/// Reads the file, parents before children whatever their order in it. What is known is asked once, and what is new
/// is written in few statements: a file of a whole city takes no longer than the gates can wait.
pub async fn import_areas(
    tx: &mut Tx,
    scope: &Scope,
    file: Bytes,
    dry_run: bool,
    now: Instant64,
) -> ApiResult<ImportReport> {
    // Unpacking is not for a thread that answers others.
    let read = tokio::task::spawn_blocking(move || read_file(&file)).await;
    let file = read.map_err(|error| ApiError::internal(&error))??;
    let rows = &file.rows;
    let mut report = ImportReport { rows: i64::try_from(rows.len()).unwrap_or(0), dry_run, ..ImportReport::default() };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|it| rows.get(*it).map_or(0, |row| row.code.len()));
    let mut failed = Vec::new();
    let mut known = areas::names_in_force(tx, now).await?;
    let mut changed = BTreeMap::new();
    for index in order {
        let Some(row) = rows.get(index) else { continue };
        match judge(scope, row, &mut known, now) {
            Ok((Outcome::Unchanged, _)) => report.unchanged += 1,
            Ok((outcome, area)) => {
                *(if matches!(outcome, Outcome::Created) { &mut report.created } else { &mut report.updated }) += 1;
                changed.insert(area.code.clone(), area);
            }
            Err((column, code, value)) => {
                failed.push((index, code));
                report.failed_count += 1;
                if report.failed.len() < 1_000 {
                    let line = i64::try_from(row.line).unwrap_or(0);
                    let (column, code) = (column.to_owned(), code.code().to_owned());
                    report.failed.push(RowFault { line, column, code, value });
                }
            }
        }
    }
    if !dry_run {
        areas::upsert_all(tx, changed.values()).await?;
    }
    report.failed_file = file.refused(failed)?;
    Ok(report)
}

impl AreaFile {
    /// The refused rows in the form of their file, in its order, each with its reason.
    fn refused(&self, mut failed: Vec<(usize, ErrorCode)>) -> ApiResult<Option<RefusedFile>> {
        if failed.is_empty() {
            return Ok(None);
        }
        failed.sort_unstable_by_key(|it| it.0);
        let date = |it: &str| self.dated.then(|| it.to_owned());
        let line = |[code, name, day, reason]: [&str; 4]| {
            [Some(code.to_owned()), Some(name.to_owned()), date(day), Some(reason.to_owned())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        };
        let rows = failed.iter().filter_map(|(index, code)| {
            let row = self.rows.get(*index)?;
            Some(line([&row.code, &row.name, &row.valid_from.text(), code.code()]))
        });
        let lines: Vec<_> = std::iter::once(line(["code", "name", "valid_from", "reason"])).chain(rows).collect();
        let bytes = self.form.write(&self.sheet, &lines).map_err(|error| ApiError::internal(&error))?;
        Ok(Some(RefusedFile::of("areas-refused", self.form, &bytes)))
    }
}

enum Outcome {
    Created,
    Updated,
    Unchanged,
}

type Fault = (&'static str, ErrorCode, String);

/// What a row means, given the names of all areas, to which it is added.
fn judge(
    scope: &Scope,
    row: &Row,
    known: &mut HashMap<String, String>,
    now: Instant64,
) -> Result<(Outcome, Area), Fault> {
    let (code, name) = checked(scope, row)?;
    let valid_from = match &row.valid_from {
        cell if cell.is_empty() => now,
        cell => tables::date_of(cell).ok_or_else(|| ("valid_from", ErrorCode::DateForm, cell.text().into_owned()))?,
    };
    if code.parent().is_some_and(|it| !known.contains_key(it.as_str())) {
        return Err(("code", ErrorCode::AreaParentUnknown, row.code.clone()));
    }
    let outcome = match known.insert(code.as_str().to_owned(), name.as_str().to_owned()) {
        None => Outcome::Created,
        Some(known) if known == name.as_str() => Outcome::Unchanged,
        Some(_) => Outcome::Updated,
    };
    Ok((outcome, Area { code, name: name.as_str().to_owned(), valid_from, valid_until: None }))
}

fn checked(scope: &Scope, row: &Row) -> Result<(AreaCode, Label), Fault> {
    let code = AreaCode::parse(&row.code).map_err(|_| ("code", ErrorCode::AreaCodeForm, row.code.clone()))?;
    let name = Label::parse(&row.name).map_err(|_| ("name", ErrorCode::Required, row.name.clone()))?;
    match scope.covers(Located { area: Some(code.as_str()), ..Located::default() }) {
        true => Ok((code, name)),
        false => Err(("code", ErrorCode::BeyondScope, row.code.clone())),
    }
}

/// The rows of the first sheet, below their headings.
fn read_file(file: &[u8]) -> ApiResult<AreaFile> {
    let refused = |fault| table_refused(&fault);
    let form = Form::of(file).map_err(refused)?;
    let sheet = tables::sheet_names(Cursor::new(file), form).map_err(refused)?.into_iter().next().unwrap_or_default();
    let mut read = Vec::new();
    tables::for_each_row(Cursor::new(file), form, 0, |row| {
        read.push(row);
        match read.len() <= ROW_LIMIT + HEADINGS_WITHIN {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })
    .map_err(refused)?;
    let missing = |name: &str| ApiError::field("file", ErrorCode::ColumnMissing).with("column", name);
    let first = read.get(..read.len().min(HEADINGS_WITHIN)).unwrap_or_default();
    let headings = tables::find_headings(first, COLUMNS, None).ok_or_else(|| missing("code"))?;
    let [code, name, valid_from] = tables::guess(&headings.texts, COLUMNS)[..] else { return Err(missing("code")) };
    let (code, name) = (code.ok_or_else(|| missing("code"))?, name.ok_or_else(|| missing("name"))?);
    read.retain(|it| headings.line < it.line);
    if ROW_LIMIT < read.len() {
        return Err(ApiError::field("file", ErrorCode::TooLarge));
    }
    let rows = read.iter().map(|it| Row {
        line: it.line,
        code: it.cell(code).text().into_owned(),
        name: it.cell(name).text().into_owned(),
        valid_from: valid_from.map_or(Cell::Empty, |at| it.cell(at).clone()),
    });
    Ok(AreaFile { form, sheet, rows: rows.collect(), dated: valid_from.is_some() })
}
