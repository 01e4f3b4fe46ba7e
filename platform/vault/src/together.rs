//! Keys that several callers make in the same moment are stored in one commit: the key store keeps a rollback journal, whose
//! commits are dear.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use db::DbError;
use tokio::sync::oneshot;

use crate::store::{KeyStore, Wrapped};

/// Whether keys that were stored were all new; the others had one already, and keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    AllNew,
    SomeKnown,
}

/// Whose keys wait for somebody's turn.
struct Waiting {
    ticket: u64,
    keys: Vec<Wrapped>,
    epoch: i64,
    stored: oneshot::Sender<Stored>,
}

/// The queue before the key store. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Together {
    waiting: Arc<Mutex<Vec<Waiting>>>,
    tickets: Arc<AtomicU64>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Together {
    /// Stores keys of subjects that have none; nothing is stored, and nothing returned, when this epoch is over. Whoever has
    /// the turn stores what the others brought meanwhile; if that fails, or she goes away, each stores her own.
    pub(crate) async fn insert_absent(
        &self,
        store: &KeyStore,
        keys: Vec<Wrapped>,
        epoch: i64,
    ) -> Result<Option<Stored>, DbError> {
        let (stored, mut done) = oneshot::channel();
        let ticket = self.tickets.fetch_add(1, Ordering::Relaxed);
        self.queue(|it| it.push(Waiting { ticket, keys: keys.clone(), epoch, stored }));
        let _turn = self.turn.lock().await;
        if let Ok(stored) = done.try_recv() {
            return Ok(Some(stored));
        }
        let batch = self.queue(std::mem::take);
        let mut all: Vec<&Wrapped> = batch.iter().flat_map(|it| &it.keys).collect();
        // Her own are in it, unless somebody took them along in vain.
        if !batch.iter().any(|it| it.ticket == ticket) {
            all.extend(&keys);
        }
        let oldest = batch.iter().map(|it| it.epoch).fold(epoch, i64::min);
        let Some(count) = store.insert_absent(&all, oldest).await? else { return Ok(None) };
        // Two who make a key for the same subject: one of them has made it in vain, and neither knows who.
        let subjects: HashSet<_> = all.iter().map(|it| (it.subject, it.purpose.as_str())).collect();
        let all_new = subjects.len() == all.len() && u64::try_from(all.len()) == Ok(count);
        let stored = if all_new { Stored::AllNew } else { Stored::SomeKnown };
        for it in batch {
            // Nobody listens any more where the caller went away.
            let _ = it.stored.send(stored);
        }
        Ok(Some(stored))
    }

    fn queue<T>(&self, act: impl FnOnce(&mut Vec<Waiting>) -> T) -> T {
        act(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
