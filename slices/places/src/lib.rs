//! Areas, responses, enterprises, premises, sites and their open state and shift windows, gates, devices; officers and
//! what they answer for.
//!
//! Not here: who works at a site (people), what passes a gate (screening).

pub mod census;
mod deciding;
pub mod events;
pub mod http;
mod imports;
pub mod model;
pub mod officers;
pub mod rules;
pub mod shapes;
mod store;
mod tasks;
mod team_hours;
mod words;

pub use deciding::follow_decision;
pub use http::gate_link_key;
pub use model::*;
pub use officers::{OnDuty, officers_of};
pub use store::areas::{area_children, area_names, district_code, exists as area_in_force};
pub use store::devices::{DeviceFacts, DeviceTouch, PlaceCounts, device_for_ingest, mark_silent, place_counts, touch};
pub use store::enterprises::{EnterpriseFacts, add_employees, enterprise_area, enterprise_facts, enterprise_names};
pub use store::gate_links::{GateLinkRow, gate_link, note_asked, revoked_gate};
pub use store::gates::{GatePlace, gate_names, gate_place, gates_of_site};
pub use store::responses::{ActiveResponse, EndedResponse, active_responses, mark_purged, unpurged_responses};
pub use store::sites::{CalledSite, SiteBrief, compounds_in, shift_windows, site_brief, sites_by_id, sites_called};
pub use store::standing::{EnterpriseStanding, enterprise_standings, top_areas};
pub use tasks::{Extras, PlaceDoors};
pub use team_hours::{TeamHours, set_team_windows};

/// Taking a list from a file, for the lists of later slices.
pub mod lists {
    pub use crate::census::AreaBook;
    pub use crate::http::list_files::{ListImportQuery, ListImportReport, ListTemplateQuery, blank, import};
    pub use crate::imports::{
        Cells, ImportedList, Judged, ListChange, ListFault, ListFieldChange, ListRefused, Refusal, SaidRow, Told,
        areas_in_reach, differing, good, read_rows,
    };
}

use access::Columns;

/// The queue's name for what follows when a site has moved to another area; its data is `{site_id}`.
pub const SITE_MOVED: &str = "places.site_moved";

/// Where a site's row says it belongs; every query that joins `site s` uses it.
pub const SITE: Columns =
    Columns::new(Some("s.area_code"), Some("s.enterprise_id"), Some("s.id")).inside("s.premises_id");
