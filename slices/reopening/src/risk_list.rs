//! Levels of risk from a file, known by their areas, each with how many areas below would follow.

use std::collections::{BTreeSet, HashMap, HashSet};

use access::Scope;
use db::Condition;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, Instant64, text};
use places::lists::{
    Cells, ImportedList, Judged, ListChange, ListFault, ListFieldChange, Told, areas_in_reach, good, read_rows,
};
use serde_json::json;
use tables::{Known, Sheet};

use crate::applications::model::RiskLevel;
use crate::record;
use crate::store::risks::{self as store, LISTED};

const AREA_CODE: usize = 0;
const AREA: usize = 1;
const LEVEL: usize = 2;

/// The list of levels.
pub(crate) struct AreaRisks;

/// A level to be set.
pub(crate) struct SetRisk {
    area: AreaCode,
    level: RiskLevel,
}

/// A row, read.
struct Said {
    area: AreaCode,
    level: RiskLevel,
}

/// What rows are compared with.
struct Register<'r> {
    /// Of all areas, in order.
    codes: &'r [&'r str],
    /// As they are.
    set: &'r HashMap<String, RiskLevel>,
    /// Areas that have a level of their own once the file has landed.
    keepers: &'r BTreeSet<&'r str>,
}

impl ImportedList for AreaRisks {
    type Act = SetRisk;
    const NAME: &'static str = "area-risks";
    const COLUMNS: &'static [Known] = &[
        Known { name: "area_code", headings: &["区域代码", "区划代码", "代码", "areacode", "code"] },
        Known { name: "area", headings: &["区域", "名称", "area", "name"] },
        Known { name: "level", headings: &["风险等级", "等级", "风险", "level", "risk"] },
    ];
    const NEEDED: &'static [usize] = &[LEVEL];
    /// As many as the page shows.
    const ROWS_MOST: usize = 2_000;

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(vec!["区域代码", "区域", "风险等级"], vec!["area_code", "area", "level"])
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<SetRisk>> {
        let mut db = platform.db.reader();
        let areas = areas_in_reach(&mut db, scope, now).await?;
        let said = read_rows(sheet, |cells| {
            let area = cells.area(&areas, AREA_CODE, AREA)?.and_then(|it| AreaCode::parse(&it).ok());
            let area = area.ok_or((if cells.sheet.has(AREA_CODE) { AREA_CODE } else { AREA }, ListFault::Required))?;
            Ok(Said { area, level: level(&cells.needed(LEVEL)?).ok_or((LEVEL, ListFault::LevelUnknown))? })
        });
        let set = store::list(&mut db, Condition::always(), LISTED).await?;
        let set: HashMap<String, RiskLevel> =
            set.into_iter().filter_map(|it| Some((it.area_code, RiskLevel::parse(&it.level)?))).collect();
        let keepers = good(&said).map(|it| it.area.as_str()).chain(set.keys().map(String::as_str)).collect();
        let register = Register { codes: &areas.codes(), set: &set, keepers: &keepers };
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| match seen.insert(said.area.as_str()) {
            true => Ok(register.judge(cells, said)),
            false => Err((if cells.sheet.has(AREA_CODE) { AREA_CODE } else { AREA }, ListFault::Repeated)),
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<SetRisk>) -> ApiResult<Told> {
        let (by, now) = (scope.actor().name.clone(), write.now);
        for SetRisk { area, level } in acts {
            store::set(&mut write.tx, &area, level, &by, now).await?;
            let detail = json!({ "level": level.code() });
            record::note(&mut write.tx, scope, "area.risk", area.as_str(), detail, now).await?;
        }
        Ok(Told::new())
    }
}

/// A level, by its code or in words.
fn level(written: &str) -> Option<RiskLevel> {
    let folded = text::fold(written);
    Some(match folded.trim_end_matches("地区").trim_end_matches("风险") {
        "高" => RiskLevel::High,
        "中" => RiskLevel::Medium,
        "低" => RiskLevel::Low,
        code => return RiskLevel::parse(code),
    })
}

impl Register<'_> {
    fn judge(&self, cells: &Cells<'_>, said: &Said) -> Option<(ListChange, SetRisk)> {
        let own = self.set.get(said.area.as_str()).copied();
        if own == Some(said.level) {
            return None;
        }
        let field = |column: &str, from: String, to: String| ListFieldChange { column: column.to_owned(), from, to };
        let from = own.unwrap_or_else(|| self.followed(&said.area));
        let followers = self.followers(said.area.as_str()).to_string();
        let called = cells.sheet.cell(cells.row, AREA).text().trim().to_owned();
        let change = ListChange {
            line: cells.row.line,
            name: if called.is_empty() { said.area.as_str().to_owned() } else { called },
            is_new: own.is_none(),
            fields: vec![
                field("level", from.code().to_owned(), said.level.code().to_owned()),
                field("followers", String::new(), followers),
            ],
        };
        Some((change, SetRisk { area: said.area.clone(), level: said.level }))
    }

    /// What holds in an area without a level of its own.
    fn followed(&self, area: &AreaCode) -> RiskLevel {
        let around = std::iter::successors(area.parent(), AreaCode::parent);
        around.filter_map(|it| self.set.get(it.as_str()).copied()).next().unwrap_or(RiskLevel::Low)
    }

    /// Areas below that have no level of their own, and none between.
    fn followers(&self, area: &str) -> usize {
        let mut kept: Option<&str> = None;
        let mut follow = below(self.codes, area).len();
        // In order what lies below an area comes right after it.
        for keeper in self.keepers.range(area..).skip_while(|it| **it == area).take_while(|it| it.starts_with(area)) {
            if kept.is_none_or(|above| !keeper.starts_with(above)) {
                follow = follow.saturating_sub(below(self.codes, keeper).len() + 1);
                kept = Some(keeper);
            }
        }
        follow
    }
}

/// The codes below one of them.
fn below<'c>(codes: &'c [&'c str], area: &str) -> &'c [&'c str] {
    let from = codes.partition_point(|it| *it <= area);
    let rest = codes.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|it| it.starts_with(area))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_read_as_it_was_written() {
        for lang in [Lang::Zh, Lang::En] {
            let headings: Vec<String> = AreaRisks::headings(lang).into_iter().map(str::to_owned).collect();
            let found = tables::guess(&headings, AreaRisks::COLUMNS);
            assert_eq!(found, (0..headings.len()).map(Some).collect::<Vec<_>>(), "{headings:?}");
        }
    }

    #[test]
    fn levels_are_read_as_people_write_them() {
        let written = ["高风险", "中", " 低风险地区 ", "HIGH", "medium", "严重"];
        let read = [RiskLevel::High, RiskLevel::Medium, RiskLevel::Low, RiskLevel::High, RiskLevel::Medium];
        assert_eq!(written.map(level), [read.map(Some).as_slice(), &[None]].concat().as_slice());
    }

    #[test]
    fn who_has_a_level_of_its_own_does_not_follow_and_takes_what_is_below_along() {
        let codes = ["35", "3501", "350105", "350105001", "350105001001", "350105001002", "350105002", "350106"];
        let (set, keepers) = (HashMap::new(), BTreeSet::from(["350105", "350105001", "350105001001"]));
        let register = Register { codes: &codes, set: &set, keepers: &keepers };
        let found = ["35", "3501", "350105", "350105001", "350105001001", "350106"].map(|it| register.followers(it));
        assert_eq!(found, [2, 1, 1, 1, 0, 0]);
    }
}
