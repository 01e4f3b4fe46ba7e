//! What leaves the house: speech at a gate, and short messages to phones through one door.

pub mod messages;
mod speech;

pub use speech::{SpeechError, Voice, speak};
