//! The one binary: wires the rooms, decides nothing.

pub mod admin;
pub mod api;
pub mod audit_log;
pub mod backup;
pub mod config;
pub mod console;
pub mod demo;
pub mod gate;
pub mod host;
pub mod inspect;
pub mod serve;
pub mod wire;
