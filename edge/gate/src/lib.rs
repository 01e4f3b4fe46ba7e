#![doc = include_str!("../README.md")]

mod codes;
mod config;
mod decide;
mod door;
mod gpio;
mod heat;
mod keeper;
mod key;
mod link;
mod page;
mod pairing;
mod passes;
mod roster;
mod rounds;
mod run;
mod store;
mod view;

pub use config::{DoorConfig, GateConfig, Outdoors, PageConfig, ReaderConfig, ThermalConfig, ThermalSource};
pub use decide::{Decided, Measured, Shown, Standing, decide};
pub use door::{Door, of as door_of};
pub use heat::{Heat, SharedEye, ThermalEye, Weather};
pub use keeper::{Keeper, Told};
pub use link::{Link, LinkError, enrol};
pub use pairing::{InUse, PairFault, Pairing, PairingState};
pub use passes::{PassBook, Reading};
pub use roster::{Roster, Who};
pub use rounds::{End, forward, round, send_some, sync};
pub use run::{link_gate, run};
pub use store::{Store, StoreError};
pub use view::{Candidate, Looker, View};
