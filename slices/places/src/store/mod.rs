//! SQL of places.

pub mod areas;
pub mod assignments;
pub mod census;
pub mod census_lists;
pub mod completeness;
pub mod device_lists;
pub mod devices;
pub mod enterprise_keys;
pub mod enterprises;
pub mod gate_links;
pub mod gates;
pub mod premises;
pub mod responses;
pub mod shapes;
pub mod sites;
pub mod standing;
