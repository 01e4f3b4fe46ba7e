//! Times what everybody's status costs: a simulation, a new version that changes nobody, and one that changes all.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::StatusesArgs;
use crate::grow::{grow, number};
use crate::reads;
use crate::ready::Ready;
use crate::report::{print_reads, say};
use crate::server::{self, Process, start_demo};
use crate::session::Session;
use crate::usage::{machine, rss_mb};

const POLL: Duration = Duration::from_millis(100);
/// Reads of each kind.
const READS: usize = 2_000;

/// `load statuses`: SQLite, or PostgreSQL when FUGONG_BENCH_PG_URL is set.
pub(crate) async fn run(args: &StatusesArgs) -> anyhow::Result<()> {
    let binary = server::binary()?;
    let url = server::database_url();
    let folder = TempDir::new()?;
    let engine = if url.is_some() { "postgres" } else { "sqlite" };
    say(&format!("- {}\n- {}, {engine}\n", machine(), server::version(&binary).await));
    let (server, ready) = start_demo(&binary, folder.path(), "small", url.as_deref()).await?;
    let outcome = measure(args, &server, &ready).await;
    server.stop().await?;
    outcome
}

async fn measure(args: &StatusesArgs, server: &Process, ready: &Ready) -> anyhow::Result<()> {
    let people = grow(ready, args.people).await?;
    let session = Session::sign_in(&ready.base_url, ready.account("health_authority")?).await?;
    let current = session.get("/status-rules").await?;
    let mut rules = current.get("rules").context("no rules")?.clone();
    print_reads(&reads::measure(ready, &session, READS).await?);
    say("| what | people | s | people/s | RSS MB |");
    say("|---|--:|--:|--:|--:|");
    let line = |what: &str, took: Duration| {
        let a_second = u32::try_from(people).map_or(0.0, f64::from) / took.as_secs_f64();
        format!("| {what} | {people} | {:.1} | {a_second:.0} | {} |", took.as_secs_f64(), rss_mb(server.pid()))
    };
    let began = Instant::now();
    session.post_json("/status-rules/simulation", &json!({ "rules": rules })).await?;
    say(&line("simulation", began.elapsed()));
    set(&mut rules, "contact_days", 15);
    say(&line("a version that changes nobody", publish(&session, &rules).await?));
    // Everybody was said to be well at some midnight: longer ago than this.
    set(&mut rules, "statement_hours", 12);
    say(&line("a version that changes all", publish(&session, &rules).await?));
    Ok(())
}

fn set(rules: &mut Value, field: &str, value: u16) {
    if let Some(field) = rules.get_mut(field) {
        *field = json!(value);
    }
}

/// From the request until the last person is computed.
async fn publish(session: &Session, rules: &Value) -> anyhow::Result<Duration> {
    let version = number(&session.get("/status-rules").await?, "version");
    let began = Instant::now();
    session.post_json("/status-rules", &json!({ "rules": rules, "note": "bench", "from_version": version })).await?;
    loop {
        if number(&session.get("/status-rules").await?, "left") == 0 {
            return Ok(began.elapsed());
        }
        tokio::time::sleep(POLL).await;
    }
}
