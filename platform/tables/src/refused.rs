//! Refused rows in the form they came in.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::SHEET_ROWS;

/// What a CSV file begins with, so that spreadsheets read it as UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Lines of CSV, each cell made harmless for spreadsheets; the first part of a file begins with [`BYTE_ORDER_MARK`].
pub fn csv_lines<'c>(rows: impl IntoIterator<Item = Vec<&'c str>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.into_iter().map(|it| kernel::text::harmless_cell(it).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A workbook with one sheet of texts; no text is ever a formula. The first row is set in bold and stays in sight.
///
/// # Errors
/// More rows or columns than a sheet has.
pub fn workbook<'c>(sheet_name: &str, rows: impl IntoIterator<Item = Vec<&'c str>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    // A name that came from a workbook is one; anything else gets the program's own.
    let _ = sheet.set_name(sheet_name);
    for (line, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row).filter(|(_, text)| !text.is_empty()) {
            match line {
                0 => sheet.write_string_with_format(line, column, text, &bold)?,
                _ => sheet.write_string(line, column, text)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// A workbook of several sheets of texts, each with its headings first; a sheet that is full goes on on another with the same
/// headings.
///
/// # Errors
/// A name that no sheet may have, or more columns than one has.
pub fn book(sheets: &[(&str, Vec<Vec<String>>)]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let below_headings = usize::try_from(SHEET_ROWS - 1).unwrap_or(usize::MAX);
    for (name, lines) in sheets {
        let Some((head, rest)) = lines.split_first() else { continue };
        let none: &[Vec<String>] = &[];
        let pieces = if rest.is_empty() { vec![none] } else { rest.chunks(below_headings).collect() };
        for (number, piece) in (1..).zip(pieces) {
            let sheet = workbook.add_worksheet();
            sheet.set_name(if number == 1 { (*name).to_owned() } else { format!("{name} {number}") })?;
            for (column, text) in (0_u16..).zip(head) {
                sheet.write_string_with_format(0, column, text, &bold)?;
            }
            for (line, row) in (1_u32..).zip(piece) {
                for (column, text) in (0_u16..).zip(row).filter(|(_, text)| !text.is_empty()) {
                    sheet.write_string(line, column, text)?;
                }
            }
            sheet.set_freeze_panes(1, 0)?;
        }
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::ops::ControlFlow;

    use super::*;
    use crate::{Form, for_each_row, sheet_names};

    #[test]
    fn a_book_has_its_sheets_by_name_and_headings_also_where_nothing_stands_below() {
        let line = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let bytes =
            book(&[("Team", vec![line(&["teamName"]), line(&["=1+1"])]), ("Empty", vec![line(&["a"])])]).unwrap();
        let names = sheet_names(Cursor::new(&bytes), Form::Xlsx).unwrap();
        assert_eq!(names, ["Team", "Empty"]);
        let mut seen = Vec::new();
        for_each_row(Cursor::new(&bytes), Form::Xlsx, 0, |row| {
            seen.push(row.cell(0).text().into_owned());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(seen, ["teamName", "=1+1"], "a text is never a formula");
    }

    #[test]
    fn what_went_out_comes_back_in() {
        let rows = [vec!["姓名", "手机号"], vec!["=HYPERLINK(\"x\")", "+86 13800002046"]];
        let book = workbook("花名册", rows.clone()).unwrap();
        assert_eq!(sheet_names(Cursor::new(&book), Form::Xlsx).unwrap(), ["花名册"]);
        for (form, bytes) in [(Form::Xlsx, book), (Form::Csv, csv_lines(rows.clone()))] {
            let mut read = Vec::new();
            for_each_row(Cursor::new(bytes), form, 0, |row| {
                read.push(row.cells.iter().map(|it| it.text().into_owned()).collect::<Vec<_>>());
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(read, rows, "{form:?}");
        }
    }

    #[test]
    fn nothing_in_csv_is_run_by_a_spreadsheet() {
        assert_eq!(csv_lines([vec!["=1+1", "-2"]]), b"'=1+1,-2\n");
    }
}
