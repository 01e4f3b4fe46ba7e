//! What people tell the others.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A roster or a status changed: the gates of the site need a new roster.
#[derive(Debug, Serialize, Deserialize)]
pub struct RosterChanged {
    /// Of which site.
    pub site_id: Uuid,
    /// Whose lines changed, where they are few; of anybody where none is named. Who is named need not work there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub person_ids: Vec<Uuid>,
}

impl RosterChanged {
    /// So many are named.
    pub const NAMED_MOST: usize = 20;
}

impl events::EventBody for RosterChanged {
    const KIND: &'static str = "roster.changed";
}
