//! Statistics: what is counted, how it is summed, when it is computed.

pub mod computing;
mod counters;
pub mod exporting;
pub mod following;
pub mod model;
pub mod rules;
