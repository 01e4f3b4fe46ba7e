//! What becomes of findings, over HTTP: one by one, all sure ones at once, and taken back.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::text::Prose;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::Purpose;

use super::super::enterprises::{self, EnterpriseNew};
use super::super::grid::premises::{self, PremisesNew};
use super::super::note;
use super::findings::within;
use super::views::{self, CensusFindingDetail, REVIEWS};
use super::{of_enterprises, of_premises};
use crate::census::model::{self, AsideReason, CensusField, FindingId, FindingState};
use crate::model::EnterpriseId;
use crate::officers::model::PremisesId;
use crate::store::census::{self as store, Decided};
use crate::store::census_lists::{self as lists, FindingRow};

/// What a finding is decided to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CensusDecisionNew {
    /// As it was seen: whoever is second is told.
    revision: i64,
    /// `same`, `new` or `aside`.
    decision: FindingState,
    /// Of `same`: which enterprise it is.
    pub(super) enterprise_id: Option<String>,
    /// Of `same`: which premises they are.
    pub(super) premises_id: Option<String>,
    /// Of `same`: what the register takes over from the finding.
    #[serde(default)]
    pub(super) take: Vec<CensusField>,
    /// Of `new`: as the enterprise is registered.
    enterprise: Option<EnterpriseNew>,
    /// Of `new`: as the premises are registered.
    premises: Option<PremisesNew>,
    /// Of `aside`: why.
    reason: Option<AsideReason>,
    note: Option<String>,
}

/// A decision to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CensusUndo {
    revision: i64,
}

/// Sure matches to be accepted together.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CensusAccept {
    /// Only one file's.
    import_id: Option<String>,
    /// Only of an area and all below it.
    area: Option<String>,
    /// Only say how many there are.
    dry_run: bool,
    /// How many were confirmed: if they are others now, nothing is accepted.
    expected: Option<i64>,
}

/// How many sure matches there are, or were accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusAccepted {
    dry_run: bool,
    count: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(accept)).routes(routes!(decide)).routes(routes!(undo))
}

/// Decide what a finding is. One that was decided or changed meanwhile is refused with `state`.
#[utoipa::path(post, path = "/census/findings/{id}/decision", tag = "places", params(("id" = String, Path)), request_body = CensusDecisionNew, responses((status = 200, body = CensusFindingDetail)))]
async fn decide(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CensusDecisionNew>,
) -> ApiResult<(StatusCode, Json<CensusFindingDetail>)> {
    let scope = me.require(REVIEWS)?;
    let id: FindingId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = lists::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    if row.state != FindingState::Open.code() || row.revision != body.revision {
        return Err(ApiError::state());
    }
    let mut decided = match body.decision {
        FindingState::Same => same(&mut write, &me, &scope, &row, &body).await?,
        FindingState::New => new(&mut write, &me, &scope, &row, &body).await?,
        FindingState::Aside => {
            let reason = body.reason.ok_or_else(|| ApiError::field("reason", ErrorCode::Required))?;
            Decided { reason: Some(reason), ..Decided::default() }
        }
        FindingState::Open => return Err(ApiError::field("decision", ErrorCode::Invalid)),
    };
    if let Some(text) = body.note.given() {
        let text = Prose::parse(text).map_err(|it| ApiError::invalid("note", it))?;
        let key = platform.vault.key(row.import_id, Purpose::Identity).await?;
        decided.note = Some(model::sealed_note(&key, row.id, text.as_str()));
    }
    let (enterprise, now) = (decided.enterprise.map(EnterpriseId::from_uuid), write.now);
    let premises = decided.premises.map(PremisesId::from_uuid);
    let at = (id, body.revision);
    if !store::decide(&mut write.tx, &scope, at, body.decision.code(), decided, now).await? {
        return Err(ApiError::state());
    }
    let detail = json!({
        "decision": body.decision.code(), "enterprise_id": enterprise, "premises_id": premises,
        "reason": body.reason.map(|it| it.code()),
        "taken": body.take.iter().map(|it| it.code()).collect::<Vec<_>>(),
    });
    note(&mut write, &scope, "census_finding.decided", id, detail).await?;
    answer(&platform, write, &scope, id).await
}

/// The finding is one of the register, which takes over what was chosen.
async fn same(
    write: &mut Write,
    me: &Me,
    scope: &Scope,
    row: &FindingRow,
    body: &CensusDecisionNew,
) -> ApiResult<Decided> {
    if !body.take.is_empty() {
        may_write(me, scope, row, None)?;
    }
    match of_premises::is_of(row) {
        true => of_premises::same(write, scope, row, body).await,
        false => of_enterprises::same(write, scope, row, body).await,
    }
}

/// The finding is registered, as anything of its kind is.
async fn new(
    write: &mut Write,
    me: &Me,
    scope: &Scope,
    row: &FindingRow,
    body: &CensusDecisionNew,
) -> ApiResult<Decided> {
    if of_premises::is_of(row) {
        let new = body.premises.as_ref().ok_or_else(|| ApiError::field("premises", ErrorCode::Required))?;
        may_write(me, scope, row, Some(&new.area_code))?;
        let premises = premises::register(write, scope, new).await?;
        return Ok(Decided { premises: Some(premises.uuid()), ..Decided::default() });
    }
    let new = body.enterprise.as_ref().ok_or_else(|| ApiError::field("enterprise", ErrorCode::Required))?;
    may_write(me, scope, row, Some(&new.area_code))?;
    let enterprise = enterprises::register(write, scope, new).await?;
    Ok(Decided { enterprise: Some(enterprise.uuid()), ..Decided::default() })
}

/// Whoever edits places writes the register by a decision. So does the reviewer of an area, but for what lies where it was found; who
/// reviews what he answers for ties findings and sets them aside.
fn may_write(me: &Me, scope: &Scope, row: &FindingRow, area: Option<&str>) -> ApiResult<()> {
    let Err(denied) = me.require(Permission::EditPlaces) else { return Ok(()) };
    match area.is_none_or(|it| it.trim() == row.area_code) {
        _ if !scope.is_of_authority() => Err(denied),
        true => Ok(()),
        false => Err(ApiError::field("area_code", ErrorCode::BeyondScope)),
    }
}

/// Take a decision back while nothing hangs on it: what was registered is removed, what was taken over stands as before.
#[utoipa::path(post, path = "/census/findings/{id}/undo", tag = "places", params(("id" = String, Path)), request_body = CensusUndo, responses((status = 200, body = CensusFindingDetail)))]
async fn undo(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CensusUndo>,
) -> ApiResult<(StatusCode, Json<CensusFindingDetail>)> {
    let scope = me.require(REVIEWS)?;
    let id: FindingId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = lists::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    if !store::reopen(&mut write.tx, &scope, (id, body.revision)).await? {
        return Err(ApiError::state());
    }
    if row.state == FindingState::New.code() || row.taken.is_some() {
        may_write(&me, &scope, &row, None)?;
    }
    let (enterprise, premises) =
        (row.enterprise_id.map(EnterpriseId::from_uuid), row.premises_id.map(PremisesId::from_uuid));
    match (FindingState::parse(&row.state), enterprise, premises) {
        (Some(FindingState::New), Some(it), _) => of_enterprises::unregister(&mut write, &scope, it).await?,
        (Some(FindingState::New), None, Some(it)) => of_premises::unregister(&mut write, &scope, it).await?,
        (Some(FindingState::Same), Some(it), _) => of_enterprises::restore(&mut write, &scope, &row, it).await?,
        (Some(FindingState::Same), None, Some(it)) => of_premises::restore(&mut write, &scope, &row, it).await?,
        (Some(_) | None, _, _) => {}
    }
    let detail = json!({ "decision": row.state, "enterprise_id": enterprise, "premises_id": premises });
    note(&mut write, &scope, "census_finding.reopened", id, detail).await?;
    answer(&platform, write, &scope, id).await
}

/// Accept all open findings that are sure matches, and lie inside one's reach with their enterprises or premises.
#[utoipa::path(post, path = "/census/acceptances", tag = "places", request_body = CensusAccept, responses((status = 200, body = CensusAccepted)))]
async fn accept(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<CensusAccept>,
) -> ApiResult<(StatusCode, Json<CensusAccepted>)> {
    let scope = me.require(REVIEWS)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let filter = within(body.import_id.given(), body.area.given())?;
    let count = store::sure(&mut write.tx, &scope, filter.clone()).await?;
    if !body.dry_run {
        if body.expected.is_some_and(|it| it != count) {
            return Err(ApiError::state());
        }
        let accepted = store::accept(&mut write.tx, &scope, filter, now).await?;
        let detail = json!({ "accepted": accepted, "import_id": body.import_id, "area": body.area });
        note(&mut write, &scope, "census.accepted", "", detail).await?;
    }
    write.finish(StatusCode::OK, CensusAccepted { dry_run: body.dry_run, count }).await
}

/// The finding as it stands now. The answer that is kept beside the change is without persons.
async fn answer(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    id: FindingId,
) -> ApiResult<(StatusCode, Json<CensusFindingDetail>)> {
    let row = lists::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = views::detail(platform, &mut write.tx, scope, row).await?;
    let kept = view.without_persons();
    write.finish_keeping(StatusCode::OK, view, &kept).await
}
