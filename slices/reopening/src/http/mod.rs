//! Reopening over HTTP.

mod applications;
mod attachments;
mod checklists;
mod decision_files;
mod departments;
mod drafts;
mod electricity;
mod forms;
mod inspection_reports;
mod inspection_routes;
mod inspection_views;
mod inspections;
mod meter_systems;
mod projects;
mod public;
mod report_duties;
mod report_views;
mod reports;
mod review;
mod risks;
mod rounds;
mod rulebooks;
mod shift_sheet;
mod shifts;
mod supplies;
mod views;
mod whitelist;
mod whole;

use access::Scope;
use http_api::{ApiError, ApiResult, Platform, Write};
use kernel::AreaCode;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;

use crate::applications::model::ApplicationId;
use crate::record;
use crate::store::applications::ApplicationRow;

/// Routes of reopening.
pub fn router() -> OpenApiRouter<Platform> {
    applications::router()
        .merge(drafts::router())
        .merge(whole::router())
        .merge(attachments::router())
        .merge(review::router())
        .merge(public::router())
        .merge(forms::router())
        .merge(risks::router())
        .merge(rulebooks::router())
        .merge(departments::router())
        .merge(whitelist::router())
        .merge(decision_files::router())
        .merge(inspections::router())
        .merge(rounds::router())
        .merge(inspection_routes::router())
        .merge(inspection_reports::router())
        .merge(checklists::router())
        .merge(reports::router())
        .merge(report_duties::router())
        .merge(supplies::router())
        .merge(electricity::router())
        .merge(meter_systems::router())
        .merge(projects::router())
        .merge(shifts::router())
        .merge(shift_sheet::router())
}

/// An area that a filter names, and all below it: the range of their codes.
fn subtree(area: Option<&str>) -> ApiResult<Option<(String, String)>> {
    let code = area.map(AreaCode::parse).transpose().map_err(|it| ApiError::invalid("area", it))?;
    Ok(code.map(|it| it.subtree()))
}

fn application_id(text: &str) -> ApiResult<ApplicationId> {
    text.parse().map_err(|_| ApiError::not_found())
}

async fn note(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    subject: impl ToString,
    detail: Value,
) -> ApiResult<()> {
    let now = write.now;
    record::note(&mut write.tx, scope, act, subject, detail, now).await
}

async fn tell(write: &mut Write, row: &ApplicationRow) -> ApiResult<()> {
    let now = write.now;
    record::tell(&mut write.tx, row, now).await
}
