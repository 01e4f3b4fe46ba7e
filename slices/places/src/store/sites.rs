//! SQL of sites and their shift windows.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::SITE;
use crate::model::{NewSite, OpenState, ShiftWindow, ShiftWindowId, SiteId};

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "s.id", order: "s.id desc", descending: true },
    Sort { name: "name", columns: "s.name_key, s.id", order: "s.name_key, s.id", descending: false },
];

const LIST: &str = "select s.id, s.enterprise_id, e.name as enterprise_name, e.credit_code as enterprise_code, s.area_code, a.name as area_name, s.kind, \
    s.name, s.name_key, s.open_state, s.open_state_reason, s.open_state_since, s.created_at, s.premises_id, \
    (select m.name from premises m where m.id = s.premises_id) as premises_name, \
    (select count(*) from gate g where g.site_id = s.id) as gates \
    from site s join area a on a.code = s.area_code left join enterprise e on e.id = s.enterprise_id \
    where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from site s where {scope} and {filter}";
const INSERT: &str = "insert into site (id, enterprise_id, area_code, kind, name, name_key, premises_id, open_state, \
    open_state_since, created_at) \
    values (:id, :enterprise, :area, :kind, :name, :name_key, :premises, 'not_open', :now, :now)";
const INSERT_ALL: &str = "insert into site (id, enterprise_id, area_code, kind, name, name_key, premises_id, open_state, \
    open_state_since, created_at) values {rows}";
const NAMED: &str = "select s.id, s.enterprise_id, s.area_code, s.kind, s.name, s.name_key, s.premises_id from site s \
    where {which} order by s.id desc";
const CALLED: &str = "select s.id, s.enterprise_id, s.area_code, s.name_key, e.credit_code from site s \
    left join enterprise e on e.id = s.enterprise_id where {named} and {scope} order by s.id";
const UPDATE: &str = "update site as s set name = :name, name_key = :name_key, kind = :kind, area_code = :area, \
    premises_id = :premises where s.id = :id and {scope}";
const SET_STATE: &str = "update site as s set open_state = :state, open_state_reason = :reason, \
    open_state_since = :now where s.id = :id and {scope}";
const WINDOWS: &str = "select id, site_id, name, days, start_minute, end_minute, teams, early_minutes \
    from shift_window where {sites} order by start_minute, id";
const DELETE_WINDOWS: &str = "delete from shift_window where site_id = :site and {gone}";
const UPSERT_WINDOW: &str = "insert into shift_window (id, site_id, name, days, start_minute, end_minute, \
    teams, early_minutes) values {rows} \
    on conflict (id) do update set name = excluded.name, days = excluded.days, \
    start_minute = excluded.start_minute, end_minute = excluded.end_minute, teams = excluded.teams, \
    early_minutes = excluded.early_minutes \
    where shift_window.site_id = excluded.site_id";
const COMPOUNDS: &str = "select distinct s.name from site s where s.kind = 'residential_compound' \
    and s.area_code >= :from and s.area_code < :until order by s.name limit :limit";
const BRIEFS: &str =
    "select s.id, s.enterprise_id, s.area_code, s.kind, s.name, s.open_state from site s where {filter}";

db::row! {
    pub(crate) struct SiteRow {
        pub(crate) id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) enterprise_name: Option<String>,
        pub(crate) enterprise_code: Option<String>,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) kind: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) open_state: String,
        pub(crate) open_state_reason: Option<String>,
        pub(crate) open_state_since: i64,
        pub(crate) created_at: i64,
        pub(crate) premises_id: Option<Uuid>,
        pub(crate) premises_name: Option<String>,
        pub(crate) gates: i64,
    }
}

db::row! {
    /// What other rooms need of a site.
    pub struct SiteBrief {
        /// Its id.
        pub id: Uuid,
        /// Whose it is.
        pub enterprise_id: Option<Uuid>,
        /// Where it is.
        pub area_code: String,
        /// Code of its kind.
        pub kind: String,
        /// As shown.
        pub name: String,
        /// Code of its open state.
        pub open_state: String,
    }
}

db::row! {
    /// A site as a file may call it.
    pub struct CalledSite {
        /// Its id.
        pub id: Uuid,
        /// Whose it is.
        pub enterprise_id: Option<Uuid>,
        /// Where it is.
        pub area_code: String,
        /// Its name, folded.
        pub name_key: String,
        /// The credit code of whose it is.
        pub credit_code: Option<String>,
    }
}

impl SiteBrief {
    /// Its open state; what cannot be read is not open.
    pub fn open_state(&self) -> OpenState {
        OpenState::parse(&self.open_state).unwrap_or(OpenState::NotOpen)
    }
}

db::row! {
    struct WindowRow {
        id: Uuid,
        site_id: Uuid,
        name: String,
        days: String,
        start_minute: i64,
        end_minute: i64,
        teams: String,
        early_minutes: i64,
    }
}

db::row! {
    /// What is known of a site that a file calls by its name, whether it lies in reach or not.
    pub(crate) struct NamedSite {
        pub(crate) id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
        pub(crate) kind: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) premises_id: Option<Uuid>,
    }
}

/// Enterprises or names that one question names.
const AT_ONCE: usize = 500;

/// Sites of these enterprises, the oldest last: who asks looks herself what lies in her reach.
pub(crate) async fn of_enterprises(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<NamedSite>, DbError> {
    let mut rows = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let which = Condition::one_of("s.enterprise_id", some.iter().map(|it| Value::from(*it)));
        rows.extend(db.all::<NamedSite>(query(NAMED).condition("which", which)).await?);
    }
    Ok(rows)
}

/// Sites of no enterprise with one of these names, the oldest last.
pub(crate) async fn of_nobody(db: &mut impl Read, keys: &[String]) -> Result<Vec<NamedSite>, DbError> {
    let mut rows = Vec::new();
    for some in keys.chunks(AT_ONCE) {
        let named = Condition::one_of("s.name_key", some.iter().map(|it| Value::from(it.as_str())));
        let which = Condition::all([named, Condition::literal("s.enterprise_id is null")]);
        rows.extend(db.all::<NamedSite>(query(NAMED).condition("which", which)).await?);
    }
    Ok(rows)
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<SiteRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &SITE)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &SITE)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: SiteId) -> Result<Option<SiteRow>, DbError> {
    Ok(list(db, scope, Condition::eq("s.id", id.uuid()), "s.id", 1).await?.pop())
}

/// A site inside the scope, in short.
pub async fn site_brief(db: &mut impl Read, scope: &Scope, id: SiteId) -> Result<Option<SiteBrief>, DbError> {
    let filter = Condition::all([Condition::eq("s.id", id.uuid()), scope.condition(&SITE)]);
    db.find(query(BRIEFS).condition("filter", filter)).await
}

/// Sites inside the scope that are called so, by their folded names.
pub async fn sites_called(db: &mut impl Read, scope: &Scope, keys: &[String]) -> Result<Vec<CalledSite>, DbError> {
    let mut rows = Vec::new();
    for some in keys.chunks(AT_ONCE) {
        let named = Condition::one_of("s.name_key", some.iter().map(|it| Value::from(it.as_str())));
        rows.extend(db.all::<CalledSite>(scope.on(query(CALLED).condition("named", named), &SITE)).await?);
    }
    Ok(rows)
}

/// Sites by their ids, for rows that were reached inside a scope already.
pub async fn sites_by_id(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<SiteBrief>, DbError> {
    let filter = Condition::one_of("s.id", ids.iter().map(|it| Value::from(*it)));
    db.all(query(BRIEFS).condition("filter", filter)).await
}

/// Names of registered residential compounds in an area, as a choice for who lives there: they stand over every entrance.
pub async fn compounds_in(db: &mut impl Read, area: &kernel::AreaCode, limit: i64) -> Result<Vec<String>, DbError> {
    let (from, until) = area.subtree();
    db.all(query(COMPOUNDS).bind("from", from).bind("until", until).bind("limit", limit)).await
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewSite, now: Instant64) -> Result<SiteId, DbError> {
    let id = SiteId::new(now);
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("enterprise", new.enterprise.map(|it| it.uuid()))
        .bind("area", new.area.as_str())
        .bind("kind", new.kind.code())
        .bind("name", new.name.as_str())
        .bind("name_key", new.name.key())
        .bind("premises", new.premises.map(|it| it.uuid()))
        .bind("now", now);
    tx.run(row).await?;
    Ok(id)
}

pub(crate) async fn insert_all(tx: &mut Tx, new: &[(SiteId, NewSite)], now: Instant64) -> Result<(), DbError> {
    let row = |(id, it): &(SiteId, NewSite)| {
        vec![
            id.uuid().into(),
            it.enterprise.map(|it| it.uuid()).into(),
            it.area.as_str().into(),
            it.kind.code().into(),
            it.name.as_str().into(),
            it.name.key().into(),
            it.premises.map(|it| it.uuid()).into(),
            OpenState::NotOpen.code().into(),
            now.into(),
            now.into(),
        ]
    };
    tx.insert(INSERT_ALL, new.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn update(tx: &mut Tx, scope: &Scope, id: SiteId, to: &NewSite) -> Result<bool, DbError> {
    let row = query(UPDATE)
        .bind("id", id.uuid())
        .bind("name", to.name.as_str())
        .bind("name_key", to.name.key())
        .bind("kind", to.kind.code())
        .bind("area", to.area.as_str())
        .bind("premises", to.premises.map(|it| it.uuid()));
    Ok(tx.run(scope.on(row, &SITE)).await? == 1)
}

pub(crate) async fn set_state(
    tx: &mut Tx,
    scope: &Scope,
    id: SiteId,
    state: OpenState,
    reason: &str,
    now: Instant64,
) -> Result<bool, DbError> {
    let row =
        query(SET_STATE).bind("id", id.uuid()).bind("state", state.code()).bind("reason", reason).bind("now", now);
    Ok(tx.run(scope.on(row, &SITE)).await? == 1)
}

/// Shift windows of these sites, each with its site. Who may see the sites was checked by the caller.
pub async fn shift_windows(db: &mut impl Read, sites: &[Uuid]) -> Result<Vec<(Uuid, ShiftWindow)>, DbError> {
    let filter = Condition::one_of("site_id", sites.iter().map(|it| Value::from(*it)));
    let rows: Vec<WindowRow> = db.all(query(WINDOWS).condition("sites", filter)).await?;
    rows.into_iter().map(|row| Ok((row.site_id, window(row)?))).collect()
}

/// Replaces a site's windows: those that keep their id keep their workers.
pub(crate) async fn replace_windows(tx: &mut Tx, site: SiteId, windows: &[ShiftWindow]) -> Result<(), DbError> {
    let kept = Condition::one_of("id", windows.iter().map(|it| Value::from(it.id.uuid())));
    let gone = Condition::wrapped("not (", kept, ")");
    tx.run(query(DELETE_WINDOWS).bind("site", site.uuid()).condition("gone", gone)).await?;
    let row = |it: &ShiftWindow| {
        let days: Vec<String> = it.days.iter().map(u8::to_string).collect();
        vec![
            it.id.uuid().into(),
            site.uuid().into(),
            it.name.as_str().into(),
            days.join(",").into(),
            it.start_minute.into(),
            it.end_minute.into(),
            serde_json::Value::from(it.teams.clone()).to_string().into(),
            it.early_minutes.into(),
        ]
    };
    tx.insert(UPSERT_WINDOW, windows.iter().map(row).collect()).await.map(|_| ())
}

fn window(row: WindowRow) -> Result<ShiftWindow, DbError> {
    let unreadable = |_| DbError::Unreadable("shift_window");
    Ok(ShiftWindow {
        id: ShiftWindowId::from_uuid(row.id),
        name: row.name,
        days: row.days.split(',').filter_map(|it| it.parse().ok()).collect(),
        start_minute: u16::try_from(row.start_minute).map_err(unreadable)?,
        end_minute: u16::try_from(row.end_minute).map_err(unreadable)?,
        teams: serde_json::from_str(&row.teams).map_err(|_| DbError::Unreadable("shift_window"))?,
        early_minutes: u16::try_from(row.early_minutes).map_err(unreadable)?,
    })
}
