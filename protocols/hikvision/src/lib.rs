#![doc = include_str!("../README.md")]

mod decode;
mod event;
mod fields;
mod frame;
pub mod fuzz_targets;
mod header;
mod inspect;
mod json;
mod minor;
mod placeholder;
mod redact;
pub mod sample;
mod time;
mod xml;

pub use decode::decode;
pub use inspect::inspect;
pub use redact::{Picture, Redacted, redact};
