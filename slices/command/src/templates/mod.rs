//! Report templates (上报模板): the district's own workbooks, whose named cells are filled with the statistics of a day; now, or
//! every day at an hour.

pub(crate) mod figures;
pub(crate) mod known;
pub mod making;
pub(crate) mod plan;
pub(crate) mod schedule;
pub(crate) mod suggest;

use std::sync::Arc;

use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose};

kernel::id_type! {
    /// A template of a report.
    pub struct ReportTemplateId; prefix = "rtpl"
}

const VERSION: &str = "report_template_version.content";
const FILLED: &str = "filled_report.content";

/// The key of a template: its versions and the reports made of it are sealed with it.
pub(crate) async fn key(platform: &Platform, template: Uuid, now: Instant64) -> ApiResult<Arc<DataKey>> {
    let keys = platform.vault.ensure(&[template], Purpose::Identity, None, now).await?;
    keys.get(&template).cloned().ok_or_else(ApiError::not_found)
}

/// Each file is sealed for its own place.
fn place(column: &'static str, template: Uuid, number: i64) -> Place {
    let number = u128::from(number.unsigned_abs());
    Place { column, row: Uuid::from_u128(template.as_u128().wrapping_add(number)) }
}

/// Where a version lies.
pub(crate) fn version_place(template: Uuid, version: i64) -> Place {
    place(VERSION, template, version)
}

/// Where the report of a day lies.
pub(crate) fn filled_place(template: Uuid, day: &str) -> Place {
    let number = Instant64::parse_date(day).map_or(0, Instant64::micros);
    place(FILLED, template, number)
}
