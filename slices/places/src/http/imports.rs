//! Lists that come as files: tried first, then landed. The same for every list.

use access::Permission;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{
    ApiError, ApiResult, ErrorCode, Json, Lang, Me, OptionalText, Platform, Query, RefusedFile, Write, sheet_refused,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::{Form, Sheet};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::imports::areas::Areas;
use crate::imports::assignments::Assignments;
use crate::imports::devices::Devices;
use crate::imports::enterprises::Enterprises;
use crate::imports::gates::Gates;
use crate::imports::officers::Officers;
use crate::imports::premises::Premises;
use crate::imports::sites::Sites;
use crate::imports::{ImportedList, Judged, ListChange, ListRefused, Told, reason};

/// Changes and refused rows that are shown; all refused rows are in the file that goes back.
const SHOWN: usize = 200;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ListImportQuery {
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

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ListTemplateQuery {
    lang: Lang,
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

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(areas))
        .routes(routes!(areas_blank))
        .routes(routes!(enterprises))
        .routes(routes!(enterprises_blank))
        .routes(routes!(sites))
        .routes(routes!(sites_blank))
        .routes(routes!(premises))
        .routes(routes!(premises_blank))
        .routes(routes!(gates))
        .routes(routes!(gates_blank))
        .routes(routes!(devices))
        .routes(routes!(devices_blank))
        .routes(routes!(assignments))
        .routes(routes!(assignments_blank))
        .routes(routes!(officers))
        .routes(routes!(officers_blank))
}

/// The area tree from an XLSX or CSV file of at most 100,000 rows, known by its codes, whatever the order of parents and children.
#[utoipa::path(post, path = "/areas/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn areas(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Areas>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of areas.
#[utoipa::path(get, path = "/areas/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn areas_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Areas>(query.lang)
}

/// Enterprises from an XLSX or CSV file of at most 20,000 rows, known by their credit codes. An empty cell leaves what is known.
#[utoipa::path(post, path = "/enterprises/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn enterprises(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Enterprises>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of enterprises.
#[utoipa::path(get, path = "/enterprises/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn enterprises_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Enterprises>(query.lang)
}

/// Sites from an XLSX or CSV file of at most 20,000 rows, known by their enterprises and names. New ones are not open yet.
#[utoipa::path(post, path = "/sites/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn sites(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Sites>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of sites.
#[utoipa::path(get, path = "/sites/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn sites_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Sites>(query.lang)
}

/// Buildings, malls and compounds from an XLSX or CSV file of at most 20,000 rows, known by their areas and names.
#[utoipa::path(post, path = "/premises/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn premises(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Premises>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of premises.
#[utoipa::path(get, path = "/premises/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn premises_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Premises>(query.lang)
}

/// Gates from an XLSX or CSV file of at most 20,000 rows, known by their sites and names.
#[utoipa::path(post, path = "/gates/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn gates(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Gates>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of gates.
#[utoipa::path(get, path = "/gates/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn gates_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Gates>(query.lang)
}

/// Devices from an XLSX or CSV file of at most 20,000 rows, known by their serials. New ones have no secret until it is rotated.
#[utoipa::path(post, path = "/devices/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn devices(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Devices>(&platform, &me, Permission::ManageDevices, &query, body).await
}

/// An empty workbook with the headings of devices.
#[utoipa::path(get, path = "/devices/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn devices_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageDevices)?;
    blank::<Devices>(query.lang)
}

/// Who answers for which enterprise from now on, from an XLSX or CSV file of at most 20,000 rows. Nobody is relieved by it.
#[utoipa::path(post, path = "/assignments/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn assignments(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Assignments>(&platform, &me, Permission::ManageGrid, &query, body).await
}

/// An empty workbook with the headings of assignments.
#[utoipa::path(get, path = "/assignments/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn assignments_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageGrid)?;
    blank::<Assignments>(query.lang)
}

/// Officers from an XLSX or CSV file of at most 2,000 rows, known by their logins. Who is new is invited: the file of links is told
/// once, and is not in the answer to the same request sent again.
#[utoipa::path(post, path = "/officers/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn officers(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Officers>(&platform, &me, Permission::ManageAccounts, &query, body).await
}

/// An empty workbook with the headings of officers.
#[utoipa::path(get, path = "/officers/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn officers_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageAccounts)?;
    blank::<Officers>(query.lang)
}

async fn import<L: ImportedList>(
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
    let judged = L::judge(platform, &scope, &sheet, platform.now()).await?;
    let report = report::<L>(&sheet, &judged, query)?;
    let mut write = Write::begin(platform, me).await?;
    let mut told = Told::new();
    if !query.dry_run && !judged.acts.is_empty() {
        let acts = judged.acts.into_iter().map(|it| it.1).collect();
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

fn blank<L: ImportedList>(lang: Lang) -> ApiResult<Response> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn a_heading_for_every_column<L: ImportedList>() {
        for lang in [Lang::Zh, Lang::En] {
            let headings: Vec<String> = L::headings(lang).into_iter().map(str::to_owned).collect();
            let found = tables::guess(&headings, L::COLUMNS);
            assert_eq!(found, (0..L::COLUMNS.len()).map(Some).collect::<Vec<_>>(), "{} {headings:?}", L::NAME);
        }
    }

    #[test]
    fn a_template_is_read_as_it_was_written() {
        a_heading_for_every_column::<Areas>();
        a_heading_for_every_column::<Enterprises>();
        a_heading_for_every_column::<Sites>();
        a_heading_for_every_column::<Premises>();
        a_heading_for_every_column::<Gates>();
        a_heading_for_every_column::<Devices>();
        a_heading_for_every_column::<Assignments>();
        a_heading_for_every_column::<Officers>();
    }
}
