//! Who visits follows from who answers for the enterprise, also when that changes after the visit was ordered.

use access::{Scope, system_scope};
use db::{Condition, Read};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use places::officers::model::{OfficerKind, OnDuty};
use places::{EnterpriseId, officers_of};
use uuid::Uuid;

use crate::store::inspections::{self as store, InspectionRow, Plan};

/// Visits looked at in one transaction.
const PIECE: i64 = 200;

/// Who is on duty for an enterprise: its own officer before anybody else who answers for it.
pub(crate) async fn on_duty(
    db: &mut impl Read,
    scope: &Scope,
    enterprise: Uuid,
    now: Instant64,
) -> ApiResult<Option<(Uuid, String)>> {
    let duty = officers_of(db, scope, &[EnterpriseId::from_uuid(enterprise)], now).await?;
    Ok(first(&duty, enterprise))
}

fn first(duty: &[OnDuty], enterprise: Uuid) -> Option<(Uuid, String)> {
    let of = || duty.iter().filter(|it| it.enterprise.uuid() == enterprise);
    let own = of().find(|it| it.kind == OfficerKind::EnterpriseOfficer).or_else(|| of().next());
    own.map(|it| (it.officer.uuid(), it.name.clone()))
}

/// Hands visits over with the enterprises: to whoever answers for them now. Whom somebody chose for a visit keeps it, and where
/// nobody answers any more nothing changes.
///
/// # Errors
/// The database's.
pub async fn follow_officers(platform: &Platform) -> anyhow::Result<()> {
    follow(platform).await.map_err(|error| anyhow::anyhow!("{}", error.code().code()))
}

async fn follow(platform: &Platform) -> ApiResult<()> {
    let (all, mut after) = (system_scope("inspections"), None::<Uuid>);
    loop {
        let now = platform.now();
        let mut tx = platform.db.begin().await?;
        let rest = after.map(|it| Condition::after("v.id", vec![it.into()], false));
        let waiting = Condition::all(rest.into_iter().chain([store::follows_duty()]));
        let rows = store::list(&mut tx, &all, waiting, "v.id", PIECE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.id);
        let enterprises: Vec<EnterpriseId> = rows.iter().map(|it| EnterpriseId::from_uuid(it.enterprise_id)).collect();
        let duty = officers_of(&mut tx, &all, &enterprises, now).await?;
        for row in &rows {
            let Some(officer) = first(&duty, row.enterprise_id).filter(|it| Some(it.0) != row.officer_id) else {
                continue;
            };
            hand_over(&mut tx, row, &officer, now).await?;
        }
        tx.commit().await?;
    }
}

async fn hand_over(tx: &mut db::Tx, row: &InspectionRow, officer: &(Uuid, String), now: Instant64) -> ApiResult<()> {
    if let (Some(former), Some(name)) = (row.officer_id, row.officer_name.as_deref()) {
        store::replace(tx, row.id, (former, name), now).await?;
    }
    let plan = Plan {
        mode: row.mode()?,
        officer: Some((officer.0, &officer.1)),
        by_duty: true,
        planned_on: row.planned_on.as_deref(),
        starts_at: row.starts_at.map(Instant64::from_micros),
        stop: row.stop,
    };
    store::plan(tx, row.id, plan, now).await?;
    Ok(())
}
