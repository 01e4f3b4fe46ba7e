//! What people write in cells for what has a code.

use kernel::text::fold;

use crate::census::model::CensusKind;
use crate::model::{Direction, SiteKind, SizeClass, Vendor};
use crate::officers::model::{OfficerKind, PremisesKind};

/// A size, by its code or in words.
pub(crate) fn size_class(text: &str) -> Option<SizeClass> {
    let text = fold(text);
    Some(match text.as_str() {
        "规上" | "规模以上" | "大型" => SizeClass::AboveScale,
        "限上" | "限额以上" => SizeClass::AboveQuota,
        "规下" | "规模以下" | "限下" | "限额以下" | "中型" | "小型" => SizeClass::BelowScale,
        "小微" | "微型" | "个体" | "个体户" | "个体工商户" => SizeClass::Micro,
        code => return SizeClass::parse(code),
    })
}

/// A kind of site, by its code or in words.
pub(crate) fn site_kind(text: &str) -> Option<SiteKind> {
    let text = fold(text);
    Some(match text.as_str() {
        "工厂" | "厂区" | "厂房" | "车间" => SiteKind::Factory,
        "写字楼" | "办公楼" | "楼宇" | "办公区" => SiteKind::OfficeBuilding,
        "商场" | "市场" | "门店" | "商超" => SiteKind::Mall,
        "工地" | "建筑工地" | "建筑项目" | "建设项目" => SiteKind::ConstructionProject,
        "小区" | "住宅小区" => SiteKind::ResidentialCompound,
        "隔离住所" | "居家隔离" => SiteKind::QuarantineHome,
        "采样点" => SiteKind::SamplingSite,
        "卡口" | "检查点" => SiteKind::Checkpoint,
        code => return SiteKind::parse(code),
    })
}

/// A kind of premises, by its code or in words.
pub(crate) fn premises_kind(text: &str) -> Option<PremisesKind> {
    let text = fold(text);
    Some(match text.as_str() {
        "楼宇" | "写字楼" | "大厦" => PremisesKind::Building,
        "商场" | "市场" | "商超" => PremisesKind::Mall,
        "小区" | "住宅小区" => PremisesKind::Compound,
        code => return PremisesKind::parse(code),
    })
}

/// What a census found, by its code or in words.
pub(crate) fn census_kind(text: &str) -> Option<CensusKind> {
    Some(match fold(text).as_str() {
        "企业" | "单位" | "商户" | "店铺" | "门店" | "市场主体" | "个体工商户" => {
            CensusKind::Enterprise
        }
        code => premises_kind(code).map(CensusKind::from).or_else(|| CensusKind::parse(code))?,
    })
}

/// As what somebody answers for something, by its code or in words.
pub(crate) fn officer_kind(text: &str) -> Option<OfficerKind> {
    let text = fold(text);
    Some(match text.as_str() {
        "企业专员" | "专员" | "驻企专员" | "联络员" => OfficerKind::EnterpriseOfficer,
        "督导员" => OfficerKind::Supervisor,
        "挂点责任人" | "责任人" => OfficerKind::ResponsibleOfficial,
        "网格员" => OfficerKind::GridWorker,
        code => return OfficerKind::parse(code),
    })
}

/// Whether a role is that of officers, by its code or in words.
pub(crate) fn is_officer(role: &str) -> bool {
    matches!(fold(role).as_str(), "专员" | "officer") || officer_kind(role).is_some()
}

/// Which way people pass, by its code or in words.
pub(crate) fn direction(text: &str) -> Option<Direction> {
    let text = fold(text);
    Some(match text.as_str() {
        "进" | "入" | "进口" | "入口" | "进门" | "进入" | "单进" => Direction::In,
        "出" | "出口" | "出门" | "离开" | "单出" => Direction::Out,
        "进出" | "出入" | "出入口" | "进出口" | "双向" | "inandout" => Direction::Both,
        code => return Direction::parse(code),
    })
}

/// Who made a device, by the code or in words.
pub(crate) fn vendor(text: &str) -> Option<Vendor> {
    let text = fold(text);
    Some(match text.as_str() {
        "海康" | "海康威视" => Vendor::Hikvision,
        "中控" | "中控智慧" | "熵基" | "熵基科技" | "熵基(zkteco)" => Vendor::Zkteco,
        "大华" | "大华股份" => Vendor::Dahua,
        "宇视" | "宇视科技" => Vendor::Uniview,
        "复工" | "复工门端" | "fugonggate" => Vendor::Fugong,
        "其他" | "其它" => Vendor::Other,
        code => return Vendor::parse(code),
    })
}

/// Yes or no.
pub(crate) fn yes_no(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "是" | "已关闭" | "关闭" | "true" | "yes" | "y" | "1" => Some(true),
        "否" | "未关闭" | "使用中" | "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_mean_the_same() {
        assert_eq!(size_class(" 规上 "), Some(SizeClass::AboveScale));
        assert_eq!(size_class("above_scale"), Some(SizeClass::AboveScale));
        assert_eq!(size_class("huge"), None);
        assert_eq!(site_kind("工地"), SiteKind::parse("construction_project"));
        assert_eq!(site_kind("factory"), Some(SiteKind::Factory));
        assert_eq!(site_kind("castle"), None);
        assert_eq!(premises_kind("小区"), premises_kind("compound"));
        assert_eq!(premises_kind("船"), None);
        assert_eq!(
            ["商户", "大厦", "mall", "小区", "enterprise", "船"].map(census_kind),
            ["enterprise", "building", "mall", "compound", "enterprise", "ship"].map(CensusKind::parse)
        );
        assert_eq!(officer_kind("网格员"), Some(OfficerKind::GridWorker));
        assert_eq!(officer_kind("enterprise_officer"), Some(OfficerKind::EnterpriseOfficer));
        assert_eq!(
            ["进", "出", "双向", "BOTH", "上"].map(direction),
            ["in", "out", "both", "both", "up"].map(Direction::parse)
        );
        assert_eq!(vendor("海康威视"), Some(Vendor::Hikvision));
        assert_eq!(vendor("熵基（ZKTeco）"), vendor("zkteco"));
        assert_eq!(vendor("铁匠铺"), None);
        assert_eq!(["是", "FALSE", "也许"].map(yes_no), [Some(true), Some(false), None]);
    }
}
