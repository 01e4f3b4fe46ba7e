//! Files of an application: sent in parts, taken away, and given out as downloads only.

use access::Permission;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write, listing};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drafts::opened;
use super::views::{AttachmentView, attachment};
use super::{application_id, note};
use crate::applications::rules;
use crate::applications::writing::Opened;
use crate::attachments::structure::{AttachmentKind, NotTaken};
use crate::attachments::{self, AttachmentId, AttachmentState};
use crate::forms::model::Takes;
use crate::record::entry;
use crate::sealed;
use crate::store::applications;
use crate::store::attachments::{self as store, PART_MOST};

/// A file to be sent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AttachmentNew {
    /// The question that it answers.
    field: String,
    file_name: String,
    /// At most 20 MiB.
    byte_count: i64,
}

/// A file after one of its parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentReceived {
    attachment: AttachmentView,
    /// Why a whole file was refused: `file_form`, `file_name` or `file_bomb`.
    refused: Option<ErrorCode>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(receive))
        .routes(routes!(remove))
        .routes(routes!(content))
}

/// Begin to send a file.
#[utoipa::path(post, path = "/applications/{id}/attachments", tag = "reopening", params(("id" = String, Path)), request_body = AttachmentNew, responses((status = 201, body = AttachmentView)))]
async fn begin(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<AttachmentNew>,
) -> ApiResult<(StatusCode, Json<AttachmentView>)> {
    let (scope, id) = (me.require(Permission::Apply)?, application_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let opened = opened(&platform, &mut write, &scope, id).await?;
    takes_files(&opened, &body.field)?;
    let name = body.file_name.as_str();
    let file =
        attachments::begin(&mut write.tx, &opened.key, opened.row.id, &body.field, name, body.byte_count, now).await?;
    note(&mut write, &scope, "application.file_added", id, json!({ "field": body.field, "bytes": body.byte_count }))
        .await?;
    let row = store::find(&mut write.tx, opened.row.id, file.uuid()).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::CREATED, attachment(&opened.key, &row)?).await
}

/// A question for files that is open.
fn takes_files(opened: &Opened, field: &str) -> ApiResult<()> {
    let known = opened.form.definition.sections.iter().flat_map(|it| &it.fields).find(|it| it.key == field);
    if !known.is_some_and(|it| matches!(it.takes, Takes::Files { .. })) {
        return Err(ApiError::field("field", ErrorCode::WordUnknown).with("question", field));
    }
    let open = opened.open_fields();
    match open.is_empty() || open.contains(field) {
        true => Ok(()),
        false => Err(ApiError::field("field", ErrorCode::FieldClosed).with("question", field)),
    }
}

/// Send the next part: at most 1 MiB, at the offset that `Upload-Offset` names. A part that is sent twice is refused with
/// what is there, so nothing is stored twice. After the last one the file is looked at: what it is, not what it is called.
#[utoipa::path(patch, path = "/applications/{id}/attachments/{attachment_id}/parts", tag = "reopening", params(("id" = String, Path), ("attachment_id" = String, Path), ("Upload-Offset" = i64, Header)), request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"), responses((status = 200, body = AttachmentReceived)))]
async fn receive(
    State(platform): State<Platform>,
    me: Me,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Json<AttachmentReceived>> {
    let scope = me.require(Permission::Apply)?;
    let file: AttachmentId = file.parse().map_err(|_| ApiError::not_found())?;
    let mut db = platform.db.reader();
    let row = applications::find(&mut db, &scope, application_id(&id)?).await?.ok_or_else(ApiError::not_found)?;
    let found = store::find(&mut db, row.id, file.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let offset = headers.get("upload-offset").and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<i64>().ok());
    let offset = offset.filter(|it| 0 <= *it).ok_or_else(|| ApiError::field("offset", ErrorCode::Required))?;
    let key = sealed::key(&platform, row.id).await?;
    let part = attachments::prepare(&mut db, &key, &found, offset, body).await?;
    let mut tx = platform.db.begin().await?;
    let row = applications::lock(&mut tx, &scope, application_id(&id)?).await?.ok_or_else(ApiError::not_found)?;
    if !rules::is_open(row.state()?) {
        return Err(ApiError::state());
    }
    let refused = attachments::receive(&mut tx, &found, part).await?;
    let found = store::find(&mut tx, row.id, file.uuid()).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    let refused = refused.map(|it| match it {
        NotTaken::Kind => ErrorCode::FileForm,
        NotTaken::Name => ErrorCode::FileName,
        NotTaken::Bomb => ErrorCode::FileBomb,
    });
    Ok(Json(AttachmentReceived { attachment: attachment(&key, &found)?, refused }))
}

/// Take a file away.
#[utoipa::path(post, path = "/applications/{id}/attachments/{attachment_id}/remove", tag = "reopening", params(("id" = String, Path), ("attachment_id" = String, Path)), responses((status = 200, body = AttachmentView)))]
async fn remove(
    State(platform): State<Platform>,
    me: Me,
    Path((id, file)): Path<(String, String)>,
) -> ApiResult<(StatusCode, Json<AttachmentView>)> {
    let (scope, id) = (me.require(Permission::Apply)?, application_id(&id)?);
    let file: AttachmentId = file.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let opened = opened(&platform, &mut write, &scope, id).await?;
    let found = store::find(&mut write.tx, opened.row.id, file.uuid()).await?.ok_or_else(ApiError::not_found)?;
    takes_files(&opened, &found.field)?;
    if !store::drop_as(&mut write.tx, found.id, AttachmentState::Removed.code()).await? {
        return Err(ApiError::state());
    }
    note(&mut write, &scope, "application.file_removed", id, json!({ "field": found.field })).await?;
    let found = store::find(&mut write.tx, opened.row.id, file.uuid()).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, attachment(&opened.key, &found)?).await
}

/// A file, to be saved: no browser opens it as a page of ours.
#[utoipa::path(get, path = "/applications/{id}/attachments/{attachment_id}/content", tag = "reopening", params(("id" = String, Path), ("attachment_id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = String)))]
async fn content(
    State(platform): State<Platform>,
    me: Me,
    Path((id, file)): Path<(String, String)>,
) -> ApiResult<Response> {
    let (scope, id) = (me.require(Permission::ReadApplications)?, application_id(&id)?);
    let file: AttachmentId = file.parse().map_err(|_| ApiError::not_found())?;
    let mut db = platform.db.reader();
    let row = applications::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let found = store::find(&mut db, row.id, file.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let kind = found.kind.as_deref().and_then(AttachmentKind::parse);
    let Some(kind) = kind.filter(|_| found.state == AttachmentState::Ready.code()) else {
        return Err(ApiError::not_found());
    };
    let key = sealed::key(&platform, row.id).await?;
    let view = attachment(&key, &found)?;
    let detail = json!({ "field": found.field, "file": file.to_string() });
    listing::written_down(&platform, entry(&scope, platform.now(), "application.file_read", id.to_string(), detail))
        .await?;
    let bytes = found.byte_count;
    let parts = async_stream::try_stream! {
        let mut start = 0;
        while start < bytes {
            let part = attachments::part(&mut db, &key, found.id, start).await.map_err(|it| std::io::Error::other(format!("{it:?}")))?;
            yield Bytes::from(part);
            start += PART_MOST;
        }
    };
    let parts: futures_util::stream::BoxStream<'static, Result<Bytes, std::io::Error>> = Box::pin(parts);
    Ok((download_headers(kind, &view), Body::from_stream(parts)).into_response())
}

fn download_headers(kind: AttachmentKind, view: &AttachmentView) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(view.byte_count));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    // RFC 6266: the name in UTF-8, and a plain one for who does not read that.
    let name: String = view.file_name.bytes().map(encoded).collect();
    let disposition = format!("attachment; filename=\"{}.{}\"; filename*=UTF-8''{name}", view.id, kind.code());
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

/// RFC 8187: what is no attribute character is written as its byte.
fn encoded(byte: u8) -> String {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
