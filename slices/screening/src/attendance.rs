//! Who was at a site on a day, as its gates saw it (考勤): for rooms that report on it.

use access::Scope;
use db::{DbError, Read};
use kernel::Instant64;
use kernel::time::DAY;
use uuid::Uuid;

use crate::model::{Method, Passage};
use crate::store::attendance as store;

/// What the gates of a site saw of one person on one day. Who was held or denied and did not get in was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attended {
    /// She.
    pub person: Uuid,
    /// The first time she came in.
    pub first_in: Option<Instant64>,
    /// The last time she left.
    pub last_out: Option<Instant64>,
    /// How often she passed.
    pub passages: i64,
}

/// One passage.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The screening.
    pub id: Uuid,
    /// She.
    pub person: Uuid,
    /// When.
    pub at: Instant64,
    /// In or out.
    pub passage: Passage,
    /// Through which gate.
    pub gate: Uuid,
    /// By what she was known.
    pub method: Method,
}

/// The local day that begins at `start`, with what gates send within a day after it: an id begins with the moment of receipt.
fn ids_of(start: Instant64) -> (Uuid, Uuid) {
    (kernel::id::earliest_at(start), kernel::id::earliest_at(start.plus(2 * DAY)))
}

/// What the gates saw of these persons on the day that begins at `start`.
///
/// # Errors
/// The database's.
pub async fn attended(
    db: &mut impl Read,
    scope: &Scope,
    site: Uuid,
    people: &[Uuid],
    start: Instant64,
) -> Result<Vec<Attended>, DbError> {
    let rows = store::attended(db, scope, (site, people), ids_of(start), (start, start.plus(DAY))).await?;
    let row = |it: store::AttendedRow| Attended {
        person: it.person_id,
        first_in: it.first_in.map(Instant64::from_micros),
        last_out: it.last_out.map(Instant64::from_micros),
        passages: it.passages,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// How many different people came in at a site on the day that begins at `start`.
///
/// # Errors
/// The database's.
pub async fn count_attended(db: &mut impl Read, scope: &Scope, site: Uuid, start: Instant64) -> Result<i64, DbError> {
    store::count(db, scope, site, ids_of(start), (start, start.plus(DAY))).await
}

/// Passages of a site from a moment on and before another, after a screening, in the order in which they came in.
///
/// # Errors
/// The database's.
pub async fn passages(
    db: &mut impl Read,
    scope: &Scope,
    site: Uuid,
    (from, until): (Instant64, Instant64),
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Passed>, DbError> {
    let first = after.unwrap_or_else(|| kernel::id::earliest_at(from));
    let last = kernel::id::earliest_at(until.plus(DAY));
    let rows = store::passages(db, scope, site, (first, last), (from, until), limit).await?;
    let row = |it: store::PassedRow| {
        Ok(Passed {
            id: it.id,
            person: it.person_id,
            at: Instant64::from_micros(it.occurred_at),
            passage: Passage::parse(&it.passage).ok_or(DbError::Unreadable("screening"))?,
            gate: it.gate_id,
            method: Method::parse(&it.method).unwrap_or(Method::Unknown),
        })
    };
    rows.into_iter().map(row).collect()
}
