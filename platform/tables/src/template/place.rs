//! Where cells are, and how a name says so.

use std::fmt;

/// The last row and column of a sheet.
const ROWS: u32 = crate::SHEET_ROWS;
const COLUMNS: u32 = 16_384;
const LETTERS: u32 = 26;

/// A cell, both numbers counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
}

impl At {
    /// `B3`, also `$B$3`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.find(|it: char| !it.is_ascii_alphabetic())?;
        let (letters, digits) = text.split_at_checked(letters)?;
        let digits = digits.strip_prefix('$').unwrap_or(digits);
        if letters.is_empty() || 3 < letters.len() || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let column =
            letters.bytes().fold(0, |column, it| column * LETTERS + u32::from(it.to_ascii_uppercase() - b'A') + 1);
        let row = digits.parse().ok()?;
        ((1..=ROWS).contains(&row) && column <= COLUMNS).then_some(Self { row, column })
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut letters, mut rest) = (Vec::new(), self.column);
        while rest != 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % LETTERS).unwrap_or(0)));
            rest = (rest - 1) / LETTERS;
        }
        letters.iter().rev().try_for_each(|it| write!(f, "{it}"))?;
        write!(f, "{}", self.row)
    }
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Its first cell, above and to the left.
    pub from: At,
    /// Its last cell.
    pub to: At,
}

impl Block {
    /// `A1:C3`, `B2`, with or without `$`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let (from, to) = (At::parse(from)?, At::parse(to)?);
        (from.row <= to.row && from.column <= to.column).then_some(Self { from, to })
    }

    /// Whether a cell lies in it.
    pub const fn contains(&self, at: At) -> bool {
        self.from.row <= at.row && at.row <= self.to.row && self.from.column <= at.column && at.column <= self.to.column
    }

    /// Whether it is one cell.
    pub fn is_one(&self) -> bool {
        self.from == self.to
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_one() {
            true => write!(f, "{}", self.from),
            false => write!(f, "{}:{}", self.from, self.to),
        }
    }
}

/// A sheet's name and cells: `'日报 1'!$B$3`. A quote in a name is written twice.
pub(super) fn of_sheet(text: &str) -> Option<(String, Block)> {
    let text = text.trim();
    let text = text.strip_prefix('=').unwrap_or(text);
    let (sheet, cells) = text.rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'') {
        Some(rest) => rest.strip_suffix('\'')?.replace("''", "'"),
        // Cells in several pieces are no one place.
        None if sheet.contains([',', '!', ':', '(', ' ']) => return None,
        None => sheet.to_owned(),
    };
    Some((sheet, Block::parse(cells)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_and_written() {
        for (text, row, column) in [("A1", 1, 1), ("$Z$9", 9, 26), ("aa10", 10, 27), ("XFD1048576", 1_048_576, 16_384)]
        {
            let at = At::parse(text).unwrap();
            assert_eq!(at, At { row, column });
            assert_eq!(at.to_string(), text.replace('$', "").to_uppercase());
        }
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "$", "年1", "A-1"] {
            assert_eq!(At::parse(text), None, "{text}");
        }
    }

    #[test]
    fn references_of_names() {
        let block = |text| Block::parse(text).unwrap();
        let cases = [
            ("Sheet1!$B$3", "Sheet1", "B3"),
            ("'日报 1'!$A$4:$H$4", "日报 1", "A4:H4"),
            ("'it''s! so'!B2", "it's! so", "B2"),
        ];
        for (text, sheet, cells) in cases {
            assert_eq!(of_sheet(text), Some((sheet.to_owned(), block(cells))), "{text}");
        }
        for text in ["B2", "#REF!", "Sheet1!#REF!", "0.17", "Sheet1!$A:$A", "Sheet1!A1,Sheet1!B2", "'x!A1", "S!B2:A1"] {
            assert_eq!(of_sheet(text), None, "{text}");
        }
    }
}
