//! Findings over HTTP: the list, and each beside what it may be.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::grid::{parsed, subtree};
use super::views::{self, CensusFindingDetail, CensusFindingView, REVIEWS};
use crate::census::model::{CensusImportId, CensusKind, CensusOutcome, FindingId, FindingState};
use crate::store::census_lists::{self as store, FindingRow};

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct CensusFilters {
    /// Part of the name, or a credit code.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// One file's.
    import_id: Option<String>,
    /// `enterprise`, `building`, `mall`, `compound`; `premises` for the last three.
    kind: Option<String>,
    /// `matched`, `likely`, `new`, `conflict`.
    outcome: Option<String>,
    /// `open`, `same`, `new`, `aside`; `decided` for the last three.
    state: Option<String>,
}

struct Findings;

/// What the rows must meet: file and area are also what sure matches are accepted by.
pub(super) fn within(import_id: Option<&str>, area: Option<&str>) -> ApiResult<Condition> {
    let import = parsed::<CensusImportId>("import_id", import_id)?;
    let parts = [
        import.map(|it| Condition::eq("f.import_id", it.uuid())),
        subtree(area)?.map(|(from, until)| Condition::range("f.area_code", from, until)),
    ];
    Ok(Condition::all(parts.into_iter().flatten()))
}

fn searched(text: &str) -> Condition {
    let name = Condition::contains("f.name_key", &kernel::text::fold(text));
    Condition::any([name, Condition::eq("f.credit_code", text.to_uppercase())])
}

fn state(text: Option<&str>) -> ApiResult<Option<Condition>> {
    match text {
        None => Ok(None),
        Some("decided") => Ok(Some(Condition::literal("f.state <> 'open'"))),
        Some(code) => {
            let state = FindingState::parse(code).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid))?;
            Ok(Some(Condition::eq("f.state", state.code())))
        }
    }
}

fn kind(text: Option<&str>) -> ApiResult<Option<Condition>> {
    match text {
        None => Ok(None),
        Some("premises") => Ok(Some(Condition::literal("f.kind <> 'enterprise'"))),
        Some(code) => {
            let kind = CensusKind::parse(code).ok_or_else(|| ApiError::field("kind", ErrorCode::Invalid))?;
            Ok(Some(Condition::eq("f.kind", kind.code())))
        }
    }
}

impl Listing for Findings {
    type Filters = CensusFilters;
    type Row = FindingRow;
    type View = CensusFindingView;
    const PERMISSION: Permission = REVIEWS;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "f.id";
    const NAME: &'static str = "census";

    fn condition(filters: &CensusFilters) -> ApiResult<Condition> {
        let outcome = match filters.outcome.given() {
            Some(code) => {
                Some(CensusOutcome::parse(code).ok_or_else(|| ApiError::field("outcome", ErrorCode::Invalid))?)
            }
            None => None,
        };
        let parts = [
            filters.search.given().map(searched),
            Some(within(filters.import_id.given(), filters.area.given())?),
            outcome.map(|it| Condition::eq("f.outcome", it.code())),
            state(filters.state.given())?,
            kind(filters.kind.given())?,
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<FindingRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &FindingRow, sort: &Sort) -> Cursor {
        Cursor { key: (sort.name == "name").then(|| row.name_key.clone()), id: row.id }
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<FindingRow>) -> ApiResult<Vec<CensusFindingView>> {
        views::views(&mut platform.db.reader(), scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        CensusFindingView::header(lang)
    }

    fn cells(view: &CensusFindingView) -> Vec<String> {
        view.cells()
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export)).routes(routes!(read))
}

/// What a census found.
#[utoipa::path(get, path = "/census/findings", tag = "places", params(PageQuery, CensusFilters), responses((status = 200, body = Page<CensusFindingView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<CensusFilters>,
) -> ApiResult<Json<Page<CensusFindingView>>> {
    listing::page::<Findings>(&platform, &me, &page, &filters).await
}

/// How many findings the filter meets.
#[utoipa::path(get, path = "/census/findings/count", tag = "places", params(CensusFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<CensusFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Findings>(&platform, &me, &filters).await
}

/// The filtered findings as CSV, without persons.
#[utoipa::path(get, path = "/census/findings/export", tag = "places", params(CensusFilters, ExportQuery), responses((status = 200, content_type = "text/csv", body = String)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<CensusFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Findings>(&platform, &me, &export, &filters).await
}

/// One finding beside the enterprises or premises that it may be; that its contacts were read is written down.
#[utoipa::path(get, path = "/census/findings/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = CensusFindingDetail)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<CensusFindingDetail>> {
    let scope = me.require(REVIEWS)?;
    let id: FindingId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let has_contact = row.contact.is_some();
    let view = views::detail(&platform, &mut db, &scope, row).await?;
    if has_contact {
        listing::disclosed(&platform, &scope, "census_finding.read", Some(id.to_string()), &[], json!({})).await?;
    }
    Ok(Json(view))
}
