//! Sealed columns of a person, and what opens them.

use kernel::{DocumentKind, DocumentNumber, Label, Phone};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::{DataKey, Place, VaultError};

use crate::model::Identity;

pub(crate) const IDENTITY: &str = "person.identity";
pub(crate) const HEALTH: &str = "person.health";
pub(crate) const REASONS: &str = "person.status_reasons";
pub(crate) const FACT: &str = "fact.detail";

#[derive(Serialize, Deserialize)]
struct StoredIdentity {
    name: String,
    number: String,
    phone: String,
}

/// Seals any value as JSON at a place.
pub(crate) fn seal<T: Serialize>(
    key: &DataKey,
    column: &'static str,
    row: Uuid,
    value: &T,
) -> Result<Vec<u8>, VaultError> {
    let plain = serde_json::to_vec(value).map_err(|_| VaultError::Broken)?;
    Ok(key.seal(Place { column, row }, &plain))
}

/// Opens what [`seal`] made.
pub(crate) fn open<T: DeserializeOwned>(
    key: &DataKey,
    column: &'static str,
    row: Uuid,
    sealed: &[u8],
) -> Result<T, VaultError> {
    let plain = key.open(Place { column, row }, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
}

pub(crate) fn seal_identity(key: &DataKey, person: Uuid, identity: &Identity) -> Result<Vec<u8>, VaultError> {
    let stored = StoredIdentity {
        name: identity.name.as_str().to_owned(),
        number: identity.document.as_str().to_owned(),
        phone: identity.phone.as_str().to_owned(),
    };
    seal(key, IDENTITY, person, &stored)
}

pub(crate) fn open_identity(
    key: &DataKey,
    person: Uuid,
    document_kind: &str,
    sealed: &[u8],
) -> Result<Identity, VaultError> {
    let stored: StoredIdentity = open(key, IDENTITY, person, sealed)?;
    let broken = |_| VaultError::Broken;
    let kind = DocumentKind::parse(document_kind).map_err(broken)?;
    Ok(Identity {
        name: Label::parse(&stored.name).map_err(broken)?,
        document: DocumentNumber::parse(kind, &stored.number).map_err(broken)?,
        phone: Phone::parse(&stored.phone).map_err(broken)?,
    })
}
