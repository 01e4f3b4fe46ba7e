//! Inspections (验收): visits with a checklist, photographs, signatures and defects with a day; a re-check until nothing is wanting.

pub mod model;
mod officers;
pub mod pictures;
pub(crate) mod reporting;
pub mod rules;
pub mod sound;

pub use officers::follow_officers;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use access::Scope;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult};
use kernel::Instant64;
use kernel::time::DAY;
use model::{Checklist, InspectionId, InspectionKind, InspectionMode};

use crate::store::applications::ApplicationRow;
use crate::store::findings::{self, ChecklistRow, DefectRow};
use crate::store::inspections::{self as store, NewInspection, Plan};

/// The version of the checklist that the program brings along; published ones go on from here.
pub const BUILT_IN_VERSION: i64 = 1;
/// A visit that nobody set a day for is made within so many days.
const WITHIN: i64 = 2 * DAY;

/// The checklist that holds until a district publishes its own.
#[expect(clippy::expect_used, reason = "compiled in and read by a test")]
pub static BUILT_IN: LazyLock<Checklist> = LazyLock::new(|| {
    serde_json::from_str(include_str!("default_checklist.json")).expect("the checklist that is compiled in")
});

/// A version of the checklist.
pub(crate) struct Version {
    pub(crate) version: i64,
    pub(crate) checklist: Checklist,
}

/// The checklist in force.
pub(crate) async fn current_checklist(db: &mut impl Read) -> ApiResult<Version> {
    match findings::current_checklist(db).await? {
        Some(row) => version(row),
        None => Ok(built_in()),
    }
}

/// The checklist of a version.
pub(crate) async fn checklist_of(db: &mut impl Read, number: i64) -> ApiResult<Version> {
    match findings::checklist(db, number).await? {
        Some(row) => version(row),
        None if number == BUILT_IN_VERSION => Ok(built_in()),
        None => Err(ApiError::not_found()),
    }
}

fn built_in() -> Version {
    Version { version: BUILT_IN_VERSION, checklist: BUILT_IN.clone() }
}

fn version(row: ChecklistRow) -> ApiResult<Version> {
    let checklist = serde_json::from_str(&row.definition).map_err(|error| ApiError::internal(&error))?;
    Ok(Version { version: row.version, checklist })
}

/// Has the sites of an application visited. Who visits is who answers for the enterprise, if somebody does.
pub(crate) async fn order(
    tx: &mut Tx,
    scope: &Scope,
    row: &ApplicationRow,
    kind: InspectionKind,
    plan: Option<Plan<'_>>,
    now: Instant64,
) -> ApiResult<InspectionId> {
    let id = InspectionId::new(now);
    let duty = match &plan {
        Some(_) => None,
        None => officers::on_duty(tx, scope, row.enterprise_id, now).await?,
    };
    let by_duty = Plan {
        mode: InspectionMode::OnSite,
        officer: duty.as_ref().map(|it| (it.0, it.1.as_str())),
        by_duty: true,
        planned_on: None,
        starts_at: None,
        stop: None,
    };
    let new = NewInspection {
        id,
        application: row.id,
        enterprise: row.enterprise_id,
        area: &row.area_code,
        kind,
        plan: plan.unwrap_or(by_duty),
        due: now.plus(WITHIN),
        by: &scope.actor().name,
    };
    store::insert(tx, new, now).await?;
    Ok(id)
}

/// Keys of items that are wanting still.
pub(crate) fn still_open(defects: &[DefectRow]) -> BTreeSet<String> {
    defects.iter().filter(|it| it.fixed_at.is_none()).map(|it| it.item.clone()).collect()
}
