//! A plan as hours that gates enforce: teams with equal hours share a window.

use places::TeamHours;
use places::rules::show_minute;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ShiftPlan, TeamStart};
use super::units::DAY;

/// The longest name of a window that names its teams.
const NAME_MOST: usize = 60;

/// Hours as they were put in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HoursInForce {
    /// The revision of the plan.
    pub revision: i64,
    /// When each team begins.
    pub starts: Vec<TeamStart>,
}

/// The windows of a plan: from a team's start until its end, on the plan's days. People may come in as early as the
/// plan lets the team arrive.
pub(crate) fn hours(plan: &ShiftPlan, starts: &[TeamStart]) -> Vec<TeamHours> {
    let mut hours: Vec<TeamHours> = Vec::new();
    for team in &plan.teams {
        let Some(it) = starts.iter().find(|it| it.team == team.name) else { continue };
        let end = (it.start + team.work_minutes) % DAY;
        match hours.iter_mut().find(|known| (known.start_minute, known.end_minute) == (it.start, end)) {
            Some(known) => known.teams.push(team.name.clone()),
            None => hours.push(TeamHours {
                name: String::new(),
                teams: vec![team.name.clone()],
                days: plan.days.clone(),
                start_minute: it.start,
                end_minute: end,
                early_minutes: plan.arrival_minutes.next_multiple_of(plan.slot_minutes),
            }),
        }
    }
    for it in &mut hours {
        let names = it.teams.join(", ");
        let plain = || format!("{}–{}", show_minute(it.start_minute), show_minute(it.end_minute));
        it.name = if names.chars().count() <= NAME_MOST { names } else { plain() };
    }
    hours
}
