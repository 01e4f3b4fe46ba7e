//! Enterprises of the register that nobody found, over HTTP.

use access::{Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiResult, Count, Cursor, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery, Platform, Query,
    Sort, listing,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::enterprises::{EnterpriseView, Enterprises};
use super::super::grid::subtree;
use super::views::REVIEWS;
use crate::store::census_lists as store;
use crate::store::enterprises::{self, EnterpriseRow};

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct MissedFilters {
    /// Part of the name, or a credit code.
    search: Option<String>,
    /// An area and all below it.
    area: Option<String>,
}

struct Missed;

impl Listing for Missed {
    type Filters = MissedFilters;
    type Row = EnterpriseRow;
    type View = EnterpriseView;
    const PERMISSION: Permission = REVIEWS;
    const SORTS: &'static [Sort] = enterprises::SORTS;
    const ID: &'static str = "e.id";
    const NAME: &'static str = "not-found";

    fn condition(filters: &MissedFilters) -> ApiResult<Condition> {
        let parts = [
            Some(store::missed()),
            filters.search.given().map(enterprises::searched),
            subtree(filters.area.given())?.map(|(from, until)| Condition::range("e.area_code", from, until)),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<EnterpriseRow>> {
        Enterprises::fetch(db, scope, condition, sort, limit).await
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Enterprises::count(db, scope, condition).await
    }

    fn position(row: &EnterpriseRow, sort: &Sort) -> Cursor {
        Enterprises::position(row, sort)
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<EnterpriseRow>) -> ApiResult<Vec<EnterpriseView>> {
        Enterprises::views(platform, scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        Enterprises::header(lang)
    }

    fn cells(view: &EnterpriseView) -> Vec<String> {
        Enterprises::cells(view)
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export))
}

/// Enterprises of areas that were gone through, at whose door nobody found them.
#[utoipa::path(get, path = "/census/missed", tag = "places", params(PageQuery, MissedFilters), responses((status = 200, body = Page<EnterpriseView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<MissedFilters>,
) -> ApiResult<Json<Page<EnterpriseView>>> {
    listing::page::<Missed>(&platform, &me, &page, &filters).await
}

/// How many of them the filter meets.
#[utoipa::path(get, path = "/census/missed/count", tag = "places", params(MissedFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<MissedFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Missed>(&platform, &me, &filters).await
}

/// Those of them that the filter meets as CSV.
#[utoipa::path(get, path = "/census/missed/export", tag = "places", params(MissedFilters, ExportQuery), responses((status = 200, content_type = "text/csv", body = String)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<MissedFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Missed>(&platform, &me, &export, &filters).await
}
