//! Homes at the desk: where somebody lives, and who lives there with her.

pub(super) mod list;

use access::{Located, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{Condition, DbError};
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Page, PageQuery, Platform, Query, Write, listing};
use kernel::{AreaCode, Instant64};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::{note, person_id, standing};
use crate::brief::briefs;
use crate::homes::{self, NewHome, Side};
use crate::model::{Address, HomeId, HomeKind, PersonId};
use crate::store::homes::{self as store, HomeRow};
use crate::store::people;

/// How many members one answer names.
const MOST_MEMBERS: i64 = 200;

/// Who reads a home, and so how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The address, and not who else is known to live there: she may record any address.
    Herself,
    /// All of it.
    Authority,
    /// Area and compound: what an employer needs to know whom a closed compound concerns.
    Employer,
}

impl Reader {
    fn of(me: &Me) -> Self {
        if me.caller().role().may(Permission::ReadHomes) { Self::Authority } else { Self::Employer }
    }

    /// As whom it writes.
    fn side(self, name: &str) -> Side<'_> {
        match self {
            Self::Herself => Side::Herself,
            Self::Authority => Side::Authority(name),
            Self::Employer => Side::Employer(name),
        }
    }

    /// How a home in this area is read: that its person is in reach says nothing of where she lives.
    fn at(self, scope: &Scope, area: &str) -> Self {
        let here = || scope.covers(Located { area: Some(area), ..Located::default() });
        match self {
            Self::Authority if !here() => Self::Employer,
            other => other,
        }
    }
}

/// A home. Sent a second time, a request that wrote one is answered without its address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HomeView {
    #[schema(value_type = String)]
    id: HomeId,
    area_code: String,
    area_name: String,
    kind: HomeKind,
    compound: String,
    /// Null without the right to see whole addresses, as are the next two.
    building: Option<String>,
    unit: Option<String>,
    room: Option<String>,
    /// How many live there, with her; null without that right, and when she has left.
    household: Option<i64>,
    /// Who wrote it down for her; null when she did, and, without that right, when it was not the asker.
    recorded_by: Option<String>,
    /// Since when it is known.
    #[schema(value_type = String)]
    from: Instant64,
    #[schema(value_type = Option<String>)]
    until: Option<Instant64>,
}

impl HomeView {
    /// What is kept of an answer for who asks twice: an address lies in the home and nowhere else, or one that was taken
    /// back would not be gone.
    fn without_address(&self) -> Self {
        Self { compound: String::new(), building: None, unit: None, room: None, ..self.clone() }
    }
}

/// A home to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HomeNew {
    /// A community or one of its grids.
    area_code: String,
    kind: HomeKind,
    compound: String,
    building: Option<String>,
    unit: Option<String>,
    room: String,
}

impl HomeNew {
    /// The same, checked.
    pub(super) fn checked<'a>(&self, by: Side<'a>) -> ApiResult<NewHome<'a>> {
        let area = AreaCode::parse(&self.area_code).map_err(|it| ApiError::invalid("area_code", it))?;
        let address = Address::parse(&self.compound, self.building.as_deref(), self.unit.as_deref(), &self.room);
        let address = address.map_err(|(part, cause)| ApiError::invalid(part, cause))?;
        Ok(NewHome { area, kind: self.kind, address, by })
    }
}

/// Somebody who lives in a dwelling.
#[derive(Debug, Serialize, ToSchema)]
pub struct HouseholdMember {
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    kind: HomeKind,
    #[schema(value_type = String)]
    from: Instant64,
}

/// Who lives in a dwelling.
#[derive(Debug, Serialize, ToSchema)]
pub struct Household {
    members: Vec<HouseholdMember>,
    /// How many more live there: beyond the asker's reach, or beyond the 200 that one answer names.
    others: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list_of, record)).routes(routes!(leave)).routes(routes!(household))
}

/// Where she lives and lived, newest first.
#[utoipa::path(get, path = "/people/{id}/homes", tag = "people", params(("id" = String, Path), PageQuery), responses((status = 200, body = Page<HomeView>)))]
async fn list_of(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<HomeView>>> {
    let scope = me.require(Permission::ReadPeople)?;
    let id = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    let reader = Reader::of(&me);
    let found = homes_page(&platform, &scope, id, &page, reader).await?;
    let whole = found.items.iter().filter(|it| it.room.is_some()).count();
    if 0 < whole {
        disclosed(&platform, &scope, id, &[id.uuid()], whole).await?;
    }
    Ok(Json(found))
}

/// Write down where she says that she lives.
#[utoipa::path(post, path = "/people/{id}/homes", tag = "people", params(("id" = String, Path)), request_body = HomeNew, responses((status = 201, body = HomeView)))]
async fn record(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<HomeNew>,
) -> ApiResult<(StatusCode, Json<HomeView>)> {
    let scope = me.require(Permission::Attest)?;
    let id = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    let by = scope.actor().name.clone();
    let reader = Reader::of(&me);
    let new = body.checked(reader.side(&by))?;
    let write = Write::begin(&platform, &me).await?;
    recorded(&platform, write, &scope, id, new, reader).await
}

/// She does not live there any more.
#[utoipa::path(post, path = "/people/{id}/homes/{home_id}/leave", tag = "people", params(("id" = String, Path), ("home_id" = String, Path)), responses((status = 200, body = HomeView)))]
async fn leave(
    State(platform): State<Platform>,
    me: Me,
    Path((id, home)): Path<(String, String)>,
) -> ApiResult<(StatusCode, Json<HomeView>)> {
    let scope = me.require(Permission::Attest)?;
    let id = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    let home = home_id(&home)?;
    let write = Write::begin(&platform, &me).await?;
    left(&platform, write, &scope, id, home, Reader::of(&me)).await
}

/// Who lives there now, as far as the asker reaches them.
#[utoipa::path(get, path = "/people/{id}/homes/{home_id}/household", tag = "people", params(("id" = String, Path), ("home_id" = String, Path)), responses((status = 200, body = Household)))]
async fn household(
    State(platform): State<Platform>,
    me: Me,
    Path((id, home)): Path<(String, String)>,
) -> ApiResult<Json<Household>> {
    let scope = me.require(Permission::ReadHomes)?;
    let mut db = platform.db.reader();
    let id = standing(&mut db, &scope, person_id(&id)?).await?;
    let group = people::group(&mut db, id).await?;
    let only = Condition::eq("h.id", home_id(&home)?.uuid());
    let row = store::list(&mut db, &scope, &group, only, 1).await?.pop().ok_or_else(ApiError::not_found)?;
    if Reader::Authority.at(&scope, &row.area_code) != Reader::Authority {
        return Err(ApiError::not_found());
    }
    if row.until_at.is_some() {
        return Err(ApiError::state());
    }
    let mut rows = store::members(&mut db, &scope, &row.dwelling_digest, MOST_MEMBERS).await?;
    // After a merge she may have the dwelling twice.
    let mut seen = std::collections::HashSet::new();
    rows.retain(|it| seen.insert(it.id));
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let names = briefs(&platform, &mut db, &ids).await?;
    let mut members = Vec::with_capacity(rows.len());
    for it in rows {
        let name = names.get(&it.id).cloned().unwrap_or_default();
        members.push(HouseholdMember {
            person_id: PersonId::from_uuid(it.id),
            masked_name: name.masked_name,
            tail: name.tail,
            kind: kind(&it.kind)?,
            from: Instant64::from_micros(it.from_at),
        });
    }
    disclosed(&platform, &scope, id, &ids, ids.len()).await?;
    let all = store::households(&mut db, [row.dwelling_digest.as_slice()].into()).await?;
    let all = all.get(&row.dwelling_digest).copied().unwrap_or_default();
    let others = all.saturating_sub(i64::try_from(members.len()).unwrap_or(i64::MAX)).max(0);
    Ok(Json(Household { members, others }))
}

/// Stores a home.
pub(super) async fn recorded(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    person: PersonId,
    new: NewHome<'_>,
    reader: Reader,
) -> ApiResult<(StatusCode, Json<HomeView>)> {
    let now = write.now;
    let id = homes::record(platform, &mut write.tx, scope, person, new, now).await?;
    let detail = json!({ "home_id": id.to_string() });
    note(platform, &mut write, scope, "home.recorded", person, detail, None).await?;
    let view = found(platform, &mut write, scope, person, id, reader).await?;
    let kept = view.without_address();
    write.finish_keeping(StatusCode::CREATED, view, &kept).await
}

/// Ends a home.
pub(super) async fn left(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    person: PersonId,
    id: HomeId,
    reader: Reader,
) -> ApiResult<(StatusCode, Json<HomeView>)> {
    let now = write.now;
    let gone = homes::leave(&mut write.tx, scope, person, id, reader.side(&scope.actor().name), now).await?;
    let detail = json!({ "home_id": id.to_string() });
    note(platform, &mut write, scope, "home.left", person, detail, None).await?;
    let view =
        views(platform, &mut write.tx, scope, vec![gone], reader).await?.pop().ok_or_else(ApiError::not_found)?;
    let kept = view.without_address();
    write.finish_keeping(StatusCode::OK, view, &kept).await
}

async fn found(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    person: PersonId,
    id: HomeId,
    reader: Reader,
) -> ApiResult<HomeView> {
    let group = people::group(&mut write.tx, person).await?;
    let only = Condition::eq("h.id", id.uuid());
    let rows = store::list(&mut write.tx, scope, &group, only, 1).await?;
    views(platform, &mut write.tx, scope, rows, reader).await?.pop().ok_or_else(ApiError::not_found)
}

/// A page of the homes of one person.
pub(super) async fn homes_page(
    platform: &Platform,
    scope: &Scope,
    id: PersonId,
    page: &PageQuery,
    reader: Reader,
) -> ApiResult<Page<HomeView>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map_or_else(Condition::always, |it| Condition::below("h.id", it.id));
    let mut db = platform.db.reader();
    let group = people::group(&mut db, id).await?;
    let rows = store::list(&mut db, scope, &group, after, limit + 1).await?;
    let mut page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    // Where she lived is nothing to whoever may not know where she lives.
    page.items.retain(|it| it.until_at.is_none() || reader.at(scope, &it.area_code) != Reader::Employer);
    Ok(Page { items: views(platform, &mut db, scope, page.items, reader).await?, next: page.next })
}

async fn views(
    platform: &Platform,
    db: &mut impl db::Read,
    scope: &Scope,
    rows: Vec<HomeRow>,
    reader: Reader,
) -> ApiResult<Vec<HomeView>> {
    let sealed: Vec<_> = rows.iter().map(|it| (it.id, it.person_id, it.address_sealed.as_slice())).collect();
    let addresses = homes::addresses(platform, &sealed).await?;
    let codes: Vec<String> = rows.iter().map(|it| it.area_code.clone()).collect();
    let areas = places::area_names(db, &codes).await?;
    let current = rows.iter().filter(|it| it.until_at.is_none());
    let counted = current.filter(|it| reader.at(scope, &it.area_code) == Reader::Authority);
    let households = store::households(db, counted.map(|it| it.dwelling_digest.as_slice()).collect()).await?;
    let view = |row: HomeRow| {
        // Whoever is erased in this moment has no address any more.
        let address = addresses.get(&row.id).ok_or_else(ApiError::not_found)?.clone();
        let reader = reader.at(scope, &row.area_code);
        let whole = reader != Reader::Employer;
        let own = scope.actor().name.as_str();
        let counted = reader == Reader::Authority && row.until_at.is_none();
        Ok(HomeView {
            id: HomeId::from_uuid(row.id),
            area_name: areas.get(&row.area_code).cloned().unwrap_or_default(),
            area_code: row.area_code,
            kind: kind(&row.kind)?,
            compound: address.compound,
            building: address.building.filter(|_| whole),
            unit: address.unit.filter(|_| whole),
            room: Some(address.room).filter(|_| whole),
            household: households.get(&row.dwelling_digest).copied().filter(|_| counted),
            recorded_by: row.recorded_by.filter(|it| whole || it == own),
            from: Instant64::from_micros(row.from_at),
            until: row.until_at.map(Instant64::from_micros),
        })
    };
    rows.into_iter().map(view).collect()
}

/// Writes down that addresses, or who lives there, are about to be shown.
async fn disclosed(platform: &Platform, scope: &Scope, about: PersonId, people: &[Uuid], rows: usize) -> ApiResult<()> {
    let subject = Some(about.to_string());
    listing::disclosed(platform, scope, "home.listed", subject, people, json!({ "rows": rows })).await
}

fn kind(code: &str) -> ApiResult<HomeKind> {
    Ok(HomeKind::parse(code).ok_or(DbError::Unreadable("home.kind"))?)
}

/// Reads the id of a home.
pub(super) fn home_id(text: &str) -> ApiResult<HomeId> {
    text.parse().map_err(|_| ApiError::not_found())
}

/// A district that is asked for by its code, as a filter.
fn area_of(code: &str) -> ApiResult<AreaCode> {
    AreaCode::parse(code).map_err(|_| ApiError::field("area", ErrorCode::AreaCodeForm))
}
