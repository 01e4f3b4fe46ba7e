//! `fugong demo`: makes the folder, starts the server, loads the district once, sets the day's sign-ins, plays.

#![expect(clippy::print_stdout, reason = "what it says to whoever typed the command")]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use access::{Grant, NewAccount, Role, create_account, set_credentials_for_demo, system_scope};
use anyhow::Context as _;
use clap::ValueEnum;
use http_api::Platform;
use kernel::{AreaCode, Label};
use telemetry::LogFormat;
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;
use totp_rs::Secret;

use super::district;
use super::load::{Loaded, Loaders, enrol_tablet, load};
use super::past::{DAYS as PAST_DAYS, live_past};
use super::player::{PlayFile, PlayOptions, play as play_file};
use super::ready::{Ready, SignIn, write_private};
use crate::config::{self, Config};
use crate::serve::{Server, stop_signal};

/// How much to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// For tests.
    Small,
    /// A district.
    Full,
}

/// Whether terminals are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Player {
    /// No.
    None,
    /// A morning.
    Morning,
}

/// What the command line says.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Data folder.
    pub data: PathBuf,
    /// Address of the pages.
    pub http: SocketAddr,
    /// Address of the devices' door.
    pub devices: SocketAddr,
    /// How much to invent.
    pub size: Size,
    /// Whether terminals are played.
    pub player: Player,
    /// Where to write what a test needs to know.
    pub ready_file: Option<PathBuf>,
}

/// Everything that is invented follows from this.
const SEED: u64 = 20_200_218;
/// About so many events a second in all.
const PACE: f64 = 5.0;
/// What was loaded.
const KEPT: &str = "demo.json";
/// The loader of rosters: reaches the whole district, where an enterprise reaches itself.
pub(super) const ROSTER_LOGIN: &str = "roster";

/// Runs until it is asked to stop.
pub async fn run(options: DemoOptions) -> anyhow::Result<()> {
    let data = options.data.as_path();
    let listen = config::Listen { http: options.http, devices: options.devices, metrics: None };
    config::create(data, listen, "warn,app=info")?;
    telemetry::init_logs("warn", LogFormat::Text)?;
    let mut config = Config::load(data)?;
    config.messages.on_screen = true;
    config.http.listen = options.http;
    config.devices.listen = options.devices;
    config.devices.address = options.devices.ip().to_string();
    live_before(&config, &options).await?;
    let server = Server::start(&config, data).await?;
    let (base_url, devices_url) = (format!("http://{}", options.http), format!("http://{}", options.devices));
    let stopped = CancellationToken::new();
    let waiting = stopped.clone();
    let signals = tokio::spawn(async move {
        let done = stop_signal().await;
        waiting.cancel();
        done
    });
    let prepared = tokio::select! {
        prepared = prepare(&server.platform, &options, &base_url, &devices_url) => Some(prepared?),
        // Cut off while it loads: the next start goes on where this one stopped.
        () = stopped.cancelled() => None,
    };
    let mut player = None;
    if let Some(ready) = prepared {
        announce(&ready);
        if options.player == Player::Morning {
            player = Some(start_player(data, &ready.1, &devices_url)?);
        }
        if let Some(path) = &options.ready_file {
            ready.0.write(path)?;
        }
    }
    stopped.cancelled().await;
    signals.await??;
    if let Some(child) = player.as_mut() {
        stop_player(child).await;
    }
    server.stop().await;
    Ok(())
}

/// Before its first start, the district of a full demo has had a fortnight.
async fn live_before(config: &Config, options: &DemoOptions) -> anyhow::Result<()> {
    if options.data.join(KEPT).exists() || options.size != Size::Full {
        return Ok(());
    }
    eprintln!("The days before today: enterprises open one by one, and report.");
    let district = district::generate(district::Size::Full, SEED, kernel::Clock::now(&kernel::SystemClock));
    live_past(config, &options.data, &district, SEED, PAST_DAYS).await
}

/// The player's own process.
pub async fn play(file: &Path) -> anyhow::Result<()> {
    let file = PlayFile::read(file)?;
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        let _ = stop_signal().await;
        asked.cancel();
    });
    let options = PlayOptions { pace: file.pace, seed: file.seed, morning: file.morning, stop };
    play_file(&file.devices_url, &file.devices, options).await.map(|_| ())
}

async fn prepare(
    platform: &Platform,
    options: &DemoOptions,
    base_url: &str,
    devices_url: &str,
) -> anyhow::Result<(Ready, Loaded)> {
    let kept = options.data.join(KEPT);
    make_first_accounts(platform).await?;
    let loaded: Loaded = match std::fs::read(&kept) {
        Ok(text) => serde_json::from_slice(&text).context(KEPT)?,
        Err(_) => {
            eprintln!("Loading an invented district through the public API; only the first start does this.");
            let loaders = Loaders {
                administrator: credentials(platform, "administrator", "admin").await?,
                command: credentials(platform, "command", "command").await?,
                enterprise: credentials(platform, "enterprise", ROSTER_LOGIN).await?,
                reviewer: credentials(platform, "reviewer", "reviewer").await?,
            };
            let size = match options.size {
                Size::Small => district::Size::Small,
                Size::Full => district::Size::Full,
            };
            let district = district::generate(size, SEED, platform.now());
            let loaded = load(base_url, &loaders, &district, SEED).await?;
            write_private(&kept, &loaded)?;
            loaded
        }
    };
    let administrator = credentials(platform, "administrator", "admin").await?;
    let gate_enrolment = enrol_tablet(base_url, &administrator, &loaded.gate_id).await?;
    // The tablet's code cost the administrator's one-time code of this half minute: she gets new secrets.
    let mut sign_ins = Vec::new();
    for (role, login) in [("administrator", "admin"), ("command", "command"), ("reviewer", "reviewer")] {
        sign_ins.push(credentials(platform, role, login).await?);
    }
    for (login, role) in &loaded.accounts {
        sign_ins.push(credentials(platform, role, login).await?);
    }
    let ready = Ready {
        base_url: base_url.to_owned(),
        devices_url: devices_url.to_owned(),
        sign_ins,
        gate_enrolment,
        devices: loaded.devices.iter().map(Into::into).collect(),
        people: loaded.people.clone(),
    };
    Ok((ready, loaded))
}

/// The accounts that load the district; everything else is made through the API.
pub(super) async fn make_first_accounts(platform: &Platform) -> anyhow::Result<()> {
    let scope = system_scope("demo");
    let district = AreaCode::parse("999999")?;
    let accounts = [
        ("admin", "系统管理员", Role::Administrator, (Grant::Everywhere, "全部".to_owned())),
        ("command", "方主任", Role::Command, (Grant::Area(district.clone()), "榕滨区".to_owned())),
        ("reviewer", "复工办审核（演示）", Role::Reviewer, (Grant::Area(district.clone()), "榕滨区".to_owned())),
        (ROSTER_LOGIN, "企业人事（演示）", Role::Enterprise, (Grant::Area(district), "榕滨区".to_owned())),
    ];
    for (login, name, role, grant) in accounts {
        let mut tx = platform.db.begin().await?;
        let new = NewAccount { login: login.to_owned(), display_name: Label::parse(name)?, role, grants: vec![grant] };
        match create_account(&mut tx, &scope, new, platform.now()).await {
            Ok(_) => tx.commit().await?,
            Err(access::AccountError::LoginTaken) => tx.rollback().await?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// New secrets for an account, at each start: nothing that was printed once opens anything later.
pub(super) async fn credentials(platform: &Platform, role: &str, login: &str) -> anyhow::Result<SignIn> {
    let is_guard = role == Role::Guard.code();
    let secret = if is_guard { pin() } else { vault::random_token::<8>() };
    let mut tx = platform.db.begin().await?;
    let typed = secret.clone().into();
    let second = set_credentials_for_demo(&mut tx, &platform.vault, login, typed, platform.now()).await?;
    tx.commit().await?;
    Ok(SignIn {
        role: role.to_owned(),
        login: login.to_owned(),
        password: if is_guard { String::new() } else { secret.clone() },
        pin: is_guard.then_some(secret),
        totp_secret: second.map(|it| Secret::from(it).to_base32()),
    })
}

fn pin() -> String {
    vault::random_bytes::<6>().iter().map(|it| char::from(b'0' + it % 10)).collect()
}

fn announce(prepared: &(Ready, Loaded)) {
    let (ready, loaded) = prepared;
    let now = kernel::Clock::now(&kernel::SystemClock);
    println!("\nFugong 复工 is serving {}  (terminals push to {})", ready.base_url, ready.devices_url);
    println!("An invented district; the secrets below are new at every start.\n");
    println!(
        "{:<18} {:<12} {:<18} {:<8} second factor for an authenticator",
        "role", "login", "password or PIN", "code"
    );
    for it in &ready.sign_ins {
        let secret = it.pin.as_deref().unwrap_or(&it.password);
        let totp = it.totp_secret.as_deref().unwrap_or_default();
        let raw = Secret::try_from_base32(totp).ok();
        let code = raw.map(|it| access::totp_code(&it, now)).filter(|_| !totp.is_empty()).unwrap_or_default();
        println!("{:<18} {:<12} {secret:<18} {code:<8} {totp}", it.role, it.login);
    }
    println!(
        "\nGate page: {}/gate   tablet code {} (gate of {} terminals)",
        ready.base_url,
        ready.gate_enrolment.code,
        loaded.devices.len()
    );
    if let Some(worker) = ready.people.iter().find(|it| !it.phone.is_empty()) {
        println!(
            "A worker's phone: {}/m   phone {}   last four of her document {} (the page shows the message)",
            ready.base_url, worker.phone, worker.document_tail
        );
    }
    println!("A code changes every 30 s and works once. Ctrl-C stops everything.\n");
}

fn start_player(data: &Path, loaded: &Loaded, devices_url: &str) -> anyhow::Result<Child> {
    let path = data.join("player.json");
    let file = PlayFile {
        devices_url: devices_url.to_owned(),
        devices: loaded.devices.clone(),
        pace: PACE,
        seed: SEED,
        morning: true,
    };
    file.write(&path)?;
    let program = std::env::current_exe().context("the path of this program")?;
    let child = Command::new(program)
        .arg("demo-player")
        .arg("--file")
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    child.context("starting the player")
}

async fn stop_player(child: &mut Child) {
    // Ctrl-C reaches the whole group; a service manager's request reaches only us.
    let _ = child.start_kill();
    let _ = child.wait().await;
}
