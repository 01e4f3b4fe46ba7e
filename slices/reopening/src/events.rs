//! What applications tell the others.

use serde::{Deserialize, Serialize};

use crate::applications::model::ApplicationId;

/// An application was submitted, taken, returned or decided. Readers fetch the rest by its id, in their own scope.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ApplicationChanged {
    /// Which.
    pub application_id: ApplicationId,
}

impl events::EventBody for ApplicationChanged {
    const KIND: &'static str = "application.changed";
}
