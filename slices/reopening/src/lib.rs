//! Reopening applications (复工申请): forms as versioned data, drafts that keep themselves, sealed attachments, a signed pledge,
//! review with returns, and a decision that the sites' gates follow; then, day by day, what the open ones report.
//!
//! Not here: whether a gate lets somebody in (screening asks places), and who works at a site (people).

mod applications;
mod attachments;
pub mod events;
mod forms;
pub mod fuzz_targets;
pub mod http;
mod inspections;
mod notices;
mod parsed;
mod projects;
mod record;
mod reports;
mod risk_list;
mod rulebook;
mod sealed;
mod shifts;
mod store;
mod working_days;

pub use applications::model::*;
pub use applications::rules;
pub use attachments::structure;
pub use attachments::{AttachmentId, AttachmentState, sweep};
pub use forms::model::*;
pub use forms::rules as form_rules;
pub use forms::{BUILT_IN, BUILT_IN_VERSION, Form, sound};
pub use inspections::model::*;
pub use inspections::{BUILT_IN as CHECKLIST, follow_officers, pictures, rules as inspection_rules};
pub use notices::{NOTICE_JOB, run_notice};
pub use reports::model::*;
pub use reports::{compare_with_gates, rules as report_rules};
pub use rulebook::model::*;
pub use rulebook::{BUILT_IN as RULEBOOK, follow_rulebook, rules as rulebook_rules, sound as rulebook_sound};
pub use shifts::running::{SHIFT_PLAN_JOB, run_shift_plan};
pub use shifts::{measure as shift_measure, model as shift_model, solving as shift_solving, sound as shift_sound};
pub use store::feeds::{
    ApplicationCourse, Courses, MeteredDay, ReportedPeople, ReportedSupply, application_count, application_courses,
    electricity_of_day, reports_of_day, supplies_of_day,
};
pub use working_days::{WorkingDays, working_days};
