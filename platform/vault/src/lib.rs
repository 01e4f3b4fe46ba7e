//! Keys, and everything that is done with them: sealing fields, blind indexes, erasure.
//!
//! Each person has one key per purpose. Keys are kept wrapped in a store of their own ([`store`]), outside ordinary
//! backups; the key that wraps them lies in a third place and is replaced at least daily ([`Vault::rotate`]). Who
//! destroys a person's keys makes every copy of her sealed fields unreadable, backups included.
//!
//! Not here: what is sealed and why; that each slice says with a [`Purpose`] and an associated place.

mod blind;
mod key;
mod store;
mod wrapping;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use kernel::Instant64;
use uuid::Uuid;

pub use blind::{BlindIndex, IndexKey, keyed_digest};
pub use key::{DataKey, Place, random_bytes, random_token};
use store::KeyStore;
use wrapping::WrappingKeys;

/// What a key is for. A purpose can be ended without the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Name, document, phone.
    Identity,
    /// Temperatures, status reasons, symptoms.
    Health,
    /// Raw bytes of a device for one day.
    Journal,
    /// The server's own: second factors, stored answers.
    System,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Health => "health",
            Self::Journal => "journal",
            Self::System => "system",
        }
    }
}

/// What can go wrong with keys.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key is not there: never made, or destroyed. The sealed value cannot be read any more.
    #[error("the key is gone")]
    Gone,
    /// The bytes were not sealed with this key for this place, or were changed.
    #[error("the sealed value does not open")]
    Broken,
    /// The wrapping key's file cannot be read or written.
    #[error("the wrapping key's folder")]
    WrappingKey(#[source] std::io::Error),
    /// The key store.
    #[error("the store: {0}")]
    Store(#[from] db::DbError),
}

/// Where keys are.
#[derive(Debug, Clone)]
pub struct VaultConfig {
    /// `sqlite:<path>` or `postgres://…` of the key store.
    pub url: String,
    /// Folder of the wrapping key: outside the database and the key store, and outside backups of both.
    pub wrapping_key_dir: PathBuf,
}

/// The largest number of unwrapped keys kept in memory; beyond it the cache starts afresh.
const CACHE_LIMIT: usize = 400_000;

type Cache = HashMap<(Uuid, Purpose), Arc<DataKey>>;

/// The door to all keys. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    store: KeyStore,
    wrapping: Arc<tokio::sync::RwLock<WrappingKeys>>,
    cache: Arc<Mutex<Cache>>,
}

impl Vault {
    /// Opens the store; makes it and the first wrapping key if they are not there.
    pub async fn open(config: &VaultConfig, now: Instant64) -> Result<Self, VaultError> {
        let store = KeyStore::open(&config.url).await?;
        let wrapping = WrappingKeys::open(&config.wrapping_key_dir, now)?;
        Ok(Self { store, wrapping: Arc::new(tokio::sync::RwLock::new(wrapping)), cache: Arc::default() })
    }

    /// The key of this subject and purpose.
    ///
    /// # Errors
    /// [`VaultError::Gone`] when it does not exist.
    pub async fn key(&self, subject: Uuid, purpose: Purpose) -> Result<Arc<DataKey>, VaultError> {
        self.keys(&[subject], purpose).await?.remove(&subject).ok_or(VaultError::Gone)
    }

    /// The keys of many subjects in one question; a subject whose key is gone is absent from the answer.
    pub async fn keys(&self, subjects: &[Uuid], purpose: Purpose) -> Result<HashMap<Uuid, Arc<DataKey>>, VaultError> {
        let (mut found, missing) = self.cached(subjects, purpose);
        if missing.is_empty() {
            return Ok(found);
        }
        let wrapping = self.wrapping.read().await;
        for wrapped in self.store.find(&missing, purpose.code()).await? {
            let key = Arc::new(wrapping.unwrap(&wrapped)?);
            self.remember(wrapped.subject, purpose, &key);
            found.insert(wrapped.subject, key);
        }
        Ok(found)
    }

    /// As [`Vault::keys`], but makes what is missing. A key made for `days` is destroyed by [`Vault::expire`] after
    /// them; `None` keeps it until the subject is erased.
    pub async fn ensure(
        &self,
        subjects: &[Uuid],
        purpose: Purpose,
        lifetime: Option<i64>,
        now: Instant64,
    ) -> Result<HashMap<Uuid, Arc<DataKey>>, VaultError> {
        let mut found = self.keys(subjects, purpose).await?;
        let missing: Vec<Uuid> = subjects.iter().copied().filter(|it| !found.contains_key(it)).collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let wrapping = self.wrapping.read().await;
        let expires_at = lifetime.map(|it| now.plus(it));
        let fresh: Vec<_> = missing.iter().map(|it| wrapping.make(*it, purpose.code(), now, expires_at)).collect();
        self.store.insert_absent(&fresh).await?;
        drop(wrapping);
        // Another node may have made one first: what is stored is the truth.
        found.extend(self.keys(&missing, purpose).await?);
        Ok(found)
    }

    /// Destroys all keys of these subjects; the number destroyed. What they sealed is unreadable from now on.
    pub async fn destroy(&self, subjects: &[Uuid]) -> Result<u64, VaultError> {
        let destroyed = self.store.delete(subjects).await?;
        self.forget(|(subject, _)| subjects.contains(subject));
        Ok(destroyed)
    }

    /// Destroys keys whose time is over; the number destroyed.
    pub async fn expire(&self, now: Instant64) -> Result<u64, VaultError> {
        let gone = self.store.delete_expired(now).await?;
        if gone != 0 {
            self.forget(|(_, purpose)| *purpose == Purpose::Journal || *purpose == Purpose::System);
        }
        Ok(gone)
    }

    /// Replaces the wrapping key: every key is wrapped anew and the old wrapping key is destroyed, so that an older
    /// copy of the key store opens nothing.
    pub async fn rotate(&self, now: Instant64) -> Result<(), VaultError> {
        let mut wrapping = self.wrapping.write().await;
        wrapping.begin_rotation(now)?;
        let mut after = None;
        loop {
            let page = self.store.page(after).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.subject, last.purpose.clone()));
            let rewrapped: Result<Vec<_>, _> = page.iter().map(|it| wrapping.rewrap(it)).collect();
            self.store.replace(&rewrapped?).await?;
        }
        wrapping.finish_rotation()
    }

    /// The wrapping key's number and when it was made.
    pub async fn wrapping_epoch(&self) -> (i64, Instant64) {
        self.wrapping.read().await.current()
    }

    /// Drops every unwrapped key from memory.
    pub fn forget_all(&self) {
        self.forget(|_| true);
    }

    /// The key store's file copied for a backup; nothing when it is on PostgreSQL.
    pub async fn copy_to(&self, path: &std::path::Path) -> Result<(), VaultError> {
        Ok(self.store.copy_to(path).await?)
    }

    fn cached(&self, subjects: &[Uuid], purpose: Purpose) -> (HashMap<Uuid, Arc<DataKey>>, Vec<Uuid>) {
        let cache = self.lock();
        let mut found = HashMap::with_capacity(subjects.len());
        let mut missing = Vec::new();
        for subject in subjects {
            match cache.get(&(*subject, purpose)) {
                Some(key) => {
                    found.insert(*subject, Arc::clone(key));
                }
                None => missing.push(*subject),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        (found, missing)
    }

    fn remember(&self, subject: Uuid, purpose: Purpose, key: &Arc<DataKey>) {
        let mut cache = self.lock();
        if cache.len() >= CACHE_LIMIT {
            cache.clear();
        }
        cache.insert((subject, purpose), Arc::clone(key));
    }

    fn forget(&self, which: impl Fn(&(Uuid, Purpose)) -> bool) {
        self.lock().retain(|it, _| !which(it));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
