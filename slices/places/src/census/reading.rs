//! A file of the census: headings in any order, good rows, and bad ones that go back in the form they came in.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::ops::ControlFlow;

use http_api::Lang;
use kernel::text::{fold, half_width};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use tables::{Cell, Fault, Form, Row};
use utoipa::ToSchema;

use super::columns::*;
use super::model::{Contact, Found};
use crate::model::SizeClass;

/// Rows of one file.
pub(crate) const ROWS_MOST: usize = 50_000;
/// A title and merged headings stand within so many rows.
const HEADINGS_WITHIN: usize = 20;
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

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct CensusFile {
    pub(crate) form: Form,
    sheet: String,
    headings: Vec<String>,
    columns: Vec<Option<usize>>,
    rows: Vec<Row>,
}

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum FileFault {
    Table(Fault),
    /// No column for this.
    Column(&'static str),
    TooMany,
}

impl From<Fault> for FileFault {
    fn from(it: Fault) -> Self {
        Self::Table(it)
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
pub(crate) struct AreaBook {
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

    fn find(&self, text: &str) -> Result<String, CensusFault> {
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
pub(crate) fn read(bytes: &[u8]) -> Result<CensusFile, FileFault> {
    let form = Form::of(bytes)?;
    let sheet = tables::sheet_names(Cursor::new(bytes), form)?.into_iter().next().unwrap_or_default();
    let mut rows = Vec::new();
    tables::for_each_row(Cursor::new(bytes), form, 0, |row| {
        rows.push(row);
        match rows.len() <= ROWS_MOST + HEADINGS_WITHIN {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })?;
    let first = rows.get(..rows.len().min(HEADINGS_WITHIN)).unwrap_or_default();
    let found = tables::find_headings(first, COLUMNS, None).ok_or(FileFault::Column("name"))?;
    let columns = tables::guess(&found.texts, COLUMNS);
    for (at, name) in [(NAME, "name"), (AREA, "area")] {
        if columns.get(at).copied().flatten().is_none() {
            return Err(FileFault::Column(name));
        }
    }
    rows.retain(|it| found.line < it.line);
    match rows.len() <= ROWS_MOST {
        true => Ok(CensusFile { form, sheet, headings: found.texts, columns, rows }),
        false => Err(FileFault::TooMany),
    }
}

type Refusal = (usize, CensusFault);

impl CensusFile {
    pub(crate) fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Its good rows, and those that are refused.
    pub(crate) fn sorted(&self, areas: &AreaBook, now: Instant64) -> (Vec<Found>, Vec<CensusRefused>) {
        let (mut good, mut refused, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for row in &self.rows {
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
        let text = fold(&self.text(row, SIZE, TEXT_MOST)?);
        let size = match text.as_str() {
            "" => return Ok(None),
            "规上" | "规模以上" | "大型" => SizeClass::AboveScale,
            "限上" | "限额以上" => SizeClass::AboveQuota,
            "规下" | "规模以下" | "限下" | "限额以下" | "中型" | "小型" => SizeClass::BelowScale,
            "小微" | "微型" | "个体" | "个体户" | "个体工商户" => SizeClass::Micro,
            code => SizeClass::parse(code).ok_or((SIZE, CensusFault::WordUnknown))?,
        };
        Ok(Some(size))
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
        self.columns.get(column).copied().flatten().map_or(&Cell::Empty, |at| row.cell(at))
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
        let mut lines = vec![self.headings.iter().cloned().chain(more.map(str::to_owned)).collect::<Vec<String>>()];
        let rows: HashMap<u64, &Row> = self.rows.iter().map(|it| (it.line, it)).collect();
        for it in refused {
            let cells = rows.get(&it.line).map(|row| row.cells.as_slice()).unwrap_or_default();
            let own = cells.iter().map(|it| it.text().into_owned()).chain(std::iter::repeat(String::new()));
            let own = own.take(self.headings.len());
            let column = COLUMNS.iter().position(|known| known.name == it.column).unwrap_or_default();
            lines.push(own.chain([column_name(column, lang).to_owned(), reason(it.fault, lang).to_owned()]).collect());
        }
        Ok(self.form.write(&self.sheet, &lines)?)
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
