//! Persons as lists and gates show them: a masked name and the last digits of the phone.

use std::collections::HashMap;

use db::Read;
use http_api::{ApiResult, Platform};
use kernel::DocumentNumber;
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use crate::file::document_key;
use crate::sealed::open_identity;
use crate::store::people;

/// What others may see of who somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonBrief {
    /// `陈*强`.
    pub masked_name: String,
    /// Last four digits of the phone.
    pub tail: String,
}

/// Briefs of many persons, for rows that were reached inside a scope already. An erased person is absent.
pub async fn briefs(platform: &Platform, db: &mut impl Read, ids: &[Uuid]) -> ApiResult<HashMap<Uuid, PersonBrief>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let rows = people::identities(db, &ids).await?;
    open_briefs(platform, rows).await
}

/// By what a document is found.
pub fn document_digest(platform: &Platform, document: &DocumentNumber) -> Vec<u8> {
    platform.index.digest(IndexKey::Document, &document_key(document))
}

/// Files of people whom the register knows by these documents. Who asks has the documents before her, and learns nothing of the files.
pub async fn by_document(
    platform: &Platform,
    db: &mut impl Read,
    documents: &[DocumentNumber],
) -> ApiResult<HashMap<DocumentNumber, Uuid>> {
    let digests: Vec<Vec<u8>> = documents.iter().map(|it| document_digest(platform, it)).collect();
    let found: HashMap<Vec<u8>, Uuid> =
        people::by_digests(db, IndexKey::Document, &digests).await?.into_iter().collect();
    let of = |(it, digest): (&DocumentNumber, Vec<u8>)| Some((it.clone(), *found.get(&digest)?));
    Ok(documents.iter().zip(digests).filter_map(of).collect())
}

/// Opens sealed identities that were read already.
pub(crate) async fn open_briefs(
    platform: &Platform,
    rows: Vec<(Uuid, String, Vec<u8>)>,
) -> ApiResult<HashMap<Uuid, PersonBrief>> {
    let ids: Vec<Uuid> = rows.iter().map(|(id, _, _)| *id).collect();
    let keys = platform.vault.keys(&ids, Purpose::Identity).await?;
    let mut briefs = HashMap::with_capacity(rows.len());
    for (id, kind, sealed) in rows {
        let Some(key) = keys.get(&id) else { continue };
        let identity = open_identity(key, id, &kind, &sealed)?;
        let brief = PersonBrief {
            masked_name: kernel::text::mask_name(identity.name.as_str()),
            tail: identity.phone.tail().to_owned(),
        };
        briefs.insert(id, brief);
    }
    Ok(briefs)
}
