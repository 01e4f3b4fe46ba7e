//! The wrapping key: a file of its own, replaced at least daily. Several processes may work from one folder.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use kernel::Instant64;
use tracing::warn;
use uuid::Uuid;

use crate::VaultError;
use crate::key::{DataKey, Place};
use crate::store::Wrapped;

/// The wrapping key in force and, while a rotation runs or was cut off, the one before it.
pub(crate) struct WrappingKeys {
    directory: PathBuf,
    current: Epoch,
    previous: Option<Epoch>,
}

struct Epoch {
    number: i64,
    made_at: Instant64,
    key: DataKey,
}

impl WrappingKeys {
    /// `newest_epoch` is the newest that wraps a key in the store, none when the store is empty.
    pub(crate) fn open(directory: &Path, newest_epoch: Option<i64>, now: Instant64) -> Result<Self, VaultError> {
        fs::create_dir_all(directory).map_err(VaultError::WrappingKey)?;
        if read_epochs(directory)?.is_empty() {
            match newest_epoch {
                None => write_epoch(directory, 1, now)?,
                Some(epoch) => return Err(VaultError::WrappingKeyMissing(epoch)),
            }
        }
        let (current, previous) = newest(directory)?;
        Ok(Self { directory: directory.to_owned(), current, previous })
    }

    /// Reads the folder again: another process may have begun or finished a rotation.
    pub(crate) fn reload(&mut self) -> Result<(), VaultError> {
        (self.current, self.previous) = newest(&self.directory)?;
        Ok(())
    }

    /// Whether the folder holds other files than are known here.
    pub(crate) fn is_outdated(&self) -> bool {
        let exists = |number| path_of(&self.directory, number).exists();
        let previous_is_gone = self.previous.as_ref().is_some_and(|it| !exists(it.number));
        previous_is_gone || exists(self.current.number + 1) || !exists(self.current.number)
    }

    pub(crate) const fn current(&self) -> (i64, Instant64) {
        (self.current.number, self.current.made_at)
    }

    pub(crate) fn make(
        &self,
        subject: Uuid,
        purpose: &'static str,
        now: Instant64,
        expires_at: Option<Instant64>,
    ) -> Wrapped {
        let wrapped = self.current.key.seal(place(subject), &DataKey::random().0);
        Wrapped {
            subject,
            purpose: purpose.to_owned(),
            epoch: self.current.number,
            wrapped,
            created_at: now.micros(),
            expires_at: expires_at.map(Instant64::micros),
        }
    }

    pub(crate) fn unwrap(&self, wrapped: &Wrapped) -> Result<DataKey, VaultError> {
        let epoch = [Some(&self.current), self.previous.as_ref()].into_iter().flatten();
        let epoch = epoch.into_iter().find(|it| it.number == wrapped.epoch);
        let epoch = epoch.ok_or(VaultError::WrappingKeyMissing(wrapped.epoch))?;
        let bytes = epoch.key.open(place(wrapped.subject), &wrapped.wrapped)?;
        Ok(DataKey(bytes.try_into().map_err(|_| VaultError::Broken)?))
    }

    /// Makes the next wrapping key. After a rotation that was cut off, goes on with that one.
    pub(crate) fn begin_rotation(&mut self, now: Instant64) -> Result<(), VaultError> {
        self.reload()?;
        if self.previous.is_none() {
            write_epoch(&self.directory, self.current.number + 1, now)?;
            self.reload()?;
        }
        Ok(())
    }

    /// Those of an older epoch, wrapped anew. One whose wrapping key is lost stays as it is: it opens nothing, and must
    /// not keep the others from being wrapped.
    pub(crate) fn rewrap_older(&self, page: &[Wrapped], epoch: i64) -> Result<Vec<Wrapped>, VaultError> {
        let mut rewrapped = Vec::with_capacity(page.len());
        for wrapped in page.iter().filter(|it| it.epoch < epoch) {
            match self.rewrap(wrapped) {
                Err(VaultError::WrappingKeyMissing(lost)) => {
                    warn!(wrapping.epoch = lost, "a key cannot be wrapped anew: its wrapping key is lost");
                }
                done => rewrapped.push(done?),
            }
        }
        Ok(rewrapped)
    }

    pub(crate) const fn has_previous(&self) -> bool {
        self.previous.is_some()
    }

    fn rewrap(&self, wrapped: &Wrapped) -> Result<Wrapped, VaultError> {
        let key = self.unwrap(wrapped)?;
        Ok(Wrapped {
            subject: wrapped.subject,
            purpose: wrapped.purpose.clone(),
            epoch: self.current.number,
            wrapped: self.current.key.seal(place(wrapped.subject), &key.0),
            created_at: wrapped.created_at,
            expires_at: wrapped.expires_at,
        })
    }

    /// Destroys the old wrapping key: overwritten, synced and removed.
    pub(crate) fn finish_rotation(&mut self, epoch: i64) -> Result<(), VaultError> {
        // Another process may have begun the next rotation meanwhile: its previous key is not ours to destroy.
        let Some(previous) = self.previous.take_if(|it| it.number < epoch) else { return Ok(()) };
        match destroy_file(&path_of(&self.directory, previous.number)) {
            // Another process has finished the same rotation.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            done => done.map_err(VaultError::WrappingKey),
        }
    }
}

const fn place(subject: Uuid) -> Place {
    Place { column: "wrapped_key.wrapped", row: subject }
}

fn path_of(directory: &Path, number: i64) -> PathBuf {
    directory.join(format!("wrapping-{number}.key"))
}

/// The newest wrapping key and the one before it.
fn newest(directory: &Path) -> Result<(Epoch, Option<Epoch>), VaultError> {
    let mut epochs = read_epochs(directory)?;
    epochs.sort_by_key(|it| it.number);
    let current = epochs.pop().ok_or(VaultError::WrappingKeyMissing(0))?;
    Ok((current, epochs.pop()))
}

/// Writes a new wrapping key, whole or not at all. When another process has written this number first, its key counts.
fn write_epoch(directory: &Path, number: i64, now: Instant64) -> Result<(), VaultError> {
    let key = DataKey::random();
    let path = path_of(directory, number);
    let draft = directory.join(format!("draft-{}", Uuid::new_v4().as_simple()));
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(format!("{} {}\n", now.micros(), crate::key::hex(&key.0)).as_bytes())?;
        file.sync_all()?;
        // A link is made only if the name is free.
        match fs::hard_link(&draft, &path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => destroy_file(&draft)?,
            linked => linked.and_then(|()| fs::remove_file(&draft))?,
        }
        fs::File::open(directory)?.sync_all()
    };
    write().map_err(VaultError::WrappingKey)
}

fn read_epochs(directory: &Path) -> Result<Vec<Epoch>, VaultError> {
    let mut epochs = Vec::new();
    for entry in fs::read_dir(directory).map_err(VaultError::WrappingKey)? {
        let path = entry.map_err(VaultError::WrappingKey)?.path();
        let number = path.file_name().and_then(|it| it.to_str()).and_then(|it| it.strip_prefix("wrapping-"));
        let number = number.and_then(|it| it.strip_suffix(".key")).and_then(|it| it.parse().ok());
        let Some(number) = number else { continue };
        match fs::read_to_string(&path) {
            // Destroyed between the listing and now.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            text => {
                let text = text.map_err(VaultError::WrappingKey)?;
                // A file that is being overwritten belongs to a rotation that is finished.
                epochs.extend(parse_epoch(number, &text));
            }
        }
    }
    Ok(epochs)
}

fn parse_epoch(number: i64, text: &str) -> Option<Epoch> {
    let (made_at, hex) = text.trim().split_once(' ')?;
    let bytes: Option<Vec<u8>> = (0..32).map(|it| u8::from_str_radix(hex.get(it * 2..it * 2 + 2)?, 16).ok()).collect();
    let key = DataKey(bytes?.try_into().ok()?);
    Some(Epoch { number, made_at: Instant64::from_micros(made_at.parse().ok()?), key })
}

fn destroy_file(path: &Path) -> std::io::Result<()> {
    let length = usize::try_from(fs::metadata(path)?.len()).unwrap_or(0);
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(&vec![0; length])?;
    file.sync_all()?;
    fs::remove_file(path)
}
