//! SQL of training.

pub(crate) mod captions;
pub(crate) mod certificates;
pub(crate) mod courses;
pub(crate) mod due;
pub(crate) mod learning;
pub(crate) mod media;
