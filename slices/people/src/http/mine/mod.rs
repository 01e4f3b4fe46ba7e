//! A worker and her own file: every route here is asked by herself, on her phone.

mod appeals;
mod consents;
mod corrections;
mod declarations;
mod export;
mod file;
mod paper;
mod session;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

pub(super) fn router() -> OpenApiRouter<Platform> {
    session::router()
        .merge(file::router())
        .merge(declarations::router())
        .merge(appeals::router())
        .merge(consents::router())
        .merge(corrections::router())
        .merge(export::router())
        .merge(paper::router())
}
