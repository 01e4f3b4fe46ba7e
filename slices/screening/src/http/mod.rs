//! Screening over HTTP.

mod acts;
mod board;
mod foreign;
mod gate_passes;
mod gate_rules;
mod live;
mod overview;
mod readings;
mod speech;
mod views;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

/// Routes of screening.
pub fn router() -> OpenApiRouter<Platform> {
    readings::router()
        .merge(acts::router())
        .merge(board::router())
        .merge(live::router())
        .merge(gate_passes::router())
        .merge(foreign::router())
        .merge(gate_rules::router())
        .merge(overview::router())
        .merge(speech::router())
}
