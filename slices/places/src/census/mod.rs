//! A census (摸排): what was found from door to door, compared with the register, and decided finding by finding.

mod columns;
pub mod matching;
pub mod model;
pub mod normal;
pub mod premises;
mod reading;
mod writing;

#[cfg(test)]
mod matching_tests;
#[cfg(test)]
mod premises_tests;

pub(crate) use columns::template;
pub use reading::AreaBook;
pub(crate) use reading::{CensusFault, CensusFile, CensusRefused, ROWS_MOST, read};
pub(crate) use writing::{fresh_of, judged, judged_again, land};
