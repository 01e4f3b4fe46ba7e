//! Times reads by id and first pages, one after the other, as a person at a desk causes them.

use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::ready::Ready;
use crate::report::Times;
use crate::session::Session;
use crate::wire::Wire;

/// Lists, and what a read by id needs beside the id.
const LISTS: &[(&str, &str)] = &[("people", "?purpose=trace"), ("screenings", ""), ("sites", "")];

/// Reads each list's first page and its rows by id, `n_reads` times.
pub(crate) async fn measure(ready: &Ready, session: &Session, n_reads: usize) -> anyhow::Result<Vec<(String, Times)>> {
    let mut wire = Wire::open(&ready.users_address()).await?;
    let mut measured = Vec::new();
    for (list, query) in LISTS {
        let page = session.get(&format!("/{list}")).await?;
        let rows = page.get("items").and_then(Value::as_array).context("not a page")?;
        let ids: Vec<&str> = rows.iter().filter_map(|it| it.get("id")?.as_str()).collect();
        let first_page = [format!("/{list}")];
        measured.push((format!("first page of {list}"), time(&mut wire, session, &first_page, n_reads).await?));
        let by_id: Vec<String> = ids.iter().map(|it| format!("/{list}/{it}{query}")).collect();
        measured.push((format!("{list} by id"), time(&mut wire, session, &by_id, n_reads).await?));
    }
    Ok(measured)
}

async fn time(wire: &mut Wire, session: &Session, paths: &[String], n_reads: usize) -> anyhow::Result<Times> {
    let mut times = Times::default();
    for path in paths.iter().cycle().take(n_reads) {
        let request = format!("GET /api/v1{path} HTTP/1.1\r\nHost: fugong\r\nCookie: {}\r\n\r\n", session.cookie);
        let began = Instant::now();
        let answer = wire.exchange(request.as_bytes()).await?;
        times.add(began.elapsed());
        if answer.status != 200 {
            bail!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
    }
    Ok(times)
}
