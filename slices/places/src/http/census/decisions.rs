//! What becomes of findings, over HTTP: one by one, all sure ones at once, and taken back.

use access::{Grant, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::DbError;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::text::Prose;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::Purpose;

use super::super::enterprises::{self as register, EnterpriseNew, EnterprisePatch};
use super::super::note;
use super::findings::within;
use super::views::{self, CensusFindingDetail, REVIEWS};
use crate::census::model::{self, AsideReason, CensusField, FindingId, FindingState};
use crate::model::EnterpriseId;
use crate::store::census::{self as store, Decided};
use crate::store::census_lists::{self as lists, FindingRow};
use crate::store::enterprises::{self, EnterpriseRow};

/// What a finding is decided to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CensusDecisionNew {
    /// As it was seen: whoever is second is told.
    revision: i64,
    /// `same`, `new` or `aside`.
    decision: FindingState,
    /// Of `same`: which enterprise it is.
    enterprise_id: Option<String>,
    /// Of `same`: what the register takes over from the finding.
    #[serde(default)]
    take: Vec<CensusField>,
    /// Of `new`: as it is registered.
    enterprise: Option<EnterpriseNew>,
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

/// What the register took over from a finding: as it stood before, and as it was written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Taken {
    before: EnterprisePatch,
    written: EnterprisePatch,
}

impl Taken {
    /// Names of the fields.
    pub(super) fn fields(&self) -> Vec<String> {
        let it = &self.written;
        let fields = [
            (CensusField::Name, &it.name),
            (CensusField::AreaCode, &it.area_code),
            (CensusField::Industry, &it.industry),
            (CensusField::SizeClass, &it.size_class),
            (CensusField::Address, &it.address),
        ];
        fields.iter().filter(|it| it.1.is_some()).map(|it| it.0.code().to_owned()).collect()
    }

    /// Whether the register still holds what was written.
    fn stands_in(&self, row: &EnterpriseRow) -> bool {
        let holds = |written: &Option<String>, now: &str| written.as_deref().is_none_or(|it| it == now);
        let it = &self.written;
        holds(&it.name, &row.name)
            && holds(&it.area_code, &row.area_code)
            && holds(&it.industry, &row.industry)
            && holds(&it.size_class, &row.size_class)
            && holds(&it.address, &row.address)
    }
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
        FindingState::Same => same(&mut write, &scope, &row, &body).await?,
        FindingState::New => {
            me.require(Permission::EditPlaces)?;
            let new = body.enterprise.as_ref().ok_or_else(|| ApiError::field("enterprise", ErrorCode::Required))?;
            let enterprise = register::register(&mut write, &scope, new).await?;
            Decided { enterprise: Some(enterprise.uuid()), ..Decided::default() }
        }
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
    let at = (id, body.revision);
    if !store::decide(&mut write.tx, &scope, at, body.decision.code(), decided, now).await? {
        return Err(ApiError::state());
    }
    let detail = json!({
        "decision": body.decision.code(), "enterprise_id": enterprise, "reason": body.reason.map(|it| it.code()),
        "taken": body.take.iter().map(|it| it.code()).collect::<Vec<_>>(),
    });
    note(&mut write, &scope, "census_finding.decided", id, detail).await?;
    answer(&platform, write, &scope, id).await
}

/// The finding is an enterprise of the register, which takes over what was chosen.
async fn same(write: &mut Write, scope: &Scope, row: &FindingRow, body: &CensusDecisionNew) -> ApiResult<Decided> {
    let unknown = || ApiError::field("enterprise_id", ErrorCode::EnterpriseUnknown);
    let text = body.enterprise_id.given().ok_or_else(|| ApiError::field("enterprise_id", ErrorCode::Required))?;
    let id: EnterpriseId = text.parse().map_err(|_| unknown())?;
    if enterprises::find(&mut write.tx, scope, id).await?.is_none() {
        return Err(unknown());
    }
    let decided = Decided { enterprise: Some(id.uuid()), ..Decided::default() };
    if body.take.is_empty() {
        return Ok(decided);
    }
    let written = taken_of(row, &body.take)?;
    let known = register::change(write, scope, id, &written).await?;
    let before = EnterprisePatch {
        name: written.name.as_ref().map(|_| known.name),
        area_code: written.area_code.as_ref().map(|_| known.area_code),
        industry: written.industry.as_ref().map(|_| known.industry),
        size_class: written.size_class.as_ref().map(|_| known.size_class),
        address: written.address.as_ref().map(|_| known.address),
    };
    // As the register keeps it.
    let now = register::find(write, scope, id).await?;
    let written = EnterprisePatch {
        name: written.name.map(|_| now.name),
        area_code: written.area_code.map(|_| now.area_code),
        industry: written.industry.map(|_| now.industry),
        size_class: written.size_class.map(|_| now.size_class),
        address: written.address.map(|_| now.address),
    };
    let taken = serde_json::to_string(&Taken { before, written }).map_err(|error| ApiError::internal(&error))?;
    Ok(Decided { taken: Some(taken), ..decided })
}

/// What the finding says of these fields; what it does not say cannot be taken over.
fn taken_of(row: &FindingRow, fields: &[CensusField]) -> ApiResult<EnterprisePatch> {
    let mut patch = EnterprisePatch::default();
    for field in fields {
        let (slot, value) = match field {
            CensusField::Name => (&mut patch.name, Some(row.name.as_str())),
            CensusField::Address => (&mut patch.address, Some(row.address.as_str())),
            CensusField::AreaCode => (&mut patch.area_code, Some(row.area_code.as_str())),
            CensusField::Industry => (&mut patch.industry, Some(row.industry.as_str())),
            CensusField::SizeClass => (&mut patch.size_class, row.size_class.as_deref()),
        };
        let value = value.filter(|it| !it.is_empty()).ok_or_else(|| ApiError::field("take", ErrorCode::Invalid))?;
        *slot = Some(value.to_owned());
    }
    Ok(patch)
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
    match (FindingState::parse(&row.state), row.enterprise_id.map(EnterpriseId::from_uuid)) {
        (Some(FindingState::New), Some(enterprise)) => {
            me.require(Permission::EditPlaces)?;
            unregister(&mut write, &scope, enterprise).await?;
        }
        (Some(FindingState::Same), Some(enterprise)) => restore(&mut write, &scope, &row, enterprise).await?,
        (Some(_) | None, _) => {}
    }
    let detail = json!({ "decision": row.state, "enterprise_id": row.enterprise_id.map(EnterpriseId::from_uuid) });
    note(&mut write, &scope, "census_finding.reopened", id, detail).await?;
    answer(&platform, write, &scope, id).await
}

/// Takes an enterprise out of the register again on which nothing hangs.
async fn unregister(write: &mut Write, scope: &Scope, id: EnterpriseId) -> ApiResult<()> {
    let used = || ApiError::new(StatusCode::CONFLICT, ErrorCode::EnterpriseUsed);
    if access::is_granted(&mut write.tx, &Grant::Enterprise(id.uuid())).await? {
        return Err(used());
    }
    match enterprises::remove(&mut write.tx, scope, id).await {
        Ok(true) => note(write, scope, "enterprise.removed", id, json!({})).await,
        Ok(false) | Err(DbError::Constraint(_)) => Err(used()),
        Err(other) => Err(other.into()),
    }
}

/// Gives an enterprise back what was taken over, unless somebody has changed that since.
async fn restore(write: &mut Write, scope: &Scope, row: &FindingRow, id: EnterpriseId) -> ApiResult<()> {
    let Some(taken) = row.taken.as_deref() else { return Ok(()) };
    let taken: Taken = serde_json::from_str(taken).map_err(|error| ApiError::internal(&error))?;
    let now = register::find(write, scope, id).await?;
    if !taken.stands_in(&now) {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::EnterpriseUsed));
    }
    register::change(write, scope, id, &taken.before).await.map(|_| ())
}

/// Accept all open findings that are sure matches, and lie inside one's reach with their enterprises.
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
