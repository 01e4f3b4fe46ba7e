//! One person's file over HTTP: reading it is an act, and is written down.

use std::collections::{BTreeMap, HashMap};

use access::{Permission, Scope};
use audit::{AuditId, EntryRow, NOTE_COLUMN};
use axum::extract::{Path, State};
use db::Read;
use http_api::{ApiError, ApiResult, Cursor, Json, Me, OptionalText, Page, PageQuery, Platform, Query, listing};
use kernel::document::Sex;
use kernel::{DocumentKind, Instant64};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::{Place, Purpose, VaultError};

use super::acts::PURPOSES;
use super::employment_view::{EmploymentView, employments_of, employments_within};
use super::{person_id, standing};
use crate::model::{Allowed, EmploymentId, FactId, FactKind, HealthStatus, Identity, PersonId, StatusReason};
use crate::sealed::{self, FACT, REASONS, open_identity};
use crate::store::facts::FactRow;
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

/// One entry of the timeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactView {
    #[schema(value_type = String)]
    id: FactId,
    kind: FactKind,
    #[schema(value_type = String)]
    occurred_at: Instant64,
    #[schema(value_type = String)]
    recorded_at: Instant64,
    source: String,
    site_name: Option<String>,
    detail: Value,
}

/// Who looked at the file or changed it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessView {
    #[schema(value_type = String)]
    at: Instant64,
    actor_name: String,
    actor_role: String,
    act: String,
    purpose: String,
    fields: Vec<String>,
    /// Free text given with the act; null without the right to see medical data, unless it is one's own.
    note: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Why {
    /// Purpose of reading.
    purpose: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct FactFilters {
    kind: Option<String>,
}

/// An act that would tell of an illness, and what others see in its place.
pub(super) const CLEARED: &str = "person.cleared";
const CHANGED: &str = "person.attested";

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(list_facts)).routes(routes!(accesses))
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

/// Facts of the timeline, newest first.
#[utoipa::path(get, path = "/people/{id}/facts", tag = "people", params(("id" = String, Path), PageQuery, FactFilters), responses((status = 200, body = Page<FactView>)))]
async fn list_facts(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
    Query(filters): Query<FactFilters>,
) -> ApiResult<Json<Page<FactView>>> {
    let scope = me.require(Permission::ReadPeople)?;
    let id = person_id(&id)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let mut reader = platform.db.reader();
    let id = standing(&mut reader, &scope, id).await?;
    let group = people::group(&mut reader, id).await?;
    let after = cursor.and_then(|it| Some((it.key?.parse().ok()?, it.id)));
    let rows = facts::list(&mut reader, &scope, &group, filters.kind.given(), after, limit + 1).await?;
    let position = |it: &FactRow| Cursor { key: Some(it.occurred_at.to_string()), id: it.id };
    let page = Page::from_rows(rows, limit, position, |it| it);
    let items = fact_views(&platform, &mut reader, &scope, page.items).await?;
    let (subject, detail) = (Some(id.to_string()), json!({ "rows": items.len() }));
    listing::disclosed(&platform, &scope, "person.facts_read", subject, &group, detail).await?;
    Ok(Json(Page { items, next: page.next }))
}

/// Who looked at the file, newest first.
#[utoipa::path(get, path = "/people/{id}/accesses", tag = "people", params(("id" = String, Path), PageQuery), responses((status = 200, body = Page<AccessView>)))]
async fn accesses(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AccessView>>> {
    let scope = me.require(Permission::ReadPeople)?;
    let id = person_id(&id)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let mut reader = platform.db.reader();
    people::find(&mut reader, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(&mut reader, id).await?;
    let after = cursor.map(|it| AuditId::from_uuid(it.id));
    let rows = audit::accesses(&mut reader, &group, scope.acts_known(), after, limit + 1).await?;
    let keys = platform.vault.keys(&group, Purpose::Identity).await?;
    let view = |row: EntryRow| {
        // A note may tell of an illness or a case: for its author, and for who may know of those.
        let mine = row.actor_id.is_some() && row.actor_id == scope.actor().account;
        let note = row.note_sealed.as_deref().filter(|_| mine || scope.sees_medical());
        let note = note
            .zip(row.note_subject)
            .and_then(|(sealed, about)| keys.get(&about)?.open(Place { column: NOTE_COLUMN, row: about }, sealed).ok());
        AccessView {
            at: Instant64::from_micros(row.at),
            actor_name: row.actor_name,
            actor_role: row.actor_role,
            act: if row.act == CLEARED && !scope.sees_medical() { CHANGED.to_owned() } else { row.act },
            purpose: row.purpose,
            fields: fields_of(&row.detail),
            note: note.and_then(|it| String::from_utf8(it).ok()),
        }
    };
    Ok(Json(Page::from_rows(rows, limit, |it| Cursor::id(it.id), view)))
}

fn fields_of(detail: &str) -> Vec<String> {
    let detail: Value = serde_json::from_str(detail).unwrap_or(Value::Null);
    let fields = detail.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
    fields.iter().filter_map(Value::as_str).map(str::to_owned).collect()
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
async fn other_documents(platform: &Platform, db: &mut impl Read, group: &[Uuid]) -> ApiResult<Vec<OtherDocument>> {
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

async fn status_view(platform: &Platform, scope: &Scope, row: &PersonRow) -> ApiResult<StatusView> {
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

async fn fact_views(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    rows: Vec<FactRow>,
) -> ApiResult<Vec<FactView>> {
    let people: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
    let keys = platform.vault.keys(&people, Purpose::Health).await?;
    let site_ids: Vec<Uuid> = rows.iter().filter_map(|it| it.site_id).collect();
    let sites: HashMap<Uuid, String> =
        places::sites_by_id(db, &site_ids).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(kind) = FactKind::parse(&row.kind) else { continue };
        let key = keys.get(&row.person_id).ok_or(VaultError::Gone)?;
        let detail: Value = sealed::open(key, FACT, row.id, &row.detail_sealed)?;
        views.push(FactView {
            id: FactId::from_uuid(row.id),
            kind,
            occurred_at: Instant64::from_micros(row.occurred_at),
            recorded_at: Instant64::from_micros(row.recorded_at),
            source: row.source,
            site_name: row.site_id.and_then(|it| sites.get(&it).cloned()),
            detail: if scope.sees_medical() { detail } else { without_medical(kind, detail) },
        });
    }
    Ok(views)
}

/// What others than the health authority see of a fact: that it happened, not the colour nor why.
fn without_medical(kind: FactKind, mut detail: Value) -> Value {
    match kind {
        FactKind::StatusChanged | FactKind::Attested | FactKind::Cleared | FactKind::ClinicalReading => json!({}),
        FactKind::Screened | FactKind::Overridden => {
            if let Some(map) = detail.as_object_mut()
                && let Some(public) = map.remove("public_reasons")
            {
                map.insert("reasons".to_owned(), public);
            }
            detail
        }
        FactKind::Registered
        | FactKind::Employed
        | FactKind::Left
        | FactKind::Corrected
        | FactKind::Merged
        | FactKind::Separated => detail,
    }
}
