//! The film or the document of a course: uploaded in parts, streamed in ranges.

use access::Permission;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream::BoxStream;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Myself, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::courses::own;
use super::note_course;
use crate::store::training::courses;
use crate::store::training::media::{self as store, MediaRow};
use crate::training::course_id;
use crate::training::learning::seat;
use crate::training::media::{Wanted, wanted};
use crate::training::model::{CourseState, MediaId, MediaKind, MediaState};
use crate::training::uploading;

/// How much is read from the store at once.
const PIECE: usize = 1024 * 1024;

/// An upload to be begun.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MediaNew {
    pub(crate) kind: MediaKind,
    pub(crate) file_name: String,
    /// How large the whole is; at most 512 MiB.
    pub(crate) byte_count: i64,
    /// Of a document: how many pages, as its author's browser counts them.
    pub(crate) page_count: Option<i64>,
    /// Of a document: how long a page takes to read.
    pub(crate) seconds_per_page: Option<i64>,
}

/// An upload.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MediaView {
    #[schema(value_type = String)]
    id: MediaId,
    kind: MediaKind,
    state: MediaState,
    file_name: String,
    byte_count: i64,
    /// Bytes that are there; the next part begins here.
    received: i64,
    page_count: Option<i64>,
    length_ms: i64,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// Uploads of a course.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaList {
    items: Vec<MediaView>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(receive))
        .routes(routes!(content))
        .routes(routes!(my_content))
}

/// Uploads of a course, newest first: one that broke off goes on where it ended.
#[utoipa::path(get, path = "/courses/{id}/media", tag = "training", params(("id" = String, Path)), responses((status = 200, body = MediaList)))]
async fn list(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<MediaList>> {
    let scope = me.require(Permission::ManageTraining)?;
    let mut db = platform.db.reader();
    let row = own(&mut db, &scope, course_id(&id)?).await?;
    let items = store::of_course(&mut db, row.id).await?;
    Ok(Json(MediaList { items: items.into_iter().map(view).collect() }))
}

/// Begin to upload the film or the document of a draft.
#[utoipa::path(post, path = "/courses/{id}/media", tag = "training", params(("id" = String, Path)), request_body = MediaNew, responses((status = 201, body = MediaView)))]
async fn begin(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<MediaNew>,
) -> ApiResult<(StatusCode, Json<MediaView>)> {
    let (scope, id) = (me.require(Permission::ManageTraining)?, course_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let course = own(&mut write.tx, &scope, id).await?;
    if !course.is(CourseState::Draft) {
        return Err(ApiError::state());
    }
    let media = uploading::begin(&mut write.tx, &course, &body, now).await?;
    let detail = json!({ "file": body.file_name, "bytes": body.byte_count });
    note_course(&mut write, &scope, "course.changed", id, detail).await?;
    let row = store::find(&mut write.tx, course.id, media.uuid()).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::CREATED, view(row)).await
}

/// Send the next part: at most 1 MiB, at the offset that `Upload-Offset` names. A part that is sent twice is refused with
/// what is there, so nothing is stored twice.
#[utoipa::path(patch, path = "/courses/{id}/media/{media_id}/parts", tag = "training", params(("id" = String, Path), ("media_id" = String, Path), ("Upload-Offset" = i64, Header)), request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"), responses((status = 200, body = MediaView)))]
async fn receive(
    State(platform): State<Platform>,
    me: Me,
    Path((id, media)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Json<MediaView>> {
    let scope = me.require(Permission::ManageTraining)?;
    let media: MediaId = media.parse().map_err(|_| ApiError::not_found())?;
    let mut tx = platform.db.begin().await?;
    let course = own(&mut tx, &scope, course_id(&id)?).await?;
    let row = store::find(&mut tx, course.id, media.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let offset = headers.get("upload-offset").and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<i64>().ok());
    let offset = offset.filter(|it| 0 <= *it).ok_or_else(|| ApiError::field("offset", ErrorCode::Required))?;
    uploading::receive(&mut tx, &row, offset, body.to_vec()).await?;
    let row = store::find(&mut tx, course.id, media.uuid()).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    Ok(Json(view(row)))
}

/// What a course shows, for who may read it.
#[utoipa::path(get, path = "/courses/{id}/content", tag = "training", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = String), (status = 206, content_type = "application/octet-stream", body = String)))]
async fn content(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadPlaces)?;
    let row = courses::find(&mut platform.db.reader(), courses::readable(&scope), course_id(&id)?).await?;
    let media = row.and_then(|it| it.media_id).ok_or_else(ApiError::not_found)?;
    stream(&platform, media, &headers).await
}

/// The same for a learner.
#[utoipa::path(get, path = "/me/courses/{id}/content", tag = "me", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = String), (status = 206, content_type = "application/octet-stream", body = String)))]
async fn my_content(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let seat = seat(&mut platform.db.reader(), &me.scope(), course_id(&id)?, platform.now()).await?;
    stream(&platform, seat.course.media_id.ok_or_else(ApiError::not_found)?, &headers).await
}

/// Whole, or the range that is asked for; read piece by piece, never whole in memory.
async fn stream(platform: &Platform, media: Uuid, headers: &HeaderMap) -> ApiResult<Response> {
    let row = store::shown(&mut platform.db.reader(), media).await?;
    let row = row.filter(|it| it.state == MediaState::Ready.code()).ok_or_else(ApiError::not_found)?;
    let length = u64::try_from(row.byte_count).unwrap_or(0);
    let range = headers.get(header::RANGE).and_then(|it| it.to_str().ok());
    let (status, first, last) = match wanted(range, length) {
        Wanted::Whole => (StatusCode::OK, 0, length.saturating_sub(1)),
        Wanted::Part(first, last) => (StatusCode::PARTIAL_CONTENT, first, last),
        Wanted::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    let said = match status {
        StatusCode::PARTIAL_CONTENT => Some(format!("bytes {first}-{last}/{length}")),
        StatusCode::RANGE_NOT_SATISFIABLE => Some(format!("bytes */{length}")),
        _ => None,
    };
    let body =
        if status == StatusCode::RANGE_NOT_SATISFIABLE { Body::empty() } else { pieces(platform, media, first, last) };
    let mut response = (status, body).into_response();
    let kind = if row.kind == MediaKind::Video.code() { "video/mp4" } else { "application/pdf" };
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    if let Some(said) = said.and_then(|it| HeaderValue::from_str(&it).ok()) {
        set.insert(header::CONTENT_RANGE, said);
    }
    if status != StatusCode::RANGE_NOT_SATISFIABLE {
        set.insert(header::CONTENT_LENGTH, HeaderValue::from(last + 1 - first));
    }
    Ok(response)
}

fn pieces(platform: &Platform, media: Uuid, first: u64, last: u64) -> Body {
    let platform = platform.clone();
    let pieces: BoxStream<'static, std::io::Result<Bytes>> = Box::pin(async_stream::try_stream! {
        let mut at = first;
        while at <= last {
            let most = usize::try_from(last + 1 - at).unwrap_or(PIECE).min(PIECE);
            let from = i64::try_from(at).map_err(std::io::Error::other)?;
            let read = store::bytes(&mut platform.db.reader(), media, from, most).await;
            let bytes = read.map_err(std::io::Error::other)?;
            // A file that was replaced meanwhile: cut off, never taken for whole.
            if bytes.is_empty() {
                Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof))?;
            }
            at += u64::try_from(bytes.len()).map_err(std::io::Error::other)?;
            yield Bytes::from(bytes);
        }
    });
    Body::from_stream(pieces)
}

fn view(row: MediaRow) -> MediaView {
    MediaView {
        id: MediaId::from_uuid(row.id),
        kind: MediaKind::parse(&row.kind).unwrap_or(MediaKind::Video),
        state: MediaState::parse(&row.state).unwrap_or(MediaState::Refused),
        file_name: row.file_name,
        byte_count: row.byte_count,
        received: row.received,
        page_count: row.page_count,
        length_ms: row.length_ms,
        created_at: Instant64::from_micros(row.created_at),
    }
}
