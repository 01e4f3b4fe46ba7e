//! Her file on paper. The page has the words, in her language; this sets them as a PDF and keeps nothing.

use axum::extract::State;
use axum::response::Response;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Myself, Platform, pdf_response};
use paper::{Row, Section, Sheet};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// More rows than ten years at a gate.
const MOST_ROWS: usize = 50_000;
const LONGEST: usize = 2_000;

/// What stands on paper.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PaperSheet {
    title: String,
    note: String,
    sections: Vec<PaperSection>,
}

/// A heading and its rows of two columns.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PaperSection {
    heading: String,
    rows: Vec<(String, String)>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(set))
}

/// Set a sheet as a PDF.
#[utoipa::path(post, path = "/me/paper", tag = "me", request_body = PaperSheet, responses((status = 200, content_type = "application/pdf", body = String)))]
async fn set(State(platform): State<Platform>, _: Myself, Json(body): Json<PaperSheet>) -> ApiResult<Response> {
    let n_rows: usize = body.sections.iter().map(|it| it.rows.len() + 1).sum();
    if n_rows > MOST_ROWS {
        return Err(ApiError::field("sections", ErrorCode::TooManyRows));
    }
    let texts = body.sections.iter().flat_map(|it| it.rows.iter().flat_map(|(left, right)| [left, right]));
    if texts.chain([&body.title, &body.note]).any(|it| it.len() > LONGEST) {
        return Err(ApiError::field("sections", ErrorCode::TooLong));
    }
    let section = |it: PaperSection| Section {
        heading: it.heading,
        rows: it.rows.into_iter().map(|(left, right)| Row { left, right }).collect(),
    };
    let sheet = Sheet {
        title: body.title,
        note: body.note,
        sections: body.sections.into_iter().map(section).collect(),
        ..Sheet::default()
    };
    pdf_response(&platform, sheet, "my-file.pdf").await
}
