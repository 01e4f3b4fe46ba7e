//! How enterprises are put together, summed upwards, and compared with what is stored. Pure.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use kernel::Instant64;
use kernel::time::{DAY, HOUR, MINUTE};

use super::model::{ALL, Group};

/// Digits of a community: grids are not told apart.
const COMMUNITY: usize = 12;
/// Lengths of the codes of areas that are summed.
const LEVELS: &[usize] = &[2, 4, 6, 9, COMMUNITY];
/// Waits of more hours count as this many: half a year.
const HOURS_MOST: i64 = 183 * 24;
/// Reports and electricity may come this many days late.
pub const LATE_DAYS: i64 = 14;

/// The group of an enterprise or application.
pub fn group(area: &str, industry: &str, size: &str) -> Group {
    let section = industry.get(..1).unwrap_or_default().to_owned();
    Group { area: community(area).to_owned(), section, size: size.to_owned() }
}

/// The community of an area that lies in one; else the area itself.
pub fn community(area: &str) -> &str {
    area.get(..COMMUNITY).unwrap_or(area)
}

/// The areas that hold this one, itself among them.
pub fn areas_above(area: &str) -> impl Iterator<Item = &str> {
    LEVELS.iter().filter_map(|length| area.get(..*length))
}

/// Every group summed over the areas above it, over all industries, over all sizes, and over both.
pub fn summed_up<C: AddAssign + Copy + Default>(groups: &BTreeMap<Group, C>) -> BTreeMap<Group, C> {
    let mut sums: BTreeMap<Group, C> = BTreeMap::new();
    for (group, counts) in groups {
        for area in areas_above(&group.area) {
            for section in [group.section.as_str(), ALL] {
                for size in [group.size.as_str(), ALL] {
                    let key = Group { area: area.to_owned(), section: section.to_owned(), size: size.to_owned() };
                    *sums.entry(key).or_default() += *counts;
                }
            }
        }
    }
    sums
}

/// What must be written and what must go so that what is stored becomes what was computed.
pub fn difference<K: Ord + Clone, C: PartialEq + Copy>(
    stored: &BTreeMap<K, C>,
    computed: &BTreeMap<K, C>,
) -> (Vec<(K, C)>, Vec<K>) {
    let changed = computed.iter().filter(|(key, counts)| stored.get(*key) != Some(*counts));
    let gone = stored.keys().filter(|key| !computed.contains_key(*key));
    (changed.map(|(key, counts)| (key.clone(), *counts)).collect(), gone.cloned().collect())
}

/// Whether a day is computed again: today always, yesterday every ten minutes, days before it every six hours while reports
/// of them may come in.
pub const fn is_due(days_ago: i64, last: Option<Instant64>, now: Instant64) -> bool {
    let Some(last) = last else { return days_ago == 0 };
    let after = match days_ago {
        0 => 0,
        1 => 10 * MINUTE,
        2..=LATE_DAYS => 6 * HOUR,
        _ => return false,
    };
    after <= now.since(last)
}

/// The day that lies so many days before a moment's.
pub fn day_ago(now: Instant64, days: i64) -> String {
    now.plus(-days * DAY).local_date()
}

/// How long something took, begun hours counting whole.
pub fn hours(from: Instant64, until: Instant64) -> i64 {
    let micros = until.since(from).max(0);
    (micros / HOUR + i64::from(micros % HOUR != 0)).min(HOURS_MOST)
}

/// By when so many in a hundred had been served: hours and how many took them, by hours. Nothing when there are none.
pub fn percentile(waits: &[(i64, i64)], percent: i64) -> Option<i64> {
    let all: i64 = waits.iter().map(|it| it.1).sum();
    let wanted = (all * percent + 99) / 100;
    let mut served = 0;
    waits.iter().find_map(|(hours, n)| {
        served += n;
        (all > 0 && wanted <= served).then_some(*hours)
    })
}

/// A share, nothing where there is nothing to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of a district are far below 2^52")]
#[expect(clippy::as_conversions, reason = "as above")]
pub fn share(count: i64, of: i64) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
