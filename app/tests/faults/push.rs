//! Terminals that push, and remember what was acknowledged.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hikvision::sample::{self, SampleEvent};
use reqwest::{Client, StatusCode};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::installation::{DEVICES, Event, secret_of, serial_of};

/// Fewer acknowledged events than this are hardly any load.
pub const LOADED: usize = 150;

/// What became of the events of a time under load.
#[derive(Debug, Default)]
pub struct Sent {
    /// Answered 200.
    pub acknowledged: BTreeSet<Event>,
    /// Answered 503.
    pub refused: BTreeSet<Event>,
    /// All of them, those without an answer too.
    pub all: BTreeSet<Event>,
}

/// How a load under way fares. A busy machine takes its time: tests wait for what they need, not for a while.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    acknowledged: Arc<AtomicUsize>,
    refused: Arc<AtomicUsize>,
}

impl Tally {
    fn count(&self, answer: Option<StatusCode>) {
        match answer {
            Some(StatusCode::OK) => self.acknowledged.fetch_add(1, Ordering::Relaxed),
            Some(_) => self.refused.fetch_add(1, Ordering::Relaxed),
            None => 0,
        };
    }

    /// Until so many were acknowledged, and so many refused; a minute at most.
    pub async fn reached(&self, acknowledged: usize, refused: usize) {
        for _ in 0..600 {
            let enough = acknowledged <= self.acknowledged.load(Ordering::Relaxed);
            if enough && refused <= self.refused.load(Ordering::Relaxed) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Sent {
    fn note(&mut self, event: Event, answer: Option<StatusCode>) {
        self.all.insert(event);
        match answer {
            Some(StatusCode::OK) => self.acknowledged.insert(event),
            Some(StatusCode::SERVICE_UNAVAILABLE) => self.refused.insert(event),
            None => false,
            Some(other) => panic!("{event:?} was answered {other}"),
        };
    }

    /// Sends again what was not acknowledged, as terminals do; now all of it is.
    pub async fn resend(&mut self, devices: SocketAddr) {
        let client = client();
        let missing: Vec<Event> = self.all.difference(&self.acknowledged).copied().collect();
        for event in missing {
            assert_eq!(push(&client, devices, event).await, Some(StatusCode::OK), "{event:?}");
            self.acknowledged.insert(event);
        }
    }
}

/// Straight to the server, whatever proxy the environment names.
pub fn client() -> Client {
    Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap()
}

/// Where a terminal pushes to.
pub fn url(devices: SocketAddr, idx: usize) -> String {
    format!("http://{devices}/devices/hikvision/{}", secret_of(idx))
}

/// An event of a terminal; always the same bytes for the same number.
pub fn sample((idx, event_no): Event) -> SampleEvent {
    SampleEvent {
        serial_number: serial_of(idx),
        event_no,
        previous_event_no: Some(event_no - 1),
        ..SampleEvent::default()
    }
}

/// Pushes one event; `None` when no answer came.
pub async fn push(client: &Client, devices: SocketAddr, event: Event) -> Option<StatusCode> {
    send(client, &url(devices, event.0), "application/json", sample::json_body(&sample(event))).await
}

/// Pushes any bytes.
pub async fn send(client: &Client, url: &str, content_type: &str, body: Vec<u8>) -> Option<StatusCode> {
    let answer = client.post(url).header("content-type", content_type).body(body).send().await;
    answer.ok().map(|it| it.status())
}

/// Pushes from every terminal at once, each event a new one, until told to stop. Numbers go on at `from`.
pub fn load(devices: SocketAddr, from: i64, stop: CancellationToken) -> impl Future<Output = Sent> {
    counted_load(devices, from, stop, Tally::default())
}

/// As [`load`]; what became of it can be seen while it goes on.
pub fn counted_load(
    devices: SocketAddr,
    from: i64,
    stop: CancellationToken,
    tally: Tally,
) -> impl Future<Output = Sent> {
    let mut terminals = JoinSet::new();
    for idx in 0..DEVICES {
        terminals.spawn(terminal(devices, idx, from, stop.clone(), tally.clone()));
    }
    async move {
        let mut sent = Sent::default();
        for mut it in terminals.join_all().await {
            sent.acknowledged.append(&mut it.acknowledged);
            sent.refused.append(&mut it.refused);
            sent.all.append(&mut it.all);
        }
        sent
    }
}

async fn terminal(devices: SocketAddr, idx: usize, from: i64, stop: CancellationToken, tally: Tally) -> Sent {
    let (client, mut sent) = (client(), Sent::default());
    for event_no in from.. {
        if stop.is_cancelled() {
            break;
        }
        let answer = push(&client, devices, (idx, event_no)).await;
        sent.note((idx, event_no), answer);
        tally.count(answer);
        if answer != Some(StatusCode::OK) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    sent
}
