//! Applications to reopen, as enterprises and a reviewer make them by hand; each as far as it is to come.

use anyhow::{Context, bail};
use kernel::Instant64;
use paper::{Paper, Row, Section, Sheet};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Made, progress};
use crate::console;
use crate::demo::api::{Api, Payload};
use crate::demo::district::{District, Reopening};
use crate::demo::reopenings::{RETURN_FIELDS, RETURN_NOTE, Stage};

/// What stands in for the plan where the program was built without its font.
const EMPTY_PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
/// A form that asks again after so many rounds of answers asks without end.
const ROUNDS: u32 = 8;

#[derive(Deserialize)]
struct SiteRow {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Brief {
    id: String,
    state: String,
}

#[derive(Deserialize)]
struct File {
    form_version: i64,
    form: Value,
    revision: i64,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    field: String,
}

/// Who does what.
struct Desk<'a> {
    applicant: &'a Api,
    reviewer: &'a Api,
    made_at: Instant64,
    plan: Vec<u8>,
}

/// Makes the sites that are to reopen, and the applications.
pub(super) async fn applications(
    administrator: &Api,
    applicant: &Api,
    reviewer: &Api,
    district: &District,
    (enterprises, sites): (&[String], &[String]),
) -> anyhow::Result<()> {
    if district.reopenings.is_empty() {
        return Ok(());
    }
    let plan = tokio::task::spawn_blocking(|| Paper::new(console::font).pdf(&plan())).await?;
    let plan = plan.unwrap_or_else(|_| EMPTY_PDF.to_vec());
    let desk = Desk { applicant, reviewer, made_at: district.made_at, plan };
    let known: Vec<SiteRow> = administrator.list("/sites").await?;
    for it in &district.reopenings {
        let there = match it.site {
            Some(idx) => sites.get(idx).cloned(),
            None => known.iter().find(|row| row.name == it.site_name).map(|row| row.id.clone()),
        };
        let site = match there {
            Some(id) => id,
            None => {
                let body = json!({
                    "name": it.site_name, "kind": it.kind, "enterprise_id": enterprises.get(it.enterprise),
                    "area_code": it.area_code,
                });
                administrator.post::<Made>("/sites", Payload::Json(body)).await?.id
            }
        };
        desk.application(it, &site).await?;
    }
    progress(district.reopenings.len(), "applications");
    Ok(())
}

impl Desk<'_> {
    /// From wherever it stands to where it is to come.
    async fn application(&self, it: &Reopening, site: &str) -> anyhow::Result<()> {
        let known: Vec<Brief> = self.applicant.list(&format!("/applications?site_id={site}")).await?;
        let mut now = match known.into_iter().next() {
            Some(known) => known,
            None => self.applicant.post("/applications", Payload::Json(json!({ "site_ids": [site] }))).await?,
        };
        loop {
            let path = format!("/applications/{}", now.id);
            now = match now.state.as_str() {
                state if state == it.goes_to.code() => return Ok(()),
                "draft" => self.submitted(it, &path).await?,
                "submitted" => self.moved(&path, "claim", "submitted", &[]).await?,
                "in_review" if it.goes_to == Stage::Returned => {
                    self.moved(&path, "send_back", "in_review", &RETURN_FIELDS).await?
                }
                "in_review" => self.moved(&path, "approve", "in_review", &[]).await?,
                other => bail!("an application of the demo is {other}"),
            };
        }
    }

    async fn moved(&self, path: &str, act: &str, from: &str, fields: &[&str]) -> anyhow::Result<Brief> {
        let note = (!fields.is_empty()).then_some(RETURN_NOTE);
        let body = json!({ "act": act, "from_state": from, "note": note, "fields": fields });
        self.reviewer.post(&format!("{path}/moves"), Payload::Json(body)).await
    }

    /// Answers until nothing is wanted any more, then signs.
    async fn submitted(&self, it: &Reopening, path: &str) -> anyhow::Result<Brief> {
        for _ in 0..ROUNDS {
            let file: File = self.applicant.get(path).await?;
            if file.faults.is_empty() {
                let body = json!({
                    "form_version": file.form_version, "revision": file.revision, "signer": it.signer,
                    "strokes": it.signature(),
                });
                return self.applicant.post(&format!("{path}/submit"), Payload::Json(body)).await;
            }
            self.answered(it, path, &file).await?;
        }
        bail!("the form of {} is never finished", it.site_name)
    }

    async fn answered(&self, it: &Reopening, path: &str, file: &File) -> anyhow::Result<()> {
        let mut changes = serde_json::Map::new();
        for fault in &file.faults {
            let takes = takes(&file.form, &fault.field).with_context(|| format!("no question {}", fault.field))?;
            if takes.get("kind").and_then(Value::as_str) == Some("files") {
                self.attached(path, &fault.field).await?;
            } else {
                changes.insert(fault.field.clone(), it.answer(&fault.field, takes, self.made_at));
            }
        }
        if !changes.is_empty() {
            let body = json!({ "changes": changes, "from_revision": file.revision });
            let _: Value = self.applicant.write(Method::PATCH, &format!("{path}/answers"), Payload::Json(body)).await?;
        }
        Ok(())
    }

    async fn attached(&self, path: &str, field: &str) -> anyhow::Result<()> {
        let name = match field {
            "plan_file" => "疫情防控方案.pdf",
            "emergency_file" => "应急预案.pdf",
            _ => "返岗人员名单.pdf",
        };
        let new = json!({ "field": field, "file_name": name, "byte_count": self.plan.len() });
        let file: Made = self.applicant.post(&format!("{path}/attachments"), Payload::Json(new)).await?;
        let parts = format!("{path}/attachments/{}/parts", file.id);
        let _: Value = self.applicant.write(Method::PATCH, &parts, Payload::Part(self.plan.clone())).await?;
        Ok(())
    }
}

fn takes<'a>(form: &'a Value, key: &str) -> Option<&'a Value> {
    let sections = form.get("sections")?.as_array()?;
    let mut fields = sections.iter().filter_map(|it| it.get("fields")?.as_array()).flatten();
    fields.find(|it| it.get("key").and_then(Value::as_str) == Some(key))?.get("takes")
}

/// One page.
fn plan() -> Sheet {
    let row = |(left, right): (&str, &str)| Row { left: left.to_owned(), right: right.to_owned() };
    let rows = [
        ("组织", "总经理负总责，行政、生产、后勤各一人，每天碰头。"),
        ("测温", "入口逐人测温，37.3 ℃ 及以上的带到临时隔离室，马上报告社区。"),
        ("口罩", "全程佩戴，每班发一只，库存不少于三天。"),
        ("消毒", "车间、食堂、卫生间每班两次，做记录。"),
        ("隔离", "设隔离室两间，由专人看护，送发热门诊。"),
    ];
    let section = Section { heading: "一、措施".into(), rows: rows.map(row).to_vec() };
    Sheet {
        title: "疫情防控方案".into(), note: "演示用。".into(), sections: vec![section], ..Sheet::default()
    }
}
