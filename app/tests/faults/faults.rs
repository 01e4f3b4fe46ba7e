//! Stores that fail while the server runs.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::AccessConfig;
use db::{Db, DbConfig, Engine, query};
use events::Publisher;
use gateway::{Codec, Doors, Journal, Limits};
use hikvision::sample;
use http_api::{DevicesAddress, Platform, Secrets};
use kernel::SystemClock;
use kernel::time::DAY;
use notify::messages::Messenger;
use places::{Extras, PlaceDoors};
use reqwest::StatusCode;
use screening::Ingest;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use vault::{BlindIndex, Vault, VaultConfig};

use crate::installation::{DEVICES, Installation, drained, holds_exactly_once, now, number};
use crate::push::{LOADED, Sent, Tally, client, counted_load, load, push, sample, send, url};
use crate::server::Server;

const OLD_BODY: &str = "insert into journal (id, device_id, received_at, content_type, bytes, body_sealed, state) \
    values (:id, :id, :at, '', 1, :body, 'decoded')";
const REFUSES_13: &str = "create trigger refuses_13 before insert on screening when new.event_no = 13 \
    begin select raise(abort, 'refused'); end";
const CUT: &str = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
    where datname = current_database() and application_name = 'fugong' and pid <> pg_backend_pid()";

/// The devices' door in this process, on a store of limited size.
async fn small_store(installation: &Installation, max_pages: u32) -> (Platform, SocketAddr) {
    let config = installation.config();
    let db = installation.open().await;
    let journal = config.journal_url().unwrap();
    let journal = Db::open(&DbConfig { max_pages: Some(max_pages), ..DbConfig::new(journal) }).await.unwrap();
    let keys = VaultConfig { url: config.vault.url, wrapping_key_dir: config.vault.wrapping_key_dir };
    let vault = Vault::open(&keys, now()).await.unwrap();
    let platform = Platform {
        paper: paper::Paper::new(|| None),
        messages: Messenger::new(db.clone(), vault.clone(), Arc::new(SystemClock), None),
        vault,
        index: BlindIndex::new(config.secrets.index),
        access: AccessConfig { token_secret: config.secrets.token, session_micros: DAY },
        secrets: Secrets { device_secret: config.secrets.device },
        clock: Arc::new(SystemClock),
        feed: Publisher::new(db.clone()).1,
        supervisor: jobs::Supervisor::default(),
        session_extras: Arc::new(Extras::new(db.clone())),
        erasers: Arc::new([]),
        followers: Arc::new([]),
        health: Arc::default(),
        erasure_register: installation.path().join("erasures.register"),
        devices_address: DevicesAddress { host: "localhost".to_owned(), port: 0 },
        secure_cookies: false,
        db,
        journal,
    };
    let (stored, decode) = tokio::sync::mpsc::channel(16);
    let journal = Journal::start(&platform, stored);
    let ingest = Ingest::new(platform.clone(), |kind, body| hikvision::decode(Some(kind), body));
    platform.supervisor.spawn_finishing(ingest.run(decode));
    let directory = Arc::new(PlaceDoors::new(platform.db.clone(), platform.clock.clone()));
    let codecs = [Codec { kind: "hikvision", redact: |kind, body| hikvision::redact(Some(kind), body).bytes }];
    let routes = gateway::router(Doors::new(platform.clone(), directory, journal, &codecs));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let devices = listener.local_addr().unwrap();
    let stopping = platform.supervisor.stopping();
    platform.supervisor.spawn_finishing(gateway::serve(listener, routes, None, Limits::default(), stopping));
    (platform, devices)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_acknowledges_nothing_and_loses_nothing() {
    let installation = Installation::new(Engine::Sqlite).await;
    for _ in 0..10 {
        let row = query(OLD_BODY).bind("id", uuid::Uuid::new_v4()).bind("at", now().plus(-10 * DAY));
        installation.run_in_journal(row.bind("body", vec![7; 1_000_000])).await;
    }
    let file = installation.path().join("journal.db");
    let pages = u32::try_from(std::fs::metadata(file).unwrap().len() / 4096).unwrap();
    let (platform, devices) = small_store(&installation, pages + 60).await;
    let stop = CancellationToken::new();
    let tally = Tally::default();
    let sent = tokio::spawn(counted_load(devices, 1, stop.clone(), tally.clone()));
    tally.reached(1, 1).await;
    stop.cancel();
    let mut sent = sent.await.unwrap();
    assert!(!sent.refused.is_empty() && !sent.acknowledged.is_empty(), "{} acknowledged", sent.acknowledged.len());
    // Old bodies go, as they do every ten minutes: now there is room again.
    assert_eq!(gateway::sweep(&platform).await.unwrap(), 10);
    sent.resend(devices).await;
    drained(&platform.journal).await;
    holds_exactly_once(&platform.db, &sent.acknowledged, &sent.all).await;
    platform.supervisor.stop(Duration::from_secs(5)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_connections_to_postgres_acknowledge_nothing_that_is_not_stored() {
    let installation = Installation::new(Engine::Postgres).await;
    let server = Server::start(&installation).await;
    let stop = CancellationToken::new();
    let tally = Tally::default();
    let sent = tokio::spawn(counted_load(server.devices, 1, stop.clone(), tally.clone()));
    let db = installation.open().await;
    let mut cut = 0;
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_millis(350)).await;
        cut += number(&db, CUT).await;
    }
    tally.reached(LOADED, 0).await;
    stop.cancel();
    let mut sent = sent.await.unwrap();
    assert!(8 <= cut, "only {cut} connections cut");
    assert!(LOADED <= sent.acknowledged.len(), "hardly any load: {}", sent.acknowledged.len());
    installation.let_leases_end().await;
    installation.drained().await;
    holds_exactly_once(&db, &sent.acknowledged, &sent.all).await;
    sent.resend(server.devices).await;
    installation.drained().await;
    holds_exactly_once(&db, &sent.acknowledged, &sent.all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_held_too_long_is_answered_with_unavailable_and_never_with_stored() {
    let installation = Installation::new(Engine::Postgres).await;
    let server = Server::start(&installation).await;
    let (client, db) = (client(), installation.open().await);
    let mut holder = db.begin().await.unwrap();
    holder.run(query("lock table journal in access exclusive mode")).await.unwrap();
    let began = Instant::now();
    assert_eq!(push(&client, server.devices, (0, 1)).await, Some(StatusCode::SERVICE_UNAVAILABLE));
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    holder.rollback().await.unwrap();
    assert_eq!(number(&db, "select count(*) from journal").await, 0);
    // A lock that is let go in time only makes the terminal wait.
    let mut holder = db.begin().await.unwrap();
    holder.run(query("lock table journal in access exclusive mode")).await.unwrap();
    let devices = server.devices;
    let waiting = tokio::spawn(async move { push(&crate::push::client(), devices, (0, 1)).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    holder.rollback().await.unwrap();
    assert_eq!(waiting.await.unwrap(), Some(StatusCode::OK));
    installation.drained().await;
    let event = BTreeSet::from([(0, 1)]);
    holds_exactly_once(&db, &event, &event).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_event_at_two_servers_at_once_is_one_screening() {
    let installation = Installation::new(Engine::Postgres).await;
    let folder = installation.another_folder();
    let one = Server::start(&installation).await;
    let other = Server::start_in(&installation, folder.path()).await;
    let stop = CancellationToken::new();
    // Both see the same numbers of the same terminals at the same pace.
    let (first, second) = (load(one.devices, 1, stop.clone()), load(other.devices, 1, stop.clone()));
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(2)).await;
        stop.cancel();
    });
    let (first, second) = tokio::join!(first, second);
    let both = first.acknowledged.intersection(&second.acknowledged).count();
    assert!(100 < both, "only {both} events reached both");
    let sent = Sent {
        acknowledged: first.acknowledged.union(&second.acknowledged).copied().collect(),
        all: first.all.union(&second.all).copied().collect(),
        refused: BTreeSet::new(),
    };
    let db = installation.open().await;
    installation.drained().await;
    holds_exactly_once(&db, &sent.acknowledged, &sent.all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zero_character_in_a_text_is_stored_by_postgres_too() {
    let installation = Installation::new(Engine::Postgres).await;
    let server = Server::start(&installation).await;
    let client = client();
    // PostgreSQL has no text with a zero character; JSON has.
    let mut zero = sample((0, 1));
    zero.employee_no = Some("10\u{0}24".to_owned());
    zero.time.push('\u{0}');
    let answer = send(&client, &url(server.devices, 0), "application/json", sample::json_body(&zero)).await;
    assert_eq!(answer, Some(StatusCode::OK));
    assert_eq!(push(&client, server.devices, (0, 2)).await, Some(StatusCode::OK));
    let db = installation.open().await;
    installation.drained().await;
    let both = BTreeSet::from([(0, 1), (0, 2)]);
    holds_exactly_once(&db, &both, &both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_no_store_can_hold_is_set_aside_and_stops_nobody() {
    let installation = Installation::new(Engine::Sqlite).await;
    installation.run(query(REFUSES_13)).await;
    let server = Server::start(&installation).await;
    let stop = CancellationToken::new();
    let tally = Tally::default();
    let sent = tokio::spawn(counted_load(server.devices, 1, stop.clone(), tally.clone()));
    // Then one of them at least has come to its thirteenth.
    tally.reached(13 * DEVICES, 0).await;
    stop.cancel();
    let sent = sent.await.unwrap();
    let db = installation.open().await;
    installation.drained().await;
    let is_refused = |it: &&(usize, i64)| it.1 == 13;
    let journal = installation.open_journal().await;
    let set_aside = number(&journal, "select count(*) from journal where warnings = 'not_storable'").await;
    assert_eq!(usize::try_from(set_aside).unwrap(), sent.all.iter().filter(is_refused).count());
    assert!(0 < set_aside);
    let storable = sent.acknowledged.iter().filter(|it| !is_refused(it)).copied().collect();
    holds_exactly_once(&db, &storable, &sent.all).await;
}
