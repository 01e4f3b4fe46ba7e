//! What alarms tell the others.

use serde::{Deserialize, Serialize};

use crate::model::AlarmId;

/// An alarm was raised, folded into, acknowledged, escalated, handled or closed. Readers fetch the rest by its id, in
/// their own scope.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AlarmChanged {
    /// Which.
    pub alarm_id: AlarmId,
}

impl events::EventBody for AlarmChanged {
    const KIND: &'static str = "alarm.changed";
}
