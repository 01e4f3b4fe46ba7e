use proptest::prelude::*;

use super::measure::{excess, measure, measure_at_eight, queue};
use super::model::{Canteen, GateWay, HindranceKind, PlanGate, PlanState, PlanTeam, ShiftPlan, TeamBreak};
use super::solving::{Answer, Limits, solve};
use super::sound::{PlanFaultCode, faults, start_faults};
use super::units::Line;

const QUICK: Limits = Limits { nodes: 5, seconds: 20 };

fn team(name: &str, headcount: u16) -> PlanTeam {
    PlanTeam {
        name: name.to_owned(),
        post: String::new(),
        headcount,
        gates: Vec::new(),
        earliest: 420,
        latest: 540,
        work_minutes: 540,
        pause: Some(TeamBreak { minutes: 30, from_minutes: 180, until_minutes: 300 }),
        with: Vec::new(),
    }
}

fn gate(name: &str, lanes: u16) -> PlanGate {
    PlanGate { name: name.to_owned(), way: GateWay::Both, lanes, per_minute: 10 }
}

fn plan(teams: Vec<PlanTeam>) -> ShiftPlan {
    ShiftPlan {
        slot_minutes: 5,
        days: vec![1, 2, 3, 4, 5],
        gates: vec![gate("东门", 2)],
        teams,
        canteen: Some(Canteen { seats: 120, per_minute: 20, wait_minutes: 5 }),
        gate_wait_minutes: 5,
        arrival_minutes: 15,
        leaving_minutes: 10,
        changing_minutes: 10,
    }
}

fn solved(plan: &ShiftPlan) -> Answer {
    assert_eq!(faults(plan), []);
    solve(plan, QUICK, &|_| true)
}

#[test]
fn three_teams_that_fit_apart_meet_nobody_and_that_is_proved() {
    let plan = plan(vec![team("一班", 40), team("二班", 50), team("三班", 60)]);
    let answer = solved(&plan);
    assert_eq!((answer.state, answer.outcome.proved), (PlanState::Solved, true), "{:?}", answer.outcome);
    let figures = measure(&plan, &answer.starts).unwrap();
    assert!(figures.holds && figures.pair_minutes == 0.0 && figures.mixed_minutes == 0.0, "{figures:?}");
    let eight = measure_at_eight(&plan);
    assert!(eight.pair_minutes > 10_000.0 && !eight.holds, "{eight:?}");
    assert!(eight.longest_wait > figures.longest_wait);
    assert_eq!(solve(&plan, QUICK, &|_| true), answer, "the same input gives the same plan");
}

#[test]
fn what_a_gate_cannot_take_is_named_with_what_would_do() {
    let mut rush = team("一班", 900);
    (rush.earliest, rush.latest, rush.pause) = (480, 480, None);
    let plan = ShiftPlan { canteen: None, ..plan(vec![rush]) };
    let answer = solved(&plan);
    assert_eq!(answer.state, PlanState::Impossible);
    let found = &answer.outcome.hindrances[0];
    // 900 people at 20 a minute need 45 minutes; there are 15 of arriving and 5 of waiting, on leaving 10 and 5.
    assert_eq!((found.kind, found.people, found.capacity), (HindranceKind::GateOut, 900, 20));
    assert_eq!((found.minutes_needed, found.minutes_given, found.enough), (45, 15, Some(6)));
    assert_eq!(found.teams, ["一班"]);
    assert_eq!(answer.starts.len(), 1, "the plan that lacks least is shown");
    let mut slow = plan;
    slow.canteen = Some(Canteen { seats: 900, per_minute: 10, wait_minutes: 5 });
    slow.teams = vec![PlanTeam { headcount: 120, ..team("一班", 120) }];
    let found = &solved(&slow).outcome.hindrances[0];
    assert_eq!((found.kind, found.minutes_needed, found.minutes_given), (HindranceKind::Counter, 12, 10));
    // A team comes in its own quarter of an hour, however wide the time for its start is.
    (slow.teams[0].headcount, slow.teams[0].pause) = (900, None);
    (slow.teams[0].earliest, slow.teams[0].latest) = (300, 700);
    assert_eq!(solved(&slow).outcome.hindrances[0].kind, HindranceKind::GateOut);
}

#[test]
fn too_few_seats_and_teams_without_a_time_in_common_are_named() {
    let answer = solved(&plan(vec![team("一班", 130)]));
    let seats = &answer.outcome.hindrances[0];
    assert_eq!(seats.kind, HindranceKind::Seats);
    assert_eq!((seats.people, seats.capacity, seats.enough), (130, 120, Some(130)));
    let mut late = team("二班", 10);
    (late.earliest, late.with) = (560, vec!["一班".to_owned()]);
    late.latest = 600;
    let answer = solved(&plan(vec![team("一班", 10), late]));
    assert_eq!(answer.outcome.hindrances[0].kind, HindranceKind::NoCommonTime);
    assert_eq!((answer.state, answer.starts.len()), (PlanState::Impossible, 0));
}

#[test]
fn teams_that_cannot_be_parted_begin_and_eat_together_and_are_no_strangers() {
    let mut second = team("二班", 30);
    second.with = vec!["一班".to_owned()];
    let plan = plan(vec![team("一班", 30), second, team("三班", 30)]);
    let answer = solved(&plan);
    let of = |at: usize| (answer.starts[at].start, answer.starts[at].pause_at);
    assert_eq!(of(0), of(1));
    assert_ne!(of(0).0, of(2).0);
    assert_eq!(measure(&plan, &answer.starts).unwrap().pair_minutes, 0.0);
}

#[test]
fn a_night_shift_goes_past_midnight() {
    let mut night = team("夜班", 30);
    (night.earliest, night.latest) = (1_320, 1_380);
    let plan = plan(vec![night, team("白班", 30)]);
    let answer = solved(&plan);
    assert_eq!(answer.state, PlanState::Solved);
    assert!(answer.starts[0].pause_at.unwrap() >= 1_440, "{:?}", answer.starts);
    // 22:00 and nine hours is 7:00, when nobody else may be at the gate.
    assert_eq!(measure(&plan, &answer.starts).unwrap().pair_minutes, 0.0);
}

#[test]
fn what_is_wrong_with_a_plan_is_said_where_it_is() {
    let mut wrong = plan(vec![team("一班", 0), team("一 班", 10)]);
    wrong.teams[1].gates = vec!["西门".to_owned()];
    wrong.teams[1].latest = 400;
    wrong.days.clear();
    let found: Vec<_> = faults(&wrong).into_iter().map(|it| (it.at, it.code)).collect();
    for wanted in [
        ("days", PlanFaultCode::Range),
        ("teams.0.headcount", PlanFaultCode::Range),
        ("teams.1.name", PlanFaultCode::Twice),
        ("teams.1.gates", PlanFaultCode::Unknown),
        ("teams.1.latest", PlanFaultCode::Order),
    ] {
        assert!(found.contains(&(wanted.0.to_owned(), wanted.1)), "{wanted:?} in {found:?}");
    }
    let plan = plan(vec![team("一班", 10)]);
    let mut starts = solved(&plan).starts;
    assert_eq!(start_faults(&plan, &starts), []);
    starts[0].start = 481;
    assert_eq!(start_faults(&plan, &starts)[0].at, "starts.0.start");
    assert_eq!(start_faults(&plan, &[])[0].code, PlanFaultCode::Required);
}

#[test]
fn nobody_who_is_no_longer_wanted_goes_on() {
    let teams = (0..30).map(|n| team(&format!("{n}"), 10)).collect();
    let answer = solve(&plan(teams), QUICK, &|_| false);
    assert_eq!(answer.state, PlanState::Stopped);
}

/// One person after another, in the order in which they come; each takes her share of a minute of the gate.
fn one_by_one(arrivals: &[u32], per_slot: u32) -> Vec<f64> {
    let mut free_at = 0.0_f64;
    let mut left: Vec<f64> = Vec::new();
    for day in 0..2 {
        for (slot, n) in arrivals.iter().enumerate() {
            for k in 0..*n {
                let slots = f64::from(u32::try_from(day * arrivals.len() + slot).unwrap());
                let comes = slots + f64::from(k) / f64::from(*n);
                free_at = free_at.max(comes) + 1.0 / f64::from(per_slot);
                left.push(free_at);
            }
        }
    }
    let come = |slot: usize| arrivals.iter().take(slot + 1).sum::<u32>() + arrivals.iter().sum::<u32>();
    let stands = |slot: usize| {
        let end = f64::from(u32::try_from(arrivals.len() + slot + 1).unwrap());
        let gone = left.iter().filter(|it| **it <= end + 1e-9).count();
        f64::from(come(slot)) - f64::from(u32::try_from(gone).unwrap())
    };
    (0..arrivals.len()).map(stands).collect()
}

fn a_plan() -> impl Strategy<Value = ShiftPlan> {
    let a_team = (5_u16..60, 72_u16..96, 0_u16..30, 90_u16..120, any::<bool>()).prop_map(
        |(headcount, earliest, more, work, eats)| PlanTeam {
            headcount,
            earliest: earliest * 5,
            latest: (earliest + more) * 5,
            work_minutes: work * 5,
            pause: eats.then_some(TeamBreak { minutes: 30, from_minutes: 180, until_minutes: 300 }),
            ..team("", 1)
        },
    );
    (prop::collection::vec(a_team, 1..7), 1_u16..5, 1_u16..3, 0_u16..10).prop_map(|(mut teams, lanes, gates, wait)| {
        for (n, it) in teams.iter_mut().enumerate() {
            it.name = format!("{n}班");
        }
        let gates = (0..gates).map(|n| gate(&format!("{n}门"), lanes)).collect();
        ShiftPlan { gates, gate_wait_minutes: wait, ..plan(teams) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_fluid_queue_is_that_of_people_one_by_one(arrivals in prop::collection::vec(0_u32..40, 12..24), per_slot in 21_u32..60) {
        let fluid = queue(&arrivals.iter().map(|it| f64::from(*it)).collect::<Vec<_>>(), f64::from(per_slot));
        for (slot, (fluid, people)) in fluid.iter().zip(one_by_one(&arrivals, per_slot)).enumerate() {
            // Somebody is whole: she stands there until she is through, and comes at a moment.
            prop_assert!((fluid - people).abs() <= 2.0, "slot {slot}: {fluid} {people}");
        }
    }

    #[test]
    fn a_queue_holds_when_in_no_time_more_come_than_it_takes_with_the_wait(arrivals in prop::collection::vec(0_u32..60, 8..16), per_minute in 4_u32..12, wait in 0_u32..10) {
        let rows: Vec<f64> = arrivals.iter().map(|it| f64::from(*it)).collect();
        let line = Line { per_slot: f64::from(per_minute * 5), per_minute: f64::from(per_minute), wait: f64::from(wait) };
        let n = arrivals.len();
        let holds = (0..n).all(|first| (1..=2 * n).all(|slots| {
            let come: u32 = (first..first + slots).map(|it| arrivals[it % n]).sum();
            come <= per_minute * (5 * u32::try_from(slots).unwrap() + wait)
        }));
        let never_ends = arrivals.iter().sum::<u32>() > per_minute * 5 * u32::try_from(n).unwrap();
        prop_assert!(never_ends || holds == (excess(&rows, &line) <= 0.0));
    }

    #[test]
    fn a_plan_that_is_solved_breaks_nothing_and_is_no_worse_than_everybody_at_eight(plan in a_plan()) {
        prop_assert_eq!(faults(&plan), []);
        let answer = solve(&plan, QUICK, &|_| true);
        let figures = measure(&plan, &answer.starts).unwrap();
        prop_assert_eq!(start_faults(&plan, &answer.starts), []);
        for (team, it) in plan.teams.iter().zip(&answer.starts) {
            prop_assert!((team.earliest..=team.latest).contains(&it.start));
            let pause = team.pause.as_ref().zip(it.pause_at);
            prop_assert!(pause.is_none_or(|(pause, at)| (pause.from_minutes..=pause.until_minutes).contains(&(at - it.start))));
        }
        if answer.state == PlanState::Solved {
            prop_assert!(figures.holds, "{:?}", figures);
            prop_assert!((figures.pair_minutes - answer.outcome.pair_minutes).abs() < 1.0);
            prop_assert!(answer.outcome.bound <= answer.outcome.pair_minutes);
            let eight = measure_at_eight(&plan);
            let may = plan.teams.iter().all(|it| (it.earliest..=it.latest).contains(&480));
            prop_assert!(!may || !eight.holds || figures.pair_minutes <= eight.pair_minutes + 0.1);
        } else {
            prop_assert!(!figures.holds, "something holds that was called {:?}", answer.state);
        }
    }
}

/// Every start of every team, tried: nothing beats the bound, and what is proved is the best.
#[test]
fn the_bound_is_below_what_trying_everything_finds() {
    let mut teams: Vec<PlanTeam> = (0..3).map(|n| team(&format!("{n}班"), 20 + 15 * n)).collect();
    for it in &mut teams {
        (it.earliest, it.latest, it.pause) = (470, 490, None);
    }
    let plan = ShiftPlan { canteen: None, ..plan(teams) };
    let answer = solve(&plan, Limits { nodes: 2_000, seconds: 60 }, &|_| true);
    let mut best = f64::INFINITY;
    let times = [470, 475, 480, 485, 490];
    for n in 0..125 {
        let mut starts = answer.starts.clone();
        (starts[0].start, starts[1].start, starts[2].start) = (times[n % 5], times[n / 5 % 5], times[n / 25]);
        let figures = measure(&plan, &starts).unwrap();
        if figures.holds {
            best = best.min(figures.pair_minutes);
        }
    }
    assert!((answer.outcome.pair_minutes - best).abs() < 0.2, "{best} {:?}", answer.outcome);
    assert!(answer.outcome.bound <= best + 0.1, "{best} {:?}", answer.outcome);
}
