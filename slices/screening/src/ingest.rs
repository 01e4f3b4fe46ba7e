//! From journalled bytes to recorded readings, in batches.
//!
//! Whatever goes wrong here, the bytes are safe in the journal: a failed batch is tried again, and what a dead process
//! left behind is taken over by [`gateway::recover`]. Bodies are marked as done after what they said is committed.

mod facts;

use std::collections::BTreeMap;
use std::time::Duration;

use alarms::AlarmKind;
use gateway::{JournalId, Journalled, Unparseable};
use http_api::Platform;
use kernel::Instant64;
use observation::{Kind, Observation};
use places::DeviceTouch;
use tokio::sync::mpsc;
use tracing::{error, warn};
use uuid::Uuid;
use vault::VaultError;

use crate::record::{Reading, record};
use crate::tasks::raise_for_device;
use facts::Surroundings;

pub(crate) use facts::passage;

/// Turns a body into observations; handed in by `app`, one for each kind of device.
pub type DecodeFn = fn(content_type: &str, body: &[u8]) -> Vec<Observation>;

/// How often bodies that another process left behind are looked for.
const RECOVERY: Duration = Duration::from_secs(15);

/// Beyond so many bodies a transaction takes no further group.
const BATCH: usize = 512;

/// A batch of fewer waits a moment for company.
const FEW: usize = 32;
const GATHERING: Duration = Duration::from_millis(5);

/// What the device's page says of a body whose meaning the store refuses.
const NOT_STORABLE: &str = "not_storable";

/// The decoder's task.
pub struct Ingest {
    platform: Platform,
    decode: DecodeFn,
}

/// What one body said.
struct Decoded {
    id: JournalId,
    device: Uuid,
    received_at: Instant64,
    bytes: i64,
    observations: Vec<Observation>,
}

impl Ingest {
    /// With its codec.
    pub const fn new(platform: Platform, decode: DecodeFn) -> Self {
        Self { platform, decode }
    }

    /// Works until the journal closes, so that a stop leaves nothing undone; takes over what was left behind, now and
    /// then.
    pub async fn run(self, mut stored: mpsc::Receiver<Vec<Journalled>>) {
        let mut timer = tokio::time::interval(RECOVERY);
        loop {
            tokio::select! {
                biased;
                batch = stored.recv() => match batch {
                    Some(mut batch) => {
                        // What has gathered meanwhile goes along: a transaction costs the same for many. When there is
                        // little, a moment more of it costs nobody anything.
                        if batch.len() < FEW {
                            tokio::time::sleep(GATHERING).await;
                        }
                        while batch.len() < BATCH && let Ok(more) = stored.try_recv() {
                            batch.extend(more);
                        }
                        self.until_done(batch).await;
                    }
                    None => return,
                },
                _ = timer.tick() => self.recover().await,
            }
        }
    }

    /// Decodes what other processes, or this one before a restart, did not get to. Also used by tests.
    pub async fn recover(&self) {
        loop {
            match gateway::recover(&self.platform).await {
                Ok(batch) if batch.is_empty() => return,
                Ok(batch) => self.until_done(batch).await,
                Err(error) => {
                    warn!(error = kernel::cause(&error), "bodies left behind cannot be read yet");
                    return;
                }
            }
        }
    }

    async fn until_done(&self, batch: Vec<Journalled>) {
        let stopping = self.platform.supervisor.stopping();
        let mut pause = Duration::from_millis(50);
        while let Err(error) = self.settle(&batch).await {
            error!(error = kernel::cause(&error), bodies = batch.len(), "a batch is tried again");
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                // Its bodies stay pending and are taken over after the restart.
                () = stopping.cancelled() => return,
            }
            pause = (pause * 2).min(Duration::from_secs(5));
        }
        for it in &batch {
            let seconds = self.platform.now().since(it.received_at).max(0);
            metrics::histogram!("fugong_verdict_seconds").record(seconds_of(seconds));
        }
    }

    /// Stores what a batch says. When something in it can never be stored, each body goes alone, and those that fail
    /// even so are kept as unreadable: they must not hold up everybody else's verdicts.
    async fn settle(&self, batch: &[Journalled]) -> Result<(), VaultError> {
        match self.process(batch).await {
            Err(error) if is_lasting(&error) => {
                warn!(error = kernel::cause(&error), bodies = batch.len(), "a batch goes body by body");
            }
            done => return done,
        }
        for body in batch {
            match self.process(std::slice::from_ref(body)).await {
                Err(error) if is_lasting(&error) => self.set_aside(body, &error).await?,
                done => done?,
            }
        }
        Ok(())
    }

    async fn set_aside(&self, body: &Journalled, cause: &VaultError) -> Result<(), VaultError> {
        error!(journal.id = %body.id, error = kernel::cause(cause), "a body cannot be stored and is set aside");
        let warnings = &[NOT_STORABLE.to_owned()];
        gateway::finish(&self.platform, &[], &[Unparseable { body, warnings }]).await
    }

    /// One batch in one transaction; then the journal is told.
    pub async fn process(&self, batch: &[Journalled]) -> Result<(), VaultError> {
        let decoded: Vec<Decoded> = batch.iter().map(|it| self.decode(it)).collect();
        let now = self.platform.now();
        let surroundings = Surroundings::load(&self.platform, &decoded, now).await?;
        let mut devices: BTreeMap<Uuid, DeviceTouch> = BTreeMap::new();
        let mut readings = Vec::new();
        for body in &decoded {
            self.read_body(body, &surroundings, &mut devices, &mut readings);
        }
        let mut tx = self.platform.db.begin().await?;
        record(&self.platform, &mut tx, readings, now).await?;
        let touches: Vec<DeviceTouch> = devices.into_values().collect();
        places::touch(&mut tx, &touches, now).await?;
        // Whatever it said: another device than the registered one hangs there now.
        for it in touches.iter().filter(|it| surroundings.turned_untrusted(it)) {
            let gate = surroundings.device(it.id).map(|it| it.gate_id);
            raise_for_device(&mut tx, AlarmKind::DeviceUntrusted, it.id, gate.unwrap_or_default(), now).await?;
        }
        tx.commit().await?;
        let done: Vec<JournalId> = decoded.iter().filter(|it| !is_unparseable(it)).map(|it| it.id).collect();
        let unread = batch.iter().zip(&decoded).filter(|(_, it)| is_unparseable(it));
        let unread: Vec<(&Journalled, Vec<String>)> = unread.map(|(body, it)| (body, warnings_of(it))).collect();
        let unread: Vec<Unparseable<'_>> =
            unread.iter().map(|(body, warnings)| Unparseable { body, warnings }).collect();
        gateway::finish(&self.platform, &done, &unread).await?;
        metrics::counter!("fugong_bodies_decoded_total").increment(u64::try_from(done.len()).unwrap_or(0));
        Ok(())
    }

    fn decode(&self, body: &Journalled) -> Decoded {
        Decoded {
            id: body.id,
            device: body.device,
            received_at: body.received_at,
            bytes: body.bytes,
            observations: (self.decode)(&body.content_type, &body.body),
        }
    }

    fn read_body(
        &self,
        body: &Decoded,
        surroundings: &Surroundings,
        devices: &mut BTreeMap<Uuid, DeviceTouch>,
        readings: &mut Vec<Reading>,
    ) {
        // A device that was deleted between its push and now has nothing to hang its readings on.
        let Some(facts) = surroundings.device(body.device) else { return };
        let touch = devices.entry(body.device).or_insert_with(|| facts::new_touch(facts));
        touch.bytes = touch.bytes.saturating_add(body.bytes);
        touch.unparseable += i64::from(is_unparseable(body));
        for (index, observation) in body.observations.iter().enumerate() {
            if observation.kind == Kind::Unparseable {
                continue;
            }
            facts::learn(touch, facts, observation, body.received_at);
            if matches!(observation.kind, Kind::AccessGranted | Kind::AccessDenied) {
                readings.push(surroundings.reading(body, index, observation, facts, touch));
            }
        }
    }
}

/// Whether the same bodies would fail again, however often they are tried.
const fn is_lasting(error: &VaultError) -> bool {
    match error {
        VaultError::Store(error) => !error.is_passing(),
        VaultError::Gone | VaultError::Broken => true,
        VaultError::WrappingKey(_) | VaultError::WrappingKeyMissing(_) => false,
    }
}

fn warnings_of(body: &Decoded) -> Vec<String> {
    body.observations.iter().flat_map(|it| it.warnings.clone()).collect()
}

fn is_unparseable(body: &Decoded) -> bool {
    body.observations.iter().all(|it| it.kind == Kind::Unparseable)
}

fn seconds_of(micros: i64) -> f64 {
    Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
}
