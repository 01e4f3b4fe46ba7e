//! Declarations at the desk: written down for those without a phone, and read by who may read medical data.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Page, PageQuery, Platform, Query, Sender as _, Write, listing,
};
use kernel::{Celsius, Instant64};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::file::PersonFile;
use super::{note, person_id, standing};
use crate::declarations::answers::Answers;
use crate::declarations::{self, Declaration, Said, Telling};
use crate::http::acts::answer;
use crate::model::DeclarationId;
use crate::store::declarations::{self as store, Origin};
use crate::store::people;

/// A declaration.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DeclarationView {
    #[schema(value_type = String)]
    id: DeclarationId,
    #[schema(value_type = String)]
    declared_at: Instant64,
    #[schema(value_type = String)]
    received_at: Instant64,
    /// `self`, `enterprise`, or `slip`: on a phone that was not proved to be hers.
    source: String,
    /// Who wrote it down for her.
    declared_by: Option<String>,
    /// Whether she said that nothing changed.
    unchanged: bool,
    answers: Answers,
}

impl From<Declaration> for DeclarationView {
    fn from(it: Declaration) -> Self {
        Self {
            id: DeclarationId::from_uuid(it.row.id),
            declared_at: Instant64::from_micros(it.row.declared_at),
            received_at: Instant64::from_micros(it.row.received_at),
            source: it.row.source,
            declared_by: it.row.declared_by,
            unchanged: it.row.unchanged,
            answers: it.answers,
        }
    }
}

/// What is declared for somebody, now.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeclarationFor {
    answers: Answers,
}

/// A temperature.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TemperatureFor {
    temperature_c: f64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, declare)).routes(routes!(measure))
}

/// Her declarations, newest first; for who may read medical data.
#[utoipa::path(get, path = "/people/{id}/declarations", tag = "people", params(("id" = String, Path), PageQuery), responses((status = 200, body = Page<DeclarationView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<DeclarationView>>> {
    let scope = me.require(Permission::ReadMedical)?;
    let id = person_id(&id)?;
    let mut reader = platform.db.reader();
    let id = standing(&mut reader, &scope, id).await?;
    let group = people::group(&mut reader, id).await?;
    let found = declarations_page(&platform, &scope, &group, &page).await?;
    let (subject, detail) = (Some(id.to_string()), json!({ "rows": found.items.len() }));
    listing::disclosed(&platform, &scope, "person.declarations_read", subject, &group, detail).await?;
    Ok(Json(found))
}

/// A page of the declarations of these files.
pub(super) async fn declarations_page(
    platform: &Platform,
    scope: &access::Scope,
    group: &[uuid::Uuid],
    page: &PageQuery,
) -> ApiResult<Page<DeclarationView>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.and_then(|it| Some((it.key?.parse().ok()?, it.id)));
    let rows = store::list(&mut platform.db.reader(), scope, group, after, limit + 1).await?;
    let position = |it: &store::DeclarationRow| Cursor { key: Some(it.declared_at.to_string()), id: it.id };
    let page = Page::from_rows(rows, limit, position, |it| it);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(declarations::opened(platform, row).await?.into());
    }
    Ok(Page { items, next: page.next })
}

/// Declare for somebody without a phone.
#[utoipa::path(post, path = "/people/{id}/declarations", tag = "people", params(("id" = String, Path)), request_body = DeclarationFor, responses((status = 201, body = PersonFile)))]
async fn declare(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<DeclarationFor>,
) -> ApiResult<(StatusCode, Json<PersonFile>)> {
    let scope = me.require(Permission::Attest)?;
    let id = person_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (id, now) = (standing(&mut write.tx, &scope, id).await?, write.now);
    let by = scope.actor().name.clone();
    let origin = Origin { source: "enterprise", by: Some(&by), key: me.sent().key.unwrap_or_default() };
    let said = Said::Full(body.answers);
    declarations::declare(&platform, &mut write.tx, &scope, Telling { person: id, at: now, origin, now }, said).await?;
    note(&platform, &mut write, &scope, "person.declared", id, json!({}), None).await?;
    answer(&platform, write, &scope, id, StatusCode::CREATED).await
}

/// Record a temperature for somebody.
#[utoipa::path(post, path = "/people/{id}/temperatures", tag = "people", params(("id" = String, Path)), request_body = TemperatureFor, responses((status = 201, body = PersonFile)))]
async fn measure(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<TemperatureFor>,
) -> ApiResult<(StatusCode, Json<PersonFile>)> {
    let scope = me.require(Permission::Attest)?;
    let (id, degrees) = (person_id(&id)?, temperature(body.temperature_c)?);
    let mut write = Write::begin(&platform, &me).await?;
    let (id, now) = (standing(&mut write.tx, &scope, id).await?, write.now);
    let by = scope.actor().name.clone();
    let origin = Origin { source: "enterprise", by: Some(&by), key: me.sent().key.unwrap_or_default() };
    declarations::record_temperature(
        &platform,
        &mut write.tx,
        &scope,
        Telling { person: id, at: now, origin, now },
        degrees,
    )
    .await?;
    note(&platform, &mut write, &scope, "person.measured", id, json!({}), None).await?;
    answer(&platform, write, &scope, id, StatusCode::CREATED).await
}

/// A temperature that a body can have.
pub(super) fn temperature(degrees: f64) -> ApiResult<Celsius> {
    let range = || ApiError::field("temperature_c", ErrorCode::TemperatureRange);
    Celsius::new(degrees).ok().filter(|it| it.is_bodily()).ok_or_else(range)
}
