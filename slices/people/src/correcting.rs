//! Correcting who somebody is: identity, its blind indexes, and everything that hangs on a phone.

use access::{Scope, worker};
use db::{DbError, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{DocumentNumber, Instant64, Label, Phone};
use notify::messages::{Message, Template};
use serde_json::json;
use vault::Purpose;

use crate::duplicates;
use crate::file::{self, NewFact, index_entries};
use crate::model::{FactKind, PersonId};
use crate::sealed::{open_identity, seal_identity};
use crate::store::people;
use crate::store::people::PersonRow;

/// What to change; none keeps.
#[derive(Clone, Default)]
pub(crate) struct Change {
    pub(crate) name: Option<Label>,
    pub(crate) phone: Option<Phone>,
    pub(crate) document: Option<DocumentNumber>,
}

impl Change {
    fn fields(&self) -> Vec<&'static str> {
        let fields = [
            self.name.as_ref().map(|_| "name"),
            self.phone.as_ref().map(|_| "phone"),
            self.document.as_ref().map(|_| "document_number"),
        ];
        fields.into_iter().flatten().collect()
    }
}

/// Changes the identity of a file that the caller has locked; the names of the fields come back.
///
/// A phone that is replaced signs out whoever signed in with the old one, and the old one is told.
pub(crate) async fn correct(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    row: &PersonRow,
    change: Change,
    now: Instant64,
) -> ApiResult<Vec<&'static str>> {
    let id = PersonId::from_uuid(row.id);
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let mut identity = open_identity(&key, row.id, &row.document_kind, &row.identity_sealed)?;
    let fields = change.fields();
    let old_phone = identity.phone.clone();
    identity.name = change.name.unwrap_or(identity.name);
    identity.phone = change.phone.unwrap_or(identity.phone);
    identity.document = change.document.unwrap_or(identity.document);
    let kind = identity.document.kind().code();
    people::update_identity(tx, id, kind, seal_identity(&key, row.id, &identity)?).await?;
    people::delete_index(tx, id).await?;
    people::index(tx, index_entries(platform, id, &identity)).await.map_err(document_taken)?;
    duplicates::look_for(platform, tx, &[(id, &identity)], now).await?;
    file::rosters_of(tx, id, now).await?;
    if identity.phone != old_phone {
        worker::end_all(tx, row.id).await?;
        let told = Message::new(Template::PhoneReplaced, &old_phone);
        platform.messages.send(tx, &told, DAY, now).await.map_err(|error| ApiError::internal(&error))?;
    }
    let fact = NewFact {
        person: row.id,
        kind: FactKind::Corrected,
        occurred_at: now,
        source: scope.actor().name.clone(),
        site: None,
        detail: json!({ "fields": fields }),
    };
    file::record_facts(platform, tx, vec![fact], now).await?;
    Ok(fields)
}

fn document_taken(error: DbError) -> ApiError {
    match error {
        DbError::Unique(_) => ApiError::field("document_number", ErrorCode::Taken),
        other => other.into(),
    }
}
