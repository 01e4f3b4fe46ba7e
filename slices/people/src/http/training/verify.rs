//! Anybody with a certificate's code may see whether it holds.

use axum::extract::{Path, State};
use http_api::{ApiError, ApiResult, Json, Platform};
use kernel::Instant64;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::brief::briefs;
use crate::store::training::certificates as store;
use crate::training::model::CertificateId;

/// What anybody may know of a certificate that was shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateFacts {
    masked_name: String,
    title: String,
    holds: bool,
    /// Whether it was taken back.
    revoked: bool,
    #[schema(value_type = String)]
    issued_at: Instant64,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(verify))
}

/// Whether a certificate holds, and whose it is, masked. The code on it cannot be guessed; an erased person's is unknown.
#[utoipa::path(get, path = "/certificates/{id}/verify", tag = "training", params(("id" = String, Path)), responses((status = 200, body = CertificateFacts)))]
async fn verify(State(platform): State<Platform>, Path(id): Path<String>) -> ApiResult<Json<CertificateFacts>> {
    let id: CertificateId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut db = platform.db.reader();
    let row = store::by_id(&mut db, id).await?.ok_or_else(ApiError::not_found)?;
    let name =
        briefs(&platform, &mut db, &[row.person_id]).await?.remove(&row.person_id).ok_or_else(ApiError::not_found)?;
    Ok(Json(CertificateFacts {
        masked_name: name.masked_name,
        holds: row.holds(platform.now()),
        revoked: row.revoked_at.is_some(),
        issued_at: Instant64::from_micros(row.issued_at),
        expires_at: Instant64::from_micros(row.expires_at),
        title: row.title,
    }))
}
