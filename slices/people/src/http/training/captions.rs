//! Captions of a film: put there, removed, and read beside it.
//!
//! They say what the film says, so they are put right also after a course was published; each time is written down.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{ApiError, ApiResult, Json, Me, Myself, Platform, Query, Write};
use kernel::Label;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::courses::{CourseView, answer, own};
use super::note_course;
use crate::store::training::captions::{self as store, NewCaption};
use crate::store::training::courses::{self, CourseRow};
use crate::training::captions::checked;
use crate::training::course_id;
use crate::training::learning::seat;
use crate::training::model::{CaptionLang, CourseId, CourseState, MediaKind};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct CaptionFile {
    /// Their language: `zh` or `en`.
    #[param(inline)]
    lang: CaptionLang,
    /// As their author called it.
    file_name: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct CaptionOf {
    /// Their language: `zh` or `en`.
    #[param(inline)]
    lang: CaptionLang,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(put, remove)).routes(routes!(read)).routes(routes!(read_mine))
}

/// Give a film captions in one language, in the place of those that it has: WebVTT in UTF-8, at most 1 MiB, whose cues are
/// plain text.
#[utoipa::path(put, path = "/courses/{id}/captions", tag = "training", params(("id" = String, Path), CaptionFile), request_body(content = String, content_type = "text/vtt"), responses((status = 200, body = CourseView)))]
async fn put(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<CaptionFile>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let (scope, id) = (me.require(Permission::ManageTraining)?, course_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let course = film_of(&mut write, &scope, id).await?;
    let name = Label::parse(&query.file_name).map_err(|it| ApiError::invalid("file_name", it))?;
    let text = checked(&body)?;
    let by = scope.actor().name.clone();
    let new = NewCaption { course, lang: query.lang, file_name: name.as_str(), body: &text, by: &by };
    let now = write.now;
    store::set(&mut write.tx, new, now).await?;
    let detail = json!({ "lang": query.lang, "file": name.as_str() });
    note_course(&mut write, &scope, "course.captioned", id, detail).await?;
    answer(write, &scope, id, StatusCode::OK).await
}

/// Remove the captions in one language.
#[utoipa::path(delete, path = "/courses/{id}/captions", tag = "training", params(("id" = String, Path), CaptionOf), responses((status = 200, body = CourseView)))]
async fn remove(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<CaptionOf>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let (scope, id) = (me.require(Permission::ManageTraining)?, course_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let course = film_of(&mut write, &scope, id).await?;
    if !store::drop(&mut write.tx, course, query.lang).await? {
        return Err(ApiError::not_found());
    }
    note_course(&mut write, &scope, "course.caption_removed", id, json!({ "lang": query.lang })).await?;
    answer(write, &scope, id, StatusCode::OK).await
}

/// A course with a film, taken for this transaction: another film does not come in between.
async fn film_of(write: &mut Write, scope: &Scope, id: CourseId) -> ApiResult<Uuid> {
    courses::lock(&mut write.tx, scope, id).await?;
    let row: CourseRow = own(&mut write.tx, scope, id).await?;
    match row.kind.as_deref() == Some(MediaKind::Video.code()) && !row.is(CourseState::Retired) {
        true => Ok(row.id),
        false => Err(ApiError::state()),
    }
}

/// The captions of a film, for who may read the course.
#[utoipa::path(get, path = "/courses/{id}/captions/{lang}", tag = "training", params(("id" = String, Path), ("lang" = String, Path)), responses((status = 200, content_type = "text/vtt", body = String)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Path((id, lang)): Path<(String, String)>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadPlaces)?;
    let row = courses::find(&mut platform.db.reader(), courses::readable(&scope), course_id(&id)?).await?;
    shown(&platform, row.ok_or_else(ApiError::not_found)?.id, &lang).await
}

/// The same for a learner.
#[utoipa::path(get, path = "/me/courses/{id}/captions/{lang}", tag = "me", params(("id" = String, Path), ("lang" = String, Path)), responses((status = 200, content_type = "text/vtt", body = String)))]
async fn read_mine(
    State(platform): State<Platform>,
    me: Myself,
    Path((id, lang)): Path<(String, String)>,
) -> ApiResult<Response> {
    let seat = seat(&mut platform.db.reader(), &me.scope(), course_id(&id)?, platform.now()).await?;
    shown(&platform, seat.course.id, &lang).await
}

async fn shown(platform: &Platform, course: Uuid, lang: &str) -> ApiResult<Response> {
    let lang = CaptionLang::parse(lang).ok_or_else(ApiError::not_found)?;
    let text = store::body(&mut platform.db.reader(), course, lang).await?.ok_or_else(ApiError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/vtt; charset=utf-8")),
        // Put right at any time, and small.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((headers, text).into_response())
}
