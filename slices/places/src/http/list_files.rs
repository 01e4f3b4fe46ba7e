//! A list as a file: tried first, then landed. The same for every list, here and in later slices.

use access::Permission;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{
    ApiError, ApiResult, ErrorCode, Json, Lang, Me, OptionalText, Platform, RefusedFile, Write, sheet_refused,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::{Form, Sheet};
use utoipa::{IntoParams, ToSchema};

use super::note;
use crate::imports::{ImportedList, Judged, ListChange, ListRefused, Told, reason};

/// Changes and refused rows that are shown; all refused rows are in the file that goes back.
const SHOWN: usize = 200;

/// How a list is sent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ListImportQuery {
    /// Only say what would happen.
    dry_run: bool,
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
    /// Where the server is reached, such as `https://fugong.example`: it is put before links that are told.
    origin: Option<String>,
}

impl ListImportQuery {
    fn origin(&self) -> ApiResult<&str> {
        let Some(origin) = self.origin.given() else { return Ok("") };
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
        let is_host = |it: char| it.is_ascii_alphanumeric() || ".-:[]".contains(it);
        match (1..=200).contains(&host.len()) && host.chars().all(is_host) {
            true => Ok(origin),
            false => Err(ApiError::field("origin", ErrorCode::Invalid)),
        }
    }
}

/// In which language a template is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ListTemplateQuery {
    lang: Lang,
}

impl ListTemplateQuery {
    /// Of its headings.
    pub const fn lang(&self) -> Lang {
        self.lang
    }
}

/// What became of a file, or would.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListImportReport {
    dry_run: bool,
    /// Rows below the headings.
    rows: usize,
    created: usize,
    changed: usize,
    /// Rows that say what is known.
    unchanged: usize,
    refused: usize,
    /// The first 200 rows that make or change something.
    changes: Vec<ListChange>,
    /// The first 200 refused rows.
    refused_rows: Vec<ListRefused>,
    /// All refused rows in the form of their file, with the reasons; null when there are none.
    refused_file: Option<RefusedFile>,
    /// Rows that made something, in the form of their file, with what only the sender is told of each, such as a link by which
    /// a person sets her own secrets. Told once: null in the answer to the same request sent again.
    told_file: Option<RefusedFile>,
}

/// Takes a list from a file: tried, or landed.
///
/// # Errors
/// What is no table, whoever may not, and what somebody registered in between.
pub async fn import<L: ImportedList>(
    platform: &Platform,
    me: &Me,
    permission: Permission,
    query: &ListImportQuery,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    let scope = me.require(permission)?;
    let origin = query.origin()?;
    Write::unless_done(platform, me).await?;
    // All that takes long goes before the transaction: the database's one writer waits for nothing but the rows.
    let read = tokio::task::spawn_blocking(move || Sheet::read(&body, L::COLUMNS, L::NEEDED, L::ROWS_MOST));
    let read = read.await.map_err(|error| ApiError::internal(&error))?;
    let sheet = read.map_err(|it| sheet_refused(&it, L::ROWS_MOST))?;
    let now = platform.now();
    let judged = L::judge(platform, &scope, &sheet, now).await?;
    let report = report::<L>(&sheet, &judged, query)?;
    let acts: Vec<L::Act> = match query.dry_run {
        true => Vec::new(),
        false => L::prepare(platform, &scope, judged.acts.into_iter().map(|it| it.1).collect(), now).await?,
    };
    let mut write = Write::begin(platform, me).await?;
    let mut told = Told::new();
    if !acts.is_empty() {
        told = L::land(&mut write, &scope, acts).await.map_err(overtaken)?;
        let detail = json!({ "created": report.created, "changed": report.changed, "refused": report.refused });
        note(&mut write, &scope, "list.imported", L::NAME, detail).await?;
    }
    let answer = ListImportReport { told_file: told_file::<L>(&sheet, told, (origin, query.lang))?, ..report.clone() };
    write.finish_keeping(StatusCode::OK, answer, &report).await
}

/// Somebody has registered the same in between: nothing of the file has landed, and it may be sent again.
fn overtaken(error: ApiError) -> ApiError {
    match error.code() {
        ErrorCode::Taken | ErrorCode::LoginTaken | ErrorCode::OfficerFull => ApiError::state(),
        _ => error,
    }
}

fn report<L: ImportedList>(
    sheet: &Sheet,
    judged: &Judged<L::Act>,
    query: &ListImportQuery,
) -> ApiResult<ListImportReport> {
    let created = judged.acts.iter().filter(|it| it.0.is_new).count();
    let refused_file = match judged.refused.is_empty() {
        true => None,
        false => Some(refused_file::<L>(sheet, &judged.refused, query.lang)?),
    };
    Ok(ListImportReport {
        dry_run: query.dry_run,
        rows: sheet.rows().len(),
        created,
        changed: judged.acts.len() - created,
        unchanged: judged.unchanged,
        refused: judged.refused.len(),
        changes: judged.acts.iter().take(SHOWN).map(|it| it.0.clone()).collect(),
        refused_rows: judged.refused.iter().take(SHOWN).cloned().collect(),
        refused_file,
        told_file: None,
    })
}

fn told_file<L: ImportedList>(
    sheet: &Sheet,
    told: Told,
    (origin, lang): (&str, Lang),
) -> ApiResult<Option<RefusedFile>> {
    if told.is_empty() {
        return Ok(None);
    }
    let told = told.into_iter().map(|(line, [path, more])| (line, [format!("{origin}{path}"), more]));
    let content = sheet.refused(L::told_headings(lang), told);
    let content = content.map_err(|error| ApiError::internal(&error))?;
    Ok(Some(RefusedFile::of(&format!("{}-links", L::NAME), sheet.form(), &content)))
}

fn refused_file<L: ImportedList>(sheet: &Sheet, refused: &[ListRefused], lang: Lang) -> ApiResult<RefusedFile> {
    let headings = L::headings(lang);
    let column = |name: &str| {
        let at = L::COLUMNS.iter().position(|it| it.name == name)?;
        headings.get(at).copied()
    };
    let words = |it: &ListRefused| {
        (it.line, [column(&it.column).unwrap_or_default().to_owned(), reason(it.fault, lang).to_owned()])
    };
    let more = lang.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"]);
    let content = sheet.refused(more, refused.iter().map(words));
    let content = content.map_err(|error| ApiError::internal(&error))?;
    Ok(RefusedFile::of(&format!("{}-refused", L::NAME), sheet.form(), &content))
}

/// An empty workbook with the headings of a list.
///
/// # Errors
/// Nothing that is not a fault of ours.
pub fn blank<L: ImportedList>(lang: Lang) -> ApiResult<Response> {
    let headings = L::headings(lang).into_iter().map(str::to_owned).collect();
    let book = Form::Xlsx.write(L::NAME, &[headings]).map_err(|error| ApiError::internal(&error))?;
    let name = format!("attachment; filename=\"{}.xlsx\"", L::NAME);
    let name = HeaderValue::from_str(&name).map_err(|error| ApiError::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, book).into_response())
}
