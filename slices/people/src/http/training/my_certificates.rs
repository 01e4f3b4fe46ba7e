//! Her certificates on her phone.

use access::Scope;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use db::Read;
use http_api::{ApiResult, Json, Myself, Platform, Query};
use kernel::Instant64;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::certificates::{CertificateList, CertificateView, PaperLanguage, find, printed, view};
use crate::http::mine::{my_files, proved};
use crate::store::training::certificates as store;
use crate::store::training::learning::{self, LearningRow};
use crate::training::model::CourseId;

/// More than anybody has.
const MOST: i64 = 1_000;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(paper))
}

/// Her certificates, newest first.
#[utoipa::path(get, path = "/me/certificates", tag = "me", responses((status = 200, body = CertificateList)))]
async fn list(State(platform): State<Platform>, me: Myself) -> ApiResult<Json<CertificateList>> {
    let mut db = platform.db.reader();
    let files = my_files(&mut db, &me).await?;
    Ok(Json(CertificateList { items: my_certificates(&mut db, &me.scope(), &files, platform.now()).await? }))
}

/// Certificates of these files of hers, newest first.
pub(crate) async fn my_certificates(
    db: &mut impl Read,
    scope: &Scope,
    files: &[Uuid],
    now: Instant64,
) -> ApiResult<Vec<CertificateView>> {
    let rows = store::list(db, scope, store::of_files(files), MOST).await?;
    Ok(rows.into_iter().map(|it| view(it, now)).collect())
}

/// What was kept of her learning.
#[derive(Debug, Serialize, ToSchema)]
pub struct LearntView {
    #[schema(value_type = String)]
    course_id: CourseId,
    furthest_ms: i64,
    #[schema(value_type = String)]
    started_at: Instant64,
    #[schema(value_type = Option<String>)]
    watched_at: Option<Instant64>,
}

/// What these files of hers have begun.
pub(crate) async fn learnt(db: &mut impl Read, files: &[Uuid]) -> ApiResult<Vec<LearntView>> {
    let view = |row: LearningRow| LearntView {
        course_id: CourseId::from_uuid(row.course_id),
        furthest_ms: row.furthest_ms,
        started_at: Instant64::from_micros(row.started_at),
        watched_at: row.watched_at.map(Instant64::from_micros),
    };
    Ok(learning::of_person(db, files, None).await?.into_iter().map(view).collect())
}

/// One of them as a sheet of paper.
#[utoipa::path(get, path = "/me/certificates/{id}/paper", tag = "me", params(("id" = String, Path), PaperLanguage), responses((status = 200, content_type = "application/pdf", body = String)))]
async fn paper(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
    Query(language): Query<PaperLanguage>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    proved(&me)?;
    let row = find(&mut platform.db.reader(), &me.scope(), &id).await?;
    printed(&platform, &row, language.lang, &headers).await
}
