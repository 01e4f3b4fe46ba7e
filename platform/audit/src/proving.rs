//! Proofs and the exported log: what leaves the server so that others can verify it.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{Db, Read};
use kernel::Instant64;
use uuid::Uuid;
use vault::{Purpose, Signs, Vault};

use crate::checkpoint::{Checkpoint, VerifierKey};
use crate::leaf::{Kept, LineRow, line, person_in, sha256};
use crate::sequence::{TILE, commitment};
use crate::store::tree::{self as store, LeafRow};
use crate::tree::{Edge, Hash, inclusion, leaf_hash};
use crate::{AuditId, TreeError};

/// First line of a proof (C2SP `tlog-proof`).
pub(crate) const PROOF: &str = "c2sp.org/tlog-proof@v1";
/// Entries read at once while exporting.
const PAGE: u64 = 1_000;

/// The newest checkpoint, and what verifies it.
#[derive(Debug, Clone)]
pub struct Published {
    /// How many entries it covers.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub at: Instant64,
    /// The verifier key, as text.
    pub key: String,
}

/// The newest checkpoint; nothing before the first entry.
pub async fn published(db: &Db, vault: &Vault, now: Instant64) -> Result<Option<Published>, TreeError> {
    let Some((note, at)) = store::tree(&mut db.reader()).await?.checkpoint else { return Ok(None) };
    let key = verifier_key(vault, now).await?;
    let size = Checkpoint::open(&note, &key).map_err(|_| TreeError::Unsigned)?.size;
    Ok(Some(Published { size, note, at, key: key.to_string() }))
}

/// What verifies this installation's checkpoints.
pub async fn verifier_key(vault: &Vault, now: Instant64) -> Result<VerifierKey, TreeError> {
    VerifierKey::of(&vault.signer(Signs::AuditLog, now).await?).ok_or(TreeError::Unsigned)
}

/// An entry's line and the proof that it stands in the log of the newest checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The line, as it is hashed.
    pub line: String,
    /// Its position.
    pub index: u64,
    /// C2SP `tlog-proof`: the path and the checkpoint.
    pub text: String,
}

/// Nothing when no checkpoint covers the entry yet.
pub async fn proof(db: &Db, vault: &Vault, entry: AuditId, now: Instant64) -> Result<Option<Proof>, TreeError> {
    let Some(published) = published(db, vault, now).await? else { return Ok(None) };
    let mut reader = db.reader();
    let Some(leaf) = store::leaf_of(&mut reader, entry.uuid()).await? else { return Ok(None) };
    let index = u64::try_from(leaf.position).unwrap_or(u64::MAX);
    if published.size <= index {
        return Ok(None);
    }
    let Some(row) = store::lines(&mut reader, &[entry.uuid()]).await?.pop() else { return Ok(None) };
    let path = path(&mut reader, index, published.size).await?;
    Ok(Some(Proof { line: line(&row, &leaf.kept()), index, text: proof_text(index, &path, &published.note) }))
}

pub(crate) fn proof_text(index: u64, path: &[Hash], checkpoint: &str) -> String {
    let path: String = path.iter().map(|it| STANDARD.encode(it) + "\n").collect();
    format!("{PROOF}\nindex {index}\n{path}\n{checkpoint}")
}

/// Reads the tiles, and the leaves of the entry's own and of the unfinished one.
async fn path(db: &mut impl Read, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
    let tiles = store::tiles(db, size / TILE).await?;
    let mut leaves: HashMap<u64, Hash> = HashMap::new();
    for from in [index / TILE * TILE, size / TILE * TILE] {
        for it in store::leaves(db, from, (from + TILE).min(size)).await? {
            leaves.insert(u64::try_from(it.position).unwrap_or_default(), it.hash.try_into().unwrap_or_default());
        }
    }
    Ok(inclusion(index, size, &|start, len| range_hash(&tiles, &leaves, start, len)))
}

/// A subtree that begins at a tile's edge and is no smaller is made of tiles; every other one lies in one tile.
fn range_hash(tiles: &[Hash], leaves: &HashMap<u64, Hash>, start: u64, len: u64) -> Hash {
    let mut whole = Edge::default();
    let n_tiles = if start.is_multiple_of(TILE) { len / TILE } else { 0 };
    for tile in start / TILE..start / TILE + n_tiles {
        let hash = usize::try_from(tile).ok().and_then(|it| tiles.get(it));
        whole.append(hash.copied().unwrap_or_default());
    }
    let mut rest = Edge::default();
    for at in start + n_tiles * TILE..start + len {
        rest.append(leaves.get(&at).copied().unwrap_or_default());
    }
    match (whole.size(), rest.size()) {
        (_, 0) => whole.root(),
        (0, _) => rest.root(),
        // The unfinished tile hangs below the smallest whole subtree, as in the tree of all leaves.
        (_, _) => whole.root_with(rest.root()),
    }
}

/// How an export went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// Lines written.
    pub n_lines: u64,
    /// What does not fit its leaf, with its position: changed, gone, or about someone else.
    pub faults: Vec<String>,
}

/// Writes the log as lines, in the tree's order, and holds every entry against its leaf.
///
/// Persons' keys open their commitments, so an entry that was turned to someone else is found here; whoever was erased
/// cannot be told, and her commitment stands.
///
/// # Errors
/// [`TreeError`], or the writer's.
pub async fn export(db: &Db, vault: &Vault, to: &mut impl Write) -> Result<Exported, TreeError> {
    let size = store::tree(&mut db.reader()).await?.edge.size();
    let mut done = Exported::default();
    for from in (0..size).step_by(usize::try_from(PAGE).unwrap_or(1)) {
        let leaves = store::leaves(&mut db.reader(), from, (from + PAGE).min(size)).await?;
        let entries: Vec<Uuid> = leaves.iter().map(|it| it.entry_id).collect();
        let rows: HashMap<Uuid, LineRow> =
            store::lines(&mut db.reader(), &entries).await?.into_iter().map(|it| (it.id, it)).collect();
        let named = store::named(&mut db.reader(), &entries).await?;
        let foreign = foreign(vault, &leaves, &rows, &named).await?;
        for leaf in &leaves {
            let at = leaf.position;
            let Some(row) = rows.get(&leaf.entry_id) else {
                done.faults.push(format!("{at}: the entry is gone"));
                writeln!(to, "[\"gone\",{at}]").map_err(TreeError::Write)?;
                continue;
            };
            let kept = leaf.kept();
            let line = line(row, &kept);
            if leaf_hash(line.as_bytes()).as_slice() != leaf.hash {
                done.faults.push(format!("{at}: the entry is not what was placed"));
            }
            if row.note_sealed.as_deref().map(sha256).is_some_and(|it| Some(it) != kept.note) {
                done.faults.push(format!("{at}: the note is not what was placed"));
            }
            if foreign.contains(&leaf.entry_id) {
                done.faults.push(format!("{at}: the entry names someone who was not named"));
            }
            writeln!(to, "{line}").map_err(TreeError::Write)?;
            done.n_lines += 1;
        }
    }
    Ok(done)
}

/// Entries that name a person to whom they do not commit, or whose subject is another than the one they commit to.
async fn foreign(
    vault: &Vault,
    leaves: &[LeafRow],
    rows: &HashMap<Uuid, LineRow>,
    named: &[(Uuid, Uuid)],
) -> Result<HashSet<Uuid>, TreeError> {
    let subject = |leaf: &LeafRow| person_in(rows.get(&leaf.entry_id)?.subject.as_deref()?);
    let mut people: Vec<Uuid> = named.iter().map(|it| it.1).chain(leaves.iter().filter_map(subject)).collect();
    people.sort_unstable();
    people.dedup();
    let keys = vault.keys(&people, Purpose::Identity).await?;
    // Nothing for whoever has no key any more: of her nobody can tell.
    let committed = |entry, person| keys.get(&person).map(|key| commitment(key, entry, person));
    let kept: HashMap<Uuid, Kept> = leaves.iter().map(|it| (it.entry_id, it.kept())).collect();
    let mut foreign = HashSet::new();
    for (entry, person) in named {
        let (Some(wanted), Some(kept)) = (committed(*entry, *person), kept.get(entry)) else { continue };
        if !kept.commitments.contains(&wanted) {
            foreign.insert(*entry);
        }
    }
    for leaf in leaves {
        let entry = leaf.entry_id;
        let wanted = subject(leaf).and_then(|person| committed(entry, person));
        let kept = kept.get(&entry).and_then(|it| it.commitments.get(it.subject?));
        if wanted.is_some() && kept.is_some() && wanted.as_ref() != kept {
            foreign.insert(entry);
        }
    }
    Ok(foreign)
}
