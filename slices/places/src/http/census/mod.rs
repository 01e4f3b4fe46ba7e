//! The census over HTTP.

mod areas;
mod decisions;
mod findings;
mod imports;
mod missed;
mod missed_premises;
mod of_enterprises;
mod of_premises;
mod views;

use http_api::Platform;
use utoipa_axum::router::OpenApiRouter;

pub(super) fn router() -> OpenApiRouter<Platform> {
    imports::router()
        .merge(findings::router())
        .merge(decisions::router())
        .merge(areas::router())
        .merge(missed::router())
        .merge(missed_premises::router())
}
