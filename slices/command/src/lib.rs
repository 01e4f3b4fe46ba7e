//! What the district's command sees as a whole: statistics, aggregated beforehand from what other rooms tell, and exported
//! without a cap, and filled into the district's own report templates.
//!
//! Not here: anything about one enterprise or application (places, reopening): a number leads to their lists.

pub mod http;
mod statistics;
mod store;
mod templates;

pub use statistics::computing::compute;
pub use statistics::exporting::sweep;
pub use statistics::following::{Effort, compute_applications};
pub use statistics::model::*;
pub use statistics::rules;
pub use templates::ReportTemplateId;
pub use templates::making::make_reports;
