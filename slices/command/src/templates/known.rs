//! The names that are known, and what each stands for. `docs/templates.md` lists them; a test compares.

use http_api::Lang;
use tables::template::Value;

use super::figures::{Figures, Line};
use crate::statistics::exporting::chinese;
use crate::statistics::model::{ApplicationCounts, DayCounts, SupplyCounts};
use crate::statistics::rules::share;

/// What a name stands for.
#[derive(Clone, Copy)]
pub(crate) enum Of {
    /// Something of the report itself.
    Fact(fn(&Figures) -> Value),
    /// A count of the day.
    Count(fn(&DayCounts) -> i64),
    /// A share of the day: the count, and what it is divided by.
    Share(fn(&DayCounts) -> (i64, i64)),
    /// Applications.
    Stage(fn(&ApplicationCounts) -> i64),
    /// What names a row of a table.
    Key(fn(&Line) -> &str),
    /// Goods.
    Goods(fn(&SupplyCounts) -> i64),
}

/// A name.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub(crate) code: &'static str,
    zh: &'static str,
    pub(crate) of: Of,
}

impl Known {
    /// As the district's own people write it.
    pub(crate) fn chinese(&self) -> &'static str {
        if self.zh.is_empty() { chinese(self.code) } else { self.zh }
    }

    fn is(&self, name: &str) -> bool {
        self.code == name || self.chinese() == name || ALIASES.contains(&(name, self.code))
    }
}

/// Other names for the same.
const ALIASES: &[(&str, &str)] = &[
    ("reopening_rate", "open_rate"),
    ("headcount_on_duty", "on_duty"),
    ("area_name", "area"),
    // As the console says it.
    ("企业复工率", "open_rate"),
    ("复工企业人员占比", "headcount_rate"),
    ("日报报送率", "completeness"),
    ("进货", "received"),
];

const fn count(code: &'static str, of: fn(&DayCounts) -> i64) -> Known {
    Known { code, zh: "", of: Of::Count(of) }
}

const fn share_of(code: &'static str, zh: &'static str, of: fn(&DayCounts) -> (i64, i64)) -> Known {
    Known { code, zh, of: Of::Share(of) }
}

const fn stage(code: &'static str, zh: &'static str, of: fn(&ApplicationCounts) -> i64) -> Known {
    Known { code, zh, of: Of::Stage(of) }
}

const fn goods(code: &'static str, zh: &'static str, of: fn(&SupplyCounts) -> i64) -> Known {
    Known { code, zh, of: Of::Goods(of) }
}

const fn key(code: &'static str, zh: &'static str, of: fn(&Line) -> &str) -> Known {
    Known { code, zh, of: Of::Key(of) }
}

const fn fact(code: &'static str, zh: &'static str, of: fn(&Figures) -> Value) -> Known {
    Known { code, zh, of: Of::Fact(of) }
}

fn text(it: &str) -> Value {
    Value::Text(it.to_owned())
}

/// Of the report itself.
const FACTS: &[Known] = &[
    fact("report_day", "报告日期", |it| text(&it.day)),
    fact("report_date", "日期", |it| it.serial.map_or(Value::Empty, number)),
    fact("report_time", "填报时间", |it| text(&it.made_at)),
    fact("figures_as_of", "数据时间", |it| text(&it.as_of)),
    fact("area", "区域", |it| text(&it.area_name)),
    fact("area_code", "区域代码", |it| text(&it.area_code)),
];

/// Of the day: for a cell, and for a column of a table.
const DAY: &[Known] = &[
    count("enterprises", |it| it.enterprises),
    count("enterprises_open", |it| it.enterprises_open),
    share_of("open_rate", "复工率", |it| (it.enterprises_open, it.enterprises)),
    count("headcount", |it| it.headcount),
    count("headcount_open", |it| it.headcount_open),
    share_of("headcount_rate", "人员复工率", |it| (it.headcount_open, it.headcount)),
    count("reports_due", |it| it.reports_due),
    count("reports_filed", |it| it.reports_filed),
    share_of("completeness", "日报完整率", |it| (it.reports_filed, it.reports_due)),
    count("planned", |it| it.planned),
    count("on_duty", |it| it.on_duty),
    share_of("on_duty_rate", "到岗率", |it| (it.on_duty, it.planned)),
    count("from_affected", |it| it.from_affected),
    count("abnormal", |it| it.abnormal),
    count("isolated", |it| it.isolated),
    count("electricity_enterprises", |it| it.electricity_enterprises),
    count("electricity_kwh", |it| it.electricity_kwh),
    count("electricity_baseline_kwh", |it| it.electricity_baseline_kwh),
    share_of("electricity_index", "用电指数", |it| (it.electricity_kwh, it.electricity_baseline_kwh)),
];

/// Applications of the day of their first sending.
const STAGES: &[Known] = &[
    stage("begun", "新建申请", |it| it.begun),
    stage("submitted", "提交申请", |it| it.submitted),
    stage("returned", "退回", |it| it.returned),
    stage("inspected", "已验收", |it| it.inspected),
    stage("approved", "批准", |it| it.approved),
    stage("filed", "备案", |it| it.filed),
    stage("rejected", "不予批准", |it| it.rejected),
];

const GOODS: &[Known] = &[
    goods("reports", "填报数", |it| it.reports),
    goods("stock", "库存", |it| it.stock),
    goods("received", "入库", |it| it.received),
    goods("used", "消耗", |it| it.used),
];

const AREA_KEYS: &[Known] = &[key("area", "区域", |it| &it.name), key("area_code", "区域代码", |it| &it.code)];
const INDUSTRY_KEYS: &[Known] =
    &[key("industry", "行业", |it| &it.name), key("industry_code", "行业代码", |it| &it.code)];
const SIZE_KEYS: &[Known] = &[key("size", "规模", |it| &it.name), key("size_code", "规模代码", |it| &it.code)];
const ITEM_KEYS: &[Known] = &[key("item", "物资", |it| &it.name)];

/// Of which day, or of all days until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Day,
    Yesterday,
    Total,
}

/// A name of one cell.
#[derive(Clone, Copy)]
pub(crate) struct OfCell {
    pub(crate) known: &'static Known,
    pub(crate) when: When,
}

kernel::coded! {
    /// A table that is filled downward.
    pub enum TableKind {
        /// The areas one level below.
        Area = "by_area",
        /// Sections of industries.
        Industry = "by_industry",
        /// Size classes.
        Size = "by_size",
        /// Goods.
        Supply = "by_supply",
    }
}

impl TableKind {
    /// As the district's own people write it.
    pub(crate) const fn chinese(self) -> &'static str {
        match self {
            Self::Area => "分区域",
            Self::Industry => "分行业",
            Self::Size => "分规模",
            Self::Supply => "分物资",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL.iter().copied().find(|it| it.code() == name || it.chinese() == name)
    }

    /// The columns it can have.
    pub(crate) fn columns(self) -> impl Iterator<Item = &'static Known> {
        let (keys, counts) = match self {
            Self::Area => (AREA_KEYS, DAY),
            Self::Industry => (INDUSTRY_KEYS, DAY),
            Self::Size => (SIZE_KEYS, DAY),
            Self::Supply => (ITEM_KEYS, GOODS),
        };
        keys.iter().chain(counts)
    }

    /// The column that a heading names. A unit or remark in parentheses is no part of it.
    pub(crate) fn column(self, heading: &str) -> Option<&'static Known> {
        let heading = heading.trim().to_lowercase();
        let bare = heading.split(['(', '（']).next().unwrap_or_default().trim();
        self.columns().find(|it| it.is(&heading) || it.is(bare))
    }
}

/// The cell that a name stands for.
pub(crate) fn of_cell(name: &str) -> Option<OfCell> {
    let name = name.to_lowercase();
    let plain = FACTS.iter().chain(DAY).chain(STAGES).find(|it| it.is(&name));
    if let Some(known) = plain {
        return Some(OfCell { known, when: When::Day });
    }
    let before = |suffixes: [&str; 2]| suffixes.iter().find_map(|it| name.strip_suffix(it));
    if let Some(known) = before(["_yesterday", "_昨日"]).and_then(|name| DAY.iter().find(|it| it.is(name))) {
        return Some(OfCell { known, when: When::Yesterday });
    }
    let known = before(["_total", "_累计"]).and_then(|name| STAGES.iter().find(|it| it.is(name)))?;
    Some(OfCell { known, when: When::Total })
}

/// Every name of a cell or a table, in one language's spelling, without those of yesterday and of all days.
pub(crate) fn names(lang: Lang) -> impl Iterator<Item = &'static str> {
    let cells = FACTS.iter().chain(DAY).chain(STAGES).map(move |it| lang.pick(it.chinese(), it.code));
    cells.chain(TableKind::ALL.iter().map(move |it| lang.pick(it.chinese(), it.code())))
}

/// Names of cells: the code, how the district's people write it, and the suffix it may have.
pub(crate) fn cells() -> impl Iterator<Item = (&'static Known, Option<&'static str>)> {
    let plain = FACTS.iter().map(|it| (it, None));
    plain.chain(DAY.iter().map(|it| (it, Some("_yesterday")))).chain(STAGES.iter().map(|it| (it, Some("_total"))))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a district are far below 2^52")]
#[expect(clippy::as_conversions, reason = "as above")]
fn number(count: i64) -> Value {
    Value::Number(count as f64)
}

fn quotient((of, all): (i64, i64)) -> Value {
    share(of, all).map_or(Value::Empty, Value::Number)
}

fn of_day(of: Of, counts: Option<&DayCounts>) -> Value {
    match (of, counts) {
        (Of::Count(of), Some(counts)) => number(of(counts)),
        (Of::Share(of), Some(counts)) => quotient(of(counts)),
        _ => Value::Empty,
    }
}

impl OfCell {
    /// What goes into the cell; nothing where nothing is known.
    pub(crate) fn value(&self, figures: &Figures) -> Value {
        match (self.known.of, self.when) {
            (Of::Fact(of), _) => of(figures),
            (Of::Stage(of), When::Total) => number(of(&figures.stages_total)),
            (Of::Stage(of), _) => number(of(&figures.stages)),
            (of, When::Yesterday) => of_day(of, figures.yesterday.as_ref()),
            (of, _) => of_day(of, figures.day_counts.as_ref()),
        }
    }
}

impl Known {
    /// What goes into a row of a table.
    pub(crate) fn of_line(&self, line: &Line) -> Value {
        match self.of {
            Of::Key(of) => text(of(line)),
            Of::Goods(of) => line.goods.as_ref().map_or(Value::Empty, |it| number(of(it))),
            of => of_day(of, line.counts.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_both_spellings_with_their_suffixes() {
        let of = |name: &str| of_cell(name).map(|it| (it.known.code, it.when));
        for (name, code, when) in [
            ("Enterprises_Open", "enterprises_open", When::Day),
            ("已复工企业数", "enterprises_open", When::Day),
            ("reopening_rate", "open_rate", When::Day),
            ("headcount_on_duty", "on_duty", When::Day),
            ("on_duty_yesterday", "on_duty", When::Yesterday),
            ("复工率_昨日", "open_rate", When::Yesterday),
            ("approved_total", "approved", When::Total),
            ("批准_累计", "approved", When::Total),
        ] {
            assert_eq!(of(name), Some((code, when)), "{name}");
        }
        for name in ["", "rate", "report_day_yesterday", "enterprises_total", "approved_yesterday", "stock"] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_things() {
        for lang in [Lang::Zh, Lang::En] {
            let mut all: Vec<_> = names(lang).collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "{lang:?}");
        }
        for kind in TableKind::ALL {
            assert!(kind.columns().all(|it| kind.column(it.code).is_some_and(|found| found.code == it.code)));
            assert!(kind.columns().all(|it| kind.column(it.chinese()).is_some_and(|found| found.code == it.code)));
        }
        assert_eq!(TableKind::Area.column("复工率（%）").unwrap().code, "open_rate");
        assert!(TableKind::Supply.column("headcount").is_none());
    }

    #[test]
    fn the_page_of_names_lists_them_all() {
        let page = include_str!("../../../../docs/templates.md");
        for (known, suffix) in cells() {
            let row = format!(
                "| `{}`{} | {} |",
                known.code,
                suffix.map_or(String::new(), |it| format!(", `{it}`")),
                known.chinese()
            );
            assert!(page.contains(&row), "{row}");
        }
        for kind in TableKind::ALL {
            assert!(page.contains(&format!("| `{}` | {} |", kind.code(), kind.chinese())));
        }
    }
}
