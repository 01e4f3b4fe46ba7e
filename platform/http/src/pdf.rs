//! A sheet of paper as an answer.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use paper::{PaperError, Sheet};

use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::platform::Platform;

/// Sets a sheet as a PDF for download, off the threads that answer others.
///
/// # Errors
/// `font_missing` in a program that was built without its font.
pub async fn pdf_response(platform: &Platform, sheet: Sheet, file_name: &str) -> ApiResult<Response> {
    let press = platform.paper;
    let set = tokio::task::spawn_blocking(move || press.pdf(&sheet)).await;
    let pdf = set.map_err(|error| ApiError::internal(&error))?.map_err(|error| match error {
        PaperError::FontMissing => ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::FontMissing),
        PaperError::Writer | PaperError::Code => ApiError::internal(&error),
    })?;
    let mut response = pdf.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{file_name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
