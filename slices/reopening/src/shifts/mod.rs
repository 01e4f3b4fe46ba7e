//! Shift plans (错峰上下班): when each team begins, so that no queue is longer than allowed and people of different teams
//! meet least. The model is stated in `docs/shift-plans.md`.

mod exact;
mod hindrances;
pub(crate) mod in_force;
pub mod measure;
pub mod model;
pub mod running;
mod search;
pub mod solving;
pub mod sound;
pub(crate) mod suggest;
mod units;

#[cfg(test)]
#[path = "shift_tests.rs"]
mod tests;
