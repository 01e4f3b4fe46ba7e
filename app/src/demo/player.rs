//! Plays a morning of terminal traffic over HTTP: each terminal on its own, one push after the other, the same bytes
//! again until they are taken. Not responsible for what the bytes say.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::{Clock, SystemClock};
use reqwest::{Client, StatusCode, header};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::ready::{read_private, write_private};
use super::terminal::{Presence, Push, Terminal};

const HEARTBEAT: Duration = Duration::from_secs(30);
/// Between two stored events of one terminal.
const STORED_PAUSE: Duration = Duration::from_millis(400);
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Fewer events a second than this is as good as none.
const SLOWEST: f64 = 0.01;

/// A terminal and who is on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoDevice {
    /// Its id.
    pub id: String,
    /// Its gate.
    pub gate_id: String,
    /// The gate's site.
    pub site_id: String,
    /// Its serial number.
    pub serial: String,
    /// Its MAC address.
    pub mac: String,
    /// Where it pushes to, with its secret.
    pub path: String,
    /// `in` or `out`.
    pub direction: String,
    /// Some of the people of its site.
    pub employees: Vec<DemoEmployee>,
}

/// Somebody on a terminal's own roster.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoEmployee {
    /// Her number.
    pub employee_no: String,
    /// Her card.
    pub card_no: Option<String>,
    /// First and last minute of her shift in the local day, when she has one.
    pub shift: Option<(u16, u16)>,
}

/// How to play.
#[derive(Debug, Clone)]
pub struct PlayOptions {
    /// About so many events a second, over all terminals.
    pub pace: f64,
    /// Of all chance.
    pub seed: u64,
    /// A morning: stored events of the last hours first, then people arrive. Otherwise they come and go.
    pub morning: bool,
    /// Ends the play.
    pub stop: CancellationToken,
}

/// What the player's own process is given in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlayFile {
    /// The devices' listener.
    pub devices_url: String,
    /// Terminals.
    pub devices: Vec<DemoDevice>,
    /// As in [`PlayOptions`].
    pub pace: f64,
    /// As in [`PlayOptions`].
    pub seed: u64,
    /// As in [`PlayOptions`].
    pub morning: bool,
}

/// What was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Played {
    /// Pushes that were acknowledged.
    pub acknowledged: u64,
    /// Attempts that were not, and were made again.
    pub repeated: u64,
    /// Pushes that the server will never take.
    pub refused: u64,
}

impl DemoEmployee {
    /// Whether her shift covers this minute of the local day.
    pub(super) fn is_on_shift(&self, minute: u16) -> bool {
        match self.shift {
            None => true,
            Some((from, until)) if from < until => (from..until).contains(&minute),
            Some((from, until)) => from <= minute || minute < until,
        }
    }
}

impl PlayFile {
    /// Reads it.
    ///
    /// # Errors
    /// When it is not there or not such a file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        read_private(path)
    }

    /// Writes it so that nobody else can read the paths, which are secrets.
    ///
    /// # Errors
    /// When the folder is not writable.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        write_private(path, self)
    }
}

#[derive(Debug, Default)]
struct Counts {
    acknowledged: AtomicU64,
    repeated: AtomicU64,
    refused: AtomicU64,
}

/// The line from one terminal to the server.
struct Line {
    client: Client,
    url: String,
    counts: Arc<Counts>,
    stop: CancellationToken,
}

/// Plays until `options.stop`.
///
/// # Errors
/// When no client can be made.
pub async fn play(devices_url: &str, devices: &[DemoDevice], options: PlayOptions) -> anyhow::Result<Played> {
    // Straight to the server, whatever proxy the environment names.
    let client = Client::builder().no_proxy().timeout(Duration::from_secs(10)).build()?;
    let (counts, presence) = (Arc::<Counts>::default(), Arc::<Presence>::default());
    let now = SystemClock.now();
    let terminals: Vec<(Terminal, String)> = devices
        .iter()
        .enumerate()
        .map(|(idx, device)| {
            let url = format!("{}{}", devices_url.trim_end_matches('/'), device.path);
            let presence = Arc::clone(&presence);
            (Terminal::new(device.clone(), idx, options.seed, options.morning, presence, now), url)
        })
        .collect();
    let weights: f64 = terminals.iter().map(|(it, _)| f64::from(it.weight())).sum();
    let mut running = JoinSet::new();
    for (terminal, url) in terminals {
        let seconds = weights / (options.pace.max(SLOWEST) * f64::from(terminal.weight()));
        let mean = Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_WAIT);
        let line = Line { client: client.clone(), url, counts: Arc::clone(&counts), stop: options.stop.clone() };
        running.spawn(act(terminal, line, mean, options.morning));
    }
    while let Some(ended) = running.join_next().await {
        ended?;
    }
    Ok(Played {
        acknowledged: counts.acknowledged.load(Ordering::Relaxed),
        repeated: counts.repeated.load(Ordering::Relaxed),
        refused: counts.refused.load(Ordering::Relaxed),
    })
}

async fn act(mut terminal: Terminal, line: Line, mean: Duration, morning: bool) {
    if morning {
        for push in terminal.stored(SystemClock.now()) {
            if !line.send(&push).await || !line.pause(STORED_PAUSE).await {
                return;
            }
        }
    }
    let mut beat = interval(HEARTBEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut next = Instant::now() + pause(&mut terminal, mean);
    loop {
        let pushes = tokio::select! {
            () = line.stop.cancelled() => return,
            _ = beat.tick() => vec![terminal.heartbeat(SystemClock.now())],
            () = sleep_until(next) => {
                next = Instant::now() + pause(&mut terminal, mean);
                terminal.happen(SystemClock.now())
            }
        };
        if terminal.is_silent(SystemClock.now()) {
            return;
        }
        for push in &pushes {
            if !line.send(push).await {
                return;
            }
        }
    }
}

fn pause(terminal: &mut Terminal, mean: Duration) -> Duration {
    mean.saturating_mul(terminal.pause_per_mille()) / 1000
}

impl Line {
    /// Sends until it is taken, as a terminal does; false when the play is over.
    async fn send(&self, push: &Push) -> bool {
        let mut wait = FIRST_WAIT;
        loop {
            match self.attempt(push).await {
                Some(status) if status.is_success() => {
                    self.counts.acknowledged.fetch_add(1, Ordering::Relaxed);
                    return true;
                }
                Some(status) if !is_passing(status) => {
                    self.counts.refused.fetch_add(1, Ordering::Relaxed);
                    return true;
                }
                Some(_) | None => {
                    self.counts.repeated.fetch_add(1, Ordering::Relaxed);
                }
            }
            if !self.pause(wait).await {
                return false;
            }
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    async fn attempt(&self, push: &Push) -> Option<StatusCode> {
        let request = self.client.post(&self.url).header(header::CONTENT_TYPE, &push.content_type);
        let sent = tokio::select! {
            () = self.stop.cancelled() => return None,
            sent = request.body(push.body.clone()).send() => sent.ok()?,
        };
        let status = sent.status();
        // Read to its end, or the connection is not used again.
        sent.bytes().await.ok()?;
        Some(status)
    }

    async fn pause(&self, wait: Duration) -> bool {
        tokio::select! {
            () = self.stop.cancelled() => false,
            () = sleep(wait) => true,
        }
    }
}

fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_shift_covers_midnight() {
        let employee = |shift| DemoEmployee { employee_no: "010001".into(), card_no: None, shift };
        let night = employee(Some((19 * 60, 7 * 60 + 30)));
        assert!(night.is_on_shift(23 * 60) && night.is_on_shift(60) && !night.is_on_shift(12 * 60));
        let day = employee(Some((330, 1380)));
        assert!(day.is_on_shift(330) && !day.is_on_shift(1380));
        assert!(employee(None).is_on_shift(0));
    }

    #[test]
    fn what_will_never_be_taken_is_not_sent_again() {
        assert!(is_passing(StatusCode::SERVICE_UNAVAILABLE) && is_passing(StatusCode::TOO_MANY_REQUESTS));
        assert!(!is_passing(StatusCode::NOT_FOUND) && !is_passing(StatusCode::PAYLOAD_TOO_LARGE));
    }

    #[test]
    fn a_play_file_reads_back() {
        let file = PlayFile {
            devices_url: "http://127.0.0.1:9".into(),
            devices: Vec::new(),
            pace: 4.0,
            seed: 1,
            morning: true,
        };
        let read: PlayFile = serde_json::from_str(&serde_json::to_string(&file).unwrap()).unwrap();
        assert_eq!(read.devices_url, file.devices_url);
    }
}
