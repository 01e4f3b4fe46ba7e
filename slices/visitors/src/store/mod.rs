//! SQL of visitors, coaches and vehicles.

pub(crate) mod coaches;
pub(crate) mod passengers;
pub(crate) mod vehicles;
pub(crate) mod visitors;
