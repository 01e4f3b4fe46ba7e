//! Sites from a file, known by their enterprises and names.

use std::collections::{HashMap, HashSet};

use access::{Located, Scope};
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, CreditCode, Instant64, Label};
use tables::{Known, Sheet};
use uuid::Uuid;

use super::place_book::reaches_site;
use super::reading::differing;
use super::{
    Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, area_of, areas_in_reach, good, read_rows,
};
use crate::census::AreaBook;
use crate::http::{note_plain, site_changed, site_moved};
use crate::model::{EnterpriseId, NewSite, SiteId, SiteKind};
use crate::officers::model::PremisesId;
use crate::store::enterprises::{self, RegisteredRow};
use crate::store::sites::{self as store, NamedSite};
use crate::words;

const NAME: usize = 0;
const ENTERPRISE: usize = 1;
const KIND: usize = 2;
const AREA_CODE: usize = 3;
const AREA: usize = 4;

/// The list of sites.
pub(crate) struct Sites;

/// What a row comes to.
pub(crate) enum SiteAct {
    Make(NewSite),
    Change { id: SiteId, to: NewSite, moves: bool },
}

/// A row, read.
struct Said {
    name: Label,
    enterprise: Option<CreditCode>,
    kind: Option<SiteKind>,
    area: Option<AreaCode>,
}

/// Whose, and what it is called.
type Key = (Option<Uuid>, String);

impl ImportedList for Sites {
    type Act = SiteAct;
    const NAME: &'static str = "sites";
    const COLUMNS: &'static [Known] = &[
        Known { name: "name", headings: &["场所名称", "厂区名称", "名称", "name"] },
        Known {
            name: "enterprise_code",
            headings: &["统一社会信用代码", "企业信用代码", "信用代码", "enterprisecode", "creditcode"],
        },
        Known { name: "kind", headings: &["场所类型", "类型", "kind"] },
        Known { name: "area_code", headings: &["区域代码", "区划代码", "网格代码", "areacode"] },
        Known {
            name: "area", headings: &["区域", "所属区域", "所属网格", "网格", "社区", "街道", "area", "grid"]
        },
    ];
    const NEEDED: &'static [usize] = &[NAME];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "统一社会信用代码", "类型", "区域代码", "区域"],
            vec!["name", "enterprise_code", "kind", "area_code", "area"],
        )
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<SiteAct>> {
        let mut db = platform.db.reader();
        let areas = areas_in_reach(&mut db, scope, now).await?;
        let said = read_rows(sheet, |cells| read(cells, &areas));
        let codes: Vec<&str> = good(&said).filter_map(|it| it.enterprise.as_ref()).map(CreditCode::as_str).collect();
        let owners = enterprises::by_codes(&mut db, &codes).await?;
        let owners: HashMap<&str, &RegisteredRow> = owners.iter().map(|it| (it.credit_code.as_str(), it)).collect();
        let ids: Vec<Uuid> = owners.values().map(|it| it.id).collect();
        let mut known = store::of_enterprises(&mut db, &ids).await?;
        let keys: Vec<String> = good(&said).filter(|it| it.enterprise.is_none()).map(|it| it.name.key()).collect();
        known.extend(store::of_nobody(&mut db, &keys).await?);
        let known: HashMap<Key, NamedSite> =
            known.into_iter().map(|it| ((it.enterprise_id, it.name_key.clone()), it)).collect();
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let (owner, reached) = owner(said, &owners, scope)?;
            let key = (owner, said.name.key());
            let site = known.get(&key);
            // Whoever reaches a site may know whose it is; of an enterprise that is registered elsewhere she knows no more.
            if !reached && !site.is_some_and(|it| reaches_site(scope, it)) {
                return Err((ENTERPRISE, ListFault::EnterpriseUnknown));
            }
            match seen.insert(key) {
                true => judge(cells, said, owner, site, scope),
                false => Err((NAME, ListFault::Repeated)),
            }
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<SiteAct>) -> ApiResult<Told> {
        let now = write.now;
        let mut new = Vec::new();
        for act in acts {
            match act {
                SiteAct::Make(it) => new.push((SiteId::new(now), it)),
                SiteAct::Change { id, to, moves } => {
                    store::update(&mut write.tx, scope, id, &to).await?;
                    note_plain(write, scope, "site.changed", id).await?;
                    if moves {
                        site_moved(write, id, to.area.as_str()).await?;
                    }
                    site_changed(write, id, "site").await?;
                }
            }
        }
        store::insert_all(&mut write.tx, &new, now).await?;
        for (id, _) in &new {
            note_plain(write, scope, "site.created", id).await?;
        }
        Ok(Told::new())
    }
}

fn read(cells: Cells<'_>, areas: &AreaBook) -> Result<Said, Refusal> {
    let kind = |it: String| words::site_kind(&it).ok_or((KIND, ListFault::KindUnknown));
    Ok(Said {
        name: cells.label(NAME)?.ok_or((NAME, ListFault::Required))?,
        enterprise: cells.credit_code(ENTERPRISE)?,
        kind: cells.text(KIND)?.map(kind).transpose()?,
        area: cells.area(areas, AREA_CODE, AREA)?.as_deref().and_then(area_of),
    })
}

/// Whose it is, nobody's where no code stands; and whether that enterprise is in reach.
fn owner(said: &Said, owners: &HashMap<&str, &RegisteredRow>, scope: &Scope) -> Result<(Option<Uuid>, bool), Refusal> {
    let Some(code) = &said.enterprise else { return Ok((None, true)) };
    let owner = owners.get(code.as_str()).ok_or((ENTERPRISE, ListFault::EnterpriseUnknown))?;
    let reached =
        scope.covers(Located { area: Some(&owner.area_code), enterprise: Some(owner.id), ..Located::default() });
    Ok((Some(owner.id), reached))
}

fn judge(
    cells: &Cells<'_>,
    said: &Said,
    owner: Option<Uuid>,
    known: Option<&NamedSite>,
    scope: &Scope,
) -> Result<Option<(ListChange, SiteAct)>, Refusal> {
    let (line, name) = (cells.row.line, said.name.as_str().to_owned());
    let enterprise = owner.map(EnterpriseId::from_uuid);
    let Some(known) = known else {
        let required = |column| (column, ListFault::Required);
        let new = NewSite {
            name: said.name.clone(),
            kind: said.kind.ok_or_else(|| required(KIND))?,
            enterprise,
            area: said.area.clone().ok_or_else(|| required(if cells.sheet.has(AREA) { AREA } else { AREA_CODE }))?,
            premises: None,
        };
        return Ok(Some((ListChange { line, name, is_new: true, fields: Vec::new() }, SiteAct::Make(new))));
    };
    if !reaches_site(scope, known) {
        return Err((NAME, ListFault::BeyondScope));
    }
    let fields = differing([
        ("kind", &known.kind, said.kind.map(SiteKind::code)),
        ("area", &known.area_code, said.area.as_ref().map(AreaCode::as_str)),
    ]);
    if fields.is_empty() {
        return Ok(None);
    }
    let unreadable = |column| (column, ListFault::CellError);
    let to = NewSite {
        name: Label::parse(&known.name).map_err(|_| unreadable(NAME))?,
        kind: said.kind.or_else(|| SiteKind::parse(&known.kind)).ok_or_else(|| unreadable(KIND))?,
        enterprise,
        area: said.area.clone().or_else(|| area_of(&known.area_code)).ok_or_else(|| unreadable(AREA))?,
        premises: known.premises_id.map(PremisesId::from_uuid),
    };
    let moves = to.area.as_str() != known.area_code;
    let act = SiteAct::Change { id: SiteId::from_uuid(known.id), to, moves };
    Ok(Some((ListChange { line, name, is_new: false, fields }, act)))
}
