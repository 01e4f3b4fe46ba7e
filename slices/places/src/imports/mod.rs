//! Lists as files: a district's own workbook becomes rows of the register. A row is new, changes what is known, says what is
//! known already, or goes back with its reason.
//!
//! What a list takes stands in a file of its own ([`areas`], [`enterprises`], [`sites`], [`premises`], [`gates`], [`devices`],
//! [`assignments`]); how a file is tried, landed and answered is the same for all and stands in `http::imports`.

pub(crate) mod areas;
pub(crate) mod assignments;
pub(crate) mod devices;
pub(crate) mod enterprises;
pub(crate) mod gates;
mod place_book;
pub(crate) mod premises;
mod reading;
pub(crate) mod sites;

use access::Scope;
use db::Read;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, Instant64};
use serde::{Deserialize, Serialize};
use tables::{Known, Sheet};
use utoipa::ToSchema;

pub(crate) use reading::{Cells, Refusal, SaidRow, good, read_rows};

use crate::census::AreaBook;

/// Rows of one file.
pub(crate) const ROWS_MOST: usize = 20_000;

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a row was refused.
    pub enum ListFault {
        /// The cell is empty.
        Required = "required",
        /// Longer than anything of its kind.
        TooLong = "too_long",
        /// The spreadsheet could not compute the cell, or it holds what no text has.
        CellError = "cell_error",
        /// No credit code: its check digit says so.
        CreditCodeForm = "credit_code_form",
        /// No code of an area.
        AreaCodeForm = "area_code_form",
        /// The area above it is neither known nor in the file.
        AreaParentUnknown = "area_parent_unknown",
        /// No day.
        DateForm = "date_form",
        /// No area has this code or name.
        AreaUnknown = "area_unknown",
        /// Several areas have this name.
        AreaAmbiguous = "area_ambiguous",
        /// The area is none of the asker's, or what the row would change lies in one.
        BeyondScope = "beyond_scope",
        /// No code of GB/T 4754.
        IndustryForm = "industry_form",
        /// No size that is known.
        SizeUnknown = "size_unknown",
        /// No kind that is known.
        KindUnknown = "kind_unknown",
        /// No enterprise in reach has this credit code.
        EnterpriseUnknown = "enterprise_unknown",
        /// No officer in reach has this login or name.
        OfficerUnknown = "officer_unknown",
        /// Several officers have this name.
        OfficerAmbiguous = "officer_ambiguous",
        /// The officer would answer for more than one person can.
        OfficerFull = "officer_full",
        /// Nobody answers for premises as this.
        OfficerKind = "officer_kind",
        /// No premises in reach are called so.
        PremisesUnknown = "premises_unknown",
        /// Several premises are called so.
        PremisesAmbiguous = "premises_ambiguous",
        /// No degrees east or north.
        DegreesForm = "degrees_form",
        /// No site in reach is called so.
        SiteUnknown = "site_unknown",
        /// Several sites are called so.
        SiteAmbiguous = "site_ambiguous",
        /// The site has no gate of this name.
        GateUnknown = "gate_unknown",
        /// Several gates of the site are called so.
        GateAmbiguous = "gate_ambiguous",
        /// Neither in nor out nor both.
        DirectionUnknown = "direction_unknown",
        /// No whole number from 1 to 64.
        LanesForm = "lanes_form",
        /// The gate has no lane of this number.
        LaneUnknown = "lane_unknown",
        /// Neither yes nor no.
        YesNoUnknown = "yes_no_unknown",
        /// No vendor that is known.
        VendorUnknown = "vendor_unknown",
        /// No MAC address.
        MacForm = "mac_form",
        /// A row before it is about the same.
        Repeated = "repeated",
    }
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListRefused {
    /// Its number in the sheet.
    pub line: u64,
    /// The column in error.
    pub column: String,
    /// Why.
    pub fault: ListFault,
    /// What stands there.
    pub text: String,
}

/// What a row changes of one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListFieldChange {
    /// The column.
    pub column: String,
    /// As it is.
    pub from: String,
    /// As the row has it.
    pub to: String,
}

/// A row that makes or changes something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListChange {
    /// Its number in the sheet.
    pub line: u64,
    /// What it is about, as people call it.
    pub name: String,
    /// Whether it is not in the list yet.
    pub is_new: bool,
    /// What changes; empty for what is new.
    pub fields: Vec<ListFieldChange>,
}

/// A file that was compared with the list as it is.
pub(crate) struct Judged<A> {
    /// What is to be done, and how it is shown.
    pub(crate) acts: Vec<(ListChange, A)>,
    /// Rows that say what is known.
    pub(crate) unchanged: usize,
    pub(crate) refused: Vec<ListRefused>,
}

impl<A> Judged<A> {
    /// Sorts the rows of a file by what they come to: something to do, nothing, or a refusal.
    pub(crate) fn sort<'r, 's, L: ImportedList<Act = A>, S>(
        said: &'r [SaidRow<'s, S>],
        mut act: impl FnMut(&'r Cells<'s>, &'r S) -> Result<Option<(ListChange, A)>, Refusal>,
    ) -> Self {
        let mut judged = Self { acts: Vec::new(), unchanged: 0, refused: Vec::new() };
        for (cells, said) in said {
            match said.as_ref().map_err(|it| *it).and_then(|it| act(cells, it)) {
                Ok(Some(act)) => judged.acts.push(act),
                Ok(None) => judged.unchanged += 1,
                Err(refusal) => judged.refused.push(cells.refused::<L>(refusal)),
            }
        }
        judged
    }
}

/// A list that can come as a file.
pub(crate) trait ImportedList {
    /// What a row comes to.
    type Act: Send;
    /// Of the list, in its address and in the audit log.
    const NAME: &'static str;
    /// The columns, and what people write above them.
    const COLUMNS: &'static [Known];
    /// Without which nothing can be told.
    const NEEDED: &'static [usize];
    /// Rows of one file.
    const ROWS_MOST: usize = ROWS_MOST;

    /// What a column is called.
    fn headings(lang: Lang) -> Vec<&'static str>;

    /// Compares a file with the list. Few questions, whatever its length; nothing is written.
    fn judge(
        platform: &Platform,
        scope: &Scope,
        sheet: &Sheet,
        now: Instant64,
    ) -> impl Future<Output = ApiResult<Judged<Self::Act>>> + Send;

    /// Does what the rows come to, as it is done by hand: with the same marks in the audit log and the same consequences.
    fn land(write: &mut Write, scope: &Scope, acts: Vec<Self::Act>) -> impl Future<Output = ApiResult<()>> + Send;
}

/// The areas that rows may name.
pub(crate) async fn areas_in_reach(db: &mut impl Read, scope: &Scope, now: Instant64) -> ApiResult<AreaBook> {
    let names = crate::store::areas::names_in_force(db, now).await?;
    let within = |code: &str| scope.covers(access::Located { area: Some(code), ..access::Located::default() });
    Ok(AreaBook::of(names.iter().map(|(code, name)| (code.as_str(), name.as_str(), within(code)))))
}

/// An area that a cell has given.
fn area_of(code: &str) -> Option<AreaCode> {
    AreaCode::parse(code).ok()
}

/// Why, and what to do. The console's dictionary does not reach a spreadsheet.
pub(crate) fn reason(fault: ListFault, lang: Lang) -> &'static str {
    let (zh, en) = match fault {
        ListFault::Required => ("这一格必须填写", "must be filled in"),
        ListFault::TooLong => ("太长，请缩短", "too long: shorten it"),
        ListFault::CellError => ("这一格读不出来，请重新填写", "cannot be read: type it again"),
        ListFault::CreditCodeForm => {
            ("不是统一社会信用代码（校验位不对），请核对", "not a credit code (its check digit is wrong): compare it")
        }
        ListFault::AreaCodeForm => {
            ("不是区划代码，请填 2、4、6、9、12 或 15 位数字", "no code of an area: 2, 4, 6, 9, 12 or 15 digits")
        }
        ListFault::AreaParentUnknown => (
            "上级区域还没有，请先加上级，或放在同一个文件里",
            "the area above is not known: add it, or put it into the same file",
        ),
        ListFault::DateForm => ("日期看不懂，请写成 2020-03-05", "not a day: write it as 2020-03-05"),
        ListFault::AreaUnknown => ("没有这个区域，请填代码或全称", "no such area: write its code or its whole name"),
        ListFault::AreaAmbiguous => ("有几个同名的区域，请填代码", "several areas have this name: write the code"),
        ListFault::BeyondScope => ("不在你的范围内", "none of yours"),
        ListFault::IndustryForm => ("不是行业代码，请写成 C39 这样", "no industry code: write it as C39"),
        ListFault::SizeUnknown => {
            ("规模看不懂，请填规上、限上、规下或小微", "no size: above scale, above quota, below scale or micro")
        }
        ListFault::KindUnknown => ("类型看不懂，请照模板填写", "no such kind: write it as in the template"),
        ListFault::EnterpriseUnknown => ("你的范围内没有这个代码的企业", "no enterprise of yours has this code"),
        ListFault::OfficerUnknown => ("没有这个人员，请填登录名或姓名", "no such officer: write the login or the name"),
        ListFault::OfficerAmbiguous => ("有几个同名的人员，请填登录名", "several have this name: write the login"),
        ListFault::OfficerFull => ("这个人员负责的已经满了", "this officer answers for as many as one can"),
        ListFault::OfficerKind => (
            "企业专员只负责企业，请填督导员、挂点责任人或网格员",
            "an enterprise officer answers for enterprises: write supervisor, responsible official or grid worker",
        ),
        ListFault::PremisesUnknown => {
            ("你的范围内没有这个楼宇、商场或小区", "no such building, mall or compound of yours")
        }
        ListFault::PremisesAmbiguous => ("有几个同名的，请填区域", "several have this name: write the area"),
        ListFault::DegreesForm => ("不是经纬度，请写成 119.3 这样的度数", "no degrees: write them as 119.3"),
        ListFault::SiteUnknown => {
            ("你的范围内没有这个场所，请核对名称和信用代码", "no such site of yours: compare name and credit code")
        }
        ListFault::SiteAmbiguous => ("有几个同名的场所，请先改名", "several sites have this name: rename them first"),
        ListFault::GateUnknown => ("这个场所没有这个门岗", "the site has no such gate"),
        ListFault::GateAmbiguous => ("有几个同名的门岗，请先改名", "several gates have this name: rename them first"),
        ListFault::DirectionUnknown => ("方向看不懂，请填进、出或进出", "no direction: write in, out or both"),
        ListFault::LanesForm => ("不是 1 到 64 的整数", "no whole number from 1 to 64"),
        ListFault::LaneUnknown => ("这个门岗没有这个通道", "the gate has no such lane"),
        ListFault::YesNoUnknown => ("请填是或否", "write yes or no"),
        ListFault::VendorUnknown => {
            ("厂商看不懂，请照模板填写，没有的填其他", "no such vendor: write its name, or other")
        }
        ListFault::MacForm => {
            ("不是 MAC 地址，请写成 02:00:5e:10:00:31", "no MAC address: write it as 02:00:5e:10:00:31")
        }
        ListFault::Repeated => ("前面已有同一项的一行", "an earlier row is about the same"),
    };
    lang.pick(zh, en)
}
