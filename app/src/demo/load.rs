//! Loads a district through the public API, as an administrator, a command and an enterprise would by hand. A load
//! that was cut off goes on where it stopped: what is there is found by its name, what is sent again has its old key.
//!
//! Not responsible for the accounts it signs in with, nor for the secrets of those it makes.

mod grid;
mod parallel;
mod people;
mod places;
mod reopening;
mod reports;
mod training;
mod visitors;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use kernel::time::DAY;
use kernel::{Clock, SystemClock};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::parallel::in_parallel;
use super::api::{Api, Payload};
use super::district::District;
use super::past::Day;
use super::player::{DemoDevice, DemoEmployee};
use super::ready::{GateEnrolment, ReadyPerson, SignIn};

const DISTRICT_CODE: &str = "999999";
const RESPONSE_NAME: &str = "榕滨区复工复产疫情防控应急响应";
/// People of a site that its terminals and the ready file know by number.
const KNOWN_TO_TERMINALS: usize = 60;
const IMPORT_POLL: Duration = Duration::from_millis(150);
const IMPORT_POLLS: u32 = 1200;
const IMPORT_ATTEMPTS: u32 = 3;

/// Who loads.
#[derive(Debug, Clone)]
pub struct Loaders {
    /// Makes places, devices and accounts.
    pub administrator: SignIn,
    /// Starts the response.
    pub command: SignIn,
    /// Of role `enterprise`, with a grant for the whole district: imports the rosters.
    pub enterprise: SignIn,
    /// Reviews some of the applications.
    pub reviewer: SignIn,
}

/// What there is afterwards. A demo keeps it in its folder, so that the next start need not load.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Loaded {
    /// Every terminal with its path and some of the people of its site.
    pub devices: Vec<DemoDevice>,
    /// The first gate, for the tablet.
    pub gate_id: String,
    /// Some of the people.
    pub people: Vec<ReadyPerson>,
    /// Logins and roles of the accounts that were made: one each of `enterprise`, `guard`, `health_authority`, `auditor`
    /// and `officer`, still without secrets.
    pub accounts: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Made {
    id: String,
}

#[derive(Deserialize)]
struct ImportReport {
    refused_rows: Vec<Value>,
}

#[derive(Deserialize)]
struct ImportJob {
    id: String,
    state: String,
    failed: u64,
}

#[derive(Deserialize)]
struct Count {
    count: usize,
}

#[derive(Deserialize)]
struct ResponseRow {
    name: String,
    active: bool,
}

#[derive(Deserialize)]
struct AccountRow {
    login: String,
}

#[derive(Deserialize)]
struct Enrolment {
    code: String,
}

/// Loads all of it; progress goes to stderr.
///
/// # Errors
/// When the server refuses something or stays away.
pub async fn load(base_url: &str, loaders: &Loaders, district: &District, seed: u64) -> anyhow::Result<Loaded> {
    let administrator = Arc::new(Api::sign_in(base_url, &loaders.administrator, seed).await?);
    areas(&administrator, district).await?;
    progress(district.areas.len(), "areas");
    let command = Api::sign_in(base_url, &loaders.command, seed).await?;
    response(&command, district).await?;
    let enterprises = places::enterprises(&administrator, district).await?;
    progress(enterprises.len(), "enterprises");
    let sites = places::sites(&administrator, district, &enterprises).await?;
    progress(sites.len(), "sites");
    let gates = places::gates(&administrator, district, &sites).await?;
    let paths = places::devices(&administrator, district, &gates).await?;
    let roster = Arc::new(Api::sign_in(base_url, &loaders.enterprise, seed).await?);
    rosters(&roster, district, &sites).await?;
    let known = people::ids(&roster, district, &sites).await?;
    people::homes(&roster, district, &known).await?;
    let courses = training::courses(&command, district, &enterprises).await?;
    training::certificates(&roster, district, &courses, &known).await?;
    if let (Some(Some(_)), Some(site)) = (courses.last(), sites.first()) {
        training::asked_at(&administrator, site).await?;
    }
    let reviewer = Api::sign_in(base_url, &loaders.reviewer, seed).await?;
    reopening::applications(&administrator, &roster, &reviewer, district, (&enterprises, &sites)).await?;
    if !district.reopenings.is_empty() {
        reports::reports(&roster, &command, district, &enterprises).await?;
        if let Some(site) = sites.first() {
            visitors::visitors(&roster, site).await?;
        }
    }
    let mut accounts = accounts(&administrator, &enterprises, &sites).await?;
    accounts.extend(grid::grid(&administrator, &command, district, (&enterprises, &sites)).await?);
    Ok(Loaded {
        devices: demo_devices(district, &sites, &gates, paths),
        gate_id: gates.first().context("the district has no gate")?.clone(),
        people: sites.iter().enumerate().flat_map(|(idx, id)| ready_people(district, idx, id)).collect(),
        accounts,
    })
}

/// Loads what a day before today knows: enterprises, which of their sites are open, their reports and their electricity of it.
///
/// # Errors
/// As [`load`].
pub(super) async fn load_day(day: &Day<'_>, district: &District) -> anyhow::Result<()> {
    let sign_in = async |account| Api::sign_in_at(day.base_url, account, day.seed, day.clock).await;
    let administrator = Arc::new(sign_in(&day.administrator).await?);
    areas(&administrator, district).await?;
    let enterprises = places::enterprises(&administrator, district).await?;
    places::sites(&administrator, district, &enterprises).await?;
    let roster = Arc::new(sign_in(&day.roster).await?);
    let filed = reports::of_day(&roster, day.clock.now(), day.back, |_| false).await?;
    let command = sign_in(&day.command).await?;
    reports::metered(&command, district, day.clock.now().plus(day.back * DAY), day.back..=day.back).await?;
    progress(filed, &format!("daily reports of {}", day.clock.now().local_date()));
    Ok(())
}

/// A fresh code for a tablet at `gate_id`; such codes expire, so a demo asks for one at each start.
///
/// # Errors
/// When the administrator cannot sign in or the gate is unknown.
pub async fn enrol_tablet(base_url: &str, administrator: &SignIn, gate_id: &str) -> anyhow::Result<GateEnrolment> {
    // The moment as seed: each start is a write of its own.
    let seed = SystemClock.now().micros().unsigned_abs();
    let api = Api::sign_in(base_url, administrator, seed).await?;
    let made: Enrolment = api.post(&format!("/gates/{gate_id}/enrolment"), Payload::Empty).await?;
    Ok(GateEnrolment { gate_id: gate_id.to_owned(), code: made.code })
}

async fn areas(api: &Api, district: &District) -> anyhow::Result<()> {
    let csv = Payload::Csv(district.areas_csv());
    let report: ImportReport = api.post("/areas/content?dry_run=false", csv).await?;
    match report.refused_rows.first() {
        Some(first) => bail!("{} areas were refused, first {first}", report.refused_rows.len()),
        None => Ok(()),
    }
}

async fn response(api: &Api, district: &District) -> anyhow::Result<()> {
    let known: Vec<ResponseRow> = api.list("/responses").await?;
    if known.iter().any(|it| it.active && it.name == RESPONSE_NAME) {
        return Ok(());
    }
    let body = json!({
        "area_code": DISTRICT_CODE,
        "name": RESPONSE_NAME,
        "legal_basis": "《中华人民共和国突发事件应对法》《中华人民共和国传染病防治法》",
        "purposes": ["screening", "location", "face", "matching"],
        "starts_at": district.response_starts_at(),
        "ends_at": null,
    });
    let _: Made = api.post("/responses", Payload::Json(body)).await?;
    progress(1, "response");
    Ok(())
}

async fn rosters(api: &Arc<Api>, district: &District, sites: &[String]) -> anyhow::Result<()> {
    let rosters = sites.iter().enumerate().map(|(idx, id)| {
        let n_people = district.people.iter().filter(|it| it.site == idx).count();
        (id.clone(), n_people, district.people_csv(idx))
    });
    let imported = in_parallel(rosters, |(site, n_people, csv)| {
        let api = Arc::clone(api);
        async move { import(&api, &site, n_people, csv).await }
    });
    let n_people = imported.await?.into_iter().sum();
    progress(n_people, "people");
    Ok(())
}

async fn import(api: &Api, site: &str, n_people: usize, mut csv: String) -> anyhow::Result<usize> {
    let there: Count = api.get(&format!("/people/count?site_id={site}")).await?;
    if n_people <= there.count {
        return Ok(n_people);
    }
    let path = format!("/people/imports?site_id={site}&then=land");
    for _ in 0..IMPORT_ATTEMPTS {
        let job: ImportJob = api.post(&path, Payload::Csv(csv.clone())).await?;
        let job = ended(api, job).await?;
        match job.state.as_str() {
            "done" if job.failed == 0 => return Ok(n_people),
            "done" => bail!("import {}: {} rows were refused", job.id, job.failed),
            // Cut off with the server, perhaps at an earlier start. An empty line makes it another write, with a key
            // of its own; who is there already stays as she is.
            _ => csv.push('\n'),
        }
    }
    bail!("the import of site {site} fails again and again")
}

async fn ended(api: &Api, mut job: ImportJob) -> anyhow::Result<ImportJob> {
    for _ in 0..IMPORT_POLLS {
        if !matches!(job.state.as_str(), "uploading" | "reading" | "landing") {
            return Ok(job);
        }
        tokio::time::sleep(IMPORT_POLL).await;
        job = api.get(&format!("/people/imports/{}", job.id)).await?;
    }
    bail!("import {} does not end", job.id)
}

async fn accounts(api: &Api, enterprises: &[String], sites: &[String]) -> anyhow::Result<Vec<(String, String)>> {
    let wanted = [
        ("enterprise", "enterprise", "企业专管员（演示）", "enterprise", enterprises.first().map(String::as_str)),
        ("guard", "guard", "门岗（演示）", "site", sites.first().map(String::as_str)),
        ("health", "health_authority", "疾控（演示）", "area", Some(DISTRICT_CODE)),
        ("auditor", "auditor", "审计（演示）", "area", Some(DISTRICT_CODE)),
    ];
    let known: Vec<AccountRow> = api.list("/accounts").await?;
    for (login, role, name, kind, value) in wanted {
        if known.iter().any(|it| it.login == login) {
            continue;
        }
        let grants = json!([{"kind": kind, "value": value}]);
        let body = json!({"login": login, "display_name": name, "role": role, "grants": grants});
        let _: Value = api.post("/accounts", Payload::Json(body)).await?;
    }
    progress(wanted.len(), "accounts");
    Ok(wanted.map(|(login, role, ..)| (login.to_owned(), role.to_owned())).to_vec())
}

fn demo_devices(
    district: &District,
    sites: &[String],
    gates: &[String],
    paths: Vec<(String, String)>,
) -> Vec<DemoDevice> {
    let placed = district.devices.iter().zip(paths).filter_map(|(device, (id, path))| {
        let site = district.gates.get(device.gate)?.site;
        Some(DemoDevice {
            id,
            gate_id: gates.get(device.gate)?.clone(),
            site_id: sites.get(site)?.clone(),
            serial: device.serial.clone(),
            mac: device.mac.clone(),
            path,
            direction: device.direction.to_owned(),
            employees: employees(district, site),
        })
    });
    placed.collect()
}

/// Nobody goes to a closed site but two who have not heard of it.
fn employees(district: &District, site: usize) -> Vec<DemoEmployee> {
    let is_open = district.sites.get(site).is_some_and(|it| it.open_state == "open");
    let people = district.people.iter().filter(|it| it.site == site);
    let known = people.take(if is_open { KNOWN_TO_TERMINALS } else { 2 });
    let employee = known.map(|it| DemoEmployee {
        employee_no: it.employee_no.clone(),
        card_no: it.card_no.clone(),
        shift: it.shift.map(|it| (it.from, it.until)),
    });
    employee.collect()
}

fn ready_people(district: &District, site: usize, site_id: &str) -> Vec<ReadyPerson> {
    let mut people: Vec<_> = district.people.iter().filter(|it| it.site == site).take(KNOWN_TO_TERMINALS).collect();
    // Whoever has no shift comes first: a demo at night lets her in, too. The last ones, for tablets offer the first.
    people.reverse();
    people.sort_by_key(|it| it.shift.is_some());
    let ready = |it: &super::roster::Person| ReadyPerson {
        employee_no: it.employee_no.clone(),
        site_id: site_id.to_owned(),
        phone: it.phone.clone(),
        document_tail: it.document_number.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    people.into_iter().map(ready).collect()
}

fn progress(count: usize, what: &str) {
    eprintln!("demo: {count} {what}");
}
