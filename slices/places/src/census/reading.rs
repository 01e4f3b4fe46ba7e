//! A file of the census: headings in any order, good rows, and bad ones that go back in the form they came in.

use std::collections::{HashMap, HashSet};

use http_api::Lang;
use kernel::text::{fold, half_width};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use tables::{Cell, Form, Row, Sheet, SheetFault};
use utoipa::ToSchema;

use super::columns::*;
use super::model::{CensusKind, Contact, Found};
use crate::model::SizeClass;
use crate::words;

/// Rows of one file.
pub(crate) const ROWS_MOST: usize = 50_000;
/// How much of a cell in error is shown.
const SHOWN_CHARS: usize = 80;
/// The longest text of a cell that is kept, and of a note.
const TEXT_MOST: usize = 200;
const NOTE_MOST: usize = 500;
/// Nobody has more people behind one door.
const HEADCOUNT_MOST: i64 = 1_000_000;

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a row was refused.
    pub enum CensusFault {
        /// The cell is empty.
        Required = "required",
        /// Longer than anything of its kind.
        TooLong = "too_long",
        /// The spreadsheet could not compute the cell, or it holds what no text has.
        CellError = "cell_error",
        /// No area has this code or name.
        AreaUnknown = "area_unknown",
        /// Several areas have this name.
        AreaAmbiguous = "area_ambiguous",
        /// The area is none of the asker's.
        BeyondScope = "beyond_scope",
        /// No size that is known.
        WordUnknown = "word_unknown",
        /// Neither an enterprise nor a kind of premises.
        KindUnknown = "kind_unknown",
        /// No number of people.
        NumberForm = "number_form",
        /// No number that can be called.
        PhoneForm = "phone_form",
        /// No day.
        DateForm = "date_form",
        /// A day that has not come.
        DateFuture = "date_future",
        /// A row before it says the same.
        Repeated = "repeated",
    }
}

/// A row that did not land.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CensusRefused {
    /// Its number in the sheet.
    pub line: u64,
    /// The column in error.
    pub column: String,
    /// Why.
    pub fault: CensusFault,
    /// What stands there.
    pub text: String,
}

/// The areas that rows may name.
#[derive(Debug, Default)]
pub struct AreaBook {
    /// Name by code, and whether it lies in reach.
    by_code: HashMap<String, bool>,
    by_name: HashMap<String, Vec<String>>,
}

impl AreaBook {
    /// Of code, name, and whether it lies in reach.
    pub(crate) fn of<'a>(areas: impl Iterator<Item = (&'a str, &'a str, bool)>) -> Self {
        let areas: Vec<_> = areas.collect();
        let names: HashMap<&str, &str> = areas.iter().map(|it| (it.0, it.1)).collect();
        let mut book = Self::default();
        for (code, name, within) in areas {
            book.by_code.insert(code.to_owned(), within);
            if !within {
                continue;
            }
            // As people write it: alone, or with the area above before it.
            let above = kernel::AreaCode::parse(code).ok().and_then(|it| it.parent());
            let above = above.and_then(|it| names.get(it.as_str()).copied()).unwrap_or_default();
            for it in [name.to_owned(), format!("{above}{name}")] {
                let codes = book.by_name.entry(fold(&it)).or_default();
                if codes.last().map(String::as_str) != Some(code) {
                    codes.push(code.to_owned());
                }
            }
        }
        book
    }

    /// The codes of all that are in force, in order.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.by_code.keys().map(String::as_str).collect();
        codes.sort_unstable();
        codes
    }

    /// The code of an area that a cell names, by code or name.
    pub(crate) fn find(&self, text: &str) -> Result<String, CensusFault> {
        let text = fold(text);
        match (self.by_code.get(&text), self.by_name.get(&text).map(Vec::as_slice)) {
            (Some(true), _) => Ok(text),
            (Some(false), _) => Err(CensusFault::BeyondScope),
            (None, Some([code])) => Ok(code.clone()),
            (None, Some([_, _, ..])) => Err(CensusFault::AreaAmbiguous),
            (None, Some([]) | None) => Err(CensusFault::AreaUnknown),
        }
    }
}

/// Reads a file. Takes a moment: not for a thread that answers others.
///
/// # Errors
/// What is no table, lacks a needed column in its first sheet, or has too many rows.
pub(crate) fn read(bytes: &[u8]) -> Result<CensusFile, SheetFault> {
    Sheet::read(bytes, COLUMNS, &[NAME, AREA], ROWS_MOST).map(CensusFile)
}

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct CensusFile(Sheet);

type Refusal = (usize, CensusFault);

impl CensusFile {
    pub(crate) fn row_count(&self) -> usize {
        self.0.rows().len()
    }

    pub(crate) const fn form(&self) -> Form {
        self.0.form()
    }

    /// Its good rows, and those that are refused.
    pub(crate) fn sorted(&self, areas: &AreaBook, now: Instant64) -> (Vec<Found>, Vec<CensusRefused>) {
        let (mut good, mut refused, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for row in self.0.rows() {
            let found = self.found(row, areas, now).and_then(|it| match seen.insert(super::writing::digest(&it)) {
                true => Ok(it),
                false => Err((NAME, CensusFault::Repeated)),
            });
            match found {
                Ok(it) => good.push(it),
                Err(refusal) => refused.push(self.refused(row, refusal)),
            }
        }
        (good, refused)
    }

    fn found(&self, row: &Row, areas: &AreaBook, now: Instant64) -> Result<Found, Refusal> {
        let needed = |column| match self.text(row, column, TEXT_MOST)? {
            text if text.is_empty() => Err((column, CensusFault::Required)),
            text => Ok(text),
        };
        let name = Label::parse(&needed(NAME)?).map_err(|it| match it.code {
            "too_long" => (NAME, CensusFault::TooLong),
            _ => (NAME, CensusFault::CellError),
        })?;
        Ok(Found {
            line: i64::try_from(row.line).unwrap_or(i64::MAX),
            kind: self.kind(row)?,
            area_code: areas.find(&needed(AREA)?).map_err(|it| (AREA, it))?,
            name,
            credit_code: super::normal::code_core(&self.text(row, CREDIT_CODE, TEXT_MOST)?),
            address: self.text(row, ADDRESS, TEXT_MOST)?,
            industry: self.text(row, INDUSTRY, TEXT_MOST)?,
            size_class: self.size(row)?,
            headcount: self.headcount(row)?,
            premises: self.text(row, PREMISES, TEXT_MOST)?,
            found_on: self.day(row, now)?,
            contact: Contact {
                name: self.text(row, CONTACT_NAME, TEXT_MOST)?,
                phone: self.phone(row)?,
                found_by: self.text(row, FOUND_BY, TEXT_MOST)?,
                note: self.text(row, NOTE, NOTE_MOST)?,
            },
        })
    }

    fn text(&self, row: &Row, column: usize, most: usize) -> Result<String, Refusal> {
        let cell = self.cell(row, column);
        let text = cell.text();
        match cell {
            Cell::Error(_) => Err((column, CensusFault::CellError)),
            _ if most < text.chars().count() => Err((column, CensusFault::TooLong)),
            _ => {
                Ok(text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect::<String>().trim().to_owned())
            }
        }
    }

    fn size(&self, row: &Row) -> Result<Option<SizeClass>, Refusal> {
        match self.text(row, SIZE, TEXT_MOST)? {
            text if text.is_empty() => Ok(None),
            text => words::size_class(&text).map(Some).ok_or((SIZE, CensusFault::WordUnknown)),
        }
    }

    fn kind(&self, row: &Row) -> Result<Option<CensusKind>, Refusal> {
        match self.text(row, KIND, TEXT_MOST)? {
            text if text.is_empty() => Ok(None),
            text => words::census_kind(&text).map(Some).ok_or((KIND, CensusFault::KindUnknown)),
        }
    }

    fn headcount(&self, row: &Row) -> Result<Option<i64>, Refusal> {
        let text: String = self.text(row, HEADCOUNT, TEXT_MOST)?.chars().map(half_width).collect();
        let text = text.trim().trim_end_matches('人').replace([',', ' '], "");
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.strip_suffix(".0").unwrap_or(&text).parse::<i64>().ok();
        number.filter(|it| (0..=HEADCOUNT_MOST).contains(it)).map(Some).ok_or((HEADCOUNT, CensusFault::NumberForm))
    }

    /// A number as somebody wrote it down, of a phone or a desk: 5 to 20 digits.
    fn phone(&self, row: &Row) -> Result<String, Refusal> {
        let text = self.text(row, CONTACT_PHONE, TEXT_MOST)?;
        let folded = fold(&text);
        let digits = folded.chars().filter(char::is_ascii_digit).count();
        let others = folded.chars().all(|it| it.is_ascii_digit() || matches!(it, '+' | '-' | '(' | ')' | '/' | '转'));
        match text.is_empty() || (5..=20).contains(&digits) && others {
            true => Ok(text),
            false => Err((CONTACT_PHONE, CensusFault::PhoneForm)),
        }
    }

    fn day(&self, row: &Row, now: Instant64) -> Result<String, Refusal> {
        let cell = self.cell(row, FOUND_ON);
        if cell.is_empty() {
            return Ok(String::new());
        }
        match tables::date_of(cell).ok_or((FOUND_ON, CensusFault::DateForm))? {
            day if day <= now => Ok(day.local_date()),
            _ => Err((FOUND_ON, CensusFault::DateFuture)),
        }
    }

    fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r Cell {
        self.0.cell(row, column)
    }

    fn refused(&self, row: &Row, (column, fault): Refusal) -> CensusRefused {
        let text = self.cell(row, column).text().chars().take(SHOWN_CHARS).collect();
        let column = COLUMNS.get(column).map_or("", |it| it.name).to_owned();
        CensusRefused { line: row.line, column, fault, text }
    }

    /// The refused rows in the form of their file, with the column in error and the reason.
    ///
    /// # Errors
    /// What no sheet can hold.
    pub(crate) fn refused_file(&self, refused: &[CensusRefused], lang: Lang) -> anyhow::Result<Vec<u8>> {
        let more = lang.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"]);
        let words = |it: &CensusRefused| {
            let column = COLUMNS.iter().position(|known| known.name == it.column).unwrap_or_default();
            (it.line, [column_name(column, lang).to_owned(), reason(it.fault, lang).to_owned()])
        };
        Ok(self.0.refused(more, refused.iter().map(words))?)
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
