//! Which days are due. Pure.

use kernel::Instant64;
use kernel::time::{DAY, HOUR, MINUTE};

/// Days that are made up when the server comes back.
pub(crate) const MADE_UP_DAYS: i64 = 7;
/// Every day of the week.
pub(crate) const ALL_DAYS: i64 = 0b111_1111;
/// The zone of the district's days.
const EAST: i64 = 8 * HOUR;

/// When a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// Minutes from local midnight.
    pub(crate) minute: i64,
    /// Days of the week, Monday the lowest bit.
    pub(crate) days: i64,
    /// Since when it holds: what lay before is not made.
    pub(crate) since: Instant64,
}

/// Monday is 0.
pub(crate) const fn weekday(midnight: Instant64) -> i64 {
    // The first of January 1970 was a Thursday.
    ((midnight.micros() + EAST).div_euclid(DAY) + 3).rem_euclid(7)
}

impl Schedule {
    /// The days whose hour has come, the oldest first, but for those that are made.
    pub(crate) fn due(&self, now: Instant64, made: impl Fn(&str) -> bool) -> Vec<String> {
        let days = (0..=MADE_UP_DAYS).rev().filter_map(|ago| {
            let day = now.plus(-ago * DAY).local_date();
            let midnight = Instant64::parse_date(&day)?;
            let moment = midnight.plus(self.minute * MINUTE);
            let wanted = self.days >> weekday(midnight) & 1 == 1;
            (wanted && self.since <= moment && moment <= now && !made(&day)).then_some(day)
        });
        days.collect()
    }

    /// The next moment.
    pub(crate) fn next(&self, now: Instant64) -> Option<Instant64> {
        (0..=7).find_map(|ahead| {
            let midnight = Instant64::parse_date(&now.plus(ahead * DAY).local_date())?;
            let moment = midnight.plus(self.minute * MINUTE);
            (self.days >> weekday(midnight) & 1 == 1 && now < moment).then_some(moment)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant64 {
        Instant64::parse(&format!("{text}:00+08:00")).unwrap()
    }

    fn daily(since: &str) -> Schedule {
        Schedule { minute: 17 * 60, days: ALL_DAYS, since: at(since) }
    }

    #[test]
    fn a_days_report_is_due_from_its_hour_on_and_once() {
        let schedule = daily("2020-03-04T09:00");
        let none = |_: &str| false;
        assert!(schedule.due(at("2020-03-04T16:59"), none).is_empty());
        assert_eq!(schedule.due(at("2020-03-04T17:00"), none), ["2020-03-04"]);
        assert!(schedule.due(at("2020-03-04T23:59"), |day| day == "2020-03-04").is_empty());
        assert_eq!(schedule.next(at("2020-03-04T17:00")), Some(at("2020-03-05T17:00")));
        assert_eq!(schedule.next(at("2020-03-05T00:00")), Some(at("2020-03-05T17:00")));
    }

    #[test]
    fn what_was_missed_is_made_up_but_nothing_from_before_the_schedule() {
        let schedule = daily("2020-03-03T18:00");
        let due = schedule.due(at("2020-03-06T08:00"), |day| day == "2020-03-04");
        assert_eq!(due, ["2020-03-05"], "the third's hour had passed when it was set, the sixth's has not come");
        let long = schedule.due(at("2020-04-01T18:00"), |_| false);
        assert_eq!((long.len(), long[0].as_str()), (8, "2020-03-25"), "a week is made up, no more");
    }

    #[test]
    fn only_the_weekdays_that_are_wanted() {
        // The second of March 2020 was a Monday.
        assert_eq!(weekday(at("2020-03-02T00:00")), 0);
        let workdays = Schedule { days: 0b001_1111, ..daily("2020-03-01T00:00") };
        let due = workdays.due(at("2020-03-08T20:00"), |_| false);
        assert_eq!(due, ["2020-03-02", "2020-03-03", "2020-03-04", "2020-03-05", "2020-03-06"]);
        assert_eq!(workdays.next(at("2020-03-06T18:00")), Some(at("2020-03-09T17:00")));
        let one = Schedule { days: 1, ..daily("2020-03-01T00:00") };
        assert_eq!(one.next(at("2020-03-02T18:00")), Some(at("2020-03-09T17:00")));
    }
}
