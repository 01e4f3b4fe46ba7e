//! What a report may say, what does not fit together in it, and how long supplies last. Pure.

use kernel::Instant64;
use kernel::time::DAY;

use super::model::{Doubt, Figures, Outlook, SupplyCount, SupplyItem, SupplyLine};

/// Days back for which a report is still taken: a long weekend, and no more, or figures are made up.
pub const DAYS_BACK: i64 = 3;
/// No unit has more people; a larger number is a slip of the finger.
pub const PEOPLE_MOST: i64 = 1_000_000;
/// No stock and no meter of a unit counts higher.
pub const COUNT_MOST: i64 = 1_000_000_000;
/// Days of supplies that must be in stock: masks for at least three days' turnover (Gansu 2020, fields-and-peers §3.3).
pub const DAYS_IN_STOCK: i64 = 3;
/// Reports over which what is used a day is averaged.
pub const BURN_REPORTS: usize = 7;

/// By how much counts may differ before somebody asks: a tenth, and never fewer than five people, because small counts jump.
const FREE_PEOPLE: i64 = 5;
/// From one day to the next more may change: shifts begin, people return.
const JUMP_PERCENT: i64 = 30;
/// What the gates saw may differ less: the same day, the same people.
const SEEN_PERCENT: i64 = 10;
/// Electricity follows the work; half or double is asked about.
const ELECTRICITY_PERCENT: i64 = 50;

/// Whether a report for this day is taken now: today, or one of the days before it.
pub fn is_open_day(day: &str, now: Instant64) -> bool {
    let Some(start) = Instant64::parse_date(day).filter(|it| it.local_date() == day) else { return false };
    let today = now.local().day_start;
    (0..=DAYS_BACK * DAY).contains(&today.since(start))
}

/// Whether it comes after the day it is about.
pub fn is_late(day: &str, now: Instant64) -> bool {
    day < now.local_date().as_str()
}

/// The day before.
pub fn day_before(day: &str) -> Option<String> {
    Some(Instant64::parse_date(day)?.plus(-DAY).local_date())
}

/// The first field that cannot be, with what is wrong: `out_of_range`, or `above_on_duty`.
pub fn fault(figures: &Figures) -> Option<(&'static str, &'static str)> {
    let people = [
        ("planned", figures.planned),
        ("on_duty", figures.on_duty),
        ("from_affected", figures.from_affected),
        ("abnormal", figures.abnormal),
        ("isolated", figures.isolated),
    ];
    if let Some((field, _)) = people.into_iter().find(|it| !(0..=PEOPLE_MOST).contains(&it.1)) {
        return Some((field, "out_of_range"));
    }
    if figures.electricity_kwh.is_some_and(|it| !(0..=COUNT_MOST).contains(&it)) {
        return Some(("electricity_kwh", "out_of_range"));
    }
    (figures.on_duty < figures.from_affected).then_some(("from_affected", "above_on_duty"))
}

/// The first item that cannot be: twice, or beyond what can be counted.
pub fn supply_fault(counts: &[SupplyCount]) -> Option<(SupplyItem, &'static str)> {
    counts.iter().enumerate().find_map(|(at, it)| {
        let fits = |n: i64| (0..=COUNT_MOST).contains(&n);
        match () {
            () if !fits(it.stock) => Some((it.item, "stock")),
            () if !fits(it.received) => Some((it.item, "received")),
            () if counts.iter().take(at).any(|before| before.item == it.item) => Some((it.item, "item")),
            () => None,
        }
    })
}

/// The lines as they are stored. What was used is what there was, and came in, and is there no longer; never less than nothing.
pub fn lines(counts: &[SupplyCount], before: &[SupplyLine]) -> Vec<SupplyLine> {
    let line = |it: &SupplyCount| {
        let was = before.iter().find(|was| was.item == it.item).map(|it| it.stock);
        let used = was.map(|was| (was + it.received - it.stock).max(0));
        SupplyLine { item: it.item, stock: it.stock, received: it.received, used }
    };
    counts.iter().map(line).collect()
}

/// What does not fit together: within the report, with the last report, with what the gates saw.
pub fn doubts(
    figures: &Figures,
    counts: &[SupplyCount],
    last: Option<(&Figures, &[SupplyLine])>,
    seen: Option<i64>,
) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut add = |holds: bool, doubt| {
        if holds {
            found.push(doubt)
        }
    };
    add(figures.planned < figures.on_duty, Doubt::AbovePlanned);
    if let Some(seen) = seen {
        let apart = differs(seen, figures.on_duty, SEEN_PERCENT);
        add(apart && seen < figures.on_duty, Doubt::GatesSawFewer);
        add(apart && figures.on_duty < seen, Doubt::GatesSawMore);
    }
    if let Some((last, stocks)) = last {
        add(differs(figures.on_duty, last.on_duty, JUMP_PERCENT), Doubt::HeadcountJump);
        let rose =
            |it: &SupplyCount| stocks.iter().any(|was| was.item == it.item && was.stock + it.received < it.stock);
        add(counts.iter().any(rose), Doubt::StockRose);
        let jumped = figures.electricity_kwh.zip(last.electricity_kwh);
        add(jumped.is_some_and(|(now, then)| differs(now, then, ELECTRICITY_PERCENT)), Doubt::ElectricityJump);
    }
    found
}

/// Whether two counts lie further apart than so many percent of the larger, and than what small counts may.
fn differs(a: i64, b: i64, percent: i64) -> bool {
    let apart = (a - b).abs();
    FREE_PEOPLE < apart && a.max(b) * percent < apart * 100
}

/// How long a stock lasts. What is used a day is the mean of what the last reports say was used; an item that nobody used up is
/// counted and does not run out.
pub fn outlook(stock: i64, used: &[i64]) -> Outlook {
    let days = i64::try_from(used.len().min(BURN_REPORTS)).unwrap_or(1).max(1);
    let burn_centi = used.iter().take(BURN_REPORTS).sum::<i64>() * 100 / days;
    let days_left_deci = (0 < burn_centi).then(|| stock * 1_000 / burn_centi);
    let wanted = (burn_centi * DAYS_IN_STOCK + 99) / 100;
    Outlook { burn_centi, days_left_deci, gap: (wanted - stock).max(0) }
}
