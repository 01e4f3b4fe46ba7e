use std::io::Cursor;
use std::ops::ControlFlow;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;

use super::workbook::SheetRows;
use super::*;
use crate::{Form as Read, for_each_row, sheet_names};

fn columns() -> Vec<WrittenColumn> {
    vec![
        WrittenColumn { heading: "区域", name: "area", is_number: false },
        WrittenColumn { heading: "企业数", name: "enterprises", is_number: true },
    ]
}

fn row(text: &str, number: i64) -> Vec<WrittenCell> {
    vec![WrittenCell::Text(text.to_owned()), WrittenCell::Whole(number)]
}

fn whole(written: Written, rows: &[Vec<WrittenCell>]) -> Vec<u8> {
    let mut table = TableWriter::new(written, Vec::new(), "统计", columns()).unwrap();
    table.write(rows).unwrap();
    assert_eq!(table.rows(), u64::try_from(rows.len()).unwrap());
    table.finish().unwrap()
}

fn read(bytes: &[u8], form: Read, sheet: usize) -> Vec<Vec<String>> {
    let mut read = Vec::new();
    for_each_row(Cursor::new(bytes), form, sheet, |row| {
        read.push(row.cells.iter().map(|it| it.text().into_owned()).collect());
        ControlFlow::Continue(())
    })
    .unwrap();
    read
}

#[test]
fn csv_and_workbooks_come_back_as_they_went_out() {
    let rows = [row("东街 <一> & \"二\"", 12), row("西街", 0)];
    for (written, form) in [(Written::Csv, Read::Csv), (Written::Xlsx, Read::Xlsx)] {
        let bytes = whole(written, &rows);
        assert_eq!(Read::of(&bytes).unwrap(), form);
        let expected = [["区域", "企业数"], ["东街 <一> & \"二\"", "12"], ["西街", "0"]];
        assert_eq!(read(&bytes, form, 0), expected, "{written:?}");
    }
}

#[test]
fn no_text_of_a_csv_file_is_a_formula() {
    let text = String::from_utf8(whole(Written::Csv, &[row("=1+1", -2)])).unwrap();
    assert!(text.ends_with("'=1+1,-2\n"), "{text}");
}

#[test]
fn a_full_sheet_is_followed_by_another_with_the_same_headings() {
    let mut sheets = SheetRows::with_limit(Vec::new(), "统计", columns(), 3).unwrap();
    for n in 1..=5 {
        sheets.write(&row("东街", n)).unwrap();
    }
    let bytes = sheets.finish().unwrap();
    assert_eq!(sheet_names(Cursor::new(&bytes), Read::Xlsx).unwrap(), ["统计", "统计 2", "统计 3"]);
    let numbers: Vec<Vec<String>> =
        (0..3).map(|sheet| read(&bytes, Read::Xlsx, sheet).into_iter().map(|mut it| it.remove(1)).collect()).collect();
    assert_eq!(numbers, [vec!["企业数", "1", "2"], vec!["企业数", "3", "4"], vec!["企业数", "5"]]);
}

#[test]
fn a_parquet_file_holds_every_row_over_several_groups() {
    let rows: Vec<_> = (0..70_000).map(|n| row("东街", n)).collect();
    let bytes = whole(Written::Parquet, &rows);
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    assert_eq!((file.metadata().num_row_groups(), file.metadata().file_metadata().num_rows()), (2, 70_000));
    let last = file.get_row_iter(None).unwrap().last().unwrap().unwrap();
    assert_eq!((last.get_string(0).unwrap().as_str(), last.get_long(1).unwrap()), ("东街", 69_999));
}
