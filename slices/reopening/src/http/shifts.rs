//! Shift plans over HTTP: what a site has entered, having it computed, changing it by hand, putting it in force.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::Instant64;
use places::{SiteBrief, SiteId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::shifts::in_force::{HoursInForce, hours};
use crate::shifts::measure::{PlanFigures, measure, measure_at_eight};
use crate::shifts::model::{Outcome, PlanState, ShiftPlan, TeamStart};
use crate::shifts::running::SHIFT_PLAN_JOB;
use crate::shifts::sound::{PlanFault, faults, start_faults};
use crate::shifts::suggest::suggested;
use crate::store::shifts::{self as store, ShiftPlanRow};

/// The shift plan of a site.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ShiftPlanFile {
    pub(super) site_name: String,
    /// 0 while nobody has entered one: it is made of the site's gates and the teams of its roster.
    revision: i64,
    state: PlanState,
    progress_percent: i64,
    pub(super) plan: ShiftPlan,
    /// When each team begins; empty before a computation.
    pub(super) starts: Vec<TeamStart>,
    /// Whether somebody changed a start since the computation.
    by_hand: bool,
    pub(super) outcome: Option<Outcome>,
    /// What the starts come to.
    pub(super) figures: Option<PlanFigures>,
    /// What everybody at eight comes to on the same data.
    pub(super) at_eight: Option<PlanFigures>,
    /// What is wrong with the plan as it was entered.
    faults: Vec<PlanFault>,
    changed_by: Option<String>,
    #[schema(value_type = Option<String>)]
    changed_at: Option<Instant64>,
    /// What gates go by.
    in_force: Option<HoursInForce>,
    in_force_by: Option<String>,
    #[schema(value_type = Option<String>)]
    in_force_at: Option<Instant64>,
}

/// A plan as somebody entered it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ShiftPlanEdit {
    plan: ShiftPlan,
    /// The revision that was seen.
    from_revision: i64,
}

/// An act on a plan.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ShiftPlanAct {
    /// The revision that was seen.
    from_revision: i64,
}

/// Starts that somebody set by hand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ShiftStarts {
    starts: Vec<TeamStart>,
    /// The revision that was seen.
    from_revision: i64,
}

type Answer = ApiResult<(StatusCode, Json<ShiftPlanFile>)>;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(read, save))
        .routes(routes!(run))
        .routes(routes!(stop))
        .routes(routes!(set_starts))
        .routes(routes!(try_starts))
        .routes(routes!(enforce))
        .routes(routes!(withdraw))
}

/// The shift plan of a site, measured against everybody at eight.
#[utoipa::path(get, path = "/sites/{id}/shift-plan", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = ShiftPlanFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<ShiftPlanFile>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let mut db = platform.db.reader();
    let site = site(&mut db, &scope, &id).await?;
    file(&mut db, &scope, site, platform.now()).await.map(Json)
}

/// Enter or change what is given. Starts that were computed for something else are gone; what is in force stays.
#[utoipa::path(put, path = "/sites/{id}/shift-plan", tag = "reopening", params(("id" = String, Path)), request_body = ShiftPlanEdit, responses((status = 200, body = ShiftPlanFile)))]
async fn save(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftPlanEdit>,
) -> Answer {
    let scope = me.require(Permission::PlanShifts)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (now, site) = (write.now, site(&mut write.tx, &scope, &id).await?);
    refused("plan", &faults(&body.plan))?;
    store::begin(&mut write.tx, &scope, site.id, now).await?;
    let row = seen(&mut write, &scope, &site, body.from_revision).await?;
    let definition = text(&body.plan)?;
    let to = ShiftPlanRow { definition, starts: None, outcome: None, by_hand: false, ..moved(row, PlanState::Draft) };
    change(&mut write, &scope, &to, "shift_plan.saved", json!({ "teams": body.plan.teams.len() })).await?;
    answer(write, &scope, site).await
}

/// Have it computed. It waits in a queue; read the plan until it is no longer `waiting` or `solving`.
#[utoipa::path(post, path = "/sites/{id}/shift-plan/runs", tag = "reopening", params(("id" = String, Path)), request_body = ShiftPlanAct, responses((status = 200, body = ShiftPlanFile)))]
async fn run(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftPlanAct>,
) -> Answer {
    let scope = me.require(Permission::PlanShifts)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (now, site) = (write.now, site(&mut write.tx, &scope, &id).await?);
    let row = seen(&mut write, &scope, &site, body.from_revision).await?;
    let mut to = moved(row, PlanState::Waiting);
    to.run += 1;
    let key = format!("shift_plan:{}:{}", site.id, to.run);
    jobs::enqueue(&mut write.tx, SHIFT_PLAN_JOB, &json!({ "site": site.id, "run": to.run }), Some(&key), now).await?;
    change(&mut write, &scope, &to, "shift_plan.run", json!({})).await?;
    answer(write, &scope, site).await
}

/// Stop a computation; the starts of before stay.
#[utoipa::path(post, path = "/sites/{id}/shift-plan/stops", tag = "reopening", params(("id" = String, Path)), request_body = ShiftPlanAct, responses((status = 200, body = ShiftPlanFile)))]
async fn stop(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftPlanAct>,
) -> Answer {
    let scope = me.require(Permission::PlanShifts)?;
    let mut write = Write::begin(&platform, &me).await?;
    let site = site(&mut write.tx, &scope, &id).await?;
    let row = known(&mut write, &scope, &site, body.from_revision).await?;
    if !is_busy(&row) {
        return Err(ApiError::state());
    }
    change(&mut write, &scope, &moved(row, PlanState::Stopped), "shift_plan.stopped", json!({})).await?;
    answer(write, &scope, site).await
}

/// Set starts by hand. That a wait is broken is shown, not refused.
#[utoipa::path(put, path = "/sites/{id}/shift-plan/starts", tag = "reopening", params(("id" = String, Path)), request_body = ShiftStarts, responses((status = 200, body = ShiftPlanFile)))]
async fn set_starts(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftStarts>,
) -> Answer {
    let scope = me.require(Permission::PlanShifts)?;
    let mut write = Write::begin(&platform, &me).await?;
    let site = site(&mut write.tx, &scope, &id).await?;
    let mut row = seen(&mut write, &scope, &site, body.from_revision).await?;
    refused("starts", &start_faults(&plan_of(&row)?, &body.starts))?;
    (row.starts, row.by_hand) = (Some(text(&body.starts)?), true);
    change(&mut write, &scope, &row, "shift_plan.edited", json!({})).await?;
    answer(write, &scope, site).await
}

/// What starts would come to; nothing changes.
#[utoipa::path(post, path = "/sites/{id}/shift-plan/tries", tag = "reopening", params(("id" = String, Path)), request_body = ShiftStarts, responses((status = 200, body = PlanFigures)))]
async fn try_starts(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftStarts>,
) -> ApiResult<Json<PlanFigures>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let mut db = platform.db.reader();
    let site = site(&mut db, &scope, &id).await?;
    let row = store::find(&mut db, &scope, site.id).await?;
    let row = row.filter(|it| it.revision == body.from_revision).ok_or_else(ApiError::state)?;
    let plan = plan_of(&row)?;
    refused("starts", &start_faults(&plan, &body.starts))?;
    measure(&plan, &body.starts).map(Json).ok_or_else(ApiError::state)
}

/// Put the starts in force: the site's shift windows become those of the teams, and gates tell who comes outside of hers.
#[utoipa::path(post, path = "/sites/{id}/shift-plan/enforcements", tag = "reopening", params(("id" = String, Path)), request_body = ShiftPlanAct, responses((status = 200, body = ShiftPlanFile)))]
async fn enforce(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftPlanAct>,
) -> Answer {
    let scope = me.require(Permission::PlanShifts)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (now, site) = (write.now, site(&mut write.tx, &scope, &id).await?);
    let row = seen(&mut write, &scope, &site, body.from_revision).await?;
    let (plan, starts) = (plan_of(&row)?, starts_of(&row)?);
    let figures = measure(&plan, &starts).ok_or_else(ApiError::state)?;
    let windows = hours(&plan, &starts);
    let detail = json!({ "revision": row.revision, "windows": windows.len(), "holds": figures.holds });
    places::set_team_windows(&mut write.tx, &scope, SiteId::from_uuid(site.id), windows, now).await?;
    let in_force = text(&HoursInForce { revision: row.revision, starts })?;
    if !store::enforce(&mut write.tx, &scope, &row, Some(in_force), now).await? {
        return Err(ApiError::state());
    }
    note(&mut write, &scope, "shift_plan.enforced", SiteId::from_uuid(site.id), detail).await?;
    answer(write, &scope, site).await
}

/// Take what is in force back: the windows of teams are gone, and the site's other windows hold as before.
#[utoipa::path(post, path = "/sites/{id}/shift-plan/withdrawals", tag = "reopening", params(("id" = String, Path)), request_body = ShiftPlanAct, responses((status = 200, body = ShiftPlanFile)))]
async fn withdraw(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ShiftPlanAct>,
) -> Answer {
    let scope = me.require(Permission::PlanShifts)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (now, site) = (write.now, site(&mut write.tx, &scope, &id).await?);
    let row = known(&mut write, &scope, &site, body.from_revision).await?;
    if row.in_force.is_none() {
        return Err(ApiError::state());
    }
    places::set_team_windows(&mut write.tx, &scope, SiteId::from_uuid(site.id), Vec::new(), now).await?;
    if !store::enforce(&mut write.tx, &scope, &row, None, now).await? {
        return Err(ApiError::state());
    }
    note(&mut write, &scope, "shift_plan.withdrawn", SiteId::from_uuid(site.id), json!({})).await?;
    answer(write, &scope, site).await
}

/// The site inside the scope.
pub(super) async fn site(db: &mut impl Read, scope: &Scope, id: &str) -> ApiResult<SiteBrief> {
    let id: SiteId = id.parse().map_err(|_| ApiError::not_found())?;
    places::site_brief(db, scope, id).await?.ok_or_else(ApiError::not_found)
}

/// The plan as its editor saw it.
async fn known(write: &mut Write, scope: &Scope, site: &SiteBrief, revision: i64) -> ApiResult<ShiftPlanRow> {
    let row = store::find(&mut write.tx, scope, site.id).await?;
    row.filter(|it| it.revision == revision).ok_or_else(ApiError::state)
}

/// The same, while nothing is being computed.
async fn seen(write: &mut Write, scope: &Scope, site: &SiteBrief, revision: i64) -> ApiResult<ShiftPlanRow> {
    let row = known(write, scope, site, revision).await?;
    if is_busy(&row) { Err(ApiError::state()) } else { Ok(row) }
}

fn is_busy(row: &ShiftPlanRow) -> bool {
    matches!(row.state(), PlanState::Waiting | PlanState::Solving)
}

fn moved(row: ShiftPlanRow, state: PlanState) -> ShiftPlanRow {
    ShiftPlanRow { state: state.code().to_owned(), ..row }
}

fn refused(field: &'static str, faults: &[PlanFault]) -> ApiResult<()> {
    let Some(first) = faults.first() else { return Ok(()) };
    let error = ApiError::field(field, ErrorCode::ShiftPlanFaults);
    Err(error.with("at", &first.at).with("fault", first.code.code()))
}

async fn change(
    write: &mut Write,
    scope: &Scope,
    to: &ShiftPlanRow,
    act: &'static str,
    detail: serde_json::Value,
) -> ApiResult<()> {
    let now = write.now;
    if !store::change(&mut write.tx, scope, to, now).await? {
        return Err(ApiError::state());
    }
    note(write, scope, act, SiteId::from_uuid(to.site_id), detail).await
}

async fn answer(mut write: Write, scope: &Scope, site: SiteBrief) -> Answer {
    let now = write.now;
    let view = file(&mut write.tx, scope, site, now).await?;
    write.finish(StatusCode::OK, view).await
}

fn text(value: &impl Serialize) -> ApiResult<String> {
    serde_json::to_string(value).map_err(|error| ApiError::internal(&error))
}

fn read_text<T: serde::de::DeserializeOwned>(text: &str) -> ApiResult<T> {
    serde_json::from_str(text).map_err(|error| ApiError::internal(&error))
}

/// The plan; 409 when nobody has entered one.
fn plan_of(row: &ShiftPlanRow) -> ApiResult<ShiftPlan> {
    read_text::<Option<ShiftPlan>>(&row.definition)?.ok_or_else(ApiError::state)
}

fn starts_of(row: &ShiftPlanRow) -> ApiResult<Vec<TeamStart>> {
    row.starts.as_deref().map_or_else(|| Ok(Vec::new()), read_text)
}

/// The plan as it is shown.
pub(super) async fn file(
    db: &mut impl Read,
    scope: &Scope,
    site: SiteBrief,
    now: Instant64,
) -> ApiResult<ShiftPlanFile> {
    let row = store::find(db, scope, site.id).await?;
    let plan = match &row {
        Some(row) => plan_of(row)?,
        None => suggested(db, scope, site.id, now).await?,
    };
    let faults = faults(&plan);
    let starts = row.as_ref().map_or_else(|| Ok(Vec::new()), starts_of)?;
    let sound = faults.is_empty();
    Ok(ShiftPlanFile {
        site_name: site.name,
        revision: row.as_ref().map_or(0, |it| it.revision),
        state: row.as_ref().map_or(PlanState::Draft, ShiftPlanRow::state),
        progress_percent: row.as_ref().map_or(0, |it| it.progress_percent),
        figures: sound.then(|| measure(&plan, &starts)).flatten(),
        at_eight: sound.then(|| measure_at_eight(&plan)),
        by_hand: row.as_ref().is_some_and(|it| it.by_hand),
        outcome: row.as_ref().and_then(|it| it.outcome.as_deref()).map(read_text).transpose()?,
        changed_by: row.as_ref().map(|it| it.changed_by.clone()),
        changed_at: row.as_ref().map(|it| Instant64::from_micros(it.changed_at)),
        in_force: row.as_ref().and_then(|it| it.in_force.as_deref()).map(read_text).transpose()?,
        in_force_by: row.as_ref().and_then(|it| it.in_force_by.clone()),
        in_force_at: row.as_ref().and_then(|it| it.in_force_at).map(Instant64::from_micros),
        plan,
        starts,
        faults,
    })
}
