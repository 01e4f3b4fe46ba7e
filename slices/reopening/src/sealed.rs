//! What of an application is sealed, and under which key: one an application, destroyed with it.

use std::sync::Arc;

use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose, VaultError};

pub(crate) const ANSWERS: &str = "application.answers";
pub(crate) const PLEDGE: &str = "application.pledge";
pub(crate) const NOTE: &str = "application_step.note";
pub(crate) const OPINION: &str = "application_opinion.note";
pub(crate) const REPORT: &str = "inspection.report";
pub(crate) const DEFECT: &str = "inspection_defect.note";
pub(crate) const PHOTO_FACTS: &str = "inspection_photo.facts";
const PICTURE: &str = "inspection_photo.bytes";
pub(crate) const FILE_NAME: &str = "application_attachment.name";
const PIECE: &str = "application_piece.bytes";

/// The key of an application that is begun now.
pub(crate) async fn new_key(platform: &Platform, application: Uuid, now: Instant64) -> ApiResult<Arc<DataKey>> {
    Ok(platform.vault.make(application, Purpose::Identity, now).await?)
}

/// The key of an application.
pub(crate) async fn key(platform: &Platform, application: Uuid) -> ApiResult<Arc<DataKey>> {
    Ok(platform.vault.key(application, Purpose::Identity).await?)
}

pub(crate) fn seal<T: Serialize>(key: &DataKey, column: &'static str, row: Uuid, value: &T) -> ApiResult<Vec<u8>> {
    let plain = serde_json::to_vec(value).map_err(|error| ApiError::internal(&error))?;
    Ok(key.seal(Place { column, row }, &plain))
}

pub(crate) fn open<T: DeserializeOwned>(key: &DataKey, column: &'static str, row: Uuid, sealed: &[u8]) -> ApiResult<T> {
    let plain = key.open(Place { column, row }, sealed)?;
    serde_json::from_slice(&plain).map_err(|error| ApiError::internal(&error))
}

/// Each piece of a file is sealed for its own place, so that none can be put where another was.
fn place(attachment: Uuid, start_byte: i64) -> Place {
    let number = u128::from(start_byte.unsigned_abs());
    Place { column: PIECE, row: Uuid::from_u128(attachment.as_u128().wrapping_add(number)) }
}

pub(crate) fn seal_piece(key: &DataKey, attachment: Uuid, start_byte: i64, plain: &[u8]) -> Vec<u8> {
    key.seal(place(attachment, start_byte), plain)
}

pub(crate) fn open_piece(
    key: &DataKey,
    attachment: Uuid,
    start_byte: i64,
    sealed: &[u8],
) -> Result<Vec<u8>, VaultError> {
    key.open(place(attachment, start_byte), sealed)
}

pub(crate) fn seal_picture(key: &DataKey, photo: Uuid, plain: &[u8]) -> Vec<u8> {
    key.seal(Place { column: PICTURE, row: photo }, plain)
}

pub(crate) fn open_picture(key: &DataKey, photo: Uuid, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    key.open(Place { column: PICTURE, row: photo }, sealed)
}
