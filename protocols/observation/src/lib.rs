#![doc = include_str!("../README.md")]

mod key;
mod line;
mod time;
mod values;

pub use key::{event_key, sha256_hex};
pub use time::DeviceTime;
pub use values::{Fault, Kind, Mask, Method, Observation};
