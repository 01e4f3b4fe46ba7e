//! Enterprises from a file, known by their credit codes.

use std::collections::{HashMap, HashSet};

use access::{Grant, Located, Scope};
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, CreditCode, Instant64, Label};
use tables::{Known, Sheet};

use super::reading::differing;
use super::{
    Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, area_of, areas_in_reach, good, read_rows,
};
use crate::census::AreaBook;
use crate::http::{industry_form, note_plain};
use crate::model::{EnterpriseId, NewEnterprise, SizeClass};
use crate::store::enterprises::{self as store, RegisteredRow};
use crate::words;

const CREDIT_CODE: usize = 0;
const NAME: usize = 1;
const AREA_CODE: usize = 2;
const AREA: usize = 3;
const INDUSTRY: usize = 4;
const SIZE: usize = 5;
const ADDRESS: usize = 6;

/// The list of enterprises.
pub(crate) struct Enterprises;

/// What a row comes to.
pub(crate) enum EnterpriseAct {
    Register(NewEnterprise),
    Change { id: EnterpriseId, to: NewEnterprise, moves: bool },
}

/// A row, read.
struct Said {
    code: CreditCode,
    name: Option<Label>,
    area: Option<AreaCode>,
    industry: Option<String>,
    size: Option<SizeClass>,
    address: Option<String>,
}

impl ImportedList for Enterprises {
    type Act = EnterpriseAct;
    const NAME: &'static str = "enterprises";
    const COLUMNS: &'static [Known] = &[
        Known {
            name: "credit_code",
            headings: &["统一社会信用代码", "社会信用代码", "信用代码", "creditcode", "uscc"],
        },
        Known { name: "name", headings: &["企业名称", "单位名称", "名称", "name"] },
        Known { name: "area_code", headings: &["区域代码", "区划代码", "网格代码", "areacode"] },
        Known {
            name: "area", headings: &["区域", "所属区域", "所属网格", "网格", "社区", "街道", "area", "grid"]
        },
        Known { name: "industry", headings: &["行业代码", "行业", "所属行业", "industry"] },
        Known { name: "size_class", headings: &["规模", "企业规模", "sizeclass", "size"] },
        Known { name: "address", headings: &["地址", "经营地址", "详细地址", "address"] },
    ];
    const NEEDED: &'static [usize] = &[CREDIT_CODE];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["统一社会信用代码", "名称", "区域代码", "区域", "行业", "规模", "地址"],
            vec!["credit_code", "name", "area_code", "area", "industry", "size_class", "address"],
        )
    }

    async fn judge(
        platform: &Platform,
        scope: &Scope,
        sheet: &Sheet,
        now: Instant64,
    ) -> ApiResult<Judged<EnterpriseAct>> {
        let mut db = platform.db.reader();
        let areas = areas_in_reach(&mut db, scope, now).await?;
        let said = read_rows(sheet, |cells| read(cells, &areas));
        let codes: Vec<&str> = good(&said).map(|it| it.code.as_str()).collect();
        let known = store::by_codes(&mut db, &codes).await?;
        let known: HashMap<&str, &RegisteredRow> = known.iter().map(|it| (it.credit_code.as_str(), it)).collect();
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| match seen.insert(said.code.as_str()) {
            true => judge(cells, said, known.get(said.code.as_str()).copied(), scope),
            false => Err((CREDIT_CODE, ListFault::Repeated)),
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<EnterpriseAct>) -> ApiResult<Told> {
        let mut new = Vec::new();
        for act in acts {
            match act {
                EnterpriseAct::Register(it) => new.push((EnterpriseId::new(write.now), it)),
                EnterpriseAct::Change { id, to, moves } => {
                    store::update(&mut write.tx, scope, id, &to).await?;
                    if moves {
                        access::move_grants(&mut write.tx, &Grant::Enterprise(id.uuid()), to.area.as_str()).await?;
                    }
                    note_plain(write, scope, "enterprise.changed", id).await?;
                }
            }
        }
        let now = write.now;
        store::insert_all(&mut write.tx, &new, now).await?;
        for (id, _) in &new {
            note_plain(write, scope, "enterprise.created", id).await?;
        }
        Ok(Told::new())
    }
}

fn read(cells: Cells<'_>, areas: &AreaBook) -> Result<Said, Refusal> {
    let size = |it: String| words::size_class(&it).ok_or((SIZE, ListFault::SizeUnknown));
    let industry = |it: String| industry_form(&it).ok_or((INDUSTRY, ListFault::IndustryForm));
    Ok(Said {
        code: cells.credit_code(CREDIT_CODE)?.ok_or((CREDIT_CODE, ListFault::Required))?,
        name: cells.label(NAME)?,
        area: cells.area(areas, AREA_CODE, AREA)?.as_deref().and_then(area_of),
        industry: cells.text(INDUSTRY)?.map(industry).transpose()?,
        size: cells.text(SIZE)?.map(size).transpose()?,
        address: cells.text(ADDRESS)?,
    })
}

fn judge(
    cells: &Cells<'_>,
    said: &Said,
    known: Option<&RegisteredRow>,
    scope: &Scope,
) -> Result<Option<(ListChange, EnterpriseAct)>, Refusal> {
    let line = cells.row.line;
    let Some(known) = known else {
        let required = |column| (column, ListFault::Required);
        let new = NewEnterprise {
            name: said.name.clone().ok_or_else(|| required(NAME))?,
            credit_code: said.code.clone(),
            area: said.area.clone().ok_or_else(|| required(if cells.sheet.has(AREA) { AREA } else { AREA_CODE }))?,
            industry: said.industry.clone().ok_or_else(|| required(INDUSTRY))?,
            size_class: said.size.ok_or_else(|| required(SIZE))?,
            address: said.address.clone().unwrap_or_default(),
        };
        let shown = ListChange { line, name: new.name.as_str().to_owned(), is_new: true, fields: Vec::new() };
        return Ok(Some((shown, EnterpriseAct::Register(new))));
    };
    let id = known.id;
    if !scope.covers(Located { area: Some(&known.area_code), enterprise: Some(id), ..Located::default() }) {
        return Err((CREDIT_CODE, ListFault::BeyondScope));
    }
    let fields = differing([
        ("name", &known.name, said.name.as_ref().map(Label::as_str)),
        ("area", &known.area_code, said.area.as_ref().map(AreaCode::as_str)),
        ("industry", &known.industry, said.industry.as_deref()),
        ("size_class", &known.size_class, said.size.map(SizeClass::code)),
        ("address", &known.address, said.address.as_deref()),
    ]);
    if fields.is_empty() {
        return Ok(None);
    }
    let unreadable = |column| (column, ListFault::CellError);
    let to = NewEnterprise {
        name: said.name.clone().or_else(|| Label::parse(&known.name).ok()).ok_or_else(|| unreadable(NAME))?,
        credit_code: said.code.clone(),
        area: said.area.clone().or_else(|| area_of(&known.area_code)).ok_or_else(|| unreadable(AREA))?,
        industry: said.industry.clone().unwrap_or_else(|| known.industry.clone()),
        size_class: said.size.or_else(|| SizeClass::parse(&known.size_class)).ok_or_else(|| unreadable(SIZE))?,
        address: said.address.clone().unwrap_or_else(|| known.address.clone()),
    };
    let moves = to.area.as_str() != known.area_code;
    let shown = ListChange { line, name: known.name.clone(), is_new: false, fields };
    Ok(Some((shown, EnterpriseAct::Change { id: EnterpriseId::from_uuid(id), to, moves })))
}
