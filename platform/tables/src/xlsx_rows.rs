//! XLSX: guarded against bombs, then row by row, with merged cells filled down.

use std::collections::HashMap;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::{COLUMN_LIMIT, Cell, Fault, Moment, Row};

/// The largest sheet: a million rows of twenty filled cells are about 1 GiB of XML.
const SHEET_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Everything else in a workbook, the string table above all, which is held in memory.
const REST_BYTES: u64 = 384 * 1024 * 1024;
/// Honest workbooks have some dozens of parts.
const PART_LIMIT: usize = 4_000;

pub(crate) fn sheet_names<R: Read + Seek>(input: R) -> Result<Vec<String>, Fault> {
    Ok(open(input)?.sheet_names())
}

pub(crate) fn for_each_row<R: Read + Seek>(
    input: R,
    sheet: usize,
    mut each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut workbook = open(input)?;
    let name = workbook.sheet_names().into_iter().nth(sheet).ok_or(Fault::NoSheet)?;
    let merged = workbook.merge_cells_by_sheet_name(&name).map_err(damaged)?;
    let mut merged = MergedCells::new(&merged);
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    let (mut number, mut row) = (0, Vec::new());
    let mut finish = |number: u32, mut row: Vec<Cell>| {
        merged.fill(number, &mut row);
        match row.iter().all(Cell::is_empty) {
            true => ControlFlow::Continue(()),
            false => each(Row { line: u64::from(number) + 1, cells: row }),
        }
    };
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (at, column) = cell.get_position();
        if at != number {
            if finish(number, std::mem::take(&mut row)).is_break() {
                return Ok(());
            }
            number = at;
        }
        place(&mut row, column, value(cell.get_value()))?;
    }
    let _ = finish(number, row);
    Ok(())
}

fn place(row: &mut Vec<Cell>, column: u32, value: Cell) -> Result<(), Fault> {
    if value.is_empty() {
        return Ok(());
    }
    let column = usize::try_from(column).map_err(|_| Fault::TooWide)?;
    if COLUMN_LIMIT <= column {
        return Err(Fault::TooWide);
    }
    if row.len() <= column {
        row.resize(column + 1, Cell::Empty);
    }
    if let Some(cell) = row.get_mut(column) {
        *cell = value;
    }
    Ok(())
}

fn value(it: &DataRef<'_>) -> Cell {
    match it {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text_of(text),
        DataRef::SharedString(text) => Cell::text_of(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text_of(text),
        DataRef::Float(number) => Cell::Number(*number),
        // Beyond 15 digits a spreadsheet keeps no integer exactly, so nothing is lost here that was still there.
        #[expect(clippy::as_conversions, reason = "there is no other way from i64 to f64")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Bool(it) => Cell::Truth(*it),
        DataRef::DateTime(it) => moment(it),
        DataRef::Error(it) => Cell::Error(it.to_string()),
    }
}

fn moment(it: &ExcelDateTime) -> Cell {
    if it.is_duration() {
        return Cell::Number(it.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = it.to_ymd_hms_milli();
    Cell::Moment(Moment { date: (year, month, day), time: (hour, minute, second) })
}

/// Cells merged downwards: a team's name that stands once beside all its members belongs to each of them.
struct MergedCells {
    /// First row of a merged cell → its column and last row.
    begins: HashMap<u32, Vec<(usize, u32)>>,
    /// Column → last row and what it holds.
    open: HashMap<usize, (u32, Cell)>,
}

impl MergedCells {
    fn new(merged: &[Dimensions]) -> Self {
        let mut begins: HashMap<u32, Vec<(usize, u32)>> = HashMap::new();
        for it in merged.iter().filter(|it| it.start.0 < it.end.0) {
            if let Ok(column) = usize::try_from(it.start.1) {
                begins.entry(it.start.0).or_default().push((column, it.end.0));
            }
        }
        Self { begins, open: HashMap::new() }
    }

    fn fill(&mut self, number: u32, row: &mut Vec<Cell>) {
        self.open.retain(|_, (last, _)| number <= *last);
        if row.iter().all(Cell::is_empty) {
            return;
        }
        for (column, (_, cell)) in &self.open {
            if row.get(*column).is_none_or(Cell::is_empty) && *column < COLUMN_LIMIT {
                if row.len() <= *column {
                    row.resize(*column + 1, Cell::Empty);
                }
                if let Some(empty) = row.get_mut(*column) {
                    empty.clone_from(cell);
                }
            }
        }
        for (column, last) in self.begins.remove(&number).unwrap_or_default() {
            if let Some(cell) = row.get(column).filter(|it| !it.is_empty()) {
                self.open.insert(column, (last, cell.clone()));
            }
        }
    }
}

/// Opens a workbook whose parts are as small as they should be.
fn open<R: Read + Seek>(mut input: R) -> Result<Xlsx<R>, Fault> {
    guard(&mut input)?;
    Xlsx::new(input).map_err(damaged)
}

/// Unpacks every part once into nothing and counts: what a part says about its own size may be a lie.
fn guard<R: Read + Seek>(input: &mut R) -> Result<(), Fault> {
    let broken = |it: zip::result::ZipError| Fault::Form(it.to_string());
    let mut archive = ZipArchive::new(input).map_err(broken)?;
    if PART_LIMIT < archive.len() {
        return Err(Fault::Bomb);
    }
    let mut rest = REST_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        // Pictures and the like are never unpacked.
        let name = part.name().map_err(broken)?.to_ascii_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let is_sheet = name.contains("worksheets/");
        let limit = if is_sheet { SHEET_BYTES } else { rest };
        let unpacked = io::copy(&mut part.take(limit + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|it| Fault::Form(it.to_string()))?;
        if limit < unpacked {
            return Err(Fault::Bomb);
        }
        if !is_sheet {
            rest -= unpacked;
        }
    }
    Ok(())
}

fn damaged(error: XlsxError) -> Fault {
    match error {
        XlsxError::Io(error) => Fault::Input(error),
        other => Fault::Form(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn rows(bytes: &[u8], sheet: usize) -> Result<Vec<(u64, Vec<String>)>, Fault> {
        let mut rows = Vec::new();
        for_each_row(Cursor::new(bytes), sheet, |row| {
            rows.push((row.line, row.cells.iter().map(|it| it.text().into_owned()).collect()));
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// As HR keeps it: a merged title, a gap, a team merged beside its members, dates, numbers, a formula.
    fn messy() -> Vec<u8> {
        let mut workbook = Workbook::new();
        let day = Format::new().set_num_format("yyyy/m/d");
        workbook.add_worksheet().set_name("说明").unwrap().write(0, 0, "请勿改动").unwrap();
        let sheet = workbook.add_worksheet();
        sheet.set_name("花名册").unwrap();
        sheet.merge_range(0, 0, 0, 3, "员工花名册", &Format::new()).unwrap();
        for (column, heading) in ["班组", "姓名", "入职日期", "工号"].iter().enumerate() {
            sheet.write(2, u16::try_from(column).unwrap(), *heading).unwrap();
        }
        sheet.merge_range(3, 0, 4, 0, "装配二班", &Format::new()).unwrap();
        sheet.write(3, 1, "林芳").unwrap();
        sheet.write(4, 1, "吴敏").unwrap();
        sheet.write(5, 1, "陈志强").unwrap();
        let date = ExcelDateTime::from_ymd(2026, 3, 2).unwrap();
        sheet.write_datetime_with_format(3, 2, &date, &day).unwrap();
        sheet.write(4, 2, 46_083).unwrap();
        sheet.write_formula(3, 3, Formula::new("=1000+24").set_result("1024")).unwrap();
        sheet.write(4, 3, 110_105_194_912_310_020_f64).unwrap();
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn a_messy_sheet_reads_as_people_see_it() {
        let bytes = messy();
        assert_eq!(sheet_names(Cursor::new(&bytes)).unwrap(), ["说明", "花名册"]);
        let read = rows(&bytes, 1).unwrap();
        let lines: Vec<u64> = read.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6]);
        assert_eq!(read[2].1, ["装配二班", "林芳", "2026-03-02", "1024"]);
        assert_eq!(read[3].1[..2], ["装配二班", "吴敏"]);
        assert_eq!(read[3].1[2], "46083");
        assert_eq!(read[4].1, ["", "陈志强"]);
    }

    #[test]
    fn damaged_and_foreign_files_say_so() {
        let mut cut = messy();
        cut.truncate(cut.len() / 2);
        assert!(matches!(rows(&cut, 0), Err(Fault::Form(_))));
        assert!(matches!(rows(b"PK\x03\x04 not a workbook", 0), Err(Fault::Form(_))));
        assert!(matches!(rows(&messy(), 7), Err(Fault::NoSheet)));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        let zeros = vec![b' '; 1024 * 1024];
        for _ in 0..400 {
            zip.write_all(&zeros).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1024 * 1024, "the packed bomb is small");
        assert!(matches!(rows(&bytes, 0), Err(Fault::Bomb)));
    }

    proptest::proptest! {
        #[test]
        fn a_changed_byte_never_panics(at in 0_usize..5000, byte in proptest::num::u8::ANY) {
            let mut bytes = messy();
            let length = bytes.len();
            bytes[at % length] = byte;
            let _ = rows(&bytes, 1);
        }
    }
}
