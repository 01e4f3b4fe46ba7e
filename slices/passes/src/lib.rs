//! Return-to-work passes (返工码): short-lived, signed, without a name. A worker shows one on her phone or on paper; a gate
//! verifies it, with the server or without.
//!
//! Whether a pass holds follows from the person: her status and where she works. What changes those tells this room in the
//! same transaction ([`PassFollower`]); signed lists carry it to whoever verifies off line. The format is in
//! `credentials/pass`.

mod carried;
mod foreign;
pub mod http;
mod issuing;
mod lists;
mod model;
mod replacing;
mod showing;
mod standing;
mod store;

pub use carried::{Carried, Holder, carried, holders};
pub use foreign::shown_foreign;
pub use lists::{publish_lists, sweep};
pub use model::*;
pub use replacing::replace_key;
pub use showing::{Shown, shown};
pub use standing::{PassEraser, PassFollower};
