//! A roster from CSV: rows become checked values, or come back with a reason. Pure; storing is in `jobs`.

use http_api::ErrorCode;
use kernel::{DocumentKind, DocumentNumber, Instant64, Label, Phone};

use crate::model::{Identity, roster_number};

/// A row of the file, checked.
#[derive(Debug, Clone)]
pub(crate) struct RosterRow {
    pub(crate) identity: Identity,
    pub(crate) employee_no: String,
    pub(crate) card_no: Option<String>,
    pub(crate) team: Option<String>,
    pub(crate) post: Option<String>,
    pub(crate) shift: Option<String>,
    pub(crate) from: Instant64,
    pub(crate) attested_at: Option<Instant64>,
    pub(crate) left_affected_area_at: Option<Instant64>,
}

/// Why a row was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) column: &'static str,
    pub(crate) code: ErrorCode,
}

/// A file that was read: its heading, and each row as text and as checked.
pub(crate) struct RosterFile {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<(Vec<String>, Result<RosterRow, Refusal>)>,
}

/// Why a whole file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// Not CSV.
    Form,
    /// A needed column is not there.
    ColumnMissing(&'static str),
    /// More rows than are held in memory at once.
    TooManyRows,
}

/// The most rows of one file.
const ROW_LIMIT: usize = 100_000;

/// The columns with their Chinese headings; the first four of a row are needed.
const COLUMNS: [(&str, &[&str]); 12] = [
    ("name", &["姓名", "name"]),
    ("document_number", &["证件号码", "证件号", "身份证号", "身份证号码", "document_number"]),
    ("phone", &["手机号", "手机", "电话", "联系电话", "phone"]),
    ("employee_no", &["工号", "employee_no"]),
    ("document_kind", &["证件类型", "document_kind"]),
    ("card_no", &["卡号", "考勤卡号", "card_no"]),
    ("team", &["班组", "部门", "team"]),
    ("post", &["岗位", "工种", "post"]),
    ("shift", &["班次", "shift"]),
    ("starts_on", &["入职日期", "进场日期", "starts_on"]),
    ("attested_at", &["健康确认日期", "attested_at"]),
    ("left_affected_area_on", &["离开疫区日期", "left_affected_area_on"]),
];
const NEEDED: usize = 4;

/// Reads the file. Bytes that are not UTF-8 are taken for GB 18030, which Chinese spreadsheets write.
pub(crate) fn read(file: &[u8], now: Instant64) -> Result<RosterFile, FileFault> {
    let text = http_api::text_of_file(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map_err(|_| FileFault::Form)?.iter().map(str::to_owned).collect();
    let mut positions = [None; COLUMNS.len()];
    for (slot, (_, names)) in positions.iter_mut().zip(COLUMNS) {
        *slot = header.iter().position(|it| names.contains(&it.trim().to_lowercase().as_str()));
    }
    let missing = COLUMNS.iter().zip(positions).take(NEEDED).find(|(_, position)| position.is_none());
    if let Some(((name, _), _)) = missing {
        return Err(FileFault::ColumnMissing(name));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| FileFault::Form)?;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if ROW_LIMIT <= rows.len() {
            return Err(FileFault::TooManyRows);
        }
        let cell = |column: &str| {
            let index = COLUMNS.iter().position(|(name, _)| *name == column)?;
            let position = positions.get(index).copied().flatten()?;
            cells.get(position).map(String::as_str).filter(|it| !it.is_empty())
        };
        let checked = check(cell, now);
        rows.push((cells, checked));
    }
    Ok(RosterFile { header, rows })
}

fn check<'r>(cell: impl Fn(&'static str) -> Option<&'r str>, now: Instant64) -> Result<RosterRow, Refusal> {
    let refuse = |column, code| Refusal { column, code };
    let code = |it: kernel::Invalid| ErrorCode::parse(it.code).unwrap_or(ErrorCode::Invalid);
    let needed = |column: &'static str| cell(column).ok_or(refuse(column, ErrorCode::Required));
    let kind = DocumentKind::parse(cell("document_kind").unwrap_or_default());
    let kind = kind.map_err(|it| refuse("document_kind", code(it)))?;
    let document = DocumentNumber::parse(kind, needed("document_number")?);
    let identity = Identity {
        name: Label::parse(needed("name")?).map_err(|it| refuse("name", code(it)))?,
        document: document.map_err(|it| refuse("document_number", code(it)))?,
        phone: Phone::parse(needed("phone")?).map_err(|it| refuse("phone", code(it)))?,
    };
    let date = |column: &'static str| match cell(column) {
        Some(text) => parse_date(text).map(Some).ok_or(refuse(column, ErrorCode::DateForm)),
        None => Ok(None),
    };
    let card_no = match cell("card_no") {
        Some(text) => Some(roster_number(text).ok_or(refuse("card_no", ErrorCode::EmployeeNoForm))?),
        None => None,
    };
    let employee_no = roster_number(needed("employee_no")?);
    let short = |column: &'static str| match cell(column) {
        Some(text) => Label::parse(text).map(|it| Some(it.as_str().to_owned())).map_err(|it| refuse(column, code(it))),
        None => Ok(None),
    };
    Ok(RosterRow {
        identity,
        employee_no: employee_no.ok_or(refuse("employee_no", ErrorCode::EmployeeNoForm))?,
        card_no,
        team: short("team")?,
        post: short("post")?,
        shift: cell("shift").map(str::to_owned),
        from: date("starts_on")?.unwrap_or(now),
        // A statement dated in the future would never run out.
        attested_at: date("attested_at")?.map(|it| it.min(now)),
        left_affected_area_at: date("left_affected_area_on")?.map(|it| it.min(now)),
    })
}

/// `2026-03-02`, `2026/3/2`, `2026.3.2`, `20260302`, or RFC 3339.
pub(crate) fn parse_date(text: &str) -> Option<Instant64> {
    let text = text.trim();
    if let Some(at) = Instant64::parse(text) {
        return Some(at);
    }
    let digits = text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit());
    let parts: Vec<&str> = match digits {
        true => vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?],
        false => text.split(['-', '/', '.', '年', '月', '日']).filter(|it| !it.is_empty()).collect(),
    };
    let [year, month, day] = parts.as_slice() else { return None };
    Instant64::parse_date(&format!("{year:0>4}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);
    const HEADER: &str = "工号,姓名,手机号,身份证号,班组,健康确认日期\n";

    fn rows(text: &str) -> Vec<Result<RosterRow, Refusal>> {
        read(text.as_bytes(), NOW).map(|it| it.rows.into_iter().map(|(_, row)| row).collect()).unwrap()
    }

    #[test]
    fn chinese_headings_in_any_order() {
        let read = rows(&format!("{HEADER}1024,陈志强,138 0000 2046,11010519491231002x,装配二班,2026/3/1\n"));
        let row = read[0].as_ref().unwrap();
        assert_eq!(row.employee_no, "1024");
        assert_eq!(row.identity.document.as_str(), "11010519491231002X");
        assert_eq!(row.team.as_deref(), Some("装配二班"));
        assert_eq!(row.attested_at, Instant64::parse("2026-03-01T00:00:00+08:00"));
    }

    #[test]
    fn gb_18030_is_read_like_utf_8() {
        let (bytes, _, _) =
            encoding_rs::GB18030.encode("工号,姓名,手机号,身份证号\n7,林芳,13800002046,11010519491231002X\n");
        let file = read(&bytes, NOW).unwrap();
        assert_eq!(file.rows[0].1.as_ref().unwrap().identity.name.as_str(), "林芳");
    }

    #[test]
    fn a_bad_row_names_its_column_and_spares_the_others() {
        let read = rows(&format!(
            "{HEADER},陈志强,13800002046,11010519491231002X,,\n1,陈志强,123,11010519491231002X,,\n\
             2,陈志强,13800002046,110105194912310021,,\n3,陈志强,13800002046,11010519491231002X,,gestern\n\
             4,陈志强,13800002046,11010519491231002X,,\n"
        ));
        let refusals: Vec<_> = read.iter().map(|it| it.as_ref().err().map(|it| (it.column, it.code))).collect();
        assert_eq!(
            refusals,
            [
                Some(("employee_no", ErrorCode::Required)),
                Some(("phone", ErrorCode::PhoneForm)),
                Some(("document_number", ErrorCode::DocumentNumberCheck)),
                Some(("attested_at", ErrorCode::DateForm)),
                None,
            ]
        );
    }

    #[test]
    fn a_missing_column_refuses_the_file_by_name() {
        assert_eq!(read("姓名,手机号\n".as_bytes(), NOW).err(), Some(FileFault::ColumnMissing("document_number")));
    }

    #[test]
    fn dates_in_every_common_form() {
        let day = Instant64::parse("2026-03-02T00:00:00+08:00");
        for text in ["2026-03-02", "2026/3/2", "2026.03.02", "20260302", "2026年3月2日"] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        assert_eq!(parse_date("3/2"), None);
    }
}
