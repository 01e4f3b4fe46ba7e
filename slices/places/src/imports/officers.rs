//! Officers from a file, known by their logins: who is new is invited, as by hand.

use std::collections::{BTreeSet, HashMap, HashSet};

use access::{Account, AccountId, AccountPatch, Grant, KnownLogins, NewAccount, Role, Scope};
use http_api::{ApiResult, Lang, Platform, Write, change_account, invite_account, make_account, prepare_invitations};
use kernel::{Instant64, Label};
use tables::{Known, Sheet};

use super::reading::{area_named, differing};
use super::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, area_of, book_of, good, read_rows};
use crate::census::AreaBook;
use crate::store::areas;
use crate::words;

const LOGIN: usize = 0;
const NAME: usize = 1;
const AREA_CODE: usize = 2;
const AREA: usize = 3;
const ROLE: usize = 4;

/// Between several areas of one officer; lists that are exported write the first.
const BETWEEN: [char; 5] = ['、', ';', '；', ',', '，'];

/// The list of officers.
pub(crate) struct Officers;

/// What a row comes to.
pub(crate) enum OfficerAct {
    Invite { line: u64, new: NewAccount },
    Change(AccountId, AccountPatch),
}

/// A row, read.
struct Said {
    login: String,
    name: Option<Label>,
    /// The areas as they are written, and in which column.
    reach: Option<(usize, String)>,
}

/// What rows are compared with.
struct Register<'r> {
    known: &'r KnownLogins,
    areas: &'r AreaBook,
    names: &'r HashMap<String, String>,
}

impl ImportedList for Officers {
    type Act = OfficerAct;
    const NAME: &'static str = "officers";
    const COLUMNS: &'static [Known] = &[
        Known { name: "login", headings: &["登录名", "账号", "用户名", "login"] },
        Known { name: "display_name", headings: &["姓名", "专员", "人员", "displayname", "name"] },
        Known { name: "area_code", headings: &["区域代码", "区划代码", "网格代码", "areacode"] },
        Known {
            name: "area",
            headings: &["区域", "所属区域", "所属网格", "网格", "社区", "街道", "area", "areas", "grid"],
        },
        Known { name: "role", headings: &["角色", "身份", "role", "kind"] },
    ];
    const NEEDED: &'static [usize] = &[LOGIN];
    /// An invitation is a dozen statements; a district has some hundreds of officers.
    const ROWS_MOST: usize = 2_000;

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["登录名", "姓名", "区域代码", "区域", "角色"],
            vec!["login", "name", "area_code", "area", "role"],
        )
    }

    fn told_headings(lang: Lang) -> [&'static str; 2] {
        lang.pick(["邀请链接", "链接有效至"], ["invitation link", "link ends at"])
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<OfficerAct>> {
        let mut db = platform.db.reader();
        let names = areas::names_in_force(&mut db, now).await?;
        let areas = book_of(&names, scope);
        let said = read_rows(sheet, read);
        let logins: BTreeSet<&str> = good(&said).map(|it| it.login.as_str()).collect();
        let logins: Vec<&str> = logins.into_iter().collect();
        let known = access::accounts_by_login(&mut db, scope, &logins).await?;
        let register = Register { known: &known, areas: &areas, names: &names };
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| match seen.insert(said.login.as_str()) {
            true => register.judge(cells.row.line, said),
            false => Err((LOGIN, ListFault::Repeated)),
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<OfficerAct>) -> ApiResult<Told> {
        let mut made = Vec::new();
        for act in acts {
            match act {
                OfficerAct::Invite { line, new } => made.push((line, make_account(write, scope, new).await?)),
                OfficerAct::Change(id, patch) => change_account(write, scope, id, patch).await?,
            }
        }
        let ids: Vec<AccountId> = made.iter().map(|it| it.1).collect();
        prepare_invitations(write, &ids).await?;
        let mut told = Told::with_capacity(made.len());
        for (line, id) in made {
            let link = invite_account(write, id).await?;
            told.push((line, [link.path, link.expires_at.to_string()]));
        }
        Ok(told)
    }
}

fn read(cells: Cells<'_>) -> Result<Said, Refusal> {
    let login = cells.needed(LOGIN)?.to_lowercase();
    if !access::login_is_well_formed(&login) {
        return Err((LOGIN, ListFault::LoginForm));
    }
    if cells.text(ROLE)?.is_some_and(|it| !words::is_officer(&it)) {
        return Err((ROLE, ListFault::RoleOther));
    }
    let reach = match cells.text(AREA_CODE)? {
        Some(codes) => Some((AREA_CODE, codes)),
        None => cells.text(AREA)?.map(|it| (AREA, it)),
    };
    Ok(Said { login, name: cells.label(NAME)?, reach })
}

impl Register<'_> {
    fn judge(&self, line: u64, said: &Said) -> Result<Option<(ListChange, OfficerAct)>, Refusal> {
        match self.known.reached.get(&said.login) {
            Some(it) if it.role == Role::Officer => self.change(line, said, it),
            None if !self.known.taken.contains(&said.login) => self.invite(line, said).map(Some),
            Some(_) | None => Err((LOGIN, ListFault::LoginTaken)),
        }
    }

    fn invite(&self, line: u64, said: &Said) -> Result<(ListChange, OfficerAct), Refusal> {
        let display_name = said.name.clone().ok_or((NAME, ListFault::Required))?;
        let (column, text) = said.reach.as_ref().ok_or((AREA, ListFault::Required))?;
        let change = shown(line, display_name.as_str(), said, Vec::new());
        let grants = self.grants(*column, text)?;
        let new = NewAccount { login: said.login.clone(), display_name, role: Role::Officer, grants };
        Ok((ListChange { is_new: true, ..change }, OfficerAct::Invite { line, new }))
    }

    fn change(&self, line: u64, said: &Said, known: &Account) -> Result<Option<(ListChange, OfficerAct)>, Refusal> {
        let (is, grants) = (known.labels(), self.other_reach(said, known)?);
        let to = grants.as_ref().map(|it| it.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join("、"));
        let name = said.name.as_ref().filter(|it| it.as_str() != known.display_name);
        let mut fields = differing([("display_name", &known.display_name, name.map(Label::as_str))]);
        // Two areas may be called the same.
        fields.extend(to.map(|to| super::ListFieldChange { column: "area".to_owned(), from: is, to }));
        if fields.is_empty() {
            return Ok(None);
        }
        let patch = AccountPatch { display_name: name.cloned(), disabled: None, grants };
        Ok(Some((shown(line, &known.display_name, said, fields), OfficerAct::Change(known.id, patch))))
    }

    /// What the row gives that is not what the account has. As a list was exported its areas are unchanged, whatever the
    /// areas are called now.
    fn other_reach(&self, said: &Said, known: &Account) -> Result<Option<Vec<(Grant, String)>>, Refusal> {
        let Some((column, text)) = said.reach.as_ref().filter(|it| it.1 != known.labels()) else { return Ok(None) };
        let grants = self.grants(*column, text)?;
        let values = |it: &[(Grant, String)]| it.iter().map(|it| it.0.value()).collect::<BTreeSet<String>>();
        if values(&grants) == values(&known.grants) {
            return Ok(None);
        }
        match known.grants.iter().all(|it| matches!(it.0, Grant::Area(_))) {
            true => Ok(Some(grants)),
            false => Err((*column, ListFault::ReachByHand)),
        }
    }

    fn grants(&self, column: usize, text: &str) -> Result<Vec<(Grant, String)>, Refusal> {
        let mut grants = Vec::new();
        for part in text.split(BETWEEN).map(str::trim).filter(|it| !it.is_empty()) {
            let code = area_named(self.areas, part, column)?;
            let name = self.names.get(&code).cloned().unwrap_or_default();
            let grant = Grant::Area(area_of(&code).ok_or((column, ListFault::AreaUnknown))?);
            if !grants.contains(&(grant.clone(), name.clone())) {
                grants.push((grant, name));
            }
        }
        match grants.is_empty() {
            true => Err((column, ListFault::Required)),
            false => Ok(grants),
        }
    }
}

fn shown(line: u64, name: &str, said: &Said, fields: Vec<super::ListFieldChange>) -> ListChange {
    ListChange { line, name: format!("{name} · {}", said.login), is_new: false, fields }
}
