//! SQL of places.

pub mod areas;
pub mod assignments;
pub mod completeness;
pub mod devices;
pub mod enterprises;
pub mod gates;
pub mod premises;
pub mod responses;
pub mod shapes;
pub mod sites;
pub mod standing;
