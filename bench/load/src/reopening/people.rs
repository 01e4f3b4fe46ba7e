//! What an applicant does with one site, and a reviewer all morning.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use tokio::time::sleep;

use super::answers::{changes, fields, pdf, signature};
use super::client::{Client, JSON, Write};
use crate::grow::text;
use crate::report::Times;

/// Bytes of a part.
const PART: usize = 1024 * 1024;
/// How long she looks at a section before the next is saved.
const THINKS: Duration = Duration::from_secs(2);
/// How long a reviewer reads before she acts.
const READS: Duration = Duration::from_secs(5);
/// The questions that take her two files.
const FILES: [&str; 2] = ["plan_file", "licence_file"];

/// How long each kind of request took.
#[derive(Debug, Default)]
pub(super) struct Took(pub(super) BTreeMap<&'static str, Times>);

/// What was sent, to be compared with what is there.
#[derive(Debug)]
pub(super) struct SentForm {
    path: String,
    answers: Map<String, Value>,
}

impl Took {
    fn note(&mut self, what: &'static str, took: Duration) {
        self.0.entry(what).or_default().add(took);
    }

    pub(super) fn extend(&mut self, other: Self) {
        for (what, times) in other.0 {
            self.0.entry(what).or_default().extend(times);
        }
    }
}

/// From the first look to the signature: every section saved by itself, two files.
pub(super) async fn apply(
    client: &mut Client,
    site: &str,
    took: &mut Took,
    file_bytes: usize,
    seed: u64,
) -> anyhow::Result<SentForm> {
    let (_, time) = client.get("/applications").await?;
    took.note("page: her applications", time);
    let (begun, time) =
        client.post("/applications", &json!({ "site_ids": [site] })).await?.context("the site has one")?;
    took.note("begin", time);
    let path = format!("/applications/{}", text(&begun, "id"));
    let (file, time) = client.get(&path).await?;
    took.note("page: the form", time);
    let form = file.get("form").context("no form")?;
    let (mut revision, mut answers, mut saved) = (json!(0), Map::new(), Value::Null);
    for section in fields(form) {
        let own = changes(section);
        if own.is_empty() {
            continue;
        }
        let body = json!({ "changes": own, "from_revision": revision }).to_string();
        let save = Write { method: "PATCH", path: &format!("{path}/answers"), headers: JSON, body: body.as_bytes() };
        let (answer, time) = client.write(save).await?.context("somebody else writes")?;
        took.note("save a section", time);
        revision = answer.get("revision").cloned().unwrap_or_default();
        answers.extend(own);
        saved = answer;
        sleep(THINKS).await;
    }
    for (number, field) in (0..).zip(FILES) {
        attach(client, &path, field, &pdf(file_bytes, seed * 4 + number * 2 + 1), took).await?;
    }
    let (_, time) = client.get(&path).await?;
    took.note("page: the form", time);
    let signed = json!({
        "form_version": saved.get("form_version"), "revision": revision, "signer": "测试", "strokes": signature(),
    });
    let (_, time) = client.post(&format!("{path}/submit"), &signed).await?.context("it was changed")?;
    took.note("sign", time);
    Ok(SentForm { path, answers })
}

async fn attach(client: &mut Client, path: &str, field: &str, bytes: &[u8], took: &mut Took) -> anyhow::Result<()> {
    let new = json!({ "field": field, "file_name": "材料.pdf", "byte_count": bytes.len() });
    let (file, time) = client.post(&format!("{path}/attachments"), &new).await?.context("not taken")?;
    took.note("begin a file", time);
    let parts = format!("{path}/attachments/{}/parts", text(&file, "id"));
    for (at, part) in bytes.chunks(PART).enumerate() {
        let headers = format!("Content-Type: application/offset+octet-stream\r\nUpload-Offset: {}\r\n", at * PART);
        let write = Write { method: "PATCH", path: &parts, headers: &headers, body: part };
        let (answer, time) = client.write(write).await?.context("not the next part")?;
        took.note(if (at + 1) * PART < bytes.len() { "a part" } else { "the last part" }, time);
        if answer.get("refused").is_some_and(|it| !it.is_null()) {
            bail!("a file was refused: {answer}");
        }
    }
    Ok(())
}

/// Whether all that was sent is there: every answer, both files, and that it was submitted.
pub(super) async fn is_whole(client: &mut Client, sent: &SentForm) -> anyhow::Result<bool> {
    let (file, _) = client.get(&sent.path).await?;
    let answers = file.get("answers").context("no answers")?;
    let files = file.get("attachments").and_then(Value::as_array).map_or(0, Vec::len);
    let state = file.pointer("/application/state").and_then(Value::as_str).unwrap_or_default();
    Ok(sent.answers.iter().all(|(key, value)| answers.get(key) == Some(value))
        && files == FILES.len()
        && state != "draft")
}

/// Looks at what waits, takes something, reads it and a file of it, decides, until it is over. What somebody else was faster
/// with she leaves.
pub(super) async fn review(client: &mut Client, number: usize, over: &AtomicBool) -> anyhow::Result<(Took, u32)> {
    let (mut took, mut decided) = (Took::default(), 0);
    // Not all in the same second.
    sleep(READS * u32::try_from(number % 50)? / 50).await;
    while !over.load(Ordering::Relaxed) {
        let (page, time) = client.get("/applications?state=submitted&sort=decision_due_at&limit=50").await?;
        took.note("page: what waits", time);
        let (_, time) = client.get("/applications/count?state=submitted").await?;
        took.note("page: how many wait", time);
        let waiting = page.get("items").and_then(Value::as_array).context("no page")?;
        if let Some(one) = waiting.get(number % waiting.len().max(1)) {
            decided += u32::from(decide(client, text(one, "id"), &mut took).await?);
        }
        sleep(READS).await;
    }
    Ok((took, decided))
}

async fn decide(client: &mut Client, id: &str, took: &mut Took) -> anyhow::Result<bool> {
    let path = format!("/applications/{id}");
    let claim = json!({ "act": "claim", "from_state": "submitted" });
    let Some((_, time)) = client.post(&format!("{path}/moves"), &claim).await? else { return Ok(false) };
    took.note("claim", time);
    let (file, time) = client.get(&path).await?;
    took.note("page: an application", time);
    if let Some(id) = file.pointer("/attachments/0/id").and_then(Value::as_str) {
        took.note("a file of 2 MB", client.download(&format!("{path}/attachments/{id}/content")).await?);
    }
    sleep(READS).await;
    let hindered = file.get("hindrance").is_some_and(|it| !it.is_null());
    let act = if hindered { "order_visit" } else { "approve" };
    let decision = json!({ "act": act, "from_state": "in_review" });
    let Some((_, time)) = client.post(&format!("{path}/moves"), &decision).await? else { return Ok(false) };
    took.note("decide", time);
    Ok(true)
}
