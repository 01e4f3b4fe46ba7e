//! Faults on purpose: killed processes, full disks, cut connections, held locks, hostile senders. What was acknowledged
//! is there exactly once, and what could not be stored was never acknowledged.
//!
//! Modules named `crash`, `faults` and `load` run with nothing beside them; see `.config/nextest.toml`.

#![allow(unreachable_pub, reason = "modules of a test binary")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop loudly")]

mod bodies;
mod crash;
mod faults;
mod installation;
mod load;
mod push;
mod server;
