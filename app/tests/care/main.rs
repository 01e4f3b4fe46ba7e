//! Caring for an installation: making one, probes, metrics and logs of the real binary, backups and restoring.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use db::{Db, DbConfig, Engine, Read, TestDb, query};
use kernel::{Clock, Instant64, SystemClock};
use serde_json::Value;
use uuid::Uuid;
use vault::{Purpose, Vault, VaultConfig};

const FUGONG: &str = env!("CARGO_BIN_EXE_fugong");

/// An installation made by `fugong admin init`, on either engine.
struct Installed {
    folder: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
    link: String,
    // The databases go with the test.
    _postgres: Option<(TestDb, TestDb)>,
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Installed {
    async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut environment = Vec::new();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some((TestDb::new(engine).await, TestDb::new(engine).await)),
        };
        if let Some((main, keys)) = &postgres {
            environment.push(("FUGONG__DATABASE__URL", main.config.url.clone()));
            environment.push(("FUGONG__VAULT__URL", keys.config.url.clone()));
        }
        let mut it = Self { folder, environment, link: String::new(), _postgres: postgres };
        let out = it.admin(&["init", "--login", "boss"]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let said = String::from_utf8(out.stdout).unwrap();
        it.link = said.lines().find(|it| it.contains("/invite/")).unwrap().to_owned();
        it
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }

    fn admin(&self, arguments: &[&str]) -> Output {
        let (act, rest) = arguments.split_first().unwrap();
        let mut command = Command::new(FUGONG);
        command.args(["admin", act, "--data"]).arg(self.data()).args(rest);
        command.envs(self.environment.clone()).output().unwrap()
    }

    fn config(&self) -> (String, VaultConfig) {
        let of = |name: &str| self.environment.iter().find(|(it, _)| *it == name).map(|(_, value)| value.clone());
        let file = |name: &str| format!("sqlite:{}", self.data().join(name).display());
        let database = of("FUGONG__DATABASE__URL").unwrap_or_else(|| file("fugong.db"));
        let url = of("FUGONG__VAULT__URL").unwrap_or_else(|| file("keys.db"));
        (database, VaultConfig { url, wrapping_key_dir: self.data().join("wrapping") })
    }

    async fn open(&self) -> (Db, Vault) {
        let (database, keys) = self.config();
        let db = Db::open(&DbConfig { connections: 2, ..DbConfig::new(database) }).await.unwrap();
        (db, Vault::open(&keys, SystemClock.now()).await.unwrap())
    }

    fn serve(&self) -> Serving {
        let (http, devices, metrics) = (free_address(), free_address(), free_address());
        let log = self.data().join("server.log");
        let child = Command::new(FUGONG)
            .args(["serve", "--data"])
            .arg(self.data())
            .envs(self.environment.clone())
            .env("FUGONG__HTTP__LISTEN", http.to_string())
            .env("FUGONG__DEVICES__LISTEN", devices.to_string())
            .env("FUGONG__TELEMETRY__METRICS", metrics.to_string())
            .stdin(Stdio::null())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        Serving { child, http, devices, metrics, log }
    }
}

struct Serving {
    child: Child,
    http: SocketAddr,
    devices: SocketAddr,
    metrics: SocketAddr,
    log: std::path::PathBuf,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    async fn ready(&self) {
        let began = Instant::now();
        while status(&format!("http://{}/readyz", self.http)).await != Some(200) {
            assert!(began.elapsed() < Duration::from_secs(30), "{}", std::fs::read_to_string(&self.log).unwrap());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn status(url: &str) -> Option<u16> {
    reqwest::get(url).await.ok().map(|it| it.status().as_u16())
}

/// Somebody with keys and a row; enough to tell whether she is there and can be read.
async fn person(db: &Db, vault: &Vault) -> Uuid {
    let (id, now) = (Uuid::new_v4(), SystemClock.now());
    for purpose in [Purpose::Identity, Purpose::Health] {
        vault.ensure(&[id], purpose, None, now).await.unwrap();
    }
    let row = "insert into person (id, document_kind, identity_sealed, health_sealed, status, status_reasons_sealed, \
        status_rule_version, status_computed_at, created_at) values (:id, 'passport', :it, :it, 'green', :it, 1, 0, 0)";
    let mut tx = db.begin().await.unwrap();
    tx.run(query(row).bind("id", id).bind("it", vec![1_u8])).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn is_there(db: &Db, vault: &Vault, id: Uuid) -> (bool, bool) {
    let rows = db.reader().count(query("select count(*) from person where id = :id").bind("id", id)).await.unwrap();
    (rows == 1, vault.key(id, Purpose::Identity).await.is_ok())
}

/// What an erasure leaves: the line in the register, no row, no key.
async fn erase(installed: &Installed, db: &Db, vault: &Vault, id: Uuid) {
    let line = format!("{} {}\n", SystemClock.now().micros() / 3_600_000_000, id.as_simple());
    std::fs::write(installed.data().join("erasures.register"), line).unwrap();
    let mut tx = db.begin().await.unwrap();
    tx.run(query("delete from person where id = :id").bind("id", id)).await.unwrap();
    tx.commit().await.unwrap();
    vault.destroy(&[id]).await.unwrap();
}

async fn a_backup_brings_back_everything_but_the_erased(engine: Engine) {
    let installed = Installed::new(engine).await;
    let (db, vault) = installed.open().await;
    let (stays, goes) = (person(&db, &vault).await, person(&db, &vault).await);
    let to = installed.data().join("elsewhere");
    let out = installed.admin(&["backup", "--to", to.to_str().unwrap()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let twice = installed.admin(&["backup", "--to", to.to_str().unwrap()]);
    assert!(!twice.status.success(), "a backup is never written over another");
    erase(&installed, &db, &vault, goes).await;
    let late = person(&db, &vault).await;
    db.close().await;
    drop(vault);

    // Broken backups touch nothing.
    let broken = installed.data().join("broken");
    copy(&to, &broken);
    for entry in std::fs::read_dir(broken.join("wrapping")).unwrap() {
        std::fs::write(entry.unwrap().path(), format!("1 {}\n", "0".repeat(64))).unwrap();
    }
    let mut refused = vec![broken];
    if engine == Engine::Postgres {
        // Keys in a dump cannot be opened beside the running store; what can be told is whether it is a dump.
        refused.clear();
    }
    let empty = installed.data().join("empty");
    std::fs::create_dir(&empty).unwrap();
    refused.push(empty);
    let rubbish = installed.data().join("rubbish");
    copy(&to, &rubbish);
    std::fs::write(rubbish.join("database"), b"rubbish").unwrap();
    refused.push(rubbish);
    for from in refused {
        let out = installed.admin(&["restore", "--from", from.to_str().unwrap()]);
        assert!(!out.status.success(), "{} was restored", from.display());
        let (db, vault) = installed.open().await;
        assert_eq!(is_there(&db, &vault, late).await, (true, true), "{} touched something", from.display());
        db.close().await;
    }

    let out = installed.admin(&["restore", "--from", to.to_str().unwrap()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let (db, vault) = installed.open().await;
    assert_eq!(is_there(&db, &vault, stays).await, (true, true));
    assert_eq!(is_there(&db, &vault, goes).await, (false, false), "erased stays erased");
    assert_eq!(is_there(&db, &vault, late).await, (false, false), "who came after the backup is not in it");
    db.close().await;
    let left: Vec<String> = std::fs::read_dir(installed.data())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|it| it.starts_with("restoring"))
        .collect();
    assert_eq!(left, [""; 0], "no copy is left behind");
    let serving = installed.serve();
    serving.ready().await;
    assert_eq!(status(&format!("http://{}/healthz", serving.http)).await, Some(200));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).unwrap()),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_brings_back_everything_but_the_erased_on_sqlite() {
    a_backup_brings_back_everything_but_the_erased(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_brings_back_everything_but_the_erased_on_postgres() {
    a_backup_brings_back_everything_but_the_erased(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_installation_has_one_link_no_password_and_no_demo() {
    let installed = Installed::new(Engine::Sqlite).await;
    let mode = |name: &str| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(installed.data().join(name)).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("fugong.toml"), mode("fugong.db"), mode("keys.db")), (0o600, 0o600, 0o600));
    let (db, _) = installed.open().await;
    let accounts: Vec<(String, Option<String>)> =
        db.reader().all(query("select login, password_hash from account")).await.unwrap();
    assert_eq!(accounts, [("boss".to_owned(), None)]);
    for empty in ["select count(*) from area", "select count(*) from person", "select count(*) from device"] {
        assert_eq!(db.reader().count(query(empty)).await.unwrap(), 0, "{empty}");
    }
    db.close().await;
    assert!(!installed.admin(&["init"]).status.success(), "never over an installation that is there");
    let serving = installed.serve();
    serving.ready().await;
    let token = installed.link.rsplit_once('/').unwrap().1;
    let link = reqwest::get(format!("http://{}/api/v1/invitations/{token}", serving.http)).await.unwrap();
    let link: Value = serde_json::from_str(&link.text().await.unwrap()).unwrap();
    assert_eq!((&link["login"], &link["role"]), (&Value::from("boss"), &Value::from("administrator")));
}

#[tokio::test(flavor = "multi_thread")]
async fn probes_metrics_and_logs_say_how_it_is_and_nothing_about_anybody() {
    let installed = Installed::new(Engine::Sqlite).await;
    let mut serving = installed.serve();
    serving.ready().await;
    let base = format!("http://{}", serving.http);
    let secret = "13812345678-secret-in-a-path";
    reqwest::get(format!("http://{}/devices/hikvision/{secret}", serving.devices)).await.unwrap();
    let answer = reqwest::get(format!("{base}/api/v1/people?search={secret}")).await.unwrap();
    let request_id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(answer.status(), 401);
    let metrics = reqwest::get(format!("http://{}/metrics", serving.metrics)).await.unwrap().text().await.unwrap();
    assert!(metrics.contains("fugong_http_seconds") && metrics.contains("route=\"/api/v1/people\""), "{metrics}");
    // Asked to stop it says so, finishes, and ends well.
    let pid = rustix::process::Pid::from_raw(i32::try_from(serving.child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert!(serving.child.wait().unwrap().success());
    assert_eq!(status(&format!("{base}/healthz")).await, None);
    let log = std::fs::read_to_string(&serving.log).unwrap();
    let lines: Vec<Value> = log.lines().map(|it| serde_json::from_str(it).expect(it)).collect();
    assert!(lines.iter().any(|it| it.to_string().contains(&request_id)), "{log}");
    for text in [&log, &metrics] {
        assert!(!text.contains(secret) && !text.contains("13812345678"), "{text}");
    }
    assert!(lines.iter().any(|it| it.to_string().contains("stopped")), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_backs_up_first() {
    let installed = Installed::new(Engine::Sqlite).await;
    let (db, vault) = installed.open().await;
    person(&db, &vault).await;
    let mut tx = db.begin().await.unwrap();
    for undo in UNDO {
        tx.run(query(undo)).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.close().await;
    let serving = installed.serve();
    serving.ready().await;
    let backups: Vec<_> =
        std::fs::read_dir(installed.data().join("backups")).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(backups.len(), 1, "{backups:?}");
    let copy = Db::open(&DbConfig::sqlite(&backups[0].join("database"))).await.unwrap();
    assert_eq!(copy.reader().count(query("select count(*) from person")).await.unwrap(), 1);
    assert_eq!(db::pending_migrations(&copy).await.unwrap().pending, 1, "it is of before the upgrade");
    let (db, _) = installed.open().await;
    assert_eq!(db::pending_migrations(&db).await.unwrap().pending, 0);
    assert!(Instant64::default() < SystemClock.now());
}

/// Takes one migration back, as if it were new to this data.
const UNDO: &[&str] = &["drop index person_index_document", "delete from _sqlx_migrations where version = 10"];

/// Something to be written down.
async fn act(db: &Db, round: i64) {
    let mut tx = db.begin().await.unwrap();
    let actor = audit::Actor::system("boss");
    let entry = audit::Entry {
        at: SystemClock.now(),
        actor: &actor,
        act: "test",
        purpose: "",
        subject: None,
        people: &[],
        detail: serde_json::json!({ "round": round }),
        note: None,
        request_id: "",
    };
    audit::record(&mut tx, entry).await.unwrap();
    tx.commit().await.unwrap();
}

async fn the_log_verifies_away_from_the_server(engine: Engine) {
    let it = Installed::new(engine).await;
    let second = it.data().join("checkpoints");
    let out = tempfile::tempdir().unwrap();
    let path = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    // Twice: what is placed goes on where a killed server stopped.
    let mut sizes = Vec::new();
    for round in 0..2 {
        let server = it.serve();
        server.ready().await;
        let (db, vault) = it.open().await;
        act(&db, round).await;
        let began = Instant::now();
        let newest = async || audit::published(&db, &vault, SystemClock.now()).await.unwrap().map_or(0, |it| it.size);
        while newest().await <= sizes.last().copied().unwrap_or(0) {
            assert!(began.elapsed() < Duration::from_secs(20), "round {round}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        sizes.push(newest().await);
    }
    let mut export = Command::new(FUGONG);
    export.args(["audit", "export", "--data"]).arg(it.data()).args(["--to", &path("log")]).envs(it.environment.clone());
    assert_eq!(export.output().unwrap().status.code(), Some(0));
    let verify = |log: &str| {
        let (log, second) = (path(log), second.to_str().unwrap());
        fed(&["audit", "verify", &log, "--checkpoint", second, "--key", &path("log/key")], "")
    };
    let (exit, said) = verify("log/log.jsonl");
    assert_eq!(exit, 0, "{said}");
    assert!(said.contains(&format!("{} entries covered", sizes[1])), "{said}");
    let log = std::fs::read_to_string(path("log/log.jsonl")).unwrap();
    std::fs::write(path("changed"), log.replacen("boss", "b0ss", 1)).unwrap();
    assert_eq!(verify("changed").0, 1);
    let id =
        format!("aud_{}", serde_json::from_str::<Value>(log.lines().next().unwrap()).unwrap()[1].as_str().unwrap());
    let (log, key, to) = (path("log/log.jsonl"), path("log/key"), path("proof"));
    let proved =
        fed(&["audit", "prove", &log, &id, "--checkpoint", second.to_str().unwrap(), "--key", &key, "--to", &to], "");
    assert_eq!(proved.0, 0, "{}", proved.1);
    let (line, proof) = (path("proof/line"), path("proof/proof"));
    assert_eq!(fed(&["audit", "verify-proof", &line, &proof, "--key", &key], "").0, 0);
    std::fs::write(&line, std::fs::read_to_string(&line).unwrap() + " ").unwrap();
    assert_eq!(fed(&["audit", "verify-proof", &line, &proof, "--key", &key], "").0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_verifies_away_from_the_server_sqlite() {
    the_log_verifies_away_from_the_server(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_verifies_away_from_the_server_postgres() {
    the_log_verifies_away_from_the_server(Engine::Postgres).await;
}

/// Runs `fugong` with standard input; the exit code and what it printed.
fn fed(arguments: &[&str], input: &str) -> (i32, String) {
    use std::io::Write as _;
    let piped = || Stdio::piped();
    let mut child = Command::new(FUGONG).args(arguments).stdin(piped()).stdout(piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stdout).unwrap())
}

#[test]
fn a_pass_is_inspected_on_the_command_line_and_the_exit_code_is_its_outcome() {
    use pass::status_list::{Entries, State, StatusList};
    use pass::{Claims, IssuerKey, Scope, StatusRef, issue};

    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let key = IssuerKey::from_seed(&[7; 32]).unwrap();
    // The public key of that seed, as an operator would write it down.
    let trust = serde_json::json!({"pass": [{"iss": "district", "x": base64url(key.public_key())}]});
    std::fs::write(file("trust.json"), trust.to_string()).unwrap();
    let list = |state| {
        let mut entries = Entries::all_valid(8);
        entries.set(1, state);
        StatusList { issuer: "district".into(), uri: "list".into(), issued_at_s: 900, expires_at_s: 2000, entries }
            .sign(&key)
    };
    std::fs::write(file("good.cwt"), list(State::Valid)).unwrap();
    std::fs::write(file("revoked.cwt"), list(State::Revoked)).unwrap();
    let site = places::SiteId::new(SystemClock.now());
    let claims = Claims {
        issuer: "district".into(),
        issued_at_s: 900,
        expires_at_s: 2000,
        pass_id: [1; 16],
        status: StatusRef { index: 1, uri: "list".into() },
        scope: Scope::Sites(vec![site.uuid().into_bytes()]),
        holder_key: None,
    };
    let text = issue(&key, &claims).unwrap();
    let inspect = |more: &[&str], text: &str| {
        let trust = file("trust.json");
        let (exit, line) = fed(&[&["inspect", "pass", "--trust", &trust], more].concat(), text);
        let line: Value = serde_json::from_str(&line).unwrap();
        (exit, line["outcome"].as_str().unwrap().to_owned(), line["stage"].as_str().map(str::to_owned))
    };
    let (good, revoked) = (file("good.cwt"), file("revoked.cwt"));
    let here = ["--status", &good, "--site", &site.to_string(), "--now", "1000"];
    assert_eq!(inspect(&here, &text), (0, "valid".into(), None));
    assert_eq!(inspect(&here, &format!("{text}\n")), (0, "valid".into(), None), "as an editor saves it");
    let later = ["--status", &good, "--now", "1970-01-01T00:33:20Z"];
    assert_eq!(inspect(&later, &text), (1, "invalid".into(), Some("expired".into())));
    assert_eq!(inspect(&["--status", &revoked, "--now", "1000"], &text), (1, "invalid".into(), Some("status".into())));
    assert_eq!(inspect(&["--now", "1000"], &text), (2, "cannot_tell".into(), Some("status".into())), "no list");
    assert_eq!(inspect(&[], "hello"), (2, "cannot_tell".into(), Some("prefix".into())));
    assert_eq!(fed(&["inspect", "pass", "--now", "soon"], &text).0, 2, "an error of ours denies nobody");
    assert_eq!(fed(&["inspect", "pass", "--trust", &file("not there")], &text).0, 2);
}

/// Base64url without padding.
fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |it| byte >> it & 1)).collect();
    bits.chunks(6)
        .map(|six| char::from(DIGITS[(0..6).fold(0, |sum, it| sum * 2 + usize::from(*six.get(it).unwrap_or(&0)))]))
        .collect()
}
