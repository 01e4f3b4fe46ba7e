//! What anybody may know: which enterprises have reopened, and whether a certificate that is shown holds.

use access::{Permission, system_scope};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use db::Condition;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Me, OptionalText, Page, PageQuery, Platform, Query, listing,
    pdf_response,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::application_id;
use super::applications::PaperQuery;
use super::subtree;
use crate::applications::model::{ApplicationId, ApplicationState};
use crate::applications::rules;
use crate::applications::sheet::certificate;
use crate::forms::model::Words;
use crate::record::entry;
use crate::rulebook::in_force;
use crate::store::applications::{self as store, ApplicationRow};

/// A site's reopening, as it hangs on the wall.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReopeningView {
    #[schema(value_type = String)]
    id: ApplicationId,
    number: String,
    enterprise_name: String,
    area_name: String,
    sites: Vec<String>,
    /// `approved`, `filed`, `suspended` or `revoked`.
    state: ApplicationState,
    /// The whitelist it stands on: key and name of the category, and the batch.
    category: Option<String>,
    category_name: Option<Words>,
    batch: Option<i64>,
    /// Since when it stands so.
    #[schema(value_type = Option<String>)]
    since: Option<Instant64>,
}

/// What narrows the public list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ReopeningFilters {
    /// Part of the enterprise's name, its credit code, or the number.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// Key of a whitelist category.
    category: Option<String>,
    /// A batch of it.
    batch: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(verify)).routes(routes!(print))
}

/// Enterprises that have reopened, newest application first. Nobody has to be signed in.
#[utoipa::path(get, path = "/reopenings", tag = "reopening", params(PageQuery, ReopeningFilters), responses((status = 200, body = Page<ReopeningView>)))]
async fn list(
    State(platform): State<Platform>,
    Query(page): Query<PageQuery>,
    Query(filters): Query<ReopeningFilters>,
) -> ApiResult<Json<Page<ReopeningView>>> {
    let (limit, sort, cursor) = (page.limit()?, page.sort(store::SORTS)?, page.cursor()?);
    let area = subtree(filters.area.given())?;
    let number = |it: &str| it.parse::<i64>().map_err(|_| ApiError::field("batch", ErrorCode::Invalid));
    let batch = filters.batch.given().map(number).transpose()?;
    let parts = [
        Some(open_for_work()),
        filters.search.given().map(store::searched),
        area.map(|(from, until)| Condition::range("q.area_code", from, until)),
        filters.category.given().map(|it| Condition::eq("q.category", it)),
        batch.map(|it| Condition::eq("q.batch", it)),
        Some(sort.after(cursor.as_ref())),
    ];
    let condition = Condition::all(parts.into_iter().flatten());
    let mut db = platform.db.reader();
    let rows = store::list(&mut db, &system_scope("reopenings"), condition, sort.order, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor { key: None, id: it.id }, |it| it);
    let items = views(&mut db, page.items, platform.now()).await?;
    Ok(Json(Page { items, next: page.next }))
}

/// Whether a reopening that is shown holds. Its id stands in the code on the certificate and cannot be guessed.
#[utoipa::path(get, path = "/reopenings/{id}", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = ReopeningView)))]
async fn verify(State(platform): State<Platform>, Path(id): Path<String>) -> ApiResult<Json<ReopeningView>> {
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &system_scope("reopenings"), application_id(&id)?).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    match row.state()? {
        ApplicationState::Approved
        | ApplicationState::Filed
        | ApplicationState::Suspended
        | ApplicationState::Revoked => {
            views(&mut db, vec![row], platform.now()).await?.pop().map(Json).ok_or_else(ApiError::not_found)
        }
        // What was not decided is nobody else's business.
        ApplicationState::Draft
        | ApplicationState::Submitted
        | ApplicationState::InReview
        | ApplicationState::Returned
        | ApplicationState::InspectionDue
        | ApplicationState::Inspected
        | ApplicationState::Rejected => Err(ApiError::not_found()),
    }
}

/// The certificate on paper, to hang at the entrance; its code leads to whether it holds.
#[utoipa::path(get, path = "/applications/{id}/certificate", tag = "reopening", params(("id" = String, Path), PaperQuery), responses((status = 200, content_type = "application/pdf", body = String)))]
async fn print(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<PaperQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let (scope, id) = (me.require(Permission::ReadApplications)?, application_id(&id)?);
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    if !rules::is_open_for_work(row.state()?) {
        return Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::State));
    }
    let printed = entry(&scope, platform.now(), "application.certificate", id.to_string(), json!({}));
    listing::written_down(&platform, printed).await?;
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let scheme = if platform.secure_cookies { "https" } else { "http" };
    let name = format!("certificate-{}.pdf", row.number);
    let view = views(&mut db, vec![row], platform.now()).await?.pop().ok_or_else(ApiError::not_found)?;
    let facts = (view.number.as_str(), view.enterprise_name.as_str(), view.area_name.as_str());
    let sheet = certificate(facts, &view.sites, view.since, format!("{scheme}://{host}/m/reopening/{id}"), query.lang);
    pdf_response(&platform, sheet, &name).await
}

fn open_for_work() -> Condition {
    let open = ApplicationState::ALL.iter().filter(|it| rules::is_open_for_work(**it));
    Condition::one_of("q.state", open.map(|it| it.code().into()))
}

async fn views(db: &mut impl db::Read, rows: Vec<ApplicationRow>, now: Instant64) -> ApiResult<Vec<ReopeningView>> {
    let categories = in_force(db, now).await?.book.categories.clone();
    let named = |key: &str| categories.iter().find(|it| it.key == key).map(|it| it.name.clone());
    let ids: Vec<uuid::Uuid> = rows.iter().map(|it| it.id).collect();
    let sites = store::sites(db, &system_scope("reopenings"), &ids).await?;
    let of = |id| sites.iter().filter(|it| it.0 == id).map(|it| it.2.clone()).collect();
    let view = |row: ApplicationRow| {
        Ok(ReopeningView {
            sites: of(row.id),
            state: row.state()?,
            id: ApplicationId::from_uuid(row.id),
            number: row.number,
            enterprise_name: row.enterprise_name,
            area_name: row.area_name,
            category_name: row.category.as_deref().and_then(named),
            category: row.category,
            batch: row.batch,
            since: row.decided_at.map(Instant64::from_micros),
        })
    };
    rows.into_iter().map(view).collect()
}
