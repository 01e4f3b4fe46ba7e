//! Tables as people keep them: CSV in whatever encoding, XLSX with titles above the headings and cells merged. In come
//! bytes, out go rows of [`Cell`]s, one at a time; refused rows go back in the form they came in. Tables of any length are written
//! as CSV, XLSX or Parquet; workbooks of somebody else's are filled ([`template`]).
//!
//! Pure: reads from anything that is [`Read`] and [`Seek`], holds one row at a time (XLSX: also the workbook's string
//! table), writes to memory. Formulas are never computed: their last value is read. External links are never followed.
//!
//! Not here: what a column means ([`Known`] is told), where files are kept, who may read them.

mod cell;
mod csv_rows;
mod dates;
mod fault;
mod headings;
mod refused;
mod sheet;
pub mod template;
mod written;
mod xlsx_rows;

use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

pub use cell::{Cell, Moment, looks_rounded};
pub use dates::{date_of, minute_of, parse_date};
pub use fault::Fault;
pub use headings::{Headings, Known, find_headings, guess};
pub use refused::{BYTE_ORDER_MARK, book, csv_lines, workbook};
pub use sheet::{Sheet, SheetFault};
pub use written::{Outgoing, TableWriter, Written, WrittenCell, WrittenColumn};

/// The widest table that is read.
pub const COLUMN_LIMIT: usize = 256;

/// Rows of a sheet, its headings among them: ECMA-376 names no limit, spreadsheets have this one.
const SHEET_ROWS: u32 = 1_048_576;

/// What a file is, by its first bytes and not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text with separators.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
}

impl Form {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// A file of this form: lines of text, the first the headings.
    ///
    /// # Errors
    /// More rows or columns than a sheet has.
    pub fn write(self, sheet_name: &str, lines: &[Vec<String>]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        let rows = lines.iter().map(|it| it.iter().map(String::as_str).collect());
        match self {
            Self::Xlsx => workbook(sheet_name, rows),
            Self::Csv => Ok([BYTE_ORDER_MARK, &csv_lines(rows)].concat()),
        }
    }

    /// The form of this code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|it| it.code() == code)
    }

    /// The form of a file that begins like this.
    ///
    /// # Errors
    /// [`Fault::OldOrLocked`] for a compound file: a workbook of before 2007, or one with a password.
    pub fn of(first_bytes: &[u8]) -> Result<Self, Fault> {
        match first_bytes {
            // ZIP's local header, APPNOTE.TXT 4.3.7.
            [b'P', b'K', 3, 4, ..] => Ok(Self::Xlsx),
            // [MS-CFB] 2.2.
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Fault::OldOrLocked),
            _ => Ok(Self::Csv),
        }
    }
}

/// One row that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in the sheet, from 1, as a spreadsheet shows it.
    pub line: u64,
    /// Its cells from the first column; shorter than the table where the rest is empty.
    pub cells: Vec<Cell>,
}

/// The names of a file's sheets; a CSV file has one without a name.
pub fn sheet_names<R: Read + Seek>(mut input: R, form: Form) -> Result<Vec<String>, Fault> {
    rewind(&mut input)?;
    match form {
        Form::Csv => Ok(vec![String::new()]),
        Form::Xlsx => xlsx_rows::sheet_names(input),
    }
}

/// Shows each row of a sheet that is not empty, in order, until `each` breaks off.
pub fn for_each_row<R: Read + Seek>(
    mut input: R,
    form: Form,
    sheet: usize,
    each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), Fault> {
    rewind(&mut input)?;
    match form {
        Form::Csv => csv_rows::for_each_row(input, each),
        Form::Xlsx => xlsx_rows::for_each_row(input, sheet, each),
    }
}

fn rewind(input: &mut impl Seek) -> Result<(), Fault> {
    input.seek(SeekFrom::Start(0)).map(|_| ()).map_err(Fault::Input)
}
