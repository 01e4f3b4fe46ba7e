//! People over HTTP.

mod activation;
mod acts;
mod appeals;
mod consents;
mod corrections;
mod declarations;
mod duplicates;
pub(crate) mod duties;
mod employment_view;
mod employments;
pub(crate) mod faces;
mod file;
mod homes;
mod import_refused;
mod import_table;
mod import_upload;
mod imports;
mod list;
pub(crate) mod mine;
mod red_orders;
mod status_rules;
mod timeline;
pub(crate) mod training;

use access::Scope;
use audit::{Entry, NOTE_COLUMN, Note};
use db::Read;
use http_api::{ApiError, ApiResult, Platform, Write};
use serde_json::Value as Json;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;
use vault::{Place, Purpose};

use crate::model::PersonId;
use crate::store::people;

/// Routes of people.
pub fn router() -> OpenApiRouter<Platform> {
    list::router()
        .merge(file::router())
        .merge(timeline::router())
        .merge(acts::router())
        .merge(activation::router())
        .merge(corrections::router())
        .merge(consents::router())
        .merge(faces::router())
        .merge(declarations::router())
        .merge(duties::router())
        .merge(homes::router())
        .merge(homes::list::router())
        .merge(status_rules::router())
        .merge(red_orders::router())
        .merge(appeals::router())
        .merge(mine::router())
        .merge(duplicates::router())
        .merge(employments::router())
        .merge(imports::router())
        .merge(import_upload::router())
        .merge(import_table::router())
        .merge(import_refused::router())
        .merge(training::router())
}

pub(crate) fn person_id(text: &str) -> ApiResult<PersonId> {
    text.parse().map_err(|_| ApiError::not_found())
}

/// The file that is asked for, inside the scope: the id of one that was merged leads to the one it became part of.
pub(crate) async fn standing(db: &mut impl Read, scope: &Scope, id: PersonId) -> ApiResult<PersonId> {
    let row = people::find(db, scope, id).await?.ok_or_else(ApiError::not_found)?;
    Ok(PersonId::from_uuid(row.id))
}

/// Writes down an act on one person, with the act. Free text is sealed under her key.
pub(crate) async fn note(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    person: PersonId,
    detail: Json,
    text: Option<&str>,
) -> ApiResult<()> {
    note_on(platform, write, scope, act, person, &[], detail, text).await
}

/// As [`note`], for an act that touches others, too.
#[expect(clippy::too_many_arguments, reason = "an entry has so many members")]
async fn note_on(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    person: PersonId,
    others: &[Uuid],
    detail: Json,
    text: Option<&str>,
) -> ApiResult<()> {
    let note = match text {
        Some(text) => Some(sealed_note(platform, person, text).await?),
        None => None,
    };
    let purpose = detail.get("purpose").and_then(Json::as_str).unwrap_or_default().to_owned();
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: &purpose,
        subject: Some(person.to_string()),
        people: &[&[person.uuid()], others].concat(),
        detail,
        note,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

async fn sealed_note(platform: &Platform, person: PersonId, text: &str) -> ApiResult<Note> {
    let key = platform.vault.key(person.uuid(), Purpose::Identity).await?;
    let place = Place { column: NOTE_COLUMN, row: person.uuid() };
    Ok(Note { person: person.uuid(), sealed: key.seal(place, text.as_bytes()) })
}
