//! Rules of places: shift hours, device clocks, event numbers, device identity. Pure.

use kernel::Instant64;
use kernel::text::fold;
use kernel::time::{DAY, LocalTime, MINUTE, SECOND};

use uuid::Uuid;

use crate::model::{ShiftWindow, ShiftWindowId};

/// How early before a shift people may come in, in minutes.
pub const EARLY_MINUTES: u16 = 60;
/// How many clock samples are kept and how many are wanted before an offset is believed.
pub const CLOCK_SAMPLES: usize = 15;
const CLOCK_SAMPLES_WANTED: usize = 5;
/// The event number after which a Hikvision terminal starts again at 1 (its range is 1 … 100,000).
pub const SERIAL_RANGE: i64 = 100_000;

/// Whether somebody of this shift may come in at this time.
pub fn may_enter(shift: &ShiftWindow, at: LocalTime) -> bool {
    let minute = i32::from(at.minute);
    let (start, end) = (i32::from(shift.start_minute), i32::from(shift.end_minute));
    let early = i32::from(shift.early_minutes);
    let end = if end <= start { end + 1440 } else { end };
    let yesterday = if at.weekday == 1 { 7 } else { at.weekday - 1 };
    let tomorrow = if at.weekday == 7 { 1 } else { at.weekday + 1 };
    // A shift may have begun yesterday and go past midnight, or begin soon after midnight tomorrow.
    [(yesterday, 1440), (at.weekday, 0), (tomorrow, -1440)]
        .iter()
        .any(|(day, shifted)| shift.days.contains(day) && (start - early..end).contains(&(minute + shifted)))
}

/// The hours of a worker: those of her team where a window names it, else her own, else none, which is any time. Of a
/// window that was removed nobody knows when she may come, so at no time.
pub fn hours_of(windows: &[ShiftWindow], own: Option<Uuid>, team: Option<&str>) -> Option<ShiftWindow> {
    let team = team.map(fold);
    let names = |it: &&ShiftWindow| team.as_ref().is_some_and(|team| it.teams.iter().any(|name| fold(name) == *team));
    let removed = |id: Uuid| ShiftWindow::removed(ShiftWindowId::from_uuid(id));
    let of_own = |id: Uuid| windows.iter().find(|it| it.id.uuid() == id).cloned().unwrap_or_else(|| removed(id));
    windows.iter().find(names).cloned().or_else(|| own.map(of_own))
}

/// Adds one sample of (device time − receive time) of a live event, in microseconds; the newest are kept.
pub fn add_clock_sample(samples: &mut Vec<i64>, sample: i64) {
    samples.push(sample);
    if samples.len() > CLOCK_SAMPLES {
        samples.remove(0);
    }
}

/// The offset of a device's clock: the median of its samples, once there are enough. Events reach us late, never
/// early, and now and then very late; the median ignores those.
pub fn clock_offset(samples: &[i64]) -> Option<i64> {
    if samples.len() < CLOCK_SAMPLES_WANTED {
        return None;
    }
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

/// Which time an event gets, and on what grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OccurredBasis {
    /// The device's own time.
    Device,
    /// The device's time less its known offset.
    Corrected,
    /// The time we received it.
    Received,
}

impl OccurredBasis {
    /// The code in SQL and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Corrected => "corrected",
            Self::Received => "received",
        }
    }
}

/// Offsets up to this are delay, not a wrong clock.
const HONEST: i64 = 30 * SECOND;
/// A replayed event older than this is not placed by its device's word.
const OLDEST: i64 = 60 * DAY;

/// When an event happened. A live event cannot have happened after it arrived, nor long before; a replayed one can be
/// old. What cannot be right counts from its arrival.
pub fn occurred(
    device_at: Option<Instant64>,
    received_at: Instant64,
    offset: Option<i64>,
    live: bool,
) -> (Instant64, OccurredBasis) {
    let Some(stated) = device_at else { return (received_at, OccurredBasis::Received) };
    let (at, basis) = match offset.filter(|it| it.abs() > HONEST) {
        Some(offset) => (stated.plus(-offset), OccurredBasis::Corrected),
        None => (stated, OccurredBasis::Device),
    };
    let age = received_at.since(at);
    let believable = if live { (-HONEST..=5 * MINUTE).contains(&age) } else { (-HONEST..=OLDEST).contains(&age) };
    match believable {
        true => (at.min(received_at), basis),
        false => (received_at, OccurredBasis::Received),
    }
}

/// Whether a live event's clock is too far off to be trusted, given the largest allowed offset.
pub fn clock_is_untrusted(
    device_at: Option<Instant64>,
    received_at: Instant64,
    offset: Option<i64>,
    limit: i64,
) -> bool {
    match (device_at, offset) {
        (None, _) => true,
        // A known offset is applied: the clock is wrong but steady.
        (Some(stated), Some(offset)) => received_at.since(stated.plus(-offset)).abs() > limit,
        (Some(stated), None) => received_at.since(stated).abs() > limit,
    }
}

/// How many events are missing between the last number seen and the "previous number" that a new event states.
///
/// The counter runs from 1 to 100,000 and starts again; an event that is not newer than the last one tells nothing.
pub fn missing_events(last_seen: Option<i64>, previous: Option<i64>, event: Option<i64>) -> i64 {
    let (Some(last), Some(previous), Some(event)) = (last_seen, previous, event) else { return 0 };
    let forward = (event - last).rem_euclid(SERIAL_RANGE);
    let gap = (previous - last).rem_euclid(SERIAL_RANGE);
    // Half the range ahead is ahead; the other half is late arrival.
    match (1..SERIAL_RANGE / 2).contains(&forward) && gap < forward {
        true => gap,
        false => 0,
    }
}

/// Whether `event` is newer than `last_seen` on a counter that wraps.
pub fn is_newer(last_seen: Option<i64>, event: i64) -> bool {
    last_seen.is_none_or(|last| (1..SERIAL_RANGE / 2).contains(&(event - last).rem_euclid(SERIAL_RANGE)))
}

/// Whether what a device says of itself is what is registered. What it does not say is not held against it.
pub fn identity_matches(
    registered_serial: &str,
    registered_mac: Option<&str>,
    stated_serial: Option<&str>,
    stated_mac: Option<&str>,
) -> bool {
    let same = |registered: &str, stated: &str| {
        let fold = |it: &str| kernel::text::fold(it).replace(['-', ':', '.'], "");
        let (registered, stated) = (fold(registered), fold(stated));
        // Labels often carry the model before the serial: DS-K1T671TM-3XF…GX0000031.
        registered == stated || registered.ends_with(&stated) || stated.ends_with(&registered)
    };
    stated_serial.is_none_or(|it| same(registered_serial, it))
        && registered_mac.zip(stated_mac).is_none_or(|(registered, stated)| same(registered, stated))
}

/// `HH:MM` as minutes after midnight.
pub fn parse_minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Minutes after midnight as `HH:MM`.
pub fn show_minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
