//! The quiz: questions drawn for one attempt, answered once.

use std::collections::HashMap;

use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::Instant64;
use kernel::time::MINUTE;
use uuid::Uuid;

use super::courses::question;
use super::learning::Seat;
use super::model::{AttemptId, Drawn, Question};
use super::rules::{n_right, passes};
use crate::store::training::courses;
use crate::store::training::learning::{self as store, AttemptRow};

/// Attempts at one course in a day: a guess at everything must not pay.
pub(crate) const A_DAY: usize = 5;
/// How long an attempt may take.
const TAKES: i64 = 30 * MINUTE;

/// One attempt with what is asked.
pub(crate) struct Asked {
    pub(crate) row: AttemptRow,
    pub(crate) questions: Vec<(Question, Drawn)>,
}

/// How many attempts she has left today.
pub(crate) async fn n_left(db: &mut impl Read, seat: &Seat, now: Instant64) -> ApiResult<usize> {
    let today = store::attempts(db, &seat.files, seat.course.id, now.local().day_start).await?;
    Ok(A_DAY.saturating_sub(today.len()))
}

/// Begins an attempt, or goes on with the one under way.
///
/// # Errors
/// `state` before all is watched, `attempts_used` after the last of a day.
pub(crate) async fn begin(tx: &mut Tx, seat: &Seat, now: Instant64) -> ApiResult<Asked> {
    let row = seat.learning.as_ref().filter(|it| it.watched_at.is_some()).ok_or_else(ApiError::state)?;
    if seat.course.question_count == 0 || !seat.is_open(now) {
        return Err(ApiError::state());
    }
    store::lock(tx, row.id).await?;
    let recent = store::attempts(tx, &seat.files, seat.course.id, now.plus(-TAKES)).await?;
    if let Some(open) = recent.iter().find(|it| it.finished_at.is_none() && now.micros() < it.expires_at) {
        return asked(tx, open.clone()).await;
    }
    let today = store::attempts(tx, &seat.files, seat.course.id, now.local().day_start).await?;
    if A_DAY <= today.len() {
        return Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::AttemptsUsed));
    }
    let bank = courses::questions(tx, seat.course.id).await?;
    let n_drawn = usize::try_from(seat.course.question_count).unwrap_or(0);
    let mut drawn = Vec::with_capacity(n_drawn);
    for row in shuffled(bank).into_iter().take(n_drawn) {
        let n_options = u8::try_from(question(&row)?.options.len()).unwrap_or(0);
        drawn.push(Drawn { question: row.id, order: shuffled((0..n_options).collect()) });
    }
    let text = serde_json::to_string(&drawn).map_err(|error| ApiError::internal(&error))?;
    let id = AttemptId::new(now);
    store::insert_attempt(tx, id, (seat.person, seat.course.id), &text, now, now.plus(TAKES)).await?;
    let row = store::attempt(tx, &seat.files, id.uuid()).await?.ok_or_else(ApiError::state)?;
    asked(tx, row).await
}

/// What was drawn for an attempt.
async fn asked(db: &mut impl Read, row: AttemptRow) -> ApiResult<Asked> {
    let unreadable = || ApiError::from(db::DbError::Unreadable("quiz_attempt.drawn"));
    let drawn: Vec<Drawn> = serde_json::from_str(&row.drawn).map_err(|_| unreadable())?;
    let mut bank: HashMap<Uuid, Question> = HashMap::new();
    for it in courses::questions(db, row.course_id).await? {
        bank.insert(it.id, question(&it)?);
    }
    let mut questions = Vec::with_capacity(drawn.len());
    for it in drawn {
        questions.push((bank.get(&it.question).cloned().ok_or_else(unreadable)?, it));
    }
    Ok(Asked { row, questions })
}

/// What an attempt came to.
pub(crate) struct Graded {
    pub(crate) n_right: usize,
    pub(crate) n_questions: usize,
    pub(crate) passed: bool,
    /// Which questions were answered right, in the order in which they were asked.
    pub(crate) right: Vec<bool>,
}

/// Takes the answers of an attempt under way, once.
///
/// # Errors
/// `state` when it is over; `answers` when there are not as many as questions.
pub(crate) async fn answer(
    tx: &mut Tx,
    seat: &Seat,
    id: AttemptId,
    answers: &[Vec<u8>],
    now: Instant64,
) -> ApiResult<Graded> {
    let row = store::attempt(tx, &seat.files, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    if row.course_id != seat.course.id {
        return Err(ApiError::not_found());
    }
    // What was watched for it has led to a certificate meanwhile, on another page or in a room.
    if seat.learning.is_none() || !seat.is_open(now) {
        return Err(ApiError::state());
    }
    if row.expires_at <= now.micros() {
        return Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::AttemptOver));
    }
    let it = asked(tx, row).await?;
    if it.questions.len() != answers.len() {
        return Err(ApiError::field("answers", ErrorCode::Required));
    }
    let asked: Vec<(&Question, &Drawn)> = it.questions.iter().map(|(question, drawn)| (question, drawn)).collect();
    let right: Vec<bool> =
        asked.iter().zip(answers).map(|(one, answer)| n_right(&[*one], std::slice::from_ref(answer)) == 1).collect();
    let n = right.iter().filter(|it| **it).count();
    let passed = passes(n, asked.len(), seat.course.pass_percent);
    if !store::finish_attempt(tx, id.uuid(), i64::try_from(n).unwrap_or(0), passed, now).await? {
        return Err(ApiError::state());
    }
    Ok(Graded { n_right: n, n_questions: asked.len(), passed, right })
}

/// In random order.
fn shuffled<T>(items: Vec<T>) -> Vec<T> {
    let mut keyed: Vec<([u8; 8], T)> = items.into_iter().map(|it| (vault::random_bytes(), it)).collect();
    keyed.sort_by_key(|it| it.0);
    keyed.into_iter().map(|it| it.1).collect()
}
