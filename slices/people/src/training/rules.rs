//! The rules of training: how far somebody has watched, when she must show who she is, what a quiz comes to. Pure.

use kernel::Instant64;
use kernel::time::{DAY, SECOND};

use super::model::{Drawn, Question, occupations_of};
use crate::declarations::daily::Occupation;
use crate::store::training::due::{TaughtRow, WorkRow};

/// Between two beats no more than this counts: a phone that slept has shown nothing.
pub(crate) const MOST_BETWEEN_MS: i64 = 30_000;
/// How far a player may be ahead of what counts before it is sent back: beats are not sent to the millisecond.
const SLACK_MS: i64 = 2_000;
/// The last moments of a film are not always played: its length and that of its sound differ.
const END_SLACK_MS: i64 = 1_000;

/// How far a learner is with a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Watching {
    /// Where the watched part ends.
    pub(crate) furthest_ms: i64,
    /// When her phone was last heard.
    pub(crate) beat_at: Option<Instant64>,
    /// Where she must show who she is, in order.
    pub(crate) checks: Vec<i64>,
    /// How many of them she has.
    pub(crate) n_passed: usize,
    /// How long the whole is.
    pub(crate) length_ms: i64,
}

/// What a beat of the player comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beat {
    /// Where the watched part ends now.
    pub(crate) furthest_ms: i64,
    /// Whether the player is beyond that and must go back.
    pub(crate) is_ahead: bool,
}

impl Watching {
    /// Where the next check stands, if one is left.
    fn next_check(&self) -> Option<i64> {
        self.checks.get(self.n_passed).copied()
    }

    /// The watched part grows by no more than the time that went by on the server's clock, and not beyond a check that
    /// is due: playing faster, jumping ahead or two phones at once gain nothing.
    pub(crate) fn beat(&self, position_ms: i64, now: Instant64) -> Beat {
        let elapsed_ms = self.beat_at.map_or(0, |it| now.since(it) / (SECOND / 1_000)).clamp(0, MOST_BETWEEN_MS);
        let end = self.next_check().unwrap_or(self.length_ms).min(self.length_ms);
        let most = self.furthest_ms.saturating_add(elapsed_ms).min(end);
        let furthest_ms = self.furthest_ms.max(position_ms.min(most));
        Beat { furthest_ms, is_ahead: furthest_ms.saturating_add(SLACK_MS) < position_ms }
    }

    /// Whether she must show who she is before it goes on.
    pub(crate) fn check_is_due(&self) -> bool {
        self.next_check().is_some_and(|it| it <= self.furthest_ms)
    }

    /// Whether all of it was watched, by her.
    pub(crate) fn is_watched(&self) -> bool {
        self.checks.len() <= self.n_passed && self.length_ms - END_SLACK_MS <= self.furthest_ms
    }
}

/// Random moments, one in each of as many equal parts, from as many random numbers: nobody can know when the next one
/// comes, and none stands at the very beginning.
pub(crate) fn check_moments(length_ms: i64, random: &[u16]) -> Vec<i64> {
    let n_parts = i64::try_from(random.len()).unwrap_or(1).max(1);
    let moment = |(part, it): (i64, &u16)| {
        // Between 15 % and 95 % of its part.
        let within = 15_000 + i64::from(*it) * 80_000 / i64::from(u16::MAX);
        length_ms * (part * 100_000 + within) / (n_parts * 100_000)
    };
    (0..).zip(random).map(moment).collect()
}

/// How many answers are right. An answer is right when exactly the right options are chosen; it names options by where
/// they stood on her phone.
pub(crate) fn n_right(asked: &[(&Question, &Drawn)], answers: &[Vec<u8>]) -> usize {
    let is_right = |((question, drawn), answer): &(&(&Question, &Drawn), &Vec<u8>)| {
        let mut chosen: Vec<u8> = answer.iter().filter_map(|it| drawn.order.get(usize::from(*it)).copied()).collect();
        let all_known = chosen.len() == answer.len();
        chosen.sort_unstable();
        chosen.dedup();
        let mut correct = question.correct.clone();
        correct.sort_unstable();
        correct.dedup();
        all_known && chosen == correct
    };
    asked.iter().zip(answers).filter(is_right).count()
}

/// Whether so many right answers pass.
pub(crate) fn passes(n_right: usize, n_questions: usize, pass_percent: i64) -> bool {
    let percent = usize::try_from(pass_percent).unwrap_or(100);
    n_questions > 0 && n_questions * percent <= n_right * 100
}

/// From when on a required course lacks: so many days after her first day or after it was published, whichever is later.
pub(crate) fn due_at(from: Instant64, published_at: Instant64, due_days: i64) -> Instant64 {
    from.max(published_at).plus(due_days.saturating_mul(DAY))
}

/// Whether a course is for somebody who works there: an enterprise's own is for its people wherever they work, another for
/// all under its area; of the named occupations, if any is named.
pub(crate) fn is_for(course: &TaughtRow, work: &WorkRow) -> bool {
    let is_there = match course.enterprise_id {
        Some(enterprise) => work.enterprise_id == Some(enterprise),
        None => work.area_code.starts_with(&course.area_code),
    };
    let of = occupations_of(&course.occupations);
    let occupation = work.occupation.as_deref().and_then(Occupation::parse);
    is_there && (of.is_empty() || occupation.is_some_and(|it| of.contains(&it)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn watching(furthest_ms: i64, checks: &[i64], n_passed: usize) -> Watching {
        let beat_at = Some(Instant64::from_micros(0));
        Watching { furthest_ms, beat_at, checks: checks.to_vec(), n_passed, length_ms: 600_000 }
    }

    fn at(seconds: i64) -> Instant64 {
        Instant64::from_micros(seconds * SECOND)
    }

    #[test]
    fn the_watched_part_grows_with_the_clock_and_stops_at_a_check() {
        for (name, it, position_ms, seconds, expected, is_ahead) in [
            ("played", watching(0, &[], 0), 10_000, 10, 10_000, false),
            ("jumped ahead", watching(0, &[], 0), 500_000, 10, 10_000, true),
            ("twice as fast", watching(0, &[], 0), 20_000, 10, 10_000, true),
            ("a phone that slept", watching(0, &[], 0), 400_000, 400, 30_000, true),
            ("seen again", watching(60_000, &[], 0), 20_000, 10, 60_000, false),
            ("a clock that went back", watching(60_000, &[], 0), 90_000, -10, 60_000, true),
            ("up to a check", watching(55_000, &[60_000], 0), 65_000, 10, 60_000, true),
            ("beyond one that is done", watching(55_000, &[60_000], 1), 65_000, 10, 65_000, false),
            ("no further than the end", watching(595_000, &[], 0), 700_000, 30, 600_000, true),
        ] {
            assert_eq!(it.beat(position_ms, at(seconds)), Beat { furthest_ms: expected, is_ahead }, "{name}");
        }
        let never_heard = Watching { beat_at: None, ..watching(0, &[], 0) };
        assert_eq!(never_heard.beat(20_000, at(20)).furthest_ms, 0, "the first beat only begins");
    }

    #[test]
    fn it_is_watched_when_the_end_is_reached_and_no_check_is_left() {
        assert!(watching(600_000, &[], 0).is_watched());
        assert!(watching(599_200, &[60_000], 1).is_watched());
        assert!(!watching(598_000, &[60_000], 1).is_watched());
        assert!(!watching(600_000, &[60_000, 600_000], 1).is_watched());
        assert!(watching(60_000, &[60_000], 0).check_is_due());
        assert!(!watching(59_999, &[60_000], 0).check_is_due());
        assert!(!watching(60_000, &[60_000], 1).check_is_due());
    }

    #[test]
    fn answers_are_right_as_they_stood_on_the_phone() {
        let question = |correct: &[u8]| Question {
            text: "？".to_owned(),
            options: ["甲", "乙", "丙"].map(str::to_owned).to_vec(),
            correct: correct.to_vec(),
        };
        let (one, two) = (question(&[0]), question(&[2, 0]));
        let drawn = Drawn { question: Uuid::nil(), order: vec![2, 0, 1] };
        let asked = [(&one, &drawn), (&two, &drawn)];
        for (answers, expected) in [
            (vec![vec![1], vec![0, 1]], 2),
            (vec![vec![1], vec![1, 0, 0]], 2),
            (vec![vec![0], vec![0]], 0),
            (vec![vec![1, 9], vec![]], 0),
            (vec![], 0),
        ] {
            assert_eq!(n_right(&asked, &answers), expected, "{answers:?}");
        }
    }

    #[test]
    fn enough_is_as_many_percent() {
        for (right, of, percent, expected) in
            [(8, 10, 80, true), (7, 10, 80, false), (2, 3, 67, false), (3, 3, 100, true), (0, 0, 1, false)]
        {
            assert_eq!(passes(right, of, percent), expected, "{right}/{of} at {percent}");
        }
    }

    #[test]
    fn it_lacks_from_the_later_day_on() {
        assert_eq!(due_at(at(10), at(20), 0), at(20));
        assert_eq!(due_at(at(30), at(20), 1), at(30).plus(DAY));
    }

    #[test]
    fn a_course_is_for_its_own_people_or_for_all_under_its_area() {
        let enterprise = Uuid::from_u128(7);
        let course = |area_code: &str, enterprise_id: Option<Uuid>, occupations: &str| TaughtRow {
            id: Uuid::nil(),
            area_code: area_code.to_owned(),
            enterprise_id,
            occupations: occupations.to_owned(),
            required: true,
            published_at: Some(0),
            due_days: 0,
            state: "published".to_owned(),
        };
        let work = |occupation: Option<&str>| WorkRow {
            person_id: Uuid::nil(),
            site_id: Uuid::nil(),
            area_code: "350104001001".to_owned(),
            enterprise_id: Some(enterprise),
            occupation: occupation.map(str::to_owned),
            from_at: 0,
        };
        for (what, course, occupation, expected) in [
            ("the street's", course("350104001", None, ""), None, true),
            ("the next street's", course("350104002", None, ""), None, false),
            ("her employer's, which sits in another district", course("350105001", Some(enterprise), ""), None, true),
            ("another employer's of her street", course("350104001", Some(Uuid::nil()), ""), None, false),
            ("for drivers, of a driver", course("350104", None, ",driver,"), Some("driver"), true),
            ("for drivers, of a cook", course("350104", None, ",driver,"), Some("cook"), false),
            ("for drivers, of nobody listed", course("350104", None, ",driver,"), None, false),
        ] {
            assert_eq!(is_for(&course, &work(occupation)), expected, "{what}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_phone_says_nobody_is_further_than_the_time_that_went_by(
            beats in prop::collection::vec((0i64..700_000, 0i64..60), 1..40),
            random in prop::collection::vec(any::<u16>(), 1..6),
        ) {
            let mut it = Watching { beat_at: None, ..watching(0, &check_moments(600_000, &random), 0) };
            let mut seconds = 0;
            for (position_ms, pause) in beats {
                seconds += pause;
                let before = it.furthest_ms;
                it.furthest_ms = it.beat(position_ms, at(seconds)).furthest_ms;
                it.beat_at = Some(at(seconds));
                prop_assert!(before <= it.furthest_ms);
                prop_assert!(it.furthest_ms <= seconds * 1_000);
                prop_assert!(it.furthest_ms <= it.checks[0], "not beyond a check that was not passed");
            }
        }

        #[test]
        fn checks_stand_in_order_inside_the_whole(random in prop::collection::vec(any::<u16>(), 1..20)) {
            let found = check_moments(600_000, &random);
            prop_assert!(found.iter().all(|it| 0 < *it && *it < 600_000));
            prop_assert!(found.windows(2).all(|it| it[0] < it[1]));
        }
    }
}
