//! The columns of a census file, and the words in which refused rows go back.

use http_api::Lang;
use tables::{Form, Known};

use super::reading::CensusFault;

/// The columns, and what people write above them.
pub(super) const COLUMNS: &[Known] = &[
    Known {
        name: "name",
        headings: &[
            "企业名称",
            "单位名称",
            "商户名称",
            "店铺名称",
            "门店名称",
            "市场主体名称",
            "名称",
            "店名",
            "字号",
            "name",
        ],
    },
    Known {
        name: "credit_code", headings: &["统一社会信用代码", "社会信用代码", "信用代码", "creditcode", "uscc"]
    },
    Known {
        name: "area",
        headings: &["社区网格", "所属网格", "网格", "所属社区", "社区", "区域", "所属区域", "grid", "area", "areacode"],
    },
    Known {
        name: "address", headings: &["经营地址", "详细地址", "生产经营地址", "地址", "住所", "address"]
    },
    Known { name: "industry", headings: &["行业", "所属行业", "行业代码", "industry"] },
    Known { name: "size_class", headings: &["规模", "企业规模", "size", "sizeclass"] },
    Known { name: "headcount", headings: &["员工人数", "从业人数", "人数", "headcount", "employees"] },
    Known { name: "contact_name", headings: &["联系人", "联系人姓名", "经营者", "contact", "contactname"] },
    Known {
        name: "contact_phone", headings: &["联系电话", "联系方式", "电话", "手机", "手机号", "phone"]
    },
    Known {
        name: "found_on", headings: &["摸排日期", "走访日期", "登记日期", "日期", "foundon", "date"]
    },
    Known { name: "found_by", headings: &["摸排人", "摸排人员", "走访人", "填报人", "foundby"] },
    Known {
        name: "premises", headings: &["楼宇商场", "所在楼宇", "楼宇", "商场", "楼宇名称", "premises", "building"]
    },
    Known { name: "note", headings: &["备注", "说明", "note", "remark"] },
    // Not a bare 类型: lists of enterprises have such a column for their legal form.
    Known {
        name: "kind", headings: &["对象类型", "摸排类型", "摸排对象", "场所类型", "楼宇类型", "kind"]
    },
];
pub(super) const NAME: usize = 0;
pub(super) const CREDIT_CODE: usize = 1;
pub(super) const AREA: usize = 2;
pub(super) const ADDRESS: usize = 3;
pub(super) const INDUSTRY: usize = 4;
pub(super) const SIZE: usize = 5;
pub(super) const HEADCOUNT: usize = 6;
pub(super) const CONTACT_NAME: usize = 7;
pub(super) const CONTACT_PHONE: usize = 8;
pub(super) const FOUND_ON: usize = 9;
pub(super) const FOUND_BY: usize = 10;
pub(super) const PREMISES: usize = 11;
pub(super) const NOTE: usize = 12;
pub(super) const KIND: usize = 13;

/// What a column is called.
pub(super) fn column_name(column: usize, lang: Lang) -> &'static str {
    let (zh, en) = match column {
        NAME => ("名称", "name"),
        CREDIT_CODE => ("统一社会信用代码", "credit code"),
        AREA => ("社区/网格", "area"),
        ADDRESS => ("地址", "address"),
        INDUSTRY => ("行业", "industry"),
        SIZE => ("规模", "size"),
        HEADCOUNT => ("人数", "headcount"),
        CONTACT_NAME => ("联系人", "contact"),
        CONTACT_PHONE => ("联系电话", "phone"),
        FOUND_ON => ("摸排日期", "found on"),
        FOUND_BY => ("摸排人", "found by"),
        PREMISES => ("楼宇/商场", "building"),
        KIND => ("对象类型", "kind"),
        _ => ("备注", "note"),
    };
    lang.pick(zh, en)
}

/// Why, and what to do. The console's dictionary does not reach a spreadsheet.
pub(super) fn reason(fault: CensusFault, lang: Lang) -> &'static str {
    let (zh, en) = match fault {
        CensusFault::Required => ("这一格必须填写", "must be filled in"),
        CensusFault::TooLong => ("太长，请缩短", "too long: shorten it"),
        CensusFault::CellError => ("这一格读不出来，请重新填写", "cannot be read: type it again"),
        CensusFault::AreaUnknown => {
            ("没有这个社区或网格，请填代码或全称", "no such area: write its code or its whole name")
        }
        CensusFault::AreaAmbiguous => {
            ("有几个同名的社区或网格，请填代码", "several areas have this name: write the code")
        }
        CensusFault::BeyondScope => ("这个社区或网格不在你的范围内", "this area is none of yours"),
        CensusFault::WordUnknown => {
            ("规模看不懂，请填规上、限上、规下或小微", "no size: above scale, above quota, below scale or micro")
        }
        CensusFault::KindUnknown => {
            ("对象类型看不懂，请填企业、楼宇、商场或小区", "no such kind: write enterprise, building, mall or compound")
        }
        CensusFault::NumberForm => ("不是人数，请填整数", "not a number of people"),
        CensusFault::PhoneForm => ("不是电话号码", "not a phone number"),
        CensusFault::DateForm => ("日期看不懂，请写成 2020-03-05", "not a day: write it as 2020-03-05"),
        CensusFault::DateFuture => ("日期还没有到", "that day has not come"),
        CensusFault::Repeated => ("前面已有一样的一行", "an earlier row says the same"),
    };
    lang.pick(zh, en)
}

/// An empty file with the headings.
///
/// # Errors
/// What no sheet can hold.
pub(crate) fn template(lang: Lang) -> anyhow::Result<Vec<u8>> {
    let headings = (0..COLUMNS.len()).map(|it| column_name(it, lang).to_owned()).collect();
    Ok(Form::Xlsx.write(lang.pick("摸排", "Census"), &[headings])?)
}
