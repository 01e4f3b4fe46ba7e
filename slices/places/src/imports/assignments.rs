//! Who answers for which enterprise, from a file.

use std::collections::{BTreeMap, HashMap, HashSet};

use access::{AccountId, Located, NamedOfficer, Scope};
use db::Read;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{CreditCode, Instant64};
use serde_json::json;
use tables::{Known, Sheet};
use uuid::Uuid;

use super::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, good, read_rows};
use crate::http::note;
use crate::officers::model::{OfficerKind, Target};
use crate::officers::rules::MOST_TARGETS;
use crate::officers::{self, Assigning};
use crate::store::assignments as store;
use crate::store::enterprises::{self, RegisteredRow};
use crate::words;

const OFFICER: usize = 0;
const KIND: usize = 1;
const ENTERPRISE: usize = 2;

/// The list of assignments.
pub(crate) struct Assignments;

/// That an officer answers for an enterprise from now on.
pub(crate) struct Assign {
    officer: AccountId,
    kind: OfficerKind,
    enterprise: Uuid,
}

/// A row, read.
struct Said {
    officer: String,
    kind: OfficerKind,
    enterprise: CreditCode,
}

/// What rows are compared with.
struct Register<'r> {
    officers: &'r [NamedOfficer],
    enterprises: HashMap<&'r str, &'r RegisteredRow>,
    standing: HashSet<(Uuid, OfficerKind, Uuid)>,
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
    ];
    const NEEDED: &'static [usize] = &[OFFICER, ENTERPRISE];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(vec!["登录名", "身份", "统一社会信用代码"], vec!["login", "kind", "enterprise_code"])
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<Assign>> {
        let mut db = platform.db.reader();
        let said = read_rows(sheet, read);
        let words: Vec<&str> = good(&said).map(|it| it.officer.as_str()).collect();
        let officers = access::officers_named(&mut db, scope, &words).await?;
        let codes: Vec<&str> = good(&said).map(|it| it.enterprise.as_str()).collect();
        let enterprises = enterprises::by_codes(&mut db, &codes).await?;
        let mut register = Register::of(&mut db, &officers, &enterprises, now).await?;
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let (shown, act) = register.assigning(said, scope)?;
            match seen.insert((act.officer, act.kind, act.enterprise)) {
                true => register.added(cells, shown, act),
                false => Err((ENTERPRISE, ListFault::Repeated)),
            }
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<Assign>) -> ApiResult<()> {
        let mut by_officer: BTreeMap<(AccountId, OfficerKind), Vec<Target>> = BTreeMap::new();
        for it in acts {
            by_officer.entry((it.officer, it.kind)).or_default().push(Target::Enterprise(it.enterprise));
        }
        let now = write.now;
        for ((officer, kind), targets) in by_officer {
            let assigning = Assigning { officer, kind, targets, from: now, until: None, relieve: false };
            let (_, made) = officers::assign(&mut write.tx, scope, &assigning, false, now).await?;
            let detail = json!({ "kind": kind.code(), "made": made.len() });
            note(write, scope, "assignment.created_many", officer, detail).await?;
        }
        Ok(())
    }
}

fn read(cells: Cells<'_>) -> Result<Said, Refusal> {
    let kind = |it: String| words::officer_kind(&it).ok_or((KIND, ListFault::KindUnknown));
    Ok(Said {
        officer: cells.needed(OFFICER)?,
        kind: cells.text(KIND)?.map(kind).transpose()?.unwrap_or(OfficerKind::EnterpriseOfficer),
        enterprise: cells.credit_code(ENTERPRISE)?.ok_or((ENTERPRISE, ListFault::Required))?,
    })
}

impl<'r> Register<'r> {
    async fn of(
        db: &mut impl Read,
        officers: &'r [NamedOfficer],
        enterprises: &'r [RegisteredRow],
        now: Instant64,
    ) -> ApiResult<Self> {
        let ids: Vec<Uuid> = officers.iter().map(|it| it.id.uuid()).collect();
        let standing = store::standing(db, &ids, now).await?;
        let mut has: HashMap<Uuid, usize> = HashMap::new();
        standing.iter().for_each(|it| *has.entry(it.officer).or_default() += 1);
        let enterprise = |it: &crate::officers::model::Assigned| {
            Some((it.officer, it.kind, it.target.enterprise()?)).filter(|_| it.from <= now && it.until.is_none())
        };
        Ok(Self {
            officers,
            enterprises: enterprises.iter().map(|it| (it.credit_code.as_str(), it)).collect(),
            standing: standing.iter().filter_map(enterprise).collect(),
            has,
        })
    }

    fn assigning(&self, said: &Said, scope: &Scope) -> Result<(String, Assign), Refusal> {
        let officer = self.officer(&said.officer)?;
        let covered = |it: &&&RegisteredRow| {
            scope.covers(Located { area: Some(&it.area_code), enterprise: Some(it.id), ..Located::default() })
        };
        let enterprise = self.enterprises.get(said.enterprise.as_str()).filter(covered);
        let enterprise = enterprise.ok_or((ENTERPRISE, ListFault::EnterpriseUnknown))?;
        let shown = format!("{} · {}", officer.name, enterprise.name);
        Ok((shown, Assign { officer: officer.id, kind: said.kind, enterprise: enterprise.id }))
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
        if self.standing.contains(&(act.officer.uuid(), act.kind, act.enterprise)) {
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
