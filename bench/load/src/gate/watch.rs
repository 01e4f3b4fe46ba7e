//! What the gate's own page tells.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

/// Passages, and what they took.
pub(super) struct Seen {
    after_ms: Vec<i64>,
    outcomes: Vec<String>,
    known: usize,
    seconds: f64,
    rss_mb: u64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |share: usize| self.after_ms.get(self.after_ms.len() * share / 100).copied().unwrap_or_default();
        let of = |outcome: &str| self.outcomes.iter().filter(|it| *it == outcome).count();
        write!(
            f,
            "- {} passages in {:.0} s, {} of somebody known; admit {}, correct {}, recheck {}, hold {}, deny {}\n\
             - from the picture to the verdict, written down: p50 {} ms, p95 {} ms, p99 {} ms; most RSS of the gate {} MB",
            self.outcomes.len(),
            self.seconds,
            self.known,
            of("admit"),
            of("correct"),
            of("recheck"),
            of("hold"),
            of("deny"),
            at(50),
            at(95),
            at(99),
            self.rss_mb
        )
    }
}

/// The state of a gate.
pub(super) async fn state(page: &str) -> anyhow::Result<Value> {
    Ok(reqwest::get(format!("{page}/local/state")).await?.json().await?)
}

/// Waits for a state; it, and how long it took.
pub(super) async fn until(
    page: &str,
    limit: Duration,
    is_so: impl Fn(&Value) -> bool,
) -> anyhow::Result<(Value, Duration)> {
    let began = Instant::now();
    while began.elapsed() < limit {
        if let Ok(state) = state(page).await
            && is_so(&state)
        {
            return Ok((state, began.elapsed()));
        }
        super::pause().await;
    }
    bail!("the gate did not come to it in {limit:?}")
}

/// Follows the live feed until so many have passed.
pub(super) async fn passages(
    page: &str,
    many: usize,
    limit: Duration,
    rss_mb: impl Fn() -> u64,
) -> anyhow::Result<Seen> {
    let mut feed = reqwest::get(format!("{page}/local/live")).await?;
    let began = Instant::now();
    let mut seen = Seen { after_ms: Vec::new(), outcomes: Vec::new(), known: 0, seconds: 0.0, rss_mb: 0 };
    let mut text = String::new();
    while seen.outcomes.len() < many {
        let rest = limit.checked_sub(began.elapsed()).context("too few passages")?;
        let chunk = tokio::time::timeout(rest, feed.chunk()).await??.context("the feed ended")?;
        text.push_str(&String::from_utf8_lossy(&chunk));
        while let Some((event, rest)) = text.split_once("\n\n") {
            if let Some(told) = event.lines().find_map(|it| it.strip_prefix("data:")) {
                seen.take(&serde_json::from_str(told).unwrap_or_default());
            }
            text = rest.to_owned();
        }
        seen.rss_mb = seen.rss_mb.max(rss_mb());
    }
    seen.seconds = began.elapsed().as_secs_f64();
    seen.after_ms.sort_unstable();
    Ok(seen)
}

impl Seen {
    fn take(&mut self, told: &Value) {
        let Some(outcome) = told.get("outcome").and_then(Value::as_str) else { return };
        self.outcomes.push(outcome.to_owned());
        self.known += usize::from(told.get("employee_no").is_some_and(Value::is_string));
        self.after_ms.extend(told.get("after_ms").and_then(Value::as_i64));
    }
}
