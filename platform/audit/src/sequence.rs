//! The one sequencer: places entries as leaves, and signs what the tree has become.
//!
//! An entry is committed with its cause and placed within a second or two; several processes may try at once, and one
//! of them does it. A checkpoint goes to a second path before it counts as published.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use db::Db;
use kernel::Instant64;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose, Signs, Vault};

use crate::TreeError;
use crate::checkpoint::Checkpoint;
use crate::leaf::{Kept, LineRow, PEOPLE_COLUMN, line, person_in};
use crate::store::tree::{self as store, Placed};
use crate::tree::{Edge, Hash, leaf_hash};

/// Leaves of a whole subtree whose hash is kept, so that a proof reads few of them.
pub(crate) const TILE: u64 = 256;
/// Entries placed in one transaction.
const AT_ONCE: i64 = 500;

/// Places entries and publishes checkpoints; one a process.
#[derive(Clone)]
pub struct Sequencer {
    db: Db,
    vault: Vault,
    second_path: PathBuf,
    /// Whether the second path is known to end with a whole note.
    whole: Arc<AtomicBool>,
    /// The size of the last checkpoint that this process wrote there, plus one; zero before the first.
    written: Arc<AtomicU64>,
}

impl Sequencer {
    /// `second_path` is the folder of checkpoints: best on another disk, where whoever can write the database cannot.
    pub fn new(db: Db, vault: Vault, second_path: PathBuf) -> Self {
        Self { db, vault, second_path, whole: Arc::default(), written: Arc::default() }
    }

    /// Places what was written since the last time and publishes a checkpoint if there is something new.
    ///
    /// # Errors
    /// [`TreeError`]: nothing is lost, the next turn takes it up.
    pub async fn turn(&self, now: Instant64) -> Result<(), TreeError> {
        while self.place_some().await? {}
        self.publish(now).await
    }

    /// Whether there may be more to place.
    async fn place_some(&self) -> Result<bool, TreeError> {
        let rows = store::unplaced(&mut self.db.reader(), AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(false);
        }
        let leaves = self.committed(&rows).await?;
        let mut tx = self.db.begin().await?;
        let mut edge = store::tree(&mut tx).await?.edge;
        let before = edge.size();
        let tiles = grow(&mut edge, &leaves);
        // When another process was faster the next turn reads what it left.
        let is_placed = store::place(&mut tx, before, &edge, leaves, tiles).await?;
        match is_placed {
            true => tx.commit().await?,
            false => tx.rollback().await?,
        }
        Ok(is_placed)
    }

    async fn committed(&self, rows: &[LineRow]) -> Result<Vec<Placed>, TreeError> {
        let entries: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
        let mut people: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let mut all = Vec::new();
        for (entry, person) in store::named(&mut self.db.reader(), &entries).await? {
            people.entry(entry).or_default().push(person);
            all.push(person);
        }
        all.extend(rows.iter().filter_map(|it| person_in(it.subject.as_deref()?)));
        all.sort_unstable();
        all.dedup();
        let keys = self.vault.keys(&all, Purpose::Identity).await?;
        let placed = rows.iter().map(|row| {
            let named = people.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            let commit = |person| keys.get(&person).map(|key| commitment(key, row.id, person));
            let kept = Kept::new(named, row.subject.as_deref(), row.note_sealed.as_deref(), commit);
            Placed { entry: row.id, hash: leaf_hash(line(row, &kept).as_bytes()), kept }
        });
        Ok(placed.collect())
    }

    async fn publish(&self, now: Instant64) -> Result<(), TreeError> {
        let edge = store::tree(&mut self.db.reader()).await?.edge;
        if edge.size() == 0 || self.written.load(Ordering::Relaxed) == edge.size() + 1 {
            return Ok(());
        }
        let signer = self.vault.signer(Signs::AuditLog, now).await?;
        let note = Checkpoint { size: edge.size(), root: edge.root() }.sign(&signer).ok_or(TreeError::Unsigned)?;
        let (folder, text) = (self.second_path.clone(), note.clone());
        // A crash or a full disk may have left a note cut off; until the next one is written, nothing is known to be whole.
        let mends = !self.whole.swap(false, Ordering::Relaxed);
        let wrote = tokio::task::spawn_blocking(move || append(&folder, &text, mends, now)).await;
        let wrote = wrote.map_err(std::io::Error::other).flatten();
        wrote.map_err(|it| TreeError::SecondPath(self.second_path.clone(), it))?;
        self.whole.store(true, Ordering::Relaxed);
        let mut tx = self.db.begin().await?;
        store::keep_checkpoint(&mut tx, &note, now).await?;
        tx.commit().await?;
        self.written.store(edge.size() + 1, Ordering::Relaxed);
        Ok(())
    }
}

/// A person's commitment in an entry.
pub(crate) fn commitment(key: &DataKey, entry: Uuid, person: Uuid) -> Hash {
    key.commit(Place { column: PEOPLE_COLUMN, row: entry }, person.as_bytes())
}

/// Appends the leaves; the tiles that became whole.
fn grow(edge: &mut Edge, leaves: &[Placed]) -> Vec<(u64, Hash)> {
    let mut tiles = Vec::new();
    let mut tile = unfinished_tile(edge);
    for it in leaves {
        edge.append(it.hash);
        tile.append(it.hash);
        if tile.size() == TILE {
            tiles.push((edge.size() / TILE - 1, tile.root()));
            tile = Edge::default();
        }
    }
    tiles
}

/// The subtrees of the edge that are smaller than a tile are the edge of the unfinished one.
fn unfinished_tile(edge: &Edge) -> Edge {
    let size = edge.size() % TILE;
    let n_small = usize::try_from(size.count_ones()).unwrap_or_default();
    let from = edge.subtrees().len().saturating_sub(n_small);
    Edge::from_parts(size, edge.subtrees().get(from..).unwrap_or_default().to_vec()).unwrap_or_default()
}

/// A file for each day, so that an auditor fetches the new ones; synced before it counts.
fn append(folder: &Path, note: &str, mends: bool, now: Instant64) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let day = now.to_string().chars().take(10).collect::<String>();
    let path = folder.join(format!("{day}.checkpoints"));
    if mends && path.exists() {
        mend(&path)?;
    }
    let mut file = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    file.write_all(note.as_bytes())?;
    file.sync_data()
}

/// Cuts off what stands behind the last signature line: a note that is not whole was never published, and an auditor
/// would take it for tampering.
fn mend(path: &Path) -> std::io::Result<()> {
    let bytes = std::fs::read(path)?;
    let (mut read, mut kept) = (0, 0);
    for line in bytes.split_inclusive(|it| *it == b'\n') {
        read += line.len();
        if line.starts_with("\u{2014} ".as_bytes()) && line.ends_with(b"\n") {
            kept = read;
        }
    }
    if kept == bytes.len() {
        return Ok(());
    }
    let file = std::fs::OpenOptions::new().write(true).open(path)?;
    file.set_len(u64::try_from(kept).unwrap_or_default())?;
    file.sync_data()
}
