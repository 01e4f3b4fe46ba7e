//! Statistics over HTTP.

mod exports;
mod figures;
mod filters;
mod views;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

/// Routes of the command's room.
pub fn router() -> OpenApiRouter<Platform> {
    figures::router().merge(exports::router())
}
