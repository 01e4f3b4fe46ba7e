//! A whole server without a socket: both routers on a real database, a clock that the test moves, and builders.
//!
//! ```ignore
//! let world = World::new(Engine::Sqlite).await;
//! let site = world.open_site("甲厂", GRID).await;
//! let gate = world.gate(&site, "一号门").await;
//! let device = world.device(&gate, "GX1").await;
//! world.push(&device.path, "application/json", body).await;
//! world.settle().await;
//! let guard = world.guard(&site, &gate).await;
//! let page = world.get(&guard, "/screenings").await.ok();
//! ```
//!
//! Sessions are written straight into the database: `api/session.rs` tests how they really begin, and Argon2 costs
//! time that no other test has to pay for.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part of the builders")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

pub mod builders;
pub mod events;
pub mod http;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use access::{Grant, NewAccount, Role, create_account, system_scope};
use app::config::{
    AuditConfig, Config, DatabaseConfig, DevicesConfig, HttpConfig, MessagesConfig, SecretsConfig, TelemetryConfig,
    VaultSection,
};
use app::{api, wire};
use axum::Router;
use db::{Engine, Read, TestDb, query};
use http_api::Platform;
use kernel::time::{HOUR, SetClock};
use kernel::{Clock as _, Instant64, Label};

#[allow(unused_imports, reason = "as above")]
pub use builders::*;
#[allow(unused_imports, reason = "as above")]
pub use http::*;

/// When every world begins: a Monday, 10:00 in China.
pub const START: &str = "2026-03-02T10:00:00+08:00";
/// Codes of the area tree that [`World::area_tree`] makes: district, two streets, a community and a grid in each.
pub const DISTRICT: &str = "999999";
/// The first street.
pub const STREET: &str = "999999001";
/// A grid of the first street.
pub const GRID: &str = "999999001001001";
/// The other street.
pub const OTHER_STREET: &str = "999999002";
/// A grid of the other street.
pub const OTHER_GRID: &str = "999999002001001";

/// A server of this test's own.
pub struct World {
    pub platform: Platform,
    /// The users' routes.
    pub users: Router,
    /// The devices' routes.
    pub devices: Router,
    pub clock: Arc<SetClock>,
    pub config: Config,
    /// The data folder; removed with the world.
    pub data: PathBuf,
    /// Everything, as an administrator; used by builders.
    pub admin: Session,
    /// Everything, as the command.
    pub command: Session,
    pub(crate) counter: AtomicU64,
    // Removes its folder when dropped, so it goes last.
    test_db: TestDb,
}

/// A signed-in account.
#[derive(Debug, Clone)]
pub struct Session {
    pub account: String,
    pub login: String,
    pub token: String,
    pub csrf: String,
}

/// With the models that `make models` fetches.
pub fn face_desk() -> people::faces::FaceDesk {
    people::faces::FaceDesk::new(Some(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/models")))
}

impl World {
    /// A migrated server with the area tree, an active response, an administrator and a command account; background
    /// tasks run.
    pub async fn new(engine: Engine) -> Self {
        let test_db = TestDb::new(engine).await;
        test_db.db.close().await;
        let data = test_db.directory().to_owned();
        let config = config(&test_db, &data);
        let clock = SetClock::at(Instant64::parse(START).unwrap());
        Self::on(test_db, config, clock).await
    }

    async fn on(test_db: TestDb, config: Config, clock: Arc<SetClock>) -> Self {
        let data = test_db.directory().to_owned();
        let wired = wire::platform(&config, &data, clock.clone()).await.expect("the server opens");
        let (platform, devices) = wired.start(&data);
        let users = api::router(platform.clone(), http_api::Front::None, face_desk());
        let nobody =
            Session { account: String::new(), login: String::new(), token: String::new(), csrf: String::new() };
        let (admin, command, counter) = (nobody.clone(), nobody, AtomicU64::new(1));
        let mut world = Self { platform, users, devices, clock, config, data, admin, command, counter, test_db };
        world.admin = world.account(Role::Administrator, &[Grant::Everywhere]).await;
        world.command = world.account(Role::Command, &[Grant::Everywhere]).await;
        world.area_tree().await;
        world.response().await;
        world
    }

    /// Stops everything in the background and closes the database; the data stays until the world is dropped.
    pub async fn stop(&self) {
        self.platform.supervisor.stop(Duration::from_secs(20)).await;
        self.platform.journal.close().await;
        self.platform.db.close().await;
    }

    /// Starts again on the same data, as after a restart or a restore; sessions made before still stand.
    pub async fn restarted(self) -> Self {
        self.stop().await;
        let wired = wire::platform(&self.config, &self.data, self.clock.clone()).await.expect("the server opens");
        let (platform, devices) = wired.start(&self.data);
        let users = api::router(platform.clone(), http_api::Front::None, face_desk());
        Self { platform, users, devices, ..self }
    }

    /// The present moment of this world.
    pub fn now(&self) -> Instant64 {
        self.clock.now()
    }

    /// The moment moved by seconds, as RFC 3339 with China's offset, as terminals write it.
    pub fn device_time(&self, seconds: i64) -> String {
        let local = self.now().plus(seconds * 1_000_000 + 8 * HOUR).to_string();
        format!("{}+08:00", local.trim_end_matches('Z').split('.').next().unwrap())
    }

    /// Places what was written to the audit log and signs a checkpoint over it.
    pub async fn seal_log(&self) {
        let second_path = self.config.audit.second_path.clone();
        let it = audit::Sequencer::new(self.platform.db.clone(), self.platform.vault.clone(), second_path);
        while it.turn(self.now()).await.is_err() {}
    }

    /// Waits until every journalled body is decoded, no job waits and every event has its position.
    pub async fn settle(&self) {
        let bodies = "select count(*) from journal where state = 'pending'";
        let waiting = ["select count(*) from outbox where position is null", "select count(*) from job"];
        for _ in 0..1500 {
            let mut left = self.platform.journal.reader().count(query(bodies)).await.expect("a count");
            for sql in waiting {
                left += self.platform.db.reader().count(query(sql)).await.expect("a count");
            }
            if left == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the background work did not settle");
    }

    /// An account with these grants and a session of its own.
    pub async fn account(&self, role: Role, grants: &[Grant]) -> Session {
        self.session_of(role, grants, None).await
    }

    /// The same, on the tablet of a gate.
    pub async fn session_of(&self, role: Role, grants: &[Grant], gate: Option<uuid::Uuid>) -> Session {
        let (db, now, login) =
            (&self.platform.db, self.now(), format!("{}.{}", role.code(), self.next()).replace('_', "-"));
        let new = NewAccount {
            login: login.clone(),
            display_name: Label::parse(&login).unwrap(),
            role,
            grants: grants.iter().map(|it| (it.clone(), "test".to_owned())).collect(),
        };
        let mut tx = db.begin().await.unwrap();
        let id = create_account(&mut tx, &system_scope("test"), new, now).await.unwrap();
        tx.commit().await.unwrap();
        let session = Session {
            account: id.to_string(),
            login,
            token: vault::random_token::<32>(),
            csrf: vault::random_token::<16>(),
        };
        self.open(&session, gate).await;
        session
    }

    /// A worker's session on a phone.
    pub async fn worker(&self, person: &str, phone_proved: bool) -> Session {
        let new = access::worker::NewWorkerSession {
            person: uuid(person),
            areas: vec![GRID.to_owned()],
            phone_proved,
            device: "Android".to_owned(),
        };
        let mut tx = self.platform.db.begin().await.unwrap();
        let (token, session) = access::worker::open(&mut tx, &self.platform.access, new, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        Session { account: person.to_owned(), login: session.id.to_string(), token, csrf: session.csrf_token }
    }

    /// Writes the session's row.
    pub async fn open(&self, session: &Session, gate: Option<uuid::Uuid>) {
        let id: access::AccountId = session.account.parse().unwrap();
        let row = query(
            "insert into session (token_digest, account_id, csrf_token, gate_id, created_at, expires_at) \
             values (:digest, :account, :csrf, :gate, :now, :until)",
        )
        .bind("digest", self.platform.access.digest(&session.token))
        .bind("account", id.uuid())
        .bind("csrf", session.csrf.as_str())
        .bind("gate", gate)
        .bind("now", self.now())
        .bind("until", self.now().plus(3650 * 24 * HOUR));
        let mut tx = self.platform.db.begin().await.unwrap();
        tx.run(row).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A number that this world has not given out yet.
    pub fn next(&self) -> u64 {
        self.counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst)
    }
}

/// A configuration in the test's own folder; the key store is a file on both engines.
pub fn config(test_db: &TestDb, data: &std::path::Path) -> Config {
    let loopback: SocketAddr = "127.0.0.1:8081".parse().unwrap();
    let secret = |it: &str| it.repeat(4).into();
    Config {
        http: HttpConfig { listen: loopback, tls_cert: None, tls_key: None, behind_proxy: None },
        devices: DevicesConfig { listen: loopback, address: "192.0.2.1".to_owned() },
        database: DatabaseConfig { url: test_db.config.url.clone() },
        vault: VaultSection {
            url: format!("sqlite:{}", data.join("keys.db").display()),
            wrapping_key_dir: data.join("wrapping"),
        },
        secrets: SecretsConfig { index: secret("index-00"), device: secret("device-0"), token: secret("token-00") },
        telemetry: TelemetryConfig { log: "warn".to_owned(), format: "text".to_owned(), metrics: None },
        audit: AuditConfig { second_path: data.join("checkpoints") },
        messages: MessagesConfig { on_screen: true, ..MessagesConfig::default() },
        faces: app::config::FacesConfig::default(),
    }
}

/// Declares tests that run once on each engine, each in a world of its own.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "some bodies name nothing of their surroundings")]
            use super::*;

            async fn body($world: $crate::support::World) {
                $body
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body($crate::support::World::new(db::Engine::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body($crate::support::World::new(db::Engine::Postgres).await).await;
            }
        }
    )*};
}
