//! Speech for browsers that have no voice of their own.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform};
use notify::Voice;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A sentence to be spoken; never a name.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Speech {
    /// `zh-CN` or `en`.
    lang: String,
    /// At most 200 characters.
    text: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(speak))
}

/// Speak a sentence: a WAV file.
#[utoipa::path(post, path = "/speech", tag = "screening", request_body = Speech, responses((status = 200, content_type = "audio/wav", body = Vec<u8>)))]
async fn speak(State(_platform): State<Platform>, _me: Me, Json(body): Json<Speech>) -> ApiResult<Response> {
    let voice = match body.lang.as_str() {
        "zh-CN" => Voice::Chinese,
        "en" => Voice::English,
        _ => return Err(ApiError::field("lang", ErrorCode::Invalid)),
    };
    if body.text.chars().count() > 200 {
        return Err(ApiError::field("text", ErrorCode::TooLong));
    }
    let wav = notify::speak(voice, &body.text).await;
    let wav = wav.map_err(|_| ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::SpeechMissing))?;
    let mut response = wav.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"));
    Ok(response)
}
