//! The manifest of a coach: who sits where, from a file or one by one, and how each was found before she got in.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write, listing};
use kernel::Instant64;
use kernel::text::mask_name;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::coaches::{Standing, in_reach, note};
use crate::guests::tail;
use crate::model::{CoachId, CoachState, Declared, Details, PassengerId};
use crate::sealed;
use crate::store::passengers::{self as store, PassengerRow};

/// A seat and who sits on it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PassengerView {
    #[schema(value_type = String)]
    pub(super) id: PassengerId,
    pub(super) seat: String,
    pub(super) masked_name: String,
    pub(super) tail: String,
    pub(super) company: Option<String>,
    /// Whether she got in.
    pub(super) aboard: bool,
    /// How she was found; null before she was checked.
    pub(super) fit: Option<bool>,
    /// Whether she may travel as it stands now; a file of the register may say no.
    pub(super) allowed: bool,
    pub(super) checked_by: Option<String>,
    #[schema(value_type = Option<String>)]
    pub(super) checked_at: Option<Instant64>,
    /// When a checkpoint let her pass by herself.
    #[schema(value_type = Option<String>)]
    pub(super) admitted_at: Option<Instant64>,
    /// What she shows; only where she is looked at by herself.
    pub(super) code: Option<String>,
}

/// A manifest.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Manifest {
    passengers: Vec<PassengerView>,
}

/// How a passenger was found before she got in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PassengerCheck {
    /// Whether she got in.
    aboard: bool,
    /// Measured on the skin or in the ear, degrees Celsius.
    temperature_c: f64,
    #[serde(flatten)]
    declared: Declared,
}

/// From here on nobody gets in, as at a gate: degrees Celsius.
const FEVER_C: f64 = 37.3;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(check, remove))
}

/// Who sits in a coach.
#[utoipa::path(get, path = "/coaches/{id}/passengers", tag = "visitors", params(("id" = String, Path)), responses((status = 200, body = Manifest)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<Manifest>> {
    let scope = me.require(Permission::ReadVisitors)?;
    let mut db = platform.db.reader();
    let row = in_reach(&mut db, &scope, &id).await?;
    let coach = Standing::of(&mut db, row, platform.now()).await?;
    disclosed(&platform, &scope, &coach).await?;
    Ok(Json(Manifest { passengers: views(&platform, &coach, false).await? }))
}

/// A manifest that is shown is a disclosure of everybody on it whom the register knows.
pub(super) async fn disclosed(platform: &Platform, scope: &Scope, coach: &Standing) -> ApiResult<()> {
    let people: Vec<Uuid> = coach.passengers.iter().filter_map(|it| it.person_id).collect();
    let subject = Some(CoachId::from_uuid(coach.row.id).to_string());
    let detail = json!({ "passengers": coach.passengers.len() });
    listing::disclosed(platform, scope, "coach.read", subject, &people, detail).await
}

pub(super) async fn views(platform: &Platform, coach: &Standing, with_codes: bool) -> ApiResult<Vec<PassengerView>> {
    let sealed = coach.passengers.iter().map(|it| (it.id, it.details_sealed.clone())).collect();
    let mut details: HashMap<Uuid, Details> = sealed::open_all(platform, sealed::PASSENGER, sealed).await?;
    let moment = |it: Option<i64>| it.map(Instant64::from_micros);
    let view = |it: &PassengerRow| {
        let known = details.remove(&it.id)?;
        Some(PassengerView {
            id: PassengerId::from_uuid(it.id),
            seat: it.seat.clone(),
            masked_name: mask_name(&known.name),
            tail: tail(&known.phone),
            company: known.company,
            aboard: it.aboard,
            fit: it.fit,
            allowed: coach.may_travel(it),
            checked_by: it.checked_by.clone(),
            checked_at: moment(it.checked_at),
            admitted_at: moment(it.admitted_at),
            code: with_codes.then_some(known.code),
        })
    };
    Ok(coach.passengers.iter().filter_map(view).collect())
}

/// Write down how a passenger was found before she got in. Who has a fever, or says that something stands against her, stays behind.
#[utoipa::path(put, path = "/coaches/{id}/passengers/{passenger}", tag = "visitors", params(("id" = String, Path), ("passenger" = String, Path)), request_body = PassengerCheck, responses((status = 200, body = Manifest)))]
async fn check(
    State(platform): State<Platform>,
    me: Me,
    Path((id, passenger)): Path<(String, String)>,
    Json(body): Json<PassengerCheck>,
) -> ApiResult<(StatusCode, Json<Manifest>)> {
    me.require(Permission::AnnounceVisitors)?;
    let temperature = kernel::Celsius::new(body.temperature_c).ok().filter(|it| it.is_bodily());
    let temperature =
        temperature.ok_or_else(|| ApiError::field("temperature_c", http_api::ErrorCode::TemperatureRange))?;
    let fit = body.declared.is_fit() && temperature.degrees() < FEVER_C;
    if body.aboard && !fit {
        return Err(ApiError::field("aboard", http_api::ErrorCode::PassengersNotFit));
    }
    let passenger: PassengerId = passenger.parse().map_err(|_| ApiError::not_found())?;
    change(&platform, &me, &id, "coach.passenger_checked", async |write: &mut Write, coach: CoachId, by: &str| {
        let now = write.now;
        Ok(store::check(&mut write.tx, coach, passenger, (body.aboard, fit, by), now).await?)
    })
    .await
}

/// Take somebody off the manifest.
#[utoipa::path(delete, path = "/coaches/{id}/passengers/{passenger}", tag = "visitors", params(("id" = String, Path), ("passenger" = String, Path)), responses((status = 200, body = Manifest)))]
async fn remove(
    State(platform): State<Platform>,
    me: Me,
    Path((id, passenger)): Path<(String, String)>,
) -> ApiResult<(StatusCode, Json<Manifest>)> {
    let passenger: PassengerId = passenger.parse().map_err(|_| ApiError::not_found())?;
    let answer =
        change(&platform, &me, &id, "coach.passenger_removed", async |write: &mut Write, coach: CoachId, _: &str| {
            Ok(store::remove(&mut write.tx, coach, passenger).await?)
        })
        .await?;
    platform.vault.destroy(&[passenger.uuid()]).await?;
    Ok(answer)
}

/// A change of one seat, while nobody has signed the manifest.
async fn change(
    platform: &Platform,
    me: &Me,
    id: &str,
    act: &'static str,
    made: impl AsyncFnOnce(&mut Write, CoachId, &str) -> ApiResult<bool>,
) -> ApiResult<(StatusCode, Json<Manifest>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let mut write = Write::begin(platform, me).await?;
    let row = in_reach(&mut write.tx, &scope, id).await?;
    if row.state() != CoachState::Planned {
        return Err(ApiError::state());
    }
    let coach = CoachId::from_uuid(row.id);
    if !made(&mut write, coach, &scope.actor().name).await? {
        return Err(ApiError::not_found());
    }
    note(&mut write, &scope, act, row.id, (&[], json!({}))).await?;
    let now = write.now;
    let standing = Standing::of(&mut write.tx, row, now).await?;
    let passengers = views(platform, &standing, false).await?;
    write.finish(StatusCode::OK, Manifest { passengers }).await
}
