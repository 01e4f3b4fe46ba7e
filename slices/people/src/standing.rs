//! How somebody stands, for rooms that follow people: her status and where she works now.

use std::collections::HashMap;

use access::Scope;
use db::{DbError, Read, Tx};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{HealthStatus, PersonId};
use crate::store::{employments, people};

/// How one person stands now.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The file that stands for her.
    pub person: Uuid,
    /// That one first, then those that were merged into it.
    pub files: Vec<Uuid>,
    /// Her status.
    pub status: HealthStatus,
    /// Where she works.
    pub work: Vec<Workplace>,
}

/// One of her workplaces.
#[derive(Debug, Clone)]
pub struct Workplace {
    /// The site.
    pub site: Uuid,
    /// Whose it is.
    pub enterprise: Option<Uuid>,
    /// Where that is.
    pub area_code: String,
    /// Her number there.
    pub employee_no: String,
    /// Her last day, if it is known.
    pub until: Option<Instant64>,
}

/// One person inside the scope.
pub async fn standing(
    db: &mut impl Read,
    scope: &Scope,
    id: PersonId,
    now: Instant64,
) -> Result<Option<Standing>, DbError> {
    let Some(row) = people::find(db, scope, id).await? else { return Ok(None) };
    let files = people::group(db, PersonId::from_uuid(row.id)).await?;
    let rows = employments::current_of(db, &[row.id], now).await?;
    let work = rows.into_iter().map(|it| it.workplace()).collect();
    let run_out = row.status_valid_until.is_some_and(|it| it <= now.micros());
    let status = HealthStatus::parse(&row.status).filter(|_| !run_out).unwrap_or(HealthStatus::Unknown);
    Ok(Some(Standing { person: row.id, files, status, work }))
}

/// Of these files, by file: one that was merged into another stands as that does. For followers in the transaction of a
/// change; who asks has reached them already.
pub async fn standings(db: &mut impl Read, files: &[Uuid], now: Instant64) -> Result<HashMap<Uuid, Standing>, DbError> {
    let found = people::standing_files(db, files, now).await?;
    let mut owners: Vec<Uuid> = found.iter().map(|(_, owner, _)| *owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let mut work: HashMap<Uuid, Vec<Workplace>> = HashMap::new();
    for row in employments::current_of(db, &owners, now).await? {
        work.entry(row.person_id).or_default().push(row.workplace());
    }
    let standing = |(file, person, status): (Uuid, Uuid, String)| {
        let status = HealthStatus::parse(&status).unwrap_or(HealthStatus::Unknown);
        let work = work.get(&person).cloned().unwrap_or_default();
        (file, Standing { person, files: vec![file], status, work })
    };
    Ok(found.into_iter().map(standing).collect())
}

/// Takes a person's file for this transaction: what changes how she stands comes before or after.
pub async fn lock(tx: &mut Tx, id: PersonId) -> Result<bool, DbError> {
    people::lock(tx, id).await
}
