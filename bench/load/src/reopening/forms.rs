//! How many forms a node takes in: 250 questions, 500 clients, each of them beginning, saving and signing as fast as it is
//! answered.

use std::time::Instant;

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

/// How long each step took.
#[derive(Default)]
struct Steps {
    begin: Times,
    save: Times,
    sign: Times,
    whole: Times,
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
        "- {} fields, {} bytes a form, {} clients, {} forms each",
        args.fields,
        body.len(),
        args.clients,
        args.each
    ));
    let applicants = district.applicants(args.clients, args.each).await?;
    let (meter, began) = (Meter::start(server.pid()), Instant::now());
    let mut running = JoinSet::new();
    for applicant in applicants {
        running.spawn(send(applicant, answers.clone()));
    }
    let mut steps = Steps::default();
    let mut sent = 0_u32;
    while let Some(done) = running.join_next().await {
        let (times, count) = done??;
        steps.begin.extend(times.begin);
        steps.save.extend(times.save);
        steps.sign.extend(times.sign);
        steps.whole.extend(times.whole);
        sent += count;
    }
    let (seconds, usage) = (began.elapsed().as_secs_f64(), meter.stop());
    let there = command.get("/applications/count?state=submitted").await?;
    say(&format!(
        "- {sent} forms signed in {seconds:.1} s: {:.0} forms/s, {:.0} writes/s; {} stand at the server",
        f64::from(sent) / seconds,
        f64::from(sent * 3) / seconds,
        there.get("count").unwrap_or(&Value::Null)
    ));
    say(&format!(
        "- server: {:.2} cores, machine {:.2} cores, RSS {} MB",
        usage.cores, usage.machine_cores, usage.rss_mb
    ));
    let Steps { begin, save, sign, whole } = steps;
    print_reads(
        &[("begin", begin), ("save", save), ("sign", sign), ("whole form", whole)].map(|it| (it.0.to_owned(), it.1)),
    );
    Ok(())
}

async fn send(mut applicant: Applicant, answers: Map<String, Value>) -> anyhow::Result<(Steps, u32)> {
    let (mut steps, mut sent) = (Steps::default(), 0);
    let client = &mut applicant.client;
    for site in applicant.sites {
        let began = Instant::now();
        let (application, took) =
            client.post("/applications", &json!({ "site_ids": [site] })).await?.context("the site has one")?;
        steps.begin.add(took);
        let path = format!("/applications/{}", text(&application, "id"));
        let body = json!({ "changes": answers, "from_revision": 0 }).to_string();
        let save = Write { method: "PATCH", path: &format!("{path}/answers"), headers: JSON, body: body.as_bytes() };
        let (saved, took) = client.write(save).await?.context("somebody else writes")?;
        steps.save.add(took);
        let signed = json!({
            "form_version": saved.get("form_version"), "revision": saved.get("revision"), "signer": "测试", "strokes": signature(),
        });
        let (_, took) = client.post(&format!("{path}/submit"), &signed).await?.context("it was changed")?;
        steps.sign.add(took);
        steps.whole.add(began.elapsed());
        sent += 1;
    }
    Ok((steps, sent))
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
