//! Acts on a person over HTTP: register, correct, employ, leave, attest, clear, reveal, erase.

use access::{Located, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::time::MINUTE;
use kernel::{DocumentKind, DocumentNumber, Instant64, Label, Phone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use super::employments::{EmploymentNew, checked_employment};
use super::file::{PersonFile, person_file};
use super::timeline::CLEARED;
use super::{note, person_id, standing};
use crate::correcting::{self, Change};
use crate::file::{self, NewPerson, document_key, employ, make_keys};
use crate::model::{FactKind, Health, Identity, PersonId};
use crate::rules::left_by;
use crate::sealed::open_identity;
use crate::status::{change_health, clear_fever};
use crate::store::employments::{self, EmploymentRow};
use crate::store::people;
use crate::{NewFact, erasure};

/// A person to be registered.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonNew {
    name: String,
    document_kind: String,
    document_number: String,
    phone: String,
    employment: Option<EmploymentNew>,
    /// When somebody stated that she is well; a date or RFC 3339.
    attested_at: Option<String>,
    left_affected_area_on: Option<String>,
}

/// Corrections; null keeps.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonPatch {
    name: Option<String>,
    phone: Option<String>,
}

/// A reason in words.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReasonText {
    pub(super) reason: String,
}

/// A note in words.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NoteText {
    note: String,
}

/// A statement about somebody's health.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Attestation {
    well: bool,
    symptoms: Vec<String>,
    left_affected_area_on: Option<String>,
}

/// Which fields are wanted in the clear, and why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RevealAsk {
    fields: Vec<String>,
    purpose: String,
    reason: String,
}

/// The fields in the clear, for five minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revealed {
    name: Option<String>,
    document_number: Option<String>,
    phone: Option<String>,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

/// What an erasure did.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureReceipt {
    #[schema(value_type = String)]
    person_id: PersonId,
    #[schema(value_type = String)]
    erased_at: Instant64,
    keys_destroyed: u64,
    rows_deleted: u64,
}

const FIELDS: [&str; 3] = ["name", "document_number", "phone"];
pub(super) const PURPOSES: [&str; 6] = ["trace", "correct", "own_request", "roster", "audit", "other"];
const REVEALED_FOR: i64 = 5 * MINUTE;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(correct))
        .routes(routes!(attest))
        .routes(routes!(clear))
        .routes(routes!(reveal))
        .routes(routes!(erase))
}

pub(super) type Answer = ApiResult<(StatusCode, Json<PersonFile>)>;

/// Register a person, or find her again by her document.
#[utoipa::path(post, path = "/people", tag = "people", request_body = PersonNew, responses((status = 201, body = PersonFile)))]
async fn register(State(platform): State<Platform>, me: Me, Json(body): Json<PersonNew>) -> Answer {
    let scope = me.require(Permission::EditPeople)?;
    let identity = identity(&body)?;
    let now = platform.now();
    let id = PersonId::new(now);
    make_keys(&platform, &[id], now).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let digest = platform.index.digest(IndexKey::Document, &document_key(&identity.document));
    let known = people::by_digests(&mut write.tx, IndexKey::Document, &[digest]).await?.pop();
    let id = match known {
        Some((_, id)) => {
            same_person(&platform, &mut write, id, &identity).await?;
            // Taken, so that she is not merged away between here and her employment.
            match people::lock_standing(&mut write.tx, &[id]).await? {
                true => PersonId::from_uuid(id),
                false => return Err(ApiError::state()),
            }
        }
        None => {
            let attested_at = date("attested_at", body.attested_at.given())?.map(|it| it.min(now));
            let health = Health {
                attested_at,
                attested_well: attested_at.is_some(),
                left_affected_area_at: date("left_affected_area_on", body.left_affected_area_on.given())?
                    .map(|it| left_by(it, now)),
                ..Health::default()
            };
            file::register(&platform, &mut write.tx, &[NewPerson { id, identity, health }], &scope.actor().name, now)
                .await?;
            id
        }
    };
    // Without an employment nobody but the authority could find her again: one inside the scope is needed.
    let employment = body.employment.ok_or_else(|| ApiError::field("employment", ErrorCode::Required))?;
    let employment = checked_employment(&mut write, &scope, &employment).await?;
    employ(&platform, &mut write.tx, vec![(id, employment)], &scope.actor().name, now).await?;
    note(&platform, &mut write, &scope, "person.registered", id, json!({}), None).await?;
    answer(&platform, write, &scope, id, StatusCode::CREATED).await
}

/// Correct a name or a phone.
#[utoipa::path(patch, path = "/people/{id}", tag = "people", params(("id" = String, Path)), request_body = PersonPatch, responses((status = 200, body = PersonFile)))]
async fn correct(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<PersonPatch>,
) -> Answer {
    let scope = me.require(Permission::EditPeople)?;
    let id = person_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = people::locked(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let id = PersonId::from_uuid(row.id);
    wholly_in_reach(&mut write, &scope, id).await?;
    let name = body.name.given().map(Label::parse).transpose().map_err(|it| ApiError::invalid("name", it))?;
    let phone = body.phone.given().map(Phone::parse).transpose().map_err(|it| ApiError::invalid("phone", it))?;
    let (now, change) = (write.now, Change { name, phone, document: None });
    let fields = correcting::correct(&platform, &mut write.tx, &scope, &row, change, now).await?;
    let detail = json!({ "fields": fields, "purpose": "correct" });
    note(&platform, &mut write, &scope, "person.corrected", id, detail, None).await?;
    answer(&platform, write, &scope, id, StatusCode::OK).await
}

/// State that a person is well, or not.
#[utoipa::path(post, path = "/people/{id}/attestations", tag = "people", params(("id" = String, Path)), request_body = Attestation, responses((status = 201, body = PersonFile)))]
async fn attest(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<Attestation>,
) -> Answer {
    let scope = me.require(Permission::Attest)?;
    let id = person_id(&id)?;
    let left = date("left_affected_area_on", body.left_affected_area_on.given())?;
    // Stated symptoms count for their time; only the health authority may take them back.
    let medical = scope.sees_medical();
    let mut write = Write::begin(&platform, &me).await?;
    let id = standing(&mut write.tx, &scope, id).await?;
    let now = write.now;
    let symptoms: Result<Vec<Label>, _> = body.symptoms.iter().take(20).map(|it| Label::parse(it)).collect();
    let symptoms = symptoms.map_err(|it| ApiError::invalid("symptoms", it))?;
    let symptoms: Vec<&str> = symptoms.iter().map(Label::as_str).collect();
    let detail = json!({ "well": body.well, "symptoms": symptoms });
    let fact = plain_fact(&scope, id, FactKind::Attested, now, detail);
    file::record_facts(&platform, &mut write.tx, vec![fact], now).await?;
    change_health(&platform, &mut write.tx, id, &scope.actor().name, now, |it| {
        it.attested_at = Some(now);
        it.attested_well = body.well;
        if !body.well {
            it.symptoms_at = Some(now);
        } else if medical {
            it.symptoms_at = None;
        }
        // A later day counts: who was there twice is observed from the last time on.
        it.left_affected_area_at = left.map(|it| left_by(it, now)).max(it.left_affected_area_at);
    })
    .await?;
    note(&platform, &mut write, &scope, "person.attested", id, json!({}), None).await?;
    answer(&platform, write, &scope, id, StatusCode::CREATED).await
}

/// Clear a confirmed fever; only the health authority.
#[utoipa::path(post, path = "/people/{id}/clearance", tag = "people", params(("id" = String, Path)), request_body = NoteText, responses((status = 200, body = PersonFile)))]
async fn clear(State(platform): State<Platform>, me: Me, Path(id): Path<String>, Json(body): Json<NoteText>) -> Answer {
    let scope = me.require(Permission::ConfirmClinical)?;
    let id = person_id(&id)?;
    let text = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let id = standing(&mut write.tx, &scope, id).await?;
    let now = write.now;
    clear_fever(&platform, &mut write.tx, id, text.as_str(), &scope.actor().name, now).await?;
    note(&platform, &mut write, &scope, CLEARED, id, json!({}), Some(text.as_str())).await?;
    answer(&platform, write, &scope, id, StatusCode::OK).await
}

/// Identity fields in the clear, for a stated purpose; the person will see who looked and why.
#[utoipa::path(post, path = "/people/{id}/reveal", tag = "people", params(("id" = String, Path)), request_body = RevealAsk, responses((status = 200, body = Revealed)))]
async fn reveal(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<RevealAsk>,
) -> ApiResult<(StatusCode, Json<Revealed>)> {
    let scope = me.require(Permission::RevealIdentity)?;
    let id = person_id(&id)?;
    if !PURPOSES.contains(&body.purpose.as_str()) {
        return Err(ApiError::field("purpose", ErrorCode::PurposeRequired));
    }
    if !body.fields.iter().all(|it| FIELDS.contains(&it.as_str())) || FIELDS.len() < body.fields.len() {
        return Err(ApiError::field("fields", ErrorCode::Invalid));
    }
    let reason = Label::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = people::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let id = PersonId::from_uuid(row.id);
    let key = platform.vault.key(id.uuid(), Purpose::Identity).await?;
    let identity = open_identity(&key, id.uuid(), &row.document_kind, &row.identity_sealed)?;
    let wanted = |field: &str| body.fields.iter().any(|it| it == field);
    let view = Revealed {
        name: wanted("name").then(|| identity.name.as_str().to_owned()),
        document_number: wanted("document_number").then(|| identity.document.as_str().to_owned()),
        phone: wanted("phone").then(|| identity.phone.as_str().to_owned()),
        expires_at: write.now.plus(REVEALED_FOR),
    };
    let detail = json!({ "fields": body.fields, "purpose": body.purpose });
    note(&platform, &mut write, &scope, "person.revealed", id, detail, Some(reason.as_str())).await?;
    write.finish_unkept(StatusCode::OK, view).await
}

/// Erase a person: rows, indexes and keys. It cannot be undone.
#[utoipa::path(post, path = "/people/{id}/erasure", tag = "people", params(("id" = String, Path)), request_body = ReasonText, responses((status = 200, body = ErasureReceipt)))]
async fn erase(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReasonText>,
) -> ApiResult<(StatusCode, Json<ErasureReceipt>)> {
    let scope = me.require(Permission::ErasePeople)?;
    let id = person_id(&id)?;
    Label::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let id = PersonId::from_uuid(people::locked(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?.id);
    wholly_in_reach(&mut write, &scope, id).await?;
    let now = write.now;
    // The reason is not kept: it would be about a person who is no more.
    note(&platform, &mut write, &scope, "person.erased", id, json!({}), None).await?;
    let n_files = people::group(&mut write.tx, id).await?.len();
    let keys_destroyed = 2 * u64::try_from(n_files).map_err(|error| ApiError::internal(&error))?;
    let rows_deleted = erasure::erase_rows(&platform, &mut write.tx, id, now).await?;
    let receipt = ErasureReceipt { person_id: id, erased_at: now, keys_destroyed, rows_deleted };
    let answer = write.finish(StatusCode::OK, receipt).await?;
    erasure::finish_erasures(&platform).await?;
    Ok(answer)
}

/// A document number alone does not open somebody's file: who registers her again must know her name, too.
async fn same_person(platform: &Platform, write: &mut Write, id: Uuid, stated: &Identity) -> ApiResult<()> {
    let (_, kind, sealed) = people::identities(&mut write.tx, &[id]).await?.pop().ok_or_else(ApiError::not_found)?;
    let key = platform.vault.key(id, Purpose::Identity).await?;
    let known = open_identity(&key, id, &kind, &sealed)?;
    match known.name.key() == stated.name.key() {
        true => Ok(()),
        false => Err(ApiError::field("name", ErrorCode::IdentityMismatch)),
    }
}

/// Whoever works elsewhere, too, is not one employer's to change or to erase: that is for who reaches all of it. A home
/// elsewhere is nobody's employment, so it takes no right away.
pub(super) async fn wholly_in_reach(write: &mut Write, scope: &Scope, id: PersonId) -> ApiResult<()> {
    wholly_reached(&mut write.tx, scope, id).await
}

/// The same outside a write. Who works nowhere any more is theirs who answered for where she worked last: a home alone
/// leads to her file, and gives no right over it.
pub(super) async fn wholly_reached(db: &mut impl db::Read, scope: &Scope, id: PersonId) -> ApiResult<()> {
    let everywhere = access::system_scope("reach");
    let all = employments::of_person(db, &everywhere, id).await?;
    let current: Vec<&EmploymentRow> = all.iter().filter(|it| it.until_at.is_none()).collect();
    let reached = if current.is_empty() {
        let last = all.iter().filter_map(|it| it.until_at).max();
        // By area alone: an employment that ended is in no employer's scope.
        let inside = |it: &EmploymentRow| scope.covers(Located { area: Some(&it.area_code), ..Located::default() });
        all.iter().filter(|it| it.until_at == last).all(inside)
    } else {
        let inside = |it: &&EmploymentRow| {
            let (area, site) = (Some(it.area_code.as_str()), Some(it.site_id));
            scope.covers(Located { area, enterprise: it.enterprise_id, site, ..Located::default() })
        };
        current.iter().all(inside)
    };
    match reached {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::SharedPerson)),
    }
}

pub(super) async fn answer(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    id: PersonId,
    status: StatusCode,
) -> Answer {
    let view = person_file(platform, &mut write.tx, scope, id).await?;
    write.finish(status, view).await
}

fn plain_fact(scope: &Scope, id: PersonId, kind: FactKind, at: Instant64, detail: serde_json::Value) -> NewFact {
    NewFact { person: id.uuid(), kind, occurred_at: at, source: scope.actor().name.clone(), site: None, detail }
}

fn identity(body: &PersonNew) -> ApiResult<Identity> {
    let kind = DocumentKind::parse(&body.document_kind).map_err(|it| ApiError::invalid("document_kind", it))?;
    let document = DocumentNumber::parse(kind, &body.document_number);
    Ok(Identity {
        name: Label::parse(&body.name).map_err(|it| ApiError::invalid("name", it))?,
        document: document.map_err(|it| ApiError::invalid("document_number", it))?,
        phone: Phone::parse(&body.phone).map_err(|it| ApiError::invalid("phone", it))?,
    })
}

pub(super) fn date(field: &'static str, text: Option<&str>) -> ApiResult<Option<Instant64>> {
    let parse = |it: &str| tables::parse_date(it).ok_or_else(|| ApiError::field(field, ErrorCode::DateForm));
    text.filter(|it| !it.trim().is_empty()).map(parse).transpose()
}
