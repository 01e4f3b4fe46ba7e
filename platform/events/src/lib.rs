//! The outbox: an event is a row written in the transaction of its cause.
//!
//! After the commit one publisher gives events their positions, one after another. Readers follow positions, never
//! ids or sequences: a transaction that began early and commits late gets its position when it is visible, so no
//! reader can pass it by. Delivery is at least once; payloads carry ids, not personal data.

mod publisher;
mod recent;
mod store;

use db::{DbError, Tx};
use kernel::Instant64;
use serde::Serialize;
use uuid::Uuid;

pub use publisher::{Feed, Publisher};
pub use store::{EVENT_COLUMNS, Event, Place, head, prune, since, unpublished};

/// Where an event happened, for scopes and live feeds.
#[derive(Debug, Clone, Copy, Default)]
pub struct At<'a> {
    /// Area code.
    pub area: Option<&'a str>,
    /// Enterprise.
    pub enterprise: Option<Uuid>,
    /// Site.
    pub site: Option<Uuid>,
    /// Gate.
    pub gate: Option<Uuid>,
}

/// Something that happened. The kind and the payload's shape are a contract with readers.
pub trait EventBody: Serialize {
    /// A stable name such as `alarm.changed`.
    const KIND: &'static str;
}

/// Writes the event with the rest of the transaction.
pub async fn emit<E: EventBody + Sync>(tx: &mut Tx, at: At<'_>, body: &E, now: Instant64) -> Result<(), DbError> {
    emit_all(tx, vec![(at, body)], now).await
}

/// Writes many events in few statements.
pub async fn emit_all<E: EventBody + Sync>(
    tx: &mut Tx,
    events: Vec<(At<'_>, &E)>,
    now: Instant64,
) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(events.len());
    for (at, body) in events {
        let payload = serde_json::to_string(body).map_err(|_| DbError::Unreadable("event payload"))?;
        rows.push((E::KIND, at, payload));
    }
    store::insert(tx, rows, now);
    Ok(())
}
