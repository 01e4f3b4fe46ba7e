//! Sends pushes from many connections and times their acknowledgements. Not responsible for what becomes of them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::Rate;
use crate::door::{Door, Pictures};
use crate::report::Times;
use crate::wire::Wire;

/// An answer that takes longer is counted as none.
const PATIENCE: Duration = Duration::from_secs(30);
/// Later than any run ends.
const FAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// Who sends what whereto.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    /// `host:port` of the devices' listener, or of the floor.
    pub(crate) address: String,
    pub(crate) doors: Arc<Vec<Door>>,
    pub(crate) pictures: Arc<Pictures>,
    /// When events of the sampled device were begun, by event number.
    pub(crate) marks: Arc<Marks>,
}

/// Begin of the events of one device, until their verdict is seen.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    device_id: String,
    begun: Mutex<HashMap<i64, Instant>>,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Within the time of the run; what was under way at its end is timed, not counted.
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    pub(crate) seconds: f64,
    /// To the acknowledgement, from when the event was due.
    pub(crate) times: Times,
}

impl Marks {
    /// Watches one device.
    pub(crate) fn of(device_id: &str) -> Self {
        Self { device_id: device_id.to_owned(), begun: Mutex::default() }
    }

    pub(crate) fn device_id(&self) -> &str {
        &self.device_id
    }

    fn begin(&self, device_id: &str, event_no: i64, at: Instant) {
        if device_id == self.device_id {
            self.begun.lock().unwrap_or_else(PoisonError::into_inner).insert(event_no, at);
        }
    }

    /// When that event was begun; once.
    pub(crate) fn take(&self, event_no: i64) -> Option<Instant> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).remove(&event_no)
    }

    /// Events without a verdict, which are forgotten.
    pub(crate) fn drain(&self) -> usize {
        std::mem::take(&mut *self.begun.lock().unwrap_or_else(PoisonError::into_inner)).len()
    }
}

/// Sends for so many seconds; every connection speaks for its own doors, as far as there are enough.
pub(crate) async fn generate(load: &Load, connections: usize, rate: Rate, seconds: u64) -> anyhow::Result<Sent> {
    let tickets = Arc::new(AtomicU64::new(0));
    let start = Instant::now() + Duration::from_millis(200);
    let end = start + Duration::from_secs(seconds);
    let connections = connections.max(1);
    let mut running = JoinSet::new();
    for idx in 0..connections {
        let own = own_doors(load.doors.len(), connections, idx);
        let sender = Sender { load: load.clone(), own, rate, tickets: Arc::clone(&tickets), start, end };
        running.spawn(sender.run());
    }
    let mut sum = Sent::default();
    while let Some(sent) = running.join_next().await {
        let sent = sent?;
        sum.acknowledged += sent.acknowledged;
        sum.refused += sent.refused;
        sum.times.extend(sent.times);
    }
    sum.seconds = (end - start).as_secs_f64();
    Ok(sum)
}

fn own_doors(n_doors: usize, connections: usize, idx: usize) -> Vec<usize> {
    let own: Vec<usize> = (idx..n_doors).step_by(connections).collect();
    if own.is_empty() { vec![idx % n_doors.max(1)] } else { own }
}

struct Sender {
    load: Load,
    own: Vec<usize>,
    rate: Rate,
    tickets: Arc<AtomicU64>,
    start: Instant,
    end: Instant,
}

impl Sender {
    async fn run(self) -> Sent {
        let mut sent = Sent::default();
        let mut wire = None;
        sleep_until(self.start).await;
        for idx in self.own.iter().cycle() {
            let Some(begun) = self.due().await else { break };
            let Some(door) = self.load.doors.get(*idx) else { break };
            let request = door.next(&self.load.pictures);
            self.load.marks.begin(&door.device_id, request.event_no, begun);
            match attempt(&mut wire, &self.load.address, &request.bytes).await {
                Some(200) => {
                    sent.acknowledged += u64::from(Instant::now() <= self.end);
                    sent.times.add(begun.elapsed());
                }
                _ => {
                    sent.refused += 1;
                    let _ = self.load.marks.take(request.event_no);
                }
            }
        }
        sent
    }

    /// Waits until the next event is due. One that is late counts from when it was due: a slow server does not get
    /// fewer questions for being slow.
    async fn due(&self) -> Option<Instant> {
        let now = Instant::now();
        let due = match self.rate {
            Rate::Max => now,
            Rate::PerSecond(rate) => {
                let ticket = u32::try_from(self.tickets.fetch_add(1, Ordering::Relaxed)).unwrap_or(u32::MAX);
                self.start + Duration::try_from_secs_f64(f64::from(ticket) / rate).unwrap_or(FAR)
            }
        };
        if self.end <= due || self.end <= now {
            return None;
        }
        if due <= now {
            return Some(due);
        }
        sleep_until(due).await;
        // Waking up late is this process's fault, not the server's.
        Some(Instant::now())
    }
}

async fn attempt(wire: &mut Option<Wire>, address: &str, request: &[u8]) -> Option<u16> {
    if wire.is_none() {
        *wire = Wire::open(address).await.ok();
    }
    let answer = match wire.as_mut() {
        Some(wire) => timeout(PATIENCE, wire.exchange(request)).await,
        None => {
            sleep(Duration::from_millis(50)).await;
            return None;
        }
    };
    match answer {
        Ok(Ok(answer)) => Some(answer.status),
        Ok(Err(_)) | Err(_) => {
            *wire = None;
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_share_the_doors_without_overlap() {
        let shares: Vec<_> = (0..3).map(|it| own_doors(7, 3, it)).collect();
        assert_eq!(shares, [vec![0, 3, 6], vec![1, 4], vec![2, 5]]);
        assert_eq!(own_doors(2, 5, 4), [0]);
    }

    #[test]
    fn a_mark_is_taken_once_and_only_of_the_sampled_device() {
        let marks = Marks::of("dev_1");
        marks.begin("dev_1", 7, Instant::now());
        marks.begin("dev_2", 8, Instant::now());
        assert!(marks.take(7).is_some() && marks.take(7).is_none() && marks.take(8).is_none());
        assert_eq!(marks.drain(), 0);
    }
}
