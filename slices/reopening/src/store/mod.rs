//! SQL of reopening.

pub(crate) mod applications;
pub(crate) mod attachments;
pub(crate) mod electricity;
pub(crate) mod feeds;
pub(crate) mod findings;
pub(crate) mod forms;
pub(crate) mod inspections;
pub(crate) mod meter_systems;
pub(crate) mod opinions;
pub(crate) mod reports;
pub(crate) mod risks;
pub(crate) mod rulebooks;
pub(crate) mod shifts;
pub(crate) mod supplies;
pub(crate) mod whitelist;
