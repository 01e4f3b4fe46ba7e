//! Coaches at the desk: planned, their manifest signed, handed over.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::{Instant64, Label, Phone};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::coach_list::{CoachFile, file};
use super::plate;
use crate::announcing::{code_digest, response_covers};
use crate::coaches::{CoachDetails, Standing, in_reach, note, note_plain};
use crate::model::{CoachId, CoachState};
use crate::rules::{make_code, seats_to_fill};
use crate::sealed;
use crate::store::coaches::{self as store, Ending, NewCoach};

/// A coach to be planned.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct CoachNew {
    /// Where it goes.
    site_id: String,
    plate: String,
    /// Whose coach it is.
    carrier: String,
    seats: i64,
    /// Drivers and attendants, who are no passengers.
    crew: i64,
    from_place: String,
    /// RFC 3339.
    departs_at: String,
    leader: String,
    phone: String,
}

/// How a coach ended.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CoachArrival {
    /// Who took the passengers over for the employer.
    received_by: String,
    note: Option<String>,
}

/// Why a coach does not go.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CoachCancellation {
    note: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(plan))
        .routes(routes!(read))
        .routes(routes!(check))
        .routes(routes!(reopen))
        .routes(routes!(arrive))
        .routes(routes!(cancel))
}

/// One coach, with who leads it and its code.
#[utoipa::path(get, path = "/coaches/{id}", tag = "visitors", params(("id" = String, Path)), responses((status = 200, body = CoachFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<CoachFile>> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let mut db = platform.db.reader();
    let row = in_reach(&mut db, &scope, &id).await?;
    Ok(Json(file(&platform, &mut db, row).await?))
}

/// Plan a coach to a site of one's own.
#[utoipa::path(post, path = "/coaches", tag = "visitors", request_body = CoachNew, responses((status = 201, body = CoachFile)))]
async fn plan(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<CoachNew>,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    Write::unless_done(&platform, &me).await?;
    let new = prepared(&platform, &scope, &body).await?;
    let id = new.id;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    store::insert(&mut write.tx, new, now).await?;
    note_plain(&mut write, &scope, "coach.planned", id.uuid()).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = file(&platform, &mut write.tx, row).await?;
    write.finish(StatusCode::CREATED, view).await
}

async fn prepared(platform: &Platform, scope: &Scope, body: &CoachNew) -> ApiResult<NewCoach> {
    let label = |field, text: &str| Label::parse(text).map_err(|it| ApiError::invalid(field, it));
    let text = |field, text: &str| label(field, text).map(|it| it.as_str().to_owned());
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let departs_at =
        Instant64::parse(&body.departs_at).ok_or_else(|| ApiError::field("departs_at", ErrorCode::DateForm))?;
    if !(2..=100).contains(&body.seats) {
        return Err(ApiError::field("seats", ErrorCode::OutOfRange));
    }
    if !(1..=6).contains(&body.crew) {
        return Err(ApiError::field("crew", ErrorCode::OutOfRange));
    }
    let (plate, now) = (plate(&body.plate)?, platform.now());
    let phone = Phone::parse(&body.phone).map_err(|it| ApiError::invalid("phone", it))?;
    let (leader, carrier) = (text("leader", &body.leader)?, text("carrier", &body.carrier)?);
    let from_place = text("from_place", &body.from_place)?;
    let site = body.site_id.parse().map_err(|_| unknown())?;
    let site = places::site_brief(&mut platform.db.reader(), scope, site).await?.ok_or_else(unknown)?;
    response_covers(platform, &site.area_code, now).await?;
    let id = CoachId::new(now);
    let key = sealed::make(platform, &[id.uuid()], now).await?.remove(&id.uuid()).ok_or_else(ApiError::not_found)?;
    let code = make_code();
    let details = CoachDetails { leader, phone: phone.as_str().to_owned(), code: code.clone() };
    Ok(NewCoach {
        id,
        site: site.id,
        enterprise: site.enterprise_id,
        area_code: site.area_code,
        code: code_digest(platform, &code),
        plate,
        carrier,
        seats: body.seats,
        crew: body.crew,
        from_place,
        departs_at,
        sealed: sealed::seal(&key, sealed::COACH, id.uuid(), &details)?,
        by: scope.actor().name.clone(),
    })
}

/// Sign the manifest: everybody aboard was checked and may travel. Nothing of it changes any more.
#[utoipa::path(post, path = "/coaches/{id}/check", tag = "visitors", params(("id" = String, Path)), responses((status = 200, body = CoachFile)))]
async fn check(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = in_reach(&mut write.tx, &scope, &id).await?;
    let coach = Standing::of(&mut write.tx, row, now).await?;
    ready(&coach)?;
    let id = CoachId::from_uuid(coach.row.id);
    if !store::check(&mut write.tx, &scope, id, now).await? {
        return Err(ApiError::state());
    }
    let people: Vec<Uuid> = coach.passengers.iter().filter(|it| it.aboard).filter_map(|it| it.person_id).collect();
    let detail = json!({ "aboard": coach.row.aboard });
    note(&mut write, &scope, "coach.checked", id.uuid(), (&people, detail)).await?;
    finish(&platform, write, &scope, id).await
}

/// Whether a manifest may be signed as it is.
fn ready(coach: &Standing) -> ApiResult<()> {
    let refused = |code| Err(ApiError::new(StatusCode::CONFLICT, code));
    let not_allowed = coach.not_allowed();
    match &coach.row {
        it if it.state() != CoachState::Planned => Err(ApiError::state()),
        it if it.aboard == 0 => refused(ErrorCode::CoachEmpty),
        it if seats_to_fill(it.seats) < it.aboard => refused(ErrorCode::CoachFull),
        _ if !not_allowed.is_empty() => {
            Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::PassengersNotFit).with("seats", not_allowed.join(", ")))
        }
        _ => Ok(()),
    }
}

/// Open the manifest again, before the coach has arrived.
#[utoipa::path(post, path = "/coaches/{id}/reopening", tag = "visitors", params(("id" = String, Path)), responses((status = 200, body = CoachFile)))]
async fn reopen(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = in_reach(&mut write.tx, &scope, &id).await?;
    let id = CoachId::from_uuid(row.id);
    if !store::reopen(&mut write.tx, &scope, id).await? {
        return Err(ApiError::state());
    }
    note_plain(&mut write, &scope, "coach.reopened", id.uuid()).await?;
    finish(&platform, write, &scope, id).await
}

/// The passengers were handed over to their employer.
#[utoipa::path(post, path = "/coaches/{id}/arrival", tag = "visitors", params(("id" = String, Path)), request_body = CoachArrival, responses((status = 200, body = CoachFile)))]
async fn arrive(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CoachArrival>,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let received_by = Label::parse(&body.received_by).map_err(|it| ApiError::invalid("received_by", it))?;
    let note = super::label("note", &body.note)?.map(|it| it.as_str().to_owned());
    let ending = Ending { state: CoachState::Arrived, received_by: Some(received_by.as_str().to_owned()), note };
    end(&platform, &me, &id, ending, "coach.arrived").await
}

/// A coach does not go.
#[utoipa::path(post, path = "/coaches/{id}/cancellation", tag = "visitors", params(("id" = String, Path)), request_body = CoachCancellation, responses((status = 200, body = CoachFile)))]
async fn cancel(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CoachCancellation>,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let note = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let ending = Ending { state: CoachState::Cancelled, received_by: None, note: Some(note.as_str().to_owned()) };
    end(&platform, &me, &id, ending, "coach.cancelled").await
}

async fn end(
    platform: &Platform,
    me: &Me,
    id: &str,
    ending: Ending,
    act: &'static str,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let mut write = Write::begin(platform, me).await?;
    let row = in_reach(&mut write.tx, &scope, id).await?;
    let (id, now) = (CoachId::from_uuid(row.id), write.now);
    let may = match (row.state(), ending.state) {
        // What was never checked cannot be handed over.
        (CoachState::Checked, _) | (CoachState::Planned, CoachState::Cancelled) => true,
        (CoachState::Planned | CoachState::Arrived | CoachState::Cancelled, _) => false,
    };
    if !may || !store::end(&mut write.tx, &scope, &row, ending, now).await? {
        return Err(ApiError::state());
    }
    note_plain(&mut write, &scope, act, id.uuid()).await?;
    finish(platform, write, &scope, id).await
}

async fn finish(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    id: CoachId,
) -> ApiResult<(StatusCode, Json<CoachFile>)> {
    let row = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = file(platform, &mut write.tx, row).await?;
    write.finish(StatusCode::OK, view).await
}
