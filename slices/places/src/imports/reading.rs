//! Cells of a row, read as what they should be.

use kernel::{CreditCode, Instant64, Label};
use tables::{Cell, Row, Sheet};

use super::{ImportedList, ListFault, ListFieldChange, ListRefused};
use crate::census::{AreaBook, CensusFault};
use crate::model::Direction;
use crate::words;

/// The longest text of a cell that is kept.
const TEXT_MOST: usize = 200;
/// How much of a cell in error is shown.
const SHOWN_CHARS: usize = 80;

/// The column in error, and why.
pub type Refusal = (usize, ListFault);

/// A row, and what it says.
pub type SaidRow<'s, S> = (Cells<'s>, Result<S, Refusal>);

/// Every row of a sheet, read.
pub fn read_rows<S>(sheet: &Sheet, read: impl Fn(Cells<'_>) -> Result<S, Refusal>) -> Vec<SaidRow<'_, S>> {
    sheet.rows().iter().map(|row| Cells { sheet, row }).map(|cells| (cells, read(cells))).collect()
}

/// What those rows say that could be read.
pub fn good<'r, S>(said: &'r [SaidRow<'_, S>]) -> impl Iterator<Item = &'r S> {
    said.iter().filter_map(|it| it.1.as_ref().ok())
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'s> {
    /// Of which it is.
    pub sheet: &'s Sheet,
    /// The row.
    pub row: &'s Row,
}

impl Cells<'_> {
    /// A text, without what stands around it; nothing where the cell is empty.
    pub fn text(&self, column: usize) -> Result<Option<String>, Refusal> {
        let cell = self.sheet.cell(self.row, column);
        let text: String = cell.text().chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let text = text.trim();
        match cell {
            Cell::Error(_) => Err((column, ListFault::CellError)),
            _ if TEXT_MOST < text.chars().count() => Err((column, ListFault::TooLong)),
            _ => Ok(Some(text.to_owned()).filter(|it| !it.is_empty())),
        }
    }

    /// A text that has to be there.
    pub fn needed(&self, column: usize) -> Result<String, Refusal> {
        self.text(column)?.ok_or((column, ListFault::Required))
    }

    /// A name or note of one line.
    pub fn label(&self, column: usize) -> Result<Option<Label>, Refusal> {
        let parse = |it: String| {
            Label::parse(&it).map_err(|it| match it.code {
                "too_long" => (column, ListFault::TooLong),
                _ => (column, ListFault::CellError),
            })
        };
        self.text(column)?.map(parse).transpose()
    }

    /// A code whose check digit is right.
    pub fn credit_code(&self, column: usize) -> Result<Option<CreditCode>, Refusal> {
        let parse = |it: String| CreditCode::parse(&it).map_err(|_| (column, ListFault::CreditCodeForm));
        self.text(column)?.map(parse).transpose()
    }

    /// Local midnight of a day.
    pub fn day(&self, column: usize) -> Result<Option<Instant64>, Refusal> {
        match self.sheet.cell(self.row, column) {
            cell if cell.is_empty() => Ok(None),
            cell => tables::date_of(cell).map(Some).ok_or((column, ListFault::DateForm)),
        }
    }

    /// Minutes after midnight.
    pub fn minute(&self, column: usize) -> Result<Option<u16>, Refusal> {
        match self.sheet.cell(self.row, column) {
            cell if cell.is_empty() => Ok(None),
            cell => tables::minute_of(cell).map(Some).ok_or((column, ListFault::TimeForm)),
        }
    }

    /// By its code or in words.
    pub(crate) fn direction(&self, column: usize) -> Result<Option<Direction>, Refusal> {
        let parse = |it: String| words::direction(&it).ok_or((column, ListFault::DirectionUnknown));
        self.text(column)?.map(parse).transpose()
    }

    /// A number of lanes, or of a lane: 1 to 64.
    pub(crate) fn lanes(&self, column: usize) -> Result<Option<u8>, Refusal> {
        let parse = |it: String| it.parse().ok().filter(|it| (1..=64).contains(it));
        self.text(column)?.map(|it| parse(it).ok_or((column, ListFault::LanesForm))).transpose()
    }

    pub(crate) fn yes_no(&self, column: usize) -> Result<Option<bool>, Refusal> {
        let parse = |it: String| words::yes_no(&it).ok_or((column, ListFault::YesNoUnknown));
        self.text(column)?.map(parse).transpose()
    }

    /// By its code where that column says something, else by its name.
    pub fn area(&self, areas: &AreaBook, code: usize, name: usize) -> Result<Option<String>, Refusal> {
        let (column, text) = match (self.text(code)?, self.text(name)?) {
            (Some(text), _) => (code, text),
            (None, Some(text)) => (name, text),
            (None, None) => return Ok(None),
        };
        area_named(areas, &text, column).map(Some)
    }

    /// The row as it goes back.
    pub(crate) fn refused<L: ImportedList>(&self, (column, fault): Refusal) -> ListRefused {
        let text = self.sheet.cell(self.row, column).text().chars().take(SHOWN_CHARS).collect();
        let column = L::COLUMNS.get(column).map_or("", |it| it.name).to_owned();
        ListRefused { line: self.row.line, column, fault, text }
    }
}

/// The code of an area that this column names by code or name.
pub(crate) fn area_named(areas: &AreaBook, text: &str, column: usize) -> Result<String, Refusal> {
    let fault = |it| match it {
        CensusFault::BeyondScope => ListFault::BeyondScope,
        CensusFault::AreaAmbiguous => ListFault::AreaAmbiguous,
        _ => ListFault::AreaUnknown,
    };
    areas.find(text).map_err(|it| (column, fault(it)))
}

/// Columns that a row has otherwise than the list; a cell that is empty leaves what is known.
pub fn differing<const N: usize>(columns: [(&str, &str, Option<&str>); N]) -> Vec<ListFieldChange> {
    let change = |(column, from, to): (&str, &str, Option<&str>)| {
        let to = to.filter(|it| *it != from)?;
        Some(ListFieldChange { column: column.to_owned(), from: from.to_owned(), to: to.to_owned() })
    };
    columns.into_iter().filter_map(change).collect()
}
