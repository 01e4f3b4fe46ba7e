//! Files that hang on an application: received in parts, looked at when they are whole, kept sealed, sent as downloads only.

pub mod structure;

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use bytes::Bytes;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{Instant64, Label};
use uuid::Uuid;
use vault::DataKey;

use crate::sealed;
use crate::store::attachments::{self as store, AttachmentRow, NewAttachment, PART_MOST};
use structure::{AttachmentKind, NotTaken, kind_of};

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

/// A part that fits, sealed.
pub(crate) struct Part {
    start: i64,
    end: i64,
    sealed: Vec<u8>,
    /// What the file is; only with its last part.
    looked_at: Option<LookedAt>,
}

/// What a whole file is, with its digest, or why it is not taken.
type LookedAt = Result<(AttachmentKind, Vec<u8>), NotTaken>;

/// Seals the part that begins at `start`; with the last one the whole is looked at. Done before a transaction is opened: nobody
/// waits while a file is unpacked.
///
/// # Errors
/// `upload_offset` with what is there when the part is not the next one.
pub(crate) async fn prepare(
    db: &mut impl Read,
    key: &Arc<DataKey>,
    row: &AttachmentRow,
    start: i64,
    part: Bytes,
) -> ApiResult<Part> {
    let end = start.saturating_add(i64::try_from(part.len()).unwrap_or(i64::MAX));
    if part.is_empty() || row.byte_count < end {
        return Err(ApiError::field("file", ErrorCode::TooLarge));
    }
    // Where a byte lies follows from its number.
    if end < row.byte_count && end - start != PART_MOST {
        return Err(ApiError::field("file", ErrorCode::Invalid).with("part", PART_MOST));
    }
    if row.state != AttachmentState::Uploading.code() || row.received != start {
        return Err(not_the_next(row));
    }
    let (key, id) = (Arc::clone(key), row.id);
    let before = match end == row.byte_count {
        true => Some((whole(db, &key, row, start).await?, name(&key, row)?)),
        false => None,
    };
    let work = tokio::task::spawn_blocking(move || {
        let looked_at = before.map(|(mut bytes, name): (Vec<u8>, String)| {
            bytes.extend_from_slice(&part);
            kind_of(&name, &bytes).map(|kind| (kind, digest(&SHA256, &bytes).as_ref().to_vec()))
        });
        Part { start, end, sealed: sealed::seal_piece(&key, id, start, &part), looked_at }
    });
    work.await.map_err(|error| ApiError::internal(&error))
}

/// Stores a part. What is wrong with a whole file is no error here: it is refused, and the answer says why.
///
/// # Errors
/// `upload_offset` when somebody else was faster with it.
pub(crate) async fn receive(tx: &mut Tx, row: &AttachmentRow, part: Part) -> ApiResult<Option<NotTaken>> {
    if !store::receive(tx, row.id, part.start, part.end, part.sealed).await? {
        return Err(not_the_next(row));
    }
    match part.looked_at {
        None => Ok(None),
        Some(Ok((kind, sha256))) => Ok(store::take(tx, row.id, kind, sha256).await.map(|()| None)?),
        Some(Err(why)) => {
            store::drop_as(tx, row.id, AttachmentState::Refused.code()).await?;
            Ok(Some(why))
        }
    }
}

fn not_the_next(row: &AttachmentRow) -> ApiError {
    ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::UploadOffset).with("received", row.received)
}

fn name(key: &DataKey, row: &AttachmentRow) -> ApiResult<String> {
    sealed::open(key, sealed::FILE_NAME, row.id, &row.name_sealed)
}

/// The bytes before `until`.
async fn whole(db: &mut impl Read, key: &DataKey, row: &AttachmentRow, until: i64) -> ApiResult<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(row.byte_count).unwrap_or(0));
    let mut start = 0;
    while start < until {
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
