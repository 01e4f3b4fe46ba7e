//! Who stands in for whom, over HTTP.

use access::{AccountId, Permission};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Read;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::super::{label, note, note_plain};
use super::officer_at_work;
use super::officers::known;
use crate::officers;
use crate::officers::model::{SubstituteId, Substitution};
use crate::store::assignments::{self as store, SubstituteRow};

/// That one officer stands in for another.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubstituteView {
    #[schema(value_type = String)]
    id: SubstituteId,
    #[schema(value_type = String)]
    officer_id: AccountId,
    officer_name: String,
    #[schema(value_type = String)]
    substitute_id: AccountId,
    substitute_name: String,
    #[schema(value_type = String)]
    from: Instant64,
    #[schema(value_type = String)]
    until: Instant64,
    note: String,
    set_by: String,
    #[schema(value_type = String)]
    set_at: Instant64,
}

/// Who stands in, and how long.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SubstituteNew {
    substitute_id: String,
    #[schema(value_type = String)]
    from: Instant64,
    #[schema(value_type = String)]
    until: Instant64,
    note: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(end))
}

/// Who stands in for an officer, and for whom it stands in: what is not over.
#[utoipa::path(get, path = "/officers/{id}/substitutes", tag = "places", params(("id" = String, Path)), responses((status = 200, body = Vec<SubstituteView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<SubstituteView>>> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut db = platform.db.reader();
    let id = known(&mut db, &scope, &id).await?.id;
    let rows = store::substitutions(&mut db, &[id.uuid()], platform.now()).await?;
    Ok(Json(views(&mut db, rows).await?))
}

/// Name a substitute: both see what the one who is away answers for, until it ends.
#[utoipa::path(post, path = "/officers/{id}/substitutes", tag = "places", params(("id" = String, Path)), request_body = SubstituteNew, responses((status = 201, body = SubstituteView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<SubstituteNew>,
) -> ApiResult<(StatusCode, Json<SubstituteView>)> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut write = Write::begin(&platform, &me).await?;
    let officer = known(&mut write.tx, &scope, &id).await?.id;
    let substitute = officer_at_work(&mut write.tx, &scope, "substitute_id", &body.substitute_id).await?.id;
    let words = label("note", &body.note)?;
    let (now, time) = (write.now, (body.from, body.until));
    let made = officers::stand_in(&mut write.tx, &scope, (officer, substitute), time, &words, now).await?;
    let detail = json!({ "officer_id": officer, "substitute_id": substitute });
    note(&mut write, &scope, "substitute.created", made, detail).await?;
    let rows = store::substitutions(&mut write.tx, &[officer.uuid()], now).await?;
    let row = rows.into_iter().filter(|it| it.id == made.uuid()).collect();
    let view = views(&mut write.tx, row).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::CREATED, view).await
}

/// End it early: the substitute no longer sees what it stood in for.
#[utoipa::path(post, path = "/officers/{id}/substitutes/{substitute_id}/end", tag = "places", params(("id" = String, Path), ("substitute_id" = String, Path)), responses((status = 200, body = Vec<SubstituteView>)))]
async fn end(
    State(platform): State<Platform>,
    me: Me,
    Path((id, substitute_id)): Path<(String, String)>,
) -> ApiResult<(StatusCode, Json<Vec<SubstituteView>>)> {
    let scope = me.require(Permission::ManageGrid)?;
    let substitution: SubstituteId = substitute_id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let officer = known(&mut write.tx, &scope, &id).await?.id;
    let now = write.now;
    let rows = store::substitutions(&mut write.tx, &[officer.uuid()], now).await?;
    let row = rows.iter().find(|it| it.id == substitution.uuid()).ok_or_else(ApiError::not_found)?;
    if !officers::stop_standing_in(&mut write.tx, &Substitution::from(row), now).await? {
        return Err(ApiError::state());
    }
    note_plain(&mut write, &scope, "substitute.ended", substitution).await?;
    let rows = store::substitutions(&mut write.tx, &[officer.uuid()], now).await?;
    let views = views(&mut write.tx, rows).await?;
    write.finish(StatusCode::OK, views).await
}

async fn views(db: &mut impl Read, rows: Vec<SubstituteRow>) -> ApiResult<Vec<SubstituteView>> {
    let ids: Vec<Uuid> = rows.iter().flat_map(|it| [it.officer_id, it.substitute_id]).collect();
    let names = access::officer_names(db, &ids).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let view = |row: SubstituteRow| SubstituteView {
        id: SubstituteId::from_uuid(row.id),
        officer_id: AccountId::from_uuid(row.officer_id),
        officer_name: name(row.officer_id),
        substitute_id: AccountId::from_uuid(row.substitute_id),
        substitute_name: name(row.substitute_id),
        from: Instant64::from_micros(row.from_at),
        until: Instant64::from_micros(row.until_at),
        note: row.note,
        set_by: row.set_by,
        set_at: Instant64::from_micros(row.set_at),
    };
    Ok(rows.into_iter().map(view).collect())
}
