//! One person, one file (一员一档): identity, employments, status, and one timeline of every fact.
//!
//! What later rooms know of a person they push down through [`record_facts`]; people pulls nothing. Identity and health
//! are sealed under keys of the person's own; erasing destroys the keys and the rows.

mod brief;
mod consents;
mod correcting;
mod corrections;
mod crew;
mod declarations;
mod duplicates;
mod erasure;
pub mod events;
pub mod faces;
mod file;
mod homes;
pub mod http;
mod import;
mod jobs;
pub mod model;
mod orders;
mod recompute;
mod roster;
pub mod rules;
mod sealed;
mod sign_in;
mod standing;
mod status;
mod store;
mod training;

use access::Columns;

pub use brief::{PersonBrief, briefs, by_document, document_digest};
pub use consents::ending::end_and_purge;
pub use consents::{ConsentHolder, consent_holders};
pub use crew::{Company, Crowd, Member, Members, crowds, identities_in_the_clear, members};
pub use erasure::{finish_erasures, replay_register};
pub use file::{NewFact, record_facts};
pub use import::{IMPORT_JOB, run_import};
pub use jobs::{follow_site, recompute_due, sweep};
pub use model::*;
pub use orders::escalate_appeals;
pub use recompute::{RECOMPUTE_JOB, run_recompute};
pub use roster::{
    RosterFacts, RosterHit, RosterKey, RosterLine, SealedRoster, expected_today, find_on_rosters, roster_lines,
    roster_of_people, roster_of_site,
};
pub use standing::{Standing, Workplace, lock, standing, standings};
pub use status::{ClinicalReading, clear_fever, record_clinical};
pub use store::employments::{EmploymentLabel, employment_labels};
pub use store::people::{person_condition, touch_screened};
pub use store::teams::{TeamSize, team_sizes};
pub use training::training_gaps;

/// How a person is reached: through the places where she is or was employed, and those where she lives or lived. An
/// ended employment keeps its area, so that the authority still finds her, and loses its enterprise and site; a home has
/// neither.
pub const PERSON: Columns = Columns::new(Some("ps.area_code"), Some("ps.enterprise_id"), Some("ps.site_id"))
    .own("ps.person_id")
    .through("exists (select 1 from person_scope ps where ps.person_id = p.id and ", ")")
    .through_few("p.id in (select ps.person_id from person_scope ps where ", ")");
