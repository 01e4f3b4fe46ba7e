//! The area tree from CSV.

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
    /// Rows that were refused, at most 1,000 of them.
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
}

/// Reads the file, parents before children whatever their order in it.
pub async fn import_areas(
    tx: &mut Tx,
    scope: &Scope,
    file: &[u8],
    dry_run: bool,
    now: Instant64,
) -> ApiResult<ImportReport> {
    let rows = read_rows(file)?;
    let mut report = ImportReport { rows: i64::try_from(rows.len()).unwrap_or(0), dry_run, ..ImportReport::default() };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|it| rows.get(*it).map_or(0, |row| row.code.len()));
    let mut failed = csv::Writer::from_writer(Vec::new());
    let _ = failed.write_record(["code", "name", "reason"]);
    let mut seen = std::collections::HashSet::new();
    for index in order {
        let Some(row) = rows.get(index) else { continue };
        match import_row(tx, scope, row, dry_run, &mut seen, now).await? {
            Ok(Outcome::Created) => report.created += 1,
            Ok(Outcome::Updated) => report.updated += 1,
            Ok(Outcome::Unchanged) => report.unchanged += 1,
            Err((column, code, value)) => {
                let _ = failed.write_record([row.code.as_str(), row.name.as_str(), code.code()]);
                if report.failed.len() < 1_000 {
                    let line = i64::try_from(index).unwrap_or(0) + 2;
                    let (column, code) = (column.to_owned(), code.code().to_owned());
                    report.failed.push(RowFault { line, column, code, value });
                }
            }
        }
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

async fn import_row(
    tx: &mut Tx,
    scope: &Scope,
    row: &Row,
    dry_run: bool,
    seen: &mut std::collections::HashSet<String>,
    now: Instant64,
) -> ApiResult<Result<Outcome, Fault>> {
    let (code, name) = match checked(scope, row) {
        Ok(checked) => checked,
        Err(fault) => return Ok(Err(fault)),
    };
    if let Some(parent) = code.parent()
        && !seen.contains(parent.as_str())
        && !areas::exists(tx, &parent, now).await?
    {
        return Ok(Err(("code", ErrorCode::AreaParentUnknown, row.code.clone())));
    }
    let known = areas::find(tx, &code).await?;
    seen.insert(code.as_str().to_owned());
    let outcome = match &known {
        None => Outcome::Created,
        Some(known) if known.name == name.as_str() => Outcome::Unchanged,
        Some(_) => Outcome::Updated,
    };
    if !dry_run && !matches!(outcome, Outcome::Unchanged) {
        let area = Area { code, name: name.as_str().to_owned(), valid_from: now, valid_until: None };
        areas::upsert(tx, &area).await?;
    }
    Ok(Ok(outcome))
}

fn checked(scope: &Scope, row: &Row) -> Result<(AreaCode, Label), Fault> {
    let code = AreaCode::parse(&row.code).map_err(|_| ("code", ErrorCode::AreaCodeForm, row.code.clone()))?;
    let name = Label::parse(&row.name).map_err(|_| ("name", ErrorCode::Required, row.name.clone()))?;
    match scope.covers(Located { area: Some(code.as_str()), ..Located::default() }) {
        true => Ok((code, name)),
        false => Err(("code", ErrorCode::BeyondScope, row.code.clone())),
    }
}

fn read_rows(file: &[u8]) -> ApiResult<Vec<Row>> {
    let file = file.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(file);
    let form = |_| ApiError::field("file", ErrorCode::CsvForm);
    let header = reader.headers().map_err(form)?.clone();
    let column = |names: [&str; 2]| header.iter().position(|it| names.contains(&it.to_lowercase().as_str()));
    let missing = |name: &str| ApiError::field("file", ErrorCode::ColumnMissing).with("column", name);
    let code = column(["code", "代码"]).ok_or_else(|| missing("code"))?;
    let name = column(["name", "名称"]).ok_or_else(|| missing("name"))?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(form)?;
        let cell = |index| record.get(index).unwrap_or_default().to_owned();
        rows.push(Row { code: cell(code), name: cell(name) });
        if rows.len() > ROW_LIMIT {
            return Err(ApiError::field("file", ErrorCode::TooLarge));
        }
    }
    Ok(rows)
}
