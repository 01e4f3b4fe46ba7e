//! SQL of shift plans. A plan is its site's: whoever asks has found the site inside her scope.

use access::Scope;
use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::shifts::model::PlanState;

const FIND: &str = "select t.site_id, t.revision, t.definition, t.state, t.run, t.progress_percent, t.starts, t.by_hand, \
    t.outcome, t.changed_by, t.changed_at, t.in_force, t.in_force_by, t.in_force_at from shift_plan t \
    where t.site_id = :site";
const BEGIN: &str = "insert into shift_plan (site_id, revision, definition, state, changed_by, changed_at) \
    values (:site, 0, :definition, 'draft', :by, :now) on conflict (site_id) do nothing";
const CHANGE: &str = "update shift_plan set revision = revision + 1, definition = :definition, state = :state, run = :run, \
    progress_percent = 0, starts = :starts, by_hand = :by_hand, outcome = :outcome, changed_by = :by, changed_at = :now \
    where site_id = :site and revision = :revision";
const ENFORCE: &str = "update shift_plan set in_force = :in_force, in_force_by = :by, in_force_at = :now \
    where site_id = :site and revision = :revision";
const PROGRESS: &str = "update shift_plan set state = 'solving', progress_percent = :percent \
    where site_id = :site and run = :run and state in ('waiting', 'solving')";
const ANSWER: &str = "update shift_plan set revision = revision + 1, state = :state, progress_percent = 100, \
    starts = :starts, by_hand = :by_hand, outcome = :outcome, changed_at = :now \
    where site_id = :site and run = :run and state = 'solving'";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct ShiftPlanRow {
        pub(crate) site_id: Uuid,
        pub(crate) revision: i64,
        pub(crate) definition: String,
        pub(crate) state: String,
        pub(crate) run: i64,
        pub(crate) progress_percent: i64,
        pub(crate) starts: Option<String>,
        pub(crate) by_hand: bool,
        pub(crate) outcome: Option<String>,
        pub(crate) changed_by: String,
        pub(crate) changed_at: i64,
        pub(crate) in_force: Option<String>,
        pub(crate) in_force_by: Option<String>,
        pub(crate) in_force_at: Option<i64>,
    }
}

impl ShiftPlanRow {
    pub(crate) fn state(&self) -> PlanState {
        PlanState::parse(&self.state).unwrap_or(PlanState::Draft)
    }
}

/// The plan of a site that was found inside a scope.
pub(crate) async fn find(db: &mut impl Read, _: &Scope, site: Uuid) -> Result<Option<ShiftPlanRow>, DbError> {
    of_job(db, site).await
}

/// The plan of a site, for the job that somebody inside a scope ordered.
pub(crate) async fn of_job(db: &mut impl Read, site: Uuid) -> Result<Option<ShiftPlanRow>, DbError> {
    db.find(query(FIND).bind("site", site)).await
}

/// Makes an empty plan unless there is one.
pub(crate) async fn begin(tx: &mut Tx, scope: &Scope, site: Uuid, now: Instant64) -> Result<(), DbError> {
    let row = query(BEGIN).bind("site", site).bind("definition", "null").bind("by", scope.actor().name.as_str());
    tx.run(row.bind("now", now)).await.map(|_| ())
}

/// Writes a plan whose revision is still this; whether it was.
pub(crate) async fn change(tx: &mut Tx, scope: &Scope, to: &ShiftPlanRow, now: Instant64) -> Result<bool, DbError> {
    let row = query(CHANGE)
        .bind("site", to.site_id)
        .bind("revision", to.revision)
        .bind("definition", to.definition.as_str())
        .bind("state", to.state.as_str())
        .bind("run", to.run)
        .bind("starts", to.starts.clone())
        .bind("by_hand", to.by_hand)
        .bind("outcome", to.outcome.clone())
        .bind("by", scope.actor().name.as_str())
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// Says what is in force; nothing with none.
pub(crate) async fn enforce(
    tx: &mut Tx,
    scope: &Scope,
    row: &ShiftPlanRow,
    in_force: Option<String>,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(ENFORCE)
        .bind("site", row.site_id)
        .bind("revision", row.revision)
        .bind("by", in_force.as_ref().map(|_| scope.actor().name.clone()))
        .bind("now", in_force.as_ref().map(|_| now))
        .bind("in_force", in_force);
    Ok(tx.run(row).await? == 1)
}

/// Says how far a computation has come; whether it is still wanted.
pub(crate) async fn progress(tx: &mut Tx, site: Uuid, run: i64, percent: i64) -> Result<bool, DbError> {
    Ok(tx.run(query(PROGRESS).bind("site", site).bind("run", run).bind("percent", percent)).await? == 1)
}

/// Writes what a computation found, if it is still wanted.
pub(crate) async fn answer(tx: &mut Tx, found: &ShiftPlanRow, now: Instant64) -> Result<bool, DbError> {
    let row = query(ANSWER)
        .bind("site", found.site_id)
        .bind("run", found.run)
        .bind("state", found.state.as_str())
        .bind("starts", found.starts.clone())
        .bind("by_hand", found.by_hand)
        .bind("outcome", found.outcome.clone())
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}
