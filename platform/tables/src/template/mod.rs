//! A workbook of somebody else's whose named cells are filled. What is not filled stays as it is, byte for byte: fonts, widths,
//! merged cells, conditional formats, charts, pictures. Formulas stay; what they came to is taken out, and a spreadsheet
//! computes them anew when it opens the file.
//!
//! Nothing that runs is taken: no macros, no embedded objects, no links to other files.

mod book;
mod filling;
mod package;
mod place;
mod sheet;
mod xml;

use std::collections::BTreeMap;

pub use place::{At, Block};

use crate::Fault;
use book::Book;
use package::Package;
use sheet::{Content, Sheet};

/// What a name in a workbook stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refers {
    /// Cells of a sheet, counted from 0 in the book's order.
    Cells(usize, Block),
    /// Cells or a sheet that are no longer there.
    Gone,
    /// A number, a text, a formula, cells in several pieces.
    Other,
}

/// A defined name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellName {
    /// As it is written.
    pub name: String,
    /// What it stands for.
    pub refers: Refers,
}

/// What is put into a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing; the cell keeps its looks.
    Empty,
    /// A number.
    Number(f64),
    /// Text: never a formula.
    Text(String),
}

/// A cell to be filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Fill {
    /// The sheet.
    pub sheet: usize,
    /// The cell.
    pub at: At,
    /// What goes in.
    pub value: Value,
    /// A cell of this sheet whose looks, and its row's, are taken where the sheet has no such cell yet.
    pub like: Option<At>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A number, a date, a truth.
    Figure,
    /// A formula, or a part of one that fills several cells.
    Formula,
}

/// A workbook to be filled.
pub struct Template<'b> {
    package: Package<'b>,
    book: Book,
    sheets: Vec<Sheet>,
    texts: Vec<String>,
}

impl<'b> Template<'b> {
    /// Looks at a workbook.
    ///
    /// # Errors
    /// What is no workbook, is damaged, unpacks to too much, or holds what runs.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let package = Package::open(bytes)?;
        let book = Book::read(&package)?;
        let texts = match &book.shared_strings {
            Some(part) => sheet::shared_strings(&package.text(part)?)?,
            None => Vec::new(),
        };
        let mut cells = 0;
        let mut sheets = Vec::new();
        for it in &book.sheets {
            let sheet = match &it.part {
                Some(part) => Sheet::read(&package.text(part)?, &mut cells)?,
                None => Sheet::default(),
            };
            sheets.push(sheet);
        }
        Ok(Self { package, book, sheets, texts })
    }

    /// Its names, without those that spreadsheets make for themselves.
    pub fn names(&self) -> &[CellName] {
        &self.book.names
    }

    /// The name of a sheet.
    pub fn sheet_name(&self, sheet: usize) -> &str {
        self.book.sheets.get(sheet).map_or("", |it| it.name.as_str())
    }

    /// What stands in a cell.
    pub fn stands(&self, sheet: usize, at: At) -> Stands {
        let Some(sheet) = self.sheets.get(sheet) else { return Stands::Nothing };
        if sheet.arrays.iter().any(|it| it.contains(at)) {
            return Stands::Formula;
        }
        match sheet.cells.get(&at).map(|it| &it.content) {
            None | Some(Content::Nothing) => Stands::Nothing,
            Some(Content::Text(text)) => Stands::Text(text.clone()),
            Some(Content::Shared(at)) => Stands::Text(self.texts.get(*at).cloned().unwrap_or_default()),
            Some(Content::Figure) => Stands::Figure,
            Some(Content::Formula) => Stands::Formula,
        }
    }

    /// The merged cells that hold a cell.
    pub fn merged(&self, sheet: usize, at: At) -> Option<Block> {
        self.sheets.get(sheet)?.merges.iter().find(|it| it.contains(at)).copied()
    }

    /// The last row of a sheet in which a cell is written.
    pub fn last_row(&self, sheet: usize) -> u32 {
        self.sheets.get(sheet).map_or(0, |it| it.last_row)
    }

    /// The workbook with these cells filled; of several for one cell the last holds.
    ///
    /// # Errors
    /// A damaged part.
    pub fn fill(&self, fills: &[Fill]) -> Result<Vec<u8>, Fault> {
        let mut of_sheets: BTreeMap<usize, BTreeMap<At, &Fill>> = BTreeMap::new();
        for it in fills {
            of_sheets.entry(it.sheet).or_default().insert(it.at, it);
        }
        let mut changed = BTreeMap::new();
        changed.insert(self.book.part.clone(), book::recomputed(&self.package.text(&self.book.part)?)?);
        let none = BTreeMap::new();
        for (index, (of_book, sheet)) in self.book.sheets.iter().zip(&self.sheets).enumerate() {
            let Some(part) = &of_book.part else { continue };
            let fills = of_sheets.get(&index).unwrap_or(&none);
            if fills.is_empty() && !sheet.computes {
                continue;
            }
            changed.insert(part.clone(), filling::filled(&self.package.text(part)?, sheet, fills)?);
        }
        self.package.with(&changed)
    }
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
