//! The job that works an import: looks at its file, checks it, lands it. It may be cut off anywhere and run again: a
//! chunk and the count of rows that includes it are stored together.

use std::ops::ControlFlow;

use anyhow::Context as _;
use http_api::{ApiError, ErrorCode, Platform};
use places::ShiftWindow;
use tables::{Fault, Form, Headings, Row};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::chunk::{CHUNK, Seen, Work};
use super::columns::{COLUMNS, ImportLayout, fingerprint};
use super::stored::{Preview, SheetPreview, StoredFile, file_key, open_preview, seal_preview};
use crate::model::{ImportId, ImportState};
use crate::store::imports::{self, ImportRow};

/// The queue's name for roster imports.
pub const IMPORT_JOB: &str = "people.import";

/// How many rows of a sheet are kept to be shown.
const FIRST_ROWS: usize = 40;
/// How many sheets.
const SHEETS: usize = 20;
/// Chunks that are read ahead of the one that is stored.
const AHEAD: usize = 2;

/// Works one import as far as it goes without being asked.
pub async fn run_import(platform: Platform, payload: serde_json::Value) -> anyhow::Result<()> {
    let id: ImportId = payload.get("id").and_then(|it| it.as_str()).context("no import id")?.parse()?;
    loop {
        let Some(row) = imports::find(&mut platform.db.reader(), id).await? else { return Ok(()) };
        let worked = match ImportState::parse(&row.state) {
            Some(ImportState::Reading) => look(&platform, &row).await?,
            Some(state @ (ImportState::Checking | ImportState::Landing)) => work(&platform, row, state).await?,
            _ => return Ok(()),
        };
        if worked.is_break() {
            return Ok(());
        }
    }
}

// ---- Looking at the file ----

async fn look(platform: &Platform, row: &ImportRow) -> anyhow::Result<ControlFlow<()>> {
    let id = ImportId::from_uuid(row.id);
    let key = file_key(platform, row.created_at).await?;
    let form = Form::parse(&row.form).context("form")?;
    let file = StoredFile::new(platform, key.clone(), id, row.byte_count.unsigned_abs());
    let preview = match tokio::task::spawn_blocking(move || preview_of(file, form)).await? {
        Ok(preview) => preview,
        Err(fault) => return refuse_file(platform, id, ImportState::Reading, fault).await,
    };
    let layout = layout_of(platform, row, &preview).await?;
    let wanted = wanted(row);
    if let (Some(_), Some(missing)) = (wanted, layout.as_ref().map_or(Some("name"), ImportLayout::missing)) {
        let error = format!("{}:{missing}", ErrorCode::ColumnMissing.code());
        return fail(platform, id, ImportState::Reading, &error).await;
    }
    let rows = layout.as_ref().map_or(0, |it| rows_below(&preview, it));
    let text = layout.map(|it| serde_json::to_string(&it)).transpose()?;
    let sealed = seal_preview(&key, id, &preview)?;
    let mut tx = platform.db.begin().await?;
    let mut goes_on = imports::read(&mut tx, id, sealed, text.clone(), rows).await?;
    if let (true, Some(state), Some(text)) = (goes_on, wanted, text) {
        goes_on = imports::start(&mut tx, id, state, &text, rows).await?;
    }
    tx.commit().await?;
    Ok(if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
}

/// What was asked for when the file was sent.
fn wanted(row: &ImportRow) -> Option<ImportState> {
    match row.then_do.as_deref() {
        Some("check") => Some(ImportState::Checking),
        Some("land") => Some(ImportState::Landing),
        _ => None,
    }
}

fn preview_of(mut file: StoredFile, form: Form) -> Result<Preview, Fault> {
    let names = tables::sheet_names(&mut file, form)?;
    let mut preview = Preview::default();
    for (sheet, name) in names.into_iter().enumerate().take(SHEETS) {
        let mut it = SheetPreview { name, rows: 0, first: Vec::new() };
        tables::for_each_row(&mut file, form, sheet, |row| {
            it.rows += 1;
            if it.first.len() < FIRST_ROWS {
                it.first.push((row.line, row.cells.iter().map(|it| it.text().into_owned()).collect()));
            }
            ControlFlow::Continue(())
        })?;
        preview.sheets.push(it);
    }
    Ok(preview)
}

/// How a file with these headings was read the last time; else the sheet on which most columns are recognised.
async fn layout_of(platform: &Platform, row: &ImportRow, preview: &Preview) -> anyhow::Result<Option<ImportLayout>> {
    let mut best: Option<(usize, ImportLayout, Headings)> = None;
    for (sheet, it) in preview.sheets.iter().enumerate() {
        let Some(headings) = tables::find_headings(&it.rows(), COLUMNS, None) else { continue };
        let layout = ImportLayout::guessed(sheet, headings.line, &tables::guess(&headings.texts, COLUMNS));
        if best.as_ref().is_none_or(|(columns, ..)| *columns < layout.columns.len()) {
            best = Some((layout.columns.len(), layout, headings));
        }
    }
    let Some((_, guessed, headings)) = best else { return Ok(None) };
    let remembered = imports::remembered(&mut platform.db.reader(), owner(row), fingerprint(&headings.texts)).await?;
    let remembered = remembered.and_then(|it| serde_json::from_str::<ImportLayout>(&it).ok());
    // The headings are the same; where they stand may not be.
    Ok(Some(remembered.map_or(guessed.clone(), |it| ImportLayout { columns: it.columns, ..guessed })))
}

/// Who remembers layouts: the enterprise, so that a colleague need not map the file again.
pub(crate) fn owner(row: &ImportRow) -> Uuid {
    row.enterprise_id.unwrap_or(row.account_id)
}

/// How many rows stand below the headings.
pub(crate) fn rows_below(preview: &Preview, layout: &ImportLayout) -> i64 {
    let Some(sheet) = preview.sheets.get(layout.sheet) else { return 0 };
    let above = sheet.first.iter().filter(|(line, _)| *line <= layout.line).count();
    i64::try_from(sheet.rows.saturating_sub(above)).unwrap_or(0)
}

// ---- Checking and landing ----

async fn work(platform: &Platform, import: ImportRow, state: ImportState) -> anyhow::Result<ControlFlow<()>> {
    let id = ImportId::from_uuid(import.id);
    let key = file_key(platform, import.created_at).await?;
    let form = Form::parse(&import.form).context("form")?;
    let layout: ImportLayout = serde_json::from_str(import.layout.as_deref().context("no layout")?)?;
    let windows = places::shift_windows(&mut platform.db.reader(), &[import.site_id]).await?;
    let windows: Vec<ShiftWindow> = windows.into_iter().map(|(_, it)| it).collect();
    let file = StoredFile::new(platform, key.clone(), id, import.byte_count.unsigned_abs());
    remember(platform, &import, &key, &layout).await?;
    let (send, chunks) = mpsc::channel(AHEAD);
    let (sheet, below) = (layout.sheet, layout.line);
    let reading = tokio::task::spawn_blocking(move || read_chunks(file, form, sheet, below, &send));
    let work = Work { platform: platform.clone(), import, state, layout, windows, key };
    let goes_on = store_chunks(&work, chunks).await?;
    if let Err(fault) = reading.await? {
        return refuse_file(platform, id, state, fault).await;
    }
    match goes_on {
        true => finish(platform, id, state).await,
        false => Ok(ControlFlow::Break(())),
    }
}

/// Reads rows below the headings into chunks until the other side has had enough.
fn read_chunks(
    file: StoredFile,
    form: Form,
    sheet: usize,
    below: u64,
    send: &mpsc::Sender<Vec<Row>>,
) -> Result<(), Fault> {
    let mut chunk = Vec::with_capacity(CHUNK);
    tables::for_each_row(file, form, sheet, |row| {
        if below < row.line {
            chunk.push(row);
        }
        match chunk.len() == CHUNK && send.blocking_send(std::mem::take(&mut chunk)).is_err() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    if !chunk.is_empty() {
        let _ = send.blocking_send(chunk);
    }
    Ok(())
}

/// Stores chunk by chunk; of those that were stored before the work was cut off only the numbers are noted again.
async fn store_chunks(work: &Work, mut chunks: mpsc::Receiver<Vec<Row>>) -> anyhow::Result<bool> {
    let mut seen = Seen::default();
    let mut done = 0;
    while let Some(rows) = chunks.recv().await {
        done += i64::try_from(rows.len())?;
        let chunk = work.checked(rows, &mut seen, work.platform.now());
        if done <= work.import.done_count {
            continue;
        }
        if !work.store(&chunk, done).await.map_err(job_error)? {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn remember(
    platform: &Platform,
    import: &ImportRow,
    key: &vault::DataKey,
    layout: &ImportLayout,
) -> anyhow::Result<()> {
    let id = ImportId::from_uuid(import.id);
    let Some(sealed) = imports::preview(&mut platform.db.reader(), id).await? else { return Ok(()) };
    let preview = open_preview(key, id, &sealed)?;
    let Some(sheet) = preview.sheets.get(layout.sheet) else { return Ok(()) };
    let Some(headings) = tables::find_headings(&sheet.rows(), COLUMNS, Some(layout.line)) else { return Ok(()) };
    let text = serde_json::to_string(layout)?;
    let mut tx = platform.db.begin().await?;
    imports::remember(&mut tx, owner(import), fingerprint(&headings.texts), &text, platform.now()).await?;
    Ok(tx.commit().await?)
}

async fn finish(platform: &Platform, id: ImportId, state: ImportState) -> anyhow::Result<ControlFlow<()>> {
    let mut tx = platform.db.begin().await?;
    let now = platform.now();
    match state {
        ImportState::Landing => {
            if imports::advance(&mut tx, id, state, ImportState::Done, None, Some(now)).await? {
                imports::drop_file(&mut tx, id).await?;
            }
        }
        _ => {
            imports::advance(&mut tx, id, state, ImportState::Checked, None, None).await?;
        }
    }
    tx.commit().await?;
    Ok(ControlFlow::Break(()))
}

async fn refuse_file(
    platform: &Platform,
    id: ImportId,
    state: ImportState,
    fault: Fault,
) -> anyhow::Result<ControlFlow<()>> {
    let code = match fault {
        Fault::Form(_) | Fault::NoSheet => ErrorCode::FileForm,
        Fault::OldOrLocked => ErrorCode::OldWorkbook,
        Fault::Active => ErrorCode::FileActive,
        Fault::Bomb => ErrorCode::FileBomb,
        Fault::TooWide => ErrorCode::TooManyColumns,
        // Not the file's fault: the job tries again.
        Fault::Input(error) => return Err(error.into()),
    };
    fail(platform, id, state, code.code()).await
}

async fn fail(platform: &Platform, id: ImportId, state: ImportState, error: &str) -> anyhow::Result<ControlFlow<()>> {
    let mut tx = platform.db.begin().await?;
    if imports::advance(&mut tx, id, state, ImportState::Failed, Some(error), Some(platform.now())).await? {
        imports::drop_file(&mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(ControlFlow::Break(()))
}

fn job_error(error: ApiError) -> anyhow::Error {
    anyhow::anyhow!("{} {}", error.code().code(), error.field_name().unwrap_or_default())
}
