//! Files of the census: tried, landed, and compared again.

use access::Scope;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{ApiError, ApiResult, Json, Lang, Me, Platform, Query, RefusedFile, Write, sheet_refused};
use kernel::Instant64;
use kernel::time::DAY;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::Form;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::Purpose;

use super::super::note;
use super::views::{BRINGS, REVIEWS};
use crate::census::model::{CensusImportId, CensusOutcome, Found, Judgement};
use crate::census::{self, CensusFile, CensusRefused, ROWS_MOST};
use crate::imports;
use crate::store::census::{self as store, NewImport};
use crate::store::census_lists as lists;

/// Refused rows shown; all of them are in the file that goes back.
const SHOWN: usize = 100;
/// Files that are listed: the latest.
const LISTED: i64 = 200;
/// The longest name of a file.
const FILE_NAME_MOST: usize = 120;
/// Contacts and notes of a file can be read for so long: the census is done by then.
const CONTACTS_KEPT: i64 = 366 * DAY;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct CensusImportQuery {
    /// Only say what would happen.
    dry_run: bool,
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
    /// What the file is called.
    name: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct CensusTemplateQuery {
    lang: Lang,
}

/// What became of a file, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CensusReport {
    dry_run: bool,
    /// The import; null when nothing landed.
    #[schema(value_type = Option<String>)]
    import_id: Option<CensusImportId>,
    /// Rows below the headings.
    rows: usize,
    /// Rows that landed.
    landed: usize,
    /// Rows that some file brought before.
    known: usize,
    matched: usize,
    likely: usize,
    new: usize,
    conflict: usize,
    refused: usize,
    /// The first of them.
    refused_rows: Vec<CensusRefused>,
    /// All of them in the form of their file, with the reasons; null when there are none.
    refused_file: Option<RefusedFile>,
}

/// A file that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusImportView {
    #[schema(value_type = String)]
    id: CensusImportId,
    file_name: String,
    rows: i64,
    landed: i64,
    known: i64,
    refused: i64,
    /// Nobody has decided yet.
    open: i64,
    set_by: String,
    #[schema(value_type = String)]
    set_at: Instant64,
}

/// How many findings came out otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusCompared {
    changed: usize,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(blank)).routes(routes!(import)).routes(routes!(list)).routes(routes!(compare))
}

/// An empty workbook with the headings.
#[utoipa::path(get, path = "/census/template", tag = "places", params(CensusTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<CensusTemplateQuery>) -> ApiResult<Response> {
    me.require(BRINGS)?;
    let book = census::template(query.lang).map_err(|error| ApiError::internal(error.as_ref()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"census.xlsx\"")),
    ];
    Ok((headers, book).into_response())
}

/// Take in what was found from door to door, from an XLSX or CSV file of at most 50,000 rows, whatever the order of the columns. A row
/// that some file brought before makes nothing again.
#[utoipa::path(post, path = "/census/content", tag = "places", params(CensusImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = CensusReport)))]
async fn import(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<CensusImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<CensusReport>)> {
    let scope = me.require(BRINGS)?;
    Write::unless_done(&platform, &me).await?;
    // All that takes long goes before the transaction: the database's one writer waits for nothing but the rows.
    let now = platform.now();
    let areas = imports::areas_in_reach(&mut platform.db.reader(), &scope, now).await?;
    let read = tokio::task::spawn_blocking(move || {
        census::read(&body).map(|file| {
            let (good, refused) = file.sorted(&areas, now);
            (file, good, refused)
        })
    });
    let read = read.await.map_err(|error| ApiError::internal(&error))?;
    let (file, good, refused) = read.map_err(|it| sheet_refused(&it, ROWS_MOST))?;
    let good_rows = good.len();
    let fresh = census::fresh_of(&mut platform.db.reader(), good).await?;
    let rows = census::judged(&platform.db, fresh, now).await?;
    let mut report = report(&file, &refused, &rows, &query)?;
    report.known = good_rows - rows.len();
    let mut write = Write::begin(&platform, &me).await?;
    if !query.dry_run && !rows.is_empty() {
        report.import_id = Some(land(&platform, &mut write, &scope, &query, &report, rows).await?);
    }
    write.finish(StatusCode::OK, report).await
}

async fn land(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    query: &CensusImportQuery,
    report: &CensusReport,
    rows: Vec<(Found, Judgement)>,
) -> ApiResult<CensusImportId> {
    let now = write.now;
    let id = CensusImportId::new(now);
    let keys = platform.vault.ensure(&[id.uuid()], Purpose::Identity, Some(CONTACTS_KEPT), now).await?;
    let key = keys.get(&id.uuid()).cloned().ok_or_else(ApiError::not_found)?;
    let file_name: String = query.name.chars().filter(|it| !it.is_control()).take(FILE_NAME_MOST).collect();
    let new = NewImport {
        id,
        file_name: &file_name,
        row_count: report.rows,
        landed: report.landed,
        known: report.known,
        refused: report.refused,
        by: &scope.actor().name,
    };
    store::insert_import(&mut write.tx, &new, now).await?;
    census::land(&mut write.tx, id, &key, rows, now).await?;
    let detail = json!({ "landed": report.landed, "known": report.known, "refused": report.refused });
    note(write, scope, "census.imported", id, detail).await?;
    Ok(id)
}

fn report(
    file: &CensusFile,
    refused: &[CensusRefused],
    rows: &[(Found, Judgement)],
    query: &CensusImportQuery,
) -> ApiResult<CensusReport> {
    let refused_file = match refused.is_empty() {
        true => None,
        false => {
            let content = file.refused_file(refused, query.lang);
            let content = content.map_err(|error| ApiError::internal(error.as_ref()))?;
            Some(RefusedFile::of("census-refused", file.form(), &content))
        }
    };
    let are = |outcome: CensusOutcome| rows.iter().filter(|it| it.1.outcome == outcome).count();
    Ok(CensusReport {
        dry_run: query.dry_run,
        import_id: None,
        rows: file.row_count(),
        landed: rows.len(),
        known: 0,
        matched: are(CensusOutcome::Matched),
        likely: are(CensusOutcome::Likely),
        new: are(CensusOutcome::New),
        conflict: are(CensusOutcome::Conflict),
        refused: refused.len(),
        refused_rows: refused.iter().take(SHOWN).cloned().collect(),
        refused_file,
    })
}

/// The latest 200 files with rows of one's own areas.
#[utoipa::path(get, path = "/census/imports", tag = "places", responses((status = 200, body = Vec<CensusImportView>)))]
async fn list(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Vec<CensusImportView>>> {
    let scope = me.require(REVIEWS)?;
    let rows = lists::imports(&mut platform.db.reader(), &scope, LISTED).await?;
    let view = |row: lists::ImportRow| CensusImportView {
        id: CensusImportId::from_uuid(row.id),
        file_name: row.file_name,
        rows: row.row_count,
        landed: row.landed,
        known: row.known,
        refused: row.refused,
        open: row.open,
        set_by: row.set_by,
        set_at: Instant64::from_micros(row.set_at),
    };
    Ok(Json(rows.into_iter().map(view).collect()))
}

/// Compare every open finding with the register as it is now. What was decided stays.
#[utoipa::path(post, path = "/census/comparisons", tag = "places", responses((status = 200, body = CensusCompared)))]
async fn compare(State(platform): State<Platform>, me: Me) -> ApiResult<(StatusCode, Json<CensusCompared>)> {
    let scope = me.require(BRINGS)?;
    Write::unless_done(&platform, &me).await?;
    let others = census::judged_again(&platform.db, platform.now()).await?;
    let mut write = Write::begin(&platform, &me).await?;
    for (finding, judgement) in &others {
        store::set_judgement(&mut write.tx, *finding, judgement).await?;
    }
    let changed = others.len();
    note(&mut write, &scope, "census.compared", "", json!({ "changed": changed })).await?;
    write.finish(StatusCode::OK, CensusCompared { changed }).await
}
