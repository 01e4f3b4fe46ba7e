//! The server through its routers, on both engines: what each role gets, and what it does not.

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

mod authorization;
mod census;
mod census_premises;
mod consents;
mod course_files;
mod declarations;
mod demo_past;
mod duplicates;
mod erasure;
mod foreign;
mod gate;
mod homes;
mod imports;
mod inspections;
mod list_imports;
mod notices;
mod officer_imports;
mod officers;
mod passes;
mod people;
mod places;
mod privacy;
mod projects;
mod reopening;
mod reports;
mod risk_imports;
mod rulebooks;
mod scopes;
mod screening;
mod session;
mod sharing;
mod sheets;
mod shifts;
mod statistics;
mod status;
mod templates;
mod tenants;
mod training;
mod visitor_imports;
mod visitors;
mod watch;
mod worker;
