//! A workbook as a stream: each sheet is compressed and sent while its rows come; what names the sheets follows at the end.

use std::fmt::Write as _;
use std::io::{self, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use super::{WrittenCell, WrittenColumn};
use crate::SHEET_ROWS;

/// Characters gathered before they are compressed.
const PIECE: usize = 64 * 1024;
/// Fast: tables of numbers repeat themselves so much that more effort gains little.
const LEVEL: i64 = 1;

const SHEET_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet \
    xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\">\
    <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>";
const SHEET_TAIL: &str = "</sheetData></worksheet>";

/// The sheets of a workbook that is being written.
pub(super) struct SheetRows<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    sheet: String,
    columns: Vec<WrittenColumn>,
    sheets: u32,
    /// Rows of the present sheet.
    rows: u32,
    limit: u32,
    waiting: String,
}

impl<W: Write> SheetRows<W> {
    pub(super) fn new(out: W, sheet: &str, columns: Vec<WrittenColumn>) -> io::Result<Self> {
        Self::with_limit(out, sheet, columns, SHEET_ROWS)
    }

    pub(super) fn with_limit(out: W, sheet: &str, columns: Vec<WrittenColumn>, limit: u32) -> io::Result<Self> {
        let zip = ZipWriter::new_stream(out);
        let mut it = Self { zip, sheet: sheet.to_owned(), columns, sheets: 0, rows: 0, limit, waiting: String::new() };
        it.begin_sheet()?;
        Ok(it)
    }

    pub(super) fn write(&mut self, row: &[WrittenCell]) -> io::Result<()> {
        if self.rows == self.limit {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.row(row)
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        (self.sheets, self.rows) = (self.sheets + 1, 0);
        self.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        self.waiting.push_str(SHEET_HEAD);
        let headings: Vec<_> = self.columns.iter().map(|it| WrittenCell::Text(it.heading.to_owned())).collect();
        self.row(&headings)
    }

    fn row(&mut self, row: &[WrittenCell]) -> io::Result<()> {
        self.rows += 1;
        self.waiting.push_str("<row>");
        for cell in row {
            match cell {
                WrittenCell::Whole(number) => {
                    let _ = write!(self.waiting, "<c><v>{number}</v></c>");
                }
                WrittenCell::Text(text) => {
                    self.waiting.push_str("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                    push_escaped(&mut self.waiting, text);
                    self.waiting.push_str("</t></is></c>");
                }
            }
        }
        self.waiting.push_str("</row>");
        if self.waiting.len() >= PIECE { self.send() } else { Ok(()) }
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.waiting.push_str(SHEET_TAIL);
        self.send()
    }

    fn begin(&mut self, name: &str) -> io::Result<()> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL));
        self.zip.start_file(name, options).map_err(io::Error::other)
    }

    fn send(&mut self) -> io::Result<()> {
        self.zip.write_all(self.waiting.as_bytes())?;
        self.waiting.clear();
        Ok(())
    }

    fn part(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.begin(name)?;
        self.waiting.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.waiting.push_str(text);
        self.send()
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.end_sheet()?;
        let (names, relations, types) = self.of_sheets();
        self.part("xl/workbook.xml", &names)?;
        self.part("xl/_rels/workbook.xml.rels", &relations)?;
        self.part(
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>",
        )?;
        self.part("[Content_Types].xml", &types)?;
        Ok(self.zip.finish().map_err(io::Error::other)?.into_inner())
    }

    /// The workbook, its relations and the types of its parts.
    fn of_sheets(&self) -> (String, String, String) {
        let (mut names, mut relations, mut types) = (String::new(), String::new(), String::new());
        for n in 1..=self.sheets {
            let mut name = String::new();
            push_escaped(&mut name, &self.sheet);
            let name = if n == 1 { name } else { format!("{name} {n}") };
            let _ = write!(names, "<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>");
            let _ = write!(
                relations,
                "<Relationship Id=\"rId{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
                 Target=\"worksheets/sheet{n}.xml\"/>"
            );
            let _ = write!(
                types,
                "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            );
        }
        (
            format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{names}</sheets></workbook>"
            ),
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
            ),
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
                 ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}</Types>"
            ),
        )
    }
}

/// Text as XML 1.0 can hold it: what it forbids becomes the replacement character.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(it),
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            it => out.push(it),
        }
    }
}
