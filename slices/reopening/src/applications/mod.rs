//! Applications: begun with what is known, saved by itself, submitted under a signature, reviewed, decided.

pub mod beginning;
pub(crate) mod decision_file;
pub mod model;
pub(crate) mod moving;
pub(crate) mod opinions;
pub mod rules;
pub mod sheet;
pub(crate) mod whole;
pub mod writing;
