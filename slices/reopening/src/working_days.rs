//! Working days as the rulebook in force counts them, for rooms that measure by them.

use std::collections::BTreeSet;
use std::sync::Arc;

use db::Read;
use http_api::ApiResult;
use kernel::Instant64;

use crate::rulebook::model::Rulebook;
use crate::rulebook::{in_force, rules};

/// A calendar of working days.
#[derive(Debug, Clone)]
pub struct WorkingDays(Arc<Rulebook>);

impl WorkingDays {
    /// The same time of day, so many working days on.
    pub fn after(&self, from: Instant64, days: u32) -> Instant64 {
        rules::working_days_on(&self.0, from, days)
    }

    /// The same for calendars that count the same days.
    pub fn fingerprint(&self) -> String {
        let sorted = |days: &[String]| days.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
        format!("{} / {}", sorted(&self.0.holidays).join(" "), sorted(&self.0.workdays).join(" "))
    }
}

/// The calendar in force.
///
/// # Errors
/// The database's, or a rulebook that cannot be read.
pub async fn working_days(db: &mut impl Read, now: Instant64) -> ApiResult<WorkingDays> {
    Ok(WorkingDays(in_force(db, now).await?.book))
}
