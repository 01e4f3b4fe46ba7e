//! Ids, time, units and validated text: the words every other room shares.
//!
//! Pure: no I/O, no async. The one exception is [`time::SystemClock`], the only place that reads the machine's clock.

pub mod area_code;
mod coded;
pub mod credit_code;
pub mod document;
pub mod id;
pub mod text;
pub mod time;
pub mod units;

pub use area_code::{AreaCode, AreaKind};
pub use credit_code::CreditCode;
pub use document::{DocumentKind, DocumentNumber};
pub use text::{Invalid, Label, MacAddress, Phone, Prose};
pub use time::{Clock, Instant64, SystemClock};
pub use units::Celsius;

/// An error as the logger takes it: with its chain of sources.
pub fn cause<E: std::error::Error + 'static>(error: &E) -> &(dyn std::error::Error + 'static) {
    error
}
