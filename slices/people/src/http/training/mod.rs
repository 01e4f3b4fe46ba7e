//! Training over HTTP.

mod attempts;
mod captions;
mod certificates;
mod course_acts;
pub(crate) mod courses;
mod due;
mod learning;
pub(crate) mod media;
mod my_certificates;
mod question_files;
mod questions;
mod verify;

use access::Scope;
use audit::Entry;
use http_api::{ApiResult, Platform, Write};
use serde_json::Value as Json;
use utoipa_axum::router::OpenApiRouter;

pub(super) use certificates::CertificateView;
pub(super) use my_certificates::{LearntView, learnt, my_certificates};

use crate::training::model::CourseId;

/// Routes of training.
pub(super) fn router() -> OpenApiRouter<Platform> {
    courses::router()
        .merge(course_acts::router())
        .merge(questions::router())
        .merge(question_files::router())
        .merge(media::router())
        .merge(captions::router())
        .merge(due::router())
        .merge(certificates::router())
        .merge(verify::router())
        .merge(learning::router())
        .merge(attempts::router())
        .merge(my_certificates::router())
}

/// Writes an act on a course down, with the act.
async fn note_course(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    course: CourseId,
    detail: Json,
) -> ApiResult<()> {
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(course.to_string()),
        people: &[],
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}
