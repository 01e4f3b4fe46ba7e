//! Tables written row by row as CSV, XLSX or Parquet: bytes leave as they are made, so a table of any length takes the same
//! memory.

mod outgoing;
mod parquet_file;
mod workbook;

use std::io::{self, Write};

pub use outgoing::Outgoing;
use parquet_file::ParquetTable;
use workbook::SheetRows;
pub(crate) use workbook::push_escaped;

use crate::refused::BYTE_ORDER_MARK;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Text with commas, in UTF-8 with a byte order mark.
    Csv,
    /// An Office Open XML workbook; a full sheet is followed by another one.
    Xlsx,
    /// Apache Parquet.
    Parquet,
}

impl Written {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Xlsx, Self::Parquet];

    /// Its code, and the ending of a file's name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// The form of this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.code() == code)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct WrittenColumn {
    /// Above the column where people read it.
    pub heading: &'static str,
    /// Where programs read it.
    pub name: &'static str,
    /// Whether it holds whole numbers; text otherwise.
    pub is_number: bool,
}

/// A cell to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenCell {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
}

/// A table being written into `W`.
pub struct TableWriter<W: Write + Send> {
    form: Form<W>,
    rows: u64,
}

enum Form<W: Write + Send> {
    Csv(W),
    Xlsx(Box<SheetRows<W>>),
    Parquet(Box<ParquetTable<W>>),
}

impl<W: Write + Send> TableWriter<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// The output's.
    pub fn new(written: Written, mut out: W, sheet: &str, columns: Vec<WrittenColumn>) -> io::Result<Self> {
        let form = match written {
            Written::Csv => {
                out.write_all(BYTE_ORDER_MARK)?;
                let headings: Vec<&str> = columns.iter().map(|it| it.heading).collect();
                out.write_all(&line(|writer| writer.write_record(&headings))?)?;
                Form::Csv(out)
            }
            Written::Xlsx => Form::Xlsx(Box::new(SheetRows::new(out, sheet, columns)?)),
            Written::Parquet => Form::Parquet(Box::new(ParquetTable::new(out, columns)?)),
        };
        Ok(Self { form, rows: 0 })
    }

    /// Writes rows, each with a cell for every column.
    ///
    /// # Errors
    /// The output's.
    pub fn write(&mut self, rows: &[Vec<WrittenCell>]) -> io::Result<()> {
        self.rows = self.rows.saturating_add(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        match &mut self.form {
            Form::Csv(out) => out.write_all(&csv_lines(rows)?),
            Form::Xlsx(sheets) => rows.iter().try_for_each(|row| sheets.write(row)),
            Form::Parquet(table) => rows.iter().try_for_each(|row| table.write(row)),
        }
    }

    /// Rows written so far.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the table; the output comes back.
    ///
    /// # Errors
    /// The output's.
    pub fn finish(self) -> io::Result<W> {
        match self.form {
            Form::Csv(out) => Ok(out),
            Form::Xlsx(sheets) => sheets.finish(),
            Form::Parquet(table) => table.finish(),
        }
    }
}

fn line(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    write(&mut writer).map_err(io::Error::other)?;
    writer.into_inner().map_err(|it| io::Error::other(it.to_string()))
}

fn csv_lines(rows: &[Vec<WrittenCell>]) -> io::Result<Vec<u8>> {
    line(|writer| {
        for row in rows {
            for cell in row {
                match cell {
                    WrittenCell::Text(text) => writer.write_field(kernel::text::harmless_cell(text).as_ref())?,
                    WrittenCell::Whole(number) => writer.write_field(number.to_string())?,
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    })
}

#[cfg(test)]
#[path = "written_tests.rs"]
mod tests;
