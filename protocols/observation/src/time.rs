//! The instant a device claims. Not responsible for whether the device's clock is right.

use std::fmt;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// An instant read from a device, in microseconds since 1970 UTC, between the years 0 and 9999: what RFC 3339 can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceTime(Timestamp);

/// 0000-01-01T00:00:00Z in seconds since 1970.
const YEAR_ZERO_S: i64 = -62_167_219_200;

impl DeviceTime {
    /// From microseconds since 1970 UTC; `None` outside the years 0 to 9999.
    pub fn from_micros(micros: i64) -> Option<Self> {
        Timestamp::from_microsecond(micros).ok().and_then(Self::from_timestamp)
    }

    /// From an instant, cut to whole microseconds; `None` before the year 0.
    pub fn from_timestamp(timestamp: Timestamp) -> Option<Self> {
        let whole_micros = Timestamp::from_microsecond(timestamp.as_microsecond()).ok()?;
        (YEAR_ZERO_S <= whole_micros.as_second()).then_some(Self(whole_micros))
    }

    /// Microseconds since 1970 UTC.
    pub fn as_micros(self) -> i64 {
        self.0.as_microsecond()
    }
}

/// RFC 3339 in UTC with `Z`; a fraction only when there is one.
impl fmt::Display for DeviceTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for DeviceTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc_with_z() {
        let time = DeviceTime::from_micros(1_772_409_131_000_000).unwrap();
        assert_eq!(time.to_string(), "2026-03-01T23:52:11Z");
        assert_eq!(time.as_micros(), 1_772_409_131_000_000);
    }

    #[test]
    fn a_fraction_is_written_only_when_there_is_one() {
        let time = DeviceTime::from_micros(1_772_409_131_250_000).unwrap();
        assert_eq!(time.to_string(), "2026-03-01T23:52:11.25Z");
    }

    #[test]
    fn years_that_rfc_3339_cannot_write_are_refused() {
        assert_eq!(DeviceTime::from_micros(i64::MAX), None);
        assert_eq!(DeviceTime::from_micros((YEAR_ZERO_S - 1) * 1_000_000), None);
        let first = DeviceTime::from_micros(YEAR_ZERO_S * 1_000_000).unwrap();
        assert_eq!(first.to_string(), "0000-01-01T00:00:00Z");
    }
}
