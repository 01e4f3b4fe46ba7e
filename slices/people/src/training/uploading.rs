//! Receiving a film or a document in parts, in their order; one that breaks off goes on where it ended.

use db::{Condition, Tx};
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{Instant64, Label};

use super::media::{BOX_HEAD, MOVIE_MOST, box_head, kind_of, length_ms};
use super::model::{MediaId, MediaKind, MediaState};
use crate::http::training::media::MediaNew;
use crate::store::training::captions;
use crate::store::training::courses::{self, CourseRow};
use crate::store::training::media::{self as store, MediaRow, NewMedia};

/// The largest file.
const FILE_MOST: i64 = 512 * 1024 * 1024;
const PAGES_MOST: i64 = 500;
/// What the courses of one enterprise, or of one area, may hold together.
const OWNER_MOST: i64 = 8 * 1024 * 1024 * 1024;

/// Begins an upload; one of the same course that is under way gives way.
pub(crate) async fn begin(tx: &mut Tx, course: &CourseRow, body: &MediaNew, now: Instant64) -> ApiResult<MediaId> {
    let owner = match course.enterprise_id {
        Some(enterprise) => Condition::eq("k.enterprise_id", enterprise),
        None => Condition::all([
            Condition::literal("k.enterprise_id is null"),
            Condition::eq("k.area_code", course.area_code.as_str()),
        ]),
    };
    let name = Label::parse(&body.file_name).map_err(|it| ApiError::invalid("file_name", it))?;
    if !(1..=FILE_MOST).contains(&body.byte_count) {
        let code = if body.byte_count > FILE_MOST { ErrorCode::TooLarge } else { ErrorCode::Required };
        return Err(ApiError::field("byte_count", code).with("most", FILE_MOST));
    }
    let (page_count, length_ms) = match body.kind {
        MediaKind::Video => (None, 0),
        MediaKind::Document => {
            let pages = within("page_count", body.page_count, 1, PAGES_MOST)?;
            (Some(pages), pages * within("seconds_per_page", body.seconds_per_page, 5, 600)? * 1_000)
        }
    };
    let there = store::bytes_of(tx, owner).await?;
    if OWNER_MOST < there.saturating_add(body.byte_count) {
        return Err(ApiError::field("byte_count", ErrorCode::TooLarge).with("most", OWNER_MOST - there.min(OWNER_MOST)));
    }
    store::abandon(tx, course.id).await?;
    let id = MediaId::new(now);
    let course = course.id;
    let (kind, byte_count) = (body.kind, body.byte_count);
    let new = NewMedia { id, course, kind, file_name: name.as_str(), byte_count, page_count, length_ms };
    store::insert(tx, new, now).await?;
    Ok(id)
}

fn within(field: &'static str, value: Option<i64>, least: i64, most: i64) -> ApiResult<i64> {
    let value = value.ok_or_else(|| ApiError::field(field, ErrorCode::Required))?;
    match (least..=most).contains(&value) {
        true => Ok(value),
        false => Err(ApiError::field(field, ErrorCode::OutOfRange).with("least", least).with("most", most)),
    }
}

/// Stores the part that begins at `offset`, and looks at the whole once it is there.
///
/// # Errors
/// `upload_offset` with what is there when the part is not the next one.
pub(crate) async fn receive(tx: &mut Tx, row: &MediaRow, offset: i64, part: Vec<u8>) -> ApiResult<()> {
    let end = offset.saturating_add(i64::try_from(part.len()).unwrap_or(i64::MAX));
    if part.is_empty() || end > row.byte_count {
        return Err(ApiError::field("file", ErrorCode::TooLarge));
    }
    // Where a byte lies follows from its number.
    if end < row.byte_count && end - offset != store::PART_MOST {
        return Err(ApiError::field("file", ErrorCode::Invalid).with("part", store::PART_MOST));
    }
    if row.state != MediaState::Uploading.code() || !store::receive(tx, row.id, offset, part).await? {
        let conflict = ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::UploadOffset);
        return Err(conflict.with("received", row.received));
    }
    if end < row.byte_count {
        return Ok(());
    }
    match length_of(tx, row).await? {
        Some(length_ms) => finish(tx, row, length_ms).await,
        None => {
            store::finish(tx, row.id, MediaState::Refused, 0).await?;
            Ok(())
        }
    }
}

/// The draft shows it from now on; what it showed before is swept away, its captions at once.
async fn finish(tx: &mut Tx, row: &MediaRow, length_ms: i64) -> ApiResult<()> {
    store::finish(tx, row.id, MediaState::Ready, length_ms).await?;
    if !courses::show(tx, row.course_id, row.id, length_ms).await? {
        return Err(ApiError::state());
    }
    Ok(captions::drop_all(tx, row.course_id).await?)
}

/// How long it takes to watch or to read; nothing for what is not what it was said to be.
async fn length_of(tx: &mut Tx, row: &MediaRow) -> ApiResult<Option<i64>> {
    let kind = kind_of(&store::bytes(tx, row.id, 0, BOX_HEAD).await?);
    if kind.map(MediaKind::code) != Some(row.kind.as_str()) {
        return Ok(None);
    }
    match kind {
        Some(MediaKind::Video) => film_ms(tx, row).await,
        Some(MediaKind::Document) | None => Ok(Some(row.length_ms)),
    }
}

/// Goes from box to box until the one that says how long it lasts.
async fn film_ms(tx: &mut Tx, row: &MediaRow) -> ApiResult<Option<i64>> {
    let length = u64::try_from(row.byte_count).unwrap_or(0);
    let mut at = 0;
    // More boxes than any film has: a file of nothing but heads is none.
    for _ in 0..64 {
        let Ok(from) = i64::try_from(at) else { return Ok(None) };
        let head = store::bytes(tx, row.id, from, BOX_HEAD).await?;
        let Some(found) = box_head(&head, length.saturating_sub(at)) else { return Ok(None) };
        if &found.kind == b"moov" {
            let size = found.end - found.content;
            let Ok(most) = usize::try_from(size.min(MOVIE_MOST)) else { return Ok(None) };
            let Ok(from) = i64::try_from(at + found.content) else { return Ok(None) };
            return Ok(length_ms(&store::bytes(tx, row.id, from, most).await?));
        }
        at += found.end;
    }
    Ok(None)
}
