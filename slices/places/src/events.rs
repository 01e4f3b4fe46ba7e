//! What places tell the others.

use serde::Serialize;

/// Something about places changed that gates and feeds must know of.
#[derive(Debug, Serialize)]
pub struct PlacesChanged {
    /// `response`, `site`, `gate`, `device`, `shifts`.
    pub what: &'static str,
}

impl events::EventBody for PlacesChanged {
    const KIND: &'static str = "places.changed";
}
