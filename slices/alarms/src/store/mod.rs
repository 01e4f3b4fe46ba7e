//! SQL of alarms.
//!
//! Rows are locked in one order, so that nobody waits in a circle: first of `alarm_fold` by key, then of `alarm` by
//! id. Whoever changes several locks them one by one in that order.

pub mod alarms;
pub mod raising;
pub mod steps;
