//! A plan laid out on its grid: who loads which queue and is at which place, slot by slot, counted from a team's start
//! or from its break. The day is a circle: what goes past midnight meets what the next day begins with.
#![expect(clippy::indexing_slicing, reason = "indices are made here and stay inside the lists that they were made for")]

use super::model::{GateWay, PlanGate, PlanTeam, ShiftPlan, TeamStart};

/// Minutes of a day.
pub(crate) const DAY: u16 = 1_440;
/// When everybody begins who has not been told otherwise.
const USUAL_START: u16 = 480;
/// When everybody eats then.
const USUAL_PAUSE: u16 = 720;

/// So many people at this line or place, so many slots after the start or the break.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) at: usize,
    pub(crate) after: usize,
    pub(crate) people: f64,
}

/// A queue: a gate, or the counter.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// People that it lets through in a slot.
    pub(crate) per_slot: f64,
    pub(crate) per_minute: f64,
    /// The longest allowed wait in minutes.
    pub(crate) wait: f64,
}

/// What one team brings.
#[derive(Debug, Clone, Default)]
pub(crate) struct TeamLoad {
    /// Counted from the slot of the start, forward around the day.
    pub(crate) flow: Vec<Load>,
    pub(crate) presence: Vec<Load>,
    /// Counted from the slot of the break.
    pub(crate) pause_flow: Vec<Load>,
    pub(crate) pause_presence: Vec<Load>,
    pub(crate) headcount: f64,
}

/// Teams that begin together: one decision.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) teams: Vec<usize>,
    /// Slots in which it may begin.
    pub(crate) starts: std::ops::RangeInclusive<usize>,
    /// How many slots after its start its break may begin; none without one.
    pub(crate) pauses: Option<std::ops::RangeInclusive<usize>>,
    pub(crate) headcount: f64,
}

impl Unit {
    /// Whether there is a time that suits all of it.
    pub(crate) fn has_time(&self) -> bool {
        !self.starts.is_empty() && self.pauses.as_ref().is_none_or(|it| !it.is_empty())
    }
}

/// The plan on its grid.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    pub(crate) slots: usize,
    pub(crate) slot_minutes: u16,
    pub(crate) lines: Vec<Line>,
    /// Places where people meet: the gates, the changing rooms, the canteen.
    pub(crate) places: usize,
    /// Which place is the canteen, and how many it seats.
    pub(crate) canteen: Option<(usize, f64)>,
    pub(crate) teams: Vec<TeamLoad>,
    pub(crate) units: Vec<Unit>,
    /// The unit of each team.
    pub(crate) unit_of: Vec<usize>,
}

/// When a team begins and eats, in slots; a break is counted on past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slots {
    pub(crate) start: usize,
    pub(crate) pause: Option<usize>,
}

/// The gates a team may use on its way in or out.
pub(crate) fn gates_of<'p>(
    plan: &'p ShiftPlan,
    team: &'p PlanTeam,
    into: bool,
) -> impl Iterator<Item = (usize, &'p PlanGate)> {
    let other = if into { GateWay::Out } else { GateWay::In };
    let may = move |it: &PlanGate| it.way != other && (team.gates.is_empty() || team.gates.contains(&it.name));
    plan.gates.iter().enumerate().filter(move |(_, it)| may(it))
}

pub(crate) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

impl Board {
    /// Lays a sound plan out.
    pub(crate) fn new(plan: &ShiftPlan) -> Self {
        let slot = f64::from(plan.slot_minutes);
        let line = |per_minute: f64, wait: u16| Line { per_slot: per_minute * slot, per_minute, wait: f64::from(wait) };
        let through = |it: &PlanGate| f64::from(it.lanes) * f64::from(it.per_minute);
        let mut lines: Vec<Line> = plan.gates.iter().map(|it| line(through(it), plan.gate_wait_minutes)).collect();
        if let Some(it) = &plan.canteen {
            lines.push(line(f64::from(it.per_minute), it.wait_minutes));
        }
        let canteen_place = plan.gates.len() + 1;
        let units = units(plan);
        let mut unit_of = vec![0; plan.teams.len()];
        for (index, unit) in units.iter().enumerate() {
            unit.teams.iter().for_each(|it| unit_of[*it] = index);
        }
        Self {
            slots: usize::from(DAY / plan.slot_minutes),
            slot_minutes: plan.slot_minutes,
            lines,
            places: canteen_place + 1,
            canteen: plan.canteen.as_ref().map(|it| (canteen_place, f64::from(it.seats))),
            teams: plan.teams.iter().map(|it| team_load(plan, it)).collect(),
            units,
            unit_of,
        }
    }

    /// The slot of a minute.
    pub(crate) fn slot_of(&self, minute: u16) -> usize {
        usize::from(minute / self.slot_minutes)
    }

    /// The minute of a slot.
    pub(crate) fn minute_of(&self, slot: usize) -> u16 {
        u16::try_from(slot).unwrap_or(u16::MAX).saturating_mul(self.slot_minutes)
    }

    /// Every team at eight, and at noon in the canteen.
    pub(crate) fn at_eight(&self, plan: &ShiftPlan) -> Vec<Slots> {
        let (start, noon) = (self.slot_of(USUAL_START), self.slot_of(USUAL_PAUSE));
        plan.teams.iter().map(|it| Slots { start, pause: it.pause.as_ref().map(|_| noon) }).collect()
    }

    /// Starts as they are stored; every team has one.
    pub(crate) fn read(&self, plan: &ShiftPlan, starts: &[TeamStart]) -> Option<Vec<Slots>> {
        let of = |team: &PlanTeam| {
            let it = starts.iter().find(|it| it.team == team.name)?;
            let usual = || team.pause.as_ref().map(|pause| it.start + pause.from_minutes);
            let pause = team.pause.as_ref().and_then(|_| it.pause_at.or_else(usual));
            Some(Slots { start: self.slot_of(it.start), pause: pause.map(|it| self.slot_of(it)) })
        };
        plan.teams.iter().map(of).collect()
    }

    /// Starts as they are stored.
    pub(crate) fn written(&self, plan: &ShiftPlan, slots: &[Slots]) -> Vec<TeamStart> {
        let start = |(team, it): (&PlanTeam, &Slots)| TeamStart {
            team: team.name.clone(),
            start: self.minute_of(it.start),
            pause_at: it.pause.map(|it| self.minute_of(it)),
        };
        plan.teams.iter().zip(slots).map(start).collect()
    }

    /// What each team of a unit does when the unit does this.
    pub(crate) fn spread(&self, chosen: &[Slots]) -> Vec<Slots> {
        let of = |(team, unit): (&TeamLoad, &usize)| Slots {
            start: chosen[*unit].start,
            pause: chosen[*unit].pause.filter(|_| !team.pause_presence.is_empty()),
        };
        self.teams.iter().zip(&self.unit_of).map(of).collect()
    }

    /// The usual start, or what is nearest to it that a unit may have.
    pub(crate) fn usual(&self, unit: &Unit) -> usize {
        self.slot_of(USUAL_START).clamp(*unit.starts.start(), *unit.starts.end())
    }
}

fn slots(minutes: u16, slot: u16) -> usize {
    usize::from(minutes.div_ceil(slot))
}

fn team_load(plan: &ShiftPlan, team: &PlanTeam) -> TeamLoad {
    let (slot, day) = (plan.slot_minutes, usize::from(DAY / plan.slot_minutes));
    let people = f64::from(team.headcount);
    let mut load = TeamLoad { headcount: people, ..TeamLoad::default() };
    let changing = slots(plan.changing_minutes, slot);
    let rooms = plan.gates.len();
    let arriving = slots(plan.arrival_minutes, slot);
    let leaving = slots(plan.leaving_minutes, slot);
    let ends = slots(team.work_minutes, slot);
    for (into, over, from) in [(true, arriving, day - arriving), (false, leaving, ends)] {
        let sum: f64 = gates_of(plan, team, into).map(|(_, it)| f64::from(it.lanes) * f64::from(it.per_minute)).sum();
        for (gate, it) in gates_of(plan, team, into) {
            let share = people * f64::from(it.lanes) * f64::from(it.per_minute) / sum / real(over);
            let each = |n: usize| Load { at: gate, after: (from + n) % day, people: share };
            load.flow.extend((0..over).map(each));
            load.presence.extend((0..over).map(each));
        }
        if 0 < changing {
            // Who changes is there from her arrival on, or until she leaves.
            let first = if into { from } else { from + 1 + day - changing };
            for n in 0..over + changing - 1 {
                let there = (n + 1).min(over).min(changing).min(over + changing - 1 - n);
                let people = people * real(there) / real(over);
                load.presence.push(Load { at: rooms, after: (first + n) % day, people });
            }
        }
    }
    if let (Some(pause), Some(_)) = (&team.pause, &plan.canteen) {
        load.pause_flow.push(Load { at: plan.gates.len(), after: 0, people });
        let over = slots(pause.minutes, slot);
        load.pause_presence.extend((0..over).map(|after| Load { at: rooms + 1, after, people }));
    }
    load
}

/// Teams that cannot be parted, directly or over others, are one.
fn units(plan: &ShiftPlan) -> Vec<Unit> {
    let n = plan.teams.len();
    let mut first: Vec<usize> = (0..n).collect();
    let mut join = |one: usize, other: usize| {
        let (from, to) = (first[one].max(first[other]), first[one].min(first[other]));
        first.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
    };
    for (index, team) in plan.teams.iter().enumerate() {
        for name in &team.with {
            if let Some(other) = plan.teams.iter().position(|it| it.name == *name) {
                join(index, other);
            }
        }
    }
    let of = |root: usize| {
        let teams: Vec<usize> = (0..n).filter(|it| first[*it] == root).collect();
        unit(plan, teams)
    };
    (0..n).filter(|it| first[*it] == *it).map(of).collect()
}

fn unit(plan: &ShiftPlan, teams: Vec<usize>) -> Unit {
    let slot = plan.slot_minutes;
    let of = |it: &usize| &plan.teams[*it];
    let earliest = teams.iter().map(of).map(|it| slots(it.earliest, slot)).max().unwrap_or(0);
    let latest = teams.iter().map(of).map(|it| usize::from(it.latest / slot)).min().unwrap_or(0);
    let pauses = || teams.iter().map(of).filter_map(|it| it.pause.as_ref());
    let from = pauses().map(|it| slots(it.from_minutes, slot)).max();
    let until = pauses().map(|it| usize::from(it.until_minutes / slot)).min();
    let pauses = plan.canteen.as_ref().and(from).zip(until).map(|(from, until)| from..=until);
    let headcount = teams.iter().map(of).map(|it| f64::from(it.headcount)).sum();
    Unit { starts: earliest..=latest, pauses, headcount, teams }
}
