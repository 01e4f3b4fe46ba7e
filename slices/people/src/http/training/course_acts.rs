//! Making a course, changing, publishing, retiring and copying it.

use access::{Located, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::AreaCode;
use places::EnterpriseId;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::courses::{CourseDraft, CourseView, answer, own};
use super::note_course;
use crate::store::training::captions;
use crate::store::training::courses::{self, CourseRow, Owner};
use crate::training::course_id;
use crate::training::courses::{may_publish, question, replace_bank, settings};
use crate::training::model::{CourseId, CourseState, occupations_of};

/// A course to be made: of an area, or of an enterprise.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CourseNew {
    area_code: Option<String>,
    enterprise_id: Option<String>,
    course: CourseDraft,
}

/// A change of a draft.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CourseChange {
    version: i64,
    course: CourseDraft,
}

/// The version that was seen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CourseVersion {
    version: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(change))
        .routes(routes!(publish))
        .routes(routes!(retire))
        .routes(routes!(copy))
}

/// Make a course.
#[utoipa::path(post, path = "/courses", tag = "training", request_body = CourseNew, responses((status = 201, body = CourseView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<CourseNew>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let scope = me.require(Permission::ManageTraining)?;
    let settings = settings(&body.course)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (area, enterprise) = owner(&mut write, &scope, &body).await?;
    let (id, now) = (CourseId::new(write.now), write.now);
    let owner = Owner { area: &area, enterprise, by: &scope.actor().name };
    courses::insert(&mut write.tx, id, &owner, &settings, None, now).await?;
    note_course(&mut write, &scope, "course.created", id, json!({ "title": settings.title.as_str() })).await?;
    answer(write, &scope, id, StatusCode::CREATED).await
}

/// The area or the enterprise that is named, inside the scope.
async fn owner(write: &mut Write, scope: &Scope, body: &CourseNew) -> ApiResult<(String, Option<Uuid>)> {
    if let Some(enterprise) = body.enterprise_id.given() {
        let unknown = || ApiError::field("enterprise_id", ErrorCode::EnterpriseUnknown);
        let id: EnterpriseId = enterprise.parse().map_err(|_| unknown())?;
        let area = places::enterprise_area(&mut write.tx, scope, id).await?.ok_or_else(unknown)?;
        return Ok((area, Some(id.uuid())));
    }
    let area = body.area_code.given().ok_or_else(|| ApiError::field("area_code", ErrorCode::Required))?;
    let area = AreaCode::parse(area).map_err(|it| ApiError::invalid("area_code", it))?;
    match scope.covers(Located { area: Some(area.as_str()), ..Located::default() }) {
        true => Ok((area.as_str().to_owned(), None)),
        false => Err(ApiError::field("area_code", ErrorCode::AreaUnknown)),
    }
}

/// Change a draft.
#[utoipa::path(patch, path = "/courses/{id}", tag = "training", params(("id" = String, Path)), request_body = CourseChange, responses((status = 200, body = CourseView)))]
async fn change(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CourseChange>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let scope = me.require(Permission::ManageTraining)?;
    let (id, settings) = (course_id(&id)?, settings(&body.course)?);
    let mut write = Write::begin(&platform, &me).await?;
    own(&mut write.tx, &scope, id).await?;
    if !courses::update(&mut write.tx, &scope, (id, body.version), &settings).await? {
        return Err(ApiError::state());
    }
    note_course(&mut write, &scope, "course.changed", id, json!({ "title": settings.title.as_str() })).await?;
    answer(write, &scope, id, StatusCode::OK).await
}

/// Open it to learners; its content does not change after that.
#[utoipa::path(post, path = "/courses/{id}/publish", tag = "training", params(("id" = String, Path)), request_body = CourseVersion, responses((status = 200, body = CourseView)))]
async fn publish(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CourseVersion>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    turn(&platform, &me, &id, body.version, (CourseState::Draft, CourseState::Published)).await
}

/// Nobody begins it any more, and nobody is held for it; certificates stay good.
#[utoipa::path(post, path = "/courses/{id}/retire", tag = "training", params(("id" = String, Path)), request_body = CourseVersion, responses((status = 200, body = CourseView)))]
async fn retire(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CourseVersion>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    turn(&platform, &me, &id, body.version, (CourseState::Published, CourseState::Retired)).await
}

async fn turn(
    platform: &Platform,
    me: &Me,
    id: &str,
    version: i64,
    (from, to): (CourseState, CourseState),
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let (scope, id) = (me.require(Permission::ManageTraining)?, course_id(id)?);
    let mut write = Write::begin(platform, me).await?;
    let (row, now) = (own(&mut write.tx, &scope, id).await?, write.now);
    if to == CourseState::Published {
        may_publish(&row)?;
    }
    if !courses::turn(&mut write.tx, &scope, (id, version), (from, to), now).await? {
        return Err(ApiError::state());
    }
    let act = if to == CourseState::Published { "course.published" } else { "course.retired" };
    note_course(&mut write, &scope, act, id, json!({ "title": row.title, "required": row.required })).await?;
    answer(write, &scope, id, StatusCode::OK).await
}

/// A draft with the same content, for what cannot be changed any more.
#[utoipa::path(post, path = "/courses/{id}/copy", tag = "training", params(("id" = String, Path)), responses((status = 201, body = CourseView)))]
async fn copy(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let (scope, from) = (me.require(Permission::ManageTraining)?, course_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    // Taken first: its film is not replaced in this moment.
    courses::lock(&mut write.tx, &scope, from).await?;
    let row = own(&mut write.tx, &scope, from).await?;
    let settings = settings(&draft_of(&row))?;
    let mut bank = Vec::new();
    for it in courses::questions(&mut write.tx, row.id).await? {
        bank.push(question(&it)?);
    }
    let id = CourseId::new(now);
    let owner = Owner { area: &row.area_code, enterprise: row.enterprise_id, by: &scope.actor().name };
    let media = row.media_id.map(|it| (it, row.length_ms));
    courses::insert(&mut write.tx, id, &owner, &settings, media, now).await?;
    replace_bank(&mut write.tx, id.uuid(), &bank, now).await?;
    captions::copy(&mut write.tx, row.id, id.uuid()).await?;
    note_course(&mut write, &scope, "course.created", id, json!({ "title": row.title, "from": from })).await?;
    answer(write, &scope, id, StatusCode::CREATED).await
}

fn draft_of(row: &CourseRow) -> CourseDraft {
    CourseDraft {
        title: row.title.clone(),
        description: row.description.clone(),
        check_count: row.check_count,
        question_count: row.question_count,
        pass_percent: row.pass_percent,
        valid_days: row.valid_days,
        required: row.required,
        occupations: occupations_of(&row.occupations),
        due_days: row.due_days,
    }
}
