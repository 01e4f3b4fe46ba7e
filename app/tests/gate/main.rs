//! A gate of our own against a real server over real connections: linked, kept up to date, cut off, restored, revoked; faces of real photographs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

#[path = "../support/mod.rs"]
mod support;

mod cut;
mod faces;
mod linking;
mod passages;
mod roster;
mod site;
