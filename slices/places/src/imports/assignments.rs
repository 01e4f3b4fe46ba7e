//! Who answers for what, from a file: for an enterprise by its code, for premises by their name and area.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use access::{AccountId, Located, NamedOfficer, Scope};
use db::Read;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{CreditCode, Instant64, Label};
use serde_json::json;
use tables::{Known, Sheet};
use uuid::Uuid;

use super::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, areas_in_reach, good, read_rows};
use crate::census::AreaBook;
use crate::http::note;
use crate::officers::model::{OfficerKind, Target};
use crate::officers::rules::{MOST_TARGETS, kind_fits};
use crate::officers::{self, Assigning};
use crate::store::assignments as store;
use crate::store::enterprises::{self, RegisteredRow};
use crate::store::premises::{self, PremisesRow};
use crate::words;

const OFFICER: usize = 0;
const KIND: usize = 1;
const ENTERPRISE: usize = 2;
const TARGET: usize = 3;
const AREA: usize = 4;

/// The list of assignments.
pub(crate) struct Assignments;

/// That an officer answers for something from now on.
pub(crate) struct Assign {
    officer: AccountId,
    kind: OfficerKind,
    target: Target,
}

/// A row, read.
struct Said {
    officer: String,
    kind: OfficerKind,
    target: SaidTarget,
}

/// What it is about. Premises have no code: their name tells them, and their area where several are called so.
enum SaidTarget {
    Enterprise(CreditCode),
    Premises { name: Label, area: Option<String> },
}

/// What rows are compared with.
struct Register<'r> {
    officers: &'r [NamedOfficer],
    enterprises: HashMap<&'r str, &'r RegisteredRow>,
    premises: HashMap<&'r str, Vec<&'r PremisesRow>>,
    standing: HashSet<(Uuid, OfficerKind, Target)>,
    /// How much each answers for, with what the rows before add.
    has: HashMap<Uuid, usize>,
}

impl ImportedList for Assignments {
    type Act = Assign;
    const NAME: &'static str = "assignments";
    const COLUMNS: &'static [Known] = &[
        Known { name: "officer", headings: &["登录名", "人员", "专员", "姓名", "officer", "login"] },
        Known { name: "kind", headings: &["身份", "kind"] },
        Known {
            name: "enterprise_code",
            headings: &["统一社会信用代码", "企业信用代码", "信用代码", "enterprisecode", "creditcode"],
        },
        Known {
            name: "target",
            headings: &["负责", "楼宇名称", "小区名称", "商场名称", "楼宇小区", "target", "premises"],
        },
        Known { name: "area", headings: &["区域", "区域代码", "所属区域", "网格", "area", "areacode"] },
    ];
    const NEEDED: &'static [usize] = &[OFFICER];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["登录名", "身份", "统一社会信用代码", "楼宇小区", "区域"],
            vec!["login", "kind", "enterprise_code", "premises", "area"],
        )
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<Assign>> {
        let mut db = platform.db.reader();
        let areas = areas_in_reach(&mut db, scope, now).await?;
        let said = read_rows(sheet, |cells| read(cells, &areas));
        let words: Vec<&str> = good(&said).map(|it| it.officer.as_str()).collect();
        let officers = access::officers_named(&mut db, scope, &words).await?;
        let codes: Vec<&str> = good(&said).filter_map(|it| Some(it.target.code()?.as_str())).collect();
        let enterprises = enterprises::by_codes(&mut db, &codes).await?;
        let names: BTreeSet<String> = good(&said).filter_map(|it| Some(it.target.name()?.key())).collect();
        let names: Vec<String> = names.into_iter().collect();
        let premises = premises::named(&mut db, scope, &names).await?;
        let mut register = Register::of(&mut db, (&officers, &enterprises, &premises), now).await?;
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let (shown, act) = register.assigning(said, scope)?;
            match seen.insert((act.officer, act.kind, act.target)) {
                true => register.added(cells, shown, act),
                false => Err((said.target.column(), ListFault::Repeated)),
            }
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<Assign>) -> ApiResult<Told> {
        let mut by_officer: BTreeMap<(AccountId, OfficerKind), Vec<Target>> = BTreeMap::new();
        for it in acts {
            by_officer.entry((it.officer, it.kind)).or_default().push(it.target);
        }
        let now = write.now;
        for ((officer, kind), targets) in by_officer {
            let assigning = Assigning { officer, kind, targets, from: now, until: None, relieve: false };
            let (_, made) = officers::assign(&mut write.tx, scope, &assigning, false, now).await?;
            let detail = json!({ "kind": kind.code(), "made": made.len() });
            note(write, scope, "assignment.created_many", officer, detail).await?;
        }
        Ok(Told::new())
    }
}

impl SaidTarget {
    /// Only what has no code is looked for by its name: the name of an enterprise may stand in the same column.
    fn read(cells: Cells<'_>, areas: &AreaBook) -> Result<Self, Refusal> {
        if let Some(code) = cells.credit_code(ENTERPRISE)? {
            return Ok(Self::Enterprise(code));
        }
        match cells.label(TARGET)? {
            Some(name) => Ok(Self::Premises { name, area: cells.area(areas, AREA, AREA)? }),
            None => Err((ENTERPRISE, ListFault::Required)),
        }
    }

    const fn code(&self) -> Option<&CreditCode> {
        match self {
            Self::Enterprise(code) => Some(code),
            Self::Premises { .. } => None,
        }
    }

    const fn name(&self) -> Option<&Label> {
        match self {
            Self::Enterprise(_) => None,
            Self::Premises { name, .. } => Some(name),
        }
    }

    /// Where it stands in a row.
    const fn column(&self) -> usize {
        match self {
            Self::Enterprise(_) => ENTERPRISE,
            Self::Premises { .. } => TARGET,
        }
    }
}

fn read(cells: Cells<'_>, areas: &AreaBook) -> Result<Said, Refusal> {
    let officer = cells.needed(OFFICER)?;
    let target = SaidTarget::read(cells, areas)?;
    let kind = match (cells.text(KIND)?, &target) {
        (Some(it), _) => words::officer_kind(&it).ok_or((KIND, ListFault::KindUnknown))?,
        (None, SaidTarget::Enterprise(_)) => OfficerKind::EnterpriseOfficer,
        (None, SaidTarget::Premises { .. }) => return Err((KIND, ListFault::Required)),
    };
    Ok(Said { officer, kind, target })
}

impl<'r> Register<'r> {
    async fn of(
        db: &mut impl Read,
        (officers, enterprises, premises): (&'r [NamedOfficer], &'r [RegisteredRow], &'r [PremisesRow]),
        now: Instant64,
    ) -> ApiResult<Self> {
        let ids: Vec<Uuid> = officers.iter().map(|it| it.id.uuid()).collect();
        let standing = store::standing(db, &ids, now).await?;
        let mut has: HashMap<Uuid, usize> = HashMap::new();
        standing.iter().for_each(|it| *has.entry(it.officer).or_default() += 1);
        let in_force = standing.iter().filter(|it| it.from <= now && it.until.is_none());
        let mut named: HashMap<&str, Vec<&PremisesRow>> = HashMap::new();
        premises.iter().for_each(|it| named.entry(it.name_key.as_str()).or_default().push(it));
        Ok(Self {
            officers,
            enterprises: enterprises.iter().map(|it| (it.credit_code.as_str(), it)).collect(),
            premises: named,
            standing: in_force.map(|it| (it.officer, it.kind, it.target)).collect(),
            has,
        })
    }

    fn assigning(&self, said: &Said, scope: &Scope) -> Result<(String, Assign), Refusal> {
        let officer = self.officer(&said.officer)?;
        let (name, target) = match &said.target {
            SaidTarget::Enterprise(code) => self.enterprise(code, scope)?,
            SaidTarget::Premises { name, area } => self.premises(name, area.as_deref())?,
        };
        if !kind_fits(said.kind, target) {
            return Err((KIND, ListFault::OfficerKind));
        }
        Ok((format!("{} · {name}", officer.name), Assign { officer: officer.id, kind: said.kind, target }))
    }

    fn enterprise(&self, code: &CreditCode, scope: &Scope) -> Result<(&'r str, Target), Refusal> {
        let covered = |it: &&&RegisteredRow| {
            scope.covers(Located { area: Some(&it.area_code), enterprise: Some(it.id), ..Located::default() })
        };
        let enterprise = self.enterprises.get(code.as_str()).filter(covered);
        let enterprise = enterprise.ok_or((ENTERPRISE, ListFault::EnterpriseUnknown))?;
        Ok((&enterprise.name, Target::Enterprise(enterprise.id)))
    }

    /// All that were read are in reach.
    fn premises(&self, name: &Label, area: Option<&str>) -> Result<(&'r str, Target), Refusal> {
        let key = name.key();
        let named = self.premises.get(key.as_str()).into_iter().flatten();
        let mut there = named.filter(|it| area.is_none_or(|area| it.area_code == area));
        match (there.next(), there.next()) {
            (Some(it), None) => Ok((&it.name, Target::Premises(it.id))),
            (Some(_), Some(_)) => Err((TARGET, ListFault::PremisesAmbiguous)),
            (None, _) => Err((TARGET, ListFault::PremisesUnknown)),
        }
    }

    /// By login, which one has alone; else by name.
    fn officer(&self, text: &str) -> Result<&'r NamedOfficer, Refusal> {
        if let Some(it) = self.officers.iter().find(|it| it.login == text) {
            return Ok(it);
        }
        let mut named = self.officers.iter().filter(|it| it.name == text);
        match (named.next(), named.next()) {
            (Some(it), None) => Ok(it),
            (Some(_), Some(_)) => Err((OFFICER, ListFault::OfficerAmbiguous)),
            (None, _) => Err((OFFICER, ListFault::OfficerUnknown)),
        }
    }

    fn added(&mut self, cells: &Cells<'_>, name: String, act: Assign) -> Result<Option<(ListChange, Assign)>, Refusal> {
        if self.standing.contains(&(act.officer.uuid(), act.kind, act.target)) {
            return Ok(None);
        }
        let has = self.has.entry(act.officer.uuid()).or_default();
        if MOST_TARGETS <= *has {
            return Err((OFFICER, ListFault::OfficerFull));
        }
        *has += 1;
        Ok(Some((ListChange { line: cells.row.line, name, is_new: true, fields: Vec::new() }, act)))
    }
}
