//! The question bank of a course.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::courses::{CourseView, answer, own};
use super::note_course;
use crate::store::training::courses;
use crate::training::course_id;
use crate::training::courses::{question, replace_bank};
use crate::training::model::Question;

/// What can be asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionBank {
    /// The version of the course that it belongs to.
    version: i64,
    questions: Vec<Question>,
}

/// All of it, as it should be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct QuestionBankChange {
    version: i64,
    questions: Vec<Question>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, replace))
}

/// The bank with the right answers: for who makes the course.
#[utoipa::path(get, path = "/courses/{id}/questions", tag = "training", params(("id" = String, Path)), responses((status = 200, body = QuestionBank)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<QuestionBank>> {
    let scope = me.require(Permission::ManageTraining)?;
    let mut db = platform.db.reader();
    let row = own(&mut db, &scope, course_id(&id)?).await?;
    let mut questions = Vec::new();
    for it in courses::questions(&mut db, row.id).await? {
        questions.push(question(&it)?);
    }
    Ok(Json(QuestionBank { version: row.version, questions }))
}

/// Replace the bank of a draft.
#[utoipa::path(put, path = "/courses/{id}/questions", tag = "training", params(("id" = String, Path)), request_body = QuestionBankChange, responses((status = 200, body = CourseView)))]
async fn replace(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<QuestionBankChange>,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let (scope, id) = (me.require(Permission::ManageTraining)?, course_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    own(&mut write.tx, &scope, id).await?;
    if !courses::raise(&mut write.tx, &scope, (id, body.version)).await? {
        return Err(ApiError::state());
    }
    replace_bank(&mut write.tx, id.uuid(), &body.questions, now).await?;
    note_course(&mut write, &scope, "course.changed", id, json!({ "questions": body.questions.len() })).await?;
    answer(write, &scope, id, StatusCode::OK).await
}
