//! What stands where in a sheet.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::place::{At, Block};
use super::xml::{Events, attribute};
use crate::Fault;

/// Cells of all sheets that are looked at.
const CELLS_MOST: usize = 300_000;
/// Merged cells of a sheet, and formulas that fill several cells.
const BLOCKS_MOST: usize = 20_000;

/// What is written in a cell.
pub(super) enum Content {
    Nothing,
    Text(String),
    /// A text by its number in the book's list.
    Shared(usize),
    Figure,
    Formula,
}

pub(super) struct CellFacts {
    pub(super) style: Option<String>,
    pub(super) content: Content,
}

#[derive(Default)]
pub(super) struct Sheet {
    pub(super) cells: HashMap<At, CellFacts>,
    pub(super) merges: Vec<Block>,
    /// Cells that one formula fills.
    pub(super) arrays: Vec<Block>,
    pub(super) last_row: u32,
    /// Whether there are formulas.
    pub(super) computes: bool,
    /// The looks of rows: height, style.
    pub(super) rows: HashMap<u32, String>,
    /// First and last column, and the style of cells that are not written.
    columns: Vec<(u32, u32, String)>,
}

/// What of a row's looks another row takes.
const ROW_LOOKS: &[&str] = &["ht", "customHeight", "s", "customFormat"];

impl Sheet {
    pub(super) fn read(text: &str, cells: &mut usize) -> Result<Self, Fault> {
        let (mut events, mut sheet, mut at) = (Events::new(text), Self::default(), At { row: 0, column: 0 });
        while let Some(met) = events.next()? {
            let begun = matches!(met.event, Event::Start(_));
            let (Event::Start(it) | Event::Empty(it)) = &met.event else { continue };
            match it.local_name().as_ref() {
                "row" => {
                    at = At { row: row_number(it, at.row), column: 0 };
                    sheet.rows.insert(at.row, looks(it));
                }
                "c" => {
                    at = cell_place(it, at);
                    let (kind, style) = (attribute(it, "t").unwrap_or_default(), attribute(it, "s"));
                    let content = if begun { sheet.content(&mut events, &kind)? } else { Content::Nothing };
                    sheet.last_row = sheet.last_row.max(at.row);
                    sheet.cells.insert(at, CellFacts { style, content });
                    *cells += 1;
                }
                "mergeCell" => sheet.merges.extend(attribute(it, "ref").as_deref().and_then(Block::parse)),
                "col" => sheet.columns.extend(column_style(it)),
                _ => {}
            }
            if CELLS_MOST < *cells || BLOCKS_MOST < sheet.merges.len().max(sheet.arrays.len()) {
                return Err(Fault::Bomb);
            }
        }
        Ok(sheet)
    }

    fn content(&mut self, events: &mut Events<'_>, kind: &str) -> Result<Content, Fault> {
        let mut content = Content::Nothing;
        loop {
            let met = events.more()?;
            match &met.event {
                Event::Empty(it) if it.local_name().as_ref() == "f" => content = self.formula(it),
                Event::Start(it) => match it.local_name().as_ref() {
                    "f" => {
                        content = self.formula(it);
                        events.skip()?;
                    }
                    "v" => {
                        let value = events.content()?;
                        content = match (content, kind) {
                            (Content::Formula, _) => Content::Formula,
                            (_, "s") => value.trim().parse().map_or(Content::Figure, Content::Shared),
                            (_, "str") => Content::Text(value),
                            _ => Content::Figure,
                        };
                    }
                    "is" => content = Content::Text(spoken(events)?),
                    _ => events.skip().map(|_| ())?,
                },
                Event::End(_) => return Ok(content),
                _ => {}
            }
        }
    }

    fn formula(&mut self, it: &BytesStart<'_>) -> Content {
        self.computes = true;
        // Of an array and of a data table only the first cell is written as a formula.
        if attribute(it, "t").is_some_and(|it| it == "array" || it == "dataTable") {
            self.arrays.extend(attribute(it, "ref").as_deref().and_then(Block::parse));
        }
        Content::Formula
    }

    /// The style of a cell that is not written yet: as the cell it is to be like, else as its row or column says.
    pub(super) fn style_of_new(&self, at: At, like: Option<At>) -> Option<String> {
        if let Some(like) = like {
            let own = self.cells.get(&like).and_then(|it| it.style.clone());
            return own.or_else(|| self.column(like.column));
        }
        let of_row = self.rows.get(&at.row).filter(|it| it.contains(" customFormat=\"1\""));
        let of_row = of_row.and_then(|it| Some(it.split_once(" s=\"")?.1.split_once('"')?.0.to_owned()));
        of_row.or_else(|| self.column(at.column))
    }

    fn column(&self, column: u32) -> Option<String> {
        self.columns.iter().find(|it| (it.0..=it.1).contains(&column)).map(|it| it.2.clone())
    }
}

/// The number of a row; without one it follows the last.
pub(super) fn row_number(it: &BytesStart<'_>, last: u32) -> u32 {
    attribute(it, "r").and_then(|it| it.parse().ok()).unwrap_or(last.saturating_add(1))
}

/// Where a cell is; without its own word it follows the last.
pub(super) fn cell_place(it: &BytesStart<'_>, last: At) -> At {
    let said = attribute(it, "r").as_deref().and_then(At::parse);
    said.unwrap_or(At { row: last.row, column: last.column.saturating_add(1) })
}

fn looks(it: &BytesStart<'_>) -> String {
    let kept = ROW_LOOKS.iter().filter_map(|name| Some((name, attribute(it, name)?)));
    let plain = kept.filter(|(_, value)| value.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'.'));
    plain.map(|(name, value)| format!(" {name}=\"{value}\"")).collect()
}

fn column_style(it: &BytesStart<'_>) -> Option<(u32, u32, String)> {
    let number = |name| attribute(it, name)?.parse::<u32>().ok();
    let style = attribute(it, "style").filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
    Some((number("min")?, number("max")?, style))
}

/// The text of a string in pieces; how it is read aloud is no part of it.
fn spoken(events: &mut Events<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    loop {
        let met = events.more()?;
        match &met.event {
            Event::Start(it) => match it.local_name().as_ref() {
                "t" => text.push_str(&events.content()?),
                "r" => text.push_str(&spoken(events)?),
                _ => events.skip().map(|_| ())?,
            },
            Event::End(_) => return Ok(text),
            _ => {}
        }
    }
}

/// The book's list of texts.
pub(super) fn shared_strings(text: &str) -> Result<Vec<String>, Fault> {
    let (mut events, mut texts) = (Events::new(text), Vec::new());
    while let Some(met) = events.next()? {
        match &met.event {
            Event::Start(it) if it.local_name().as_ref() == "si" => texts.push(spoken(&mut events)?),
            Event::Empty(it) if it.local_name().as_ref() == "si" => texts.push(String::new()),
            _ => {}
        }
        if CELLS_MOST < texts.len() {
            return Err(Fault::Bomb);
        }
    }
    Ok(texts)
}
