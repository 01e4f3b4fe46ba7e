use proptest::prelude::*;

use super::*;
use crate::statistics::model::DayCounts;

const STREET: &str = "999999001";

fn counts(enterprises: i64, enterprises_open: i64) -> DayCounts {
    DayCounts { enterprises, enterprises_open, ..DayCounts::default() }
}

fn at(sums: &BTreeMap<Group, DayCounts>, area: &str, section: &str, size: &str) -> i64 {
    let key = Group { area: area.to_owned(), section: section.to_owned(), size: size.to_owned() };
    sums.get(&key).map_or(0, |it| it.enterprises)
}

#[test]
fn an_enterprise_of_a_grid_is_counted_in_its_community() {
    let it = group("999999001001005", "C39", "micro");
    assert_eq!((it.area.as_str(), it.section.as_str(), it.size.as_str()), ("999999001001", "C", "micro"));
    assert_eq!(group(STREET, "F", "micro").area, STREET);
}

#[test]
fn groups_are_summed_over_areas_industries_and_sizes() {
    let groups = BTreeMap::from([
        (group("999999001001", "C39", "micro"), counts(3, 1)),
        (group("999999001002", "C13", "above_scale"), counts(4, 2)),
        (group("999999001", "F51", "micro"), counts(5, 0)),
        (group("999999002001", "C13", "micro"), counts(7, 7)),
    ]);
    let sums = summed_up(&groups);
    assert_eq!(at(&sums, "99", ALL, ALL), 19);
    assert_eq!(at(&sums, STREET, ALL, ALL), 12);
    assert_eq!(at(&sums, STREET, "C", ALL), 7);
    assert_eq!(at(&sums, STREET, ALL, "micro"), 8);
    assert_eq!(at(&sums, "999999001001", "C", "micro"), 3);
    assert_eq!(at(&sums, "999999001001", "F", ALL), 0);
}

#[test]
fn only_what_differs_is_written() {
    let stored = BTreeMap::from([("a", 1), ("b", 2), ("c", 3)]);
    let computed = BTreeMap::from([("a", 1), ("b", 5), ("d", 4)]);
    assert_eq!(difference(&stored, &computed), (vec![("b", 5), ("d", 4)], vec!["c"]));
    assert_eq!(difference(&computed, &computed), (vec![], vec![]));
}

#[test]
fn a_begun_hour_counts_whole_and_nothing_takes_less_than_nothing() {
    let from = Instant64::from_micros(0);
    let after = |micros| hours(from, from.plus(micros));
    assert_eq!([after(0), after(1), after(HOUR), after(HOUR + 1), after(-HOUR)], [0, 1, 1, 2, 0]);
}

#[test]
fn percentiles_are_those_of_the_people_who_waited() {
    let waits = [(1, 5), (3, 4), (40, 1)];
    assert_eq!(percentile(&waits, 50), Some(1));
    assert_eq!(percentile(&waits, 90), Some(3));
    assert_eq!(percentile(&waits, 91), Some(40));
    assert_eq!(percentile(&[], 50), None);
}

#[test]
fn a_day_is_computed_while_something_of_it_may_come() {
    let now = Instant64::from_micros(1_583_424_000_000_000);
    assert!(is_due(0, None, now) && is_due(0, Some(now), now));
    // Nothing is made up of a day on which nobody counted.
    assert!(!is_due(1, None, now));
    assert!(!is_due(1, Some(now.plus(-MINUTE)), now) && is_due(1, Some(now.plus(-10 * MINUTE)), now));
    assert!(is_due(LATE_DAYS, Some(now.plus(-6 * HOUR)), now));
    assert!(!is_due(LATE_DAYS + 1, Some(now.plus(-DAY)), now));
    assert_eq!(day_ago(now, 1), "2020-03-05");
}

proptest! {
    /// Whatever is counted is counted once at every level: the sums of the streets are the district's.
    #[test]
    fn sums_of_parts_are_the_whole(
        groups in proptest::collection::vec((0_u8..3, 0_u8..3, 0_usize..4, 0_usize..4, 1_i64..100), 0..40)
    ) {
        let mut leaves: BTreeMap<Group, DayCounts> = BTreeMap::new();
        for (street, community, section, size, n) in groups {
            let area = format!("99999900{street}00{community}");
            let key = group(&area, ["A", "C", "F", "T"][section], crate::SIZES[size]);
            *leaves.entry(key).or_default() += counts(n, n / 2);
        }
        let whole: i64 = leaves.values().map(|it| it.enterprises).sum();
        let sums = summed_up(&leaves);
        prop_assert_eq!(at(&sums, "999999", ALL, ALL), whole);
        for length in [9, 12] {
            let parts: i64 = sums
                .iter()
                .filter(|(it, _)| it.area.len() == length && it.section == ALL && it.size == ALL)
                .map(|it| it.1.enterprises)
                .sum();
            prop_assert_eq!(parts, whole);
        }
    }
}
