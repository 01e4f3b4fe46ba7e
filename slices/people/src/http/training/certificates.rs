//! Certificates at the desk: of one person, written down for who learnt in a room, taken back, printed.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use db::Condition;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Lang, Me, Platform, Query, Write, pdf_response};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::Purpose;

use crate::http::{note, person_id, standing};
use crate::model::PersonId;
use crate::sealed::open_identity;
use crate::store::people;
use crate::store::training::certificates::{self as store, CertificateRow};
use crate::store::training::courses;
use crate::training::certifying::{self, Earned, certify};
use crate::training::model::{CertificateChannel, CertificateId, CourseId, CourseState};

/// How long ago somebody may have been trained in a room.
const ROOM_DAYS: i64 = 90;
const SHOWN: i64 = 200;

/// A certificate.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CertificateView {
    #[schema(value_type = String)]
    id: CertificateId,
    #[schema(value_type = String)]
    course_id: CourseId,
    title: String,
    channel: CertificateChannel,
    /// Whether it holds now.
    holds: bool,
    right_count: Option<i64>,
    question_count: Option<i64>,
    #[schema(value_type = String)]
    issued_at: Instant64,
    #[schema(value_type = String)]
    expires_at: Instant64,
    /// Who wrote it down.
    recorded_by: Option<String>,
    #[schema(value_type = Option<String>)]
    revoked_at: Option<Instant64>,
    revoked_by: Option<String>,
}

/// The newest 200 of one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateList {
    pub(super) items: Vec<CertificateView>,
}

/// That somebody was trained in a room.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TrainedInRoom {
    course_id: String,
    /// The day, as `2026-03-02`; not more than 90 days ago.
    trained_on: String,
}

/// Why a certificate is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CertificateReason {
    reason: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(super) struct PaperLanguage {
    /// `zh` or `en`.
    pub(super) lang: Lang,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, record)).routes(routes!(revoke)).routes(routes!(paper))
}

/// Her certificates, newest first.
#[utoipa::path(get, path = "/people/{id}/certificates", tag = "training", params(("id" = String, Path)), responses((status = 200, body = CertificateList)))]
async fn list(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<CertificateList>> {
    let scope = me.require(Permission::ReadPeople)?;
    let mut db = platform.db.reader();
    let person = standing(&mut db, &scope, person_id(&id)?).await?;
    let files = people::group(&mut db, person).await?;
    let wanted = Condition::all([store::of_files(&files), known(&scope)]);
    let rows = store::list(&mut db, &scope, wanted, SHOWN).await?;
    let detail = json!({ "rows": rows.len() });
    let subject = Some(person.to_string());
    http_api::listing::disclosed(&platform, &scope, "training.read", subject, &[person.uuid()], detail).await?;
    Ok(Json(CertificateList { items: rows.into_iter().map(|it| view(it, platform.now())).collect() }))
}

/// Write down that she was trained in a room: for who has no phone.
#[utoipa::path(post, path = "/people/{id}/certificates", tag = "training", params(("id" = String, Path)), request_body = TrainedInRoom, responses((status = 201, body = CertificateView)))]
async fn record(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<TrainedInRoom>,
) -> ApiResult<(StatusCode, Json<CertificateView>)> {
    let scope = me.require(Permission::Attest)?;
    let on =
        Instant64::parse_date(&body.trained_on).ok_or_else(|| ApiError::field("trained_on", ErrorCode::DateForm))?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let person = standing(&mut write.tx, &scope, person_id(&id)?).await?;
    if now < on {
        return Err(ApiError::field("trained_on", ErrorCode::DateFuture));
    }
    if on < now.plus(-ROOM_DAYS * kernel::time::DAY) {
        return Err(ApiError::field("trained_on", ErrorCode::DateTooOld).with("days", ROOM_DAYS));
    }
    let unknown = || ApiError::field("course_id", ErrorCode::Invalid);
    let course: CourseId = body.course_id.parse().map_err(|_| unknown())?;
    let course = courses::find(&mut write.tx, courses::readable(&scope), course).await?;
    let course = course.filter(|it| it.is(CourseState::Published)).ok_or_else(unknown)?;
    if on.plus(course.valid_days * kernel::time::DAY) <= now {
        return Err(ApiError::field("trained_on", ErrorCode::DateTooOld).with("days", course.valid_days));
    }
    people::lock(&mut write.tx, person).await?;
    let by = scope.actor().name.clone();
    let earned = Earned {
        person: person.uuid(),
        channel: CertificateChannel::Classroom,
        score: None,
        at: on,
        by: Some(&by),
        source: &by,
    };
    let id = certify(&platform, &mut write.tx, &course, earned, now).await?;
    note(&platform, &mut write, &scope, "training.recorded", person, json!({ "course": course.title }), None).await?;
    let row = store::by_id(&mut write.tx, id).await?.ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::CREATED, view(row, now)).await
}

/// Take a certificate back for good.
#[utoipa::path(post, path = "/certificates/{id}/revoke", tag = "training", params(("id" = String, Path)), request_body = CertificateReason, responses((status = 200, body = CertificateView)))]
async fn revoke(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CertificateReason>,
) -> ApiResult<(StatusCode, Json<CertificateView>)> {
    let scope = me.require(Permission::Attest)?;
    let reason = Label::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = find(&mut write.tx, &scope, &id).await?;
    // What an authority has certified, or another enterprise, is not an employer's to take back.
    let by_her = row.recorded_by.as_deref() == Some(scope.actor().name.as_str());
    if !scope.is_of_authority()
        && !by_her
        && courses::find(&mut write.tx, courses::editable(&scope), CourseId::from_uuid(row.course_id)).await?.is_none()
    {
        return Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::BeyondScope));
    }
    let person = standing(&mut write.tx, &scope, PersonId::from_uuid(row.person_id)).await?;
    if !certifying::revoke(&mut write.tx, &row, person.uuid(), &scope.actor().name, now).await? {
        return Err(ApiError::state());
    }
    let detail = json!({ "course": row.title, "reason": reason.as_str() });
    note(&platform, &mut write, &scope, "certificate.revoked", person, detail, None).await?;
    let row = find(&mut write.tx, &scope, &id).await?;
    write.finish(StatusCode::OK, view(row, now)).await
}

/// A certificate as a sheet of paper.
#[utoipa::path(get, path = "/certificates/{id}/paper", tag = "training", params(("id" = String, Path), PaperLanguage), responses((status = 200, content_type = "application/pdf", body = String)))]
async fn paper(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(language): Query<PaperLanguage>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadPeople)?;
    let row = find(&mut platform.db.reader(), &scope, &id).await?;
    let subject = Some(PersonId::from_uuid(row.person_id).to_string());
    let detail = json!({ "course": row.title });
    http_api::listing::disclosed(&platform, &scope, "certificate.printed", subject, &[row.person_id], detail).await?;
    printed(&platform, &row, language.lang, &headers).await
}

/// Certificates of courses that who asks may know of: what another employer teaches its people is that employer's. She
/// herself knows all of hers.
fn known(scope: &Scope) -> Condition {
    match scope.own() {
        Some(_) => Condition::always(),
        None => courses::readable(scope),
    }
}

/// One certificate inside the scope.
pub(super) async fn find(db: &mut impl db::Read, scope: &Scope, id: &str) -> ApiResult<CertificateRow> {
    let id: CertificateId = id.parse().map_err(|_| ApiError::not_found())?;
    let only = Condition::all([Condition::eq("c.id", id.uuid()), known(scope)]);
    store::list(db, scope, only, 1).await?.pop().ok_or_else(ApiError::not_found)
}

/// On paper. Name and document are masked as everywhere.
pub(super) async fn printed(
    platform: &Platform,
    row: &CertificateRow,
    lang: Lang,
    headers: &HeaderMap,
) -> ApiResult<Response> {
    let mut db = platform.db.reader();
    let (file, kind, sealed) =
        people::identities(&mut db, &[row.person_id]).await?.pop().ok_or_else(ApiError::not_found)?;
    let identity = open_identity(&*platform.vault.key(file, Purpose::Identity).await?, file, &kind, &sealed)?;
    let shown = (kernel::text::mask_name(identity.name.as_str()), identity.document.masked());
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let scheme = if platform.secure_cookies { "https" } else { "http" };
    let verify_at = format!("{scheme}://{host}/m/certificate/{}", CertificateId::from_uuid(row.id));
    pdf_response(platform, certifying::sheet(lang, row, shown, verify_at), "certificate.pdf").await
}

pub(super) fn view(row: CertificateRow, now: Instant64) -> CertificateView {
    CertificateView {
        holds: row.holds(now),
        id: CertificateId::from_uuid(row.id),
        course_id: CourseId::from_uuid(row.course_id),
        title: row.title,
        channel: CertificateChannel::parse(&row.channel).unwrap_or(CertificateChannel::Classroom),
        right_count: row.right_count,
        question_count: row.question_count,
        issued_at: Instant64::from_micros(row.issued_at),
        expires_at: Instant64::from_micros(row.expires_at),
        recorded_by: row.recorded_by,
        revoked_at: row.revoked_at.map(Instant64::from_micros),
        revoked_by: row.revoked_by,
    }
}
