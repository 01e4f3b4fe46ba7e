//! Making a course: what may be set, when it may be published.

use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{Instant64, Label, Prose};
use uuid::Uuid;

use super::model::{CourseSettings, Question};
use crate::http::training::courses::CourseDraft;
use crate::store::training::courses::{self as store, CourseRow, NewQuestion, QuestionRow};

/// Questions that one bank holds.
pub(crate) const BANK_MOST: usize = 1_000;
pub(crate) const TEXT_MOST: usize = 300;
/// How many answers a question offers.
pub(crate) const OPTIONS: std::ops::RangeInclusive<usize> = 2..=8;

/// What is set of a course, checked.
///
/// # Errors
/// The field that cannot be so.
pub(crate) fn settings(body: &CourseDraft) -> ApiResult<CourseSettings> {
    let within = |field: &'static str, value: i64, least: i64, most: i64| match (least..=most).contains(&value) {
        true => Ok(value),
        false => Err(ApiError::field(field, ErrorCode::OutOfRange).with("least", least).with("most", most)),
    };
    let mut occupations = body.occupations.clone();
    occupations.sort_unstable();
    occupations.dedup();
    Ok(CourseSettings {
        title: Label::parse(&body.title).map_err(|it| ApiError::invalid("title", it))?,
        description: Prose::parse(&body.description).map_err(|it| ApiError::invalid("description", it))?,
        check_count: within("check_count", body.check_count, 1, 20)?,
        question_count: within("question_count", body.question_count, 0, 100)?,
        pass_percent: within("pass_percent", body.pass_percent, 1, 100)?,
        valid_days: within("valid_days", body.valid_days, 1, 3_660)?,
        required: body.required,
        occupations,
        due_days: within("due_days", body.due_days, 0, 365)?,
    })
}

/// Whether each question can be asked.
///
/// # Errors
/// `questions` with the row, counted from 1.
pub(crate) fn check_bank(bank: &[Question]) -> ApiResult<()> {
    if bank.len() > BANK_MOST {
        return Err(bank_full());
    }
    for (row, it) in (1_u64..).zip(bank) {
        let wrong = |code| ApiError::field("questions", code).with("row", row);
        let texts = || it.options.iter().chain([&it.text]);
        if texts().any(|it| it.trim().is_empty()) {
            return Err(wrong(ErrorCode::Required));
        }
        if texts().any(|it| it.chars().count() > TEXT_MOST) {
            return Err(wrong(ErrorCode::TooLong));
        }
        if !OPTIONS.contains(&it.options.len()) {
            return Err(wrong(ErrorCode::QuestionOptions));
        }
        let known = |at: &u8| usize::from(*at) < it.options.len();
        if it.correct.is_empty() || !it.correct.iter().all(known) {
            return Err(wrong(ErrorCode::QuestionCorrect));
        }
    }
    Ok(())
}

/// More questions than a bank, or a file of them, holds.
pub(crate) fn bank_full() -> ApiError {
    ApiError::field("questions", ErrorCode::BankFull).with("most", BANK_MOST)
}

/// Replaces the bank of a draft.
pub(crate) async fn replace_bank(tx: &mut Tx, course: Uuid, bank: &[Question], now: Instant64) -> ApiResult<()> {
    check_bank(bank)?;
    Ok(store::replace_questions(tx, course, stored(bank, now)?).await?)
}

/// Puts questions behind those of a draft's bank.
pub(crate) async fn extend_bank(
    tx: &mut Tx,
    course: Uuid,
    from: usize,
    more: &[Question],
    now: Instant64,
) -> ApiResult<()> {
    let from = i64::try_from(from).map_err(|error| ApiError::internal(&error))?;
    Ok(store::add_questions(tx, course, from, stored(more, now)?).await?)
}

fn stored(bank: &[Question], now: Instant64) -> ApiResult<Vec<NewQuestion>> {
    let mut rows = Vec::with_capacity(bank.len());
    for it in bank {
        let options = serde_json::to_string(&it.options).map_err(|error| ApiError::internal(&error))?;
        let correct = serde_json::to_string(&it.correct).map_err(|error| ApiError::internal(&error))?;
        rows.push((kernel::id::uuid_at(now), it.text.trim().to_owned(), options, correct));
    }
    Ok(rows)
}

/// A stored question.
pub(crate) fn question(row: &QuestionRow) -> Result<Question, db::DbError> {
    let unreadable = |_| db::DbError::Unreadable("course_question.options");
    Ok(Question {
        text: row.body.clone(),
        options: serde_json::from_str(&row.options).map_err(unreadable)?,
        correct: serde_json::from_str(&row.correct).map_err(unreadable)?,
    })
}

/// Whether a draft is whole: something to watch, and enough to ask.
///
/// # Errors
/// `media` when nothing was uploaded, `questions` when the bank holds fewer than are drawn.
pub(crate) fn may_publish(row: &CourseRow) -> ApiResult<()> {
    if row.media_id.is_none() {
        return Err(ApiError::field("media", ErrorCode::Required));
    }
    match row.question_count <= row.bank_count {
        true => Ok(()),
        false => Err(ApiError::field("questions", ErrorCode::QuestionsFew)
            .with("drawn", row.question_count)
            .with("there", row.bank_count)),
    }
}
