//! Days as people type them.

use kernel::Instant64;

use crate::{Cell, Moment};

/// The day of a cell, as local midnight: a date, a spreadsheet's serial number, or text as [`parse_date`] reads it.
pub fn date_of(cell: &Cell) -> Option<Instant64> {
    match cell {
        Cell::Moment(Moment { date: (year, month, day), .. }) => day_of(*year, *month, *day),
        // A day's number that was not marked as a date: 1954 to 2119 of the calendar that counts from 1900.
        Cell::Number(serial) if (20_000.0..80_000.0).contains(serial) => Cell::day(*serial).and_then(|it| {
            let (year, month, day) = it.date;
            day_of(year, month, day)
        }),
        cell => parse_date(&cell.text()),
    }
}

/// Minutes after midnight of a cell: a time of day, the part of a day that spreadsheets keep for it, or text such as `9:30`.
pub fn minute_of(cell: &Cell) -> Option<u16> {
    let moment = match cell {
        Cell::Moment(it) => Some(*it),
        Cell::Number(part) if (0.0..1.0).contains(part) => Cell::day(*part),
        _ => None,
    };
    if let Some(Moment { time: (hour, minute, _), .. }) = moment {
        return Some(u16::from(hour) * 60 + u16::from(minute));
    }
    let text: String = cell.text().trim().chars().map(kernel::text::half_width).collect();
    let mut parts = text.splitn(3, ':');
    let hour: u16 = parts.next()?.trim().parse().ok()?;
    let minute: u16 = parts.next()?.trim().parse().ok()?;
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn day_of(year: u16, month: u8, day: u8) -> Option<Instant64> {
    Instant64::parse_date(&format!("{year:04}-{month:02}-{day:02}"))
}

/// `2026-03-02`, `2026/3/2`, `2026.3.2`, `2026年3月2日`, `20260302`, each with or without a time, or RFC 3339; full-width
/// digits, too.
pub fn parse_date(text: &str) -> Option<Instant64> {
    let text: String = text.trim().chars().map(kernel::text::half_width).collect();
    if let Some(at) = Instant64::parse(&text) {
        return Some(at);
    }
    let day = text.split_whitespace().next()?;
    let digits = day.len() == 8 && day.bytes().all(|it| it.is_ascii_digit());
    let parts: Vec<&str> = match digits {
        true => vec![day.get(..4)?, day.get(4..6)?, day.get(6..)?],
        false => day.split(['-', '/', '.', '年', '月', '日']).filter(|it| !it.is_empty()).collect(),
    };
    let [year, month, day] = parts.as_slice() else { return None };
    Instant64::parse_date(&format!("{year:0>4}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_common_form() {
        let day = Instant64::parse("2026-03-02T00:00:00+08:00");
        for text in ["2026-03-02", "2026/3/2", "2026.03.02", "20260302", "2026年3月2日", "2026/3/2 08:30:00"] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        assert_eq!(parse_date("3/2"), None);
        let moment = Cell::Moment(Moment { date: (2026, 3, 2), time: (8, 30, 0) });
        for cell in [Cell::Number(46_083.0), Cell::Number(46_083.35), moment] {
            assert_eq!(date_of(&cell), day, "{cell:?}");
        }
        assert_eq!(date_of(&Cell::Number(7.0)), None);
    }
    #[test]
    fn times_of_day_in_every_common_form() {
        let moment = Cell::Moment(Moment { date: (1899, 12, 31), time: (9, 30, 0) });
        let text = |it: &str| Cell::text_of(it);
        for cell in [moment, Cell::Number(9.5 / 24.0), text("9:30"), text("09：30"), text("09:30:00")] {
            assert_eq!(minute_of(&cell), Some(570), "{cell:?}");
        }
        for cell in [Cell::Empty, Cell::Number(9.5), text("9"), text("24:00"), text("9:60")] {
            assert_eq!(minute_of(&cell), None, "{cell:?}");
        }
    }
}
