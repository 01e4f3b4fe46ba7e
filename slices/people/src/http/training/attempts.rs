//! The quiz on her phone.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Json, Myself, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::learning::earned;
use crate::http::mine::proved;
use crate::model::PersonId;
use crate::store::people;
use crate::training::course_id;
use crate::training::learning::seat;
use crate::training::model::{AttemptId, CertificateId};
use crate::training::quiz::{self, Asked};

/// A quiz under way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct QuizAttempt {
    #[schema(value_type = String)]
    id: AttemptId,
    #[schema(value_type = String)]
    expires_at: Instant64,
    questions: Vec<AskedQuestion>,
}

/// A question without its answer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AskedQuestion {
    text: String,
    options: Vec<String>,
    /// Whether several must be chosen.
    several: bool,
}

/// What she chose, question by question: which options, counted from 0 as they were shown.
#[derive(Debug, Deserialize, ToSchema)]
pub struct QuizAnswers {
    answers: Vec<Vec<u8>>,
}

/// What it came to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct QuizResult {
    passed: bool,
    right_count: usize,
    question_count: usize,
    /// Which were answered right, in the order of the questions.
    right: Vec<bool>,
    #[schema(value_type = Option<String>)]
    certificate_id: Option<CertificateId>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(answer))
}

/// Begin the quiz, or go on with the one under way.
#[utoipa::path(post, path = "/me/courses/{id}/attempts", tag = "me", params(("id" = String, Path)), responses((status = 201, body = QuizAttempt)))]
async fn begin(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<QuizAttempt>)> {
    proved(&me)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let seat = seat(&mut write.tx, &me.scope(), course_id(&id)?, now).await?;
    let asked = quiz::begin(&mut write.tx, &seat, now).await?;
    write.finish(StatusCode::CREATED, view(asked)).await
}

/// Hand in the answers, once.
#[utoipa::path(post, path = "/me/courses/{id}/attempts/{attempt_id}/answers", tag = "me", params(("id" = String, Path), ("attempt_id" = String, Path)), request_body = QuizAnswers, responses((status = 200, body = QuizResult)))]
async fn answer(
    State(platform): State<Platform>,
    me: Myself,
    Path((id, attempt)): Path<(String, String)>,
    Json(body): Json<QuizAnswers>,
) -> ApiResult<(StatusCode, Json<QuizResult>)> {
    proved(&me)?;
    let attempt: AttemptId = attempt.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    // Two tabs at once: the second finds what the first has earned.
    people::lock(&mut write.tx, PersonId::from_uuid(me.session().person)).await?;
    let seat = seat(&mut write.tx, &me.scope(), course_id(&id)?, now).await?;
    let graded = quiz::answer(&mut write.tx, &seat, attempt, &body.answers, now).await?;
    let score = (i64::try_from(graded.n_right).unwrap_or(0), i64::try_from(graded.n_questions).unwrap_or(0));
    let certificate_id = match graded.passed {
        true => Some(earned(&platform, &mut write.tx, &me, &seat, Some(score), now).await?),
        false => None,
    };
    let view = QuizResult {
        passed: graded.passed,
        right_count: graded.n_right,
        question_count: graded.n_questions,
        right: graded.right,
        certificate_id,
    };
    write.finish(StatusCode::OK, view).await
}

fn view(asked: Asked) -> QuizAttempt {
    let question = |(question, drawn): (crate::training::model::Question, crate::training::model::Drawn)| {
        let option = |at: &u8| question.options.get(usize::from(*at)).cloned().unwrap_or_default();
        AskedQuestion {
            options: drawn.order.iter().map(option).collect(),
            several: question.correct.len() > 1,
            text: question.text,
        }
    };
    QuizAttempt {
        id: AttemptId::from_uuid(asked.row.id),
        expires_at: Instant64::from_micros(asked.row.expires_at),
        questions: asked.questions.into_iter().map(question).collect(),
    }
}
