//! The figures of a day that a report is filled with.

use db::{DbError, Read};
use http_api::{ApiResult, Lang};
use kernel::time::{DAY, HOUR};
use kernel::{AreaCode, Instant64};
use places::area_names;

use crate::http::parts_of;
use crate::statistics::exporting::size_name;
use crate::statistics::model::{ApplicationCounts, DayCounts, Dimension, SupplyCounts};
use crate::store::sums::Asked;
use crate::store::{applications, days, sums, supplies};
use crate::templates::known::TableKind;

/// Rows of a table; an area has fewer parts, an industry fewer sections.
const ROWS_MOST: i64 = 2_000;
/// Nothing was sent before.
const BEFORE_ALL: &str = "2000-01-01";
/// Days from the one that spreadsheets count from until 1970.
const SPREADSHEET_EPOCH: i64 = 25_569;

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) counts: Option<DayCounts>,
    pub(crate) goods: Option<SupplyCounts>,
}

/// What a report is filled with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    pub(crate) day: String,
    /// The day as spreadsheets count.
    pub(crate) serial: Option<i64>,
    pub(crate) made_at: String,
    pub(crate) as_of: String,
    pub(crate) area_code: String,
    pub(crate) area_name: String,
    pub(crate) day_counts: Option<DayCounts>,
    pub(crate) yesterday: Option<DayCounts>,
    pub(crate) stages: ApplicationCounts,
    pub(crate) stages_total: ApplicationCounts,
    areas: Vec<Line>,
    industries: Vec<Line>,
    sizes: Vec<Line>,
    supplies: Vec<Line>,
}

impl Figures {
    pub(crate) fn lines(&self, kind: TableKind) -> &[Line] {
        match kind {
            TableKind::Area => &self.areas,
            TableKind::Industry => &self.industries,
            TableKind::Size => &self.sizes,
            TableKind::Supply => &self.supplies,
        }
    }

    #[cfg(test)]
    pub(crate) fn with_areas(self, areas: Vec<Line>) -> Self {
        Self { areas, ..self }
    }
}

/// What is asked for.
pub(crate) struct Wanted<'a> {
    pub(crate) area: &'a AreaCode,
    pub(crate) day: &'a str,
    pub(crate) lang: Lang,
    pub(crate) now: Instant64,
}

/// The figures of an area's day; nothing when the day was not computed.
pub(crate) async fn gather(db: &mut impl Read, wanted: &Wanted<'_>) -> ApiResult<Option<Figures>> {
    let Wanted { area, day, lang, now } = *wanted;
    let Some(state) = days::states(db, day, day).await?.pop() else { return Ok(None) };
    let scope = access::system_scope("report templates");
    let midnight = Instant64::parse_date(day).unwrap_or(now);
    let before = midnight.plus(-DAY).local_date();
    let whole = vec![area.as_str().to_owned()];
    let mut figures = Figures {
        day: day.to_owned(),
        serial: Some((midnight.micros() + 8 * HOUR).div_euclid(DAY) + SPREADSHEET_EPOCH),
        made_at: minute(now),
        as_of: minute(Instant64::from_micros(state.computed_at)),
        area_code: area.as_str().to_owned(),
        area_name: area_names(db, &whole).await?.remove(area.as_str()).unwrap_or_default(),
        ..Figures::default()
    };
    let asked = Asked { areas: &whole, section: None, size: None, from: &before, until: day };
    for it in sums::series(db, &scope, &asked).await? {
        let place = if it.name == day { &mut figures.day_counts } else { &mut figures.yesterday };
        *place = Some(it.counts);
    }
    let parts = parts_of(db, whole.clone(), now).await?;
    figures.areas = table(db, &parts, day, Dimension::Area).await?;
    let names = area_names(db, &parts).await?;
    for it in &mut figures.areas {
        it.name = names.get(&it.code).cloned().unwrap_or_default();
    }
    figures.industries = table(db, &whole, day, Dimension::Industry).await?;
    figures.industries.iter_mut().for_each(|it| it.name = section_name(&it.code, lang).to_owned());
    figures.sizes = table(db, &whole, day, Dimension::Size).await?;
    figures.sizes.iter_mut().for_each(|it| it.name = size_name(&it.code, lang));
    let within = |from: &str| days::filter(Some(from), day, Some(area.subtree()), None, None);
    for it in applications::days(db, &scope, within(BEFORE_ALL)).await? {
        figures.stages_total += it.counts;
        if it.name == day {
            figures.stages = it.counts;
        }
    }
    let goods = supplies::items(db, &scope, within(day)).await?;
    let line =
        |it: crate::store::Named<SupplyCounts>| Line { name: it.name, goods: Some(it.counts), ..Line::default() };
    figures.supplies = goods.into_iter().map(line).collect();
    Ok(Some(figures))
}

async fn table(db: &mut impl Read, areas: &[String], day: &str, by: Dimension) -> Result<Vec<Line>, DbError> {
    let scope = access::system_scope("report templates");
    let asked = Asked { areas, section: None, size: None, from: day, until: day };
    let rows = sums::table(db, &scope, &asked, &[by], ROWS_MOST).await?;
    let line = |it: crate::store::OfDay<DayCounts>| {
        let code = match by {
            Dimension::Area => it.group.area,
            Dimension::Industry => it.group.section,
            Dimension::Size | Dimension::Day => it.group.size,
        };
        Line { code, counts: Some(it.counts), ..Line::default() }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// As the district reads a clock.
fn minute(at: Instant64) -> String {
    let local = at.plus(8 * HOUR).to_string();
    local.get(..16).unwrap_or_default().replace('T', " ")
}

/// Sections of GB/T 4754-2017.
fn section_name(code: &str, lang: Lang) -> &str {
    const NAMES: [(&str, &str, &str); 20] = [
        ("A", "农、林、牧、渔业", "Agriculture"),
        ("B", "采矿业", "Mining"),
        ("C", "制造业", "Manufacturing"),
        ("D", "电力、热力、燃气及水生产和供应业", "Utilities"),
        ("E", "建筑业", "Construction"),
        ("F", "批发和零售业", "Wholesale and retail"),
        ("G", "交通运输、仓储和邮政业", "Transport and storage"),
        ("H", "住宿和餐饮业", "Hotels and catering"),
        ("I", "信息传输、软件和信息技术服务业", "Information"),
        ("J", "金融业", "Finance"),
        ("K", "房地产业", "Real estate"),
        ("L", "租赁和商务服务业", "Leasing and business"),
        ("M", "科学研究和技术服务业", "Research"),
        ("N", "水利、环境和公共设施管理业", "Environment"),
        ("O", "居民服务、修理和其他服务业", "Resident services"),
        ("P", "教育", "Education"),
        ("Q", "卫生和社会工作", "Health and social work"),
        ("R", "文化、体育和娱乐业", "Culture and sport"),
        ("S", "公共管理、社会保障和社会组织", "Public administration"),
        ("T", "国际组织", "International bodies"),
    ];
    NAMES.iter().find(|it| it.0 == code).map_or(code, |it| lang.pick(it.1, it.2))
}
