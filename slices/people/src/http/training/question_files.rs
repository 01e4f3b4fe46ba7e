//! Questions from a spreadsheet: tried, then put into the bank; what is none comes back.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Lang, Me, Platform, Query, RefusedFile, Write, table_refused};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::Form;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::courses::own;
use super::note_course;
use crate::store::training::courses;
use crate::training::bank_file::{self, BankFile, FileFault, RefusedRow, RowFault};
use crate::training::bank_refused::{column_name, refused_file, template};
use crate::training::course_id;
use crate::training::courses::{bank_full, extend_bank, question};
use crate::training::model::CourseState;

/// How much of a refused row's question is shown.
const SHOWN_CHARS: usize = 80;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ImportQuery {
    /// The version of the course that was seen.
    version: i64,
    /// Only say what would happen.
    dry_run: bool,
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct TemplateQuery {
    lang: Lang,
}

/// What became of a file of questions, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct QuestionImport {
    dry_run: bool,
    /// The version of the course now.
    version: i64,
    /// Rows below the headings.
    rows: usize,
    /// Questions that were put into the bank, or would be.
    added: usize,
    /// How many the bank holds then.
    bank_count: usize,
    refused: Vec<RefusedQuestion>,
    /// The refused rows in the form of their file, with the reasons; null when there are none.
    refused_file: Option<RefusedFile>,
}

/// A row that is no question.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RefusedQuestion {
    line: u64,
    /// The column in error, in the language that was asked for.
    column: String,
    fault: RowFault,
    /// The beginning of what it asks.
    text: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(blank)).routes(routes!(import))
}

/// An empty workbook with the headings of questions.
#[utoipa::path(get, path = "/courses/question-template", tag = "training", params(TemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<TemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageTraining)?;
    let book = template(Form::Xlsx, query.lang).map_err(|error| ApiError::internal(error.as_ref()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"questions.xlsx\"")),
    ];
    Ok((headers, book).into_response())
}

/// Put the questions of an XLSX or CSV file behind those of a draft's bank; at most 1,000 rows. A question that the bank
/// holds already is refused as `repeated`, so a file that was put right can be sent whole.
#[utoipa::path(post, path = "/courses/{id}/questions/import", tag = "training", params(("id" = String, Path), ImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = QuestionImport)))]
async fn import(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<ImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<QuestionImport>)> {
    let (scope, id) = (me.require(Permission::ManageTraining)?, course_id(&id)?);
    own(&mut platform.db.reader(), &scope, id).await?;
    // Before the transaction: the database's one writer does not wait for a workbook.
    let read = tokio::task::spawn_blocking(move || bank_file::read(&body));
    let read = read.await.map_err(|error| ApiError::internal(&error))?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = own(&mut write.tx, &scope, id).await?;
    let is_current = match query.dry_run {
        true => row.is(CourseState::Draft) && row.version == query.version,
        false => courses::raise(&mut write.tx, &scope, (id, query.version)).await?,
    };
    if !is_current {
        return Err(ApiError::state());
    }
    let file = read.map_err(|it| refusal(&it))?;
    let mut bank = Vec::new();
    for it in courses::questions(&mut write.tx, row.id).await? {
        bank.push(question(&it)?);
    }
    let (good, refused) = file.against(&bank);
    if !query.dry_run {
        extend_bank(&mut write.tx, row.id, bank.len(), &good, now).await?;
        let detail = json!({ "questions": bank.len() + good.len(), "added": good.len(), "refused": refused.len() });
        note_course(&mut write, &scope, "course.changed", id, detail).await?;
    }
    let report = QuestionImport {
        dry_run: query.dry_run,
        version: own(&mut write.tx, &scope, id).await?.version,
        rows: file.row_count(),
        added: good.len(),
        bank_count: bank.len() + good.len(),
        refused: refused.iter().map(|it| view(it, query.lang)).collect(),
        refused_file: refused_view(&file, &refused, query.lang)?,
    };
    write.finish(StatusCode::OK, report).await
}

fn view(row: &RefusedRow, lang: Lang) -> RefusedQuestion {
    RefusedQuestion {
        line: row.line,
        column: column_name(row.column, lang),
        fault: row.fault,
        text: row.text.chars().take(SHOWN_CHARS).collect(),
    }
}

fn refused_view(file: &BankFile, refused: &[RefusedRow], lang: Lang) -> ApiResult<Option<RefusedFile>> {
    if refused.is_empty() {
        return Ok(None);
    }
    let content = refused_file(file, refused, lang).map_err(|error| ApiError::internal(error.as_ref()))?;
    Ok(Some(RefusedFile::of("questions-refused", file.form, &content)))
}

fn refusal(fault: &FileFault) -> ApiError {
    match fault {
        FileFault::Column(name) => ApiError::field("file", ErrorCode::ColumnMissing).with("column", name),
        FileFault::TooMuch => bank_full(),
        FileFault::Table(fault) => table_refused(fault),
    }
}
