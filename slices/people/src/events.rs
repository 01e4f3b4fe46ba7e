//! What people tell the others.

use serde::Serialize;
use uuid::Uuid;

/// A roster or a status changed: the gates of the site need a new roster.
#[derive(Debug, Serialize)]
pub struct RosterChanged {
    /// Of which site.
    pub site_id: Uuid,
}

impl events::EventBody for RosterChanged {
    const KIND: &'static str = "roster.changed";
}
