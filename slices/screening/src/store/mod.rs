//! SQL of screening.

pub(crate) mod attendance;
pub(crate) mod counts;
pub(crate) mod gate_rules;
pub(crate) mod screenings;
