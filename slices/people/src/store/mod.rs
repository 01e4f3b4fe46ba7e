//! SQL of people.

pub(crate) mod consents;
pub(crate) mod corrections;
pub(crate) mod crew;
pub(crate) mod daily;
pub(crate) mod declarations;
pub(crate) mod duplicates;
pub(crate) mod employments;
pub(crate) mod faces;
pub(crate) mod facts;
pub(crate) mod homes;
pub(crate) mod imports;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod purge;
pub(crate) mod status_rules;
pub(crate) mod teams;
pub(crate) mod training;
