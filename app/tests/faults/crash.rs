//! Processes that end: killed or asked to.

use std::collections::BTreeSet;
use std::time::Duration;

use db::Engine;
use tokio_util::sync::CancellationToken;

use crate::installation::Installation;
use crate::push::{LOADED, Sent, Tally, counted_load};
use crate::server::Server;

/// Loads a server for this long, and longer where it is slow, then does something to it; what its terminals then know.
async fn under_load<T>(server: Server, from: i64, busy: Duration, end: impl AsyncFnOnce(Server) -> T) -> (Sent, T) {
    let stop = CancellationToken::new();
    let tally = Tally::default();
    let sent = tokio::spawn(counted_load(server.devices, from, stop.clone(), tally.clone()));
    tokio::time::sleep(busy).await;
    tally.reached(LOADED, 0).await;
    let ended = end(server).await;
    stop.cancel();
    (sent.await.unwrap(), ended)
}

async fn killed_under_load(engine: Engine, rounds: i64) {
    let installation = Installation::new(engine).await;
    let (mut acknowledged, mut all) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..rounds {
        let server = Server::start(&installation).await;
        let busy = Duration::from_millis(1500 + 370 * round.unsigned_abs());
        let (sent, ()) = under_load(server, 1 + round * 10_000, busy, Server::kill).await;
        assert!(LOADED <= sent.acknowledged.len(), "hardly any load: {}", sent.acknowledged.len());
        acknowledged.extend(sent.acknowledged);
        all.extend(sent.all);
        installation.let_leases_end().await;
    }
    assert!(acknowledged.len() < all.len(), "the kill left nothing unanswered");
    let server = Server::start(&installation).await;
    installation.drained().await;
    installation.holds_exactly_once(&acknowledged, &all).await;
    // The terminals send again what was not acknowledged; some of it was stored already.
    let mut sent = Sent { acknowledged, all, ..Sent::default() };
    sent.resend(server.devices).await;
    installation.drained().await;
    installation.holds_exactly_once(&sent.acknowledged, &sent.all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_full_load_every_acknowledged_event_is_there_exactly_once_on_sqlite() {
    killed_under_load(Engine::Sqlite, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_full_load_every_acknowledged_event_is_there_exactly_once_on_postgres() {
    killed_under_load(Engine::Postgres, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_under_load_it_ends_in_time_and_leaves_nothing_undone() {
    let installation = Installation::new(Engine::Sqlite).await;
    let server = Server::start(&installation).await;
    let (sent, (status, took)) = under_load(server, 1, Duration::from_secs(2), Server::interrupt).await;
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(LOADED <= sent.acknowledged.len(), "hardly any load: {}", sent.acknowledged.len());
    let journal = installation.open_journal().await;
    assert_eq!(crate::installation::number(&journal, "select count(*) from journal where state = 'pending'").await, 0);
    installation.holds_exactly_once(&sent.acknowledged, &sent.all).await;
}
