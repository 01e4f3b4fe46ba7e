//! Times the computing of a shift plan, and measures it against everybody at eight on the same data.

use std::time::Instant;

use reopening::shift_measure::{PlanFigures, measure, measure_at_eight};
use reopening::shift_model::{Canteen, GateWay, PlanGate, PlanTeam, ShiftPlan, TeamBreak};
use reopening::shift_solving::{Limits, solve};

use crate::report::say;
use crate::usage::machine;

/// `load shifts`: no server, one thread.
pub(crate) fn run() -> anyhow::Result<()> {
    say(&format!("- {}, one thread", machine()));
    say(
        "- 2 gates with a lane for every 450 people, 10 a minute and lane; a seat for every three, 60 served a minute; waits of 5 minutes; starts 7:00 to 9:30\n",
    );
    say(
        "| | starts | longest wait min | mean | p95 | peak queue | pair-min | with others person-min | seats short person-min |",
    );
    say("|---|---|--:|--:|--:|--:|--:|--:|--:|");
    for (people, teams) in [(900, 20), (3_000, 60), (6_000, 200)] {
        let plan = plan(people, teams);
        let began = Instant::now();
        let answer = solve(&plan, Limits::default(), &|_| true);
        let took = began.elapsed().as_secs_f64();
        let what = format!("{people} people, {teams} teams");
        say(&row(&what, "everybody at eight", &measure_at_eight(&plan)));
        if let Some(figures) = measure(&plan, &answer.starts) {
            say(&row(&what, answer.state.code(), &figures));
        }
        let it = &answer.outcome;
        say(&format!(
            "| | {took:.1} s, {} branches, bound {:.0}, found {:.0}, proved: {} | | | | | | | |",
            it.nodes, it.bound, it.pair_minutes, it.proved
        ));
    }
    Ok(())
}

fn row(what: &str, starts: &str, it: &PlanFigures) -> String {
    let most = |of: fn(&reopening::shift_measure::QueueFigures) -> f64| it.queues.iter().map(of).fold(0.0, f64::max);
    format!(
        "| {what} | {starts} | {:.1} | {:.1} | {:.1} | {:.0} | {:.0} | {:.0} | {:.0} |",
        it.longest_wait,
        it.mean_wait,
        most(|it| it.wait_p95),
        most(|it| it.peak),
        it.pair_minutes,
        it.mixed_minutes,
        it.canteen_overflow
    )
}

/// Teams of unequal size that add up; the two gates, the canteen and the hours of all are the same.
fn plan(people: u16, teams: u16) -> ShiftPlan {
    let mean = people / teams;
    let size = |n: u16| if n.is_multiple_of(2) { mean + mean / 3 } else { mean - mean / 3 };
    let team = |n: u16| PlanTeam {
        name: format!("{n}"),
        post: String::new(),
        headcount: size(n),
        gates: Vec::new(),
        earliest: 420,
        latest: 570,
        work_minutes: 540,
        pause: Some(TeamBreak { minutes: 30, from_minutes: 180, until_minutes: 300 }),
        with: Vec::new(),
    };
    let gate = |name: &str| PlanGate {
        name: name.to_owned(),
        way: GateWay::Both,
        lanes: people.div_ceil(450),
        per_minute: 10,
    };
    ShiftPlan {
        slot_minutes: 5,
        days: vec![1, 2, 3, 4, 5],
        gates: vec![gate("east"), gate("west")],
        teams: (0..teams).map(team).collect(),
        canteen: Some(Canteen { seats: people / 3, per_minute: 60, wait_minutes: 5 }),
        gate_wait_minutes: 5,
        arrival_minutes: 15,
        leaving_minutes: 10,
        changing_minutes: 10,
    }
}
