//! What anybody may have: the key that verifies passes, and the lists of those that do not hold. Both name nobody.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_api::{ApiError, ApiResult, Json, Platform};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::issuing::{ISSUER, issuer_key};
use crate::store;

/// A trust list as `fugong inspect pass --trust` takes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassTrust {
    pass: Vec<PassIssuer>,
}

/// Who issues, and with which key.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassIssuer {
    iss: String,
    /// 32 bytes, base64url.
    x: String,
}

/// Which status lists there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassLists {
    numbers: Vec<i64>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(trust)).routes(routes!(numbers)).routes(routes!(list))
}

/// The key that verifies this installation's passes.
#[utoipa::path(get, path = "/passes/trust", tag = "passes", responses((status = 200, body = PassTrust)))]
async fn trust(State(platform): State<Platform>) -> ApiResult<Json<PassTrust>> {
    let x = URL_SAFE_NO_PAD.encode(issuer_key(&platform).await?.public_key());
    Ok(Json(PassTrust { pass: vec![PassIssuer { iss: ISSUER.to_owned(), x }] }))
}

/// The numbers of the status lists.
#[utoipa::path(get, path = "/passes/lists", tag = "passes", responses((status = 200, body = PassLists)))]
async fn numbers(State(platform): State<Platform>) -> ApiResult<Json<PassLists>> {
    Ok(Json(PassLists { numbers: store::numbers(&mut platform.db.reader()).await? }))
}

/// A status list, signed: a CWT (Token Status List).
#[utoipa::path(get, path = "/passes/lists/{number}", tag = "passes", params(("number" = i64, Path)), responses((status = 200, content_type = "application/statuslist+cwt", body = String)))]
async fn list(State(platform): State<Platform>, Path(number): Path<String>) -> ApiResult<Response> {
    let number = number.parse().map_err(|_| ApiError::not_found())?;
    let signed = store::signed(&mut platform.db.reader(), number).await?.ok_or_else(ApiError::not_found)?;
    let mut response = signed.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/statuslist+cwt"));
    Ok(response)
}
