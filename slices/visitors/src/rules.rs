//! Who may come and when, and which coach passes quickly. Pure: `now` is an argument.

use kernel::Instant64;
use kernel::time::{DAY, HOUR};
use people::HealthStatus;
use places::{ShiftWindow, ShiftWindowId};
use uuid::Uuid;

use crate::model::{CoachFault, CoachState, VisitorState};

/// Digits of a visitor's code: Crockford's base 32, without I, L, O and U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What every code begins with.
const FIRST: char = 'V';
/// Digits by chance: 50 bits, and the gate asks the server or its own list, never a guess twice in a second.
const RANDOM_DIGITS: usize = 10;
/// How early before her time a visitor may come in.
const EARLY_MINUTES: u16 = 30;
/// The longest time for which somebody is announced at once: 14 days.
pub const LONGEST: i64 = 14 * DAY;
/// How long after a manifest was checked its coach may pass quickly: a day and a night on the road.
pub const MANIFEST_HOLDS: i64 = 24 * HOUR;
/// A chartered coach carries at most half of what it seats (Ministry of Transport, 交运明电〔2020〕56号).
pub const LOAD_PERCENT: i64 = 50;

/// A code that nobody has yet: `V`, ten digits by chance, one that checks the others.
pub fn make_code() -> String {
    let random = vault::random_bytes::<RANDOM_DIGITS>();
    let body: String = random.iter().filter_map(|it| digit(usize::from(*it) % DIGITS.len())).collect();
    let check = check_digit(&body).unwrap_or('0');
    format!("{FIRST}{body}{check}")
}

/// A code as it was scanned or typed, in its one form; none when it is no code of ours.
pub fn read_code(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|it| !matches!(it, ' ' | '-')).collect();
    let text = text.to_ascii_uppercase();
    let digits = text.strip_prefix(FIRST)?;
    let (body, check) = digits.split_at_checked(RANDOM_DIGITS)?;
    (check.chars().eq(check_digit(body))).then_some(text.clone())
}

fn digit(value: usize) -> Option<char> {
    DIGITS.get(value).map(|it| char::from(*it))
}

/// The weighted sum of the digits modulo 31 catches one wrong digit and two that changed places.
fn check_digit(body: &str) -> Option<char> {
    let value = |it: u8| DIGITS.iter().position(|digit| *digit == it);
    let mut sum = 0;
    for (at, it) in body.bytes().enumerate() {
        sum += (at + 1) * value(it)?;
    }
    digit(sum % 31)
}

/// Days and hours for which somebody is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Local midnight of the first day.
    pub from: Instant64,
    /// Local midnight after the last.
    pub until: Instant64,
    /// Minutes after midnight, on each of the days.
    pub start_minute: u16,
    /// Minutes after midnight.
    pub end_minute: u16,
}

/// Why a period cannot be announced; the field of the API, and the error code.
pub type PeriodFault = (&'static str, &'static str);

impl Period {
    /// Whether it can be announced now.
    ///
    /// # Errors
    /// The field in error and its code.
    pub fn check(self, now: Instant64) -> Result<(), PeriodFault> {
        match self {
            it if it.until <= it.from => Err(("until", "date_order")),
            it if it.until <= now => Err(("until", "moment_past")),
            it if LONGEST < it.until.since(it.from) => Err(("until", "out_of_range")),
            it if it.end_minute <= it.start_minute || 1_440 < it.end_minute => Err(("end", "shift_window")),
            _ => Ok(()),
        }
    }

    /// Her hours as gates know hours, by weekdays: of tomorrow, which a gate's list reaches into, of today, and of the five days before, of
    /// which a gate that was away tells later. No day at all means that she is not expected.
    pub fn hours(self, now: Instant64) -> ShiftWindow {
        let today = now.local().day_start;
        let is_expected = |it: &Instant64| self.from <= *it && *it < self.until;
        let week = (-5..=1).map(|it| today.plus(it * DAY));
        let days = week.filter(is_expected).map(|it| it.local().weekday).collect();
        ShiftWindow {
            id: ShiftWindowId::from_uuid(Uuid::nil()),
            name: String::new(),
            days,
            start_minute: self.start_minute,
            end_minute: self.end_minute,
            teams: Vec::new(),
            early_minutes: EARLY_MINUTES,
        }
    }
}

/// What is done with an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The enterprise says yes.
    Approve,
    /// It says no.
    Refuse,
    /// Who announced it takes it back.
    Cancel,
}

/// Where a move leads; none where it may not be made.
pub const fn moved(state: VisitorState, by: Move) -> Option<VisitorState> {
    match (state, by) {
        (VisitorState::Requested, Move::Approve) => Some(VisitorState::Announced),
        (VisitorState::Requested, Move::Refuse) => Some(VisitorState::Refused),
        (VisitorState::Requested | VisitorState::Announced, Move::Cancel) => Some(VisitorState::Cancelled),
        (VisitorState::Announced | VisitorState::Refused | VisitorState::Cancelled, _) => None,
    }
}

/// A coach as its manifest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoachFacts<'a> {
    /// How far it is.
    pub state: CoachState,
    /// When the manifest was signed.
    pub checked_at: Option<Instant64>,
    /// Its plate.
    pub plate: &'a str,
    /// How many passengers are aboard by the manifest.
    pub aboard: i64,
    /// Crew beside them.
    pub crew: i64,
    /// Seats of passengers aboard who may not travel as it stands now.
    pub not_allowed: Vec<String>,
    /// Whether a response is active that covers this.
    pub response_active: bool,
}

/// A coach as it stands at the checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoachSeen<'a> {
    /// The plate that the guard reads.
    pub plate: &'a str,
    /// Heads that the guard counts, crew and all.
    pub heads: i64,
}

/// What stands against letting a coach pass as a whole; nothing means that it passes.
pub fn quick_pass(coach: &CoachFacts<'_>, seen: CoachSeen<'_>, now: Instant64) -> Vec<CoachFault> {
    let is_old = coach.checked_at.is_none_or(|at| MANIFEST_HOLDS < now.since(at));
    let ended = matches!(coach.state, CoachState::Arrived | CoachState::Cancelled);
    [
        (!coach.response_active, CoachFault::ResponseEnded),
        (ended, CoachFault::CoachEnded),
        (coach.state == CoachState::Planned, CoachFault::ManifestUnchecked),
        (coach.state == CoachState::Checked && is_old, CoachFault::ManifestOld),
        (seen.plate != coach.plate, CoachFault::PlateDiffers),
        (seen.heads != coach.aboard + coach.crew, CoachFault::HeadsDiffer),
        (!coach.not_allowed.is_empty(), CoachFault::PassengerNotAllowed),
    ]
    .into_iter()
    .filter_map(|(found, fault)| found.then_some(fault))
    .collect()
}

/// What a gate makes of what is known of somebody: the graver of what she says herself and of what her file says. A file that says nothing
/// of today leaves it to her.
pub const fn status_of(fit: Option<bool>, file: Option<HealthStatus>) -> HealthStatus {
    match (file, fit) {
        (Some(HealthStatus::Red), _) => HealthStatus::Red,
        (Some(HealthStatus::Amber), _) | (_, Some(false)) => HealthStatus::Amber,
        // Who has not said how she is owes that, which is a reason of its own.
        (Some(HealthStatus::Green | HealthStatus::Unknown) | None, Some(true) | None) => HealthStatus::Green,
    }
}

/// How many passengers a coach of so many seats may carry.
pub const fn seats_to_fill(seats: i64) -> i64 {
    seats * LOAD_PERCENT / 100
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant64 {
        Instant64::parse(text).unwrap()
    }

    fn period() -> Period {
        Period {
            from: at("2020-02-17T00:00:00+08:00"),
            until: at("2020-02-18T00:00:00+08:00"),
            start_minute: 540,
            end_minute: 720,
        }
    }

    fn coach() -> CoachFacts<'static> {
        CoachFacts {
            state: CoachState::Checked,
            checked_at: Some(at("2020-02-17T06:00:00+08:00")),
            plate: "闽A12345",
            aboard: 20,
            crew: 2,
            not_allowed: Vec::new(),
            response_active: true,
        }
    }

    #[test]
    fn a_visitor_is_expected_in_her_hours_and_half_an_hour_before() {
        for (text, expected) in [
            ("2020-02-17T08:29:00+08:00", false),
            ("2020-02-17T08:30:00+08:00", true),
            ("2020-02-17T11:59:00+08:00", true),
            ("2020-02-17T12:00:00+08:00", false),
            ("2020-02-16T10:00:00+08:00", false),
            ("2020-02-18T10:00:00+08:00", false),
            // The same weekday a week later.
            ("2020-02-24T10:00:00+08:00", false),
        ] {
            let hours = period().hours(at(text));
            assert_eq!(places::rules::may_enter(&hours, at(text).local()), expected, "{text}");
        }
    }

    #[test]
    fn a_period_that_cannot_be_announced_names_its_field() {
        let now = at("2020-02-17T10:00:00+08:00");
        let until = |it| Period { until: it, ..period() };
        assert_eq!(period().check(now), Ok(()));
        for (period, fault) in [
            (until(period().from), ("until", "date_order")),
            (until(period().from.plus(15 * DAY)), ("until", "out_of_range")),
            (Period { end_minute: 540, ..period() }, ("end", "shift_window")),
            (Period { end_minute: 1_441, ..period() }, ("end", "shift_window")),
        ] {
            assert_eq!(period.check(now), Err(fault));
        }
        assert_eq!(period().check(at("2020-02-18T00:00:00+08:00")), Err(("until", "moment_past")));
    }

    #[test]
    fn announcements_move_so_and_not_otherwise() {
        use VisitorState::{Announced, Cancelled, Refused, Requested};
        for (state, approve, refuse, cancel) in [
            (Requested, Some(Announced), Some(Refused), Some(Cancelled)),
            (Announced, None, None, Some(Cancelled)),
            (Refused, None, None, None),
            (Cancelled, None, None, None),
        ] {
            let ends = [Move::Approve, Move::Refuse, Move::Cancel].map(|it| moved(state, it));
            assert_eq!(ends, [approve, refuse, cancel], "{state:?}");
        }
    }

    #[test]
    fn a_coach_passes_as_a_whole_only_as_it_was_checked() {
        let now = at("2020-02-17T12:00:00+08:00");
        let seen = CoachSeen { plate: "闽A12345", heads: 22 };
        assert_eq!(quick_pass(&coach(), seen, now), []);
        for (spoilt, fault) in [
            (CoachFacts { response_active: false, ..coach() }, CoachFault::ResponseEnded),
            (CoachFacts { state: CoachState::Arrived, ..coach() }, CoachFault::CoachEnded),
            (CoachFacts { state: CoachState::Cancelled, ..coach() }, CoachFault::CoachEnded),
            (CoachFacts { state: CoachState::Planned, checked_at: None, ..coach() }, CoachFault::ManifestUnchecked),
            (CoachFacts { checked_at: Some(now.plus(-MANIFEST_HOLDS - 1)), ..coach() }, CoachFault::ManifestOld),
            (CoachFacts { checked_at: None, ..coach() }, CoachFault::ManifestOld),
            (CoachFacts { aboard: 19, ..coach() }, CoachFault::HeadsDiffer),
            (CoachFacts { not_allowed: vec!["12".to_owned()], ..coach() }, CoachFault::PassengerNotAllowed),
        ] {
            assert_eq!(quick_pass(&spoilt, seen, now), [fault]);
        }
        let other = CoachSeen { plate: "闽A54321", ..seen };
        assert_eq!(quick_pass(&coach(), other, now), [CoachFault::PlateDiffers]);
    }

    #[test]
    fn the_graver_of_file_and_word_counts() {
        use HealthStatus::{Amber, Green, Red, Unknown};
        for (fit, file, status) in [
            (None, None, Green),
            (Some(true), None, Green),
            (Some(false), None, Amber),
            (Some(true), Some(Red), Red),
            (Some(false), Some(Red), Red),
            (Some(true), Some(Amber), Amber),
            (Some(true), Some(Unknown), Green),
            (Some(false), Some(Green), Amber),
        ] {
            assert_eq!(status_of(fit, file), status, "{fit:?} {file:?}");
        }
    }

    #[test]
    fn half_of_the_seats_are_filled() {
        assert_eq!([seats_to_fill(53), seats_to_fill(40), seats_to_fill(0)], [26, 20, 0]);
    }

    proptest! {
        #[test]
        fn a_code_is_read_back_however_it_was_typed(at in 1..11_usize) {
            let code = make_code();
            prop_assert_eq!(read_code(&code), Some(code.clone()));
            let typed = format!(" {}-{} ", code[..at].to_lowercase(), &code[at..]);
            prop_assert_eq!(read_code(&typed), Some(code.clone()));
        }

        #[test]
        fn one_wrong_digit_is_no_code(at in 1..11_usize, by in 1..31_usize) {
            let code = make_code();
            let mut digits: Vec<u8> = code.bytes().collect();
            let value = DIGITS.iter().position(|it| *it == digits[at]).unwrap();
            // 31 steps lead to a digit that weighs the same.
            digits[at] = DIGITS[(value + by) % 32];
            let same = value.abs_diff((value + by) % 32) % 31 == 0;
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(read_code(&typed).is_some(), same);
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,20}") {
            read_code(&text);
        }
    }
}
