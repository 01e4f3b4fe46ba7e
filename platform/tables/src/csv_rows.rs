//! CSV: which encoding, which separator, then row by row.

use std::cell::Cell as Shared;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8};

use crate::{COLUMN_LIMIT, Cell, Fault, Row};

const BLOCK: usize = 64 * 1024;
/// What is looked at to tell the separator.
const SAMPLE_BYTES: u64 = 64 * 1024;
/// A row longer than this is a quotation mark that nobody closed.
const ROW_BYTES: usize = 1024 * 1024;

pub(crate) fn for_each_row(
    mut input: impl Read + Seek,
    mut each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let encoding = encoding_of(&mut input).map_err(Fault::Input)?;
    let start = |input: &mut _| Seek::seek(input, SeekFrom::Start(0)).map_err(Fault::Input);
    start(&mut input)?;
    let mut first = Vec::new();
    Decoded::new(&mut input, encoding).take(SAMPLE_BYTES).read_to_end(&mut first).map_err(Fault::Input)?;
    let separator = separator_of(&first);
    let ends_in_two = first.windows(2).any(|it| it == b"\r\n");
    start(&mut input)?;
    let row_bytes = Rc::new(Shared::new(0));
    let decoded = Leash { inner: Decoded::new(&mut input, encoding), row_bytes: Rc::clone(&row_bytes) };
    let mut builder = csv::ReaderBuilder::new();
    let mut reader =
        builder.has_headers(false).flexible(true).delimiter(separator).buffer_capacity(BLOCK).from_reader(decoded);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(fault)? {
        row_bytes.set(0);
        if COLUMN_LIMIT < record.len() && record.iter().skip(COLUMN_LIMIT).any(|it| !it.trim().is_empty()) {
            return Err(Fault::TooWide);
        }
        let cells: Vec<Cell> = record.iter().take(COLUMN_LIMIT).map(Cell::text_of).collect();
        if cells.iter().all(Cell::is_empty) {
            continue;
        }
        let line = line_of(&record, reader.position(), ends_in_two);
        if each(Row { line, cells }).is_break() {
            break;
        }
    }
    Ok(())
}

/// The reader counts a line when it meets the line feed: of CR LF that is after the row, not with it.
fn line_of(record: &csv::StringRecord, after: &csv::Position, ends_in_two: bool) -> u64 {
    match ends_in_two {
        true => after.line(),
        false => record.position().map_or(0, csv::Position::line),
    }
}

fn fault(error: csv::Error) -> Fault {
    let text = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => Fault::Form(error.to_string()),
        csv::ErrorKind::Io(error) => Fault::Input(error),
        _ => Fault::Form(text),
    }
}

/// A byte order mark says it; without one, what is UTF-8 to its last byte is UTF-8, and the rest is what Chinese
/// spreadsheets write.
fn encoding_of(input: &mut impl Read) -> io::Result<&'static Encoding> {
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut block = vec![0; BLOCK];
    let mut text = vec![0; BLOCK * 3];
    let mut is_first = true;
    loop {
        let read = input.read(&mut block)?;
        let bytes = block.get(..read).unwrap_or_default();
        if is_first && let Some((encoding, _)) = Encoding::for_bom(bytes) {
            return Ok(encoding);
        }
        is_first = false;
        let (result, ..) = decoder.decode_to_utf8_without_replacement(bytes, &mut text, read == 0);
        match result {
            encoding_rs::DecoderResult::Malformed(..) => return Ok(GB18030),
            _ if read == 0 => return Ok(UTF_8),
            _ => {}
        }
    }
}

/// The separator that stands most often outside quotation marks in the first rows.
fn separator_of(sample: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for &byte in sample {
        quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && *separator == byte);
        }
    }
    // Of equals the first, which is the comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

/// Bytes of any encoding, read as UTF-8.
struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    block: Vec<u8>,
    /// What of the block is not decoded yet.
    from: usize,
    until: usize,
    at_end: bool,
    is_done: bool,
    /// Decoded, not fetched yet: a reader's buffer may be smaller than one character.
    spare: Vec<u8>,
}

impl<R: Read> Decoded<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let block = vec![0; BLOCK];
        Self { inner, decoder, block, from: 0, until: 0, at_end: false, is_done: false, spare: Vec::new() }
    }

    fn decode(&mut self, text: &mut [u8]) -> io::Result<usize> {
        // A decoder that has finished must not be asked again.
        while !self.is_done {
            if self.from == self.until && !self.at_end {
                self.until = self.inner.read(&mut self.block)?;
                self.from = 0;
                self.at_end = self.until == 0;
            }
            let bytes = self.block.get(self.from..self.until).unwrap_or_default();
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, text, self.at_end);
            self.from += read;
            self.is_done = self.at_end && result == CoderResult::InputEmpty;
            if written != 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The decoder wants room for a whole character.
        if out.len() < 16 && self.spare.is_empty() {
            let mut text = [0; 16];
            let written = self.decode(&mut text)?;
            self.spare.extend(text.get(..written).unwrap_or_default());
        }
        if self.spare.is_empty() {
            return self.decode(out);
        }
        let fetched = self.spare.len().min(out.len());
        for (to, from) in out.iter_mut().zip(self.spare.drain(..fetched)) {
            *to = from;
        }
        Ok(fetched)
    }
}

/// Fails when one row goes on and on: an open quotation mark would gather the whole file in memory.
struct Leash<R> {
    inner: R,
    row_bytes: Rc<Shared<usize>>,
}

impl<R: Read> Read for Leash<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        let so_far = self.row_bytes.get() + read;
        self.row_bytes.set(so_far);
        match so_far <= ROW_BYTES {
            true => Ok(read),
            false => Err(io::Error::new(io::ErrorKind::InvalidData, "a quotation mark is not closed")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Fault> {
        let mut rows = Vec::new();
        for_each_row(Cursor::new(bytes), |row| {
            rows.push((row.line, row.cells.iter().map(|it| it.text().into_owned()).collect()));
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn every_encoding_a_spreadsheet_writes() {
        let text = "姓名,工号\r\n林芳,7\r\n";
        let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let with_mark = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        let gb = GB18030.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &with_mark, &gb, &utf_16] {
            let read = rows(bytes).unwrap();
            assert_eq!(read, [(1, vec!["姓名".into(), "工号".into()]), (2, vec!["林芳".into(), "7".into()])]);
        }
    }

    #[test]
    fn every_separator_and_empty_rows() {
        for separator in [",", "\t", ";"] {
            for end in ["\n", "\r\n"] {
                let text = format!("a{separator}b{end}{end}{separator}{end}\"x,;\ty\"{separator}2{end}");
                let read = rows(text.as_bytes()).unwrap();
                assert_eq!(read.len(), 2, "{separator:?} {end:?}");
                assert_eq!(read[1], (4, vec!["x,;\ty".to_owned(), "2".to_owned()]), "{separator:?} {end:?}");
            }
        }
    }

    #[test]
    fn a_quotation_mark_left_open_does_not_gather_the_file() {
        let text = format!("a,b\n\"{}", "x,y\n".repeat(1_000_000));
        assert!(matches!(rows(text.as_bytes()), Err(Fault::Form(_))));
    }

    #[test]
    fn a_long_file_in_gb_18030_is_read_whole_across_blocks() {
        let text = "一二三四五六七八九十,1\n".repeat(20_000);
        let read = rows(&GB18030.encode(&text).0).unwrap();
        assert_eq!(read.len(), 20_000);
        assert!(read.iter().all(|(_, cells)| cells[0] == "一二三四五六七八九十"));
    }

    #[test]
    fn wide_rows_are_refused_and_wide_emptiness_is_not() {
        assert!(matches!(rows("x,".repeat(300).as_bytes()), Err(Fault::TooWide)));
        assert_eq!(rows(format!("x{}", ",".repeat(300)).as_bytes()).unwrap().len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
            let _ = rows(&bytes);
        }
    }
}
