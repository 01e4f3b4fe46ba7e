//! Officers (专员) and what they answer for. An officer is an account of that role; what it may see follows from what is
//! assigned to it, and moves in the transaction of each change.

pub mod model;
pub mod rules;
mod writing;

use access::{AccountId, Scope};
use db::{DbError, Read};
use kernel::Instant64;
use uuid::Uuid;

pub use model::OnDuty;
pub(crate) use writing::{Assigning, HandingOver, assign, end, hand_over, stand_in, stop_standing_in};

use crate::model::EnterpriseId;
use crate::store::assignments;
use model::OfficerKind;

/// Who is on duty at this moment for enterprises inside the scope: those assigned, and in place of whoever is away the
/// one who stands in. One that is locked out is not on duty.
pub async fn officers_of(
    db: &mut impl Read,
    scope: &Scope,
    enterprises: &[EnterpriseId],
    now: Instant64,
) -> Result<Vec<OnDuty>, DbError> {
    let ids: Vec<Uuid> = enterprises.iter().map(|it| it.uuid()).collect();
    let mut rows = assignments::on_duty(db, scope, &ids, now).await?;
    // Who answers for it himself does not stand in for it besides.
    rows.dedup_by(|later, first| {
        (later.enterprise_id, later.officer_id, &later.kind) == (first.enterprise_id, first.officer_id, &first.kind)
    });
    let on_duty = |row: assignments::OnDutyRow| {
        Ok(OnDuty {
            enterprise: EnterpriseId::from_uuid(row.enterprise_id),
            officer: AccountId::from_uuid(row.officer_id),
            name: row.name,
            kind: OfficerKind::parse(&row.kind).ok_or(DbError::Unreadable("officer_assignment.kind"))?,
            stands_in: row.stands_in,
        })
    };
    rows.into_iter().map(on_duty).collect()
}
