//! Files that hang on an application: received in parts, looked at when they are whole, kept sealed, sent as downloads only.

pub mod structure;

use aws_lc_rs::digest::{SHA256, digest};
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{Instant64, Label};
use uuid::Uuid;
use vault::DataKey;

use crate::sealed;
use crate::store::attachments::{self as store, AttachmentRow, NewAttachment, PART_MOST};
use structure::{NotTaken, kind_of};

kernel::id_type! {
    /// A file of an application.
    pub struct AttachmentId; prefix = "att"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How far a file has come.
    pub enum AttachmentState {
        /// Parts are missing.
        Uploading = "uploading",
        /// It is whole, and what its name says.
        Ready = "ready",
        /// It is not what it should be.
        Refused = "refused",
        /// It was taken away.
        Removed = "removed",
    }
}

/// The largest file.
pub const FILE_MOST: i64 = 20 * 1024 * 1024;
/// The most files of one application.
pub const FILES_MOST: usize = 60;

/// Begins to receive a file.
pub(crate) async fn begin(
    tx: &mut Tx,
    key: &DataKey,
    application: Uuid,
    field: &str,
    file_name: &str,
    byte_count: i64,
    now: Instant64,
) -> ApiResult<AttachmentId> {
    let name = Label::parse(file_name).map_err(|it| ApiError::invalid("file_name", it))?;
    match byte_count {
        ..=0 => return Err(ApiError::field("byte_count", ErrorCode::Required)),
        1..=FILE_MOST => {}
        _ => return Err(ApiError::field("byte_count", ErrorCode::TooLarge).with("most", FILE_MOST)),
    }
    if FILES_MOST <= store::of_application(tx, application).await?.len() {
        return Err(ApiError::field("field", ErrorCode::TooManyRows).with("most", FILES_MOST));
    }
    let id = AttachmentId::new(now);
    let name = sealed::seal(key, sealed::FILE_NAME, id.uuid(), &name.as_str())?;
    store::insert(tx, NewAttachment { id, application, field, name, byte_count }, now).await?;
    Ok(id)
}

/// Stores the part that begins at `offset`; the last one has the whole looked at.
///
/// # Errors
/// `upload_offset` with what is there when the part is not the next one. What is wrong with a whole file is no error here: it
/// is refused, and the answer says why.
pub(crate) async fn receive(
    tx: &mut Tx,
    key: &DataKey,
    row: &AttachmentRow,
    offset: i64,
    part: &[u8],
) -> ApiResult<Option<NotTaken>> {
    let end = offset.saturating_add(i64::try_from(part.len()).unwrap_or(i64::MAX));
    if part.is_empty() || row.byte_count < end {
        return Err(ApiError::field("file", ErrorCode::TooLarge));
    }
    // Where a byte lies follows from its number.
    if end < row.byte_count && end - offset != PART_MOST {
        return Err(ApiError::field("file", ErrorCode::Invalid).with("part", PART_MOST));
    }
    let piece = sealed::seal_piece(key, row.id, offset, part);
    if row.state != AttachmentState::Uploading.code() || !store::receive(tx, row.id, offset, end, piece).await? {
        let conflict = ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::UploadOffset);
        return Err(conflict.with("received", row.received));
    }
    if end < row.byte_count {
        return Ok(None);
    }
    let bytes = whole(tx, key, row).await?;
    let name: String = sealed::open(key, sealed::FILE_NAME, row.id, &row.name_sealed)?;
    match kind_of(&name, &bytes) {
        Ok(kind) => {
            store::take(tx, row.id, kind, digest(&SHA256, &bytes).as_ref().to_vec()).await?;
            Ok(None)
        }
        Err(why) => {
            store::drop_as(tx, row.id, AttachmentState::Refused.code()).await?;
            Ok(Some(why))
        }
    }
}

async fn whole(db: &mut impl Read, key: &DataKey, row: &AttachmentRow) -> ApiResult<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(row.byte_count).unwrap_or(0));
    let mut start = 0;
    while start < row.byte_count {
        bytes.extend(part(db, key, row.id, start).await?);
        start += PART_MOST;
    }
    Ok(bytes)
}

/// A part of a file, in the clear.
pub(crate) async fn part(db: &mut impl Read, key: &DataKey, id: Uuid, start: i64) -> ApiResult<Vec<u8>> {
    let piece = store::piece(db, id, start).await?.ok_or_else(ApiError::not_found)?;
    Ok(sealed::open_piece(key, id, start, &piece)?)
}

/// Deletes files that hang on nothing: refused and removed ones, and those that broke off a day ago.
pub async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    let before = platform.now().plus(-DAY);
    // Some at a time: a large file goes in several turns, and nobody waits for it.
    for _ in 0..200 {
        let mut tx = platform.db.begin().await?;
        let Some(id) = store::unused(&mut tx, before).await? else { break };
        store::forget_some(&mut tx, id).await?;
        tx.commit().await?;
    }
    Ok(())
}
