//! Puts the rooms together: platform, background tasks, device door.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use access::AccessConfig;
use anyhow::Context as _;
use audit::Sequencer;
use axum::Router;
use db::{Db, DbConfig};
use events::Publisher;
use gateway::{Codec, Doors, Journal};
use http_api::{DevicesAddress, HealthFacts, Platform, Secrets};
use jobs::{Handlers, Supervisor};
use kernel::time::{HOUR, SharedClock};
use notify::messages::{Gateway, MESSAGE_JOB, Mail, Messenger, Provider};
use paper::Paper;
use passes::{PassEraser, PassFollower};
use places::{Extras, PlaceDoors};
use screening::{Ingest, ScreeningEraser};
use tokio::sync::mpsc;
use vault::{BlindIndex, Vault, VaultConfig};
use visitors::VisitorEraser;

use crate::backup;
use crate::config::Config;
use crate::console;
use crate::host::{self, Clocks};

/// How long a session lasts: a long shift.
const SESSION: i64 = 12 * HOUR;
/// Batches that may wait between journal and decoder.
const WAITING_BATCHES: usize = 16;

/// The platform, not yet working in the background.
pub struct Wired {
    /// For handlers and tasks.
    pub platform: Platform,
    publisher: Publisher,
    sequencer: Sequencer,
}

/// Opens databases, brings the schema up to date, replays erasures.
pub async fn platform(config: &Config, data: &Path, clock: SharedClock) -> anyhow::Result<Wired> {
    let now = clock.now();
    let db = Db::open(&DbConfig::new(config.database.url.clone())).await.context("database.url")?;
    db::migrate(&db).await.context("migrations")?;
    let journal = open_journal(config, &db).await?;
    let vault_config =
        VaultConfig { url: config.vault.url.clone(), wrapping_key_dir: config.vault.wrapping_key_dir.clone() };
    let vault = Vault::open(&vault_config, now).await.context("vault.url")?;
    let (publisher, feed) = Publisher::new(db.clone());
    let health = HealthFacts::default();
    health.started_at.store(now.micros(), Ordering::Relaxed);
    let tls = config.http.tls_cert.is_some() || config.http.behind_proxy.is_some();
    let platform = Platform {
        session_extras: Arc::new(Extras::new(db.clone())),
        paper: Paper::new(console::font),
        messages: messenger(config, &db, &vault, &clock)?,
        db,
        journal,
        vault,
        index: BlindIndex::new(config.secrets.index.clone()),
        access: AccessConfig { token_secret: config.secrets.token.clone(), session_micros: SESSION },
        secrets: Secrets { device_secret: config.secrets.device.clone() },
        clock: clock.clone(),
        feed,
        supervisor: Supervisor::default(),
        erasers: Arc::new([Arc::new(ScreeningEraser), Arc::new(VisitorEraser), Arc::new(PassEraser(clock))]),
        followers: Arc::new([Arc::new(PassFollower)]),
        health: Arc::new(health),
        erasure_register: data.join("erasures.register"),
        devices_address: DevicesAddress { host: config.devices.address.clone(), port: config.devices.listen.port() },
        secure_cookies: tls,
    };
    let again = people::replay_register(&platform, now).await;
    let again = again.map_err(|error| anyhow::anyhow!("replaying erasures: {}", error.code().code()))?;
    if again != 0 {
        tracing::warn!(persons = again, "erased again whoever a backup had brought back");
    }
    let second_path = config.audit.second_path.clone();
    let sequencer = Sequencer::new(platform.db.clone(), platform.vault.clone(), second_path);
    Ok(Wired { platform, publisher, sequencer })
}

/// The installation's way to phones.
fn messenger(config: &Config, db: &Db, vault: &Vault, clock: &SharedClock) -> anyhow::Result<Messenger> {
    let (db, vault, clock) = (db.clone(), vault.clone(), clock.clone());
    let settings = &config.messages;
    if settings.on_screen {
        return Ok(Messenger::on_screen(db, vault, clock));
    }
    let provider: Option<Arc<dyn Provider>> = match (&settings.gateway, &settings.mail) {
        (Some(it), _) => Some(Arc::new(Gateway::new(it.clone()).context("messages.gateway")?)),
        (None, Some(it)) => Some(Arc::new(Mail::new(it).map_err(|error| anyhow::anyhow!("messages.mail: {error}"))?)),
        (None, None) => None,
    };
    Ok(Messenger::new(db, vault, clock, provider))
}

/// An SQLite journal has the whole schema, of which it uses one table: so there is one set of migrations.
async fn open_journal(config: &Config, main: &Db) -> anyhow::Result<Db> {
    let Some(url) = config.journal_url() else { return Ok(main.clone()) };
    let settings = DbConfig { connections: 2, cache_mib: 8, ..DbConfig::new(url) };
    let journal = Db::open(&settings).await.context("the journal beside database.url")?;
    db::migrate(&journal).await.context("migrations of the journal")?;
    let moved = gateway::adopt(main, &journal).await.context("moving bodies into the journal")?;
    if moved != 0 {
        tracing::info!(bodies = moved, "bodies were moved into the journal's own file");
    }
    Ok(journal)
}

/// Jobs that are worked at once.
const JOB_WORKERS: usize = 3;

impl Wired {
    /// Starts everything that works in the background; the devices' routes come back.
    pub fn start(self, data: &Path) -> (Platform, Router) {
        let Self { platform, publisher, sequencer } = self;
        let tasks = platform.supervisor.clone();
        tasks.spawn(publisher.run());
        let mut handlers = Handlers::default();
        let for_imports = platform.clone();
        handlers.on(people::IMPORT_JOB, move |payload| people::run_import(for_imports.clone(), payload));
        let messages = platform.messages.clone();
        handlers.on(MESSAGE_JOB, move |payload| messages.clone().deliver(payload));
        let for_rules = platform.clone();
        handlers.on(people::RECOMPUTE_JOB, move |payload| people::run_recompute(for_rules.clone(), payload));
        let for_shifts = platform.clone();
        handlers.on(reopening::SHIFT_PLAN_JOB, move |payload| reopening::run_shift_plan(for_shifts.clone(), payload));
        let for_notices = platform.clone();
        handlers.on(reopening::NOTICE_JOB, move |payload| reopening::run_notice(for_notices.clone(), payload));
        let for_sites = platform.clone();
        handlers.on(places::SITE_MOVED, move |payload| people::follow_site(for_sites.clone(), payload));
        // Several, so that a long import keeps no short job waiting.
        for _ in 0..JOB_WORKERS {
            tasks.spawn(handlers.clone().run(platform.db.clone(), platform.clock.clone()));
        }
        keep_the_log(&platform, sequencer);
        let doors = device_door(&platform);
        reconcilers(&platform, data, &doors.1);
        let link = screening::link::router(platform.clone(), doors.0.clone());
        (platform, gateway::router(doors.0).merge(link))
    }
}

fn device_door(platform: &Platform) -> (Doors, Arc<PlaceDoors>) {
    let (stored, decode) = mpsc::channel(WAITING_BATCHES);
    let journal = Journal::start(platform, stored);
    let ingest = Ingest::new(platform.clone(), |content_type, body| match content_type {
        gate_link::CONTENT_TYPE => gate_link::decode(body),
        other => hikvision::decode(given(other), body),
    });
    platform.supervisor.spawn_finishing(ingest.run(decode));
    let directory = Arc::new(PlaceDoors::new(platform.db.clone(), platform.clock.clone()));
    let codecs = [
        Codec { kind: "hikvision", redact: |kind, body| hikvision::redact(given(kind), body).bytes },
        Codec { kind: screening::link::KIND, redact: |_, body| body.to_vec() },
    ];
    (Doors::new(platform.clone(), directory.clone(), journal, &codecs), directory)
}

fn given(content_type: &str) -> Option<&str> {
    Some(content_type).filter(|it| !it.is_empty())
}

fn reconcilers(platform: &Platform, data: &Path, doors: &Arc<PlaceDoors>) {
    let tasks = &platform.supervisor;
    let every = Duration::from_secs;
    let it = platform.clone();
    tasks.reconcile("alarms.escalate", every(5), move || {
        owned(it.clone(), |it| async move { alarms::escalate(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("screening.devices", every(15), move || {
        owned(it.clone(), |it| async move { screening::watch_devices(&it).await })
    });
    let (it, directory) = (platform.clone(), doors.clone());
    tasks.reconcile("screening.quota", every(10), move || {
        let directory = directory.clone();
        owned(it.clone(), |it| async move { screening::watch_quota(&it, &directory).await })
    });
    let it = platform.clone();
    tasks.reconcile("people.status", every(30), move || {
        owned(it.clone(), |it| async move { people::recompute_due(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("people.appeals", every(60), move || {
        owned(it.clone(), |it| async move { host::escalate_appeals(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("people.consents", every(20), move || {
        owned(it.clone(), |it| async move { people::end_and_purge(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("reopening.rulebook", every(2), move || {
        owned(it.clone(), |it| async move { reopening::follow_rulebook(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("reopening.officers", every(10), move || {
        owned(it.clone(), |it| async move { reopening::follow_officers(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("reopening.reports", every(300), move || {
        owned(it.clone(), |it| async move { reopening::compare_with_gates(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("passes.lists", every(1), move || {
        owned(it.clone(), |it| async move { passes::publish_lists(&it).await })
    });
    sweeps(platform);
    of_the_machine(platform, data);
}

/// What adds up, and what takes away what nobody needs any more.
fn sweeps(platform: &Platform) {
    let tasks = &platform.supervisor;
    let every = Duration::from_secs;
    let it = platform.clone();
    tasks
        .reconcile("passes.sweep", every(600), move || owned(it.clone(), |it| async move { passes::sweep(&it).await }));
    let it = platform.clone();
    tasks.reconcile("visitors.sweep", every(600), move || {
        owned(it.clone(), |it| async move { visitors::sweep(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("people.sweep", every(60), move || owned(it.clone(), |it| async move { people::sweep(&it).await }));
    let it = platform.clone();
    tasks.reconcile("reopening.sweep", every(60), move || {
        owned(it.clone(), |it| async move { reopening::sweep(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("command.statistics", every(60), move || {
        owned(it.clone(), |it| async move { command::compute(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("command.reports", every(10), move || {
        owned(it.clone(), |it| async move { command::make_reports(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("command.sweep", every(3_600), move || {
        owned(it.clone(), |it| async move { command::sweep(&it).await })
    });
    let it = platform.clone();
    tasks.reconcile("http.sweep", every(300), move || {
        owned(it.clone(), |it| async move { Ok(http_api::sweep(&it).await?) })
    });
    let it = platform.clone();
    tasks.reconcile("gateway.sweep", every(600), move || {
        owned(it.clone(), |it| async move { gateway::sweep(&it).await.map(|_| ()).map_err(Into::into) })
    });
}

/// Whom entries name is indexed, entries become leaves, and what the tree has become is signed.
fn keep_the_log(platform: &Platform, sequencer: Sequencer) {
    const EVERY: Duration = Duration::from_secs(1);
    let it = platform.clone();
    platform.supervisor.reconcile("audit.people", EVERY, move || {
        owned(it.clone(), |it| async move {
            while audit::index_people(&it.db).await? != 0 {}
            Ok(())
        })
    });
    let it = platform.clone();
    platform.supervisor.reconcile("audit.tree", EVERY, move || {
        let sequencer = sequencer.clone();
        owned(it.clone(), |it| async move { Ok(sequencer.turn(it.now()).await?) })
    });
}

/// What looks after keys, files and clock.
fn of_the_machine(platform: &Platform, data: &Path) {
    let tasks = &platform.supervisor;
    let every = Duration::from_secs;
    let it = platform.clone();
    tasks.reconcile("vault.rotate", every(900), move || owned(it.clone(), |it| async move { host::rotate(&it).await }));
    let it = platform.clone();
    tasks.reconcile("db.checkpoint", every(1), move || {
        owned(it.clone(), |it| async move {
            it.journal.checkpoint().await?;
            Ok(it.db.checkpoint().await?)
        })
    });
    let it = platform.clone();
    tasks.reconcile("vault.heed", every(2), move || {
        owned(it.clone(), |it| async move { it.vault.heed().await.map_err(Into::into) })
    });
    let clocks = Arc::new(Clocks::new(platform.now(), std::time::Instant::now()));
    let (it, folder) = (platform.clone(), data.to_owned());
    tasks.reconcile("host.watch", every(30), move || {
        let (folder, clocks) = (folder.clone(), clocks.clone());
        owned(it.clone(), |it| async move { host::watch(&it, &folder, &clocks).await })
    });
    let (it, folder) = (platform.clone(), data.to_owned());
    tasks.reconcile("backup.sweep", every(3_600), move || {
        let folder = folder.clone();
        owned(it.clone(), |it| async move { backup::sweep(&folder, it.now()).map(|_| ()) })
    });
}

/// Gives a turn of a reconciler its own handle.
fn owned<Fut>(platform: Platform, work: impl FnOnce(Platform) -> Fut) -> Fut {
    work(platform)
}
