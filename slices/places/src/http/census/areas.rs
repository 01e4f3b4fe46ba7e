//! How far a census is, area by area, over HTTP.

use std::collections::{BTreeSet, HashMap, HashSet};

use axum::extract::State;
use http_api::{ApiError, ApiResult, Json, Me, OptionalText, Platform, Query};
use kernel::{AreaCode, AreaKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::grid::completeness::below;
use super::views::REVIEWS;
use crate::store::areas;
use crate::store::census_lists::{self as store, AreaSums};

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
struct CensusAreaQuery {
    /// The area whose parts are set side by side; the district if it is not given.
    parent: Option<String>,
}

/// What a census found in an area, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusAreaView {
    code: String,
    name: String,
    #[schema(value_type = String)]
    kind: AreaKind,
    /// Findings.
    found: i64,
    /// That were enterprises of the register.
    matched: i64,
    /// That were registered.
    registered: i64,
    /// That were set aside.
    aside: i64,
    /// About which nobody has decided.
    open: i64,
    /// Enterprises of the register in areas that were gone through, whom nobody found.
    missed: i64,
    /// Premises that nobody found where somebody looked for such.
    missed_premises: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list))
}

/// The areas below one, with what was found in each. What lies in the area itself and in none below it stands under its own code;
/// areas without findings are left out.
#[utoipa::path(get, path = "/census/areas", tag = "places", params(CensusAreaQuery), responses((status = 200, body = Vec<CensusAreaView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<CensusAreaQuery>,
) -> ApiResult<Json<Vec<CensusAreaView>>> {
    let scope = me.require(REVIEWS)?;
    let mut db = platform.db.reader();
    let parent = match query.parent.given() {
        Some(code) => Some(code.to_owned()),
        None => areas::district_code(&mut db).await?,
    };
    let Some(parent) = parent else { return Ok(Json(Vec::new())) };
    let parent = AreaCode::parse(&parent).map_err(|it| ApiError::invalid("parent", it))?;
    let kind = below(parent.kind()).unwrap_or(AreaKind::Grid);
    let mut sums = store::by_area(&mut db, &scope, &parent, kind).await?;
    let missed = store::missed_by_area(&mut db, &scope, &parent, kind).await?;
    let missed_premises = store::premises_missed_by_area(&mut db, &scope, &parent, kind).await?;
    let known: HashSet<String> = sums.iter().map(|it| it.code.clone()).collect();
    let others: BTreeSet<&String> =
        missed.iter().chain(&missed_premises).map(|it| &it.0).filter(|it| !known.contains(*it)).collect();
    let nothing =
        |code: &String| AreaSums { code: code.clone(), found: 0, matched: 0, registered: 0, aside: 0, open: 0 };
    sums.extend(others.into_iter().map(nothing));
    sums.sort_by(|one, other| one.code.cmp(&other.code));
    let codes: Vec<String> = sums.iter().map(|it| it.code.clone()).collect();
    let names = areas::area_names(&mut db, &codes).await?;
    let missed: HashMap<String, i64> = missed.into_iter().collect();
    let missed_premises: HashMap<String, i64> = missed_premises.into_iter().collect();
    let view = |it: AreaSums| CensusAreaView {
        name: names.get(&it.code).cloned().unwrap_or_default(),
        kind: AreaCode::parse(&it.code).map_or(kind, |it| it.kind()),
        found: it.found,
        matched: it.matched,
        registered: it.registered,
        aside: it.aside,
        open: it.open,
        missed: missed.get(&it.code).copied().unwrap_or_default(),
        missed_premises: missed_premises.get(&it.code).copied().unwrap_or_default(),
        code: it.code,
    };
    Ok(Json(sums.into_iter().map(view).collect()))
}
