//! `load gate`: a gate of our own in a process of its own, before real photographs. Its first roster, a change of one person, and passages of people
//! who are enrolled among thousands of random faces.

mod fill;
mod scenes;
mod watch;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::GateArgs;
use crate::grow::{grow, number, text};
use crate::ready::Ready;
use crate::report::say;
use crate::server::{self, start_demo};
use crate::session::Session;
use crate::usage::{machine, rss_mb};

/// Passages by which one face, and eight at once, are timed.
const TIMED: usize = 60;
const WAITED: Duration = Duration::from_secs(900);
const QUIET: Duration = Duration::from_secs(6);
const POLL: Duration = Duration::from_millis(20);

/// Measures, and prints what it was measured on.
pub(crate) async fn run(args: &GateArgs) -> anyhow::Result<()> {
    let binary = server::binary()?;
    let folder = TempDir::new()?;
    say(&format!("- {}\n- {}, sqlite\n", machine(), server::version(&binary).await));
    let (server, ready) = start_demo(&binary, folder.path(), "small", None).await?;
    let outcome = measure(args, &binary, &ready, folder.path(), server.pid()).await;
    server.stop().await?;
    outcome
}

async fn measure(args: &GateArgs, binary: &Path, ready: &Ready, folder: &Path, server: u32) -> anyhow::Result<()> {
    let people = grow(ready, args.people).await?;
    let session = Session::sign_in(&ready.base_url, ready.account("enterprise")?).await?;
    let sites = session.get("/sites").await?;
    let site = sites.pointer("/items/0/id").and_then(Value::as_str).context("the enterprise has no site")?.to_owned();
    let faces = fill::faces(&folder.join("data"), args, &site).await?;
    enrol(&session, args, &site).await?;
    say(&format!("- {people} people in the district, {faces} random faces at the site"));
    let data = folder.join("gate");
    linked(binary, ready, &data, &site).await?;
    let page = settings(&data, args)?;
    let mut gate = Gate::start(binary, &data, folder)?;
    let whole = watch::until(&page, WAITED, |it| it.get("whole_at").is_some_and(|at| !at.is_null())).await?;
    say(&format!(
        "- first roster: {} people, {} faces in {:.1} s; RSS of the gate {} MB, of the server {} MB",
        number(&whole.0, "people"),
        number(&whole.0, "faces"),
        whole.1.as_secs_f64(),
        rss_mb(gate.pid()),
        rss_mb(server)
    ));
    change(&session, &site, &page).await?;
    let seen = watch::passages(&page, args.passages, WAITED, || rss_mb(gate.pid())).await?;
    say(&seen.to_string());
    for (what, shown) in [("one face at a time", scenes::ONE), ("eight at once", scenes::EIGHT_AT_ONCE)] {
        gate.stop().await?;
        scenes::record(&args.photographs, &data.join("recorded"), shown)?;
        gate = Gate::start(binary, &data, folder)?;
        watch::until(&page, WAITED, |it| it.get("latest").is_some()).await?;
        let seen = watch::passages(&page, TIMED, WAITED, || rss_mb(gate.pid())).await?;
        say(&format!("- {what}:\n{seen}"));
    }
    let told = restarted(binary, &data, folder, &page, &mut gate).await?;
    stored(&session, &site, told).await
}

/// One person more, until the gate has her: by hand several times, then by a file of one row, which a job lands.
async fn change(session: &Session, site: &str, page: &str) -> anyhow::Result<()> {
    let mut by_hand = Vec::new();
    for sequence in 9_000_001..9_000_011 {
        // One change among quiet, not one after the other: the gate leaves the server alone for a while after each.
        tokio::time::sleep(QUIET).await;
        let before = number(&watch::state(page).await?, "people");
        let person = crate::grow::person(sequence, site);
        let began = Instant::now();
        session.post_json("/people", &person).await?;
        watch::until(page, WAITED, |it| before < number(it, "people")).await?;
        by_hand.push(format!("{:.2}", began.elapsed().as_secs_f64()));
    }
    say(&format!("- one person more by hand, from the request to the gate: {} s", by_hand.join(", ")));
    tokio::time::sleep(QUIET).await;
    let before = number(&watch::state(page).await?, "people");
    let began = Instant::now();
    let line = crate::grow::row(9_000_020);
    session
        .post_csv(&format!("/people/imports?site_id={site}&then=land"), format!("{}{line}", crate::grow::HEADER))
        .await?;
    watch::until(page, WAITED, |it| before < number(it, "people")).await?;
    say(&format!("- the same by a file of one row, which a job lands: {:.1} s", began.elapsed().as_secs_f64()));
    Ok(())
}

/// Switched off and on: from the start to the first verdict. The number of the last passage comes back, once all were sent.
async fn restarted(binary: &Path, data: &Path, folder: &Path, page: &str, gate: &mut Gate) -> anyhow::Result<i64> {
    gate.stop().await?;
    let began = Instant::now();
    *gate = Gate::start(binary, data, folder)?;
    watch::until(page, WAITED, |it| it.get("latest").and_then(Value::as_array).is_some_and(|it| !it.is_empty()))
        .await?;
    say(&format!("- switched on: first verdict after {:.1} s", began.elapsed().as_secs_f64()));
    // Nobody comes any more, and everything goes to the server.
    fs::remove_dir_all(data.join("recorded"))?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let sent = watch::until(page, WAITED, |it| number(it, "waiting") == 0).await?.0;
    gate.stop().await?;
    Ok(sent.pointer("/latest/0/no").and_then(Value::as_i64).unwrap_or(0))
}

/// Everything that the gate wrote down is at the server, once.
async fn stored(session: &Session, site: &str, told: i64) -> anyhow::Result<()> {
    tokio::time::sleep(Duration::from_secs(2)).await;
    let count = session.get(&format!("/screenings/count?site_id={site}")).await?;
    say(&format!("- told by the gate: {told} passages; at the server: {} screenings", number(&count, "count")));
    Ok(())
}

/// The known people are enrolled from a photograph, as the desk does.
async fn enrol(session: &Session, args: &GateArgs, site: &str) -> anyhow::Result<()> {
    let people = session.get(&format!("/people?site_id={site}&limit=1")).await?;
    let person = people.pointer("/items/0/id").and_then(Value::as_str).context("nobody works there")?;
    let picture = fs::read(args.photographs.join(scenes::ENROLLED))?;
    session.put_bytes(&format!("/people/{person}/face/content"), picture).await?;
    Ok(())
}

async fn linked(binary: &Path, ready: &Ready, data: &Path, site: &str) -> anyhow::Result<()> {
    let admin = Session::sign_in(&ready.base_url, ready.account("administrator")?).await?;
    let gates = admin.get(&format!("/gates?site_id={site}&limit=1")).await?;
    let gate = gates.pointer("/items/0/id").and_then(Value::as_str).context("the site has no gate")?;
    let body = json!({
        "vendor": "fugong", "model": "bench", "serial": "BENCH-1", "mac": null, "gate_id": gate, "lane": 1, "direction": "in",
    });
    let made = admin.post_json("/devices", &body).await?;
    let device = text(made.get("device").unwrap_or(&Value::Null), "id").to_owned();
    let code = admin.post_json(&format!("/devices/{device}/link/codes"), &json!({})).await?;
    let mut command = Command::new(binary);
    command.args(["gate", "link", "--server", &ready.base_url, "--code", text(&code, "code"), "--data"]).arg(data);
    let output = command.output().await?;
    if !output.status.success() {
        bail!("the gate was not linked: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// The gate's settings, and what its camera shows. The page's address comes back.
fn settings(data: &Path, args: &GateArgs) -> anyhow::Result<String> {
    scenes::record(&args.photographs, &data.join("recorded"), scenes::MIXED)?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let models = args.models.canonicalize()?;
    let settings = format!(
        "models = {:?}\n[camera]\nkind = \"folder\"\npath = \"recorded\"\nframes_per_s = {:.1}\nrepeat = true\n[page]\nlisten = \"127.0.0.1:{port}\"\n",
        models.display().to_string(),
        args.frames_per_s
    );
    fs::write(data.join("gate.toml"), settings)?;
    Ok(format!("http://127.0.0.1:{port}"))
}

struct Gate(Child);

impl Gate {
    fn start(binary: &Path, data: &Path, folder: &Path) -> anyhow::Result<Self> {
        let log = fs::File::create(folder.join("gate.log"))?;
        let mut command = Command::new(binary);
        command.args(["gate", "run", "--data"]).arg(data).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        Ok(Self(command.kill_on_drop(true).spawn()?))
    }

    fn pid(&self) -> u32 {
        self.0.id().unwrap_or(0)
    }

    async fn stop(&mut self) -> anyhow::Result<()> {
        Command::new("kill").args(["-INT", &self.pid().to_string()]).status().await?;
        tokio::time::timeout(Duration::from_secs(20), self.0.wait()).await??;
        Ok(())
    }
}

async fn pause() {
    tokio::time::sleep(POLL).await;
}
