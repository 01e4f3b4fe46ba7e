//! A plan by local search: every unit in turn takes the start and break that are best for all, until nobody gains;
//! then some are shaken, and it begins again. The same input gives the same plan.
#![expect(clippy::indexing_slicing, reason = "indices come from the board")]

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::measure::{Table, add, excess};
use super::units::{Board, Load, Slots, TeamLoad, Unit, real};

/// Shakes of a plan of one unit; larger ones get fewer, as each is dearer.
const SHAKES: usize = 2_400;
const SHAKES_LEAST: usize = 6;
/// Sweeps after which a descent is given up as one that turns in circles.
const SWEEPS: usize = 40;

/// How good something is: excess of queues and seats first, then meetings, then how far from the usual start.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) excess: f64,
    pub(crate) pairs: f64,
    away: f64,
}

impl Score {
    fn plus(self, other: Self) -> Self {
        Self { excess: self.excess + other.excess, pairs: self.pairs + other.pairs, away: self.away + other.away }
    }

    fn parts(self) -> [f64; 3] {
        [self.excess, self.pairs, self.away]
    }

    /// Whether it is better by more than rounding.
    pub(crate) fn beats(self, other: Self) -> bool {
        for (mine, its) in self.parts().into_iter().zip(other.parts()) {
            if (mine - its).abs() > 1e-6 * its.abs().max(1.0) {
                return mine.total_cmp(&its) == Ordering::Less;
            }
        }
        false
    }
}

/// What a unit brings, its teams added up.
pub(crate) struct UnitLoad {
    pub(crate) sum: TeamLoad,
    lines: Vec<usize>,
    pause_lines: Vec<usize>,
}

impl UnitLoad {
    pub(crate) fn of(board: &Board, unit: &Unit) -> Self {
        let teams: Vec<&TeamLoad> = unit.teams.iter().map(|it| &board.teams[*it]).collect();
        let all = |of: fn(&TeamLoad) -> &Vec<Load>| {
            let mut sums: BTreeMap<(usize, usize), f64> = BTreeMap::new();
            for it in teams.iter().flat_map(|it| of(it)) {
                *sums.entry((it.at, it.after)).or_default() += it.people;
            }
            sums.into_iter().map(|((at, after), people)| Load { at, after, people }).collect::<Vec<_>>()
        };
        let sum = TeamLoad {
            flow: all(|it| &it.flow),
            presence: all(|it| &it.presence),
            pause_flow: all(|it| &it.pause_flow),
            pause_presence: all(|it| &it.pause_presence),
            headcount: unit.headcount,
        };
        let touched = |of: &[Load]| {
            let mut lines: Vec<usize> = of.iter().map(|it| it.at).collect();
            lines.dedup();
            lines
        };
        Self { lines: touched(&sum.flow), pause_lines: touched(&sum.pause_flow), sum }
    }
}

/// A search on a board.
pub(crate) struct Search<'b> {
    board: &'b Board,
    pub(crate) loads: Vec<UnitLoad>,
    lines: Table,
    places: Table,
    chosen: Vec<Slots>,
    random: u64,
}

impl<'b> Search<'b> {
    pub(crate) fn new(board: &'b Board) -> Self {
        let empty = |rows: usize| vec![vec![0.0; board.slots]; rows];
        let first = |it: &Unit| {
            let start = board.usual(it);
            Slots { start, pause: it.pauses.as_ref().map(|it| start + it.start()) }
        };
        let mut it = Self {
            loads: board.units.iter().map(|it| UnitLoad::of(board, it)).collect(),
            lines: empty(board.lines.len()),
            places: empty(board.places),
            chosen: board.units.iter().map(first).collect(),
            random: 0x9e37_79b9_7f4a_7c15,
            board,
        };
        (0..it.chosen.len()).for_each(|unit| it.put(unit, 1.0));
        it
    }

    /// The best that was found, by unit, and how good it is.
    pub(crate) fn run(&mut self, goes_on: &dyn Fn(f64) -> bool) -> (Vec<Slots>, Score) {
        self.descend(goes_on);
        let (mut best, mut best_score) = (self.chosen.clone(), self.total());
        let shakes = (SHAKES / self.chosen.len().max(1)).max(SHAKES_LEAST);
        for shake in 0..shakes {
            if !goes_on(real(shake) / real(shakes)) || best_score.excess <= 0.0 && best_score.pairs <= 1e-9 && shake > 3
            {
                break;
            }
            self.shake();
            self.descend(goes_on);
            let score = self.total();
            if score.beats(best_score) {
                (best, best_score) = (self.chosen.clone(), score);
            } else {
                self.take(&best);
            }
        }
        self.take(&best);
        (best, best_score)
    }

    /// What is chosen now, and how good it is.
    pub(crate) fn now(&self) -> (Vec<Slots>, Score) {
        (self.chosen.clone(), self.total())
    }

    /// Takes these starts over, for another descent from there.
    pub(crate) fn take(&mut self, chosen: &[Slots]) {
        let empty = |table: &mut Table| table.iter_mut().for_each(|row| row.fill(0.0));
        empty(&mut self.lines);
        empty(&mut self.places);
        self.chosen = chosen.to_vec();
        (0..self.chosen.len()).for_each(|unit| self.put(unit, 1.0));
    }

    /// Lets every unit improve until none can.
    pub(crate) fn descend(&mut self, goes_on: &dyn Fn(f64) -> bool) {
        let mut order: Vec<usize> = (0..self.chosen.len()).collect();
        order.sort_by(|a, b| self.board.units[*b].headcount.total_cmp(&self.board.units[*a].headcount).then(a.cmp(b)));
        for _ in 0..SWEEPS {
            let mut moved = false;
            for unit in &order {
                moved |= self.improve(*unit);
                if !goes_on(0.0) {
                    return;
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// The score of what is chosen now.
    pub(crate) fn total(&self) -> Score {
        let lines = self.lines.iter().zip(&self.board.lines);
        let excess: f64 = lines.map(|(row, line)| excess(row, line)).sum::<f64>() + self.overflow();
        let (mut pairs, mut away) = (0.0, 0.0);
        let squares = self.places.iter().flatten().map(|it| it * it).sum::<f64>();
        for (unit, it) in self.loads.iter().zip(&self.chosen) {
            let own = unit.sum.presence.iter().chain(it.pause.iter().flat_map(|_| &unit.sum.pause_presence));
            pairs += own.map(|it| it.people * it.people).sum::<f64>();
        }
        for (unit, it) in self.board.units.iter().zip(&self.chosen) {
            away += self.away(unit, it.start);
        }
        Score { excess, pairs: ((squares - pairs) / 2.0).max(0.0), away }
    }

    fn away(&self, unit: &Unit, start: usize) -> f64 {
        unit.headcount * real(start.abs_diff(self.board.usual(unit)))
    }

    fn overflow(&self) -> f64 {
        let Some((at, seats)) = self.board.canteen else { return 0.0 };
        self.places[at].iter().map(|it| (it - seats - 1e-6).max(0.0)).sum()
    }

    fn put(&mut self, unit: usize, sign: f64) {
        let (load, at) = (&self.loads[unit].sum, self.chosen[unit]);
        add(&mut self.lines, &load.flow, at.start, sign);
        add(&mut self.places, &load.presence, at.start, sign);
        if let Some(pause) = at.pause {
            add(&mut self.lines, &load.pause_flow, pause, sign);
            add(&mut self.places, &load.pause_presence, pause, sign);
        }
    }

    /// Gives a unit the start and break that are best while all others stay; whether that is another.
    fn improve(&mut self, unit: usize) -> bool {
        self.put(unit, -1.0);
        let (before, board) = (self.chosen[unit], self.board);
        let it = &board.units[unit];
        let starts: Vec<(usize, Score)> = it.starts.clone().map(|at| (at, self.of_start(unit, at))).collect();
        let own = |it: &Slots| starts.iter().find(|(at, _)| *at == it.start).map_or_else(Score::default, |it| it.1);
        let Some(pauses) = &it.pauses else {
            let mut best = (before, own(&before));
            for (start, score) in starts.iter().filter(|it| it.0 != before.start) {
                if score.beats(best.1) {
                    best = (Slots { start: *start, pause: None }, *score);
                }
            }
            return self.settle(unit, before, best.0);
        };
        let first = it.starts.start() + pauses.start();
        let scores: Vec<Score> = (first..=it.starts.end() + pauses.end()).map(|at| self.of_pause(unit, at)).collect();
        let now = before.pause.map_or_else(Score::default, |it| scores[it - first]);
        let mut best = (before, own(&before).plus(now));
        for (start, score) in &starts {
            for pause in start + pauses.start()..=start + pauses.end() {
                let score = score.plus(scores[pause - first]);
                if score.beats(best.1) {
                    best = (Slots { start: *start, pause: Some(pause) }, score);
                }
            }
        }
        self.settle(unit, before, best.0)
    }

    fn settle(&mut self, unit: usize, before: Slots, now: Slots) -> bool {
        self.chosen[unit] = now;
        self.put(unit, 1.0);
        now != before
    }

    fn of_start(&mut self, unit: usize, start: usize) -> Score {
        let load = &self.loads[unit];
        add(&mut self.lines, &load.sum.flow, start, 1.0);
        let excess = load.lines.iter().map(|it| excess(&self.lines[*it], &self.board.lines[*it])).sum();
        add(&mut self.lines, &load.sum.flow, start, -1.0);
        let pairs = self.strangers(&load.sum.presence, start);
        Score { excess, pairs, away: self.away(&self.board.units[unit], start) }
    }

    fn of_pause(&mut self, unit: usize, pause: usize) -> Score {
        let load = &self.loads[unit];
        add(&mut self.lines, &load.sum.pause_flow, pause, 1.0);
        let mut excess: f64 = load.pause_lines.iter().map(|it| excess(&self.lines[*it], &self.board.lines[*it])).sum();
        add(&mut self.lines, &load.sum.pause_flow, pause, -1.0);
        if let Some((at, seats)) = self.board.canteen {
            for it in &load.sum.pause_presence {
                let others = self.places[at][(pause + it.after) % self.board.slots];
                let over = |people: f64| (people - seats - 1e-6).max(0.0);
                excess += over(others + it.people) - over(others);
            }
        }
        Score { excess, pairs: self.strangers(&load.sum.pause_presence, pause), away: 0.0 }
    }

    fn strangers(&self, loads: &[Load], from: usize) -> f64 {
        loads.iter().map(|it| it.people * self.places[it.at][(from + it.after) % self.board.slots].max(0.0)).sum()
    }

    /// Gives some units a start and a break by chance.
    fn shake(&mut self) {
        let n = self.chosen.len();
        for _ in 0..(n / 7).clamp(2, 12) {
            let unit = self.below(n);
            self.put(unit, -1.0);
            let it = &self.board.units[unit];
            let pauses = it.pauses.clone();
            let (first, n) = (*it.starts.start(), it.starts.end() - it.starts.start() + 1);
            let start = first + self.below(n);
            let pause = pauses.map(|it| start + it.start() + self.below(it.end() - it.start() + 1));
            self.chosen[unit] = Slots { start, pause };
            self.put(unit, 1.0);
        }
    }

    /// The next number below `n` of a series that is always the same (xorshift64).
    fn below(&mut self, n: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let n = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from(self.random % n).unwrap_or(0)
    }
}
