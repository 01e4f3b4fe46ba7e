//! What of a workbook is filled: its names, looked at one by one. Pure.

use std::collections::{HashMap, HashSet};

use http_api::Lang;
use tables::template::{At, Block, CellName, Fill, Refers, Stands, Template, Value};

use super::figures::Figures;
use super::known::{Known, OfCell, TableKind, names, of_cell};
use super::suggest::nearest;

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Why a name cannot be filled.
    pub enum NameFault {
        /// Its cells or its sheet are gone.
        Gone = "gone",
        /// It stands for no cells.
        NoCells = "no_cells",
        /// It stands for several cells and would be one figure.
        Several = "several",
        /// A formula stands where a figure would go.
        Formula = "formula",
        /// Another name stands for the same cell.
        Shared = "shared",
        /// Cells of its table are merged over several rows.
        Merged = "merged",
        /// No heading of its table is known.
        NoHeadings = "no_headings",
        /// Something stands below its headings; the name must say how many rows are its own.
        Occupied = "occupied",
    }
}

/// A name that was looked at.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) name: String,
    /// `日报!B3`, where it has cells.
    pub(crate) place: Option<String>,
    /// The code of what goes there; nothing for a name that is the workbook's own.
    pub(crate) known: Option<&'static str>,
    pub(crate) fault: Option<NameFault>,
    /// For a fault: the other name, the cell.
    pub(crate) beside: Option<String>,
    /// What may have been meant by a name that is not known.
    pub(crate) suggestions: Vec<&'static str>,
    /// Headings of its table that are not known: they are left as they are.
    pub(crate) left: Vec<String>,
}

struct Cell {
    sheet: usize,
    at: At,
    of: OfCell,
    found: usize,
}

struct Table {
    sheet: usize,
    kind: TableKind,
    /// Columns with what goes there and how they are headed.
    columns: Vec<(u32, &'static Known, String)>,
    first_row: u32,
    /// The last row that is its own; none when it goes on as long as it must.
    last_row: Option<u32>,
    found: usize,
}

/// What is filled.
pub(crate) struct Plan {
    pub(crate) found: Vec<Found>,
    cells: Vec<Cell>,
    tables: Vec<Table>,
}

/// A table has more rows than are its own in the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TooFewRows {
    pub(crate) name: String,
    pub(crate) rows: usize,
    pub(crate) room: usize,
}

/// A table as it would be filled.
pub(crate) struct Shown {
    pub(crate) name: String,
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// Rows of a table, at most: as many as figures have.
const ROWS_MOST: u32 = 2_000;

impl Plan {
    /// Looks at every name.
    pub(crate) fn of(template: &Template<'_>) -> Self {
        let mut plan = Self { found: Vec::new(), cells: Vec::new(), tables: Vec::new() };
        for it in template.names() {
            plan.look(template, it);
        }
        plan.shared();
        plan
    }

    /// Whether something is filled and nothing is wrong.
    pub(crate) fn is_fit(&self) -> bool {
        self.found.iter().any(|it| it.known.is_some()) && self.found.iter().all(|it| it.fault.is_none())
    }

    fn look(&mut self, template: &Template<'_>, it: &CellName) {
        let (cell, table) = (of_cell(&it.name), TableKind::of_name(&it.name));
        let mut found = Found {
            name: it.name.clone(),
            place: place(template, it.refers),
            known: cell.map(|it| it.known.code).or(table.map(TableKind::code)),
            fault: None,
            beside: None,
            suggestions: Vec::new(),
            left: Vec::new(),
        };
        let index = self.found.len();
        match (cell, table, it.refers) {
            (None, None, _) => {
                found.suggestions = nearest(&it.name, names(Lang::En).chain(names(Lang::Zh)));
            }
            (_, _, Refers::Gone) => found.fault = Some(NameFault::Gone),
            (_, _, Refers::Other) => found.fault = Some(NameFault::NoCells),
            (Some(of), _, Refers::Cells(sheet, block)) => match one_cell(template, sheet, block) {
                Ok(at) => self.cells.push(Cell { sheet, at, of, found: index }),
                Err(fault) => found.fault = Some(fault),
            },
            (None, Some(kind), Refers::Cells(sheet, block)) => {
                match table_of(template, kind, sheet, block, &mut found) {
                    Ok(table) => self.tables.push(Table { found: index, ..table }),
                    Err(fault) => found.fault = Some(fault),
                }
            }
        }
        self.found.push(found);
    }

    /// Two names of one cell: both are told.
    fn shared(&mut self) {
        let mut first: HashMap<(usize, At), usize> = HashMap::new();
        let mut pairs = Vec::new();
        for it in &self.cells {
            if let Some(other) = first.insert((it.sheet, it.at), it.found) {
                pairs.push((it.found, other));
            }
            let of_table = self.tables.iter().find(|table| table.sheet == it.sheet && table.takes(it.at));
            pairs.extend(of_table.map(|table| (it.found, table.found)));
        }
        for (n, one) in self.tables.iter().enumerate() {
            let others = self.tables.iter().skip(n + 1).filter(|it| it.sheet == one.sheet && it.meets(one));
            pairs.extend(others.map(|it| (it.found, one.found)));
        }
        for (one, other) in pairs {
            for (here, there) in [(one, other), (other, one)] {
                let beside = self.found.get(there).map(|it| it.name.clone());
                if let Some(it) = self.found.get_mut(here) {
                    (it.fault, it.beside) = (Some(NameFault::Shared), beside);
                }
            }
        }
    }

    /// The cells with the figures of a day.
    pub(crate) fn fills(&self, figures: &Figures) -> Result<Vec<Fill>, TooFewRows> {
        let mut fills = Vec::new();
        for it in &self.cells {
            fills.push(Fill { sheet: it.sheet, at: it.at, value: it.of.value(figures), like: None });
        }
        for table in &self.tables {
            let lines = figures.lines(table.kind);
            let room = table.last_row.map(|last| last.saturating_sub(table.first_row).saturating_add(1));
            let rows = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            if room.is_some_and(|room| room < rows) {
                let name = self.found.get(table.found).map_or_else(String::new, |it| it.name.clone());
                let room = room.and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
                return Err(TooFewRows { name, rows: lines.len(), room });
            }
            // Rows of its own that are not needed today are emptied of what stood there.
            for n in 0..room.unwrap_or(rows) {
                let line = usize::try_from(n).ok().and_then(|it| lines.get(it));
                for (column, known, _) in &table.columns {
                    let at = At { row: table.first_row.saturating_add(n), column: *column };
                    let value = line.map_or(Value::Empty, |it| known.of_line(it));
                    let like = Some(At { row: table.first_row, column: *column });
                    fills.push(Fill { sheet: table.sheet, at, value, like });
                }
            }
        }
        Ok(fills)
    }

    /// The value of each name of a cell, by its place among the names.
    pub(crate) fn values(&self, figures: &Figures) -> HashMap<usize, Value> {
        self.cells.iter().map(|it| (it.found, it.of.value(figures))).collect()
    }

    /// The tables as they would be filled.
    pub(crate) fn shown(&self, figures: &Figures) -> Vec<Shown> {
        let tables = self.tables.iter().map(|table| Shown {
            name: self.found.get(table.found).map_or_else(String::new, |it| it.name.clone()),
            headings: table.columns.iter().map(|it| it.2.clone()).collect(),
            rows: figures
                .lines(table.kind)
                .iter()
                .map(|line| table.columns.iter().map(|it| it.1.of_line(line)).collect())
                .collect(),
        });
        tables.collect()
    }
}

impl Table {
    fn last(&self) -> u32 {
        self.last_row.unwrap_or_else(|| self.first_row.saturating_add(ROWS_MOST))
    }

    fn takes(&self, at: At) -> bool {
        (self.first_row..=self.last()).contains(&at.row) && self.columns.iter().any(|it| it.0 == at.column)
    }

    fn meets(&self, other: &Self) -> bool {
        let columns: HashSet<u32> = self.columns.iter().map(|it| it.0).collect();
        let rows_meet = self.first_row <= other.last() && other.first_row <= self.last();
        rows_meet && other.columns.iter().any(|it| columns.contains(&it.0))
    }
}

fn place(template: &Template<'_>, refers: Refers) -> Option<String> {
    match refers {
        Refers::Cells(sheet, block) => Some(format!("{}!{block}", template.sheet_name(sheet))),
        Refers::Gone | Refers::Other => None,
    }
}

/// The cell of a name that stands for one, or for cells that are merged into one.
fn one_cell(template: &Template<'_>, sheet: usize, block: Block) -> Result<At, NameFault> {
    let merged = template.merged(sheet, block.from);
    let at = match merged {
        // What is written into merged cells is seen only in the first of them.
        Some(whole) if whole.contains(block.to) => whole.from,
        _ if block.is_one() => block.from,
        _ => return Err(NameFault::Several),
    };
    match template.stands(sheet, at) {
        Stands::Formula => Err(NameFault::Formula),
        Stands::Nothing | Stands::Text(_) | Stands::Figure => Ok(at),
    }
}

/// The table of a name: its first row are headings; further rows are its own. With one row it goes on as long as it must.
fn table_of(
    template: &Template<'_>,
    kind: TableKind,
    sheet: usize,
    block: Block,
    found: &mut Found,
) -> Result<Table, NameFault> {
    let mut columns = Vec::new();
    for column in block.from.column..=block.to.column {
        let Stands::Text(heading) = template.stands(sheet, At { row: block.from.row, column }) else { continue };
        match kind.column(&heading) {
            Some(known) => columns.push((column, known, heading)),
            None => found.left.push(heading),
        }
    }
    if columns.is_empty() {
        return Err(NameFault::NoHeadings);
    }
    let first_row = block.from.row.saturating_add(1);
    let last_row = (block.from.row < block.to.row).then_some(block.to.row);
    let table = Table { sheet, kind, columns, first_row, last_row, found: 0 };
    let last = last_row.unwrap_or_else(|| template.last_row(sheet));
    for row in first_row..=last {
        for (column, ..) in &table.columns {
            let at = At { row, column: *column };
            let fault = cell_of_table(template, &table, at);
            if fault.is_some() {
                found.beside = Some(at.to_string());
            }
            fault.map_or(Ok(()), Err)?;
        }
    }
    Ok(table)
}

fn cell_of_table(template: &Template<'_>, table: &Table, at: At) -> Option<NameFault> {
    let merged = template.merged(table.sheet, at);
    match template.stands(table.sheet, at) {
        Stands::Formula => Some(NameFault::Formula),
        Stands::Text(_) | Stands::Figure if table.last_row.is_none() => Some(NameFault::Occupied),
        _ if merged.is_some_and(|it| it.from.row != it.to.row || it.from != at) => Some(NameFault::Merged),
        _ => None,
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
