//! Who comes without working there (访客、车辆、返岗专车): visitors whom a host announced, coaches with a checked manifest, vehicles at
//! gates.
//!
//! An announcement is sealed under a key of its own and forgotten four weeks after it ends. Whom the register of people knows by her
//! document is judged by her own status, of which neither host nor gate learns. What a gate makes of somebody is screening's
//! ([`guests`] tells it who she is).

mod announcing;
mod coaches;
mod events;
mod guests;
pub mod http;
mod list;
pub mod model;
pub mod rules;
mod sealed;
mod store;
mod tasks;

use access::Columns;

pub use guests::{Expected, Guest, GuestBrief, GuestKey, Went, expected_at, find, guest_briefs, went};
pub use tasks::{VisitorEraser, sweep};

/// Where an announcement says it belongs: the site that is visited, and the worker who announced it.
pub(crate) const VISITOR: Columns =
    Columns::new(Some("v.area_code"), Some("v.enterprise_id"), Some("v.site_id")).own("v.host_person_id");
/// Where a coach belongs: to where it goes.
pub(crate) const COACH: Columns = Columns::new(Some("o.area_code"), Some("o.enterprise_id"), Some("o.site_id"));
/// Where a vehicle passed.
pub(crate) const VEHICLE_PASSAGE: Columns =
    Columns::new(Some("y.area_code"), Some("y.enterprise_id"), Some("y.site_id"));
