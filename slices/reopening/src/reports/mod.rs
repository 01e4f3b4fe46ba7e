//! Daily reports (日报): what an enterprise or a construction project says of a day, what the gates saw of it, how long its
//! supplies last, and its electricity.

pub(crate) mod filing;
pub(crate) mod metering;
pub mod model;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod seeing;

pub use seeing::compare_with_gates;
