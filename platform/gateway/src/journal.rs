//! Writing raw bodies: many senders, one writer, one commit for all that wait.

use std::time::Duration;

use bytes::Bytes;
use http_api::Platform;
use kernel::Instant64;
use kernel::time::{DAY, MINUTE};
use tokio::sync::{mpsc, oneshot};
use tracing::error;
use uuid::Uuid;
use vault::{Purpose, VaultError};

use crate::JournalId;
use crate::store::{self, NewRow};

/// The largest group that one commit carries.
const GROUP: usize = 512;
/// How long a sender waits for its body to be stored: as long as the decoder cannot store either, nothing moves.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long a process may work on a body before another may take it over.
const LEASE: i64 = MINUTE;

/// A body that is safely stored and wants decoding.
#[derive(Debug, Clone)]
pub struct Journalled {
    /// Its row.
    pub id: JournalId,
    /// Who sent it.
    pub device: Uuid,
    /// When it arrived.
    pub received_at: Instant64,
    /// As sent.
    pub content_type: String,
    /// Length as sent.
    pub bytes: i64,
    /// Without its pictures.
    pub body: Bytes,
}

struct Append {
    entry: Journalled,
    stored: oneshot::Sender<bool>,
}

/// The writer's front. Cheap to clone.
#[derive(Clone)]
pub struct Journal {
    queue: mpsc::Sender<Append>,
}

impl Journal {
    /// Starts the writer; what it has stored goes to `decode`, in order.
    pub fn start(platform: &Platform, decode: mpsc::Sender<Vec<Journalled>>) -> Self {
        let (queue, waiting) = mpsc::channel(4 * GROUP);
        platform.supervisor.spawn_finishing(write_groups(platform.clone(), waiting, decode));
        Self { queue }
    }

    /// Stores a body; true once it is committed. False means that the device must send it again.
    pub async fn append(&self, entry: Journalled) -> bool {
        let (stored, answer) = oneshot::channel();
        let stored = async {
            self.queue.send(Append { entry, stored }).await.ok()?;
            answer.await.ok()
        };
        matches!(tokio::time::timeout(PATIENCE, stored).await, Ok(Some(true)))
    }
}

async fn write_groups(platform: Platform, mut waiting: mpsc::Receiver<Append>, decode: mpsc::Sender<Vec<Journalled>>) {
    let stopping = platform.supervisor.stopping();
    let mut group = Vec::with_capacity(GROUP);
    loop {
        // While one group commits the next one gathers, so groups grow with the load and nobody waits for a timer.
        let taken = tokio::select! {
            taken = waiting.recv_many(&mut group, GROUP) => taken,
            () = stopping.cancelled(), if waiting.is_empty() => 0,
        };
        if taken == 0 {
            return;
        }
        // Who has given up sends again.
        group.retain(|it: &Append| !it.stored.is_closed());
        if group.is_empty() {
            continue;
        }
        let (entries, answers): (Vec<_>, Vec<_>) = group.drain(..).map(|it| (it.entry, it.stored)).unzip();
        let started = std::time::Instant::now();
        let stored = write_group(&platform, &entries).await;
        metrics::histogram!("fugong_journal_commit_seconds").record(started.elapsed().as_secs_f64());
        metrics::histogram!("fugong_journal_group").record(f64::from(u32::try_from(entries.len()).unwrap_or(0)));
        if let Err(error) = &stored {
            error!(error = kernel::cause(error), "{} bodies of devices could not be stored", entries.len());
        }
        for answer in answers {
            let _ = answer.send(stored.is_ok());
        }
        if stored.is_ok() {
            // The decoder is slower than the journal: waiting here slows the devices down, and loses nothing.
            if decode.send(entries).await.is_err() {
                return;
            }
        }
    }
}

async fn write_group(platform: &Platform, entries: &[Journalled]) -> Result<(), VaultError> {
    let mut subjects: Vec<Uuid> = entries.iter().map(|it| key_subject(it.device, it.received_at, false)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let now = platform.now();
    let keys = platform.vault.ensure(&subjects, Purpose::Journal, Some(2 * DAY), now).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let subject = key_subject(entry.device, entry.received_at, false);
        let key = keys.get(&subject).ok_or(VaultError::Gone)?;
        rows.push(NewRow {
            id: entry.id,
            device: entry.device,
            received_at: entry.received_at,
            content_type: entry.content_type.clone(),
            bytes: entry.bytes,
            sealed: key.seal(store::place(entry.id), &entry.body),
            leased_until: now.plus(LEASE),
        });
    }
    let mut tx = platform.journal.begin().await?;
    store::insert(&mut tx, rows).await?;
    Ok(tx.commit().await?)
}

/// Bodies that were stored but not decoded, by a process that has died or been too slow. They are leased to this one.
pub async fn recover(platform: &Platform) -> Result<Vec<Journalled>, VaultError> {
    let now = platform.now();
    let mut tx = platform.journal.begin().await?;
    let rows = store::lease(&mut tx, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let received_at = Instant64::from_micros(row.received_at);
        let id = JournalId::from_uuid(row.id);
        let key = platform.vault.key(key_subject(row.device_id, received_at, false), Purpose::Journal).await;
        let body = key.and_then(|key| key.open(store::place(id), row.body_sealed.as_deref().unwrap_or_default()));
        match body {
            Ok(body) => found.push(Journalled {
                id,
                device: row.device_id,
                received_at,
                content_type: row.content_type,
                bytes: row.bytes,
                body: body.into(),
            }),
            Err(error) => error!(journal.id = %id, error = kernel::cause(&error), "a body does not open"),
        }
    }
    found.sort_by_key(|it| it.id);
    Ok(found)
}

/// A body that no codec could read, and what the codec said.
#[derive(Debug, Clone, Copy)]
pub struct Unparseable<'a> {
    /// Which.
    pub body: &'a Journalled,
    /// Stable codes, one a line on the device's page.
    pub warnings: &'a [String],
}

/// Marks bodies as done, after what they said was stored. A crash in between lets them be decoded a second time, which
/// changes nothing: their events are known by their keys. What could not be read is sealed anew under the key that is
/// kept for seven days, so that an engineer can look at it.
pub async fn finish(
    platform: &Platform,
    decoded: &[JournalId],
    unparseable: &[Unparseable<'_>],
) -> Result<(), VaultError> {
    let subject = |it: &Unparseable<'_>| key_subject(it.body.device, it.body.received_at, true);
    let mut subjects: Vec<Uuid> = unparseable.iter().map(subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let keys = platform.vault.ensure(&subjects, Purpose::Journal, Some(8 * DAY), platform.now()).await?;
    let mut tx = platform.journal.begin().await?;
    store::mark_decoded(&mut tx, decoded).await?;
    for it in unparseable {
        let key = keys.get(&subject(it)).ok_or(VaultError::Gone)?;
        let sealed = key.seal(store::place(it.body.id), &it.body.body);
        store::mark_unparseable(&mut tx, it.body.id, &it.warnings.join("\n"), sealed).await?;
    }
    Ok(tx.commit().await?)
}

/// Moves bodies that an older version kept in the main database into the journal's own; how many.
pub async fn adopt(main: &db::Db, journal: &db::Db) -> Result<u64, db::DbError> {
    let mut moved = 0;
    loop {
        let rows = store::oldest(&mut main.reader()).await?;
        if rows.is_empty() {
            return Ok(moved);
        }
        let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
        let mut tx = journal.begin().await?;
        moved += store::insert_as_they_are(&mut tx, rows).await?;
        tx.commit().await?;
        let mut tx = main.begin().await?;
        store::delete(&mut tx, &ids).await?;
        tx.commit().await?;
    }
}

/// Removes bodies whose time is over: decoded ones after a day, unreadable ones after seven.
pub async fn sweep(platform: &Platform) -> Result<u64, VaultError> {
    let now = platform.now();
    platform.vault.expire(now).await?;
    let mut tx = platform.journal.begin().await?;
    let gone = store::delete_old(&mut tx, now.plus(-DAY), now.plus(-7 * DAY)).await?;
    tx.commit().await?;
    Ok(gone)
}

/// The key of one device and day; unreadable bodies have another, which lives longer.
pub(crate) fn key_subject(device: Uuid, received_at: Instant64, kept_longer: bool) -> Uuid {
    let day = received_at.micros().div_euclid(DAY).unsigned_abs();
    Uuid::from_u128(device.as_u128() ^ (u128::from(day) << 1) ^ u128::from(kept_longer))
}
