//! Her own face, from her own phone.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use http_api::{ApiResult, Json, Myself, Platform, Write};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::proved;
use crate::faces::FaceDesk;
use crate::http::faces::{FaceState, consenting, kept, looked_at, removed, state};
use crate::http::standing;
use crate::model::{FaceChannel, PersonId};

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, remove)).routes(routes!(enrol))
}

/// Whether gates know her by her face.
#[utoipa::path(get, path = "/me/face", tag = "me", responses((status = 200, body = FaceState)))]
async fn read(
    State(platform): State<Platform>,
    Extension(desk): Extension<FaceDesk>,
    me: Myself,
) -> ApiResult<Json<FaceState>> {
    proved(&me)?;
    let mut db = platform.db.reader();
    let person = own(&platform, &me).await?;
    Ok(Json(state(&mut db, &desk, person, platform.now()).await?))
}

/// Enrol her face from a picture that she has just taken, JPEG or PNG. The picture is looked at and forgotten.
#[utoipa::path(put, path = "/me/face/content", tag = "me", request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = FaceState)))]
async fn enrol(
    State(platform): State<Platform>,
    Extension(desk): Extension<FaceDesk>,
    me: Myself,
    picture: Bytes,
) -> ApiResult<(StatusCode, Json<FaceState>)> {
    proved(&me)?;
    let person = own(&platform, &me).await?;
    Write::unless_done(&platform, &me).await?;
    consenting(&platform, person).await?;
    let face = looked_at(&desk, picture).await?;
    let write = Write::begin(&platform, &me).await?;
    kept(&platform, write, &me.scope(), (person, &face), (FaceChannel::Phone, None), &desk).await
}

/// Take her face away.
#[utoipa::path(delete, path = "/me/face", tag = "me", responses((status = 200, body = FaceState)))]
async fn remove(
    State(platform): State<Platform>,
    Extension(desk): Extension<FaceDesk>,
    me: Myself,
) -> ApiResult<(StatusCode, Json<FaceState>)> {
    proved(&me)?;
    let person = own(&platform, &me).await?;
    let write = Write::begin(&platform, &me).await?;
    removed(&platform, write, &me.scope(), person, &desk).await
}

async fn own(platform: &Platform, me: &Myself) -> ApiResult<PersonId> {
    let mine = PersonId::from_uuid(me.session().person);
    standing(&mut platform.db.reader(), &me.scope(), mine).await
}
