//! Computing a plan: what cannot hold at all, a search for a good plan, and the solver for a bound and the proof.

use super::exact::{self, Said};
use super::hindrances::{hindrances, together};
use super::measure::tenth;
use super::model::{Outcome, PlanState, ShiftPlan, TeamStart};
use super::search::{Score, Search};
use super::units::{Board, Slots};

/// How much work may be done.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Branches of the solver: the limit that makes the same input give the same plan.
    pub nodes: u64,
    /// Seconds of the solver, for machines on which the branches would take too long.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 8, seconds: 60 }
    }
}

/// What a computation came to. Also of what cannot hold there is a plan: the one that lacks least.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Solved, impossible, not found or stopped.
    pub state: PlanState,
    /// When each team begins; none where teams have no time in common.
    pub starts: Vec<TeamStart>,
    /// The figures of the computation.
    pub outcome: Outcome,
}

/// Computes a sound plan. `goes_on` is told how far it has come (0 to 1) and says whether it is still wanted.
pub fn solve(plan: &ShiftPlan, limits: Limits, goes_on: &dyn Fn(f64) -> bool) -> Answer {
    let board = Board::new(plan);
    let found = hindrances(plan, &board);
    if !board.units.iter().all(super::units::Unit::has_time) {
        let outcome = Outcome { hindrances: found, ..nothing() };
        return Answer { state: PlanState::Impossible, starts: Vec::new(), outcome };
    }
    let mut search = Search::new(&board);
    let searching = |share: f64| goes_on(share * 0.6);
    let (mut chosen, mut score) = search.run(&searching);
    let mut outcome = nothing();
    let mut state = if score.excess <= 0.0 { PlanState::Solved } else { PlanState::NotFound };
    if !found.is_empty() {
        (state, outcome.hindrances) = (PlanState::Impossible, found);
    } else if goes_on(0.6) {
        let known = (state == PlanState::Solved).then_some(chosen.as_slice());
        match exact::solve(&board, &search.loads, known, limits.nodes, limits.seconds) {
            Said::Infeasible => (state, outcome.hindrances) = (PlanState::Impossible, vec![together()]),
            Said::Nothing => outcome.cut_off = true,
            Said::Found { chosen: better, bound, nodes, optimal } => {
                outcome.nodes = u32::try_from(nodes).unwrap_or(u32::MAX);
                (outcome.bound, outcome.cut_off) = (bound, !optimal);
                if let Some(better) = better.and_then(|it| polished(&mut search, &it, score)) {
                    (chosen, score) = better;
                    state = PlanState::Solved;
                }
            }
        }
    }
    if !goes_on(1.0) {
        state = PlanState::Stopped;
    }
    finish(plan, &board, (state, &chosen, score), outcome)
}

/// What the solver chose, improved by a descent; none when what is known is as good.
fn polished(search: &mut Search<'_>, chosen: &[Slots], known: Score) -> Option<(Vec<Slots>, Score)> {
    search.take(chosen);
    search.descend(&|_| true);
    let (chosen, score) = search.now();
    (score.excess <= 0.0 && score.beats(known)).then_some((chosen, score))
}

fn finish(
    plan: &ShiftPlan,
    board: &Board,
    (state, chosen, score): (PlanState, &[Slots], Score),
    mut outcome: Outcome,
) -> Answer {
    let slot = f64::from(board.slot_minutes);
    outcome.pair_minutes = tenth(score.pairs * slot);
    // Rounded down, and never above what was reached: the bound is of the grid, in floating point.
    let bound = ((outcome.bound * slot - 1e-6) * 10.0).floor() / 10.0;
    outcome.bound = bound.clamp(0.0, outcome.pair_minutes.max(0.0));
    outcome.proved = state == PlanState::Solved && outcome.pair_minutes <= outcome.bound * 1.000_1 + 0.1;
    Answer { state, starts: board.written(plan, &board.spread(chosen)), outcome }
}

const fn nothing() -> Outcome {
    Outcome {
        pair_minutes: 0.0,
        bound: 0.0,
        proved: false,
        cut_off: false,
        nodes: 0,
        seconds: 0.0,
        hindrances: Vec::new(),
    }
}
