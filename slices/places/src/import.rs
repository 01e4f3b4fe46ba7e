//! The area tree from CSV.

use std::collections::{BTreeMap, HashMap};

use access::{Located, Scope};
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{AreaCode, Instant64, Label};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Area;
use crate::store::areas;

/// The most rows of one file.
const ROW_LIMIT: usize = 100_000;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
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
    /// All refused rows as CSV with a column for the reason.
    pub failed_csv: String,
    /// Whether nothing was written.
    pub dry_run: bool,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FailedRow)]
pub struct RowFault {
    /// Line of the file, the heading being 1.
    pub line: i64,
    /// The column at fault.
    pub column: String,
    /// The error's code.
    pub code: String,
    /// What stood there.
    pub value: String,
}

struct Row {
    code: String,
    name: String,
    valid_from: String,
}

/// Reads the file, parents before children whatever their order in it. What is known is asked once, and what is new
/// is written in few statements: a file of a whole city takes no longer than the gates can wait.
pub async fn import_areas(
    tx: &mut Tx,
    scope: &Scope,
    file: &[u8],
    dry_run: bool,
    now: Instant64,
) -> ApiResult<ImportReport> {
    let (rows, dated) = read_rows(file)?;
    let mut report = ImportReport { rows: i64::try_from(rows.len()).unwrap_or(0), dry_run, ..ImportReport::default() };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|it| rows.get(*it).map_or(0, |row| row.code.len()));
    let mut failed = csv::Writer::from_writer(Vec::new());
    let header: &[&str] = if dated { &["code", "name", "valid_from", "reason"] } else { &["code", "name", "reason"] };
    let _ = failed.write_record(header);
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
                let date = dated.then_some(row.valid_from.as_str());
                let cells = [row.code.as_str(), row.name.as_str()].into_iter().chain(date).chain([code.code()]);
                let _ = failed.write_record(cells);
                report.failed_count += 1;
                if report.failed.len() < 1_000 {
                    let line = i64::try_from(index).unwrap_or(0) + 2;
                    let (column, code) = (column.to_owned(), code.code().to_owned());
                    report.failed.push(RowFault { line, column, code, value });
                }
            }
        }
    }
    if !dry_run {
        areas::upsert_all(tx, changed.values()).await?;
    }
    report.failed_csv = String::from_utf8(failed.into_inner().unwrap_or_default()).unwrap_or_default();
    Ok(report)
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
    let valid_from = match row.valid_from.trim() {
        "" => now,
        text => Instant64::parse_date(text).ok_or(("valid_from", ErrorCode::DateForm, row.valid_from.clone()))?,
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

/// The rows, and whether the file says since when each is in force.
fn read_rows(file: &[u8]) -> ApiResult<(Vec<Row>, bool)> {
    let text = http_api::text_of_file(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let form = |_| ApiError::field("file", ErrorCode::CsvForm);
    let header = reader.headers().map_err(form)?.clone();
    let column = |names: [&str; 2]| header.iter().position(|it| names.contains(&it.to_lowercase().as_str()));
    let missing = |name: &str| ApiError::field("file", ErrorCode::ColumnMissing).with("column", name);
    let code = column(["code", "代码"]).ok_or_else(|| missing("code"))?;
    let name = column(["name", "名称"]).ok_or_else(|| missing("name"))?;
    let valid_from = column(["valid_from", "启用日期"]);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(form)?;
        let cell = |index| record.get(index).unwrap_or_default().to_owned();
        let valid_from = valid_from.map(cell).unwrap_or_default();
        rows.push(Row { code: cell(code), name: cell(name), valid_from });
        if rows.len() > ROW_LIMIT {
            return Err(ApiError::field("file", ErrorCode::TooLarge));
        }
    }
    Ok((rows, valid_from.is_some()))
}
