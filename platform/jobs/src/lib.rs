//! Background work of two kinds, never mixed, under one supervisor.
//!
//! A **queued job** does one thing once, with data: it is a row written in the transaction that wants it. A
//! **reconciler** has no input: it makes the world match the tables, on a timer and when something commits. Nobody
//! else spawns tasks.

mod queue;
mod supervisor;

pub use queue::{FailedJob, Handlers, enqueue, failed};
pub use supervisor::Supervisor;
