//! SQL of the log and of its tree.

pub(crate) mod entries;
pub(crate) mod tree;
