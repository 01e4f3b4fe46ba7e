//! Scope: which rows a principal may reach, and which fields of them.
//!
//! One value answers both "which rows" (rendered into the statement) and "this row?" ([`Scope::covers`]), so a list
//! and a single look-up cannot disagree.

use audit::Actor;
use db::{Condition, Query, Value};
use kernel::{AreaCode, AreaKind};
use uuid::Uuid;

/// One thing granted to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// The whole tree: the first administrator before there is an area.
    Everywhere,
    /// An area and all below it.
    Area(AreaCode),
    /// One enterprise, wherever its sites are.
    Enterprise(Uuid),
    /// One site.
    Site(Uuid),
    /// A building, mall or compound, and the sites in it.
    Premises(Uuid),
    /// One's own file: a worker on her phone. Never stored with an account.
    Own(Uuid),
}

/// Which columns of a statement say where a row belongs. A missing column means that a grant of that kind reaches no
/// row.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Area code of the row.
    pub area: Option<&'static str>,
    /// Enterprise of the row.
    pub enterprise: Option<&'static str>,
    /// Site of the row.
    pub site: Option<&'static str>,
    /// Building, mall or compound of the row.
    pub premises: Option<&'static str>,
    /// Person of the row, for whoever reaches only herself.
    pub person: Option<&'static str>,
    /// Text around the condition: for rows that are reached through another table, such as
    /// `("exists (select 1 from person_scope ps where ps.person_id = p.id and ", ")")`.
    pub around: Option<(&'static str, &'static str)>,
    /// The area code written so that no index is used, for lists in another order: a district or street holds so many
    /// rows that walking the order finds a page sooner than gathering and sorting all of them.
    pub area_wide: Option<&'static str>,
    /// The same for a scope that names only enterprises and sites: few rows, so the statement may start from them.
    pub around_few: Option<(&'static str, &'static str)>,
}

impl Columns {
    /// Columns that stand in the row itself.
    pub const fn new(area: Option<&'static str>, enterprise: Option<&'static str>, site: Option<&'static str>) -> Self {
        Self { area, enterprise, site, premises: None, person: None, around: None, area_wide: None, around_few: None }
    }

    /// The same, reached through another table.
    pub const fn through(self, before: &'static str, after: &'static str) -> Self {
        Self { around: Some((before, after)), ..self }
    }

    /// See [`Columns::person`].
    pub const fn own(self, person: &'static str) -> Self {
        Self { person: Some(person), ..self }
    }

    /// See [`Columns::premises`].
    pub const fn inside(self, premises: &'static str) -> Self {
        Self { premises: Some(premises), ..self }
    }

    /// See [`Columns::area_wide`].
    pub const fn wide(self, area: &'static str) -> Self {
        Self { area_wide: Some(area), ..self }
    }

    /// As [`Columns::through`], for scopes that reach few rows.
    pub const fn through_few(self, before: &'static str, after: &'static str) -> Self {
        Self { around_few: Some((before, after)), ..self }
    }
}

/// Where one row belongs, for [`Scope::covers`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Located<'a> {
    /// Area code.
    pub area: Option<&'a str>,
    /// Enterprise.
    pub enterprise: Option<Uuid>,
    /// Site.
    pub site: Option<Uuid>,
    /// Building, mall or compound.
    pub premises: Option<Uuid>,
}

/// A principal's reach for one request: a union of grants, what fields are shown, and who asks. Only `access` makes
/// one: from a session by [`Caller::require`](crate::Caller::require), or for a task of the server by
/// [`system_scope`].
#[derive(Debug, Clone)]
pub struct Scope {
    grants: Vec<Grant>,
    medical: bool,
    actor: Actor,
    request_id: String,
}

/// The reach of the server's own tasks (ingest, reconcilers): everything, under the task's name.
pub fn system_scope(task: &str) -> Scope {
    Scope { grants: vec![Grant::Everywhere], medical: true, actor: Actor::system(task), request_id: String::new() }
}

/// The reach of a machine that showed a token of its own: an area, and nothing medical.
pub fn machine_scope(area: AreaCode, name: &str, request_id: &str) -> Scope {
    let code = area.as_str().to_owned();
    let actor = Actor { account: None, name: name.to_owned(), role: MACHINE.to_owned(), area: code };
    Scope::new(vec![Grant::Area(area)], false, actor, request_id.to_owned())
}

/// The role of a machine in the audit log.
const MACHINE: &str = "machine";

impl Scope {
    pub(crate) const fn new(grants: Vec<Grant>, medical: bool, actor: Actor, request_id: String) -> Self {
        Self { grants, medical, actor, request_id }
    }

    /// Puts the condition at `{scope}` of the statement.
    pub fn on(&self, query: Query, columns: &Columns) -> Query {
        query.condition("scope", self.condition(columns))
    }

    /// The condition itself, for statements that combine it.
    pub fn condition(&self, columns: &Columns) -> Condition {
        let inner = reached(&self.grants, columns);
        let few = !self.grants.iter().any(|it| matches!(it, Grant::Everywhere | Grant::Area(_)));
        let around = columns.around_few.filter(|_| few).or(columns.around);
        match (around, self.is_everywhere()) {
            (Some(_), true) => Condition::always(),
            (Some((before, after)), false) => Condition::wrapped(before, inner, after),
            (None, _) => inner,
        }
    }

    /// Rows that name, in this column, the one area that holds all of an act's reach: those inside this scope, and
    /// those whose reach holds this scope's. An auditor of one district thus sees her district's acts and those of
    /// whoever may act on it from above. Empty text is the reach of everything.
    pub fn touching(&self, column: &'static str) -> Condition {
        Condition::any(self.grants.iter().map(|it| match it {
            Grant::Everywhere => Condition::always(),
            Grant::Area(code) => {
                let (from, until) = code.subtree();
                let above = std::iter::successors(code.parent(), AreaCode::parent);
                let above = above.map(|it| it.as_str().to_owned()).chain([String::new()]).map(Value::from);
                Condition::any([Condition::range(column, from, until), Condition::one_of(column, above)])
            }
            Grant::Enterprise(_) | Grant::Site(_) | Grant::Premises(_) | Grant::Own(_) => Condition::never(),
        }))
    }

    /// Acts on something both sides reach that this scope may know of: those of the authorities and the system, one's
    /// own, and those of accounts inside the scope. What another employer did with a shared person is that employer's.
    /// For statements over `audit_entry a`.
    pub fn acts_known(&self) -> Condition {
        // She herself may know of everything that was done with her file.
        if self.is_everywhere() || self.own().is_some() {
            return Condition::always();
        }
        let reached = Condition::any(self.grants.iter().map(|it| match it {
            Grant::Everywhere => Condition::always(),
            Grant::Area(code) => {
                let (from, until) = code.subtree();
                Condition::range("g.area_code", from, until)
            }
            Grant::Enterprise(_) | Grant::Site(_) | Grant::Premises(_) => {
                Condition::all([Condition::eq("g.kind", it.kind()), Condition::eq("g.value", it.value())])
            }
            Grant::Own(_) => Condition::never(),
        }));
        let before = "exists (select 1 from account_grant g where g.account_id = a.actor_id and ";
        Condition::any([
            Condition::literal("a.actor_role not in ('enterprise', 'guard', 'worker')"),
            self.actor.account.map_or_else(Condition::never, |it| Condition::eq("a.actor_id", it)),
            Condition::wrapped(before, reached, ")"),
        ])
    }

    /// Whether this one row is inside.
    pub fn covers(&self, row: Located<'_>) -> bool {
        self.grants.iter().any(|it| it.covers(row))
    }

    /// Whether every grant of `other` lies inside this scope: an account may only be given what its giver has.
    pub fn may_grant(&self, grant: &Grant, located: Located<'_>) -> bool {
        match grant {
            Grant::Everywhere => self.is_everywhere(),
            Grant::Area(_) | Grant::Enterprise(_) | Grant::Site(_) | Grant::Premises(_) => self.covers(located),
            Grant::Own(_) => false,
        }
    }

    /// Whether it reaches whole areas, as authorities do, rather than enterprises and sites.
    pub fn is_of_authority(&self) -> bool {
        self.grants.iter().any(|it| matches!(it, Grant::Everywhere | Grant::Area(_)))
    }

    /// The person who reaches only herself.
    pub fn own(&self) -> Option<Uuid> {
        self.grants.iter().find_map(|it| match it {
            Grant::Own(person) => Some(*person),
            Grant::Everywhere | Grant::Area(_) | Grant::Enterprise(_) | Grant::Site(_) | Grant::Premises(_) => None,
        })
    }

    /// Whether health statuses and their reasons may be shown.
    pub const fn sees_medical(&self) -> bool {
        self.medical
    }

    /// Who asks, for the audit log.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The request, for the audit log.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// What is granted.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    fn is_everywhere(&self) -> bool {
        self.grants.contains(&Grant::Everywhere)
    }
}

/// Rows inside any of these grants. Those of one kind make one list: an officer may have a thousand, and an engine
/// takes so many `or` no deeper.
fn reached(grants: &[Grant], columns: &Columns) -> Condition {
    let mut parts = Vec::new();
    let (mut enterprises, mut sites, mut premises) = (Vec::new(), Vec::new(), Vec::new());
    for grant in grants {
        match grant {
            Grant::Everywhere => parts.push(Condition::always()),
            Grant::Area(code) => {
                let is_wide = code.kind() <= AreaKind::Street;
                let (from, until) = code.subtree();
                let column = columns.area_wide.filter(|_| is_wide).or(columns.area);
                parts.extend(column.map(|column| Condition::range(column, from, until)));
            }
            Grant::Enterprise(id) => enterprises.push(*id),
            Grant::Site(id) => sites.push(*id),
            Grant::Premises(id) => premises.push(*id),
            Grant::Own(id) => parts.extend(columns.person.map(|column| Condition::eq(column, *id))),
        }
    }
    for (column, ids) in [(columns.enterprise, enterprises), (columns.site, sites), (columns.premises, premises)] {
        parts.extend(column.and_then(|column| named(column, &ids)));
    }
    Condition::any(parts)
}

fn named(column: &'static str, ids: &[Uuid]) -> Option<Condition> {
    match ids {
        [] => None,
        [id] => Some(Condition::eq(column, *id)),
        ids => Some(Condition::one_of(column, ids.iter().map(|it| Value::from(*it)))),
    }
}

/// The smallest area that holds all of these; empty when there is none, or when one of them is everything.
pub(crate) fn common_area<'a>(areas: impl Iterator<Item = &'a str>) -> String {
    let codes: Option<Vec<AreaCode>> = areas.map(|it| AreaCode::parse(it).ok()).collect();
    let Some((first, rest)) = codes.as_deref().and_then(<[AreaCode]>::split_first) else { return String::new() };
    let mut holding = std::iter::successors(Some(first.clone()), AreaCode::parent);
    holding.find(|it| rest.iter().all(|code| it.contains(code))).map_or_else(String::new, |it| it.as_str().to_owned())
}

impl Grant {
    /// Whether a row there is inside.
    pub fn covers(&self, row: Located<'_>) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Area(code) => row.area.is_some_and(|it| it.starts_with(code.as_str())),
            Self::Enterprise(id) => row.enterprise == Some(*id),
            Self::Site(id) => row.site == Some(*id),
            Self::Premises(id) => row.premises == Some(*id),
            Self::Own(_) => false,
        }
    }

    /// The kind in SQL and on the wire.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Everywhere | Self::Area(_) => "area",
            Self::Enterprise(_) => "enterprise",
            Self::Site(_) => "site",
            Self::Premises(_) => "premises",
            Self::Own(_) => "own",
        }
    }

    /// The value in SQL: an area code (empty for everywhere) or a UUID.
    pub fn value(&self) -> String {
        match self {
            Self::Everywhere => String::new(),
            Self::Area(code) => code.as_str().to_owned(),
            Self::Enterprise(id) | Self::Site(id) | Self::Premises(id) | Self::Own(id) => id.as_simple().to_string(),
        }
    }

    /// Reads what [`Grant::kind`] and [`Grant::value`] wrote.
    pub fn parse(kind: &str, value: &str) -> Option<Self> {
        match (kind, value) {
            ("area", "") => Some(Self::Everywhere),
            ("area", code) => AreaCode::parse(code).ok().map(Self::Area),
            ("enterprise", id) => Uuid::try_parse(id).ok().map(Self::Enterprise),
            ("site", id) => Uuid::try_parse(id).ok().map(Self::Site),
            ("premises", id) => Uuid::try_parse(id).ok().map(Self::Premises),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: Columns = Columns::new(Some("s.area_code"), Some("s.enterprise_id"), Some("s.id"));

    fn scope(grants: Vec<Grant>) -> Scope {
        Scope::new(grants, false, Actor::system("test"), String::new())
    }

    #[test]
    fn no_grant_reaches_nothing() {
        assert_eq!(scope(vec![]).condition(&SITE), Condition::never());
        assert!(!scope(vec![]).covers(Located { area: Some("99"), ..Located::default() }));
    }

    #[test]
    fn a_grant_whose_column_is_missing_reaches_nothing() {
        let only_area = Columns::new(Some("a.code"), None, None);
        assert_eq!(scope(vec![Grant::Site(Uuid::nil())]).condition(&only_area), Condition::never());
    }

    #[test]
    fn many_grants_of_a_kind_make_one_list() {
        let ids = [1, 2, 3].map(Uuid::from_u128);
        let many = scope(ids.map(Grant::Enterprise).to_vec());
        assert_eq!(many.condition(&SITE), Condition::one_of("s.enterprise_id", ids.map(Value::from)));
        assert_eq!(scope(vec![Grant::Premises(ids[0])]).condition(&SITE), Condition::never());
        let inside = SITE.inside("s.premises_id");
        assert_eq!(scope(vec![Grant::Premises(ids[0])]).condition(&inside), Condition::eq("s.premises_id", ids[0]));
    }

    #[test]
    fn the_row_check_and_the_statement_agree_on_areas() {
        let scope = scope(vec![Grant::Area(AreaCode::parse("999999001").unwrap())]);
        for (code, inside) in [("999999001", true), ("999999001001", true), ("999999002", false), ("999999", false)] {
            assert_eq!(scope.covers(Located { area: Some(code), ..Located::default() }), inside, "{code}");
        }
    }

    #[test]
    fn an_auditor_sees_acts_inside_her_area_and_from_above_it() {
        let auditor = scope(vec![Grant::Area(AreaCode::parse("9999").unwrap())]);
        let above = ["99", ""].map(|it| Value::from(it.to_owned()));
        let inside = Condition::range("a.area_code", "9999", "9999:");
        assert_eq!(auditor.touching("a.area_code"), Condition::any([inside, Condition::one_of("a.area_code", above)]));
        assert_eq!(scope(vec![Grant::Site(Uuid::nil())]).touching("a.area_code"), Condition::never());
    }

    #[test]
    fn the_common_area_is_the_smallest_that_holds_all() {
        let cases: &[(&[&str], &str)] = &[
            (&["999999001001", "999999001002"], "999999001"),
            (&["999999001", "999999001002"], "999999001"),
            (&["999999001", "999999002"], "999999"),
            (&["999999", "119999"], ""),
            (&["999999", ""], ""),
            (&[], ""),
        ];
        for (areas, expected) in cases {
            assert_eq!(common_area(areas.iter().copied()), *expected, "{areas:?}");
        }
    }

    #[test]
    fn grants_read_back() {
        let premises = Grant::Premises(Uuid::from_u128(6));
        let area = Grant::Area(AreaCode::parse("99").unwrap());
        for grant in [Grant::Everywhere, area, Grant::Site(Uuid::from_u128(5)), premises] {
            assert_eq!(Grant::parse(grant.kind(), &grant.value()), Some(grant));
        }
        assert_eq!(Grant::parse("area", "x"), None);
        assert_eq!(Grant::parse("planet", "1"), None);
    }
}
