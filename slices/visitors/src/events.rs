//! What visitors tell the others.

use serde::{Deserialize, Serialize};

/// Who is expected at a site has changed: gates that keep a list of their own ask for it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct VisitorsChanged {}

impl events::EventBody for VisitorsChanged {
    const KIND: &'static str = "visitors.changed";
}
