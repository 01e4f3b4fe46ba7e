//! Lists as CSV or XLSX, streamed page by page: constant memory, no cap.

use std::io;
use std::pin::Pin;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use tables::{Outgoing, TableWriter, Written, WrittenCell, WrittenColumn};

use crate::error::ApiError;

/// Pages of rows.
pub type TableRows = Pin<Box<dyn Stream<Item = Result<Vec<Vec<String>>, ApiError>> + Send>>;

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

/// What a list is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListFormat {
    /// Text with commas, in UTF-8 with a byte order mark, which spreadsheets want.
    #[default]
    Csv,
    /// A workbook; a full sheet is followed by another one.
    Xlsx,
}

impl ListFormat {
    const fn written(self) -> Written {
        match self {
            Self::Csv => Written::Csv,
            Self::Xlsx => Written::Xlsx,
        }
    }
}

/// A table of text as an attachment: a number with zeros before it keeps them. If a page fails half-way the connection is
/// cut, so that a short file is never taken for a whole one.
///
/// # Errors
/// Headings that cannot be written.
pub fn table_response(
    format: ListFormat,
    name: &str,
    header: &[&'static str],
    rows: TableRows,
) -> Result<Response, ApiError> {
    columns_response(format, name, header.iter().map(|it| column(it, it, false)).collect(), rows)
}

/// A column.
pub(crate) const fn column(heading: &'static str, name: &'static str, is_number: bool) -> WrittenColumn {
    WrittenColumn { heading, name, is_number }
}

/// The same of columns some of which hold whole numbers.
pub(crate) fn columns_response(
    format: ListFormat,
    name: &str,
    columns: Vec<WrittenColumn>,
    rows: TableRows,
) -> Result<Response, ApiError> {
    let written = format.written();
    let outgoing = Outgoing::default();
    let numbers = columns.iter().map(|it| it.is_number).collect();
    let table =
        TableWriter::new(written, outgoing.clone(), name, columns).map_err(|error| ApiError::internal(&error))?;
    let mut response = Body::from_stream(pieces(table, numbers, outgoing, rows)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(written.media_type()));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{}\"", written.code())) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The table's bytes as its pages come.
fn pieces(
    mut table: TableWriter<Outgoing>,
    numbers: Vec<bool>,
    outgoing: Outgoing,
    mut rows: TableRows,
) -> impl Stream<Item = io::Result<Bytes>> {
    async_stream::try_stream! {
        while let Some(page) = rows.next().await {
            let page = page.map_err(|_| io::Error::other("the export was cut off"))?;
            let cells: Vec<Vec<_>> =
                page.into_iter().map(|row| row.into_iter().zip(&numbers).map(cell).collect()).collect();
            // Compressing is not for a thread that answers others.
            table = tokio::task::spawn_blocking(move || table.write(&cells).map(|()| table)).await??;
            let piece = outgoing.take();
            if !piece.is_empty() {
                yield Bytes::from(piece);
            }
        }
        tokio::task::spawn_blocking(move || table.finish()).await??;
        yield Bytes::from(outgoing.take());
    }
}

fn cell((text, is_number): (String, &bool)) -> WrittenCell {
    match text.parse() {
        Ok(number) if *is_number => WrittenCell::Whole(number),
        _ => WrittenCell::Text(text),
    }
}

/// Pages of a list that needs no more than reading: `fetch` reads the page after a row, `cells` shows a row.
pub fn table_pages<Row, Reading>(
    fetch: impl Fn(Option<Row>) -> Reading + Send + 'static,
    cells: fn(&Row) -> Vec<String>,
) -> TableRows
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
