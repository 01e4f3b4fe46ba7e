//! What the district's command sees as a whole: statistics, aggregated beforehand from what other rooms tell, and exported
//! without a cap.
//!
//! Not here: anything about one enterprise or application (places, reopening): a number leads to their lists.

pub mod http;
mod statistics;
mod store;

pub use statistics::computing::{compute, compute_applications};
pub use statistics::exporting::sweep;
pub use statistics::model::*;
pub use statistics::rules;
