//! Statistics over HTTP.

mod exports;
mod figures;
mod filters;
mod template_files;
mod template_views;
mod templates;
mod views;

pub(crate) use filters::parts_of;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

/// Routes of the command's room.
pub fn router() -> OpenApiRouter<Platform> {
    figures::router().merge(exports::router()).merge(templates::router()).merge(template_files::router())
}
