//! The gate's own key: a file of 32 bytes beside its database. Without it nothing on the disk can be read; destroying it is how a gate forgets.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;
use vault::{DataKey, Place, VaultError};

const FILE: &str = "gate.key";

/// Seals and opens what lies on the gate's disk. Cheap to clone.
#[derive(Clone)]
pub struct OwnKey {
    key: Arc<DataKey>,
    path: PathBuf,
}

impl OwnKey {
    /// The key of this folder; made where there is none.
    ///
    /// # Errors
    /// The file's; a file that is no key.
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&path)?.to_vec(),
            Err(error) => return Err(error),
        };
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| std::io::Error::other("gate.key is not 32 bytes"))?;
        Ok(Self { key: Arc::new(DataKey::handed_over(bytes)), path })
    }

    /// Seals what stands in this column of this row.
    pub fn seal(&self, column: &'static str, row: Uuid, plain: &[u8]) -> Vec<u8> {
        self.key.seal(Place { column, row }, plain)
    }

    /// Opens it again.
    ///
    /// # Errors
    /// It was sealed with another key, or for another place.
    pub fn open_sealed(&self, column: &'static str, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.key.open(Place { column, row }, sealed)
    }

    /// Overwrites the key with noise and removes it: what it has sealed is unreadable from now on.
    ///
    /// # Errors
    /// The file's.
    pub fn destroy(&self) -> std::io::Result<()> {
        let mut file = match OpenOptions::new().read(true).write(true).open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut old = Vec::new();
        file.read_to_end(&mut old)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&vault::random_bytes::<32>())?;
        file.sync_all()?;
        fs::remove_file(&self.path)
    }
}

fn make(path: &Path) -> std::io::Result<[u8; 32]> {
    let bytes = vault::random_bytes::<32>();
    let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_destroyed_opens_nothing_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let key = OwnKey::open(folder.path()).unwrap();
        let sealed = key.seal("a.b", Uuid::nil(), b"somebody");
        assert_eq!(OwnKey::open(folder.path()).unwrap().open_sealed("a.b", Uuid::nil(), &sealed).unwrap(), b"somebody");
        key.destroy().unwrap();
        key.destroy().unwrap();
        assert!(OwnKey::open(folder.path()).unwrap().open_sealed("a.b", Uuid::nil(), &sealed).is_err());
    }
}
