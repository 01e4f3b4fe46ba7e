//! The timeline of a file, and who looked at it.

use std::collections::HashMap;

use access::{Permission, Scope};
use audit::{AuditId, EntryRow, NOTE_COLUMN};
use axum::extract::{Path, State};
use db::Read;
use http_api::{ApiError, ApiResult, Cursor, Json, Me, OptionalText, Page, PageQuery, Platform, Query, listing};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::{Place, Purpose, VaultError};

use super::{person_id, standing};
use crate::model::{FactId, FactKind};
use crate::sealed::{self, FACT};
use crate::store::facts::FactRow;
use crate::store::{facts, people};

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
struct FactFilters {
    kind: Option<String>,
}

/// An act that would tell of an illness, and what others see in its place.
pub(super) const CLEARED: &str = "person.cleared";
const CHANGED: &str = "person.attested";
const READ: &str = "person.read";

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list_facts)).routes(routes!(accesses))
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
    let mut reader = platform.db.reader();
    let id = standing(&mut reader, &scope, id).await?;
    let group = people::group(&mut reader, id).await?;
    let found = facts_page(&platform, &scope, &group, &page, filters.kind.given()).await?;
    let (subject, detail) = (Some(id.to_string()), json!({ "rows": found.items.len() }));
    listing::disclosed(&platform, &scope, "person.facts_read", subject, &group, detail).await?;
    Ok(Json(found))
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
    let mut reader = platform.db.reader();
    people::find(&mut reader, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(&mut reader, id).await?;
    Ok(Json(accesses_page(&platform, &scope, &group, &page).await?))
}

/// A page of the timeline of these files, as its reader may see it.
pub(super) async fn facts_page(
    platform: &Platform,
    scope: &Scope,
    group: &[Uuid],
    page: &PageQuery,
    kind: Option<&str>,
) -> ApiResult<Page<FactView>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let mut reader = platform.db.reader();
    let after = cursor.and_then(|it| Some((it.key?.parse().ok()?, it.id)));
    let rows = facts::list(&mut reader, scope, group, kind, after, limit + 1).await?;
    let position = |it: &FactRow| Cursor { key: Some(it.occurred_at.to_string()), id: it.id };
    let page = Page::from_rows(rows, limit, position, |it| it);
    let items = fact_views(platform, &mut reader, scope, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// A page of who looked at these files or changed them.
pub(super) async fn accesses_page(
    platform: &Platform,
    scope: &Scope,
    group: &[Uuid],
    page: &PageQuery,
) -> ApiResult<Page<AccessView>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map(|it| AuditId::from_uuid(it.id));
    let rows = audit::accesses(&mut platform.db.reader(), group, scope.acts_known(), after, limit + 1).await?;
    let keys = platform.vault.keys(group, Purpose::Identity).await?;
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
            act: if scope.sees_medical() { row.act } else { without_reason(row.act) },
            purpose: row.purpose,
            fields: fields_of(&row.detail),
            note: note.and_then(|it| String::from_utf8(it).ok()),
        }
    };
    Ok(Page::from_rows(rows, limit, |it| Cursor::id(it.id), view))
}

/// The act as others than the health authority see it: that somebody had her file before them, not that she is red or ill.
fn without_reason(act: String) -> String {
    let tells = ["red_order", "appeal", "status_rules"].iter().any(|it| act.starts_with(it));
    match (tells, act == CLEARED) {
        (true, _) => READ.to_owned(),
        (false, true) => CHANGED.to_owned(),
        (false, false) => act,
    }
}

fn fields_of(detail: &str) -> Vec<String> {
    let detail: Value = serde_json::from_str(detail).unwrap_or(Value::Null);
    let fields = detail.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
    fields.iter().filter_map(Value::as_str).map(str::to_owned).collect()
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
        FactKind::StatusChanged
        | FactKind::Attested
        | FactKind::Declared
        | FactKind::Measured
        | FactKind::RedOrdered
        | FactKind::RedLifted
        | FactKind::Appealed
        | FactKind::AppealDecided
        | FactKind::Cleared
        | FactKind::ClinicalReading => json!({}),
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
        | FactKind::Trained
        | FactKind::Corrected
        | FactKind::Merged
        | FactKind::Separated => detail,
    }
}
