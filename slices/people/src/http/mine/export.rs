//! Her file as a file of her own: everything the system holds, and who looked at it.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use db::Condition;
use http_api::{ApiError, ApiResult, Myself, PAGE_LIMIT, PageQuery, Platform};
use kernel::Instant64;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::appeals::{self, MyAppeal};
use super::corrections::{MyCorrection, view};
use super::declarations::MyTemperature;
use super::file::{MyFile, my_file, my_files};
use crate::declarations;
use crate::http::consents::{ConsentView, consents_page};
use crate::http::declarations::{DeclarationView, declarations_page};
use crate::http::homes::{HomeView, Reader, homes_page};
use crate::http::timeline::{AccessView, FactView, accesses_page, facts_page};
use crate::http::training::{CertificateView, LearntView, learnt, my_certificates};
use crate::model::PersonId;
use crate::store::{corrections as store, orders};

/// Everything.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyExport {
    #[schema(value_type = String)]
    exported_at: Instant64,
    file: MyFile,
    facts: Vec<FactView>,
    accesses: Vec<AccessView>,
    corrections: Vec<MyCorrection>,
    /// Once her phone is proved, as are the next six.
    declarations: Vec<DeclarationView>,
    temperatures: Vec<MyTemperature>,
    appeals: Vec<MyAppeal>,
    consents: Vec<ConsentView>,
    homes: Vec<HomeView>,
    certificates: Vec<CertificateView>,
    learning: Vec<LearntView>,
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
        declarations: Vec::new(),
        temperatures: Vec::new(),
        appeals: Vec::new(),
        consents: Vec::new(),
        homes: Vec::new(),
        certificates: Vec::new(),
        learning: Vec::new(),
    };
    let mut page = first_page();
    loop {
        let found = facts_page(platform, &scope, &group, &page, None).await?;
        export.facts.extend(found.items);
        let Some(next) = found.next else { break };
        page.cursor = Some(next);
    }
    if me.session().phone_proved {
        gather_accesses(platform, me, &group, &mut export).await?;
        gather_statements(platform, me, &group, &mut export).await?;
    }
    let mut after = Condition::always();
    loop {
        let rows = store::list(&mut platform.db.reader(), &scope, after, PAGE_LIMIT).await?;
        let Some(last) = rows.last() else { return Ok(export) };
        after = Condition::after("c.id", vec![last.id.into()], true);
        for row in rows {
            export.corrections.push(view(platform, row).await?);
        }
    }
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

async fn gather_statements(platform: &Platform, me: &Myself, group: &[Uuid], export: &mut MyExport) -> ApiResult<()> {
    let mut page = first_page();
    loop {
        let found = declarations_page(platform, &me.scope(), group, &page).await?;
        export.declarations.extend(found.items);
        let Some(next) = found.next else { break };
        page.cursor = Some(next);
    }
    let (person, mut page) = (PersonId::from_uuid(me.session().person), first_page());
    loop {
        let found = consents_page(platform, &me.scope(), person, &page).await?;
        export.consents.extend(found.items);
        let Some(next) = found.next else { break };
        page.cursor = Some(next);
    }
    gather_homes(platform, me, export).await?;
    gather_training(platform, me, group, export).await?;
    for file in group {
        let mut db = platform.db.reader();
        let all = declarations::temperatures_since(platform, &mut db, *file, Instant64::default()).await?;
        export.temperatures.extend(all.into_iter().map(MyTemperature::of));
    }
    let mut after = Condition::always();
    loop {
        let rows = orders::list_appeals(&mut platform.db.reader(), &me.scope(), after, PAGE_LIMIT).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Condition::after("a.id", vec![last.id.into()], true);
        for row in rows {
            export.appeals.push(appeals::view(platform, row).await?);
        }
    }
}

async fn gather_training(platform: &Platform, me: &Myself, group: &[Uuid], export: &mut MyExport) -> ApiResult<()> {
    let mut db = platform.db.reader();
    export.certificates = my_certificates(&mut db, &me.scope(), group, platform.now()).await?;
    export.learning = learnt(&mut db, group).await?;
    Ok(())
}

async fn gather_homes(platform: &Platform, me: &Myself, export: &mut MyExport) -> ApiResult<()> {
    let (person, mut page) = (PersonId::from_uuid(me.session().person), first_page());
    loop {
        let found = homes_page(platform, &me.scope(), person, &page, Reader::Herself).await?;
        export.homes.extend(found.items);
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
