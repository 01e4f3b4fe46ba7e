//! The checklist of visits: the one in force, and publishing another.

use access::{Located, Permission};
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Query, Write};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::inspections::model::Checklist;
use crate::inspections::{BUILT_IN_VERSION, checklist_of, current_checklist, sound};
use crate::store::findings as store;

/// A version of the checklist.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChecklistView {
    version: i64,
    definition: Checklist,
    note: String,
    /// Null for the one that the program brings along.
    set_by: Option<String>,
    #[schema(value_type = Option<String>)]
    valid_from: Option<Instant64>,
}

/// A new version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChecklistNew {
    definition: Checklist,
    /// Why.
    note: String,
    /// The version it was made from.
    from_version: i64,
}

/// Which one.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ChecklistQuery {
    /// A version; without it the one in force.
    version: Option<i64>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, publish))
}

/// The checklist in force, or another version of it.
#[utoipa::path(get, path = "/checklists", tag = "reopening", params(ChecklistQuery), responses((status = 200, body = ChecklistView)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ChecklistQuery>,
) -> ApiResult<Json<ChecklistView>> {
    me.require(Permission::ReadApplications)?;
    let mut db = platform.db.reader();
    let version = match query.version {
        Some(version) => version,
        None => current_checklist(&mut db).await?.version,
    };
    shown(&mut db, version).await.map(Json)
}

async fn shown(db: &mut impl db::Read, version: i64) -> ApiResult<ChecklistView> {
    let definition = checklist_of(db, version).await?.checklist;
    let row = store::checklist(db, version).await?;
    Ok(ChecklistView {
        version,
        definition,
        note: row.as_ref().map(|it| it.note.clone()).unwrap_or_default(),
        set_by: row.as_ref().map(|it| it.set_by.clone()),
        valid_from: row.map(|it| Instant64::from_micros(it.valid_from)),
    })
}

/// Publish a new version. Visits that are reported from now on go by it; one that was begun with another keeps that.
#[utoipa::path(post, path = "/checklists", tag = "reopening", request_body = ChecklistNew, responses((status = 201, body = ChecklistView)))]
async fn publish(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ChecklistNew>,
) -> ApiResult<(StatusCode, Json<ChecklistView>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let mut write = Write::begin(&platform, &me).await?;
    let district = places::district_code(&mut write.tx).await?.unwrap_or_default();
    if !scope.covers(Located { area: Some(&district), ..Located::default() }) {
        return Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::BeyondScope));
    }
    let reason = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    if let Some(first) = sound::faults(&body.definition).first() {
        return Err(ApiError::field("definition", ErrorCode::ChecklistFaults).with("at", first));
    }
    let known = current_checklist(&mut write.tx).await?.version.max(BUILT_IN_VERSION);
    if known != body.from_version {
        return Err(ApiError::state());
    }
    let (version, now) = (known + 1, write.now);
    let text = serde_json::to_string(&body.definition).map_err(|error| ApiError::internal(&error))?;
    let by = scope.actor().name.clone();
    match store::publish(&mut write.tx, version, text, reason.as_str(), &by, now).await {
        Err(db::DbError::Unique(_)) => return Err(ApiError::state()),
        other => other?,
    }
    note(&mut write, &scope, "checklist.published", version, json!({ "version": version })).await?;
    let view = shown(&mut write.tx, version).await?;
    write.finish(StatusCode::CREATED, view).await
}
