//! The visitor's own page. Needs no session: her code is the proof, and it is asked for in the body, never in an address.

use access::enrolment::{check_rate, note_failure};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Peer, Platform};
use kernel::text::mask_name;
use places::rules::show_minute;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::Purpose;

use crate::announcing::{changed, code_digest, response_covers};
use crate::model::{Declared, Details, VisitorId, VisitorState};
use crate::rules::read_code;
use crate::sealed;
use crate::store::visitors::{self as store, VisitorRow};

/// A visitor's code.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VisitAsk {
    code: String,
}

/// What she says of herself, and that it may be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VisitDeclaration {
    code: String,
    #[serde(flatten)]
    declared: Declared,
    /// That her name, phone and answers are kept for four weeks to trace contacts. Without it nothing is kept.
    agrees: bool,
}

/// Her visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitView {
    masked_name: String,
    site_name: String,
    host: String,
    state: VisitorState,
    from: String,
    until: String,
    start: String,
    end: String,
    code: String,
    /// Whether she has said today how she is.
    declared_today: bool,
    /// What she said last lets her come; null before she has.
    fit: Option<bool>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(declare))
}

/// A visit, for whoever has its code.
#[utoipa::path(post, path = "/visits", tag = "session", request_body = VisitAsk, responses((status = 200, body = VisitView)))]
async fn read(
    State(platform): State<Platform>,
    Extension(peer): Extension<Peer>,
    Json(body): Json<VisitAsk>,
) -> ApiResult<Json<VisitView>> {
    let row = found(&platform, &peer, &body.code).await?;
    Ok(Json(view(&platform, row).await?))
}

/// Say how she is, on the day that she comes.
#[utoipa::path(post, path = "/visits/declarations", tag = "session", request_body = VisitDeclaration, responses((status = 200, body = VisitView)))]
async fn declare(
    State(platform): State<Platform>,
    Extension(peer): Extension<Peer>,
    Json(body): Json<VisitDeclaration>,
) -> ApiResult<Json<VisitView>> {
    let row = found(&platform, &peer, &body.code).await?;
    if !body.agrees {
        return Err(ApiError::field("agrees", ErrorCode::ConsentRequired));
    }
    let now = platform.now();
    // What she said against herself she does not take back on the same day.
    let said = row.declared_at.is_some_and(|it| now.local().day_start.micros() <= it);
    if said && row.fit == Some(false) {
        return Err(ApiError::state());
    }
    if row.state() != VisitorState::Announced || row.until_at <= now.micros() {
        return Err(ApiError::state());
    }
    response_covers(&platform, &row.area_code, now).await?;
    let mut tx = platform.db.begin().await?;
    store::declare(&mut tx, row.id, body.declared.is_fit(), now).await?;
    changed(&mut tx, (row.site_id, row.enterprise_id, &row.area_code), now).await?;
    let id = VisitorId::from_uuid(row.id);
    let row = store::find(&mut tx, &access::system_scope("visit"), id).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    Ok(Json(view(&platform, row).await?))
}

/// The announcement of a code. Who guesses is slowed down as who guesses the codes of tablets is.
async fn found(platform: &Platform, peer: &Peer, code: &str) -> ApiResult<VisitorRow> {
    let now = platform.now();
    check_rate(&platform.db, &peer.0, now).await.map_err(|seconds| {
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::BackOff).with("retry_after_s", seconds)
    })?;
    let mut db = platform.db.reader();
    let id = match read_code(code) {
        Some(code) => store::by_code(&mut db, code_digest(platform, &code)).await?,
        None => return Err(ApiError::field("code", ErrorCode::VisitCode)),
    };
    let Some(id) = id else {
        note_failure(&platform.db, &peer.0, now).await?;
        return Err(ApiError::field("code", ErrorCode::VisitCode));
    };
    store::find(&mut db, &access::system_scope("visit"), id).await?.ok_or_else(ApiError::not_found)
}

async fn view(platform: &Platform, row: VisitorRow) -> ApiResult<VisitView> {
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let details: Details = sealed::open(&key, sealed::VISITOR, row.id, &row.details_sealed)?;
    let site = places::sites_by_id(&mut platform.db.reader(), &[row.site_id]).await?.pop();
    let period = row.period();
    let today = platform.now().local().day_start.micros();
    Ok(VisitView {
        masked_name: mask_name(&details.name),
        site_name: site.map(|it| it.name).unwrap_or_default(),
        state: row.state(),
        host: row.host_name,
        from: period.from.local_date(),
        until: period.until.plus(-1).local_date(),
        start: show_minute(period.start_minute),
        end: show_minute(period.end_minute),
        code: details.code,
        declared_today: row.declared_at.is_some_and(|it| today <= it),
        fit: row.fit,
    })
}
