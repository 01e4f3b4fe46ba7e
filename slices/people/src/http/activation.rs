//! The slip by which a worker opens her file whose phone in the roster is wrong, or foreign.

use access::{Permission, worker};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write};
use kernel::Instant64;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::wholly_in_reach;
use super::{note, person_id};
use crate::model::PersonId;
use crate::store::people;

/// What stands on the slip; shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Activation {
    code: String,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(make))
}

/// Make an activation code; the one before is void. With it her file opens, but not her health.
#[utoipa::path(post, path = "/people/{id}/activation", tag = "people", params(("id" = String, Path)), responses((status = 201, body = Activation)))]
async fn make(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<Activation>)> {
    let scope = me.require(Permission::EditPeople)?;
    let id = person_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = people::locked(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let (id, now) = (PersonId::from_uuid(row.id), write.now);
    wholly_in_reach(&mut write, &scope, id).await?;
    let code = worker::make_activation(&mut write.tx, &platform.access, row.id, now).await?;
    note(&platform, &mut write, &scope, "worker.activation_made", id, json!({}), None).await?;
    let view = Activation { code, expires_at: now.plus(worker::ACTIVATION_GOOD) };
    write.finish_unkept(StatusCode::CREATED, view).await
}
