//! What a roster's columns mean, and which of a file's columns is which.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use http_api::{ApiError, ApiResult, ErrorCode};
use serde::{Deserialize, Serialize};
use tables::{COLUMN_LIMIT, Known};
use utoipa::ToSchema;

/// The columns with what people write above them; the first [`NEEDED`] must be there.
pub(crate) const COLUMNS: &[Known] = &[
    Known { name: "name", headings: &["姓名", "员工姓名", "工人姓名", "人员姓名", "name", "fullname"] },
    Known {
        name: "document_number",
        headings: &[
            "证件号码",
            "证件号",
            "身份证号",
            "身份证号码",
            "身份证",
            "公民身份号码",
            "documentnumber",
            "idnumber",
            "idno",
            "idcard",
        ],
    },
    Known {
        name: "phone",
        headings: &["手机号", "手机号码", "手机", "联系电话", "电话", "联系方式", "电话号码", "phone", "mobile", "tel"],
    },
    Known {
        name: "employee_no",
        headings: &["工号", "员工编号", "人员编号", "职工号", "员工号", "employeeno", "employeenumber", "staffno"],
    },
    Known {
        name: "document_kind", headings: &["证件类型", "证件种类", "documentkind", "documenttype", "idtype"]
    },
    Known {
        name: "card_no", headings: &["卡号", "考勤卡号", "门禁卡号", "ic卡号", "cardno", "cardnumber", "badge"]
    },
    Known {
        name: "team", headings: &["班组", "班组名称", "所属班组", "部门", "车间", "team", "department"]
    },
    Known { name: "post", headings: &["岗位", "职务", "职位", "post", "position", "jobtitle"] },
    Known { name: "shift", headings: &["班次", "shift"] },
    Known {
        name: "starts_on",
        headings: &["入职日期", "入职时间", "进场日期", "进场时间", "startson", "startdate", "entrydate", "hiredate"],
    },
    Known {
        name: "ends_on",
        headings: &["离职日期", "离职时间", "退场日期", "退场时间", "endson", "enddate", "exitdate", "leavingdate"],
    },
    Known { name: "attested_at", headings: &["健康确认日期", "attestedat"] },
    Known { name: "left_affected_area_on", headings: &["离开疫区日期", "leftaffectedareaon"] },
    Known {
        name: "employer_name",
        headings: &[
            "参建单位",
            "参建单位名称",
            "所属企业",
            "劳务公司",
            "用工单位",
            "employername",
            "employer",
            "company",
        ],
    },
    Known {
        name: "employer_credit_code",
        headings: &["统一社会信用代码", "参建单位代码", "社会信用代码", "employercreditcode", "creditcode"],
    },
    Known { name: "employer_kind", headings: &["参建单位类型", "参建类型", "单位类型", "employerkind"] },
    Known { name: "trade", headings: &["工种", "工种名称", "trade"] },
    Known {
        name: "crew_role", headings: &["人员类型", "人员类别", "工人类型", "角色", "crewrole", "role"]
    },
];

/// How many of them a row cannot do without.
pub(crate) const NEEDED: usize = 4;

/// Which sheet, which row holds the headings, and which column is which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportLayout {
    /// The sheet's place in the workbook, from 0; 0 for CSV.
    pub(crate) sheet: usize,
    /// The row of the headings, from 1; what stands above it is left alone.
    pub(crate) line: u64,
    /// A known column's name → the place of the file's column, from 0.
    pub(crate) columns: BTreeMap<String, usize>,
}

impl ImportLayout {
    /// A layout from what was recognised.
    pub(crate) fn guessed(sheet: usize, line: u64, positions: &[Option<usize>]) -> Self {
        let named = COLUMNS.iter().zip(positions).filter_map(|(it, at)| Some((it.name.to_owned(), (*at)?)));
        Self { sheet, line, columns: named.collect() }
    }

    /// Refuses a layout that names an unknown column, lacks a needed one, or reads one column of the file twice.
    pub(crate) fn check(&self) -> ApiResult<()> {
        let unknown = |name: &String| !COLUMNS.iter().any(|it| it.name == name.as_str());
        if self.columns.keys().any(unknown) || self.columns.values().any(|it| COLUMN_LIMIT <= *it) {
            return Err(ApiError::field("columns", ErrorCode::Invalid));
        }
        if let Some(missing) = self.missing() {
            return Err(ApiError::field("columns", ErrorCode::ColumnMissing).with("column", missing));
        }
        let mut places: Vec<usize> = self.columns.values().copied().collect();
        places.sort_unstable();
        match places.windows(2).any(|it| it.first() == it.last()) {
            true => Err(ApiError::field("columns", ErrorCode::Repeated)),
            false => Ok(()),
        }
    }

    /// The first needed column that is not there.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        COLUMNS.iter().take(NEEDED).map(|it| it.name).find(|it| !self.columns.contains_key(*it))
    }
}

/// Names a kind of file: the same headings in the same order.
pub(crate) fn fingerprint(headings: &[String]) -> Vec<u8> {
    let folded: Vec<String> = headings.iter().map(|it| kernel::text::fold(it)).collect();
    digest::digest(&digest::SHA256, folded.join("\u{1f}").as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(columns: &[(&str, usize)]) -> ImportLayout {
        let columns = columns.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        ImportLayout { sheet: 0, line: 1, columns }
    }

    #[test]
    fn a_layout_names_each_needed_column_once() {
        let whole = [("name", 0), ("document_number", 1), ("phone", 2), ("employee_no", 3)];
        assert!(layout(&whole).check().is_ok());
        let code = |columns: &[(&str, usize)]| layout(columns).check().map_err(|it| it.code());
        assert_eq!(code(&whole[..3]), Err(ErrorCode::ColumnMissing));
        assert_eq!(code(&[&whole[..], &[("team", 3)]].concat()), Err(ErrorCode::Repeated));
        assert_eq!(code(&[&whole[..], &[("shoe_size", 4)]].concat()), Err(ErrorCode::Invalid));
    }

    #[test]
    fn a_construction_projects_roster_is_recognised() {
        let headings = [
            "序号",
            "参建单位名称",
            "参建单位类型",
            "统一社会信用代码",
            "班组名称",
            "姓名",
            "身份证号码",
            "手机号码",
            "工种",
            "人员类型",
            "工号",
            "进场日期",
            "退场日期",
        ];
        let headings: Vec<String> = headings.iter().map(|it| (*it).to_owned()).collect();
        let layout = ImportLayout::guessed(0, 1, &tables::guess(&headings, COLUMNS));
        assert_eq!(layout.missing(), None);
        assert_eq!(layout.columns.len(), 12, "{layout:?}");
        assert_eq!(layout.columns.get("employer_name"), Some(&1));
        assert_eq!(layout.columns.get("ends_on"), Some(&12));
    }
}
