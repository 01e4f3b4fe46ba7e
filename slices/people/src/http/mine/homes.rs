//! Where she lives, from her own phone; and what to choose an address from.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Json, Myself, OptionalText, Page, PageQuery, Platform, Query, Write};
use kernel::{AreaCode, AreaKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::proved;
use crate::homes::{self, Side};
use crate::http::homes::{HomeNew, HomeView, Reader, home_id, homes_page, left, recorded};
use crate::model::PersonId;

/// How many compounds are suggested.
const SUGGESTED: i64 = 200;

/// An area to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaChoice {
    code: String,
    name: String,
    #[schema(value_type = String)]
    kind: AreaKind,
}

/// Names of compounds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Compounds {
    names: Vec<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ChoiceQuery {
    /// Whose children; without it those of the district that this installation serves.
    parent: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct CompoundQuery {
    /// A community or one of its grids; without it there is nothing to choose.
    area: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, record))
        .routes(routes!(leave))
        .routes(routes!(areas))
        .routes(routes!(compounds))
}

/// One's own homes, newest first.
#[utoipa::path(get, path = "/me/homes", tag = "me", params(PageQuery), responses((status = 200, body = Page<HomeView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<HomeView>>> {
    proved(&me)?;
    Ok(Json(homes_page(&platform, &me.scope(), own(&me), &page, Reader::Herself).await?))
}

/// Record where one lives.
#[utoipa::path(post, path = "/me/homes", tag = "me", request_body = HomeNew, responses((status = 201, body = HomeView)))]
async fn record(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<HomeNew>,
) -> ApiResult<(StatusCode, Json<HomeView>)> {
    proved(&me)?;
    let new = body.checked(Side::Herself)?;
    let write = Write::begin(&platform, &me).await?;
    recorded(&platform, write, &me.scope(), own(&me), new, Reader::Herself).await
}

/// One does not live there any more.
#[utoipa::path(post, path = "/me/homes/{id}/leave", tag = "me", params(("id" = String, Path)), responses((status = 200, body = HomeView)))]
async fn leave(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<HomeView>)> {
    proved(&me)?;
    let id = home_id(&id)?;
    let write = Write::begin(&platform, &me).await?;
    left(&platform, write, &me.scope(), own(&me), id, Reader::Herself).await
}

/// Areas to choose from: the children of one.
#[utoipa::path(get, path = "/me/areas", tag = "me", params(PageQuery, ChoiceQuery), responses((status = 200, body = Page<AreaChoice>)))]
async fn areas(
    State(platform): State<Platform>,
    _: Myself,
    Query(page): Query<PageQuery>,
    Query(choice): Query<ChoiceQuery>,
) -> ApiResult<Json<Page<AreaChoice>>> {
    let limit = page.limit()?;
    let mut db = platform.db.reader();
    let parent = match choice.parent.given() {
        Some(code) => Some(code.to_owned()),
        None => places::district_code(&mut db).await?,
    };
    let Some(parent) = parent else { return Ok(Json(Page { items: Vec::new(), next: None })) };
    let parent = AreaCode::parse(&parent).map_err(|it| ApiError::invalid("parent", it))?;
    let after = page.cursor.given();
    let mut rows = places::area_children(&mut db, &parent, after, limit + 1, platform.now()).await?;
    let wanted = usize::try_from(limit).unwrap_or(0);
    let more = wanted < rows.len();
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(|(code, _)| code.clone());
    let choice = |(code, name): (String, String)| {
        let kind = AreaCode::parse(&code).map_err(|it| ApiError::invalid("parent", it))?.kind();
        Ok(AreaChoice { code, name, kind })
    };
    Ok(Json(Page { items: rows.into_iter().map(choice).collect::<ApiResult<_>>()?, next }))
}

/// Names of registered compounds of a community, to choose from.
#[utoipa::path(get, path = "/me/compounds", tag = "me", params(CompoundQuery), responses((status = 200, body = Compounds)))]
async fn compounds(
    State(platform): State<Platform>,
    _: Myself,
    Query(query): Query<CompoundQuery>,
) -> ApiResult<Json<Compounds>> {
    let Some(area) = query.area.given() else { return Ok(Json(Compounds { names: Vec::new() })) };
    let area = AreaCode::parse(area).map_err(|it| ApiError::invalid("area", it))?;
    homes::placed(&area, "area")?;
    // A compound is registered in one grid, and those who live in the next write its name, too.
    let area = match area.kind() {
        AreaKind::Grid => area.parent().unwrap_or(area),
        AreaKind::Province | AreaKind::City | AreaKind::District | AreaKind::Street | AreaKind::Community => area,
    };
    Ok(Json(Compounds { names: places::compounds_in(&mut platform.db.reader(), &area, SUGGESTED).await? }))
}

fn own(me: &Myself) -> PersonId {
    PersonId::from_uuid(me.session().person)
}
