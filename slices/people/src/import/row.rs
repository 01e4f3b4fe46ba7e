//! A row of a roster, checked. Pure.

use http_api::ErrorCode;
use kernel::{CreditCode, DocumentKind, DocumentNumber, Instant64, Label, Phone};
use tables::{Cell, Row};

use super::columns::ImportLayout;
use crate::model::{Crew, CrewRole, EmployerKind, Health, Identity, roster_number};

/// A row of the file, checked.
#[derive(Debug, Clone)]
pub(super) struct RosterRow {
    pub(super) identity: Identity,
    pub(super) employee_no: String,
    pub(super) card_no: Option<String>,
    pub(super) team: Option<String>,
    pub(super) post: Option<String>,
    pub(super) shift: Option<String>,
    pub(super) crew: Crew,
    pub(super) from: Instant64,
    pub(super) until: Option<Instant64>,
    pub(super) attested_at: Option<Instant64>,
    pub(super) left_affected_area_at: Option<Instant64>,
}

impl RosterRow {
    /// What the row says of her health.
    pub(super) fn health(&self) -> Health {
        Health {
            attested_at: self.attested_at,
            attested_well: self.attested_at.is_some(),
            left_affected_area_at: self.left_affected_area_at,
            ..Health::default()
        }
    }
}

/// Why a row was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) column: &'static str,
    pub(super) code: ErrorCode,
}

const fn refuse(column: &'static str, code: ErrorCode) -> Refusal {
    Refusal { column, code }
}

type Checked<T> = Result<T, Refusal>;

/// Reads a row by its layout.
pub(super) fn check(row: &Row, layout: &ImportLayout, now: Instant64) -> Checked<RosterRow> {
    let cells = Cells { row, layout, now };
    Ok(RosterRow {
        identity: cells.identity()?,
        employee_no: cells.needed("employee_no", number_of)?,
        card_no: cells.given("card_no", number_of)?,
        team: cells.given("team", label_of)?,
        post: cells.given("post", label_of)?,
        shift: cells.given("shift", label_of)?,
        crew: cells.crew()?,
        from: cells.date("starts_on")?.unwrap_or(now),
        until: cells.past("ends_on")?,
        attested_at: cells.past("attested_at")?,
        left_affected_area_at: cells.past("left_affected_area_on")?.map(|it| crate::rules::left_by(it, now)),
    })
}

struct Cells<'r> {
    row: &'r Row,
    layout: &'r ImportLayout,
    now: Instant64,
}

impl Cells<'_> {
    fn cell(&self, column: &'static str) -> Checked<&Cell> {
        let cell = self.layout.columns.get(column).map_or(&Cell::Empty, |at| self.row.cell(*at));
        match cell {
            Cell::Error(_) => Err(refuse(column, ErrorCode::CellError)),
            cell => Ok(cell),
        }
    }

    fn given<T>(&self, column: &'static str, read: impl Fn(&str) -> Result<T, ErrorCode>) -> Checked<Option<T>> {
        let cell = self.cell(column)?;
        match cell.is_empty() {
            true => Ok(None),
            false => read(&cell.text()).map(Some).map_err(|code| refuse(column, code)),
        }
    }

    fn needed<T>(&self, column: &'static str, read: impl Fn(&str) -> Result<T, ErrorCode>) -> Checked<T> {
        self.given(column, read)?.ok_or(refuse(column, ErrorCode::Required))
    }

    fn identity(&self) -> Checked<Identity> {
        let kind = self.given("document_kind", |it| DocumentKind::parse(it).map_err(code_of))?;
        let kind = kind.unwrap_or(DocumentKind::ResidentId);
        // A spreadsheet keeps 15 digits of a number and shows zeros for the rest: no check of ours could tell them.
        for column in ["document_number", "phone"] {
            if self.cell(column)?.is_rounded() {
                return Err(refuse(column, ErrorCode::NumberRounded));
            }
        }
        Ok(Identity {
            name: self.needed("name", |it| Label::parse(it).map_err(code_of))?,
            document: self.needed("document_number", |it| document_of(kind, it))?,
            phone: self.needed("phone", |it| Phone::parse(it).map_err(code_of))?,
        })
    }

    fn crew(&self) -> Checked<Crew> {
        Ok(Crew {
            employer_name: self.given("employer_name", label_of)?,
            employer_credit_code: self.given("employer_credit_code", |it| {
                CreditCode::parse(it).map(|it| it.as_str().to_owned()).map_err(code_of)
            })?,
            employer_kind: self.given("employer_kind", employer_kind_of)?,
            trade: self.given("trade", label_of)?,
            role: self.given("crew_role", crew_role_of)?,
        })
    }

    fn date(&self, column: &'static str) -> Checked<Option<Instant64>> {
        let cell = self.cell(column)?;
        match cell.is_empty() {
            true => Ok(None),
            false => tables::date_of(cell).map(Some).ok_or(refuse(column, ErrorCode::DateForm)),
        }
    }

    /// A day that has come: what is stated of tomorrow is not known today.
    fn past(&self, column: &'static str) -> Checked<Option<Instant64>> {
        match self.date(column)? {
            Some(at) if self.now < at => Err(refuse(column, ErrorCode::DateFuture)),
            at => Ok(at),
        }
    }
}

fn code_of(it: kernel::Invalid) -> ErrorCode {
    ErrorCode::parse(it.code).unwrap_or(ErrorCode::Invalid)
}

fn label_of(text: &str) -> Result<String, ErrorCode> {
    Label::parse(text).map(|it| it.as_str().to_owned()).map_err(code_of)
}

fn number_of(text: &str) -> Result<String, ErrorCode> {
    match tables::looks_rounded(text) {
        true => Err(ErrorCode::NumberRounded),
        false => roster_number(text).ok_or(ErrorCode::EmployeeNoForm),
    }
}

fn document_of(kind: DocumentKind, text: &str) -> Result<DocumentNumber, ErrorCode> {
    DocumentNumber::parse(kind, text).map_err(|it| match code_of(it) {
        // 18 digits whose last three are zeros and do not check: the spreadsheet's zeros, saved as text.
        ErrorCode::DocumentNumberCheck if text.trim().ends_with("000") => ErrorCode::NumberRounded,
        code => code,
    })
}

fn employer_kind_of(text: &str) -> Result<EmployerKind, ErrorCode> {
    const WORDS: &[(&str, EmployerKind)] = &[
        ("总承包", EmployerKind::GeneralContractor),
        ("总包", EmployerKind::GeneralContractor),
        ("劳务", EmployerKind::LabourSubcontractor),
        ("专业", EmployerKind::SpecialistSubcontractor),
        ("建设", EmployerKind::Owner),
        ("业主", EmployerKind::Owner),
        ("监理", EmployerKind::Supervision),
        ("勘察", EmployerKind::Design),
        ("设计", EmployerKind::Design),
        ("设备", EmployerKind::Supplier),
        ("材料", EmployerKind::Supplier),
        ("后勤", EmployerKind::Services),
        ("其他", EmployerKind::Other),
        ("其它", EmployerKind::Other),
    ];
    by_word(text, EmployerKind::parse, WORDS)
}

/// 10 and 20 are what real-name systems write for manager and worker.
fn crew_role_of(text: &str) -> Result<CrewRole, ErrorCode> {
    const WORDS: &[(&str, CrewRole)] = &[
        ("班组长", CrewRole::TeamLeader),
        ("管理", CrewRole::Manager),
        ("10", CrewRole::Manager),
        ("工人", CrewRole::Worker),
        ("作业", CrewRole::Worker),
        ("20", CrewRole::Worker),
    ];
    by_word(text, CrewRole::parse, WORDS)
}

/// A code as it is, or the first of the words that the text contains.
fn by_word<T: Copy>(text: &str, parse: fn(&str) -> Option<T>, words: &[(&str, T)]) -> Result<T, ErrorCode> {
    let folded = kernel::text::fold(text);
    let said = || words.iter().find(|(word, _)| folded.contains(word)).map(|(_, it)| *it);
    parse(&folded).or_else(said).ok_or(ErrorCode::WordUnknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::columns::COLUMNS;

    const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);
    const HEADINGS: &[&str] =
        &["工号", "姓名", "手机号", "身份证号", "班组", "健康确认日期", "退场日期", "参建单位类型"];

    fn read(cells: Vec<Cell>) -> Checked<RosterRow> {
        let headings: Vec<String> = HEADINGS.iter().map(|it| (*it).to_owned()).collect();
        let layout = ImportLayout::guessed(0, 1, &tables::guess(&headings, COLUMNS));
        check(&Row { line: 2, cells }, &layout, NOW)
    }

    fn texts(of: &[&str]) -> Vec<Cell> {
        of.iter().map(|it| Cell::text_of(it)).collect()
    }

    const GOOD: [&str; 4] = ["1024", "陈志强", "138 0000 2046", "11010519491231002x"];

    #[test]
    fn a_row_as_typed_by_hand() {
        let row = read(texts(&[&GOOD[..], &["装配二班", "2026/3/1", "", "劳务分包单位"]].concat())).unwrap();
        assert_eq!(row.employee_no, "1024");
        assert_eq!(row.identity.document.as_str(), "11010519491231002X");
        assert_eq!(row.team.as_deref(), Some("装配二班"));
        assert_eq!(row.attested_at, Instant64::parse("2026-03-01T00:00:00+08:00"));
        assert_eq!(row.crew.employer_kind, Some(EmployerKind::LabourSubcontractor));
    }

    #[test]
    fn numbers_of_a_spreadsheet_are_read_as_typed() {
        let mut cells = texts(&GOOD);
        cells[0] = Cell::Number(1024.0);
        cells[2] = Cell::Number(13_800_002_046.0);
        let row = read(cells).unwrap();
        assert_eq!(row.employee_no, "1024");
        assert_eq!(row.identity.phone.as_str(), "13800002046");
    }

    #[test]
    fn full_width_digits_are_digits() {
        let row =
            read(texts(&["１０２４", "陈志强", "１３８００００２０４６", "１１０１０５１９４９１２３１００２Ｘ"]))
                .unwrap();
        assert_eq!(row.employee_no, "1024");
        assert_eq!(row.identity.document.as_str(), "11010519491231002X");
        assert_eq!(tables::parse_date("２０２６年３月２日"), tables::parse_date("2026-03-02"));
    }

    #[test]
    fn each_refusal_names_its_column_and_why() {
        let day = |text: &'static str| [&GOOD[..], &["", text]].concat();
        let mut float = texts(&GOOD);
        float[3] = Cell::Number(110_105_194_912_310_020.0);
        let mut broken = texts(&GOOD);
        broken[1] = Cell::Error("#N/A".into());
        let left = [&GOOD[..], &["", "", "2027-01-01"]].concat();
        let cases: Vec<(Vec<Cell>, &str, ErrorCode)> = vec![
            (texts(&["", "陈志强", "13800002046", "11010519491231002X"]), "employee_no", ErrorCode::Required),
            (texts(&["1", "陈志强", "123", "11010519491231002X"]), "phone", ErrorCode::PhoneForm),
            (
                texts(&["1", "陈志强", "13800002046", "110105194912310021"]),
                "document_number",
                ErrorCode::DocumentNumberCheck,
            ),
            (texts(&["1", "陈志强", "13800002046", "110105194912310000"]), "document_number", ErrorCode::NumberRounded),
            (texts(&["1", "陈志强", "13800002046", "1.10105E+17"]), "document_number", ErrorCode::NumberRounded),
            (texts(&["1", "陈志强", "1.38E+10", "11010519491231002X"]), "phone", ErrorCode::NumberRounded),
            (float, "document_number", ErrorCode::NumberRounded),
            (broken, "name", ErrorCode::CellError),
            (texts(&day("gestern")), "attested_at", ErrorCode::DateForm),
            (texts(&day("2026-02-30")), "attested_at", ErrorCode::DateForm),
            (texts(&day("2026-12-01")), "attested_at", ErrorCode::DateFuture),
            (texts(&left), "ends_on", ErrorCode::DateFuture),
            (texts(&[&GOOD[..], &["", "", "", "朋友"]].concat()), "employer_kind", ErrorCode::WordUnknown),
        ];
        for (cells, column, code) in cases {
            assert_eq!(read(cells.clone()).unwrap_err(), refuse(column, code), "{cells:?}");
        }
    }
}
