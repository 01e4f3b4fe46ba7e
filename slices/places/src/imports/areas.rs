//! The area tree from a file, known by its codes. Parents may stand behind their children.

use std::collections::{BTreeMap, HashMap, HashSet};

use access::{Located, Scope};
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, Instant64, Label};
use tables::{Known, Sheet};

use super::reading::differing;
use super::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, good, read_rows};
use crate::model::Area;
use crate::store::areas as store;

const CODE: usize = 0;
const NAME: usize = 1;
const VALID_FROM: usize = 2;

/// The area tree.
pub(crate) struct Areas;

/// A row, read.
struct Said {
    code: AreaCode,
    name: Label,
    valid_from: Option<Instant64>,
}

impl ImportedList for Areas {
    type Act = Area;
    const NAME: &'static str = "areas";
    const COLUMNS: &'static [Known] = &[
        Known {
            name: "code", headings: &["代码", "区域代码", "区划代码", "行政区划代码", "code", "areacode"]
        },
        Known { name: "name", headings: &["名称", "区域名称", "行政区划", "区域", "name", "areaname"] },
        Known { name: "valid_from", headings: &["启用日期", "validfrom"] },
    ];
    const NEEDED: &'static [usize] = &[CODE, NAME];
    /// A whole city's.
    const ROWS_MOST: usize = 100_000;

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(vec!["代码", "名称", "启用日期"], vec!["code", "name", "valid_from"])
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<Area>> {
        let known = store::names_in_force(&mut platform.db.reader(), now).await?;
        let said = read_rows(sheet, |cells| read(cells, scope));
        let rooted = rooted(good(&said), &known);
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| match () {
            () if !seen.insert(said.code.as_str()) => Err((CODE, ListFault::Repeated)),
            () if !rooted.contains(said.code.as_str()) => Err((CODE, ListFault::AreaParentUnknown)),
            () => Ok(judge(cells, said, known.get(said.code.as_str()), now)),
        }))
    }

    /// Of the whole tree one mark is left, that of the list: a city has tens of thousands.
    async fn land(write: &mut Write, _: &Scope, acts: Vec<Area>) -> ApiResult<Told> {
        // By code, so that parents come before their children.
        let areas: BTreeMap<String, Area> = acts.into_iter().map(|it| (it.code.as_str().to_owned(), it)).collect();
        store::upsert_all(&mut write.tx, areas.values()).await?;
        Ok(Told::new())
    }
}

fn read(cells: Cells<'_>, scope: &Scope) -> Result<Said, Refusal> {
    let code = cells.needed(CODE)?;
    let code = AreaCode::parse(&code).map_err(|_| (CODE, ListFault::AreaCodeForm))?;
    if !scope.covers(Located { area: Some(code.as_str()), ..Located::default() }) {
        return Err((CODE, ListFault::BeyondScope));
    }
    Ok(Said { code, name: cells.label(NAME)?.ok_or((NAME, ListFault::Required))?, valid_from: cells.day(VALID_FROM)? })
}

/// Codes whose parents are known, or come with the file.
fn rooted<'s>(said: impl Iterator<Item = &'s Said>, known: &HashMap<String, String>) -> HashSet<&'s str> {
    let mut codes: Vec<&AreaCode> = said.map(|it| &it.code).collect();
    codes.sort_by_key(|it| it.as_str().len());
    let mut rooted = HashSet::new();
    for code in codes {
        let parent = code.parent();
        let has = |it: &AreaCode| known.contains_key(it.as_str()) || rooted.contains(it.as_str());
        if parent.as_ref().is_none_or(has) {
            rooted.insert(code.as_str());
        }
    }
    rooted
}

fn judge(cells: &Cells<'_>, said: &Said, known: Option<&String>, now: Instant64) -> Option<(ListChange, Area)> {
    let fields = known.map(|it| differing([("name", it.as_str(), Some(said.name.as_str()))]));
    if fields.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let change = ListChange {
        line: cells.row.line,
        name: format!("{} {}", said.code.as_str(), said.name.as_str()),
        is_new: fields.is_none(),
        fields: fields.unwrap_or_default(),
    };
    let name = said.name.as_str().to_owned();
    let area = Area { code: said.code.clone(), name, valid_from: said.valid_from.unwrap_or(now), valid_until: None };
    Some((change, area))
}
