//! Times how long a change of somebody's status takes to reach her pass, as the published list tells it, and the roster of
//! a gate; both asked for again and again, as a tablet does.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pass::TrustList;
use pass::status_list::StatusList;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ChangesArgs;
use crate::grow::{grow, text};
use crate::ready::Ready;
use crate::report::{Times, print_reads, say};
use crate::server::{self, start_demo};
use crate::session::Session;
use crate::usage::machine;

const POLL: Duration = Duration::from_millis(25);
const GIVE_UP: Duration = Duration::from_secs(30);

/// `load changes`: SQLite, or PostgreSQL when FUGONG_BENCH_PG_URL is set.
pub(crate) async fn run(args: &ChangesArgs) -> anyhow::Result<()> {
    let binary = server::binary()?;
    let url = server::database_url();
    let folder = TempDir::new()?;
    let engine = if url.is_some() { "postgres" } else { "sqlite" };
    say(&format!("- {}\n- {}, {engine}\n", machine(), server::version(&binary).await));
    let (server, ready) = start_demo(&binary, folder.path(), "small", url.as_deref()).await?;
    let outcome = measure(args, &ready).await;
    server.stop().await?;
    outcome
}

/// Somebody with a printed pass.
struct Holder {
    id: String,
    employee_no: String,
}

struct Bench {
    health: Session,
    enterprise: Session,
    gate: String,
    trust: TrustList,
}

async fn measure(args: &ChangesArgs, ready: &Ready) -> anyhow::Result<()> {
    let people = grow(ready, args.people).await?;
    let enterprise = Session::sign_in(&ready.base_url, ready.account("enterprise")?).await?;
    let health = Session::sign_in(&ready.base_url, ready.account("health_authority")?).await?;
    let trust = enterprise.get("/passes/trust").await?;
    let trust = TrustList::parse(trust.to_string().as_bytes())?;
    let gates = enterprise.get("/gates").await?;
    let gate = gates.pointer("/items/0/id").and_then(Value::as_str).context("no gate")?.to_owned();
    let bench = Bench { health, enterprise, gate, trust };
    let holders = bench.holders(args.changes).await?;
    let (mut lists, mut rosters) = (Times::default(), Times::default());
    for (n, holder) in holders.iter().enumerate() {
        let (list, roster) = bench.change(holder, n % 2 == 1).await?;
        lists.add(list);
        rosters.add(roster);
    }
    say(&format!("{people} people, {} changes, from the request on:\n", holders.len()));
    print_reads(&[("the list of passes".to_owned(), lists), ("the roster of a gate".to_owned(), rosters)]);
    Ok(())
}

impl Bench {
    /// People of the gate's roster, said to be well and given a pass; each of them twice, for ill and well again.
    async fn holders(&self, changes: usize) -> anyhow::Result<Vec<Holder>> {
        let page = self.enterprise.get("/people?limit=200").await?;
        let items = page.get("items").and_then(Value::as_array).context("nobody")?;
        let mut found = Vec::new();
        for item in items.iter().take(changes.div_ceil(2)) {
            let id = text(item, "id").to_owned();
            self.say(&id, true).await?;
            self.enterprise.post_json(&format!("/people/{id}/passes"), &json!({ "days": 7 })).await?;
            let file = self.enterprise.get(&format!("/people/{id}?purpose=roster")).await?;
            let number = file.pointer("/employments/0/employee_no").and_then(Value::as_str);
            let employee_no = number.unwrap_or_default().to_owned();
            found.push(Holder { id: id.clone(), employee_no: employee_no.clone() });
            found.push(Holder { id, employee_no });
        }
        Ok(found)
    }

    async fn say(&self, person: &str, well: bool) -> anyhow::Result<()> {
        let symptoms = if well { json!([]) } else { json!(["cough"]) };
        let body = json!({ "well": well, "symptoms": symptoms, "left_affected_area_on": null });
        self.health.post_json(&format!("/people/{person}/attestations"), &body).await?;
        Ok(())
    }

    /// One change, and when each of the two knew of it.
    async fn change(&self, holder: &Holder, well: bool) -> anyhow::Result<(Duration, Duration)> {
        let before = self.list().await?;
        let known = self.roster(None).await?.context("no roster")?;
        let known = text(&known, "version").to_owned();
        let began = Instant::now();
        self.say(&holder.id, well).await?;
        let (mut list, mut roster) = (None, None);
        while list.is_none() || roster.is_none() {
            if list.is_none() && self.list().await? != before {
                list = Some(began.elapsed());
            }
            if roster.is_none() && self.told(holder, &known, well).await? {
                roster = Some(began.elapsed());
            }
            if GIVE_UP < began.elapsed() {
                bail!("a change did not arrive: list {list:?}, roster {roster:?}");
            }
            tokio::time::sleep(POLL).await;
        }
        Ok((list.unwrap_or_default(), roster.unwrap_or_default()))
    }

    /// What holds, by place in the list.
    async fn list(&self) -> anyhow::Result<Vec<Option<u8>>> {
        let bytes = self.enterprise.open("/passes/lists/1").await?.bytes().await?;
        let list = StatusList::open(&bytes, &self.trust).map_err(|it| anyhow::anyhow!("{it}"))?;
        Ok((0..1_000).map(|it| list.entries.get(it)).collect())
    }

    async fn roster(&self, known: Option<&str>) -> anyhow::Result<Option<Value>> {
        let known = known.map(|it| format!("?known={it}")).unwrap_or_default();
        let answer = self.enterprise.open(&format!("/gates/{}/roster{known}", self.gate)).await?;
        if answer.status().as_u16() == 204 { Ok(None) } else { Ok(Some(answer.json().await?)) }
    }

    async fn told(&self, holder: &Holder, known: &str, well: bool) -> anyhow::Result<bool> {
        let Some(roster) = self.roster(Some(known)).await? else { return Ok(false) };
        let entries = roster.get("entries").and_then(Value::as_array).context("no entries")?;
        let hers = entries.iter().find(|it| text(it, "employee_no") == holder.employee_no).context("not listed")?;
        let barred = hers.get("reasons").is_some_and(|it| it.to_string().contains("not_allowed"));
        Ok(barred != well)
    }
}
