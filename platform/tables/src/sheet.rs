//! The first sheet of a file as rows under known headings; rows that are refused go back in the form they came in.

use std::collections::HashMap;
use std::io::Cursor;
use std::ops::ControlFlow;

use crate::{Cell, Fault, Form, Known, Row, find_headings, for_each_row, guess, sheet_names};

/// A title and merged headings stand within so many rows.
const HEADINGS_WITHIN: usize = 20;

/// A file as it was read.
#[derive(Debug)]
pub struct Sheet {
    form: Form,
    name: String,
    headings: Vec<String>,
    columns: Vec<Option<usize>>,
    rows: Vec<Row>,
}

/// Why a file was not read.
#[derive(Debug)]
pub enum SheetFault {
    /// It is no table.
    Table(Fault),
    /// No column for this.
    Column(&'static str),
    /// More rows than are taken.
    TooMany,
}

impl From<Fault> for SheetFault {
    fn from(it: Fault) -> Self {
        Self::Table(it)
    }
}

impl Sheet {
    /// Reads a file of at most `most` rows with headings for the `known` columns in any order; those at the positions
    /// `needed` must be there. Takes a moment: not for a thread that answers others.
    ///
    /// # Errors
    /// What is no table, lacks a needed column in its first sheet, or has too many rows.
    pub fn read(bytes: &[u8], known: &[Known], needed: &[usize], most: usize) -> Result<Self, SheetFault> {
        let form = Form::of(bytes)?;
        let name = sheet_names(Cursor::new(bytes), form)?.into_iter().next().unwrap_or_default();
        let mut rows = Vec::new();
        for_each_row(Cursor::new(bytes), form, 0, |row| {
            rows.push(row);
            match rows.len() <= most + HEADINGS_WITHIN {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        })?;
        let first = rows.get(..rows.len().min(HEADINGS_WITHIN)).unwrap_or_default();
        let missing = |at: usize| SheetFault::Column(known.get(at).map_or("", |it| it.name));
        let found = find_headings(first, known, None).ok_or_else(|| missing(0))?;
        let columns = guess(&found.texts, known);
        if let Some(at) = needed.iter().find(|it| columns.get(**it).copied().flatten().is_none()) {
            return Err(missing(*at));
        }
        rows.retain(|it| found.line < it.line);
        match rows.len() <= most {
            true => Ok(Self { form, name, headings: found.texts, columns, rows }),
            false => Err(SheetFault::TooMany),
        }
    }

    /// What the file is.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The rows below the headings.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether the file has this column.
    pub fn has(&self, column: usize) -> bool {
        self.columns.get(column).copied().flatten().is_some()
    }

    /// What stands in a column of a row; empty where the file has no such column.
    pub fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r Cell {
        self.columns.get(column).copied().flatten().map_or(&Cell::Empty, |at| row.cell(at))
    }

    /// Rows that are refused, by their lines, in the form of their file and with further columns.
    ///
    /// # Errors
    /// What no sheet can hold.
    pub fn refused<const N: usize>(
        &self,
        more: [&str; N],
        refused: impl Iterator<Item = (u64, [String; N])>,
    ) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        let mut lines = vec![self.headings.iter().cloned().chain(more.map(str::to_owned)).collect::<Vec<String>>()];
        let rows: HashMap<u64, &Row> = self.rows.iter().map(|it| (it.line, it)).collect();
        for (line, words) in refused {
            let cells = rows.get(&line).map(|row| row.cells.as_slice()).unwrap_or_default();
            let own = cells.iter().map(|it| it.text().into_owned()).chain(std::iter::repeat(String::new()));
            lines.push(own.take(self.headings.len()).chain(words).collect());
        }
        self.form.write(&self.name, &lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Known] =
        &[Known { name: "code", headings: &["代码", "code"] }, Known { name: "name", headings: &["名称", "name"] }];

    fn read(text: &str, most: usize) -> Result<Sheet, SheetFault> {
        Sheet::read(text.as_bytes(), KNOWN, &[0], most)
    }

    #[test]
    fn columns_are_found_in_any_order_below_a_title() {
        let sheet = read("区企业一览,,\n名称,备注,代码\n甲,x,1\n乙,,2\n", 9).unwrap();
        let rows = sheet.rows();
        assert_eq!(rows.iter().map(|it| sheet.cell(it, 0).text().into_owned()).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(sheet.cell(&rows[1], 1).text(), "乙");
        assert!(sheet.has(1) && !sheet.has(7));
    }

    #[test]
    fn a_needed_column_and_the_number_of_rows_are_asked_for() {
        assert!(matches!(read("名称\n甲\n", 9), Err(SheetFault::Column("code"))));
        assert!(matches!(read("代码\n1\n2\n", 1), Err(SheetFault::TooMany)));
        assert!(matches!(read("", 1), Err(SheetFault::Table(_) | SheetFault::Column("code"))));
    }

    #[test]
    fn a_refused_row_goes_back_as_it_came_with_its_reason() {
        let sheet = read("名称,备注,代码\n甲,x,1\n乙,y,2\n", 9).unwrap();
        let back = sheet.refused(["原因"], [(3, ["没有这个代码".to_owned()])].into_iter()).unwrap();
        let back = String::from_utf8(back).unwrap();
        assert!(
            back.contains("名称,备注,代码,原因") && back.contains("乙,y,2,没有这个代码") && !back.contains('甲'),
            "{back}"
        );
    }
}
