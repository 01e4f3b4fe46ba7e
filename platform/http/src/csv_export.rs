//! Lists as CSV, streamed page by page: constant memory, no cap.

use std::pin::Pin;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use serde::Deserialize;

use crate::error::ApiError;

/// Pages of rows.
pub type CsvRows = Pin<Box<dyn Stream<Item = Result<Vec<Vec<String>>, ApiError>> + Send>>;

/// The language of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 简体中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The text of this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A CSV attachment in UTF-8 with a byte order mark, which spreadsheets want. If a page fails half-way the connection
/// is cut, so that a short file is never taken for a whole one.
pub fn csv_response(name: &str, header: &[&str], rows: CsvRows) -> Response {
    let mut first = vec![0xef, 0xbb, 0xbf];
    first.extend(encode(&[header.iter().map(|it| (*it).to_owned()).collect()]));
    let head = futures_util::stream::iter([Ok::<Bytes, std::io::Error>(Bytes::from(first))]);
    let body = rows.map(|page| match page {
        Ok(rows) => Ok(Bytes::from(encode(&rows))),
        Err(_) => Err(std::io::Error::other("the export was cut off")),
    });
    let mut response = Body::from_stream(head.chain(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Pages of a list that needs no more than reading: `fetch` reads the page after a row, `cells` shows a row.
pub fn csv_pages<Row, Reading>(
    fetch: impl Fn(Option<Row>) -> Reading + Send + 'static,
    cells: fn(&Row) -> Vec<String>,
) -> CsvRows
where
    Row: Send + 'static,
    Reading: Future<Output = Result<Vec<Row>, ApiError>> + Send,
{
    Box::pin(futures_util::stream::try_unfold((fetch, None), move |(fetch, after)| async move {
        let mut page = fetch(after).await?;
        let shown = page.iter().map(cells).collect();
        Ok(page.pop().map(|last| (shown, (fetch, Some(last)))))
    }))
}

fn encode(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(|it| kernel::text::harmless_cell(it).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}
