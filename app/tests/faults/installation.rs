//! A data folder with one site, one gate and some terminals, and what may be asked of it from outside the server.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use app::config::{self, Config};
use db::{Db, DbConfig, Engine, Query, Read, TestDb, query};
use kernel::{Clock, Instant64, SystemClock};
use tempfile::TempDir;
use uuid::Uuid;

/// How many terminals there are.
pub const DEVICES: usize = 8;

const RESPONSE: &str = "insert into response (id, area_code, name, legal_basis, purposes, starts_at, ends_at, \
    created_at) values (:id, '999999', 'Response', 'Law', 'screening', 0, null, 0)";
const AREA: &str = "insert into area (code, name, name_key, kind, parent_code, valid_from, valid_until) \
    values ('999999', 'District', 'district', 'district', null, 0, null)";
const SITE: &str = "insert into site (id, enterprise_id, area_code, kind, name, name_key, open_state, \
    open_state_reason, open_state_since, created_at) \
    values (:id, null, '999999', 'factory', 'Works', 'works', 'open', null, 0, 0)";
const GATE: &str = "insert into gate (id, site_id, name, name_key, direction, lanes, closed, created_at) \
    values (:id, :site, 'Gate', 'gate', 'in', 1, :no, 0)";
const DEVICE: &str = "insert into device (id, gate_id, lane, direction, vendor, model, serial, serial_key, mac, \
    secret_digest, state, byte_quota, created_at) values (:id, :gate, 1, 'in', 'hikvision', 'DS', :serial, :serial, \
    null, :digest, 'new', 2000000000, 0)";
const STORED: &str = "select d.serial, s.event_no, count(*) as times from screening s join device d on d.id = s.device_id \
    group by d.serial, s.event_no";

/// A terminal's event: the serial's index and the event's number.
pub type Event = (usize, i64);

/// A data folder.
pub struct Installation {
    /// The folder.
    pub folder: TempDir,
    /// Main store and key store when they are on PostgreSQL.
    postgres: Option<(TestDb, TestDb)>,
}

impl Installation {
    /// With a district of one site.
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let loopback = "127.0.0.1:0".parse().unwrap();
        let listen = config::Listen { http: loopback, devices: loopback, metrics: None };
        config::create(folder.path(), listen, "warn").unwrap();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some((TestDb::new(engine).await, TestDb::new(engine).await)),
        };
        let it = Self { folder, postgres };
        let db = it.open().await;
        db::migrate(&db).await.unwrap();
        it.fill(&db).await;
        db.close().await;
        if engine == Engine::Sqlite {
            let journal = it.open_journal().await;
            db::migrate(&journal).await.unwrap();
            journal.close().await;
        }
        it
    }

    async fn fill(&self, db: &Db) {
        let now = SystemClock.now();
        let (site, gate) = (Uuid::new_v4(), Uuid::new_v4());
        let mut tx = db.begin().await.unwrap();
        tx.run(query(AREA)).await.unwrap();
        tx.run(query(RESPONSE).bind("id", Uuid::new_v4())).await.unwrap();
        tx.run(query(SITE).bind("id", site)).await.unwrap();
        tx.run(query(GATE).bind("id", gate).bind("site", site).bind("no", false)).await.unwrap();
        let secret = self.config().secrets.device;
        for idx in 0..DEVICES {
            let digest = vault::keyed_digest(&secret, secret_of(idx).as_bytes());
            let row = query(DEVICE).bind("id", places::DeviceId::new(now).uuid()).bind("gate", gate);
            tx.run(row.bind("serial", serial_of(idx)).bind("digest", digest)).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// As the server reads it.
    pub fn config(&self) -> Config {
        let mut config = Config::load(self.path()).unwrap();
        if let Some((main, keys)) = &self.postgres {
            config.database.url.clone_from(&main.config.url);
            config.vault.url.clone_from(&keys.config.url);
        }
        config
    }

    /// What the environment must say to a server on these stores; from whichever folder it works, they share keys.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let config = self.config();
        vec![
            ("FUGONG__DATABASE__URL", config.database.url),
            ("FUGONG__VAULT__URL", config.vault.url),
            ("FUGONG__VAULT__WRAPPING_KEY_DIR", config.vault.wrapping_key_dir.display().to_string()),
        ]
    }

    /// The folder of another server on the same stores.
    pub fn another_folder(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(self.path().join("fugong.toml"), folder.path().join("fugong.toml")).unwrap();
        folder
    }

    /// The main store, as another process sees it.
    pub async fn open(&self) -> Db {
        Db::open(&DbConfig { connections: 2, ..DbConfig::new(self.config().database.url) }).await.unwrap()
    }

    /// The journal, as another process sees it.
    pub async fn open_journal(&self) -> Db {
        let config = self.config();
        let url = config.journal_url().unwrap_or(config.database.url);
        Db::open(&DbConfig { connections: 2, ..DbConfig::new(url) }).await.unwrap()
    }

    /// Changes something behind the server's back.
    pub async fn run(&self, statement: Query) {
        let db = self.open().await;
        run(&db, statement).await;
        db.close().await;
    }

    /// The same in the journal.
    pub async fn run_in_journal(&self, statement: Query) {
        let journal = self.open_journal().await;
        run(&journal, statement).await;
        journal.close().await;
    }

    /// As if a minute had passed since a process died: what it worked on may be taken over.
    pub async fn let_leases_end(&self) {
        self.run_in_journal(query("update journal set leased_until = 0 where state = 'pending'")).await;
    }

    /// Waits until every journalled body is decoded.
    pub async fn drained(&self) {
        let journal = self.open_journal().await;
        drained(&journal).await;
        journal.close().await;
    }

    /// Asserts that these and at most those other events are stored, each once, with its entry and its hour counted.
    pub async fn holds_exactly_once(&self, acknowledged: &BTreeSet<Event>, sent: &BTreeSet<Event>) {
        let db = self.open().await;
        holds_exactly_once(&db, acknowledged, sent).await;
        db.close().await;
    }
}

/// A single number from the database.
pub async fn number(db: &Db, question: &'static str) -> i64 {
    db.reader().count(query(question)).await.unwrap()
}

/// One statement in a transaction of its own.
pub async fn run(db: &Db, statement: Query) {
    let mut tx = db.begin().await.unwrap();
    tx.run(statement).await.unwrap();
    tx.commit().await.unwrap();
}

/// See [`Installation::drained`].
pub async fn drained(journal: &Db) {
    becomes(journal, "select count(*) from journal where state = 'pending'", 0).await;
}

/// Waits until the answer is this number.
pub async fn becomes(db: &Db, question: &'static str, wanted: i64) {
    let began = std::time::Instant::now();
    loop {
        let found = number(db, question).await;
        if found == wanted {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(45), "still {found}, not {wanted}: {question}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// See [`Installation::holds_exactly_once`].
pub async fn holds_exactly_once(db: &Db, acknowledged: &BTreeSet<Event>, sent: &BTreeSet<Event>) {
    let rows: Vec<Stored> = db.reader().all(query(STORED)).await.unwrap();
    let stored: BTreeMap<Event, i64> = rows.into_iter().map(|it| (it.event(), it.times)).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|it| !stored.contains_key(it)).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged events are lost: {lost:?}", lost.len(), acknowledged.len());
    let double: Vec<_> = stored.iter().filter(|(_, times)| **times != 1).collect();
    assert!(double.is_empty(), "stored more than once: {double:?}");
    let invented: Vec<_> = stored.keys().filter(|it| !sent.contains(it)).collect();
    assert!(invented.is_empty(), "never sent: {invented:?}");
    let screenings = i64::try_from(stored.len()).unwrap();
    for counted in [
        "select cast(coalesce(sum(entered), 0) as bigint) from head_count",
        "select cast(coalesce(sum(n), 0) as bigint) from screening_hour",
    ] {
        assert_eq!(number(db, counted).await, screenings, "{counted}");
    }
}

db::row! {
    struct Stored {
        serial: String,
        event_no: i64,
        times: i64,
    }
}

impl Stored {
    fn event(&self) -> Event {
        (self.serial.trim_start_matches("GX").parse().unwrap(), self.event_no)
    }
}

/// What a terminal's path ends with.
pub fn secret_of(idx: usize) -> String {
    format!("secret-of-terminal-{idx}")
}

/// Its serial number.
pub fn serial_of(idx: usize) -> String {
    format!("GX{idx:07}")
}

/// The present moment.
pub fn now() -> Instant64 {
    SystemClock.now()
}
