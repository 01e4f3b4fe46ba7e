use kernel::Instant64;
use proptest::prelude::*;

use super::*;
use crate::applications::model::RiskLevel;
use crate::forms::model::Words;
use crate::rulebook::model::{RulebookFault, RulebookFaultCode as Code};
use crate::rulebook::{BUILT_IN, sound};

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

fn case() -> Case<'static> {
    Case { industry: "C3921", size_class: "above_scale", risk: RiskLevel::Medium, area: "350102001" }
}

fn rule(group: Group, regime: Regime, running: Running) -> RegimeRule {
    RegimeRule { group, regime, running, reason: words("理由") }
}

fn with(regimes: Vec<RegimeRule>) -> Rulebook {
    Rulebook { regimes, ..Rulebook::clone(&BUILT_IN) }
}

fn industries(of: &[&str]) -> Group {
    Group { industries: of.iter().map(|it| (*it).to_owned()).collect(), ..Group::default() }
}

#[test]
fn the_rulebook_that_is_compiled_in_is_sound_and_approves() {
    assert_eq!(sound::faults(&BUILT_IN), []);
    assert_eq!(regime(&BUILT_IN, case()), Regime::Approval);
    assert!(route(&BUILT_IN, Case { industry: "E4710", ..case() }).is_some_and(|it| it.visit));
    assert!(route(&BUILT_IN, case()).is_some_and(|it| !it.visit));
}

#[test]
fn a_group_is_an_and_of_ors() {
    let group = Group {
        industries: vec!["C39".to_owned(), "F".to_owned()],
        size_classes: vec!["above_scale".to_owned()],
        risks: vec![RiskLevel::Medium],
        areas: vec!["350102".to_owned()],
    };
    assert!(group.holds(case()));
    for other in [
        Case { industry: "C40", ..case() },
        Case { size_class: "micro", ..case() },
        Case { risk: RiskLevel::High, ..case() },
        Case { area: "350103001", ..case() },
    ] {
        assert!(!group.holds(other), "{other:?}");
    }
    assert!(Group::default().holds(case()));
}

#[test]
fn the_first_rule_holds() {
    let book = with(vec![
        rule(industries(&["C39"]), Regime::Filing, Running::Stay),
        rule(Group::default(), Regime::Closed, Running::Stay),
    ]);
    assert_eq!(regime(&book, case()), Regime::Filing);
    assert_eq!(regime(&book, Case { industry: "H61", ..case() }), Regime::Closed);
}

#[test]
fn what_a_switch_does_to_what_is_under_way() {
    use State::{Approved, Draft, Filed, InReview, Inspected, InspectionDue, Returned, Submitted};
    let approval = with(vec![]);
    let to = |regime, running| with(vec![rule(Group::default(), regime, running)]);
    for (book, state, does) in [
        (to(Regime::Filing, Running::Follow), Submitted, Switch::Files),
        (to(Regime::Filing, Running::Follow), InReview, Switch::Files),
        (to(Regime::Filing, Running::Follow), InspectionDue, Switch::Files),
        (to(Regime::Filing, Running::Follow), Inspected, Switch::Files),
        (to(Regime::Filing, Running::Stay), InReview, Switch::Stays),
        (to(Regime::Closed, Running::Follow), InReview, Switch::GoesBack),
        (to(Regime::Closed, Running::Stay), InReview, Switch::Stays),
        (to(Regime::Closed, Running::Follow), Approved, Switch::Stays),
        (to(Regime::Closed, Running::Follow), Filed, Switch::Stays),
        (to(Regime::Closed, Running::Follow), Draft, Switch::Stays),
        (to(Regime::Filing, Running::Follow), Returned, Switch::Stays),
    ] {
        assert_eq!(switch(&approval, &book, case(), state), does, "{state:?}");
    }
    // What held before is no switch: a second version of the same regime does nothing.
    let closed = to(Regime::Closed, Running::Follow);
    assert_eq!(switch(&closed, &closed, case(), InReview), Switch::Stays);
}

#[test]
fn working_days_know_days_off_and_days_on() {
    let book = Rulebook {
        holidays: vec!["2020-04-06".to_owned()],
        workdays: vec!["2020-04-26".to_owned()],
        ..Rulebook::clone(&BUILT_IN)
    };
    for (from, days, due) in [
        ("2020-03-05T10:00:00+08:00", 2, "2020-03-09T10:00:00+08:00"),
        // Over the weekend and the Monday of Qingming.
        ("2020-04-03T10:00:00+08:00", 1, "2020-04-07T10:00:00+08:00"),
        // A Sunday on which people work.
        ("2020-04-24T10:00:00+08:00", 1, "2020-04-26T10:00:00+08:00"),
    ] {
        let at = |text| Instant64::parse(text).expect("a moment");
        assert_eq!(working_days_on(&book, at(from), days), at(due), "{from}");
    }
}

#[test]
fn faults_name_the_place() {
    let at = |text: &str, code| RulebookFault { at: text.to_owned(), code };
    let mut book = with(vec![
        rule(industries(&["c39"]), Regime::Filing, Running::Stay),
        rule(Group::default(), Regime::Approval, Running::Stay),
        rule(industries(&["F"]), Regime::Closed, Running::Stay),
    ]);
    book.regimes[1].reason = words(" ");
    book.departments.push(book.departments[0].clone());
    book.categories[0].key = "Überall".to_owned();
    book.routes[0].lead = Some("nobody".to_owned());
    book.routes[1].opinions = vec!["health".to_owned(), "health".to_owned()];
    book.routes[1].reply_hours = 0;
    book.routes.pop();
    book.holidays = vec!["2020-02-30".to_owned(), "2020-04-06".to_owned()];
    book.workdays = vec!["2020-04-06".to_owned()];
    let expected = [
        at("departments.5.key", Code::KeyTwice),
        at("categories.0.key", Code::Key),
        at("regimes.0.group", Code::Group),
        at("regimes.1.reason", Code::Words),
        at("regimes.2", Code::Unreached),
        at("routes.0.lead", Code::Unknown),
        at("routes.1.group", Code::Open),
        at("routes.1.opinions", Code::KeyTwice),
        at("routes.1.reply_hours", Code::Limit),
        at("holidays.0", Code::Day),
        at("workdays.0", Code::Day),
    ];
    assert_eq!(sound::faults(&book), expected);
}

proptest! {
    /// A deadline lies on a working day, ahead, and never further than the days off between allow.
    #[test]
    fn a_deadline_is_a_working_day(day in 0_i64..2_000, days in 1_u32..30) {
        let from = Instant64::from_micros(1_577_836_800_000_000).plus(day * DAY);
        let due = working_days_on(&BUILT_IN, from, days);
        prop_assert!(is_working_day(&BUILT_IN, due));
        prop_assert!(from < due && due <= from.plus((i64::from(days) * 2 + 3) * DAY));
    }

    /// Nobody stands outside: a sound rulebook has a route for whoever applies.
    #[test]
    fn everybody_has_a_route(industry in "[A-T][0-9]{0,4}", area in "[0-9]{6,12}") {
        let found = route(&BUILT_IN, Case { industry: &industry, area: &area, ..case() });
        prop_assert!(found.is_some());
    }
}
