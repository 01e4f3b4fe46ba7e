//! The tables of the tree. Not responsible for what a leaf is.

use db::{Condition, DbError, Query, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::leaf::{Kept, LineRow};
use crate::tree::{Edge, Hash};

macro_rules! line_columns {
    () => {
        "a.id, a.at, a.actor_id, a.actor_name, a.actor_role, a.area_code, a.act, a.purpose, a.subject, a.detail, \
         a.request_id, a.note_sealed"
    };
}

const UNPLACED: &str = concat!(
    "select ",
    line_columns!(),
    " from audit_unplaced u join audit_entry a on a.id = u.entry_id \
        order by u.entry_id limit :limit"
);
const LINES: &str = concat!("select ", line_columns!(), " from audit_entry a where {entries}");
const NAMED: &str = "select s.entry_id, s.subject_id from audit_subject s where {entries}";
const WAITING: &str = "select a.id, a.people from audit_entry a where a.people is not null and {entries}";
const PLACE: &str = "delete from audit_unplaced where {entries}";
const INSERT_LEAF: &str =
    "insert into audit_leaf (position, entry_id, hash, commitments, subject_at, note_hash) values {rows}";
const INSERT_TILE: &str = "insert into audit_tile (tile, hash) values {rows}";
const LEAVES: &str = "select l.position, l.entry_id, l.hash, l.commitments, l.subject_at, l.note_hash from audit_leaf l \
    where {range} order by l.position";
const LEAF_OF: &str = "select l.position, l.entry_id, l.hash, l.commitments, l.subject_at, l.note_hash from audit_leaf l \
    where l.entry_id = :entry";
const TILES: &str = "select t.tile, t.hash from audit_tile t where {range} order by t.tile";
const TREE: &str = "select t.size, t.edge, t.checkpoint, t.checkpoint_at from audit_tree t where t.id = 1";
const GROW: &str = "update audit_tree set size = :size, edge = :edge where id = 1 and size = :before";
const CHECKPOINT: &str = "update audit_tree set checkpoint = :note, checkpoint_at = :now where id = 1";

db::row! {
    pub(crate) struct LeafRow {
        pub(crate) position: i64,
        pub(crate) entry_id: Uuid,
        pub(crate) hash: Vec<u8>,
        pub(crate) commitments: Vec<u8>,
        pub(crate) subject_at: Option<i64>,
        pub(crate) note_hash: Option<Vec<u8>>,
    }
}

db::row! {
    struct TreeRow {
        size: i64,
        edge: Vec<u8>,
        checkpoint: Option<String>,
        checkpoint_at: Option<i64>,
    }
}

/// The tree as it stands.
pub(crate) struct Tree {
    pub(crate) edge: Edge,
    /// The newest signed note, and when it was signed.
    pub(crate) checkpoint: Option<(String, Instant64)>,
}

/// A leaf to be stored.
pub(crate) struct Placed {
    pub(crate) entry: Uuid,
    pub(crate) hash: Hash,
    pub(crate) kept: Kept,
}

impl LeafRow {
    pub(crate) fn kept(&self) -> Kept {
        Kept {
            commitments: hashes(&self.commitments),
            subject: self.subject_at.and_then(|it| usize::try_from(it).ok()),
            note: self.note_hash.as_deref().and_then(|it| it.try_into().ok()),
        }
    }
}

/// Hashes that stand one after the other.
pub(crate) fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.chunks_exact(32).filter_map(|it| it.try_into().ok()).collect()
}

pub(crate) async fn tree(db: &mut impl Read) -> Result<Tree, DbError> {
    // The migration put the row there; without it nothing grows, and every checkpoint stays what it was.
    let Some(row) = db.find::<TreeRow>(query(TREE)).await? else {
        return Ok(Tree { edge: Edge::default(), checkpoint: None });
    };
    let size = u64::try_from(row.size).unwrap_or_default();
    // An edge that does not fit its size is taken as empty: nothing grows on it, either.
    let edge = Edge::from_parts(size, hashes(&row.edge)).unwrap_or_default();
    Ok(Tree { edge, checkpoint: row.checkpoint.zip(row.checkpoint_at.map(Instant64::from_micros)) })
}

/// Entries without a leaf, the oldest first.
pub(crate) async fn unplaced(db: &mut impl Read, limit: i64) -> Result<Vec<LineRow>, DbError> {
    db.all(query(UNPLACED).bind("limit", limit)).await
}

/// The members of these entries' lines; one that is not there is absent.
pub(crate) async fn lines(db: &mut impl Read, entries: &[Uuid]) -> Result<Vec<LineRow>, DbError> {
    db.all(query(LINES).condition("entries", one_of("a.id", entries))).await
}

/// Whom these entries name: entry and person, indexed or waiting to be.
pub(crate) async fn named(db: &mut impl Read, entries: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    // What waits is read first: what is indexed in between is then found twice, never missed.
    let waiting: Vec<(Uuid, String)> = db.all(query(WAITING).condition("entries", one_of("a.id", entries))).await?;
    let mut named: Vec<(Uuid, Uuid)> = db.all(query(NAMED).condition("entries", one_of("s.entry_id", entries))).await?;
    for (entry, people) in waiting {
        named.extend(people.split(',').filter_map(|it| Uuid::try_parse(it).ok()).map(|it| (entry, it)));
    }
    named.sort_unstable();
    named.dedup();
    Ok(named)
}

fn one_of(column: &'static str, entries: &[Uuid]) -> Condition {
    Condition::one_of(column, entries.iter().map(|it| Value::from(*it)))
}

/// Stores leaves behind `before`; false when another process placed some of them first.
pub(crate) async fn place(
    tx: &mut Tx,
    before: u64,
    edge: &Edge,
    placed: Vec<Placed>,
    tiles: Vec<(u64, Hash)>,
) -> Result<bool, DbError> {
    let entries: Vec<Uuid> = placed.iter().map(|it| it.entry).collect();
    let n_placed = tx.run(query(PLACE).condition("entries", one_of("entry_id", &entries))).await?;
    let grown = query(GROW).bind("size", int(edge.size())).bind("edge", edge.subtrees().concat());
    let n_grown = tx.run(grown.bind("before", int(before))).await?;
    if n_grown != 1 || usize::try_from(n_placed).ok() != Some(entries.len()) {
        return Ok(false);
    }
    let rows = placed.into_iter().zip(before..).map(|(it, position)| leaf_row(position, &it)).collect();
    tx.insert(INSERT_LEAF, rows).await?;
    let tiles = tiles.into_iter().map(|(tile, hash)| vec![int(tile).into(), hash.to_vec().into()]).collect();
    tx.insert(INSERT_TILE, tiles).await?;
    Ok(true)
}

fn leaf_row(position: u64, it: &Placed) -> Vec<Value> {
    vec![
        int(position).into(),
        it.entry.into(),
        it.hash.to_vec().into(),
        it.kept.commitments.concat().into(),
        it.kept.subject.and_then(|at| i64::try_from(at).ok()).into(),
        it.kept.note.map(|it| it.to_vec()).into(),
    ]
}

pub(crate) async fn keep_checkpoint(tx: &mut Tx, note: &str, now: Instant64) -> Result<(), DbError> {
    tx.run(query(CHECKPOINT).bind("note", note).bind("now", now)).await.map(drop)
}

/// Leaves `from..until` in their order.
pub(crate) async fn leaves(db: &mut impl Read, from: u64, until: u64) -> Result<Vec<LeafRow>, DbError> {
    db.all(range(query(LEAVES), "l.position", from, until)).await
}

pub(crate) async fn leaf_of(db: &mut impl Read, entry: Uuid) -> Result<Option<LeafRow>, DbError> {
    db.find(query(LEAF_OF).bind("entry", entry)).await
}

/// Whole subtrees of 256 leaves, `0..until`.
pub(crate) async fn tiles(db: &mut impl Read, until: u64) -> Result<Vec<Hash>, DbError> {
    let rows: Vec<(i64, Vec<u8>)> = db.all(range(query(TILES), "t.tile", 0, until)).await?;
    Ok(rows.into_iter().filter_map(|it| it.1.try_into().ok()).collect())
}

fn range(question: Query, column: &'static str, from: u64, until: u64) -> Query {
    question.condition("range", Condition::range(column, int(from), int(until)))
}

fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
