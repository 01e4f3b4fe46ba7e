//! Readings, verdicts, and what a gate shows and holds.
//!
//! A terminal's bytes come in through [`ingest`], a guard's entries through [`http`]; both become a reading, and the
//! verdict over it is the same pure function ([`rules`]). Not here: codecs, the journal, alarms' own life.

mod attendance;
mod detail;
mod duties;
pub mod events;
mod guard;
mod guests;
pub mod http;
mod ingest;
pub mod link;
pub mod model;
mod record;
pub mod rules;
mod store;
mod tasks;

use access::Columns;

pub use attendance::{Attended, Passed, attended, count_attended, passages};
pub use ingest::{DecodeFn, Ingest};
pub use model::*;
pub use store::counts::{SeenComingIn, seen_coming_in};
pub use tasks::{ScreeningEraser, watch_devices, watch_quota};

/// Where a screening says it belongs: frozen when it arrived.
pub const SCREENING: Columns =
    Columns::new(Some("k.area_code"), Some("k.enterprise_id"), Some("k.site_id")).wide("(k.area_code || '')");
