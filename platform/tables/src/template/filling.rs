//! A sheet written anew with some of its cells filled: what is not filled is copied as it stands.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};

use super::place::{At, Block};
use super::sheet::{Sheet, cell_place, row_number};
use super::xml::{Events, attribute, attributes_without, prefix};
use super::{Fill, Value};
use crate::Fault;
use crate::written::push_escaped;

/// Cells of a row by their columns.
type OfRow<'f> = BTreeMap<u32, &'f Fill>;

struct Filling<'f> {
    sheet: &'f Sheet,
    rows: BTreeMap<u32, OfRow<'f>>,
    /// Before the names of elements, with its colon.
    prefix: String,
    out: String,
}

pub(super) fn filled(text: &str, sheet: &Sheet, fills: &BTreeMap<At, &Fill>) -> Result<String, Fault> {
    let mut rows: BTreeMap<u32, OfRow<'_>> = BTreeMap::new();
    for (at, fill) in fills {
        rows.entry(at.row).or_default().insert(at.column, fill);
    }
    let mut events = Events::new(text);
    let mut it = Filling { sheet, rows, prefix: String::new(), out: String::with_capacity(text.len()) };
    while let Some(met) = events.next()? {
        match &met.event {
            Event::Start(start) if start.local_name().as_ref() == "sheetData" => {
                it.prefix = prefix(start);
                it.out.push_str(met.raw);
                it.sheet_data(&mut events)?;
            }
            Event::Empty(start) if start.local_name().as_ref() == "sheetData" => {
                it.prefix = prefix(start);
                let _ = write!(it.out, "<{}sheetData>", it.prefix);
                it.rows_before(u32::MAX);
                let _ = write!(it.out, "</{}sheetData>", it.prefix);
            }
            Event::Empty(start) if start.local_name().as_ref() == "dimension" => match wider(start, fills) {
                Some(block) => {
                    let _ = write!(it.out, "<{} ref=\"{block}\"/>", start.name().as_ref());
                }
                None => it.out.push_str(met.raw),
            },
            _ => it.out.push_str(met.raw),
        }
    }
    Ok(it.out)
}

/// The used cells, where those that are filled lie beyond.
fn wider(dimension: &BytesStart<'_>, fills: &BTreeMap<At, &Fill>) -> Option<Block> {
    let mut block = Block::parse(&attribute(dimension, "ref")?)?;
    let known = block;
    for at in fills.keys() {
        block.from = At { row: block.from.row.min(at.row), column: block.from.column.min(at.column) };
        block.to = At { row: block.to.row.max(at.row), column: block.to.column.max(at.column) };
    }
    (block != known).then_some(block)
}

impl<'f> Filling<'f> {
    fn sheet_data(&mut self, events: &mut Events<'_>) -> Result<(), Fault> {
        let mut last = 0;
        loop {
            let met = events.more()?;
            match &met.event {
                Event::Start(row) | Event::Empty(row) if row.local_name().as_ref() == "row" => {
                    last = row_number(row, last);
                    self.rows_before(last);
                    let begun = matches!(met.event, Event::Start(_));
                    match self.rows.remove(&last) {
                        None => {
                            self.out.push_str(met.raw);
                            if begun {
                                self.cells(events, last, OfRow::new())?;
                            }
                        }
                        Some(fills) => {
                            // How far a row reaches is a hint that no longer holds.
                            let kept = attributes_without(row, &["spans"]);
                            let _ = write!(self.out, "<{}{kept}>", row.name().as_ref());
                            if begun {
                                self.cells(events, last, fills)?;
                            } else {
                                fills.values().for_each(|it| self.new_cell(it));
                                let _ = write!(self.out, "</{}row>", self.prefix);
                            }
                        }
                    }
                }
                Event::End(_) => {
                    self.rows_before(u32::MAX);
                    self.out.push_str(met.raw);
                    return Ok(());
                }
                _ => self.out.push_str(met.raw),
            }
        }
    }

    /// Rows that the sheet does not have yet.
    fn rows_before(&mut self, row: u32) {
        while let Some(entry) = self.rows.first_entry().filter(|it| *it.key() < row) {
            let (number, fills) = entry.remove_entry();
            let like = fills.values().find_map(|it| it.like);
            let looks = like.and_then(|it| self.sheet.rows.get(&it.row)).map_or("", String::as_str);
            let _ = write!(self.out, "<{}row r=\"{number}\"{looks}>", self.prefix);
            fills.values().for_each(|it| self.new_cell(it));
            let _ = write!(self.out, "</{}row>", self.prefix);
        }
    }

    /// The cells of a row, to its end.
    fn cells(&mut self, events: &mut Events<'_>, row: u32, mut fills: OfRow<'f>) -> Result<(), Fault> {
        let mut last = At { row, column: 0 };
        loop {
            let met = events.more()?;
            match &met.event {
                Event::Start(cell) | Event::Empty(cell) if cell.local_name().as_ref() == "c" => {
                    last = cell_place(cell, last);
                    while let Some(entry) = fills.first_entry().filter(|it| *it.key() < last.column) {
                        let fill = entry.remove();
                        self.new_cell(fill);
                    }
                    let begun = matches!(met.event, Event::Start(_));
                    match fills.remove(&last.column) {
                        Some(fill) => {
                            if begun {
                                events.skip()?;
                            }
                            self.cell(fill, attribute(cell, "s"));
                        }
                        None if begun => self.kept_cell(events, cell, met.raw)?,
                        None => self.out.push_str(met.raw),
                    }
                }
                Event::End(_) => {
                    fills.values().for_each(|it| self.new_cell(it));
                    self.out.push_str(met.raw);
                    return Ok(());
                }
                _ => self.out.push_str(met.raw),
            }
        }
    }

    /// A cell as it was; what a formula in it came to is left out, for it no longer holds.
    fn kept_cell(&mut self, events: &mut Events<'_>, cell: &BytesStart<'_>, raw: &str) -> Result<(), Fault> {
        let (mut whole, mut computed, mut has_formula) = (raw.to_owned(), String::new(), false);
        let _ = write!(computed, "<{}{}>", cell.name().as_ref(), attributes_without(cell, &["t"]));
        let mut in_value = false;
        let mut depth = 1_usize;
        while depth != 0 {
            let met = events.more()?;
            let name_is = |it: &BytesStart<'_>, name| depth == 1 && it.local_name().as_ref() == name;
            match &met.event {
                Event::Start(it) | Event::Empty(it) => {
                    has_formula |= name_is(it, "f");
                    in_value |= name_is(it, "v");
                }
                _ => {}
            }
            let empty_value = in_value && depth == 1 && matches!(met.event, Event::Empty(_));
            match &met.event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            whole.push_str(met.raw);
            if !in_value {
                computed.push_str(met.raw);
            }
            if empty_value || in_value && depth == 1 {
                in_value = false;
            }
        }
        self.out.push_str(if has_formula { &computed } else { &whole });
        Ok(())
    }

    fn new_cell(&mut self, fill: &Fill) {
        self.cell(fill, self.sheet.style_of_new(fill.at, fill.like));
    }

    fn cell(&mut self, fill: &Fill, style: Option<String>) {
        let prefix = &self.prefix;
        let _ = write!(self.out, "<{prefix}c r=\"{}\"", fill.at);
        if let Some(style) = style.filter(|it| it.bytes().all(|it| it.is_ascii_digit())) {
            let _ = write!(self.out, " s=\"{style}\"");
        }
        match &fill.value {
            Value::Empty => self.out.push_str("/>"),
            Value::Number(number) => {
                let _ = write!(self.out, "><{prefix}v>{number}</{prefix}v></{prefix}c>");
            }
            Value::Text(text) => {
                let _ = write!(self.out, " t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">");
                push_escaped(&mut self.out, text);
                let _ = write!(self.out, "</{prefix}t></{prefix}is></{prefix}c>");
            }
        }
    }
}
