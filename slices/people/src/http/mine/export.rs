//! Her file as a file of her own: everything the system holds, and who looked at it.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_api::{ApiError, ApiResult, Myself, PAGE_LIMIT, PageQuery, Platform};
use kernel::Instant64;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::corrections::{MyCorrection, view};
use super::file::{MyFile, my_file, my_files};
use crate::http::timeline::{AccessView, FactView, accesses_page, facts_page};
use crate::model::PersonId;
use crate::store::corrections as store;

/// Everything.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyExport {
    #[schema(value_type = String)]
    exported_at: Instant64,
    file: MyFile,
    facts: Vec<FactView>,
    accesses: Vec<AccessView>,
    corrections: Vec<MyCorrection>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(as_json))
}

/// One's own file as JSON.
#[utoipa::path(get, path = "/me/export.json", tag = "me", responses((status = 200, body = MyExport)))]
async fn as_json(State(platform): State<Platform>, me: Myself) -> ApiResult<Response> {
    let export = gather(&platform, &me).await?;
    let body = serde_json::to_vec_pretty(&export).map_err(|error| ApiError::internal(&error))?;
    Ok(download(body, "application/json", "json"))
}

async fn gather(platform: &Platform, me: &Myself) -> ApiResult<MyExport> {
    let (scope, file) = (me.scope(), my_file(platform, me).await?);
    let group = my_files(&mut platform.db.reader(), me).await?;
    let subject = Some(PersonId::from_uuid(me.session().person).to_string());
    http_api::listing::disclosed(platform, &scope, "worker.exported", subject, &group, json!({})).await?;
    let mut export = MyExport {
        exported_at: platform.now(),
        file,
        facts: Vec::new(),
        accesses: Vec::new(),
        corrections: Vec::new(),
    };
    let mut page = first_page();
    loop {
        let found = facts_page(platform, &scope, &group, &page, None).await?;
        export.facts.extend(found.items);
        let Some(next) = found.next else { break };
        page.cursor = Some(next);
    }
    gather_accesses(platform, me, &group, &mut export).await?;
    let corrections = store::list(&mut platform.db.reader(), &scope, db::Condition::always(), PAGE_LIMIT).await?;
    for row in corrections {
        export.corrections.push(view(platform, row).await?);
    }
    Ok(export)
}

async fn gather_accesses(platform: &Platform, me: &Myself, group: &[Uuid], export: &mut MyExport) -> ApiResult<()> {
    let mut page = first_page();
    loop {
        let found = accesses_page(platform, &me.scope(), group, &page).await?;
        export.accesses.extend(found.items);
        let Some(next) = found.next else { return Ok(()) };
        page.cursor = Some(next);
    }
}

fn first_page() -> PageQuery {
    PageQuery { limit: Some(PAGE_LIMIT.to_string()), ..PageQuery::default() }
}

fn download(body: Vec<u8>, kind: &'static str, ending: &str) -> Response {
    let name = format!("attachment; filename=\"my-file.{ending}\"");
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
