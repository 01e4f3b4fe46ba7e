//! A device's time text to an instant. Not responsible for whether the device's clock is right.

use jiff::{Timestamp, civil};
use observation::DeviceTime;

/// The instant a text names, or the warning that says why it names none.
///
/// A time without an offset names no instant: guessing the site's zone here would hide a clock set to another one.
pub(crate) fn read(raw: &str) -> Result<DeviceTime, &'static str> {
    let text = raw.trim();
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return DeviceTime::from_timestamp(timestamp).ok_or("time_unparsable");
    }
    let names_offset = text.chars().skip("2026-03-02".len()).any(|it| matches!(it, '+' | '-' | 'Z' | 'z' | '['));
    match text.parse::<civil::DateTime>() {
        Ok(_) if !names_offset => Err("time_without_offset"),
        _ => Err("time_unparsable"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_applied_and_z_is_utc() {
        for raw in ["2026-03-02T07:52:11+08:00", "2026-03-01T23:52:11Z", " 2026-03-02T07:52:11+0800 "] {
            assert_eq!(read(raw).unwrap().to_string(), "2026-03-01T23:52:11Z", "{raw}");
        }
    }

    #[test]
    fn a_time_without_offset_names_no_instant() {
        for raw in ["2026-03-02T07:52:11", "2026-03-02 07:52:11", "2026-03-02T07:52:11.5"] {
            assert_eq!(read(raw), Err("time_without_offset"), "{raw}");
        }
    }

    #[test]
    fn odd_times_name_no_instant() {
        let odd =
            ["1971--10--29 -23:-27:-54", "", "now", "1772409131", "2026-02-30T00:00:00Z", "-000001-01-01T00:00:00Z"];
        for raw in odd.into_iter().chain(["2026-03-02T07:52:11+99:00", "2026-13-02T07:52:11+08:00", "24:00"]) {
            assert_eq!(read(raw), Err("time_unparsable"), "{raw}");
        }
    }
}
