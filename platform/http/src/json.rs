//! Reading JSON bodies and query strings, with errors that name the field.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, ErrorCode};

/// A JSON body, in and out.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = axum::body::Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|cause| unreadable(&cause.to_string()))
    }
}

/// A query string.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|it| Self(it.0))
            .map_err(|cause| unreadable(&cause.body_text()))
    }
}

/// The reader's own words name the field; they hold no data but what the sender sent.
fn unreadable(cause: &str) -> ApiError {
    let cause: String = cause.chars().take(200).collect();
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::Invalid).with("cause", cause)
}

/// Form fields arrive as text that may be blank: a blank is an absence.
pub trait OptionalText {
    /// The trimmed text, if there is any.
    fn given(&self) -> Option<&str>;
}

impl OptionalText for Option<String> {
    fn given(&self) -> Option<&str> {
        self.as_deref().map(str::trim).filter(|it| !it.is_empty())
    }
}
