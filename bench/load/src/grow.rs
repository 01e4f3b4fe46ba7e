//! Imports invented people until the demo is as large as a district: for memory and reads at size.

use std::time::Duration;

use anyhow::{Context, bail};
use kernel::document::resident_check;
use serde_json::{Value, json};

use crate::ready::Ready;
use crate::session::Session;

const ROWS_PER_IMPORT: usize = 5000;
const POLL: Duration = Duration::from_millis(500);
const POLLS: u32 = 2400;
pub(crate) const HEADER: &str = "name,document_kind,document_number,phone,employee_no,card_no,team,post,shift,starts_on,attested_at,\
                      left_affected_area_on\n";

/// Imports until there are about `n_people`; the enterprise's account does it, at a site of its own.
pub(crate) async fn grow(ready: &Ready, n_people: usize) -> anyhow::Result<usize> {
    let session = Session::sign_in(&ready.base_url, ready.account("enterprise")?).await?;
    let sites = session.get("/sites").await?;
    let site = sites.pointer("/items/0/id").and_then(Value::as_str).context("the enterprise has no site")?;
    let mut there = usize::try_from(number(&session.get("/people/count").await?, "count")).unwrap_or(0);
    let mut sequence = there;
    while there < n_people {
        let n_rows = ROWS_PER_IMPORT.min(n_people - there);
        let rows = (sequence..sequence + n_rows).map(row);
        let csv: String = std::iter::once(HEADER.to_owned()).chain(rows).collect();
        import(&session, site, csv).await?;
        (there, sequence) = (there + n_rows, sequence + n_rows);
        eprintln!("load: {there} people");
    }
    Ok(there)
}

async fn import(session: &Session, site: &str, csv: String) -> anyhow::Result<()> {
    let mut job = session.post_csv(&format!("/people/imports?site_id={site}&then=land"), csv).await?;
    let id = text(&job, "id").to_owned();
    for _ in 0..POLLS {
        match text(&job, "state") {
            "uploading" | "reading" | "landing" => tokio::time::sleep(POLL).await,
            "done" if number(&job, "failed") == 0 => return Ok(()),
            state => bail!("import {id}: {state}, {} rows failed", number(&job, "failed")),
        }
        job = session.get(&format!("/people/imports/{id}")).await?;
    }
    bail!("import {id} does not end")
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or(0)
}

/// Nobody: division 999999, born on a day and with a sequence that follow from the number alone.
pub(crate) fn row(sequence: usize) -> String {
    let number = document_number(sequence);
    format!("测试{sequence:06},resident_id,{number},19{sequence:09},L{sequence:07},,,,,2020-01-01,,\n")
}

/// Of the fictitious division 999999.
fn document_number(sequence: usize) -> String {
    let (year, month, day) =
        (1940 + sequence / 1000 / 336 % 20, 1 + sequence / 1000 / 28 % 12, 1 + sequence / 1000 % 28);
    let body = format!("999999{year}{month:02}{day:02}{:03}", sequence % 1000);
    let check = resident_check(&body).unwrap_or('X');
    format!("{body}{check}")
}

/// The same person as she is registered by hand.
pub(crate) fn person(sequence: usize, site: &str) -> Value {
    json!({
        "name": format!("测试{sequence:06}"), "document_kind": "resident_id", "document_number": document_number(sequence),
        "phone": format!("19{sequence:09}"), "attested_at": null, "left_affected_area_on": null,
        "employment": {
            "site_id": site, "employee_no": format!("L{sequence:07}"), "card_no": null, "team": null, "post": null,
            "shift_window_id": null, "starts_on": "2020-01-01",
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use kernel::{DocumentKind, DocumentNumber, Phone};

    use super::*;

    #[test]
    fn every_row_is_somebody_else_and_valid() {
        let mut seen = HashSet::new();
        for sequence in (0..120_000).step_by(7) {
            let row = row(sequence);
            let fields: Vec<&str> = row.trim_end().split(',').collect();
            assert_eq!(fields.len(), HEADER.split(',').count(), "{row}");
            assert!(DocumentNumber::parse(DocumentKind::ResidentId, fields[2]).is_ok(), "{row}");
            assert!(Phone::parse(fields[3]).is_ok() && seen.insert(fields[2].to_owned()), "{row}");
        }
    }
}
