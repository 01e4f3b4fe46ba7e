//! What an import's file holds, for who says which column is which.

use axum::extract::{Path, State};
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::imports::{opened, own, parsed_layout};
use crate::import::{COLUMNS, ImportLayout, NEEDED, Preview};
use crate::store::imports::ImportRow;

/// What a file holds, to be mapped.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportTable {
    sheets: Vec<ImportSheet>,
    sheet: usize,
    /// The row of the headings, from 1.
    line: u64,
    /// The first rows, from which another row of headings may be chosen.
    first: Vec<ImportLine>,
    headings: Vec<ImportHeading>,
    columns: Vec<ImportColumn>,
}

/// A sheet of a workbook.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportSheet {
    /// Empty for CSV.
    name: String,
    rows: usize,
}

/// A row as it stands in the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportLine {
    line: u64,
    cells: Vec<String>,
}

/// A column of the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportHeading {
    /// Its place, from 0.
    position: usize,
    text: String,
    /// The first few different cells below that hold something.
    samples: Vec<String>,
}

/// A column that is known, and which of the file's it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportColumn {
    name: &'static str,
    needed: bool,
    position: Option<usize>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct TableQuery {
    /// Another sheet than the one that was chosen or recognised.
    sheet: Option<usize>,
    /// Another row of headings.
    line: Option<u64>,
}

/// Samples shown of each column.
const SAMPLES: usize = 3;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(table))
}

/// What the file holds, and what its columns seem to be.
#[utoipa::path(get, path = "/people/imports/{id}/table", tag = "people", params(("id" = String, Path), TableQuery), responses((status = 200, body = ImportTable)))]
async fn table(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<TableQuery>,
) -> ApiResult<Json<ImportTable>> {
    let row = own(&platform, &me, &id).await?.1;
    let (_, preview) = opened(&platform, &row).await?;
    table_of(&row, &preview, &query).map(Json)
}

fn table_of(row: &ImportRow, preview: &Preview, query: &TableQuery) -> ApiResult<ImportTable> {
    let known = parsed_layout(row);
    let sheet = query.sheet.or(known.as_ref().map(|it| it.sheet)).unwrap_or(0);
    let shown = preview.sheets.get(sheet).ok_or_else(|| ApiError::field("sheet", ErrorCode::Invalid))?;
    let rows = shown.rows();
    // What was chosen or recognised holds for its own sheet and row only.
    let known = known.filter(|it| it.sheet == sheet && query.line.is_none_or(|line| line == it.line));
    let headings = tables::find_headings(&rows, COLUMNS, query.line.or(known.as_ref().map(|it| it.line)));
    let headings = headings.unwrap_or(tables::Headings { line: 1, texts: Vec::new() });
    let guessed = tables::guess(&headings.texts, COLUMNS);
    let layout = known.unwrap_or_else(|| ImportLayout::guessed(sheet, headings.line, &guessed));
    let samples = |position: usize| {
        let below = rows.iter().filter(|it| headings.line < it.line);
        let cells = below.map(|it| it.cell(position)).filter(|it| !it.is_empty());
        let mut samples: Vec<String> = Vec::with_capacity(SAMPLES);
        for text in cells.map(|it| it.text().into_owned()) {
            if samples.len() < SAMPLES && !samples.contains(&text) {
                samples.push(text);
            }
        }
        samples
    };
    let heading =
        |(position, text): (usize, &String)| ImportHeading { position, text: text.clone(), samples: samples(position) };
    let column = |(index, it): (usize, &tables::Known)| ImportColumn {
        name: it.name,
        needed: index < NEEDED,
        position: layout.columns.get(it.name).copied(),
    };
    Ok(ImportTable {
        sheets: preview.sheets.iter().map(|it| ImportSheet { name: it.name.clone(), rows: it.rows }).collect(),
        sheet,
        line: headings.line,
        first: shown.first.iter().map(|(line, cells)| ImportLine { line: *line, cells: cells.clone() }).collect(),
        headings: headings.texts.iter().enumerate().map(heading).collect(),
        columns: COLUMNS.iter().enumerate().map(column).collect(),
    })
}
