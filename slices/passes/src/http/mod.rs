//! Passes over HTTP.

mod desk;
mod mine;
mod published;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

/// Routes of passes.
pub fn router() -> OpenApiRouter<Platform> {
    mine::router().merge(desk::router()).merge(published::router())
}
