//! What a plan comes to: queues as a fluid, and who is where with whom. The same function measures every plan.
#![expect(clippy::indexing_slicing, reason = "tables are as long as the board that they were made for")]

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ShiftPlan, TeamStart};
use super::units::{Board, Line, Load, Slots, real};

/// People that count as none.
const NOBODY: f64 = 1e-9;

/// One queue over the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueFigures {
    /// The gate; null for the counter.
    pub gate: Option<String>,
    /// People who come in each slot of the day.
    pub arrivals: Vec<f64>,
    /// People who stand there at the end of each slot.
    pub queue: Vec<f64>,
    /// The longest queue.
    pub peak: f64,
    /// The longest wait in minutes.
    pub longest_wait: f64,
    /// The mean wait in minutes of all who come.
    pub mean_wait: f64,
    /// Half of them wait no longer than this.
    pub wait_p50: f64,
    /// Nineteen of twenty wait no longer than this.
    pub wait_p95: f64,
    /// The longest that is allowed.
    pub allowed_wait: f64,
    /// Whether nobody waits longer than that.
    pub holds: bool,
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanFigures {
    /// The gates, then the counter.
    pub queues: Vec<QueueFigures>,
    /// The longest wait of all, in minutes.
    pub longest_wait: f64,
    /// The mean wait at gates, in minutes.
    pub mean_wait: f64,
    /// Minutes that people are at one place with anybody of another team, each person counted once.
    pub mixed_minutes: f64,
    /// Minutes that pairs of people of different teams are at one place.
    pub pair_minutes: f64,
    /// The most people of other teams that somebody is together with.
    pub most_strangers: f64,
    /// The most people in the canteen.
    pub canteen_peak: f64,
    /// Minutes that people stand in the canteen for want of a seat.
    pub canteen_overflow: f64,
    /// Between the first start and the last, in minutes.
    pub spread_minutes: u16,
    /// Whether every queue and the canteen hold.
    pub holds: bool,
}

/// People by line or place and slot.
pub(crate) type Table = Vec<Vec<f64>>;

/// The day's people of each slot added to a table.
pub(crate) fn add(table: &mut [Vec<f64>], loads: &[Load], from: usize, sign: f64) {
    for it in loads {
        let row = &mut table[it.at];
        let slot = (from + it.after) % row.len();
        row[slot] += sign * it.people;
    }
}

/// The queue at the end of each slot. The day repeats: it begins with what the day before left standing. A line that
/// gets more in a day than it lets through never ends; it is cut after one day.
pub(crate) fn queue(arrivals: &[f64], per_slot: f64) -> Vec<f64> {
    let mut standing = 0.0_f64;
    let mut after = vec![0.0; arrivals.len()];
    for _ in 0..2 {
        for (slot, coming) in arrivals.iter().enumerate() {
            standing = (standing + coming - per_slot).max(0.0);
            after[slot] = standing;
        }
    }
    after
}

/// People who stand beyond what the allowed wait lets stand, over all slots: nothing exactly when every wait holds.
pub(crate) fn excess(arrivals: &[f64], line: &Line) -> f64 {
    let allowed = line.per_minute * line.wait + 1e-6;
    queue(arrivals, line.per_slot).iter().map(|it| (it - allowed).max(0.0)).sum()
}

/// Tables of a plan: people at the lines, people at the places, and the same places by unit.
pub(crate) struct Tables {
    pub(crate) lines: Table,
    pub(crate) places: Table,
    pub(crate) by_unit: Vec<Table>,
}

/// Who is where.
pub(crate) fn tables(board: &Board, teams: &[Slots]) -> Tables {
    let empty = |rows: usize| vec![vec![0.0; board.slots]; rows];
    let mut lines = empty(board.lines.len());
    let mut by_unit: Vec<Table> = board.units.iter().map(|_| empty(board.places)).collect();
    for ((load, at), unit) in board.teams.iter().zip(teams).zip(&board.unit_of) {
        add(&mut lines, &load.flow, at.start, 1.0);
        add(&mut by_unit[*unit], &load.presence, at.start, 1.0);
        if let Some(pause) = at.pause {
            add(&mut lines, &load.pause_flow, pause, 1.0);
            add(&mut by_unit[*unit], &load.pause_presence, pause, 1.0);
        }
    }
    let mut places = empty(board.places);
    for unit in &by_unit {
        for (sum, row) in places.iter_mut().zip(unit) {
            sum.iter_mut().zip(row).for_each(|(sum, it)| *sum += it);
        }
    }
    Tables { lines, places, by_unit }
}

/// Measures starts of a plan; none when a team has no start.
pub fn measure(plan: &ShiftPlan, starts: &[TeamStart]) -> Option<PlanFigures> {
    let board = Board::new(plan);
    let slots = board.read(plan, starts)?;
    Some(of_slots(plan, &board, &slots))
}

/// What everybody at eight, and at noon in the canteen, comes to.
pub fn measure_at_eight(plan: &ShiftPlan) -> PlanFigures {
    let board = Board::new(plan);
    of_slots(plan, &board, &board.at_eight(plan))
}

pub(crate) fn of_slots(plan: &ShiftPlan, board: &Board, teams: &[Slots]) -> PlanFigures {
    let tables = tables(board, teams);
    let name = |index: usize| plan.gates.get(index).map(|it| it.name.clone());
    let lines = tables.lines.iter().zip(&board.lines).enumerate();
    let queues: Vec<QueueFigures> = lines.map(|(index, (row, line))| of_line(name(index), row, line)).collect();
    let slot = f64::from(board.slot_minutes);
    let met = Met::of(&tables);
    let (seated, seats) = board.canteen.map_or((&[][..], 0.0), |(at, seats)| (tables.places[at].as_slice(), seats));
    let overflow: f64 = seated.iter().map(|it| (it - seats).max(0.0)).sum();
    let gates = || queues.iter().filter(|it| it.gate.is_some());
    let came = |it: &QueueFigures| it.arrivals.iter().sum::<f64>();
    let people: f64 = gates().map(came).sum();
    let waited: f64 = gates().map(|it| it.mean_wait * came(it)).sum();
    let (first, last) = (teams.iter().map(|it| it.start).min(), teams.iter().map(|it| it.start).max());
    PlanFigures {
        longest_wait: queues.iter().map(|it| it.longest_wait).fold(0.0, f64::max),
        mean_wait: tenth(if people > 0.0 { waited / people } else { 0.0 }),
        mixed_minutes: tenth(met.mixed * slot),
        pair_minutes: tenth(met.pairs * slot),
        most_strangers: tenth(met.most),
        canteen_peak: tenth(seated.iter().copied().fold(0.0, f64::max)),
        canteen_overflow: tenth(overflow * slot),
        spread_minutes: board.minute_of(last.zip(first).map_or(0, |(last, first)| last - first)),
        holds: queues.iter().all(|it| it.holds) && overflow <= 1e-6,
        queues,
    }
}

/// Who meets whom, in slots.
struct Met {
    pairs: f64,
    mixed: f64,
    most: f64,
}

impl Met {
    fn of(tables: &Tables) -> Self {
        let mut met = Self { pairs: 0.0, mixed: 0.0, most: 0.0 };
        for unit in &tables.by_unit {
            for (row, sum) in unit.iter().zip(&tables.places) {
                for (own, all) in row.iter().zip(sum) {
                    let others = all - own;
                    if NOBODY < *own && NOBODY < others {
                        met.pairs += own * others / 2.0;
                        met.mixed += own;
                        met.most = met.most.max(others);
                    }
                }
            }
        }
        met
    }
}

fn of_line(gate: Option<String>, arrivals: &[f64], line: &Line) -> QueueFigures {
    let standing = queue(arrivals, line.per_slot);
    let before = |slot: usize| standing[(slot + standing.len() - 1) % standing.len()];
    let wait = |people: f64| people / line.per_minute;
    // Whoever comes in a slot waits for what stands before her; between its ends that changes evenly.
    let mut waits: Vec<(f64, f64)> = Vec::new();
    for (slot, coming) in arrivals.iter().enumerate().filter(|(_, it)| NOBODY < **it) {
        waits.extend((0..10).map(|part| {
            let share = (real(part) + 0.5) / 10.0;
            (wait((before(slot) + (coming - line.per_slot) * share).max(0.0)), coming / 10.0)
        }));
    }
    waits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let people: f64 = waits.iter().map(|it| it.1).sum();
    let mean = waits.iter().map(|(wait, people)| wait * people).sum::<f64>() / people.max(1.0);
    let longest = wait(standing.iter().copied().fold(0.0, f64::max));
    QueueFigures {
        gate,
        arrivals: arrivals.iter().map(|it| tenth(*it)).collect(),
        queue: standing.iter().map(|it| tenth(*it)).collect(),
        peak: tenth(standing.iter().copied().fold(0.0, f64::max)),
        longest_wait: tenth(longest),
        mean_wait: tenth(mean),
        wait_p50: tenth(percentile(&waits, people * 0.5)),
        wait_p95: tenth(percentile(&waits, people * 0.95)),
        allowed_wait: line.wait,
        holds: excess(arrivals, line) <= 0.0,
    }
}

fn percentile(waits: &[(f64, f64)], people: f64) -> f64 {
    let mut sum = 0.0;
    for (wait, n) in waits {
        sum += n;
        if people <= sum {
            return *wait;
        }
    }
    waits.last().map_or(0.0, |it| it.0)
}

/// To a tenth: more digits say nothing.
pub(crate) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
