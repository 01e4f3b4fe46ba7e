//! How passes follow their people: status, workplaces, erasure.

use std::collections::HashMap;

use db::{DbError, Tx};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http_api::{ErasePerson, FollowPeople};
use kernel::Instant64;
use people::{HealthStatus, Standing};
use uuid::Uuid;

use crate::model::{PassState, sites_of, state_of};
use crate::store::{self, PassRow};

/// Told by people, in the transaction of the change.
pub struct PassFollower;

impl FollowPeople for PassFollower {
    fn changed<'a>(&'a self, tx: &'a mut Tx, files: &'a [Uuid], now: Instant64) -> BoxFuture<'a, Result<(), DbError>> {
        settle(tx, files, now).boxed()
    }
}

/// Sets the state that follows from what is known now.
pub(crate) async fn settle(tx: &mut Tx, files: &[Uuid], now: Instant64) -> Result<(), DbError> {
    let passes = store::live(tx, files, now).await?;
    if passes.is_empty() {
        return Ok(());
    }
    let mut owners: Vec<Uuid> = passes.iter().filter_map(|it| it.person_id).collect();
    owners.sort_unstable();
    owners.dedup();
    let standings: HashMap<Uuid, Standing> = people::standings(tx, &owners, now).await?;
    let mut lists = Vec::new();
    for wanted in PassState::ALL {
        let moved: Vec<&PassRow> =
            passes.iter().filter(|it| it.state() != *wanted && follows(it, &standings) == *wanted).collect();
        lists.extend(moved.iter().map(|it| it.list_number));
        store::set_state(tx, &moved, *wanted, None, now).await?;
    }
    if lists.is_empty() { Ok(()) } else { store::touch(tx, lists, now).await }
}

/// Nobody whom we do not know may pass.
fn follows(row: &PassRow, standings: &HashMap<Uuid, Standing>) -> PassState {
    let Some(standing) = row.person_id.and_then(|it| standings.get(&it)) else { return PassState::Revoked };
    let sites = sites_of(&row.sites);
    // Its signed claims name all of them: one that she has left would still let her in where nobody asks the server.
    let works_there = sites.iter().all(|site| standing.work.iter().any(|it| it.site == *site));
    state_of(row.state(), row.held_by.is_some(), standing.status == HealthStatus::Green, works_there)
}

/// What becomes of an erased person's passes.
pub struct PassEraser(pub kernel::time::SharedClock);

impl ErasePerson for PassEraser {
    fn erase<'a>(&'a self, tx: &'a mut Tx, person: Uuid) -> BoxFuture<'a, Result<u64, DbError>> {
        let now = self.0.now();
        store::erase(tx, person, now).boxed()
    }
}
