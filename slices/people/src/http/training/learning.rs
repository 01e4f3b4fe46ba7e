//! Learning on her phone: what is asked of her, watching, showing who she is.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{Condition, Reader};
use http_api::{ApiError, ApiResult, Json, Myself, Platform};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::mine::proved;
use crate::model::PersonId;
use crate::store::people;
use crate::store::training::courses::{self, CourseRow};
use crate::store::training::learning::{self as store, LearningRow};
use crate::store::training::media;
use crate::store::training::{captions, certificates};
use crate::training::certifying::{Earned, certify};
use crate::training::learning::{self, Seat, best, seat, watching};
use crate::training::model::{CaptionLang, CertificateChannel, CertificateId, CourseId, MediaKind};
use crate::training::quiz;
use crate::training::{Asked, asked_or_begun, course_id};

/// A course as its learner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyCourse {
    #[schema(value_type = String)]
    id: CourseId,
    title: String,
    description: String,
    kind: Option<MediaKind>,
    length_ms: i64,
    /// Of a document; only when one course is asked for.
    page_count: Option<i64>,
    /// Languages in which its film has captions; only when one course is asked for.
    captions: Vec<CaptionLang>,
    question_count: i64,
    pass_percent: i64,
    /// Whether it is required at a workplace of hers.
    required: bool,
    /// From when on she is held where training is asked for; null if it is not required.
    #[schema(value_type = Option<String>)]
    due_at: Option<Instant64>,
    /// Where the watched part ends.
    furthest_ms: i64,
    watched: bool,
    check_due: bool,
    /// Her newest certificate of it, if that holds.
    #[schema(value_type = Option<String>)]
    certificate_id: Option<CertificateId>,
    #[schema(value_type = Option<String>)]
    certificate_expires_at: Option<Instant64>,
    /// Whether it can be taken now: no certificate, or one that runs out within 30 days.
    open: bool,
    /// Attempts at the quiz that are left today; only when one course is asked for.
    attempts_left: Option<usize>,
}

/// Her courses, required ones first.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyCourses {
    items: Vec<MyCourse>,
}

/// How far she is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct LearningView {
    furthest_ms: i64,
    /// Whether the player is beyond what counts and must go back to `furthest_ms`.
    is_ahead: bool,
    /// Whether she must show who she is before it goes on.
    check_due: bool,
    watched: bool,
    /// The certificate that came of it, of a course without a quiz.
    #[schema(value_type = Option<String>)]
    certificate_id: Option<CertificateId>,
}

/// Where the player is.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BeatAt {
    position_ms: i64,
}

/// The code that was sent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CheckAnswer {
    code: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(begin))
        .routes(routes!(beat))
        .routes(routes!(ask_check))
        .routes(routes!(answer_check))
}

/// Courses that are taught where she works, and those taught no more that she began and has not finished.
#[utoipa::path(get, path = "/me/courses", tag = "me", responses((status = 200, body = MyCourses)))]
async fn list(State(platform): State<Platform>, me: Myself) -> ApiResult<Json<MyCourses>> {
    let (scope, now) = (me.scope(), platform.now());
    let mut db = platform.db.reader();
    let own = PersonId::from_uuid(me.session().person);
    let row = people::find(&mut db, &scope, own).await?.ok_or_else(ApiError::not_found)?;
    let files = people::group(&mut db, PersonId::from_uuid(row.id)).await?;
    let learning = store::of_person(&mut db, &files, None).await?;
    let begun: Vec<Uuid> = learning.iter().map(|it| it.course_id).collect();
    let asked = asked_or_begun(&mut db, &[row.id], &begun, now).await?;
    let known = courses_of(&mut db, &asked).await?;
    let certificates = certificates::list(&mut db, &scope, certificates::of_files(&files), 500).await?;
    let mut items = Vec::with_capacity(known.len());
    for course in known {
        let asked: Vec<Asked> = asked.iter().filter(|it| it.course == course.id).cloned().collect();
        let learning = learning.iter().find(|it| it.course_id == course.id).cloned();
        let of_it = certificates.iter().filter(|it| it.course_id == course.id).cloned();
        let certificate = best(of_it.collect(), now);
        items.push(my_course(
            &Seat { person: row.id, files: files.clone(), course, learning, certificate, asked },
            now,
        )?);
    }
    items.sort_by_key(|it| (!it.required, !it.open, it.due_at));
    Ok(Json(MyCourses { items }))
}

async fn courses_of(db: &mut Reader, asked: &[Asked]) -> ApiResult<Vec<CourseRow>> {
    let mut ids: Vec<Uuid> = asked.iter().map(|it| it.course).collect();
    ids.sort_unstable();
    ids.dedup();
    let of_her = Condition::one_of("k.id", ids.into_iter().map(db::Value::from));
    // Found by where she works, not by a scope over places: she has none.
    Ok(courses::list(db, Condition::always(), of_her, "k.title_key, k.id", 500).await?)
}

/// One of them.
#[utoipa::path(get, path = "/me/courses/{id}", tag = "me", params(("id" = String, Path)), responses((status = 200, body = MyCourse)))]
async fn read(State(platform): State<Platform>, me: Myself, Path(id): Path<String>) -> ApiResult<Json<MyCourse>> {
    let now = platform.now();
    let mut db = platform.db.reader();
    let seat = seat(&mut db, &me.scope(), course_id(&id)?, now).await?;
    let page_count = match seat.course.media_id {
        Some(media) => media::shown(&mut db, media).await?.and_then(|it| it.page_count),
        None => None,
    };
    let attempts_left = Some(quiz::n_left(&mut db, &seat, now).await?);
    let captions = captions::of_courses(&mut db, &[seat.course.id]).await?;
    let captions = captions.iter().filter_map(|it| CaptionLang::parse(&it.lang)).collect();
    Ok(Json(MyCourse { page_count, captions, attempts_left, ..my_course(&seat, now)? }))
}

fn my_course(seat: &Seat, now: Instant64) -> ApiResult<MyCourse> {
    let Seat { course, learning, certificate, asked, .. } = seat;
    let required: Vec<Instant64> = asked.iter().filter(|it| it.required).map(|it| it.due_at).collect();
    let holds = certificate.as_ref().filter(|it| it.holds(now));
    let check_due = match learning {
        Some(row) => watching(row, course.length_ms)?.check_is_due(),
        None => false,
    };
    Ok(MyCourse {
        id: CourseId::from_uuid(course.id),
        title: course.title.clone(),
        description: course.description.clone(),
        kind: course.kind.as_deref().and_then(MediaKind::parse),
        length_ms: course.length_ms,
        page_count: None,
        captions: Vec::new(),
        question_count: course.question_count,
        pass_percent: course.pass_percent,
        required: !required.is_empty(),
        due_at: required.into_iter().min(),
        furthest_ms: learning.as_ref().map_or(0, |it| it.furthest_ms),
        watched: learning.as_ref().is_some_and(|it| it.watched_at.is_some()),
        check_due,
        certificate_id: holds.map(|it| CertificateId::from_uuid(it.id)),
        certificate_expires_at: holds.map(|it| Instant64::from_micros(it.expires_at)),
        open: seat.is_open(now),
        attempts_left: None,
    })
}

/// Begin to play, or go on after a pause: time before this moment does not count.
#[utoipa::path(post, path = "/me/courses/{id}/begin", tag = "me", params(("id" = String, Path)), responses((status = 200, body = LearningView)))]
async fn begin(State(platform): State<Platform>, me: Myself, Path(id): Path<String>) -> ApiResult<Json<LearningView>> {
    proved(&me)?;
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    let seat = seat(&mut tx, &me.scope(), course_id(&id)?, now).await?;
    let row = learning::begin(&mut tx, &seat, now).await?;
    tx.commit().await?;
    Ok(Json(view(&seat.course, &row, false, None)?))
}

/// Where the player is, every ten seconds. What counts grows with the server's clock.
#[utoipa::path(post, path = "/me/courses/{id}/beats", tag = "me", params(("id" = String, Path)), request_body = BeatAt, responses((status = 200, body = LearningView)))]
async fn beat(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
    Json(body): Json<BeatAt>,
) -> ApiResult<Json<LearningView>> {
    proved(&me)?;
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    let seat = seat(&mut tx, &me.scope(), course_id(&id)?, now).await?;
    let (row, is_ahead) = learning::beat(&mut tx, &seat, body.position_ms, now).await?;
    let certificate = finished(&platform, &mut tx, &me, &seat, &row, now).await?;
    tx.commit().await?;
    Ok(Json(view(&seat.course, &row, is_ahead, certificate)?))
}

/// Send a code to her phone, by which she shows that it is she who learns.
#[utoipa::path(post, path = "/me/courses/{id}/checks", tag = "me", params(("id" = String, Path)), responses((status = 204)))]
async fn ask_check(State(platform): State<Platform>, me: Myself, Path(id): Path<String>) -> ApiResult<StatusCode> {
    proved(&me)?;
    let now = platform.now();
    let seat = seat(&mut platform.db.reader(), &me.scope(), course_id(&id)?, now).await?;
    learning::ask_check(&platform, &seat, me.peer(), now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Show who she is.
#[utoipa::path(post, path = "/me/courses/{id}/checks/answer", tag = "me", params(("id" = String, Path)), request_body = CheckAnswer, responses((status = 200, body = LearningView)))]
async fn answer_check(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
    Json(body): Json<CheckAnswer>,
) -> ApiResult<Json<LearningView>> {
    proved(&me)?;
    let now = platform.now();
    let seat = seat(&mut platform.db.reader(), &me.scope(), course_id(&id)?, now).await?;
    let row = learning::answer_check(&platform, &seat, &body.code, me.peer(), now).await?;
    let mut tx = platform.db.begin().await?;
    let certificate = finished(&platform, &mut tx, &me, &seat, &row, now).await?;
    tx.commit().await?;
    Ok(Json(view(&seat.course, &row, false, certificate)?))
}

/// The certificate of a course without a quiz, once it is watched.
async fn finished(
    platform: &Platform,
    tx: &mut db::Tx,
    me: &Myself,
    seat: &Seat,
    row: &LearningRow,
    now: Instant64,
) -> ApiResult<Option<CertificateId>> {
    if row.watched_at.is_none() || seat.course.question_count != 0 {
        return Ok(None);
    }
    // Two phones at the end at once: one of them earns it.
    people::lock(tx, PersonId::from_uuid(seat.person)).await?;
    let seat = &learning::seat(tx, &me.scope(), CourseId::from_uuid(seat.course.id), now).await?;
    if seat.learning.is_none() || !seat.is_open(now) {
        return Ok(None);
    }
    Ok(Some(earned(platform, tx, me, seat, None, now).await?))
}

/// Her certificate, and its line in the log.
pub(super) async fn earned(
    platform: &Platform,
    tx: &mut db::Tx,
    me: &Myself,
    seat: &Seat,
    score: Option<(i64, i64)>,
    now: Instant64,
) -> ApiResult<CertificateId> {
    let scope = me.scope();
    let source = scope.actor().name.clone();
    let channel = CertificateChannel::Phone;
    let earned = Earned { person: seat.person, channel, score, at: now, by: None, source: &source };
    let id = certify(platform, tx, &seat.course, earned, now).await?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "training.passed",
        purpose: "own_request",
        subject: Some(PersonId::from_uuid(seat.person).to_string()),
        people: &[seat.person],
        detail: json!({ "course": seat.course.title }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(tx, entry).await?;
    Ok(id)
}

fn view(
    course: &CourseRow,
    row: &LearningRow,
    is_ahead: bool,
    certificate_id: Option<CertificateId>,
) -> ApiResult<LearningView> {
    Ok(LearningView {
        furthest_ms: row.furthest_ms,
        is_ahead,
        check_due: watching(row, course.length_ms)?.check_is_due(),
        watched: row.watched_at.is_some(),
        certificate_id,
    })
}
