//! What an officer brings back: photographs as they were taken, and the report that signs for all of them.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Query, Write, listing};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::inspection_views::{InspectionFile, file};
use super::inspections::inspection_id;
use super::note;
use crate::inspections::model::{
    DrawnName, InspectionId, InspectionPhotoId, InspectionState, ItemFinding, PhonePosition,
};
use crate::inspections::reporting::{self, Photo, PhotoFacts, Sent, Taken};
use crate::record::entry;
use crate::sealed;
use crate::store::{findings, inspections as store};

/// What the phone knows of a photograph.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct PhotoQuery {
    /// Key of the item.
    item: String,
    /// By the phone's clock, RFC 3339.
    taken_at: String,
    /// The checklist that was on the phone.
    checklist_version: Option<i64>,
    /// Where it was taken, when the phone said: degrees, WGS-84.
    lon_deg: Option<f64>,
    lat_deg: Option<f64>,
    accuracy_m: Option<f64>,
}

/// A photograph that is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoReceived {
    #[schema(value_type = String)]
    id: InspectionPhotoId,
    /// Photographs of this visit that are there.
    photos: usize,
}

/// What was found.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InspectionReport {
    /// The checklist that was on the phone.
    checklist_version: i64,
    findings: Vec<ItemFinding>,
    summary: Option<String>,
    /// By the phone's clock.
    #[schema(value_type = String)]
    begun_at: Instant64,
    #[schema(value_type = String)]
    ended_at: Instant64,
    position: Option<PhonePosition>,
    officer: DrawnName,
    /// Who was there for the enterprise.
    witness: DrawnName,
}

/// What became of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionReported {
    /// `passed` or `failed`; null when it was only kept.
    state: Option<InspectionState>,
    /// Who visits by now; what was sent is kept for her.
    moved_to: Option<String>,
    /// Whether she has reported already; what was sent is kept beside that.
    already: bool,
    /// Null for whoever no longer reaches it.
    inspection: Option<InspectionFile>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(picture, add_photo)).routes(routes!(report))
}

/// Send a photograph: JPEG or PNG, at most 3 MiB. Its id is made by the phone, so that one that is sent again is there once.
/// What the camera wrote beside the picture is taken off.
#[utoipa::path(post, path = "/inspections/{id}/photos/{photo_id}/content", tag = "reopening", params(("id" = String, Path), ("photo_id" = String, Path), PhotoQuery), request_body(content = Vec<u8>, content_type = "image/jpeg"), responses((status = 200, body = PhotoReceived)))]
async fn add_photo(
    State(platform): State<Platform>,
    me: Me,
    Path((id, photo)): Path<(String, String)>,
    Query(query): Query<PhotoQuery>,
    body: Bytes,
) -> ApiResult<Json<PhotoReceived>> {
    let (scope, id) = (me.require(Permission::Visit)?, inspection_id(&id)?);
    let photo: InspectionPhotoId = photo.parse().map_err(|_| ApiError::field("photo_id", ErrorCode::Invalid))?;
    let position = match (query.lon_deg, query.lat_deg, query.accuracy_m) {
        (Some(lon_deg), Some(lat_deg), Some(accuracy_m)) => Some(PhonePosition { lon_deg, lat_deg, accuracy_m }),
        _ => None,
    };
    let mut tx = platform.db.begin().await?;
    let (row, _) = reached(&mut tx, &scope, id, platform.now()).await?;
    let key = sealed::key(&platform, row.application_id).await?;
    let taken_at = Instant64::parse(&query.taken_at).ok_or_else(|| ApiError::field("taken_at", ErrorCode::DateForm))?;
    let facts = PhotoFacts { taken_at: taken_at.micros(), position };
    let checklist = query.checklist_version;
    let new = Photo { id: photo.uuid(), item: query.item, checklist, facts, bytes: body.to_vec() };
    reporting::add_photo(&mut tx, &scope, &row, &key, new, platform.now()).await?;
    let photos = findings::photos(&mut tx, &scope, row.id).await?.len();
    tx.commit().await?;
    Ok(Json(PhotoReceived { id: photo, photos }))
}

/// The picture of a photograph.
#[utoipa::path(get, path = "/inspections/{id}/photos/{photo_id}/content", tag = "reopening", params(("id" = String, Path), ("photo_id" = String, Path)), responses((status = 200, content_type = "image/jpeg", body = String)))]
async fn picture(
    State(platform): State<Platform>,
    me: Me,
    Path((id, photo)): Path<(String, String)>,
) -> ApiResult<Response> {
    let (scope, id) = (me.require(Permission::ReadApplications)?, inspection_id(&id)?);
    let photo: InspectionPhotoId = photo.parse().map_err(|_| ApiError::not_found())?;
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let found = findings::picture(&mut db, &scope, row.id, photo.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let key = sealed::key(&platform, row.application_id).await?;
    let plain = sealed::open_picture(&key, photo.uuid(), &found)?;
    let read = entry(&scope, platform.now(), "inspection.photo_read", id.to_string(), json!({}));
    listing::written_down(&platform, read).await?;
    let png = plain.starts_with(b"\x89PNG");
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(if png { "image/png" } else { "image/jpeg" }));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((headers, plain).into_response())
}

/// Send a report. Sent again with the same key it is there once; sent by an officer who was replaced, it is kept for who visits now.
#[utoipa::path(post, path = "/inspections/{id}/report", tag = "reopening", params(("id" = String, Path)), request_body = InspectionReport, responses((status = 200, body = InspectionReported)))]
async fn report(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<InspectionReport>,
) -> ApiResult<(StatusCode, Json<InspectionReported>)> {
    let (scope, id) = (me.require(Permission::Visit)?, inspection_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let (row, hers) = reached(&mut write.tx, &scope, id, now).await?;
    let key = sealed::key(&platform, row.application_id).await?;
    let sent = Sent {
        findings: body.findings,
        summary: body.summary,
        begun_at: body.begun_at,
        ended_at: body.ended_at,
        position: body.position,
        officer: body.officer,
        witness: body.witness,
        checklist_version: body.checklist_version,
    };
    let taken = reporting::report(&mut write.tx, &scope, (&row, hers), &key, sent, now).await?;
    let (state, moved_to, already) = match taken {
        Taken::Counts(state) => (Some(state), None, false),
        Taken::Kept { by, already } => (None, Some(by), already),
    };
    let detail = json!({ "number": row.number, "state": state.map(InspectionState::code), "kept": moved_to.is_some() });
    note(&mut write, &scope, "inspection.reported", id, detail).await?;
    let inspection = match store::find(&mut write.tx, &scope, id.uuid()).await? {
        Some(found) => Some(file(&mut write.tx, &scope, &key, found, now).await?),
        None => None,
    };
    write.finish(StatusCode::OK, InspectionReported { state, moved_to, already, inspection }).await
}

/// A visit inside the scope, or one that who asks was to make, and whether it still is hers: an officer who was replaced on
/// the way loses nothing.
async fn reached(
    tx: &mut Tx,
    scope: &access::Scope,
    id: InspectionId,
    now: Instant64,
) -> ApiResult<(store::InspectionRow, bool)> {
    if let Some(row) = store::lock(tx, scope, id.uuid()).await? {
        let me = scope.actor().account;
        let hers = row.officer_id == me || !store::was_officer(tx, row.id, me.unwrap_or_default()).await?;
        return Ok((row, hers));
    }
    let me = scope.actor().account.ok_or_else(ApiError::not_found)?;
    let all = access::system_scope("inspections");
    let row = store::lock(tx, &all, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    // The enterprise was handed over, and the visit is about to follow.
    if row.officer_id == Some(me) {
        store::replace(tx, row.id, (me, &scope.actor().name), now).await?;
    }
    match store::was_officer(tx, row.id, me).await? {
        true => Ok((row, false)),
        false => Err(ApiError::not_found()),
    }
}
