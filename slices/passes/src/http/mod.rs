//! Passes over HTTP.

mod desk;
mod mine;
mod published;
mod trust_lists;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

/// Routes of passes.
pub fn router() -> OpenApiRouter<Platform> {
    mine::router().merge(desk::router()).merge(published::router()).merge(trust_lists::router())
}
