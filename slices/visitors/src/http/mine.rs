//! A worker announces a visitor from her own phone; her enterprise says yes or no.

use access::Scope;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Condition;
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Json, Myself, Page, PageQuery, Platform, Query, Write};
use people::PersonId;
use places::{SiteBrief, SiteId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::VisitorNew;
use super::desk::{VisitorCancellation, visitor_id};
use super::label;
use super::views::{self, VisitorBrief, VisitorFile};
use crate::announcing::{self, Host, changed, make_move, note_visitor};
use crate::rules::Move;
use crate::store::visitors as store;

/// How many of one worker's visitors may still be to come: who receives more asks at the desk.
const OPEN_MOST: i64 = 20;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, announce)).routes(routes!(read)).routes(routes!(cancel))
}

/// Visitors that she announced, newest first.
#[utoipa::path(get, path = "/me/visitors", tag = "me", params(PageQuery), responses((status = 200, body = Page<VisitorBrief>)))]
async fn list(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<VisitorBrief>>> {
    proved(&me)?;
    let (limit, sort, cursor) = (page.limit()?, page.sort(store::SORTS)?, page.cursor()?);
    let mut db = platform.db.reader();
    let rows = store::list(&mut db, &me.scope(), sort.after(cursor.as_ref()), sort.order, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let items = views::briefs(&platform, &mut db, page.items).await?;
    Ok(Json(Page { items, next: page.next }))
}

/// Announce a visitor where she works.
#[utoipa::path(post, path = "/me/visitors", tag = "me", request_body = VisitorNew, responses((status = 201, body = VisitorFile)))]
async fn announce(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<VisitorNew>,
) -> ApiResult<(StatusCode, Json<VisitorFile>)> {
    proved(&me)?;
    Write::unless_done(&platform, &me).await?;
    let scope = me.scope();
    let now = platform.now();
    let site = where_she_works(&platform, &scope, &body.site_id).await?;
    let person = me.session().person;
    let name = people::briefs(&platform, &mut platform.db.reader(), &[person]).await?.remove(&person);
    let host = Host { person: Some(person), name: name.map(|it| it.masked_name).unwrap_or_default() };
    let new = announcing::prepared(&platform, &site, host, body.announcement()?, now).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let to_come = Condition::all([
        Condition::one_of("v.state", ["requested", "announced"].map(db::Value::from)),
        Condition::at_least("v.until_at", now),
    ]);
    if OPEN_MOST <= store::count(&mut write.tx, &scope, to_come).await? {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::TooManyOpen));
    }
    let (id, guest) = (new.id, new.person);
    let now = write.now;
    store::insert(&mut write.tx, new, now).await?;
    note_visitor(&mut write, &scope, "visitor.requested", id, guest).await?;
    changed(&mut write.tx, (site.id, site.enterprise_id, &site.area_code), now).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = views::file(&platform, &mut write.tx, row).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// One of them, as she wrote it, with the code that her visitor shows.
#[utoipa::path(get, path = "/me/visitors/{id}", tag = "me", params(("id" = String, Path)), responses((status = 200, body = VisitorFile)))]
async fn read(State(platform): State<Platform>, me: Myself, Path(id): Path<String>) -> ApiResult<Json<VisitorFile>> {
    proved(&me)?;
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &me.scope(), visitor_id(&id)?).await?.ok_or_else(ApiError::not_found)?;
    Ok(Json(views::file(&platform, &mut db, row).await?))
}

/// Take an announcement back.
#[utoipa::path(post, path = "/me/visitors/{id}/cancellation", tag = "me", params(("id" = String, Path)), request_body = VisitorCancellation, responses((status = 200, body = VisitorBrief)))]
async fn cancel(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
    Json(body): Json<VisitorCancellation>,
) -> ApiResult<(StatusCode, Json<VisitorBrief>)> {
    proved(&me)?;
    let (scope, id) = (me.scope(), visitor_id(&id)?);
    let note = label("note", &body.note)?.map(|it| it.as_str().to_owned());
    let mut write = Write::begin(&platform, &me).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    make_move(&mut write, &scope, &row, (Move::Cancel, note)).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = views::briefs(&platform, &mut write.tx, vec![row]).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view).await
}

/// A site at which she is employed now.
async fn where_she_works(platform: &Platform, scope: &Scope, site: &str) -> ApiResult<SiteBrief> {
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site: SiteId = site.parse().map_err(|_| unknown())?;
    let own = scope.own().ok_or_else(ApiError::not_found)?;
    let mut db = platform.db.reader();
    let standing = people::standing(&mut db, scope, PersonId::from_uuid(own), platform.now()).await?;
    let works = standing.is_some_and(|it| it.work.iter().any(|it| it.site == site.uuid()));
    match works {
        true => places::sites_by_id(&mut db, &[site.uuid()]).await?.pop().ok_or_else(unknown),
        false => Err(unknown()),
    }
}

/// That her phone is proved to be hers: who printed her slip must not invite in her name.
fn proved(me: &Myself) -> ApiResult<()> {
    match me.session().phone_proved {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::PhoneUnproved)),
    }
}
