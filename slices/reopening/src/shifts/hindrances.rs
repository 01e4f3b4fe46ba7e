//! What cannot hold, whatever is chosen: people who all have to come within one time, and are more than a gate, the
//! counter or the seats take in that time.
#![expect(clippy::indexing_slicing, reason = "indices come from the board")]

use super::model::{Hindrance, HindranceKind, PlanGate, ShiftPlan};
use super::units::{Board, Unit, gates_of, real};

/// People who come to a line, or sit, somewhere between two slots.
struct Group {
    team: usize,
    into: bool,
    first: i64,
    last: i64,
    /// Slots over which they come.
    over: i64,
    /// People; for seats, people times slots.
    amount: f64,
    people: f64,
}

/// The worst hindrance of each line and of the seats, and units without a time in common.
pub(crate) fn hindrances(plan: &ShiftPlan, board: &Board) -> Vec<Hindrance> {
    let no_time = board.units.iter().filter(|it| !it.has_time());
    let found: Vec<Hindrance> = no_time.map(|it| no_common_time(plan, it)).collect();
    if !found.is_empty() {
        return found;
    }
    let lines = (0..board.lines.len()).filter_map(|it| of_line(plan, board, it));
    lines.chain(of_seats(plan, board)).collect()
}

fn no_common_time(plan: &ShiftPlan, unit: &Unit) -> Hindrance {
    Hindrance { teams: names(plan, &unit.teams), ..blank(HindranceKind::NoCommonTime) }
}

fn blank(kind: HindranceKind) -> Hindrance {
    Hindrance {
        kind,
        gate: None,
        teams: Vec::new(),
        people: 0,
        capacity: 0,
        from: 0,
        until: 0,
        minutes_needed: 0,
        minutes_given: 0,
        enough: None,
    }
}

/// All of it together, where each alone could hold.
pub(crate) fn together() -> Hindrance {
    blank(HindranceKind::Together)
}

fn names(plan: &ShiftPlan, teams: &[usize]) -> Vec<String> {
    teams.iter().filter_map(|it| plan.teams.get(*it)).map(|it| it.name.clone()).collect()
}

fn whole(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn of_line(plan: &ShiftPlan, board: &Board, line: usize) -> Option<Hindrance> {
    let groups = match line < plan.gates.len() {
        true => at_gate(plan, board, line),
        false => pauses(board, |_, people| people),
    };
    let it = &board.lines[line];
    let given = |slots: f64| it.per_slot * slots + it.per_minute * it.wait;
    // Teams that come at once are too many whenever that is; if none are, all of them may be in the time that they have.
    let alone = (0..board.units.len()).filter_map(|unit| worst(board, &at_once(board, &groups, unit), given));
    let most = alone.max_by(|a, b| a.amount.total_cmp(&b.amount));
    let worst = most.or_else(|| worst(board, &groups, given))?;
    let per_minute = whole_up(it.per_minute);
    let given = worst.minutes(board) + it.wait;
    let gate = plan.gates.get(line);
    let enough = gate.map(|it| whole_up(worst.amount / given / f64::from(it.per_minute)));
    Some(Hindrance {
        gate: gate.map(|it| it.name.clone()),
        capacity: per_minute,
        minutes_needed: whole_up(worst.amount / it.per_minute),
        minutes_given: whole_down(given),
        enough: enough.or_else(|| Some(whole_up(worst.amount / given))),
        ..worst.told(plan, board, worst.kind(plan, line))
    })
}

fn at_gate(plan: &ShiftPlan, board: &Board, gate: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    for (team, load) in board.teams.iter().enumerate() {
        let unit = &board.units[board.unit_of[team]];
        for into in [true, false] {
            let through = |it: &PlanGate| f64::from(it.lanes) * f64::from(it.per_minute);
            let sum: f64 = gates_of(plan, &plan.teams[team], into).map(|(_, it)| through(it)).sum();
            let Some((_, it)) = gates_of(plan, &plan.teams[team], into).find(|(at, _)| *at == gate) else { continue };
            let amount = load.headcount * through(it) / sum;
            let minutes = if into { plan.arrival_minutes } else { plan.leaving_minutes };
            let over = whole(usize::from(minutes.div_ceil(plan.slot_minutes)));
            let ends = whole(usize::from(plan.teams[team].work_minutes.div_ceil(plan.slot_minutes)));
            let shift = if into { -over } else { ends };
            let (first, last) = (whole(*unit.starts.start()) + shift, whole(*unit.starts.end()) + shift + over - 1);
            groups.push(Group { team, into, first, last, over, amount, people: amount });
        }
    }
    groups
}

/// What one unit brings, slot by slot, if it begins and eats as early as it may.
fn at_once(board: &Board, groups: &[Group], unit: usize) -> Vec<Group> {
    let mut parts = Vec::new();
    for it in groups.iter().filter(|it| board.unit_of[it.team] == unit) {
        let slots = usize::try_from(it.over).unwrap_or(1);
        let (amount, people) = (it.amount / real(slots), it.people / real(slots));
        parts.extend((it.first..it.first + it.over).map(|at| Group {
            first: at,
            last: at,
            over: 1,
            amount,
            people,
            ..*it
        }));
    }
    parts
}

fn pauses(board: &Board, amount: impl Fn(usize, f64) -> f64) -> Vec<Group> {
    let mut groups = Vec::new();
    for (team, load) in board.teams.iter().enumerate() {
        let unit = &board.units[board.unit_of[team]];
        let Some(pauses) = unit.pauses.as_ref().filter(|_| !load.pause_presence.is_empty()) else { continue };
        let (first, last) = (unit.starts.start() + pauses.start(), unit.starts.end() + pauses.end());
        let amount = amount(load.pause_presence.len(), load.headcount);
        let (first, last) = (whole(first), whole(last));
        groups.push(Group { team, into: true, first, last, over: 1, amount, people: load.headcount });
    }
    groups
}

fn of_seats(plan: &ShiftPlan, board: &Board) -> Option<Hindrance> {
    let (_, seats) = board.canteen?;
    for unit in &board.units {
        let eats = |it: &&usize| !board.teams[**it].pause_presence.is_empty();
        let people: f64 = unit.teams.iter().filter(eats).map(|it| board.teams[*it].headcount).sum();
        if seats < people {
            let (people, capacity) = (whole_up(people), whole_down(seats));
            let teams = names(plan, &unit.teams);
            return Some(Hindrance { teams, people, capacity, enough: Some(people), ..blank(HindranceKind::Seats) });
        }
    }
    let mut groups = pauses(board, |slots, people| real(slots) * people);
    for it in &mut groups {
        it.last += whole(board.teams[it.team].pause_presence.len()) - 1;
    }
    let worst = worst(board, &groups, |slots| seats * slots)?;
    let slot = f64::from(board.slot_minutes);
    Some(Hindrance {
        capacity: whole_down(seats),
        minutes_needed: whole_up(worst.amount * slot / seats),
        minutes_given: whole_down(worst.minutes(board)),
        enough: Some(whole_up(worst.amount * slot / worst.minutes(board))),
        ..worst.told(plan, board, HindranceKind::Seats)
    })
}

/// Everybody who has to come between two slots.
struct Rush {
    first: i64,
    last: i64,
    amount: f64,
    people: f64,
    teams: Vec<usize>,
    into: bool,
    out: bool,
}

impl Rush {
    fn minutes(&self, board: &Board) -> f64 {
        let slots = usize::try_from(self.last - self.first + 1).unwrap_or(1);
        real(slots) * f64::from(board.slot_minutes)
    }

    const fn kind(&self, plan: &ShiftPlan, line: usize) -> HindranceKind {
        match (line < plan.gates.len(), self.into, self.out) {
            (false, ..) => HindranceKind::Counter,
            (true, true, true) => HindranceKind::GateBoth,
            (true, true, false) => HindranceKind::GateIn,
            (true, false, _) => HindranceKind::GateOut,
        }
    }

    fn told(&self, plan: &ShiftPlan, board: &Board, kind: HindranceKind) -> Hindrance {
        let minute = |slot: i64| {
            let in_day = slot.rem_euclid(whole(board.slots));
            board.minute_of(usize::try_from(in_day).unwrap_or(0))
        };
        Hindrance {
            teams: names(plan, &self.teams),
            people: whole_up(self.people),
            from: minute(self.first),
            until: minute(self.last + 1),
            ..blank(kind)
        }
    }
}

/// The time between two slots in which most more have to come than `given` lets; none when every time suffices.
fn worst(board: &Board, groups: &[Group], given: impl Fn(f64) -> f64) -> Option<Rush> {
    let mut worst: Option<(f64, i64, i64)> = None;
    for first in groups.iter().map(|it| it.first) {
        let mut later: Vec<&Group> = groups.iter().filter(|it| first <= it.first).collect();
        later.sort_by_key(|it| it.last);
        let mut amount = 0.0;
        for it in later {
            amount += it.amount;
            let slots = usize::try_from(it.last - first + 1).unwrap_or(1);
            let over = amount - given(real(slots));
            if slots <= board.slots && 1e-6 < over && worst.is_none_or(|(most, ..)| most < over) {
                worst = Some((over, first, it.last));
            }
        }
    }
    let (_, first, last) = worst?;
    let inside: Vec<&Group> = groups.iter().filter(|it| first <= it.first && it.last <= last).collect();
    let mut teams: Vec<usize> = inside.iter().map(|it| it.team).collect();
    teams.dedup();
    Some(Rush {
        first,
        last,
        amount: inside.iter().map(|it| it.amount).sum(),
        people: inside.iter().map(|it| it.people).sum(),
        into: inside.iter().any(|it| it.into),
        out: inside.iter().any(|it| !it.into),
        teams,
    })
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and not below nothing; the conversion saturates"
)]
fn whole_up(value: f64) -> u32 {
    (value - 1e-9).ceil() as u32
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and not below nothing; the conversion saturates"
)]
fn whole_down(value: f64) -> u32 {
    (value + 1e-9).floor() as u32
}
