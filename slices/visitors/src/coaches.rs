//! A coach on its way: what its manifest says of it as it stands now.

use std::collections::HashMap;

use access::Scope;
use audit::Entry;
use db::{DbError, Read};
use http_api::{ApiError, ApiResult, Platform, Write};
use kernel::Instant64;
use kernel::time::{DAY, HOUR};
use people::HealthStatus;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::announcing::code_digest;
use crate::guests::same_district;
use crate::model::{CoachId, Plate};
use crate::rules::{CoachFacts, read_code, status_of};
use crate::store::coaches::{self as store, CoachRow};
use crate::store::passengers::{self, PassengerRow};

/// Who leads a coach, sealed under its key, with what it shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CoachDetails {
    pub(crate) leader: String,
    pub(crate) phone: String,
    pub(crate) code: String,
}

/// A coach and who sits in it, as it stands now.
pub(crate) struct Standing {
    pub(crate) row: CoachRow,
    pub(crate) passengers: Vec<PassengerRow>,
    /// By passenger: how she stands.
    pub(crate) status: HashMap<Uuid, HealthStatus>,
}

impl Standing {
    pub(crate) async fn of(db: &mut impl Read, row: CoachRow, now: Instant64) -> Result<Self, DbError> {
        let passengers = passengers::of_coach(db, CoachId::from_uuid(row.id)).await?;
        let files: Vec<Uuid> = passengers.iter().filter_map(|it| it.person_id).collect();
        let standing = people::standings(db, &files, now).await?;
        let status = |it: &PassengerRow| {
            let file = it.person_id.and_then(|it| standing.get(&it)).map(|it| it.status);
            (it.id, status_of(it.fit, file))
        };
        let status = passengers.iter().map(status).collect();
        Ok(Self { row, passengers, status })
    }

    pub(crate) fn may_travel(&self, passenger: &PassengerRow) -> bool {
        self.status.get(&passenger.id) == Some(&HealthStatus::Green)
    }

    /// Seats of those aboard who may not travel as it stands now.
    pub(crate) fn not_allowed(&self) -> Vec<String> {
        self.passengers.iter().filter(|it| it.aboard && !self.may_travel(it)).map(|it| it.seat.clone()).collect()
    }

    pub(crate) fn facts(&self, response_active: bool) -> CoachFacts<'_> {
        CoachFacts {
            state: self.row.state(),
            checked_at: self.row.checked_at.map(Instant64::from_micros),
            plate: &self.row.plate,
            aboard: self.row.aboard,
            crew: self.row.crew,
            not_allowed: self.not_allowed(),
            response_active,
        }
    }
}

/// The coach that shows this code, or has this plate, to a gate of its district.
pub(crate) async fn at_gate(
    platform: &Platform,
    db: &mut impl Read,
    shown: &str,
    area_code: &str,
) -> ApiResult<Option<CoachRow>> {
    let now = platform.now();
    let id = match (read_code(shown), Plate::parse(shown)) {
        (Some(code), _) => store::by_code(db, code_digest(platform, &code)).await?,
        (None, Ok(plate)) => store::by_plate(db, plate.as_str(), now.plus(-2 * DAY), now.plus(12 * HOUR)).await?,
        (None, Err(_)) => None,
    };
    let Some(id) = id else { return Ok(None) };
    // A guard's own scope is the gate; a coach is shown to it, and reaches no further than its district.
    let row = store::find(db, &access::system_scope("checkpoint"), id).await?;
    Ok(row.filter(|it| same_district(&it.area_code, area_code)))
}

/// Writes an act on a coach down, with whose seats it concerns.
pub(crate) async fn note(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    coach: Uuid,
    (people, detail): (&[Uuid], serde_json::Value),
) -> ApiResult<()> {
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "travel",
        subject: Some(CoachId::from_uuid(coach).to_string()),
        people,
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

/// The same without detail.
pub(crate) async fn note_plain(write: &mut Write, scope: &Scope, act: &'static str, coach: Uuid) -> ApiResult<()> {
    note(write, scope, act, coach, (&[], json!({}))).await
}

/// A coach inside the scope.
pub(crate) async fn in_reach(db: &mut impl Read, scope: &Scope, id: &str) -> ApiResult<CoachRow> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    store::find(db, scope, id).await?.ok_or_else(ApiError::not_found)
}
