//! Alarms: raised, folded, acknowledged, escalated, handled, closed.
//!
//! Not here: what is worth an alarm; screening and the keepers of devices and disks decide that and call [`raise`].

mod acts;
pub mod events;
pub mod http;
mod jobs;
pub mod model;
mod raising;
pub mod rules;
mod sealing;
mod store;

pub use acts::{ActError, Reading, erase_person, record_clinical};
pub use http::{AlarmView, views};
pub use jobs::escalate;
pub use model::*;
pub use raising::{raise, raise_all};
pub use store::alarms::{AlarmRow, OpenCounts, by_ids, open_counts, open_for_gate};

#[cfg(test)]
mod store_tests;
