//! What screening tells the others.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Screenings were recorded or changed at one gate.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScreeningsRecorded {
    /// Which, oldest first.
    pub ids: Vec<Uuid>,
}

impl events::EventBody for ScreeningsRecorded {
    const KIND: &'static str = "screenings.recorded";
}

/// The rules of gates changed.
#[derive(Debug, Serialize)]
pub struct RulesChanged {
    /// The new version.
    pub version: i64,
}

impl events::EventBody for RulesChanged {
    const KIND: &'static str = "rules.changed";
}
