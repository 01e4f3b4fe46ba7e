//! SQL of applications, their sites and what happened to them.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::applications::decision_file::Meant;
use crate::applications::model::{ApplicationAct, ApplicationId, ApplicationState, ApplicationStepId};
use crate::rulebook::model::Regime;

/// An application is its enterprise's, and lies in the area that holds all its sites.
const COLUMNS: Columns = Columns::new(Some("q.area_code"), Some("q.enterprise_id"), None);

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "q.id", order: NEWEST, descending: true },
    Sort { name: "created_at", columns: "q.id", order: "q.id", descending: false },
    // What has no deadline comes last.
    Sort {
        name: "decision_due_at",
        columns: "coalesce(q.decision_due_at, 9223372036854775807), q.id",
        order: "coalesce(q.decision_due_at, 9223372036854775807), q.id",
        descending: false,
    },
];
const NEWEST: &str = "q.id desc";

const LIST: &str = "select q.id, q.number, q.enterprise_id, e.name as enterprise_name, q.area_code, a.name as area_name, \
    q.state, q.regime, q.form_version, q.industry, q.size_class, q.risk, q.revision, q.planned, q.claimed_by, \
    q.claimed_name, q.created_at, q.saved_at, q.submitted_at, q.reply_due_at, q.decision_due_at, q.decided_at, \
    q.open_fields, q.department, q.visit_wanted, q.category, q.batch from application q join enterprise e on e.id = q.enterprise_id join area a on a.code = q.area_code \
    where {scope} and {filter} order by {order} limit :limit";
const MEANT: &str = "select q.id, q.number, e.credit_code, q.state from application q join enterprise e on e.id = q.enterprise_id \
    where {scope} and {filter} order by q.id limit :limit";
const COUNT: &str =
    "select count(*) from application q join enterprise e on e.id = q.enterprise_id where {scope} and {filter}";
const SEALED: &str = "select q.answers_sealed, q.pledge_sealed from application q where q.id = :id and {scope}";
const LOCK: &str = "update application as q set changed_at = changed_at where q.id = :id and {scope}";
const LOCK_AS_SEEN: &str = "update application as q set changed_at = changed_at where q.id = :id \
    and q.revision = :revision and q.state = :state and {scope}";
const NEXT_NUMBER: &str = "insert into application_serial (county_day, last) values (:key, 1) \
    on conflict (county_day) do update set last = application_serial.last + 1 returning last";
const INSERT: &str = "insert into application (id, number, enterprise_id, area_code, state, form_version, industry, \
    size_class, risk, answers_sealed, revision, created_at, saved_at, changed_at) values (:id, :number, :enterprise, \
    :area, 'draft', :form, :industry, :size, :risk, :answers, :revision, :now, :now, :now)";
const ADD_SITES: &str = "insert into application_site (application_id, site_id, current) values {rows}";
const SITES: &str = "select p.application_id, s.id, s.name from application_site p join site s on s.id = p.site_id \
    where {which} order by s.name, s.id";
const HELD: &str = "select q.number from application_site p join application q on q.id = p.application_id \
    where p.current and {sites} limit 1";
const LET_GO: &str = "update application_site set current = false where application_id = :id";
const SAVE: &str = "update application set answers_sealed = :answers, revision = :revision + 1, saved_at = :now, \
    changed_at = :now where id = :id and revision = :revision and state = :state and coalesce(open_fields, '') = :open";
const SUBMIT: &str = "update application set state = 'submitted', regime = :regime, rulebook_version = :book, \
    department = :department, visit_wanted = :visit, form_version = :form, industry = :industry, size_class = :size, \
    risk = :risk, pledge_sealed = :pledge, planned = :planned, \
    submitted_at = :now, reply_due_at = :reply, decision_due_at = :decision, open_fields = null, claimed_by = null, \
    claimed_name = null, decided_at = null, changed_at = :now where id = :id";
const MOVE: &str = "update application set state = :state, claimed_by = :claimed_by, claimed_name = :claimed_name, \
    reply_due_at = :reply, decision_due_at = :decision, decided_at = :decided, open_fields = :fields, \
    changed_at = :now where id = :id";
const SET_REGIME: &str = "update application set regime = :regime where id = :id";
const ENLIST: &str = "update application set category = :category, batch = :batch where id = :id";
const DROP_PIECES: &str = "delete from application_piece where attachment_id in \
    (select id from application_attachment where application_id = :id)";
const DROP_ATTACHMENTS: &str = "delete from application_attachment where application_id = :id";
const DROP_SITES: &str = "delete from application_site where application_id = :id";
const DROP_STEPS: &str = "delete from application_step where application_id = :id";
const DROP: &str = "delete from application where id = :id";
const ADD_STEP: &str = "insert into application_step (id, application_id, at, act, actor, actor_id, note_sealed, fields) \
    values (:id, :application, :now, :act, :actor, :actor_id, :note, :fields)";
const STEPS: &str = "select t.id, t.at, t.act, t.actor, t.note_sealed, t.fields from application_step t \
    where t.application_id = :id order by t.at, t.id limit 500";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct ApplicationRow {
        pub(crate) id: Uuid,
        pub(crate) number: String,
        pub(crate) enterprise_id: Uuid,
        pub(crate) enterprise_name: String,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) state: String,
        pub(crate) regime: Option<String>,
        pub(crate) form_version: i64,
        pub(crate) industry: String,
        pub(crate) size_class: String,
        pub(crate) risk: String,
        pub(crate) revision: i64,
        pub(crate) planned: Option<i64>,
        pub(crate) claimed_by: Option<Uuid>,
        pub(crate) claimed_name: Option<String>,
        pub(crate) created_at: i64,
        pub(crate) saved_at: i64,
        pub(crate) submitted_at: Option<i64>,
        pub(crate) reply_due_at: Option<i64>,
        pub(crate) decision_due_at: Option<i64>,
        pub(crate) decided_at: Option<i64>,
        pub(crate) open_fields: Option<String>,
        pub(crate) department: Option<String>,
        pub(crate) visit_wanted: bool,
        pub(crate) category: Option<String>,
        pub(crate) batch: Option<i64>,
    }
}

impl ApplicationRow {
    pub(crate) fn state(&self) -> Result<ApplicationState, DbError> {
        ApplicationState::parse(&self.state).ok_or(DbError::Unreadable("application"))
    }

    /// The questions that a return opened again; all of them when nothing was named.
    pub(crate) fn open_fields(&self) -> Vec<String> {
        self.open_fields.iter().flat_map(|it| it.split(',')).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }
}

db::row! {
    pub(crate) struct StepRow {
        pub(crate) id: Uuid,
        pub(crate) at: i64,
        pub(crate) act: String,
        pub(crate) actor: String,
        pub(crate) note_sealed: Option<Vec<u8>>,
        pub(crate) fields: Option<String>,
    }
}

/// Decided by this department, or waiting for what it says.
pub(crate) fn concerns(department: &str) -> Condition {
    let of = Condition::eq("o.department", department);
    let asked = Condition::wrapped(
        "q.id in (select o.application_id from application_opinion o where o.current and o.opinion is null and ",
        of,
        ")",
    );
    Condition::any([Condition::eq("q.department", department), asked])
}

/// Part of the enterprise's name, its credit code, or the number.
pub(crate) fn searched(text: &str) -> Condition {
    let name = Condition::contains("e.name_key", &kernel::text::fold(text));
    let code = Condition::eq("e.credit_code", text.to_uppercase());
    Condition::any([name, code, Condition::eq("q.number", text)])
}

/// Applications inside the scope, as rows of a file may mean them.
pub(crate) async fn meant(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<Meant>, DbError> {
    let question = query(MEANT).condition("filter", filter).bind("limit", limit);
    let rows: Vec<(Uuid, String, String, String)> = db.all(scope.on(question, &COLUMNS)).await?;
    let meant = |(id, number, credit_code, state): (Uuid, String, String, String)| {
        let state = ApplicationState::parse(&state).ok_or(DbError::Unreadable("application"))?;
        Ok(Meant { id, number, credit_code, state })
    };
    rows.into_iter().map(meant).collect()
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<ApplicationRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(
    db: &mut impl Read,
    scope: &Scope,
    id: ApplicationId,
) -> Result<Option<ApplicationRow>, DbError> {
    Ok(list(db, scope, Condition::eq("q.id", id.uuid()), NEWEST, 1).await?.pop())
}

/// The row, held until the transaction ends: two who act at once act one after the other.
pub(crate) async fn lock(tx: &mut Tx, scope: &Scope, id: ApplicationId) -> Result<Option<ApplicationRow>, DbError> {
    if tx.run(scope.on(query(LOCK).bind("id", id.uuid()), &COLUMNS)).await? == 0 {
        return Ok(None);
    }
    find(tx, scope, id).await
}

/// Holds the row until the transaction ends, if it is still as it was seen outside.
pub(crate) async fn lock_as_seen(tx: &mut Tx, scope: &Scope, seen: &ApplicationRow) -> Result<bool, DbError> {
    let row =
        query(LOCK_AS_SEEN).bind("id", seen.id).bind("revision", seen.revision).bind("state", seen.state.as_str());
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

/// The answers and the pledge, sealed.
pub(crate) async fn sealed(
    db: &mut impl Read,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<(Vec<u8>, Option<Vec<u8>>)>, DbError> {
    db.find(scope.on(query(SEALED).bind("id", id), &COLUMNS)).await
}

/// The next number of a county's day.
pub(crate) async fn next_number(tx: &mut Tx, key: &str) -> Result<i64, DbError> {
    tx.find(query(NEXT_NUMBER).bind("key", key)).await?.ok_or(DbError::Unreadable("application_serial"))
}

/// An application to be begun.
pub(crate) struct NewApplication<'a> {
    pub(crate) id: ApplicationId,
    pub(crate) number: &'a str,
    pub(crate) enterprise: Uuid,
    pub(crate) area: &'a str,
    pub(crate) form: i64,
    pub(crate) industry: &'a str,
    pub(crate) size_class: &'a str,
    pub(crate) risk: &'a str,
    /// Of the answers; nought where they are what is offered.
    pub(crate) revision: i64,
    pub(crate) answers: Vec<u8>,
    pub(crate) sites: &'a [Uuid],
}

/// # Errors
/// [`DbError::Unique`] when a site has an application under way.
pub(crate) async fn insert(tx: &mut Tx, new: NewApplication<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("number", new.number)
        .bind("enterprise", new.enterprise)
        .bind("area", new.area)
        .bind("form", new.form)
        .bind("industry", new.industry)
        .bind("size", new.size_class)
        .bind("risk", new.risk)
        .bind("answers", new.answers)
        .bind("revision", new.revision)
        .bind("now", now);
    tx.later(row);
    let site = |it: &Uuid| vec![new.id.uuid().into(), (*it).into(), true.into()];
    tx.insert(ADD_SITES, new.sites.iter().map(site).collect()).await.map(|_| ())
}

/// Sites of applications that were reached inside a scope: application, site, name.
pub(crate) async fn sites(db: &mut impl Read, _: &Scope, ids: &[Uuid]) -> Result<Vec<(Uuid, Uuid, String)>, DbError> {
    let which = Condition::one_of("p.application_id", ids.iter().map(|it| Value::from(*it)));
    db.all(query(SITES).condition("which", which)).await
}

/// The number of an application that one of these sites has under way or in force.
pub(crate) async fn held(db: &mut impl Read, sites: &[Uuid]) -> Result<Option<String>, DbError> {
    let sites = Condition::one_of("p.site_id", sites.iter().map(|it| Value::from(*it)));
    db.find(query(HELD).condition("sites", sites)).await
}

/// Its sites may be applied for anew.
pub(crate) async fn let_go(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    tx.run(query(LET_GO).bind("id", id)).await.map(|_| ())
}

/// Saves the next revision of answers; false, and nothing is saved, when the application is not as it was `seen` any more.
pub(crate) async fn save(
    tx: &mut Tx,
    seen: &ApplicationRow,
    answers: Vec<u8>,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(SAVE)
        .bind("id", seen.id)
        .bind("answers", answers)
        .bind("revision", seen.revision)
        .bind("state", seen.state.as_str())
        .bind("open", seen.open_fields.as_deref().unwrap_or_default())
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// What a submission writes.
pub(crate) struct Submission<'a> {
    pub(crate) regime: Regime,
    pub(crate) rulebook: i64,
    pub(crate) department: Option<&'a str>,
    pub(crate) visit_wanted: bool,
    pub(crate) form: i64,
    pub(crate) industry: &'a str,
    pub(crate) size_class: &'a str,
    pub(crate) risk: &'a str,
    pub(crate) pledge: Vec<u8>,
    pub(crate) planned: Option<i64>,
    pub(crate) reply_due: Instant64,
    pub(crate) decision_due: Instant64,
}

pub(crate) fn submit(tx: &mut Tx, id: Uuid, it: Submission<'_>, now: Instant64) {
    let row = query(SUBMIT)
        .bind("id", id)
        .bind("regime", it.regime.code())
        .bind("book", it.rulebook)
        .bind("department", it.department.map(str::to_owned))
        .bind("visit", it.visit_wanted)
        .bind("form", it.form)
        .bind("industry", it.industry)
        .bind("size", it.size_class)
        .bind("risk", it.risk)
        .bind("pledge", it.pledge)
        .bind("planned", it.planned)
        .bind("reply", it.reply_due)
        .bind("decision", it.decision_due)
        .bind("now", now);
    tx.later(row);
}

/// What a move writes.
pub(crate) struct Moved<'a> {
    pub(crate) state: ApplicationState,
    pub(crate) claimed: Option<(Uuid, &'a str)>,
    pub(crate) reply_due: Option<Instant64>,
    pub(crate) decision_due: Option<Instant64>,
    pub(crate) decided: Option<Instant64>,
    pub(crate) open_fields: Option<String>,
}

pub(crate) async fn set_state(tx: &mut Tx, id: Uuid, to: Moved<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(MOVE)
        .bind("id", id)
        .bind("state", to.state.code())
        .bind("claimed_by", to.claimed.map(|it| it.0))
        .bind("claimed_name", to.claimed.map(|it| it.1.to_owned()))
        .bind("reply", to.reply_due)
        .bind("decision", to.decision_due)
        .bind("decided", to.decided)
        .bind("fields", to.open_fields)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn set_regime(tx: &mut Tx, id: Uuid, regime: Regime) -> Result<(), DbError> {
    tx.run(query(SET_REGIME).bind("id", id).bind("regime", regime.code())).await.map(|_| ())
}

/// Puts an application on a whitelist.
pub(crate) async fn enlist(tx: &mut Tx, id: Uuid, category: &str, batch: i64) -> Result<(), DbError> {
    tx.run(query(ENLIST).bind("id", id).bind("category", category).bind("batch", batch)).await.map(|_| ())
}

/// Takes a draft away, with everything that hangs on it.
pub(crate) async fn discard(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    for text in [DROP_PIECES, DROP_ATTACHMENTS, DROP_SITES, DROP_STEPS, DROP] {
        tx.run(query(text).bind("id", id)).await?;
    }
    Ok(())
}

/// A line of the record.
pub(crate) struct NewStep<'a> {
    pub(crate) id: ApplicationStepId,
    pub(crate) application: Uuid,
    pub(crate) act: ApplicationAct,
    pub(crate) actor: &'a str,
    pub(crate) actor_id: Uuid,
    pub(crate) note: Option<Vec<u8>>,
    pub(crate) fields: Option<String>,
}

pub(crate) fn add_step(tx: &mut Tx, step: NewStep<'_>, now: Instant64) {
    let row = query(ADD_STEP)
        .bind("id", step.id.uuid())
        .bind("application", step.application)
        .bind("act", step.act.code())
        .bind("actor", step.actor)
        .bind("actor_id", step.actor_id)
        .bind("note", step.note)
        .bind("fields", step.fields)
        .bind("now", now);
    tx.later(row);
}

/// The record of an application that was reached inside a scope.
pub(crate) async fn steps(db: &mut impl Read, _: &Scope, id: Uuid) -> Result<Vec<StepRow>, DbError> {
    db.all(query(STEPS).bind("id", id)).await
}
