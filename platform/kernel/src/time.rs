//! Time: microseconds of UTC since 1970, and the one clock.
//!
//! Time zones exist only where something is rendered or scheduled; see [`Instant64::local`].

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment: microseconds since 1970-01-01T00:00:00Z. What SQL stores and the wire shows as RFC 3339 with `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant64(i64);

/// One second in microseconds.
pub const SECOND: i64 = 1_000_000;
/// One minute in microseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in microseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in microseconds.
pub const DAY: i64 = 24 * HOUR;

/// The wall clock of a place: what a shift plan and a calendar day are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// Monday = 1 … Sunday = 7.
    pub weekday: u8,
    /// Minutes since local midnight, 0 … 1439.
    pub minute: u16,
    /// Local midnight of this day.
    pub day_start: Instant64,
}

impl Instant64 {
    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Moved by `micros` (negative = earlier), stopping at the ends of the range.
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// How far `self` is after `earlier`, in microseconds; negative when it is before.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|at| Self(at.as_microsecond()))
    }

    /// Reads a calendar date `YYYY-MM-DD` as its midnight in China.
    pub fn parse_date(text: &str) -> Option<Self> {
        let date: jiff::civil::Date = text.trim().parse().ok()?;
        let zoned = date.to_zoned(china()).ok()?;
        Some(Self(zoned.timestamp().as_microsecond()))
    }

    /// The wall clock in China (UTC+8 all year), where every district that this product serves lies.
    pub fn local(self) -> LocalTime {
        let shifted = self.0.saturating_add(8 * HOUR);
        let days = shifted.div_euclid(DAY);
        let minute = shifted.rem_euclid(DAY) / MINUTE;
        // 1970-01-01 was a Thursday.
        let weekday = (days + 3).rem_euclid(7) + 1;
        LocalTime {
            weekday: u8::try_from(weekday).unwrap_or(1),
            minute: u16::try_from(minute).unwrap_or(0),
            day_start: Self(days * DAY - 8 * HOUR),
        }
    }

    /// The calendar date in China as `YYYY-MM-DD`.
    pub fn local_date(self) -> String {
        match Timestamp::from_microsecond(self.0) {
            Ok(at) => at.to_zoned(china()).date().to_string(),
            Err(_) => String::new(),
        }
    }

    /// The hour bucket this moment lies in: hours since 1970.
    pub const fn hour_bucket(self) -> i64 {
        self.0.div_euclid(HOUR)
    }
}

fn china() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC)
}

impl fmt::Display for Instant64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_microsecond(self.0) {
            Ok(at) => write!(f, "{at}"),
            Err(_) => write!(f, "out of range"),
        }
    }
}

impl Serialize for Instant64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}

/// Where `now` comes from. The server reads [`SystemClock`]; a test sets its own.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Instant64;
}

/// A clock that can be handed around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Instant64 {
        Instant64(Timestamp::now().as_microsecond())
    }
}

/// A clock that stands where it is put.
#[derive(Debug, Default)]
pub struct SetClock(std::sync::atomic::AtomicI64);

impl SetClock {
    /// Starts at `at`.
    pub fn at(at: Instant64) -> Arc<Self> {
        Arc::new(Self(std::sync::atomic::AtomicI64::new(at.0)))
    }

    /// Moves forward by `micros`.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant64 {
        Instant64(self.0.load(std::sync::atomic::Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_time_is_the_same_moment_as_its_utc_form() {
        assert_eq!(Instant64::parse("2026-03-02T07:52:11+08:00"), Instant64::parse("2026-03-01T23:52:11Z"));
    }

    #[test]
    fn monday_morning_in_china_is_still_sunday_in_utc() {
        let at = Instant64::parse("2026-03-02T07:52:11+08:00").unwrap();
        let local = at.local();
        assert_eq!((local.weekday, local.minute), (1, 7 * 60 + 52));
        assert_eq!(local.day_start, Instant64::parse("2026-03-02T00:00:00+08:00").unwrap());
        assert_eq!(at.local_date(), "2026-03-02");
    }

    #[test]
    fn the_wire_form_is_rfc_3339_with_z() {
        let at = Instant64::parse("2026-03-02T07:52:11.5+08:00").unwrap();
        assert_eq!(serde_json::to_string(&at).unwrap(), "\"2026-03-01T23:52:11.5Z\"");
    }
}
