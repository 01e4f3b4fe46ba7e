//! SQL of places.

pub mod areas;
pub mod devices;
pub mod enterprises;
pub mod gates;
pub mod responses;
pub mod sites;
