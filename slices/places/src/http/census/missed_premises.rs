//! Premises of the register that nobody found, over HTTP.

use access::{Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiResult, Count, Cursor, ExportQuery, Json, Lang, Listing, Me, Page, PageQuery, Platform, Query, Sort, listing,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::grid::premises::{PremisesFilters, PremisesList, PremisesView};
use super::views::REVIEWS;
use crate::store::census_lists as store;
use crate::store::premises::{self, PremisesRow};

struct MissedPremises;

impl Listing for MissedPremises {
    type Filters = PremisesFilters;
    type Row = PremisesRow;
    type View = PremisesView;
    const PERMISSION: Permission = REVIEWS;
    const SORTS: &'static [Sort] = premises::SORTS;
    const ID: &'static str = PremisesList::ID;
    const NUMBERS: &'static [&'static str] = PremisesList::NUMBERS;
    const NAME: &'static str = "premises-not-found";

    fn condition(filters: &PremisesFilters) -> ApiResult<Condition> {
        Ok(Condition::all([store::premises_missed(), PremisesList::condition(filters)?]))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<PremisesRow>> {
        PremisesList::fetch(db, scope, condition, sort, limit).await
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        PremisesList::count(db, scope, condition).await
    }

    fn position(row: &PremisesRow, sort: &Sort) -> Cursor {
        PremisesList::position(row, sort)
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<PremisesRow>) -> ApiResult<Vec<PremisesView>> {
        PremisesList::views(platform, scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        PremisesList::header(lang)
    }

    fn cells(view: &PremisesView) -> Vec<String> {
        PremisesList::cells(view)
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export))
}

/// Buildings, malls and compounds that nobody found where somebody looked for such.
#[utoipa::path(get, path = "/census/missed-premises", tag = "places", params(PageQuery, PremisesFilters), responses((status = 200, body = Page<PremisesView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<PremisesFilters>,
) -> ApiResult<Json<Page<PremisesView>>> {
    listing::page::<MissedPremises>(&platform, &me, &page, &filters).await
}

/// How many of them the filter meets.
#[utoipa::path(get, path = "/census/missed-premises/count", tag = "places", params(PremisesFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<PremisesFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<MissedPremises>(&platform, &me, &filters).await
}

/// Those of them that the filter meets as CSV.
#[utoipa::path(get, path = "/census/missed-premises/export", tag = "places", params(PremisesFilters, ExportQuery), responses((status = 200, content_type = "text/csv", body = String)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<PremisesFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<MissedPremises>(&platform, &me, &export, &filters).await
}
