//! What is wrong with a plan as it was entered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{PlanTeam, ShiftPlan, TeamStart};

/// Teams of one plan.
pub const TEAMS_MOST: usize = 200;
/// Gates of one plan.
pub const GATES_MOST: usize = 20;
/// People of one team.
const TEAM_PEOPLE_MOST: u16 = 5_000;
const DAY: u16 = 1_440;

/// Something that is wrong, where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanFault {
    /// Such as `teams.3.latest`.
    pub at: String,
    /// Why.
    pub code: PlanFaultCode,
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a field of a plan is wrong.
    pub enum PlanFaultCode {
        /// It must be filled in.
        Required = "required",
        /// It is there twice.
        Twice = "twice",
        /// It is not one of the names.
        Unknown = "unknown",
        /// Too small or too large.
        Range = "range",
        /// It ends before it begins, or no time of the grid lies between.
        Order = "order",
        /// There are too many.
        TooMany = "too_many",
    }
}

use PlanFaultCode as Code;

/// Everything that is wrong.
pub fn faults(plan: &ShiftPlan) -> Vec<PlanFault> {
    let mut found = Vec::new();
    let mut say = |bad: bool, at: String, code: Code| {
        if bad {
            found.push(PlanFault { at, code });
        }
    };
    say(![5, 10, 15, 30].contains(&plan.slot_minutes), "slot_minutes".into(), Code::Range);
    say(plan.days.is_empty() || !plan.days.iter().all(|it| (1..=7).contains(it)), "days".into(), Code::Range);
    say(!(1..=120).contains(&plan.arrival_minutes), "arrival_minutes".into(), Code::Range);
    say(!(1..=120).contains(&plan.leaving_minutes), "leaving_minutes".into(), Code::Range);
    say(plan.changing_minutes > 60, "changing_minutes".into(), Code::Range);
    say(plan.gate_wait_minutes > 120, "gate_wait_minutes".into(), Code::Range);
    if let Some(it) = &plan.canteen {
        say(it.seats == 0, "canteen.seats".into(), Code::Range);
        say(it.per_minute == 0, "canteen.per_minute".into(), Code::Range);
        say(it.wait_minutes > 120, "canteen.wait_minutes".into(), Code::Range);
    }
    of_gates(plan, &mut say);
    say(plan.teams.is_empty(), "teams".into(), Code::Required);
    say(TEAMS_MOST < plan.teams.len(), "teams".into(), Code::TooMany);
    let mut names = BTreeSet::new();
    for (index, team) in plan.teams.iter().enumerate() {
        let at = |field: &str| format!("teams.{index}.{field}");
        say(team.name.trim().is_empty(), at("name"), Code::Required);
        say(!names.insert(kernel::text::fold(&team.name)), at("name"), Code::Twice);
        say(120 < team.name.chars().count() || 120 < team.post.chars().count(), at("name"), Code::Range);
        of_team(plan, team, at, &mut say);
    }
    found
}

fn of_gates(plan: &ShiftPlan, say: &mut impl FnMut(bool, String, Code)) {
    say(plan.gates.is_empty(), "gates".into(), Code::Required);
    say(GATES_MOST < plan.gates.len(), "gates".into(), Code::TooMany);
    let mut names = BTreeSet::new();
    for (index, gate) in plan.gates.iter().enumerate() {
        let at = |field: &str| format!("gates.{index}.{field}");
        say(gate.name.trim().is_empty(), at("name"), Code::Required);
        say(120 < gate.name.chars().count(), at("name"), Code::Range);
        say(!names.insert(gate.name.as_str()), at("name"), Code::Twice);
        say(!(1..=50).contains(&gate.lanes), at("lanes"), Code::Range);
        say(!(1..=120).contains(&gate.per_minute), at("per_minute"), Code::Range);
    }
}

fn of_team(plan: &ShiftPlan, team: &PlanTeam, at: impl Fn(&str) -> String, say: &mut impl FnMut(bool, String, Code)) {
    say(!(1..=TEAM_PEOPLE_MOST).contains(&team.headcount), at("headcount"), Code::Range);
    say(DAY <= team.earliest, at("earliest"), Code::Range);
    say(DAY <= team.latest, at("latest"), Code::Range);
    let slot = plan.slot_minutes.max(1);
    say(team.latest / slot < team.earliest.div_ceil(slot), at("latest"), Code::Order);
    say(!(60..=960).contains(&team.work_minutes), at("work_minutes"), Code::Range);
    let unknown = |it: &String| !plan.gates.iter().any(|gate| gate.name == *it);
    say(team.gates.iter().any(unknown), at("gates"), Code::Unknown);
    let usable = |into: bool| super::units::gates_of(plan, team, into).next().is_some();
    say(!usable(true) || !usable(false), at("gates"), Code::Required);
    let known = |it: &String| plan.teams.iter().any(|other| other.name == *it);
    say(!team.with.iter().all(known), at("with"), Code::Unknown);
    if let Some(pause) = &team.pause {
        say(!(5..=120).contains(&pause.minutes), at("pause.minutes"), Code::Range);
        let last = team.work_minutes.saturating_sub(pause.minutes);
        say(last < pause.until_minutes, at("pause.until_minutes"), Code::Range);
        let none = pause.until_minutes / slot < pause.from_minutes.div_ceil(slot);
        say(none, at("pause.until_minutes"), Code::Order);
    }
}

/// What is wrong with starts that somebody set by hand. Whether they are good is not asked: that is shown.
pub fn start_faults(plan: &ShiftPlan, starts: &[TeamStart]) -> Vec<PlanFault> {
    let mut found = Vec::new();
    let mut say = |index: usize, field: &str, code| {
        found.push(PlanFault { at: format!("starts.{index}.{field}"), code });
    };
    let mut seen = BTreeSet::new();
    for (index, it) in starts.iter().enumerate() {
        if !plan.teams.iter().any(|team| team.name == it.team) {
            say(index, "team", Code::Unknown);
        }
        if !seen.insert(it.team.as_str()) {
            say(index, "team", Code::Twice);
        }
        let slot = plan.slot_minutes.max(1);
        if DAY <= it.start || it.start % slot != 0 {
            say(index, "start", Code::Range);
        }
        if it.pause_at.is_some_and(|at| at < it.start || 2 * DAY <= at || at % slot != 0) {
            say(index, "pause_at", Code::Range);
        }
    }
    if let Some(team) = plan.teams.iter().find(|it| !seen.contains(it.name.as_str())) {
        found.push(PlanFault { at: format!("starts.{}", team.name), code: Code::Required });
    }
    found
}
