//! Many and hostile senders.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use db::Engine;
use reqwest::StatusCode;
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::installation::{Installation, becomes};
use crate::push::{client, push};
use crate::server::Server;

const IDLE: u64 = 2_000;
const SLOW: usize = 50;
const PUSHES: i64 = 20;

/// Files that this process may open now; at most as many as the hard limit says.
fn raise_file_limit() -> u64 {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
    limit.current.unwrap_or(u64::MAX)
}

/// Sends a request's head byte by byte.
async fn slow_loris(devices: SocketAddr, stop: CancellationToken) {
    let mut stream = TcpStream::connect(devices).await.unwrap();
    let head =
        b"POST /devices/hikvision/x HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".iter().chain(std::iter::repeat(&b'a'));
    for byte in head {
        if stop.is_cancelled() || stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_idle_connections_and_slow_senders_do_not_stop_a_verdict() {
    // Where the machine allows fewer files, as many as it allows.
    let idle = IDLE.min(raise_file_limit().saturating_sub(300));
    let installation = Installation::new(Engine::Sqlite).await;
    let server = Server::start(&installation).await;
    let stop = CancellationToken::new();
    let mut silent = Vec::new();
    for _ in 0..idle {
        silent.push(TcpStream::connect(server.devices).await.unwrap());
    }
    for _ in 0..SLOW {
        tokio::spawn(slow_loris(server.devices, stop.clone()));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (client, db) = (client(), installation.open().await);
    let began = Instant::now();
    for event_no in 1..=PUSHES {
        assert_eq!(push(&client, server.devices, (0, event_no)).await, Some(StatusCode::OK));
    }
    becomes(&db, "select count(*) from screening", PUSHES).await;
    assert!(began.elapsed() < Duration::from_secs(5), "{:?} for {PUSHES} verdicts", began.elapsed());
    stop.cancel();
    drop(silent);
}
