//! One person's file over HTTP: reading it is an act, and is written down.

use std::collections::BTreeMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use db::Read;
use http_api::{ApiError, ApiResult, Json, Me, OptionalText, Platform, Query, listing};
use kernel::document::Sex;
use kernel::{DocumentKind, Instant64};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::Purpose;

use super::acts::PURPOSES;
use super::employment_view::{EmploymentView, employments_of, employments_within};
use super::person_id;
use crate::model::{Allowed, EmploymentId, HealthStatus, Identity, PersonId, StatusReason};
use crate::sealed::{self, REASONS, open_identity};
use crate::store::people::PersonRow;
use crate::store::{facts, people};

/// A person's file. Identity is masked; see `reveal`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PersonFile {
    id: String,
    masked_name: String,
    masked_document: String,
    #[schema(value_type = String)]
    document_kind: DocumentKind,
    masked_phone: String,
    /// `female` or `male`, where the document says it.
    sex: Option<String>,
    age: Option<u16>,
    employments: Vec<EmploymentView>,
    status: StatusView,
    fact_counts: BTreeMap<String, i64>,
    access_count: i64,
    /// Of files that were found to be hers, too, and merged into this one.
    other_documents: Vec<OtherDocument>,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// Another document by which she is found.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct OtherDocument {
    #[schema(value_type = String)]
    document_kind: DocumentKind,
    masked_document: String,
}

impl PersonFile {
    /// The same with this employment ended.
    pub(super) fn with_employment_ended(mut self, id: EmploymentId, at: Instant64) -> Self {
        let id = id.to_string();
        for it in self.employments.iter_mut().filter(|it| it.id == id) {
            it.until = Some(at);
        }
        self
    }
}

/// A status as its reader may see it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StatusView {
    allowed: Allowed,
    /// Null without the right to see medical data.
    status: Option<HealthStatus>,
    /// Empty without that right.
    reasons: Vec<StatusReason>,
    #[schema(value_type = Option<String>)]
    valid_until: Option<Instant64>,
    rule_version: i64,
    #[schema(value_type = String)]
    computed_at: Instant64,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Why {
    /// Purpose of reading.
    purpose: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read))
}

/// A person's file.
#[utoipa::path(get, path = "/people/{id}", tag = "people", params(("id" = String, Path), Why), responses((status = 200, body = PersonFile)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(why): Query<Why>,
) -> ApiResult<Json<PersonFile>> {
    let scope = me.require(Permission::ReadPeople)?;
    let id = person_id(&id)?;
    // Free text here would outlive the person it is about.
    let purpose = why.purpose.given().filter(|it| PURPOSES.contains(it)).unwrap_or("other");
    let db = platform.db.reader();
    let (mut found, mut grouped, mut counted, mut kinds) = (db.clone(), db.clone(), db.clone(), db);
    let asked = [id.uuid()];
    let (row, group, before) = tokio::try_join!(
        people::find(&mut found, &scope, id),
        people::group(&mut grouped, id),
        audit::accesses_count(&mut counted, &asked, scope.acts_known()),
    )?;
    let row = row.ok_or_else(ApiError::not_found)?;
    // Nearly everybody has one file; whoever has several is counted again with all of them.
    let before = match group.as_slice() {
        [one] if asked == [*one] => before,
        many => audit::accesses_count(&mut counted, many, scope.acts_known()).await?,
    };
    let id = PersonId::from_uuid(row.id);
    let entry = audit::Entry {
        at: platform.now(),
        actor: scope.actor(),
        act: "person.read",
        purpose,
        subject: Some(id.to_string()),
        people: &[id.uuid()],
        detail: json!({}),
        note: None,
        request_id: scope.request_id(),
    };
    // Side by side; both must have worked before anything is shown.
    let written = listing::written_down(&platform, entry);
    let counts = async { Ok(facts::counts(&mut kinds, &scope, &group).await?) };
    let ((), employments, fact_counts) = tokio::try_join!(written, employments_of(&platform, &scope, id), counts)?;
    let other_documents = other_documents(&platform, &mut counted, &group).await?;
    let fact_counts = fact_counts.into_iter().collect();
    let around = Around { employments, fact_counts, access_count: before + 1, other_documents };
    Ok(Json(file_of(&platform, &scope, row, around).await?))
}

/// The file as its reader may see it. That it was read must have been written down.
pub(super) async fn person_file(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    id: PersonId,
) -> ApiResult<PersonFile> {
    let row = people::find(db, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let (id, group) = (PersonId::from_uuid(row.id), people::group(db, id).await?);
    let around = Around {
        employments: employments_within(db, scope, id).await?,
        fact_counts: facts::counts(db, scope, &group).await?.into_iter().collect(),
        access_count: audit::accesses_count(db, &group, scope.acts_known()).await?,
        other_documents: other_documents(platform, db, &group).await?,
    };
    file_of(platform, scope, row, around).await
}

/// What stands around a person's own row.
struct Around {
    employments: Vec<EmploymentView>,
    fact_counts: BTreeMap<String, i64>,
    access_count: i64,
    other_documents: Vec<OtherDocument>,
}

/// The documents of the files that were merged into the first of these.
pub(super) async fn other_documents(
    platform: &Platform,
    db: &mut impl Read,
    group: &[Uuid],
) -> ApiResult<Vec<OtherDocument>> {
    let merged = group.get(1..).unwrap_or_default();
    if merged.is_empty() {
        return Ok(Vec::new());
    }
    let keys = platform.vault.keys(merged, Purpose::Identity).await?;
    let mut documents = Vec::new();
    for (id, kind, sealed) in people::identities(db, merged).await? {
        let Some(key) = keys.get(&id) else { continue };
        let document = open_identity(key, id, &kind, &sealed)?.document;
        documents.push(OtherDocument { document_kind: document.kind(), masked_document: document.masked() });
    }
    Ok(documents)
}

async fn file_of(platform: &Platform, scope: &Scope, row: PersonRow, around: Around) -> ApiResult<PersonFile> {
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let identity = open_identity(&key, row.id, &row.document_kind, &row.identity_sealed)?;
    let now = platform.now();
    Ok(PersonFile {
        id: PersonId::from_uuid(row.id).to_string(),
        masked_name: kernel::text::mask_name(identity.name.as_str()),
        masked_document: identity.document.masked(),
        document_kind: identity.document.kind(),
        masked_phone: masked_phone(&identity),
        sex: identity.document.sex().map(|it| if it == Sex::Female { "female" } else { "male" }.to_owned()),
        age: identity.document.age(now),
        employments: around.employments,
        status: status_view(platform, scope, &row).await?,
        fact_counts: around.fact_counts,
        access_count: around.access_count,
        other_documents: around.other_documents,
        created_at: Instant64::from_micros(row.created_at),
    })
}

fn masked_phone(identity: &Identity) -> String {
    let head: String = identity.phone.as_str().chars().take(3).collect();
    format!("{head} **** {}", identity.phone.tail())
}

pub(super) async fn status_view(platform: &Platform, scope: &Scope, row: &PersonRow) -> ApiResult<StatusView> {
    let status = HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown);
    let medical = scope.sees_medical();
    let reasons = match medical {
        true => {
            let key = platform.vault.key(row.id, Purpose::Health).await?;
            sealed::open(&key, REASONS, row.id, &row.status_reasons_sealed)?
        }
        false => Vec::new(),
    };
    Ok(StatusView {
        allowed: status.allowed(),
        status: medical.then_some(status),
        reasons,
        // When an observation ends would tell of it.
        valid_until: row.status_valid_until.filter(|_| medical).map(Instant64::from_micros),
        rule_version: row.status_rule_version,
        computed_at: Instant64::from_micros(row.status_computed_at),
    })
}
