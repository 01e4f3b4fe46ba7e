//! One cell.

use std::borrow::Cow;

/// A point on the calendar and the clock, without a zone, as spreadsheets keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Year, month, day.
    pub date: (u16, u8, u8),
    /// Hour, minute, second.
    pub time: (u8, u8, u8),
}

/// What a cell holds. Formulas are their last value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing, or white space.
    #[default]
    Empty,
    /// Text, trimmed.
    Text(String),
    /// A number that is no date.
    Number(f64),
    /// A date, or date and time.
    Moment(Moment),
    /// Yes or no.
    Truth(bool),
    /// The error of a formula, such as `#N/A`.
    Error(String),
}

/// Spreadsheets keep 15 digits of a number; from here on the last ones are made up.
const LAST_EXACT: f64 = 1e15;

impl Cell {
    /// Text, or nothing.
    pub fn text_of(text: &str) -> Self {
        match text.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}') {
            "" => Self::Empty,
            text => Self::Text(unquoted(text).to_owned()),
        }
    }

    /// The moment of a spreadsheet's serial number, counted from 1900.
    pub fn day(serial: f64) -> Option<Moment> {
        let it = calamine::ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, false);
        let (year, month, day, hour, minute, second, _) = it.to_ymd_hms_milli();
        (0.0..2_958_466.0)
            .contains(&serial)
            .then_some(Moment { date: (year, month, day), time: (hour, minute, second) })
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// As a person would have typed it: `1024` for 1024.0, `2026-03-02` for a day.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) | Self::Error(text) => text.into(),
            Self::Number(number) => format!("{number}").into(),
            Self::Moment(Moment { date: (year, month, day), time: (0, 0, 0) }) => {
                format!("{year:04}-{month:02}-{day:02}").into()
            }
            Self::Moment(Moment { date: (year, month, day), time: (hour, minute, second) }) => {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}").into()
            }
            Self::Truth(it) => if *it { "true" } else { "false" }.into(),
        }
    }

    /// Whether it is a number whose last digits the spreadsheet has made up, or the text that it leaves of one.
    pub fn is_rounded(&self) -> bool {
        match self {
            Self::Number(number) => LAST_EXACT <= number.abs(),
            Self::Text(text) => looks_rounded(text),
            _ => false,
        }
    }
}

/// Whether text is what a spreadsheet leaves of a long number: `1.10105E+17`.
pub fn looks_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    digits(whole) && digits(part) && digits(exponent)
}

/// Our own files put a quote before what a spreadsheet would run; it is taken off again.
fn unquoted(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_as_typed() {
        let day = Moment { date: (2026, 3, 2), time: (0, 0, 0) };
        let cases = [
            (Cell::Number(1024.0), "1024"),
            (Cell::Number(36.5), "36.5"),
            (Cell::Number(13_800_002_046.0), "13800002046"),
            (Cell::Number(110_105_491_231_002.0), "110105491231002"),
            (Cell::Moment(day), "2026-03-02"),
            (Cell::Moment(Moment { time: (7, 52, 0), ..day }), "2026-03-02 07:52:00"),
            (Cell::text_of(" \u{3000} "), ""),
            (Cell::text_of("'=1+1"), "=1+1"),
            (Cell::text_of("'78"), "'78"),
        ];
        for (cell, text) in cases {
            assert_eq!(cell.text(), text, "{cell:?}");
        }
    }

    #[test]
    fn a_number_of_eighteen_digits_has_lost_some() {
        assert!(Cell::Number(110_105_194_912_310_020.0).is_rounded());
        assert!(Cell::text_of("1.10105E+17").is_rounded());
        for exact in [Cell::Number(110_105_491_231_002.0), Cell::text_of("11010519491231002X"), Cell::text_of("E12")] {
            assert!(!exact.is_rounded(), "{exact:?}");
        }
    }
}
