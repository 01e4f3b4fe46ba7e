//! Tablets that belong to a gate: enrolled by a one-time code, listed, withdrawn.

use access::Permission;
use access::enrolment::{Tablet, TabletId};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::gates::{GateBrief, find, gate_id};
use super::{note, note_plain};
use crate::model::GateId;
use crate::store::gates;

/// A one-time code for a tablet.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateEnrolment {
    code: String,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

/// The code as typed on the tablet.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GateEnrolmentCode {
    code: String,
}

/// A tablet that belongs to a gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct TabletView {
    #[schema(value_type = String)]
    id: TabletId,
    #[schema(value_type = String)]
    enrolled_at: Instant64,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(make_enrolment))
        .routes(routes!(enrol))
        .routes(routes!(tablets))
        .routes(routes!(withdraw_tablet))
}

/// A one-time code that makes a tablet this gate's.
#[utoipa::path(post, path = "/gates/{id}/enrolment", tag = "places", params(("id" = String, Path)), responses((status = 201, body = GateEnrolment)))]
async fn make_enrolment(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<GateEnrolment>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = gate_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    find(&mut write, &scope, id).await?;
    let now = write.now;
    let made = access::enrolment::make_code(&mut write.tx, &platform.access, id.uuid(), now).await?;
    note_plain(&mut write, &scope, "gate.enrolment", id).await?;
    write.finish(StatusCode::CREATED, GateEnrolment { code: made.0, expires_at: made.1 }).await
}

/// Make this browser a gate's tablet. Needs no session: the code is the proof.
#[utoipa::path(post, path = "/gate-enrolments", tag = "session", request_body = GateEnrolmentCode, responses((status = 200, body = GateBrief)))]
async fn enrol(
    State(platform): State<Platform>,
    axum::Extension(peer): axum::Extension<http_api::Peer>,
    Json(body): Json<GateEnrolmentCode>,
) -> ApiResult<Response> {
    let now = platform.now();
    access::enrolment::check_rate(&platform.db, &peer.0, now).await.map_err(|seconds| {
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::BackOff).with("retry_after_s", seconds)
    })?;
    let mut tx = platform.db.begin().await?;
    let enrolled = access::enrolment::enrol(&mut tx, &platform.access, &body.code, now).await?;
    let Some((token, gate)) = enrolled else {
        tx.rollback().await?;
        access::enrolment::note_failure(&platform.db, &peer.0, now).await?;
        return Err(ApiError::field("code", ErrorCode::EnrolmentCode));
    };
    let scope = access::system_scope("enrolment");
    let place = gates::gate_place(&mut tx, &scope, GateId::from_uuid(gate)).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    let mut response = Json(GateBrief::from(place)).into_response();
    if let Some(cookie) = platform.tablet_cookie(&token) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The tablets of a gate, the newest first.
#[utoipa::path(get, path = "/gates/{id}/tablets", tag = "places", params(("id" = String, Path)), responses((status = 200, body = Vec<TabletView>)))]
async fn tablets(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<Vec<TabletView>>> {
    let scope = me.require(Permission::EditPlaces)?;
    let mut reader = platform.db.reader();
    let id = gate_id(&id)?;
    gates::find(&mut reader, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let found = access::enrolment::tablets(&mut reader, id.uuid(), platform.now()).await?;
    Ok(Json(found.into_iter().map(TabletView::from).collect()))
}

/// A tablet was lost or is used elsewhere: it is this gate's no more, and the gate's guards sign in again.
#[utoipa::path(post, path = "/gates/{id}/tablets/{tablet_id}/withdrawal", tag = "places", params(("id" = String, Path), ("tablet_id" = String, Path)), responses((status = 200, body = Vec<TabletView>)))]
async fn withdraw_tablet(
    State(platform): State<Platform>,
    me: Me,
    Path((id, tablet)): Path<(String, String)>,
) -> ApiResult<(StatusCode, Json<Vec<TabletView>>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = gate_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    find(&mut write, &scope, id).await?;
    let tablet: TabletId = tablet.parse().map_err(|_| ApiError::not_found())?;
    if !access::enrolment::withdraw(&mut write.tx, id.uuid(), tablet).await? {
        return Err(ApiError::not_found());
    }
    note(&mut write, &scope, "gate.tablet_withdrawn", id, json!({ "tablet": tablet })).await?;
    let now = write.now;
    let left = access::enrolment::tablets(&mut write.tx, id.uuid(), now).await?;
    write.finish(StatusCode::OK, left.into_iter().map(TabletView::from).collect()).await
}

impl From<Tablet> for TabletView {
    fn from(row: Tablet) -> Self {
        Self {
            id: TabletId::from_uuid(row.id),
            enrolled_at: Instant64::from_micros(row.enrolled_at),
            expires_at: Instant64::from_micros(row.expires_at),
        }
    }
}
