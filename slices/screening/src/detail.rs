//! The sealed columns of a screening: what ties a measurement or a medical reason to a person.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::{DataKey, Place, VaultError};

use crate::model::Reason;

pub(crate) const DETAIL: &str = "screening.detail";
pub(crate) const OVERRIDE: &str = "screening.override";
pub(crate) const CLINICAL: &str = "screening.clinical";

/// The measurement and all reasons, medical ones included.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// Degrees Celsius.
    pub(crate) temperature_c: Option<f64>,
    /// Reasons, then notes.
    pub(crate) reasons: Vec<Reason>,
}

/// A verdict changed by hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OverrideDetail {
    pub(crate) outcome: crate::model::Outcome,
    pub(crate) reason: String,
    pub(crate) by: String,
    pub(crate) supervisor: String,
    pub(crate) at: kernel::Instant64,
}

/// A clinical thermometer's reading.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ClinicalDetail {
    pub(crate) temperature_c: f64,
    pub(crate) by: String,
    pub(crate) at: kernel::Instant64,
    pub(crate) fever: bool,
}

pub(crate) fn seal<T: Serialize>(
    key: &DataKey,
    column: &'static str,
    row: Uuid,
    value: &T,
) -> Result<Vec<u8>, VaultError> {
    let plain = serde_json::to_vec(value).map_err(|_| VaultError::Broken)?;
    Ok(key.seal(Place { column, row }, &plain))
}

pub(crate) fn open<T: DeserializeOwned>(
    key: &DataKey,
    column: &'static str,
    row: Uuid,
    sealed: &[u8],
) -> Result<T, VaultError> {
    let plain = key.open(Place { column, row }, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
}
