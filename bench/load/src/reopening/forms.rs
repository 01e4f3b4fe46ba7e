//! How many forms a node takes in: 250 questions, 500 clients. All of them send half of their forms whole, one request each, as
//! other systems submit a form; then all begin the other half, all save what they filled in, and all sign, each as fast as it
//! is answered.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::answers::{changes, fields, signature};
use super::client::{JSON, Write};
use super::district::{Applicant, District};
use crate::FormsArgs;
use crate::grow::text;
use crate::ready::Ready;
use crate::report::{Times, print_reads, say};
use crate::server::Process;
use crate::session::Session;
use crate::usage::Meter;

/// Questions of a section: what a page holds.
const SECTION: usize = 25;

/// The first that a district publishes: the program brings one along.
const PUBLISHED: i64 = 2;

/// One after the other.
#[derive(Debug, Clone, Copy)]
enum Step {
    Whole,
    Begin,
    Save,
    Sign,
}

/// An applicant with her applications, as the server answered last.
struct Filing {
    applicant: Applicant,
    applications: Vec<Value>,
}

pub(super) async fn measure(args: &FormsArgs, server: &Process, ready: &Ready) -> anyhow::Result<()> {
    let command = Session::sign_in(&ready.base_url, ready.account("command")?).await?;
    let form = form(args.fields);
    let published = json!({ "definition": form, "note": "bench", "from_version": 1 });
    command.post_json("/application-forms", &published).await?;
    let answers = changes(fields(&form).into_iter().flatten());
    let body = json!({ "changes": answers, "from_revision": 0 }).to_string();
    let district = District::of(ready).await?;
    say(&format!(
        "- {} fields, {} bytes a form, {} clients, {} forms each, whole and again step by step",
        args.fields,
        body.len(),
        args.clients,
        args.each
    ));
    let applicants = district.applicants(args.clients, 2 * args.each).await?;
    let mut filings: Vec<Filing> =
        applicants.into_iter().map(|applicant| Filing { applicant, applications: Vec::new() }).collect();
    let (mut reads, mut in_steps, sent) = (Vec::new(), Duration::ZERO, args.clients * args.each);
    let steps = [("whole", Step::Whole), ("begin", Step::Begin), ("save", Step::Save), ("sign", Step::Sign)];
    for (name, step) in steps {
        let (meter, began) = (Meter::start(server.pid()), Instant::now());
        let (next, times) = all(filings, step, &answers).await?;
        filings = next;
        let (took, usage) = (began.elapsed(), meter.stop());
        if !matches!(step, Step::Whole) {
            in_steps += took;
        }
        say(&format!(
            "- {name}: {} forms in {:.1} s, {:.0} a second; server {:.2} cores, machine {:.2} cores, RSS {} MB",
            sent,
            took.as_secs_f64(),
            rate(sent, took),
            usage.cores,
            usage.machine_cores,
            usage.rss_mb
        ));
        reads.push((name.to_owned(), times));
    }
    let there = command.get("/applications/count?state=submitted").await?;
    say(&format!(
        "- begin, save and sign: {:.0} forms a second; {} stand at the server",
        rate(sent, in_steps),
        there.get("count").unwrap_or(&Value::Null)
    ));
    print_reads(&reads);
    Ok(())
}

/// A second.
fn rate(count: usize, took: Duration) -> f64 {
    u32::try_from(count).map_or(f64::NAN, f64::from) / took.as_secs_f64()
}

/// One step of everybody at once.
async fn all(filings: Vec<Filing>, step: Step, answers: &Map<String, Value>) -> anyhow::Result<(Vec<Filing>, Times)> {
    let mut running = JoinSet::new();
    for filing in filings {
        running.spawn(one(filing, step, answers.clone()));
    }
    let (mut filings, mut times) = (Vec::new(), Times::default());
    while let Some(done) = running.join_next().await {
        let (filing, took) = done??;
        filings.push(filing);
        times.extend(took);
    }
    Ok((filings, times))
}

async fn one(mut filing: Filing, step: Step, answers: Map<String, Value>) -> anyhow::Result<(Filing, Times)> {
    let mut times = Times::default();
    let client = &mut filing.applicant.client;
    match step {
        Step::Whole => {
            let half = filing.applicant.sites.len() / 2;
            for site in filing.applicant.sites.drain(..half) {
                let body = json!({
                    "site_ids": [site], "form_version": PUBLISHED, "answers": answers, "signer": "测试",
                    "strokes": signature(),
                });
                let (_, took) = client.post("/applications/whole", &body).await?.context("the site has one")?;
                times.add(took);
            }
        }
        Step::Begin => {
            for site in filing.applicant.sites.drain(..) {
                let begun = client.post("/applications", &json!({ "site_ids": [site] })).await?;
                let (application, took) = begun.context("the site has one")?;
                filing.applications.push(application);
                times.add(took);
            }
        }
        Step::Save => {
            let body = json!({ "changes": answers, "from_revision": 0 }).to_string();
            for application in &mut filing.applications {
                let path = format!("/applications/{}/answers", text(application, "id"));
                let save = Write { method: "PATCH", path: &path, headers: JSON, body: body.as_bytes() };
                let (saved, took) = client.write(save).await?.context("somebody else writes")?;
                for key in ["form_version", "revision"] {
                    let object = application.as_object_mut().context("an application")?;
                    object.insert(key.to_owned(), saved.get(key).cloned().unwrap_or_default());
                }
                times.add(took);
            }
        }
        Step::Sign => {
            for application in &filing.applications {
                let signed = json!({
                    "form_version": application.get("form_version"), "revision": application.get("revision"),
                    "signer": "测试", "strokes": signature(),
                });
                let path = format!("/applications/{}/submit", text(application, "id"));
                let (_, took) = client.post(&path, &signed).await?.context("it was changed")?;
                times.add(took);
            }
        }
    }
    Ok((filing, times))
}

/// A form of so many questions, of every kind but files.
fn form(count: usize) -> Value {
    let words = |it: String| json!({ "zh": it, "en": it });
    let options =
        json!([{ "code": "a", "label": words("甲".to_owned()) }, { "code": "b", "label": words("乙".to_owned()) }]);
    let kinds = [
        json!({ "kind": "text", "most": 100 }),
        json!({ "kind": "number", "least": 0, "most": 9_999 }),
        json!({ "kind": "yes_no" }),
        json!({ "kind": "choice", "options": options }),
        json!({ "kind": "date" }),
        json!({ "kind": "prose", "most": 500 }),
    ];
    let asked: Vec<Value> = kinds.iter().cycle().take(count).enumerate().map(|(at, takes)| {
        json!({ "key": format!("q{at}"), "label": words(format!("问题{at}")), "takes": takes, "required": { "need": "always" } })
    }).collect();
    let sections: Vec<Value> = asked
        .chunks(SECTION)
        .enumerate()
        .map(|(at, part)| json!({ "key": format!("s{at}"), "title": words(format!("部分{at}")), "fields": part }))
        .collect();
    json!({ "sections": sections, "pledge": words("承诺属实".to_owned()) })
}
