//! The same plan as a mixed-integer linear program, for what a search cannot say: that nothing holds, and how far from
//! the best a plan can be at most. `docs/shift-plans.md` states it.
#![expect(clippy::indexing_slicing, reason = "indices come from the board")]

use std::collections::BTreeMap;
use std::time::Duration;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable};

use super::search::UnitLoad;
use super::units::{Board, Load, Slots, real};

/// Choices above which no program is made: it would not be solved in the time.
const CHOICES_MOST: usize = 6_000;
/// Tangents to the square of how many are at one place.
const TANGENTS: usize = 6;

/// What the solver says.
pub(crate) enum Said {
    /// There is no plan.
    Infeasible,
    /// What it found, if anything, and below what nothing lies; pairs of a slot.
    Found { chosen: Option<Vec<Slots>>, bound: f64, nodes: u64, optimal: bool },
    /// Too large, or the solver lost its way.
    Nothing,
}

/// The program and what its variables stand for.
struct Program<'b> {
    board: &'b Board,
    loads: &'b [UnitLoad],
    problem: Problem,
    starts: Vec<Choices>,
    pauses: Vec<Choices>,
}

type Terms = Vec<(Variable, f64)>;
/// Slots and the variable that stands for each.
type Choices = Vec<(usize, Variable)>;
/// What choices of a unit bring, by line or place and slot.
type Rows = BTreeMap<(usize, usize), Vec<(usize, Variable, f64)>>;

/// Solves within limits, beginning with a plan that holds.
pub(crate) fn solve(board: &Board, loads: &[UnitLoad], known: Option<&[Slots]>, nodes: u64, seconds: u64) -> Said {
    let mut program = Program::new(board, loads);
    let choices: usize = program.starts.iter().chain(&program.pauses).map(Vec::len).sum();
    if CHOICES_MOST < choices {
        return Said::Nothing;
    }
    program.one_each();
    program.queues();
    program.seats();
    program.meetings();
    let mut options = SolveOptions::default();
    options.node_limit = Some(nodes);
    options.time_limit = Some(Duration::from_secs(seconds));
    options.warm_start = known.map(|it| program.hint(it));
    match program.problem.solve_with(options) {
        Err(Error::Infeasible) if known.is_none() => Said::Infeasible,
        Err(_) => Said::Nothing,
        Ok(outcome) => program.read(&outcome),
    }
}

impl<'b> Program<'b> {
    fn new(board: &'b Board, loads: &'b [UnitLoad]) -> Self {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let (mut starts, mut pauses) = (Vec::new(), Vec::new());
        for (unit, load) in board.units.iter().zip(loads) {
            let own = |of: &[Load]| -> f64 { of.iter().map(|it| it.people * it.people).sum() };
            // That a unit is together with itself is no meeting.
            let cost = -own(&load.sum.presence);
            starts.push(unit.starts.clone().map(|at| (at, problem.add_binary_var(cost))).collect());
            let cost = -own(&load.sum.pause_presence);
            let all = unit.pauses.as_ref().map(|it| unit.starts.start() + it.start()..=unit.starts.end() + it.end());
            pauses.push(all.into_iter().flatten().map(|at| (at, problem.add_binary_var(cost))).collect());
        }
        Self { board, loads, problem, starts, pauses }
    }

    fn at_most(&mut self, terms: Terms, most: f64) {
        self.problem.add_constraint(terms, ComparisonOp::Le, most);
    }

    /// One start and one break each; the break neither too early nor too late after the start.
    fn one_each(&mut self) {
        let mut rows: Vec<(Terms, ComparisonOp, f64)> = Vec::new();
        for ((starts, pauses), unit) in self.starts.iter().zip(&self.pauses).zip(&self.board.units) {
            rows.push((starts.iter().map(|it| (it.1, 1.0)).collect(), ComparisonOp::Eq, 1.0));
            let Some(range) = &unit.pauses else { continue };
            rows.push((pauses.iter().map(|it| (it.1, 1.0)).collect(), ComparisonOp::Eq, 1.0));
            for (at, _) in pauses {
                // Who eats by then has begun early enough; who eats from then on has not begun too early.
                let early = pauses.iter().filter(|it| it.0 <= *at).map(|it| (it.1, 1.0));
                let begun = starts.iter().filter(|it| it.0 + range.start() <= *at).map(|it| (it.1, -1.0));
                rows.push((early.chain(begun).collect(), ComparisonOp::Le, 0.0));
                let late = pauses.iter().filter(|it| *at <= it.0).map(|it| (it.1, 1.0));
                let begun = starts.iter().filter(|it| *at <= it.0 + range.end()).map(|it| (it.1, -1.0));
                rows.push((late.chain(begun).collect(), ComparisonOp::Le, 0.0));
            }
        }
        rows.into_iter().for_each(|(terms, op, right)| self.problem.add_constraint(terms, op, right));
    }

    /// What every choice brings to each slot of a line or place.
    fn terms(&self, of_start: fn(&UnitLoad) -> &[Load], of_pause: fn(&UnitLoad) -> &[Load]) -> Rows {
        let mut terms = Rows::new();
        for (unit, load) in self.loads.iter().enumerate() {
            let choices = [(of_start(load), &self.starts[unit]), (of_pause(load), &self.pauses[unit])];
            for (loads, choices) in choices {
                for (at, variable) in choices {
                    for it in loads {
                        let slot = (at + it.after) % self.board.slots;
                        terms.entry((it.at, slot)).or_default().push((unit, *variable, it.people));
                    }
                }
            }
        }
        terms
    }

    /// What stands at the end of a slot is at least what stood before, and came, and was not let through; and never
    /// more than the allowed wait lets stand.
    fn queues(&mut self) {
        let terms = self.terms(|it| &it.sum.flow, |it| &it.sum.pause_flow);
        for (at, line) in self.board.lines.clone().iter().enumerate() {
            let slots = self.board.slots;
            let after = (line.wait / f64::from(self.board.slot_minutes)).ceil();
            let live: Vec<bool> = (0..slots).map(|slot| self.is_live(&terms, at, slot, after)).collect();
            let most = line.per_minute * line.wait;
            let standing: Vec<Option<Variable>> =
                live.iter().map(|it| it.then(|| self.problem.add_var(0.0, (0.0, most)))).collect();
            for slot in 0..slots {
                let Some(now) = standing[slot] else { continue };
                let mut row: Terms = vec![(now, -1.0)];
                row.extend(standing[(slot + slots - 1) % slots].map(|it| (it, 1.0)));
                row.extend(terms.get(&(at, slot)).into_iter().flatten().map(|it| (it.1, it.2)));
                self.at_most(row, line.per_slot);
            }
        }
    }

    /// Whether anybody can stand at a line then: a queue of the allowed wait is gone so many slots after the last arrival.
    fn is_live(&self, terms: &Rows, line: usize, slot: usize, after: f64) -> bool {
        let slots = self.board.slots;
        (0..slots)
            .take_while(|back| real(*back) <= after)
            .any(|back| terms.contains_key(&(line, (slot + slots - back) % slots)))
    }

    fn seats(&mut self) {
        let Some((canteen, seats)) = self.board.canteen else { return };
        let terms = self.terms(|_| &[], |it| &it.sum.pause_presence);
        for ((place, _), row) in terms {
            if place == canteen {
                self.at_most(row.iter().map(|it| (it.1, it.2)).collect(), seats);
            }
        }
    }

    /// The square of how many are at a place, from below: by tangents, which it touches at a few numbers.
    fn meetings(&mut self) {
        let terms = self.terms(|it| &it.sum.presence, |it| &it.sum.pause_presence);
        for row in terms.into_values() {
            let mut most: BTreeMap<usize, f64> = BTreeMap::new();
            row.iter().for_each(|it| {
                let one = most.entry(it.0).or_default();
                *one = one.max(it.2);
            });
            let (all, mean) = (most.values().sum::<f64>(), most.values().sum::<f64>() / real(most.len().max(1)));
            if all <= 0.0 {
                continue;
            }
            let square = self.problem.add_var(1.0, (0.0, f64::INFINITY));
            for n in 1..=TANGENTS {
                let at = mean * real(n * n + 1) / 2.0;
                if n == 1 || at <= all {
                    let tangent = row.iter().map(|it| (it.1, 2.0 * at * it.2)).chain([(square, -1.0)]).collect();
                    self.at_most(tangent, at * at);
                }
            }
        }
    }

    fn hint(&self, known: &[Slots]) -> Terms {
        let mark = |choices: &[(usize, Variable)], at: Option<usize>| -> Terms {
            choices.iter().map(|it| (it.1, if Some(it.0) == at { 1.0 } else { 0.0 })).collect()
        };
        let of = |(unit, it): (usize, &Slots)| {
            let starts = mark(&self.starts[unit], Some(it.start));
            starts.into_iter().chain(mark(&self.pauses[unit], it.pause)).collect::<Terms>()
        };
        known.iter().enumerate().flat_map(of).collect()
    }

    fn read(&self, outcome: &SolveOutcome) -> Said {
        let stats = outcome.stats();
        let picked = |choices: &[(usize, Variable)]| {
            let value = |it: &(usize, Variable)| outcome.solution().map_or(0.0, |found| found.var_value(it.1));
            choices.iter().max_by(|a, b| value(a).total_cmp(&value(b))).map(|it| it.0)
        };
        let of = |(starts, pauses): (&Choices, &Choices)| Some(Slots { start: picked(starts)?, pause: picked(pauses) });
        let chosen = outcome.solution().and_then(|_| self.starts.iter().zip(&self.pauses).map(of).collect());
        let bound = stats.best_bound.unwrap_or(0.0);
        Said::Found { chosen, bound: (bound / 2.0).max(0.0), nodes: stats.nodes_solved, optimal: outcome.is_optimal() }
    }
}
