//! A file of decisions: which application, what is decided, and why. A row names its application by number, or by the credit code of
//! the enterprise whose one application it can be. Pure.

use std::collections::{HashMap, HashSet};

use http_api::{ErrorCode, Lang};
use kernel::CreditCode;
use kernel::text::fold;
use serde::{Deserialize, Serialize};
use tables::{Cell, Form, Known, Row, Sheet, SheetFault};
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{ApplicationAct, ApplicationState};
use super::rules;

/// Rows of one file: so many are decided together by hand, too.
pub(crate) const ROWS_MOST: usize = 500;
/// How much of a cell in error is shown.
const SHOWN_CHARS: usize = 80;
/// The longest reason.
const NOTE_MOST: usize = 1_000;

const COLUMNS: &[Known] = &[
    Known { name: "number", headings: &["申请编号", "编号", "申请号", "number", "applicationnumber"] },
    Known {
        name: "credit_code", headings: &["统一社会信用代码", "社会信用代码", "信用代码", "creditcode", "uscc"]
    },
    Known { name: "decision", headings: &["决定", "审批决定", "结论", "decision"] },
    Known { name: "note", headings: &["理由", "原因", "说明", "备注", "note", "reason"] },
];
const NUMBER: usize = 0;
const CREDIT_CODE: usize = 1;
const DECISION: usize = 2;
const NOTE: usize = 3;

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a row was refused.
    pub enum DecisionFault {
        /// The cell is empty.
        Required = "required",
        /// Longer than a reason is.
        TooLong = "too_long",
        /// The spreadsheet could not compute the cell, or it holds what no text has.
        CellError = "cell_error",
        /// No credit code: its check digit says so.
        CreditCodeForm = "credit_code_form",
        /// No decision that a file can bring.
        DecisionUnknown = "decision_unknown",
        /// No application in reach has this number, or is this enterprise's.
        ApplicationUnknown = "application_unknown",
        /// The enterprise has several that it could be: the number says which.
        ApplicationAmbiguous = "application_ambiguous",
        /// A row before it is about the same application.
        Repeated = "repeated",
        /// It cannot be decided so from where it stands, or somebody else has it in review.
        State = "state",
        /// Another department decides.
        DepartmentOther = "department_other",
        /// Its site is to be visited first.
        VisitMissing = "visit_missing",
        /// A department has time left to say something.
        OpinionMissing = "opinion_missing",
        /// A department objects.
        OpinionObjects = "opinion_objects",
    }
}

/// A row about what is not in reach, or no more.
pub(crate) const UNKNOWN: Refusal = (NUMBER, DecisionFault::ApplicationUnknown);

/// What a decision that was refused is in a file; nothing for what is no refusal of a row.
pub(crate) const fn fault_of(code: ErrorCode) -> Option<(usize, DecisionFault)> {
    Some(match code {
        ErrorCode::State => (DECISION, DecisionFault::State),
        ErrorCode::DepartmentOther => (DECISION, DecisionFault::DepartmentOther),
        ErrorCode::VisitMissing => (DECISION, DecisionFault::VisitMissing),
        ErrorCode::OpinionMissing => (DECISION, DecisionFault::OpinionMissing),
        ErrorCode::OpinionObjects => (DECISION, DecisionFault::OpinionObjects),
        ErrorCode::Required => (NOTE, DecisionFault::Required),
        ErrorCode::TooLong => (NOTE, DecisionFault::TooLong),
        _ => return None,
    })
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionRefused {
    /// Its number in the sheet.
    pub line: u64,
    /// The column in error.
    pub column: String,
    /// Why.
    pub fault: DecisionFault,
    /// What stands there.
    pub text: String,
}

/// The column in error, and why.
pub(crate) type Refusal = (usize, DecisionFault);

/// A row by its number, and what it comes to.
pub(crate) type Judged<T> = (u64, Result<T, Refusal>);

/// What a row decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) line: u64,
    number: Option<String>,
    credit_code: Option<String>,
    pub(crate) act: ApplicationAct,
    pub(crate) note: Option<String>,
}

/// An application that rows may be about.
#[derive(Debug, Clone)]
pub(crate) struct Meant {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) credit_code: String,
    pub(crate) state: ApplicationState,
}

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct DecisionFile(Sheet);

/// Reads a file. Takes a moment: not for a thread that answers others.
///
/// # Errors
/// What is no table, says neither number nor credit code in its first sheet, or has too many rows.
pub(crate) fn read(bytes: &[u8]) -> Result<DecisionFile, SheetFault> {
    let sheet = Sheet::read(bytes, COLUMNS, &[], ROWS_MOST)?;
    match sheet.has(NUMBER) || sheet.has(CREDIT_CODE) {
        true => Ok(DecisionFile(sheet)),
        false => Err(SheetFault::Column("number")),
    }
}

impl DecisionFile {
    pub(crate) fn row_count(&self) -> usize {
        self.0.rows().len()
    }

    pub(crate) const fn form(&self) -> Form {
        self.0.form()
    }

    /// Its rows: what each decides, or why it cannot be read.
    pub(crate) fn said(&self) -> Vec<Judged<Said>> {
        self.0.rows().iter().map(|row| (row.line, self.said_by(row))).collect()
    }

    fn said_by(&self, row: &Row) -> Result<Said, Refusal> {
        let (number, code) = (self.text(row, NUMBER)?, self.text(row, CREDIT_CODE)?);
        if number.is_none() && code.is_none() {
            return Err((if self.0.has(NUMBER) { NUMBER } else { CREDIT_CODE }, DecisionFault::Required));
        }
        let parse = |it: String| CreditCode::parse(&it).map_err(|_| (CREDIT_CODE, DecisionFault::CreditCodeForm));
        let note = self.text(row, NOTE)?;
        if note.as_ref().is_some_and(|it| NOTE_MOST < it.chars().count()) {
            return Err((NOTE, DecisionFault::TooLong));
        }
        let act = match self.text(row, DECISION)? {
            Some(text) => decision(&text).ok_or((DECISION, DecisionFault::DecisionUnknown))?,
            None => return Err((DECISION, DecisionFault::Required)),
        };
        let credit_code = code.map(parse).transpose()?.map(|it| it.as_str().to_owned());
        Ok(Said { line: row.line, number, credit_code, act, note })
    }

    fn text(&self, row: &Row, column: usize) -> Result<Option<String>, Refusal> {
        match self.0.cell(row, column) {
            Cell::Error(_) => Err((column, DecisionFault::CellError)),
            cell => Ok(Some(cell.text().trim().to_owned()).filter(|it| !it.is_empty())),
        }
    }

    /// The row as it goes back.
    pub(crate) fn refused(&self, line: u64, (column, fault): Refusal) -> DecisionRefused {
        let row = self.0.rows().iter().find(|it| it.line == line);
        let text = row.map(|it| self.0.cell(it, column).text().chars().take(SHOWN_CHARS).collect());
        let column = COLUMNS.get(column).map_or("", |it| it.name).to_owned();
        DecisionRefused { line, column, fault, text: text.unwrap_or_default() }
    }

    /// The refused rows in the form of their file, with the column in error and the reason.
    ///
    /// # Errors
    /// What no sheet can hold.
    pub(crate) fn refused_file(&self, refused: &[DecisionRefused], lang: Lang) -> anyhow::Result<Vec<u8>> {
        let more = lang.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"]);
        let words = |it: &DecisionRefused| {
            let column = COLUMNS.iter().position(|known| known.name == it.column).unwrap_or_default();
            (it.line, [column_name(column, lang).to_owned(), reason(it.fault, lang).to_owned()])
        };
        Ok(self.0.refused(more, refused.iter().map(words))?)
    }
}

/// What rows are about: numbers and credit codes, each once.
pub(crate) fn named(said: &[Judged<Said>]) -> (Vec<String>, Vec<String>) {
    let good = || said.iter().filter_map(|it| it.1.as_ref().ok());
    let numbers: HashSet<String> = good().filter_map(|it| it.number.clone()).collect();
    let codes: HashSet<String> = good().filter_map(|it| it.credit_code.clone()).collect();
    (numbers.into_iter().collect(), codes.into_iter().collect())
}

/// Which application each row is about, of those in reach.
pub(crate) fn matched(said: Vec<Judged<Said>>, known: &[Meant]) -> Vec<Judged<(Said, Uuid)>> {
    let by_number: HashMap<&str, &Meant> = known.iter().map(|it| (it.number.as_str(), it)).collect();
    let mut seen = HashSet::new();
    let mut one = |it: Said| {
        let (id, column) = match &it.number {
            Some(number) => {
                let meant = by_number.get(number.as_str()).ok_or((NUMBER, DecisionFault::ApplicationUnknown))?;
                // A code that stands beside the number must be its enterprise's.
                let other = it.credit_code.as_ref().is_some_and(|it| *it != meant.credit_code);
                (if other { None } else { Some(meant.id) }, NUMBER)
            }
            None => (Some(of_code(&it, known)?), CREDIT_CODE),
        };
        let id = id.ok_or((CREDIT_CODE, DecisionFault::ApplicationUnknown))?;
        if seen.insert(id) { Ok((it, id)) } else { Err((column, DecisionFault::Repeated)) }
    };
    said.into_iter().map(|(line, it)| (line, it.and_then(&mut one))).collect()
}

/// Of the enterprise's applications the one that can be decided so.
fn of_code(said: &Said, known: &[Meant]) -> Result<Uuid, Refusal> {
    let its: Vec<&Meant> = known.iter().filter(|it| Some(&it.credit_code) == said.credit_code.as_ref()).collect();
    let able: Vec<&&Meant> = its.iter().filter(|it| is_able(it.state, said.act)).collect();
    match (able.as_slice(), its.as_slice()) {
        ([one], _) => Ok(one.id),
        ([], []) => Err((CREDIT_CODE, DecisionFault::ApplicationUnknown)),
        ([], _) => Err((DECISION, DecisionFault::State)),
        (_, _) => Err((CREDIT_CODE, DecisionFault::ApplicationAmbiguous)),
    }
}

/// Whether what stands there can be decided so; an approval or a refusal takes into review what nobody has.
fn is_able(state: ApplicationState, act: ApplicationAct) -> bool {
    let taken_first =
        matches!(act, ApplicationAct::Approve | ApplicationAct::Reject) && state == ApplicationState::Submitted;
    taken_first || rules::move_of(state, act).is_some()
}

/// A decision, by its code or in words.
fn decision(text: &str) -> Option<ApplicationAct> {
    Some(match fold(text).as_str() {
        "批准" | "同意" | "通过" | "准予" | "approve" => ApplicationAct::Approve,
        "不予批准" | "不批准" | "不同意" | "reject" => ApplicationAct::Reject,
        "暂停" | "停工" | "suspend" => ApplicationAct::Suspend,
        "恢复" | "reinstate" => ApplicationAct::Reinstate,
        "撤销" | "revoke" => ApplicationAct::Revoke,
        _ => return None,
    })
}

/// What a column is called.
fn column_name(column: usize, lang: Lang) -> &'static str {
    let (zh, en) = match column {
        NUMBER => ("申请编号", "number"),
        CREDIT_CODE => ("统一社会信用代码", "credit code"),
        DECISION => ("决定", "decision"),
        _ => ("理由", "reason"),
    };
    lang.pick(zh, en)
}

/// Why, and what to do. The console's dictionary does not reach a spreadsheet.
fn reason(fault: DecisionFault, lang: Lang) -> &'static str {
    let (zh, en) = match fault {
        DecisionFault::Required => ("这一格必须填写", "must be filled in"),
        DecisionFault::TooLong => ("太长，请缩短", "too long: shorten it"),
        DecisionFault::CellError => ("这一格读不出来，请重新填写", "cannot be read: type it again"),
        DecisionFault::CreditCodeForm => {
            ("不是统一社会信用代码（校验位不对），请核对", "not a credit code (its check digit is wrong): compare it")
        }
        DecisionFault::DecisionUnknown => {
            ("请填批准、不予批准、暂停、恢复或撤销", "write approve, reject, suspend, reinstate or revoke")
        }
        DecisionFault::ApplicationUnknown => ("你的范围内没有这个申请", "no such application of yours"),
        DecisionFault::ApplicationAmbiguous => {
            ("这家企业有几个申请，请填申请编号", "the enterprise has several applications: write the number")
        }
        DecisionFault::Repeated => ("前面已有同一个申请的一行", "an earlier row is about the same application"),
        DecisionFault::State => (
            "申请现在的状态不能这样决定，或别人正在审核",
            "it cannot be decided so as it stands, or somebody else reviews it",
        ),
        DecisionFault::DepartmentOther => ("由别的部门决定", "another department decides"),
        DecisionFault::VisitMissing => ("还没有现场验收", "its site has not been visited"),
        DecisionFault::OpinionMissing => ("还有部门没有答复", "a department has not answered yet"),
        DecisionFault::OpinionObjects => ("有部门不同意", "a department objects"),
    };
    lang.pick(zh, en)
}

/// An empty file with the headings.
///
/// # Errors
/// What no sheet can hold.
pub(crate) fn template(lang: Lang) -> anyhow::Result<Vec<u8>> {
    let headings = (0..COLUMNS.len()).map(|it| column_name(it, lang).to_owned()).collect();
    Ok(Form::Xlsx.write(lang.pick("决定", "Decisions"), &[headings])?)
}

#[cfg(test)]
#[path = "decision_file_tests.rs"]
mod tests;
