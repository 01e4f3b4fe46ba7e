//! Keys, and everything that is done with them: sealing fields, blind indexes, erasure.
//!
//! Each person has one key per purpose. Keys are kept wrapped in a store of their own ([`store`]), outside ordinary
//! backups; the key that wraps them lies in a third place and is replaced at least daily ([`Vault::rotate`]). Who
//! destroys a person's keys makes every copy of her sealed fields unreadable, backups included.
//!
//! Not here: what is sealed and why; that each slice says with a [`Purpose`] and an associated place.

mod blind;
mod key;
mod signer;
mod store;
mod together;
mod wrapping;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use kernel::Instant64;
use uuid::Uuid;

pub use blind::{BlindIndex, IndexKey, keyed_digest};
pub use key::{DataKey, Place, random_bytes, random_token};
pub use signer::{Signer, Signs, is_signed};
use store::KeyStore;
use together::{Stored, Together};
use wrapping::WrappingKeys;

/// What a key is for. A purpose can be ended without the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Name, document, phone.
    Identity,
    /// Temperatures, status reasons, symptoms.
    Health,
    /// Where she was, by her consent.
    Location,
    /// What a face is recognised by, by her consent.
    Face,
    /// What lists were matched for her, by her consent.
    Matching,
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
            Self::Location => "location",
            Self::Face => "face",
            Self::Matching => "matching",
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
    /// The key is there, but not the wrapping key that opens it: another folder than the one it was wrapped with.
    #[error("the wrapping key {0} is not in its folder")]
    WrappingKeyMissing(i64),
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
    together: Together,
    wrapping: Arc<tokio::sync::RwLock<WrappingKeys>>,
    cache: Arc<Mutex<Cache>>,
    /// How many destructions of keys, by whichever process, the cache has heeded.
    heeded: Arc<AtomicI64>,
}

/// How often a question is asked again because another process rotated in between.
const ATTEMPTS: usize = 3;

impl Vault {
    /// Opens the store; makes it and the first wrapping key if they are not there.
    pub async fn open(config: &VaultConfig, now: Instant64) -> Result<Self, VaultError> {
        let store = KeyStore::open(&config.url).await?;
        // Only an empty store gets a first wrapping key: an empty folder beside a full one is a mount that is missing.
        let wrapping = WrappingKeys::open(&config.wrapping_key_dir, store.newest_epoch().await?, now)?;
        let heeded = Arc::new(AtomicI64::new(store.state().await?.destroyed));
        let wrapping = Arc::new(tokio::sync::RwLock::new(wrapping));
        Ok(Self { store, together: Together::default(), wrapping, cache: Arc::default(), heeded })
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
        for (subject, key) in self.unwrapped(&missing, purpose).await? {
            self.remember(subject, purpose, &key);
            found.insert(subject, key);
        }
        Ok(found)
    }

    /// Asks the store. Keys of an epoch that is unknown here were wrapped by another process: its files are read.
    async fn unwrapped(&self, subjects: &[Uuid], purpose: Purpose) -> Result<Vec<(Uuid, Arc<DataKey>)>, VaultError> {
        let mut outcome = Ok(Vec::new());
        for _ in 0..ATTEMPTS {
            let rows = self.store.find(subjects, purpose.code()).await?;
            let wrapping = self.wrapping.read().await;
            let unwrap = |it: &store::Wrapped| Ok((it.subject, Arc::new(wrapping.unwrap(it)?)));
            outcome = rows.iter().map(unwrap).collect();
            drop(wrapping);
            match outcome {
                Err(VaultError::WrappingKeyMissing(_)) => self.wrapping.write().await.reload()?,
                _ => break,
            }
        }
        outcome
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
        let stored = self.store_new(&missing, purpose, lifetime, now).await?;
        // Another node may have made one first: what is stored is the truth.
        match stored {
            (keys, Stored::AllNew) => found.extend(keys),
            (_, Stored::SomeKnown) => found.extend(self.keys(&missing, purpose).await?),
        }
        Ok(found)
    }

    /// Makes the key of a subject that has none yet, such as a row whose id was made a moment ago: as [`Vault::ensure`],
    /// without asking first.
    pub async fn make(&self, subject: Uuid, purpose: Purpose, now: Instant64) -> Result<Arc<DataKey>, VaultError> {
        match self.store_new(&[subject], purpose, None, now).await? {
            (mut keys, Stored::AllNew) => keys.remove(&subject).ok_or(VaultError::Gone),
            (_, Stored::SomeKnown) => self.key(subject, purpose).await,
        }
    }

    /// Makes keys and stores them; they hold where all of them were new.
    async fn store_new(
        &self,
        subjects: &[Uuid],
        purpose: Purpose,
        lifetime: Option<i64>,
        now: Instant64,
    ) -> Result<(HashMap<Uuid, Arc<DataKey>>, Stored), VaultError> {
        let expires_at = lifetime.map(|it| now.plus(it));
        for _ in 0..ATTEMPTS {
            let wrapping = self.wrapping.read().await;
            let fresh: Vec<_> = subjects.iter().map(|it| wrapping.make(*it, purpose.code(), now, expires_at)).collect();
            let unwrap = |it: &store::Wrapped| Ok((it.subject, Arc::new(wrapping.unwrap(it)?)));
            let keys = fresh.iter().map(unwrap).collect::<Result<HashMap<_, _>, VaultError>>()?;
            let stored = self.together.insert_absent(&self.store, fresh, wrapping.current().0).await?;
            drop(wrapping);
            match stored {
                Some(Stored::AllNew) => {
                    keys.iter().for_each(|(subject, key)| self.remember(*subject, purpose, key));
                    return Ok((keys, Stored::AllNew));
                }
                Some(Stored::SomeKnown) => return Ok((HashMap::new(), Stored::SomeKnown)),
                None => self.wrapping.write().await.reload()?,
            }
        }
        // Rotated again and again in between: what is there is what is stored.
        Ok((HashMap::new(), Stored::SomeKnown))
    }

    /// Destroys all keys of these subjects; the number destroyed. What they sealed is unreadable from now on.
    pub async fn destroy(&self, subjects: &[Uuid]) -> Result<u64, VaultError> {
        let destroyed = self.store.delete(subjects, None).await?;
        self.forget(|(subject, _)| subjects.contains(subject));
        Ok(destroyed)
    }

    /// Destroys the keys of one purpose; the number destroyed. Whatever else is sealed for these subjects stays readable.
    pub async fn destroy_purpose(&self, subjects: &[Uuid], purpose: Purpose) -> Result<u64, VaultError> {
        let destroyed = self.store.delete(subjects, Some(purpose.code())).await?;
        self.forget(|(subject, of)| *of == purpose && subjects.contains(subject));
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
    /// copy of the key store opens nothing. Several processes on one key store and folder may do it at once.
    pub async fn rotate(&self, now: Instant64) -> Result<(), VaultError> {
        let epoch = {
            let mut wrapping = self.wrapping.write().await;
            wrapping.begin_rotation(now)?;
            wrapping.current().0
        };
        // Whoever is making keys of the old epoch has finished when this returns, and nobody makes more.
        self.store.advance(epoch).await?;
        let mut after = None;
        loop {
            let page = self.store.page(after).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.subject, last.purpose.clone()));
            // A page at a time, so that nobody waits for the whole store.
            let rewrapped = self.wrapping.read().await.rewrap_older(&page, epoch)?;
            self.store.replace(&rewrapped).await?;
        }
        self.wrapping.write().await.finish_rotation(epoch)
    }

    /// That the wrapping key opens the store's first thousand keys; for a backup before it is relied on.
    pub async fn prove(&self) -> Result<(), VaultError> {
        let page = self.store.page(None).await?;
        let wrapping = self.wrapping.read().await;
        page.iter().try_for_each(|it| wrapping.unwrap(it).map(|_| ()))
    }

    /// Whether a rotation was cut off half-way and wants to be finished.
    pub async fn rotation_is_unfinished(&self) -> bool {
        self.wrapping.read().await.has_previous()
    }

    /// Takes note of what other processes on the same key store did: drops keys that somebody destroyed, and reads the
    /// wrapping key that somebody replaced. To be called every few seconds.
    pub async fn heed(&self) -> Result<(), VaultError> {
        let destroyed = self.store.state().await?.destroyed;
        if self.heeded.swap(destroyed, Ordering::Relaxed) != destroyed {
            self.forget_all();
        }
        if self.wrapping.read().await.is_outdated() {
            self.wrapping.write().await.reload()?;
        }
        Ok(())
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
