//! Decisions from a file: each by the same rules, with the same marks and consequences as by hand.

use access::{Permission, Scope};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use db::{Condition, Value};
use http_api::{
    ApiError, ApiResult, ErrorCode, Json, Lang, Me, OptionalText, Platform, Query, RefusedFile, Write, sheet_refused,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::Form;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::review::{audit_act, batch, enlist};
use super::whitelist::approve_one;
use super::{note, tell};
use crate::applications::decision_file::{
    self as file, DecisionFile, DecisionRefused, Meant, ROWS_MOST, Refusal, Said,
};
use crate::applications::model::{ApplicationAct, ApplicationId, ApplicationState};
use crate::applications::moving::{Done, make};
use crate::sealed;
use crate::store::applications::{self as store, ApplicationRow};

/// Applications that the rows of one file may be about.
const MEANT_MOST: i64 = 10_000;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct DecisionImportQuery {
    /// Only say what would happen.
    dry_run: bool,
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
    /// A whitelist batch to put on what is approved, with its category.
    category: Option<String>,
    batch: Option<i64>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct DecisionTemplateQuery {
    lang: Lang,
}

/// A row that decided something, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DecisionMade {
    /// Its number in the sheet.
    line: u64,
    number: String,
    enterprise_name: String,
    from: ApplicationState,
    to: ApplicationState,
}

/// What became of a file of decisions, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DecisionImport {
    dry_run: bool,
    /// Rows below the headings.
    rows: usize,
    decided: usize,
    refused: usize,
    made: Vec<DecisionMade>,
    refused_rows: Vec<DecisionRefused>,
    /// The refused rows in the form of their file, with the reasons; null when there are none.
    refused_file: Option<RefusedFile>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(blank)).routes(routes!(import))
}

/// An empty workbook with the headings.
#[utoipa::path(get, path = "/applications/decisions/template", tag = "reopening", params(DecisionTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<DecisionTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ReviewApplications)?;
    let book = file::template(query.lang).map_err(|error| ApiError::internal(error.as_ref()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"decisions.xlsx\"")),
    ];
    Ok((headers, book).into_response())
}

/// Approve, reject, suspend, reinstate and revoke from an XLSX or CSV file of at most 500 rows, each with its reason. What may not be
/// decided comes back with why; the others are decided, and their sites follow. An approval takes into review what nobody has.
#[utoipa::path(post, path = "/applications/decisions/content", tag = "reopening", params(DecisionImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = DecisionImport)))]
async fn import(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<DecisionImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<DecisionImport>)> {
    let scope = me.require(Permission::ReviewApplications)?;
    Write::unless_done(&platform, &me).await?;
    let read = tokio::task::spawn_blocking(move || file::read(&body)).await;
    let read = read.map_err(|error| ApiError::internal(&error))?;
    let file = read.map_err(|it| sheet_refused(&it, ROWS_MOST))?;
    let said = file.said();
    let known = known(&platform, &scope, &said).await?;
    let mut rows = file::matched(said, &known);
    // Always in the same order: two who decide overlapping lists wait for each other instead of blocking each other.
    rows.sort_by_key(|it| it.1.as_ref().ok().map(|it| it.1));
    let mut write = Write::begin(&platform, &me).await?;
    let listed = batch(&mut write, query.category.given(), query.batch).await?;
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        let done = match row {
            Ok((said, id)) => {
                decide(&platform, &mut write, &scope, (said, ApplicationId::from_uuid(id)), listed.as_ref()).await?
            }
            Err(refusal) => Err(refusal),
        };
        match done {
            Ok(it) => made.push(it),
            Err(refusal) => refused.push(file.refused(line, refusal)),
        }
    }
    let report = report(&file, made, refused, &query)?;
    if query.dry_run {
        // It was tried by doing it: what may be decided depends on what stands there, and nothing else says so as surely.
        write.tx.rollback().await?;
        return Ok((StatusCode::OK, Json(report)));
    }
    if 0 < report.decided {
        let detail = json!({ "decided": report.decided, "refused": report.refused });
        note(&mut write, &scope, "list.imported", "decisions", detail).await?;
    }
    write.finish(StatusCode::OK, report).await
}

/// The applications in reach that the rows name, or whose enterprises they name.
async fn known(platform: &Platform, scope: &Scope, said: &[file::Judged<Said>]) -> ApiResult<Vec<Meant>> {
    let (numbers, codes) = file::named(said);
    let one_of = |column, texts: Vec<String>| Condition::one_of(column, texts.into_iter().map(Value::from));
    let which = Condition::any([one_of("q.number", numbers), one_of("e.credit_code", codes)]);
    store::meant(&mut platform.db.reader(), scope, which, MEANT_MOST).await.map_err(ApiError::from)
}

/// Decides one; why not, otherwise. What is refused has written nothing: every rule is asked before the first write.
async fn decide(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    (said, id): (Said, ApplicationId),
    listed: Option<&(String, i64)>,
) -> ApiResult<Result<DecisionMade, Refusal>> {
    let Some(row) = store::lock(&mut write.tx, scope, id).await? else {
        return Ok(Err(file::UNKNOWN));
    };
    let done = match said.act {
        ApplicationAct::Approve => approve_one(platform, write, scope, &row, said.note.as_deref()).await,
        _ => moved(platform, write, scope, &row, &said).await.map(|()| None),
    };
    let code = match done {
        Ok(None) => None,
        Ok(Some(code)) => Some(code),
        Err(error) if file::fault_of(error.code()).is_some() => Some(error.code()),
        Err(error) => return Err(error),
    };
    if let Some(refusal) = code.map(|it| file::fault_of(it).unwrap_or(file::UNKNOWN)) {
        return Ok(Err(refusal));
    }
    if said.act == ApplicationAct::Approve {
        enlist(write, &row, listed).await?;
    }
    tell(write, &row).await?;
    let now = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let (from, to) = (row.state()?, now.state()?);
    Ok(Ok(DecisionMade { line: said.line, number: row.number, enterprise_name: row.enterprise_name, from, to }))
}

/// One move, with its reason and its mark. A refusal takes into review what nobody has, as an approval does.
async fn moved(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    row: &ApplicationRow,
    said: &Said,
) -> ApiResult<()> {
    let audited = audit_act(said.act).ok_or_else(ApiError::state)?;
    let key = sealed::key(platform, row.id).await?;
    let now: Instant64 = write.now;
    let done = Done { note: said.note.as_deref(), fields: Vec::new() };
    let to = match (said.act, row.state()?) {
        (ApplicationAct::Reject, ApplicationState::Submitted) => {
            // Asked before the first write: what is refused here has written nothing.
            said.note.as_ref().ok_or_else(|| ApiError::field("note", ErrorCode::Required))?;
            make(&mut write.tx, scope, row, &key, ApplicationAct::Claim, Done::default(), now).await?;
            let id = ApplicationId::from_uuid(row.id);
            let taken = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
            make(&mut write.tx, scope, &taken, &key, said.act, done, now.plus(1)).await?
        }
        _ => make(&mut write.tx, scope, row, &key, said.act, done, now).await?,
    };
    let detail = json!({ "number": row.number, "from": row.state, "to": to.code() });
    note(write, scope, audited, ApplicationId::from_uuid(row.id), detail).await
}

fn report(
    file: &DecisionFile,
    mut made: Vec<DecisionMade>,
    mut refused: Vec<DecisionRefused>,
    query: &DecisionImportQuery,
) -> ApiResult<DecisionImport> {
    made.sort_unstable_by_key(|it| it.line);
    refused.sort_by_key(|it| it.line);
    let refused_file = match refused.is_empty() {
        true => None,
        false => {
            let content = file.refused_file(&refused, query.lang);
            let content = content.map_err(|error| ApiError::internal(error.as_ref()))?;
            Some(RefusedFile::of("decisions-refused", file.form(), &content))
        }
    };
    Ok(DecisionImport {
        dry_run: query.dry_run,
        rows: file.row_count(),
        decided: made.len(),
        refused: refused.len(),
        made,
        refused_rows: refused,
        refused_file,
    })
}
