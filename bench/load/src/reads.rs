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

/// Pages of people from each end of the table.
const PAGES: usize = 10;

/// Reads each list's first page and its rows by id, `n_reads` times.
pub(crate) async fn measure(ready: &Ready, session: &Session, n_reads: usize) -> anyhow::Result<Vec<(String, Times)>> {
    let mut measured = Vec::new();
    for (list, query) in LISTS {
        let ids = ids(session, list).await?;
        // Opened only now: an idle connection is closed by the server.
        let mut wire = Wire::open(&ready.users_address()).await?;
        let first_page = [format!("/{list}")];
        measured.push((format!("first page of {list}"), time(&mut wire, session, &first_page, n_reads).await?));
        let by_id: Vec<String> = ids.iter().map(|it| format!("/{list}/{it}{query}")).collect();
        measured.push((format!("{list} by id"), time(&mut wire, session, &by_id, n_reads).await?));
    }
    Ok(measured)
}

/// Ids of a list: of people from both ends of the table, so many that few are read twice.
async fn ids(session: &Session, list: &str) -> anyhow::Result<Vec<String>> {
    let (sorts, n_pages): (&[&str], usize) =
        if list == "people" { (&["-created_at", "employee_no"], PAGES) } else { (&[""], 1) };
    let mut ids = Vec::new();
    for sort in sorts {
        let mut cursor = String::new();
        for _ in 0..n_pages {
            let page = session.get(&format!("/{list}?limit=200&sort={sort}&cursor={cursor}")).await?;
            let rows = page.get("items").and_then(Value::as_array).context("not a page")?;
            ids.extend(rows.iter().filter_map(|it| it.get("id")?.as_str().map(str::to_owned)));
            let Some(next) = page.get("next").and_then(Value::as_str) else { break };
            next.clone_into(&mut cursor);
        }
    }
    Ok(ids)
}

/// How long each of these reads takes, `n_reads` in turn.
pub(crate) async fn time(
    wire: &mut Wire,
    session: &Session,
    paths: &[String],
    n_reads: usize,
) -> anyhow::Result<Times> {
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
