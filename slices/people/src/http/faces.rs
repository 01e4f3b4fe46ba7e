//! Faces at the desk: whether one is enrolled, enrolling it before somebody's eyes, taking it away.

use access::{Permission, Scope};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bytes::Bytes;
use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{note, person_id, standing};
use crate::faces::{self, FaceDesk, FaceFault, ReadFace};
use crate::model::{FaceChannel, PersonId};
use crate::store::faces as store;

/// Whether gates know her by her face.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = FaceState)]
pub struct FaceState {
    /// Whether faces can be read here at all: without models none can.
    available: bool,
    /// Whether she consents now; without that nothing is enrolled, and nothing compared.
    consents: bool,
    /// What is enrolled under the consent that stands; null if nothing.
    enrolled: Option<EnrolledFace>,
}

/// That a face is enrolled. There is no picture: only numbers, sealed, that no picture can be made of by us.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EnrolledFace {
    #[schema(value_type = String)]
    enrolled_at: Instant64,
    channel: FaceChannel,
    /// Who stood by; null when she did it herself.
    enrolled_by: Option<String>,
    /// What it was read with.
    model: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, remove)).routes(routes!(enrol))
}

/// Whether gates know her by her face.
#[utoipa::path(get, path = "/people/{id}/face", tag = "people", params(("id" = String, Path)), responses((status = 200, body = FaceState)))]
async fn read(
    State(platform): State<Platform>,
    Extension(desk): Extension<FaceDesk>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<FaceState>> {
    let scope = me.require(Permission::ReadPeople)?;
    let mut db = platform.db.reader();
    let person = standing(&mut db, &scope, person_id(&id)?).await?;
    Ok(Json(state(&mut db, &desk, person, platform.now()).await?))
}

/// Enrol her face from a picture that was just taken, JPEG or PNG. The picture is looked at and forgotten; what was enrolled before is
/// replaced.
#[utoipa::path(put, path = "/people/{id}/face/content", tag = "people", params(("id" = String, Path)), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = FaceState)))]
async fn enrol(
    State(platform): State<Platform>,
    Extension(desk): Extension<FaceDesk>,
    me: Me,
    Path(id): Path<String>,
    picture: Bytes,
) -> ApiResult<(StatusCode, Json<FaceState>)> {
    let scope = me.require(Permission::EditPeople)?;
    let person = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    Write::unless_done(&platform, &me).await?;
    consenting(&platform, person).await?;
    let face = looked_at(&desk, picture).await?;
    let write = Write::begin(&platform, &me).await?;
    let by = scope.actor().name.clone();
    kept(&platform, write, &scope, (person, &face), (FaceChannel::Desk, Some(&by)), &desk).await
}

/// Take her face away.
#[utoipa::path(delete, path = "/people/{id}/face", tag = "people", params(("id" = String, Path)), responses((status = 200, body = FaceState)))]
async fn remove(
    State(platform): State<Platform>,
    Extension(desk): Extension<FaceDesk>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<FaceState>)> {
    let scope = me.require(Permission::EditPeople)?;
    let person = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    let write = Write::begin(&platform, &me).await?;
    removed(&platform, write, &scope, person, &desk).await
}

pub(super) async fn state(
    db: &mut impl Read,
    desk: &FaceDesk,
    person: PersonId,
    now: Instant64,
) -> ApiResult<FaceState> {
    let holder = faces::holder(db, person, now).await?;
    let row = match &holder {
        Some(it) => store::find(db, it.subject).await?,
        None => None,
    };
    let enrolled = row.map(|it| EnrolledFace {
        enrolled_at: Instant64::from_micros(it.enrolled_at),
        channel: FaceChannel::parse(&it.channel).unwrap_or(FaceChannel::Desk),
        enrolled_by: it.enrolled_by,
        model: it.model,
    });
    Ok(FaceState { available: desk.is_there(), consents: holder.is_some(), enrolled })
}

/// That she consents, before anybody looks at her picture. It is asked again in the transaction that keeps what was seen.
pub(super) async fn consenting(platform: &Platform, person: PersonId) -> ApiResult<()> {
    match faces::holder(&mut platform.db.reader(), person, platform.now()).await? {
        Some(_) => Ok(()),
        None => Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::ConsentRequired)),
    }
}

/// The one face in a picture, or what is wrong with it.
pub(super) async fn looked_at(desk: &FaceDesk, picture: Bytes) -> ApiResult<ReadFace> {
    desk.read(picture).await.map_err(|fault| match fault {
        FaceFault::Unavailable => ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::FaceUnavailable),
        FaceFault::Busy => ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable),
        FaceFault::Picture => ApiError::field("picture", ErrorCode::FileForm),
        FaceFault::Missing => ApiError::field("picture", ErrorCode::FaceMissing),
        FaceFault::Several => ApiError::field("picture", ErrorCode::FaceSeveral),
        FaceFault::Quality(faults) => {
            ApiError::field("picture", ErrorCode::FaceQuality).with("faults", faults.join(","))
        }
    })
}

pub(super) async fn kept(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    (person, face): (PersonId, &ReadFace),
    by: (FaceChannel, Option<&str>),
    desk: &FaceDesk,
) -> ApiResult<(StatusCode, Json<FaceState>)> {
    let now = write.now;
    faces::enrol(platform, &mut write.tx, person, face, by, now).await?;
    note(platform, &mut write, scope, "face.enrolled", person, json!({ "channel": by.0.code() }), None).await?;
    crate::file::rosters_of(&mut write.tx, person, now).await?;
    let view = state(&mut write.tx, desk, person, now).await?;
    write.finish(StatusCode::OK, view).await
}

pub(super) async fn removed(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    person: PersonId,
    desk: &FaceDesk,
) -> ApiResult<(StatusCode, Json<FaceState>)> {
    let now = write.now;
    let group = crate::store::people::group(&mut write.tx, person).await?;
    if 0 < store::forget(&mut write.tx, &group).await? {
        note(platform, &mut write, scope, "face.removed", person, json!({}), None).await?;
        crate::file::rosters_of(&mut write.tx, person, now).await?;
    }
    let view = state(&mut write.tx, desk, person, now).await?;
    write.finish(StatusCode::OK, view).await
}
