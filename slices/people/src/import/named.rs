//! Whom a chunk's rows name: persons found again by their document, wherever they worked before.

use std::collections::{HashMap, HashSet};

use http_api::{ApiResult, Platform};
use kernel::Instant64;
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use super::plan::Ready;
use crate::file::document_key;
use crate::model::PersonId;
use crate::sealed::open_identity;
use crate::store::people;

/// The persons of a chunk's rows, by the rows' places in it.
pub(super) struct Named {
    /// Who it is, and whether she is new here.
    pub(super) people: HashMap<usize, (PersonId, bool)>,
    /// Rows that name somebody else than their document's owner: they are refused, or a guessed number would open a
    /// file.
    pub(super) strangers: HashSet<usize>,
}

impl Named {
    /// The ids of who is new.
    pub(super) fn newcomers(&self) -> Vec<PersonId> {
        self.people.values().filter(|(_, is_new)| *is_new).map(|(id, _)| *id).collect()
    }

    /// The ids of who was known.
    pub(super) fn known(&self) -> Vec<Uuid> {
        self.people.values().filter(|(_, is_new)| !is_new).map(|(id, _)| id.uuid()).collect()
    }
}

/// Asks who the rows' documents belong to; who is unknown gets an id.
pub(super) async fn named(platform: &Platform, rows: &[Ready], now: Instant64) -> ApiResult<Named> {
    let digest = |it: &Ready| platform.index.digest(IndexKey::Document, &document_key(&it.row.identity.document));
    let digests: Vec<Vec<u8>> = rows.iter().map(digest).collect();
    let mut reader = platform.db.reader();
    let found = people::by_digests(&mut reader, IndexKey::Document, &digests).await?;
    let found: HashMap<Vec<u8>, Uuid> = found.into_iter().collect();
    let ids: Vec<Uuid> = found.values().copied().collect();
    let keys = platform.vault.keys(&ids, Purpose::Identity).await?;
    let mut names = HashMap::new();
    for (id, kind, sealed) in people::identities(&mut reader, &ids).await? {
        let Some(key) = keys.get(&id) else { continue };
        names.insert(id, open_identity(key, id, &kind, &sealed)?.name.key());
    }
    let mut named = Named { people: HashMap::new(), strangers: HashSet::new() };
    for (ready, digest) in rows.iter().zip(&digests) {
        match found.get(digest) {
            None => {
                named.people.insert(ready.index, (PersonId::new(now), true));
            }
            Some(id) if names.get(id) == Some(&ready.row.identity.name.key()) => {
                named.people.insert(ready.index, (PersonId::from_uuid(*id), false));
            }
            Some(_) => {
                named.strangers.insert(ready.index);
            }
        }
    }
    Ok(named)
}
