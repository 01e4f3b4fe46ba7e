//! Electricity over HTTP: files of meters, tried and landed, and what one enterprise used.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Lang, Me, Platform, Query, RefusedFile, Write, sheet_refused};
use kernel::time::DAY;
use places::EnterpriseId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::{Form, SheetFault};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::reports::metering::{self, Landed, MeterFile, ROWS_MOST, RefusedRow};
use crate::store::electricity::{self as store, KnownRow};

/// Credit codes of one question; rows of one insert stay below the engine's limit of values.
const PIECE: usize = 2_000;
/// Refused rows shown; all of them are in the file that goes back.
const SHOWN: usize = 100;
/// Days of one enterprise that are shown.
const DAYS_SHOWN: i64 = 62;
/// Sources of a day.
const SOURCES: i64 = 3;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ImportQuery {
    /// Only say what would happen.
    dry_run: bool,
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
    /// `meter` for a file out of a system of meters; `import` without it.
    source: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct TemplateQuery {
    lang: Lang,
}

/// What became of a file of meters, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ElectricityImport {
    dry_run: bool,
    /// Rows below the headings.
    rows: usize,
    /// Days of enterprises that were set.
    days: usize,
    /// Enterprises whose use before the epidemic was set.
    baselines: usize,
    refused: usize,
    /// The first of them.
    refused_rows: Vec<RefusedRow>,
    /// All of them in the form of their file, with the reasons; null when there are none.
    refused_file: Option<RefusedFile>,
}

/// A day of an enterprise.
#[derive(Debug, Serialize, ToSchema)]
pub struct ElectricityDay {
    day: String,
    kwh: i64,
    /// `meter`, `import` or `report`: where several say something the first of these holds.
    source: String,
}

/// What an enterprise used.
#[derive(Debug, Serialize, ToSchema)]
pub struct Electricity {
    /// A day before the epidemic; null where nobody has said.
    baseline_kwh: Option<i64>,
    /// The latest first.
    days: Vec<ElectricityDay>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(blank)).routes(routes!(import)).routes(routes!(read))
}

/// An empty workbook with the headings.
#[utoipa::path(get, path = "/electricity/template", tag = "reopening", params(TemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<TemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ImportElectricity)?;
    let book = metering::template(query.lang).map_err(|error| ApiError::internal(error.as_ref()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"electricity.xlsx\"")),
    ];
    Ok((headers, book).into_response())
}

/// Set days and baselines from an XLSX or CSV file of at most 50,000 rows: by credit code and day, whatever the order of the
/// columns. A file sent again sets the same days again.
#[utoipa::path(post, path = "/electricity/content", tag = "reopening", params(ImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ElectricityImport)))]
async fn import(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ElectricityImport>)> {
    let scope = me.require(Permission::ImportElectricity)?;
    let source = match query.source.as_deref() {
        None | Some("" | "import") => "import",
        Some("meter") => "meter",
        Some(_) => return Err(ApiError::field("source", ErrorCode::Invalid)),
    };
    let read = read_file(body).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let taken = Taken { source, dry_run: query.dry_run, lang: query.lang };
    let report = take(&mut write, &scope, read, taken).await?;
    write.finish(StatusCode::OK, report).await
}

/// A file that was read, or why it could not be: told only to whoever may send one.
pub(super) type ReadFile = Result<MeterFile, SheetFault>;

/// Before a transaction: the database's one writer does not wait for a workbook.
pub(super) async fn read_file(body: Bytes) -> ApiResult<ReadFile> {
    tokio::task::spawn_blocking(move || metering::read(&body)).await.map_err(|error| ApiError::internal(&error))
}

/// How a file is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) source: &'static str,
    pub(super) dry_run: bool,
    pub(super) lang: Lang,
}

/// Lands the good rows of a file, inside the scope; what became of it.
pub(super) async fn take(write: &mut Write, scope: &Scope, file: ReadFile, how: Taken) -> ApiResult<ElectricityImport> {
    let file = file.map_err(|it| sheet_refused(&it, ROWS_MOST))?;
    let known = known(&mut write.tx, scope, &file.codes()).await?;
    let landed = file.landed(&known, write.now);
    if !how.dry_run {
        land(write, scope, how.source, &landed).await?;
    }
    report(&file, &landed, how)
}

async fn known(db: &mut impl Read, scope: &Scope, codes: &[String]) -> ApiResult<Vec<KnownRow>> {
    let mut known = Vec::new();
    for piece in codes.chunks(PIECE) {
        let piece: Vec<&str> = piece.iter().map(String::as_str).collect();
        known.extend(store::known(db, scope, &piece).await?);
    }
    Ok(known)
}

async fn land(write: &mut Write, scope: &Scope, source: &str, landed: &Landed) -> ApiResult<()> {
    let (by, now) = (scope.actor().name.clone(), write.now);
    for piece in landed.days.chunks(PIECE) {
        store::set_days(&mut write.tx, source, piece, &by, now).await?;
    }
    for piece in landed.baselines.chunks(PIECE) {
        store::set_baselines(&mut write.tx, piece, &by, now).await?;
    }
    let detail = json!({
        "days": landed.days.len(), "baselines": landed.baselines.len(), "refused": landed.refused.len(),
    });
    note(write, scope, "electricity.imported", source, detail).await
}

fn report(file: &MeterFile, landed: &Landed, how: Taken) -> ApiResult<ElectricityImport> {
    let refused_file = match landed.refused.is_empty() {
        true => None,
        false => {
            let content = file.refused_file(&landed.refused, how.lang);
            let content = content.map_err(|error| ApiError::internal(error.as_ref()))?;
            Some(RefusedFile::of("electricity-refused", file.form(), &content))
        }
    };
    Ok(ElectricityImport {
        dry_run: how.dry_run,
        rows: file.row_count(),
        days: landed.days.len(),
        baselines: landed.baselines.len(),
        refused: landed.refused.len(),
        refused_rows: landed.refused.iter().take(SHOWN).cloned().collect(),
        refused_file,
    })
}

/// What an enterprise used, of the last two months, and before the epidemic.
#[utoipa::path(get, path = "/enterprises/{id}/electricity", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = Electricity)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<Electricity>> {
    let scope = me.require(Permission::ReadReports)?;
    let id: EnterpriseId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut db = platform.db.reader();
    if !store::is_in_reach(&mut db, &scope, id.uuid()).await? {
        return Err(ApiError::not_found());
    }
    let from = platform.now().plus(-DAYS_SHOWN * DAY).local_date();
    let rows = store::days(&mut db, id.uuid(), &from, DAYS_SHOWN * SOURCES).await?;
    let mut days: Vec<ElectricityDay> = Vec::new();
    for (day, source, kwh) in rows {
        let it = ElectricityDay { day, kwh, source };
        match days.last_mut().filter(|last| last.day == it.day) {
            Some(last) if rank(&it.source) < rank(&last.source) => *last = it,
            Some(_) => {}
            None => days.push(it),
        }
    }
    let baseline_kwh = store::baseline(&mut db, id.uuid()).await?;
    Ok(Json(Electricity { baseline_kwh, days }))
}

/// What a meter says goes before a file, and that before what somebody reports.
fn rank(source: &str) -> usize {
    ["meter", "import", "report"].iter().position(|it| *it == source).unwrap_or(usize::MAX)
}
