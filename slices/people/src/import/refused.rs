//! Refused rows: kept sealed, given back in the form they came in with two columns more.

use http_api::{ErrorCode, Lang};
use serde::{Deserialize, Serialize};
use tables::Row;
use vault::{DataKey, VaultError};

use super::columns::COLUMNS;
use super::row::Refusal;
use super::stored::{open_piece, seal_piece};
use crate::model::ImportId;
use crate::store::imports::Part;

/// A refused row.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RefusedRow {
    line: u64,
    cells: Vec<String>,
    column: String,
    code: ErrorCode,
}

pub(super) fn seal_refused(
    key: &DataKey,
    id: ImportId,
    seq: i64,
    rows: &[Row],
    refused: &[(usize, Refusal)],
) -> Result<Vec<u8>, VaultError> {
    let kept: Vec<RefusedRow> = refused
        .iter()
        .filter_map(|(index, refusal)| {
            let row = rows.get(*index)?;
            Some(RefusedRow {
                line: row.line,
                cells: row.cells.iter().map(|it| it.text().into_owned()).collect(),
                column: refusal.column.to_owned(),
                code: refusal.code,
            })
        })
        .collect();
    let plain = serde_json::to_vec(&kept).map_err(|_| VaultError::Broken)?;
    Ok(seal_piece(key, Part::Refused, id, seq, &plain))
}

/// The rows of one piece.
pub(crate) fn refused_rows(
    key: &DataKey,
    id: ImportId,
    seq: i64,
    sealed: &[u8],
) -> Result<Vec<RefusedRow>, VaultError> {
    let plain = open_piece(key, Part::Refused, id, seq, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
}

/// What refusals are called in a file. The console's dictionary does not reach a spreadsheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words(pub(crate) Lang);

impl Words {
    /// The two headings beside the file's own.
    pub(crate) fn headings(self) -> [&'static str; 2] {
        self.0.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"])
    }

    /// Why, and what to do.
    pub(crate) fn reason(self, code: ErrorCode) -> &'static str {
        let (zh, en) = words(code);
        self.0.pick(zh, en)
    }

    /// A known column's name as people write it.
    fn column(self, name: &str) -> &str {
        match self.0 {
            Lang::En => name,
            Lang::Zh => COLUMNS.iter().find(|it| it.name == name).and_then(|it| it.headings.first()).unwrap_or(&name),
        }
    }
}

/// The headings of a file of refused rows.
pub(crate) fn refused_headings(headings: &[String], words: Words) -> Vec<String> {
    headings.iter().cloned().chain(words.headings().map(str::to_owned)).collect()
}

impl RefusedRow {
    /// Its cells, filled up to the headings' width, then the column and the reason.
    pub(crate) fn cells(&self, width: usize, words: Words) -> Vec<&str> {
        let own = self.cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(width);
        own.chain([self.column(words), words.reason(self.code)]).collect()
    }

    fn column(&self, words: Words) -> &str {
        words.column(&self.column)
    }
}

/// The lines of one piece as CSV.
pub(crate) fn refused_csv_piece(rows: &[RefusedRow], width: usize, words: Words) -> Vec<u8> {
    tables::csv_lines(rows.iter().map(|it| it.cells(width, words)))
}

fn words(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::Required => ("这一列必须填写", "must be filled in"),
        ErrorCode::TooLong => ("内容过长，请缩短", "too long: shorten it"),
        ErrorCode::DocumentKind => {
            ("证件类型不认识，请填居民身份证、护照、港澳通行证或台湾通行证", "unknown kind of document")
        }
        ErrorCode::DocumentNumberForm => ("证件号码的位数或字符不对", "not the form of such a number"),
        ErrorCode::DocumentNumberCheck => {
            ("证件号码的校验码或出生日期不对，请对照证件", "check digit or birth date is wrong: compare the document")
        }
        ErrorCode::NumberRounded => (
            "表格把长数字变成了近似值，末几位已丢失：请把这一列设为文本格式后重新填写",
            "the spreadsheet has rounded this long number and its last digits are lost: format the column as text and \
             type it again",
        ),
        ErrorCode::PhoneForm => ("手机号应为 11 位", "not a mobile number of 11 digits nor one with a country code"),
        ErrorCode::EmployeeNoForm => ("编号最多 64 个字符，不能有空格", "at most 64 characters without spaces"),
        ErrorCode::EmployeeNoTaken => ("本场所已有在职人员使用这个工号", "somebody working here has this number"),
        ErrorCode::CardNoTaken => ("本场所已有在职人员使用这个卡号", "somebody working here has this card"),
        ErrorCode::NumberChanged => (
            "此人在本场所已有另一个工号：请在人员档案里修改，不要用导入修改",
            "she works here under another number: change it in her file, not by an import",
        ),
        ErrorCode::Repeated => ("与本文件前面的一行重复", "an earlier row of this file says the same"),
        ErrorCode::IdentityMismatch => {
            ("这个证件号码已属于另一个姓名，请核对", "this document belongs to somebody of another name: compare both")
        }
        ErrorCode::ShiftUnknown => ("本场所没有这个班次", "the site has no such shift"),
        ErrorCode::DateForm => ("日期看不懂，请写成 2026-03-02", "not a date: write 2026-03-02"),
        ErrorCode::DateFuture => ("日期还没有到，请改为今天或以前", "a day to come: today at the latest"),
        ErrorCode::DateOrder => ("结束日期早于开始日期", "it ends before it begins"),
        ErrorCode::CreditCodeForm => ("统一社会信用代码应为 18 位", "a credit code has 18 characters"),
        ErrorCode::CreditCodeCheck => ("统一社会信用代码的校验码不对", "the credit code's check character is wrong"),
        ErrorCode::WordUnknown => {
            ("填写的类别不认识，请用模板里的说法", "not one of the known words: see the template")
        }
        ErrorCode::CellError => ("单元格是公式错误，请填写数值", "the cell is a formula's error: type the value"),
        _ => ("内容不正确", "not valid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was_with_column_and_reason() {
        let row = RefusedRow {
            line: 7,
            cells: vec!["1".into(), "陈志强".into()],
            column: "phone".into(),
            code: ErrorCode::PhoneForm,
        };
        assert_eq!(row.cells(4, Words(Lang::Zh)), ["1", "陈志强", "", "", "手机号", "手机号应为 11 位"]);
        assert_eq!(row.cells(2, Words(Lang::En))[2..3], ["phone"]);
    }
}
