//! Applications to reopen: how many forms a node takes in, and an hour in which a whole district applies.

mod answers;
mod client;
mod district;
mod forms;
mod morning;
mod people;

use std::path::Path;

use tempfile::TempDir;

use crate::report::say;
use crate::server::{self, Process, start_demo};
use crate::usage::machine;
use crate::{FormsArgs, MorningArgs};

/// `load forms`: SQLite, or PostgreSQL when FUGONG_BENCH_PG_URL is set.
pub(crate) async fn forms(args: &FormsArgs) -> anyhow::Result<()> {
    let folder = folder(args.folder.as_deref())?;
    let (server, ready) = begin(folder.path()).await?;
    let outcome = forms::measure(args, &server, &ready).await;
    server.stop().await?;
    outcome
}

/// `load applications`: SQLite, or PostgreSQL when FUGONG_BENCH_PG_URL is set.
pub(crate) async fn applications(args: &MorningArgs) -> anyhow::Result<()> {
    let folder = folder(args.folder.as_deref())?;
    let (server, ready) = begin(folder.path()).await?;
    let outcome = morning::measure(args, &server, &ready).await;
    server.stop().await?;
    outcome
}

async fn begin(folder: &Path) -> anyhow::Result<(Process, crate::ready::Ready)> {
    let (binary, url) = (server::binary()?, server::database_url());
    let engine = if url.is_some() { "postgres" } else { "sqlite" };
    say(&format!("- {}\n- {}, {engine}", machine(), server::version(&binary).await));
    start_demo(&binary, folder, "small", url.as_deref()).await
}

fn folder(given: Option<&Path>) -> std::io::Result<TempDir> {
    given.map_or_else(TempDir::new, TempDir::new_in)
}
