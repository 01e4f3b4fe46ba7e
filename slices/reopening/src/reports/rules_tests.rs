use kernel::Instant64;
use proptest::prelude::*;

use super::model::{Doubt, Figures, SupplyCount, SupplyItem, SupplyLine};
use super::rules::{day_before, doubts, fault, is_late, is_open_day, lines, outlook, supply_fault};

fn at(text: &str) -> Instant64 {
    Instant64::parse(text).expect("a moment")
}

fn figures(planned: i64, on_duty: i64) -> Figures {
    Figures { planned, on_duty, ..Figures::default() }
}

fn count(item: SupplyItem, stock: i64, received: i64) -> SupplyCount {
    SupplyCount { item, stock, received }
}

#[test]
fn a_report_is_taken_for_today_and_three_days_back() {
    let now = at("2020-03-06T00:30:00+08:00");
    for (day, open, late) in [
        ("2020-03-07", false, false),
        ("2020-03-06", true, false),
        // Half an hour after midnight the day that ended can still be told, and is late.
        ("2020-03-05", true, true),
        ("2020-03-03", true, true),
        ("2020-03-02", false, true),
        ("2020-3-5", false, false),
        ("2020-02-30", false, true),
        ("", false, true),
    ] {
        assert_eq!(is_open_day(day, now), open, "{day}");
        if open {
            assert_eq!(is_late(day, now), late, "{day}");
        }
    }
    assert_eq!(day_before("2020-03-01").as_deref(), Some("2020-02-29"));
    assert_eq!(day_before("never"), None);
}

#[test]
fn what_cannot_be_is_named() {
    assert_eq!(fault(&figures(100, 80)), None);
    assert_eq!(fault(&figures(-1, 80)), Some(("planned", "out_of_range")));
    assert_eq!(fault(&figures(100, 1_000_001)), Some(("on_duty", "out_of_range")));
    assert_eq!(fault(&Figures { from_affected: 81, ..figures(100, 80) }), Some(("from_affected", "above_on_duty")));
    assert_eq!(
        fault(&Figures { electricity_kwh: Some(-1), ..figures(1, 1) }),
        Some(("electricity_kwh", "out_of_range"))
    );
    let twice = [count(SupplyItem::Mask, 1, 0), count(SupplyItem::Mask, 1, 0)];
    assert_eq!(supply_fault(&twice), Some((SupplyItem::Mask, "item")));
    assert_eq!(supply_fault(&[count(SupplyItem::Gloves, 1, -1)]), Some((SupplyItem::Gloves, "received")));
}

#[test]
fn doubts_name_what_does_not_fit() {
    let none: &[SupplyLine] = &[];
    let say = |it: Figures, last: Figures, seen| doubts(&it, &[], Some((&last, none)), seen);
    assert_eq!(say(figures(100, 80), figures(100, 82), Some(78)), []);
    assert_eq!(say(figures(100, 101), figures(100, 100), None), [Doubt::AbovePlanned]);
    assert_eq!(say(figures(900, 800), figures(900, 800), Some(600)), [Doubt::GatesSawFewer]);
    assert_eq!(say(figures(900, 600), figures(900, 600), Some(800)), [Doubt::GatesSawMore]);
    assert_eq!(say(figures(900, 800), figures(900, 500), None), [Doubt::HeadcountJump]);
    // Small counts jump by nature.
    assert_eq!(say(figures(9, 8), figures(9, 4), Some(4)), []);
    let kwh = |it| Figures { electricity_kwh: Some(it), ..figures(900, 800) };
    assert_eq!(say(kwh(1_000), kwh(400), None), [Doubt::ElectricityJump]);
    assert_eq!(say(kwh(1_000), kwh(800), None), []);
    let was = [SupplyLine { item: SupplyItem::Mask, stock: 100, received: 0, used: None }];
    let more = [count(SupplyItem::Mask, 160, 50)];
    assert_eq!(doubts(&figures(9, 8), &more, Some((&figures(9, 8), &was)), None), [Doubt::StockRose]);
}

#[test]
fn supplies_run_out_as_they_are_used() {
    let was = [SupplyLine { item: SupplyItem::Mask, stock: 1_000, received: 0, used: None }];
    let now = lines(&[count(SupplyItem::Mask, 700, 200), count(SupplyItem::Gloves, 5, 5)], &was);
    assert_eq!(now[0].used, Some(500));
    assert_eq!(now[1].used, None, "what was there before is not known");
    let left = outlook(700, &[500, 300]);
    assert_eq!((left.burn_centi, left.days_left_deci, left.gap), (40_000, Some(17), 500));
    let idle = outlook(700, &[]);
    assert_eq!((idle.burn_centi, idle.days_left_deci, idle.gap), (0, None, 0));
}

proptest! {
    #[test]
    fn nothing_used_is_ever_less_than_nothing(stock in 0i64..10_000, received in 0i64..10_000, was in 0i64..10_000) {
        let before = [SupplyLine { item: SupplyItem::Mask, stock: was, received: 0, used: None }];
        let line = lines(&[count(SupplyItem::Mask, stock, received)], &before)[0];
        let used = line.used.expect("known");
        prop_assert!(0 <= used);
        prop_assert!(used == 0 || stock + used == was + received);
    }

    #[test]
    fn a_gap_filled_lasts_the_days_that_must_be_in_stock(stock in 0i64..10_000, used in prop::collection::vec(0i64..5_000, 0..9)) {
        let it = outlook(stock, &used);
        let filled = outlook(stock + it.gap, &used);
        prop_assert_eq!(filled.gap, 0);
        prop_assert!(filled.days_left_deci.is_none_or(|it| 30 <= it));
        prop_assert!(it.gap == 0 || outlook(stock + it.gap - 1, &used).gap == 1);
    }

    #[test]
    fn doubts_of_the_same_day_twice_are_none(planned in 0i64..5_000, on_duty in 0i64..5_000) {
        let it = figures(planned.max(on_duty), on_duty);
        prop_assert_eq!(doubts(&it, &[], Some((&it, &[])), Some(on_duty)), vec![]);
    }
}
