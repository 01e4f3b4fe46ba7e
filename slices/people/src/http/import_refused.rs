//! The refused rows of an import, given back in the form its file had.

use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use http_api::{ApiError, ApiResult, Lang, Me, Platform, Query};
use serde::Deserialize;
use tables::Form;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::DataKey;

use super::imports::{opened, own, parsed_layout};
use crate::import::{COLUMNS, ImportLayout, RefusedRow, Words, refused_csv_piece, refused_headings, refused_rows};
use crate::model::ImportId;
use crate::store::imports::{self, ImportRow, Part};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct RefusedQuery {
    /// The language of the reasons.
    lang: Lang,
}

/// Refused rows that a workbook is made of in memory; more come as CSV.
const WORKBOOK_ROWS: i64 = 50_000;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(failed_rows))
}

/// The refused rows with the reason, in the form the file had, for a day.
#[utoipa::path(get, path = "/people/imports/{id}/failed", tag = "people", params(("id" = String, Path), RefusedQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn failed_rows(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<RefusedQuery>,
) -> ApiResult<Response> {
    let row = own(&platform, &me, &id).await?.1;
    if row.failed_count == 0 {
        return Err(ApiError::not_found());
    }
    let (key, preview) = opened(&platform, &row).await?;
    let layout: ImportLayout = parsed_layout(&row).ok_or_else(ApiError::not_found)?;
    let sheet = preview.sheets.get(layout.sheet).ok_or_else(ApiError::not_found)?;
    let headings = tables::find_headings(&sheet.rows(), COLUMNS, Some(layout.line)).ok_or_else(ApiError::not_found)?;
    let words = Words(query.lang);
    match Form::parse(&row.form) {
        Some(Form::Xlsx) if row.failed_count <= WORKBOOK_ROWS => {
            let mut pieces = Vec::new();
            for seq in 0.. {
                let Some(piece) = refused_piece(&platform, &key, &row, seq).await? else { break };
                pieces.extend(piece);
            }
            let all = refused_headings(&headings.texts, words);
            let head = std::iter::once(all.iter().map(String::as_str).collect());
            let rows = head.chain(pieces.iter().map(|it| it.cells(headings.texts.len(), words)));
            let book = tables::workbook(&sheet.name, rows).map_err(|error| ApiError::internal(&error))?;
            Ok(attachment(book.into_response(), Form::Xlsx))
        }
        _ => Ok(attachment(refused_csv(platform, key, row, headings.texts, words).into_response(), Form::Csv)),
    }
}

fn attachment(mut response: Response, form: Form) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"failed-rows.{}\"", form.code())) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

type Lines = Pin<Box<dyn Stream<Item = Result<Vec<u8>, std::io::Error>> + Send>>;

/// Piece by piece, however many there are. If one fails half-way the connection is cut, so that a short file is never
/// taken for a whole one.
fn refused_csv(platform: Platform, key: Arc<DataKey>, row: ImportRow, headings: Vec<String>, words: Words) -> Body {
    let width = headings.len();
    let lines: Lines = Box::pin(async_stream::try_stream! {
        let mut head = tables::BYTE_ORDER_MARK.to_vec();
        let texts = refused_headings(&headings, words);
        head.extend(tables::csv_lines([texts.iter().map(String::as_str).collect()]));
        yield head;
        for seq in 0.. {
            let piece = refused_piece(&platform, &key, &row, seq).await;
            let Some(rows) = piece.map_err(|_| std::io::Error::other("the file was cut off"))? else { break };
            yield refused_csv_piece(&rows, width, words);
        }
    });
    Body::from_stream(lines)
}

async fn refused_piece(
    platform: &Platform,
    key: &DataKey,
    row: &ImportRow,
    seq: i64,
) -> ApiResult<Option<Vec<RefusedRow>>> {
    let id = ImportId::from_uuid(row.id);
    let sealed = imports::piece(&mut platform.db.reader(), id, Part::Refused, seq).await?;
    Ok(sealed.map(|it| refused_rows(key, id, seq, &it)).transpose()?)
}
