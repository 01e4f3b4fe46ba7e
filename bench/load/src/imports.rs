//! Times a roster import from the first byte sent to the last row landed, and what the server holds of memory meanwhile.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;

use crate::grow::{HEADER, number, row, text};
use crate::ready::Ready;
use crate::report::say;
use crate::server::{self, Process, start_demo};
use crate::session::Session;
use crate::usage::{machine, rss_mb};
use crate::{Form, ImportArgs};

const POLL: Duration = Duration::from_millis(200);
/// Rows begin where the demo's own people end.
const FIRST: usize = 1_000_000;

/// `load import`: SQLite, or PostgreSQL when FUGONG_BENCH_PG_URL is set.
pub(crate) async fn run(args: &ImportArgs) -> anyhow::Result<()> {
    let binary = server::binary()?;
    let url = server::database_url();
    let folder = TempDir::new()?;
    let engine = if url.is_some() { "postgres" } else { "sqlite" };
    say(&format!("- {}\n- {}, {engine}\n", machine(), server::version(&binary).await));
    say("| rows | form | MB | upload s | read, checked and landed s | rows/s | RSS before MB | highest | refused |");
    say("|--:|---|--:|--:|--:|--:|--:|--:|--:|");
    let (server, ready) = start_demo(&binary, folder.path(), "small", url.as_deref()).await?;
    let outcome = measure(args, &server, &ready, folder.path()).await;
    server.stop().await?;
    outcome
}

async fn measure(args: &ImportArgs, server: &Process, ready: &Ready, folder: &Path) -> anyhow::Result<()> {
    let session = Session::sign_in(&ready.base_url, ready.account("enterprise")?).await?;
    let sites = session.get("/sites").await?;
    let site = sites.pointer("/items/0/id").and_then(Value::as_str).context("the enterprise has no site")?.to_owned();
    let mut first = FIRST;
    for rows in &args.rows {
        let file = folder.join("roster");
        write(&file, args.form, first, *rows)?;
        let line = import(&session, server, &site, &file, *rows, args.form).await?;
        say(&line);
        first += rows;
    }
    Ok(())
}

async fn import(
    session: &Session,
    server: &Process,
    site: &str,
    file: &Path,
    rows: usize,
    form: Form,
) -> anyhow::Result<String> {
    let bytes = tokio::fs::read(file).await?;
    let size_mb = bytes.len() / (1024 * 1024);
    let (before, began) = (rss_mb(server.pid()), Instant::now());
    let mut job = session.post_csv(&format!("/people/imports?site_id={site}&then=land"), bytes).await?;
    let (uploaded, id) = (began.elapsed(), text(&job, "id").to_owned());
    let mut highest = before;
    while matches!(text(&job, "state"), "reading" | "landing") {
        tokio::time::sleep(POLL).await;
        highest = highest.max(rss_mb(server.pid()));
        job = session.get(&format!("/people/imports/{id}")).await?;
    }
    if text(&job, "state") != "done" {
        bail!("the import ended as {job}");
    }
    let worked = began.elapsed() - uploaded;
    let a_second = f64::from(u32::try_from(rows)?) / worked.as_secs_f64();
    Ok(format!(
        "| {rows} | {form} | {size_mb} | {:.1} | {:.1} | {a_second:.0} | {before} | {highest} | {} |",
        uploaded.as_secs_f64(),
        worked.as_secs_f64(),
        number(&job, "failed"),
    ))
}

fn write(path: &Path, form: Form, first: usize, rows: usize) -> anyhow::Result<()> {
    let lines = std::iter::once(HEADER.to_owned()).chain((first..first + rows).map(row));
    match form {
        Form::Csv => {
            let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
            for line in lines {
                std::io::Write::write_all(&mut file, line.as_bytes())?;
            }
            Ok(std::io::Write::flush(&mut file)?)
        }
        Form::Xlsx => {
            let mut workbook = Workbook::new();
            let sheet = workbook.add_worksheet();
            for (at, line) in (0_u32..).zip(lines) {
                for (column, cell) in (0_u16..).zip(line.trim_end().split(',')).filter(|(_, cell)| !cell.is_empty()) {
                    sheet.write_string(at, column, cell)?;
                }
            }
            Ok(workbook.save(path)?)
        }
    }
}
