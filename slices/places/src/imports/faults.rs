//! Why rows of lists go back, and what to do.

use http_api::Lang;
use utoipa::ToSchema;

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
        /// No login: 3 to 40 lower-case letters, digits, dots, hyphens, underscores.
        LoginForm = "login_form",
        /// The login is that of somebody who is no officer, or is out of reach.
        LoginTaken = "login_taken",
        /// Only officers come from a file.
        RoleOther = "role_other",
        /// The account reaches more than areas: its reach is changed by hand.
        ReachByHand = "reach_by_hand",
        /// None of the levels of risk.
        LevelUnknown = "level_unknown",
        /// No time of day.
        TimeForm = "time_form",
        /// The last day is before the first, or the end before the beginning.
        DateOrder = "date_order",
        /// Over already.
        MomentPast = "moment_past",
        /// Longer than anything of its kind may last.
        TooManyDays = "too_many_days",
        /// No mobile phone.
        PhoneForm = "phone_form",
        /// No number of a resident's identity card.
        DocumentNumberForm = "document_number_form",
        /// Its check digit says no.
        DocumentNumberCheck = "document_number_check",
        /// No number plate.
        PlateForm = "plate_form",
        /// No response covers it.
        ResponseInactive = "response_inactive",
        /// A row before it is about the same.
        Repeated = "repeated",
    }
}

/// Each in Chinese and English, with the remedy. The console's dictionary does not reach a spreadsheet.
const WORDS: &[(ListFault, &str, &str)] = &[
    (ListFault::Required, "这一格必须填写", "must be filled in"),
    (ListFault::TooLong, "太长，请缩短", "too long: shorten it"),
    (ListFault::CellError, "这一格读不出来，请重新填写", "cannot be read: type it again"),
    (
        ListFault::CreditCodeForm,
        "不是统一社会信用代码（校验位不对），请核对",
        "not a credit code (its check digit is wrong): compare it",
    ),
    (
        ListFault::AreaCodeForm,
        "不是区划代码，请填 2、4、6、9、12 或 15 位数字",
        "no code of an area: 2, 4, 6, 9, 12 or 15 digits",
    ),
    (
        ListFault::AreaParentUnknown,
        "上级区域还没有，请先加上级，或放在同一个文件里",
        "the area above is not known: add it, or put it into the same file",
    ),
    (ListFault::DateForm, "日期看不懂，请写成 2020-03-05", "not a day: write it as 2020-03-05"),
    (ListFault::AreaUnknown, "没有这个区域，请填代码或全称", "no such area: write its code or its whole name"),
    (ListFault::AreaAmbiguous, "有几个同名的区域，请填代码", "several areas have this name: write the code"),
    (ListFault::BeyondScope, "不在你的范围内", "none of yours"),
    (ListFault::IndustryForm, "不是行业代码，请写成 C39 这样", "no industry code: write it as C39"),
    (
        ListFault::SizeUnknown,
        "规模看不懂，请填规上、限上、规下或小微",
        "no size: above scale, above quota, below scale or micro",
    ),
    (ListFault::KindUnknown, "类型看不懂，请照模板填写", "no such kind: write it as in the template"),
    (ListFault::EnterpriseUnknown, "你的范围内没有这个代码的企业", "no enterprise of yours has this code"),
    (ListFault::OfficerUnknown, "没有这个人员，请填登录名或姓名", "no such officer: write the login or the name"),
    (ListFault::OfficerAmbiguous, "有几个同名的人员，请填登录名", "several have this name: write the login"),
    (ListFault::OfficerFull, "这个人员负责的已经满了", "this officer answers for as many as one can"),
    (
        ListFault::OfficerKind,
        "企业专员只负责企业，请填督导员、挂点责任人或网格员",
        "an enterprise officer answers for enterprises: write supervisor, responsible official or grid worker",
    ),
    (ListFault::PremisesUnknown, "你的范围内没有这个楼宇、商场或小区", "no such building, mall or compound of yours"),
    (ListFault::PremisesAmbiguous, "有几个同名的，请填区域", "several have this name: write the area"),
    (ListFault::DegreesForm, "不是经纬度，请写成 119.3 这样的度数", "no degrees: write them as 119.3"),
    (
        ListFault::SiteUnknown,
        "你的范围内没有这个场所，请核对名称和信用代码",
        "no such site of yours: compare name and credit code",
    ),
    (ListFault::SiteAmbiguous, "有几个同名的场所，请先改名", "several sites have this name: rename them first"),
    (ListFault::GateUnknown, "这个场所没有这个门岗", "the site has no such gate"),
    (ListFault::GateAmbiguous, "有几个同名的门岗，请先改名", "several gates have this name: rename them first"),
    (ListFault::DirectionUnknown, "方向看不懂，请填进、出或进出", "no direction: write in, out or both"),
    (ListFault::LanesForm, "不是 1 到 64 的整数", "no whole number from 1 to 64"),
    (ListFault::LaneUnknown, "这个门岗没有这个通道", "the gate has no such lane"),
    (ListFault::YesNoUnknown, "请填是或否", "write yes or no"),
    (ListFault::VendorUnknown, "厂商看不懂，请照模板填写，没有的填其他", "no such vendor: write its name, or other"),
    (ListFault::MacForm, "不是 MAC 地址，请写成 02:00:5e:10:00:31", "no MAC address: write it as 02:00:5e:10:00:31"),
    (
        ListFault::LoginForm,
        "登录名是 3 到 40 个小写字母、数字、点、横线或下划线",
        "a login is 3 to 40 lower-case letters, digits, dots, hyphens or underscores",
    ),
    (
        ListFault::LoginTaken,
        "这个登录名已被别的账号使用（不是专员，或不在你的范围内），请换一个",
        "somebody else has this login (no officer, or none of yours): choose another",
    ),
    (
        ListFault::RoleOther,
        "从文件只能邀请专员；其他角色请在“账号”里逐个邀请",
        "only officers come from a file: invite others one by one under accounts",
    ),
    (
        ListFault::ReachByHand,
        "这个账号的范围不只是区域，请在“账号”里修改",
        "this account reaches more than areas: change it under accounts",
    ),
    (ListFault::LevelUnknown, "等级看不懂，请填高、中或低", "no level: write high, medium or low"),
    (ListFault::TimeForm, "时间看不懂，请写成 9:30", "no time of day: write it as 9:30"),
    (ListFault::DateOrder, "结束在开始之前，请核对", "ends before it begins: compare both"),
    (ListFault::MomentPast, "已经过去了，请改日期", "over already: write another day"),
    (ListFault::TooManyDays, "一次最多 14 天，请缩短", "at most 14 days at once: shorten it"),
    (ListFault::PhoneForm, "不是手机号，请填 11 位手机号", "no mobile phone: write its 11 digits"),
    (ListFault::DocumentNumberForm, "不是 18 位身份证号，请核对证件", "no number of 18 digits: look at the card"),
    (
        ListFault::DocumentNumberCheck,
        "校验位不对，有一位写错了，请核对证件",
        "its check digit says that one digit is wrong: look at the card",
    ),
    (ListFault::PlateForm, "不是车牌号，请写成 闽A12345", "no number plate: write it as 闽A12345"),
    (
        ListFault::ResponseInactive,
        "这里没有生效的应急响应，不能登记访客",
        "no response is active there: nobody may be announced",
    ),
    (ListFault::Repeated, "前面已有同一项的一行", "an earlier row is about the same"),
];

/// Why, and what to do.
pub(crate) fn reason(fault: ListFault, lang: Lang) -> &'static str {
    let words = WORDS.iter().find(|it| it.0 == fault);
    words.map_or(fault.code(), |(_, zh, en)| lang.pick(*zh, *en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_said_once_in_both_languages() {
        let said: Vec<ListFault> = WORDS.iter().map(|it| it.0).collect();
        assert_eq!(said, ListFault::ALL);
    }
}
