//! Questions from a spreadsheet: which column is which, what each row asks, why a row is refused. Pure.
//!
//! The right answers are letters: `A`, `AC`, `A,C`. Options stand in a column each, or all in one cell.

use std::collections::HashSet;
use std::io::Cursor;
use std::ops::ControlFlow;

use kernel::text::{fold, half_width};
use tables::{Cell, Fault, Form, Known, Row};
use utoipa::ToSchema;

use super::courses::{BANK_MOST, OPTIONS, TEXT_MOST};
use super::model::Question;

/// The columns with what people write above them, first as the template has it. An exact heading goes before one that
/// contains it, so `答案A` is an option and `答案` the answer.
pub(crate) const COLUMNS: &[Known] = &[
    Known {
        name: "question",
        headings: &["题目", "题干", "试题", "问题", "题目内容", "试题内容", "question", "stem", "questiontext"],
    },
    Known {
        name: "answer",
        headings: &[
            "正确答案",
            "答案",
            "正确选项",
            "标准答案",
            "参考答案",
            "answer",
            "answers",
            "correctanswer",
            "rightanswer",
            "correct",
        ],
    },
    Known { name: "options", headings: &["选项", "备选项", "备选答案", "全部选项", "options", "choices"] },
    Known { name: "option_a", headings: &["选项a", "a选项", "答案a", "a", "optiona", "choicea", "answera"] },
    Known { name: "option_b", headings: &["选项b", "b选项", "答案b", "b", "optionb", "choiceb", "answerb"] },
    Known { name: "option_c", headings: &["选项c", "c选项", "答案c", "c", "optionc", "choicec", "answerc"] },
    Known { name: "option_d", headings: &["选项d", "d选项", "答案d", "d", "optiond", "choiced", "answerd"] },
    Known { name: "option_e", headings: &["选项e", "e选项", "答案e", "e", "optione", "choicee", "answere"] },
    Known { name: "option_f", headings: &["选项f", "f选项", "答案f", "f", "optionf", "choicef", "answerf"] },
    Known { name: "option_g", headings: &["选项g", "g选项", "答案g", "g", "optiong", "choiceg", "answerg"] },
    Known { name: "option_h", headings: &["选项h", "h选项", "答案h", "h", "optionh", "choiceh", "answerh"] },
];
const LETTERS: [char; 8] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
/// Among how many rows the headings are looked for, and in how many sheets.
const HEADINGS_WITHIN: usize = 20;
const SHEETS: usize = 20;
/// How much text is taken out of one file: ten times what an honest one holds.
const TEXT_BYTES: usize = 2 * 1024 * 1024;

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a row is no question.
    pub enum RowFault {
        /// Nothing stands there.
        Required = "required",
        /// More than 300 characters.
        TooLong = "too_long",
        /// Fewer than two options, or more than eight.
        Options = "options",
        /// Not the letters of options that are there.
        Answer = "answer",
        /// The bank, or an earlier row, asks the same with the same options.
        Repeated = "repeated",
        /// The error of a formula.
        CellError = "cell_error",
        /// The bank holds no more.
        Full = "full",
    }
}

/// A row that is no question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedRow {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
    /// Name of the column in error.
    pub(crate) column: &'static str,
    pub(crate) fault: RowFault,
    /// What it asks, as far as it says so.
    pub(crate) text: String,
}

/// What a file holds.
#[derive(Debug)]
pub(crate) struct BankFile {
    pub(crate) form: Form,
    pub(crate) sheet: String,
    pub(crate) headings: Vec<String>,
    columns: Vec<Option<usize>>,
    rows: Vec<Row>,
}

/// Why a whole file is refused.
#[derive(Debug)]
pub(crate) enum FileFault {
    Table(Fault),
    /// No column for what every question needs.
    Column(&'static str),
    /// More rows than a bank holds, or more text than questions have.
    TooMuch,
}

impl From<Fault> for FileFault {
    fn from(it: Fault) -> Self {
        Self::Table(it)
    }
}

/// Reads a file. Takes a moment: not for a thread that answers others.
///
/// # Errors
/// What is no table, lacks a needed column in every sheet, or holds too much.
pub(crate) fn read(bytes: &[u8]) -> Result<BankFile, FileFault> {
    let form = Form::of(bytes)?;
    let mut missing = None;
    for (index, sheet) in tables::sheet_names(Cursor::new(bytes), form)?.into_iter().take(SHEETS).enumerate() {
        let (rows, is_whole) = rows_of(bytes, form, index)?;
        let first = rows.get(..rows.len().min(HEADINGS_WITHIN)).unwrap_or_default();
        let Some(found) = tables::find_headings(first, COLUMNS, None) else { continue };
        let columns = tables::guess(&found.texts, COLUMNS);
        if let Some(name) = lacking(&columns) {
            missing.get_or_insert(name);
            continue;
        }
        let rows: Vec<Row> = rows.into_iter().filter(|it| found.line < it.line).collect();
        return match is_whole && rows.len() <= BANK_MOST {
            true => Ok(BankFile { form, sheet, headings: found.texts, columns, rows }),
            false => Err(FileFault::TooMuch),
        };
    }
    Err(FileFault::Column(missing.unwrap_or("question")))
}

/// The rows of a sheet, and whether that is all of them.
fn rows_of(bytes: &[u8], form: Form, sheet: usize) -> Result<(Vec<Row>, bool), Fault> {
    let (mut rows, mut text, mut is_whole) = (Vec::new(), 0, true);
    tables::for_each_row(Cursor::new(bytes), form, sheet, |row| {
        text += row.cells.iter().map(|it| it.text().len()).sum::<usize>();
        is_whole = rows.len() <= BANK_MOST + HEADINGS_WITHIN && text <= TEXT_BYTES;
        if !is_whole {
            return ControlFlow::Break(());
        }
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok((rows, is_whole))
}

/// The first column that no question can do without: what is asked, the right answer, and options in either way.
fn lacking(columns: &[Option<usize>]) -> Option<&'static str> {
    let has = |at: usize| columns.get(at).copied().flatten().is_some();
    match (has(0), has(1), has(2) || (has(3) && has(4))) {
        (false, ..) => Some("question"),
        (_, false, _) => Some("answer"),
        (.., false) => Some("option_a"),
        _ => None,
    }
}

impl BankFile {
    /// How many rows stand below the headings.
    pub(crate) fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The questions that this bank does not hold yet, in their order, and the rows that are none.
    pub(crate) fn against(&self, bank: &[Question]) -> (Vec<Question>, Vec<RefusedRow>) {
        let mut known: HashSet<String> = bank.iter().map(key).collect();
        let (mut good, mut refused) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let question = self.question(row).and_then(|it| match () {
                () if known.contains(&key(&it)) => Err(("question", RowFault::Repeated)),
                () if BANK_MOST <= bank.len() + good.len() => Err(("question", RowFault::Full)),
                () => Ok(it),
            });
            match question {
                Ok(it) => {
                    known.insert(key(&it));
                    good.push(it);
                }
                Err((column, fault)) => refused.push(RefusedRow {
                    line: row.line,
                    cells: row.cells.iter().map(|it| it.text().into_owned()).collect(),
                    column,
                    fault,
                    text: self.cell(row, 0).text().into_owned(),
                }),
            }
        }
        (good, refused)
    }

    fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r Cell {
        self.columns.get(column).copied().flatten().map_or(&Cell::Empty, |at| row.cell(at))
    }

    fn text(&self, row: &Row, column: usize) -> Result<String, (&'static str, RowFault)> {
        let name = COLUMNS.get(column).map_or("question", |it| it.name);
        match self.cell(row, column) {
            Cell::Error(_) => Err((name, RowFault::CellError)),
            cell => Ok(cell.text().into_owned()),
        }
    }

    fn question(&self, row: &Row) -> Result<Question, (&'static str, RowFault)> {
        let text = self.text(row, 0)?;
        if text.is_empty() {
            return Err(("question", RowFault::Required));
        }
        if TEXT_MOST < text.chars().count() {
            return Err(("question", RowFault::TooLong));
        }
        let options = self.options(row)?;
        let answer = self.text(row, 1)?;
        if answer.is_empty() {
            return Err(("answer", RowFault::Required));
        }
        let letters: Vec<char> = options.iter().map(|(letter, _)| *letter).collect();
        let correct = right_ones(&answer, &letters).ok_or(("answer", RowFault::Answer))?;
        Ok(Question { text, options: options.into_iter().map(|(_, it)| it).collect(), correct })
    }

    /// The options with their letters. One that is left out between others keeps its letter from them.
    fn options(&self, row: &Row) -> Result<Vec<(char, String)>, (&'static str, RowFault)> {
        let mut options = Vec::new();
        for (at, letter) in LETTERS.into_iter().enumerate() {
            let text = self.text(row, at + 3)?;
            if !text.is_empty() {
                options.push((letter, text));
            }
        }
        let together = self.text(row, 2)?;
        let column = if together.is_empty() { "option_a" } else { "options" };
        if !together.is_empty() {
            let parts = parts_of(&together);
            if !options.is_empty() || LETTERS.len() < parts.len() {
                return Err((column, RowFault::Options));
            }
            options = LETTERS.into_iter().zip(parts).collect();
        }
        if !OPTIONS.contains(&options.len()) {
            return Err((column, RowFault::Options));
        }
        match options.iter().any(|(_, it)| TEXT_MOST < it.chars().count()) {
            true => Err((column, RowFault::TooLong)),
            false => Ok(options),
        }
    }
}

/// What makes two questions the same one.
fn key(it: &Question) -> String {
    std::iter::once(&it.text).chain(&it.options).map(|it| fold(it)).collect::<Vec<_>>().join("\u{1f}")
}

/// Options that stand in one cell: a line each, or with `|` or `;` between, or each after its letter.
fn parts_of(cell: &str) -> Vec<String> {
    let split = |at: &[char]| -> Vec<&str> { cell.split(at).map(str::trim).filter(|it| !it.is_empty()).collect() };
    let parts = [['\n', '\r'].as_slice(), &['|', '｜'], &[';', '；']].into_iter().map(split).find(|it| 1 < it.len());
    let parts = parts.unwrap_or_else(|| lettered(cell));
    let is_lettered = parts.iter().zip(LETTERS).all(|(it, letter)| after_letter(it, letter).is_some());
    let bare = |(it, letter): (&str, char)| match is_lettered {
        true => after_letter(it, letter).unwrap_or(it).to_owned(),
        false => it.to_owned(),
    };
    // One more than there are letters shows that there are too many.
    parts.into_iter().zip(LETTERS.into_iter().chain(['I'])).map(bare).filter(|it| !it.is_empty()).collect()
}

/// `A. 是 B. 否` cut before each letter that is next.
fn lettered(cell: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut from = 0;
    for letter in LETTERS {
        let begins = |(at, _): &(usize, char)| {
            let is_apart = *at == 0 || cell.get(..*at).is_some_and(|it| it.ends_with(char::is_whitespace));
            from <= *at && is_apart && cell.get(*at..).is_some_and(|it| after_letter(it, letter).is_some())
        };
        let Some((at, _)) = cell.char_indices().find(begins) else { break };
        starts.push(at);
        from = at + 1;
    }
    let ends = starts.iter().skip(1).copied().chain([cell.len()]);
    let parts: Vec<&str> =
        starts.iter().zip(ends).filter_map(|(from, to)| cell.get(*from..to)).map(str::trim).collect();
    if parts.is_empty() { vec![cell] } else { parts }
}

/// What stands after `A.`, `A、`, `(A)` and the like.
fn after_letter(text: &str, letter: char) -> Option<&str> {
    let text = text.strip_prefix(['(', '（']).unwrap_or(text);
    let mut rest = text.chars();
    let is_letter = rest.next().is_some_and(|it| half_width(it).to_ascii_uppercase() == letter);
    let is_mark = rest.next().is_some_and(|it| ['.', '、', ':', ')', ','].contains(&half_width(it)) || it == '．');
    (is_letter && is_mark).then(|| rest.as_str().trim())
}

/// Which options the letters name, counted from 0; nothing when one names none.
fn right_ones(answer: &str, letters: &[char]) -> Option<Vec<u8>> {
    let mut correct = Vec::new();
    for it in fold(answer).chars().filter(|it| ![',', '、', ';', '/', '|', '.', '&', '+'].contains(it)) {
        let letter = it.to_ascii_uppercase();
        correct.push(u8::try_from(letters.iter().position(|it| *it == letter)?).ok()?);
    }
    correct.sort_unstable();
    correct.dedup();
    (!correct.is_empty()).then_some(correct)
}

#[cfg(test)]
#[path = "bank_file_tests.rs"]
mod tests;
