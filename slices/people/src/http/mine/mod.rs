//! A worker and her own file: every route here is asked by herself, on her phone.

mod appeals;
mod consents;
mod corrections;
mod declarations;
mod export;
mod faces;
mod file;
mod homes;
mod paper;
mod session;

use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Myself, Platform};
use utoipa_axum::router::OpenApiRouter;

pub(crate) use file::my_files;

pub(super) fn router() -> OpenApiRouter<Platform> {
    session::router()
        .merge(file::router())
        .merge(declarations::router())
        .merge(appeals::router())
        .merge(consents::router())
        .merge(faces::router())
        .merge(homes::router())
        .merge(corrections::router())
        .merge(export::router())
        .merge(paper::router())
}

/// That her phone is proved to be hers. Whoever printed a slip could be holding it: she would decide in another's name, or
/// read what is kept from her.
pub(crate) fn proved(me: &Myself) -> ApiResult<()> {
    match me.session().phone_proved {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::PhoneUnproved)),
    }
}
