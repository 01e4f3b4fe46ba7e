//! The Merkle tree over the log (RFC 6962, section 2.1): hashes, the right edge that grows, proofs.
//!
//! Pure. What a leaf is, [`crate::leaf`] says; where the tree is kept, [`crate::store`].

mod proof;

use aws_lc_rs::digest::{Context, SHA256};

pub use proof::{consistency, inclusion, verify_consistency, verify_inclusion};

/// A SHA-256.
pub type Hash = [u8; 32];

/// Hash of a leaf: `SHA-256(0x00 ‖ leaf)`.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    hashed(&[&[0], leaf])
}

/// Hash of a node: `SHA-256(0x01 ‖ left ‖ right)`.
pub(crate) fn node_hash(left: &Hash, right: &Hash) -> Hash {
    hashed(&[&[1], left, right])
}

/// Root of the empty tree: the hash of nothing.
pub fn empty_root() -> Hash {
    hashed(&[])
}

fn hashed(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|it| context.update(it));
    let mut out = Hash::default();
    out.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    out
}

/// The right edge of a tree: what it takes to append and to know the root, whatever the size. One hash for each bit that
/// is set in the size, the largest subtree first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    size: u64,
    subtrees: Vec<Hash>,
}

impl Edge {
    /// An edge as stored. Nothing if the hashes are not as many as the size wants.
    pub fn from_parts(size: u64, subtrees: Vec<Hash>) -> Option<Self> {
        let wanted = usize::try_from(size.count_ones()).ok()?;
        (subtrees.len() == wanted).then_some(Self { size, subtrees })
    }

    /// How many leaves there are.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The hashes, the largest subtree first.
    pub fn subtrees(&self) -> &[Hash] {
        &self.subtrees
    }

    /// Appends a leaf.
    pub fn append(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each trailing one of the size is a subtree that the new one completes.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// The root.
    pub fn root(&self) -> Hash {
        let mut from_right = self.subtrees.iter().rev().copied();
        let Some(last) = from_right.next() else { return empty_root() };
        from_right.fold(last, |right, left| node_hash(&left, &right))
    }

    /// The root of these leaves with one unfinished subtree to their right.
    pub fn root_with(&self, right: Hash) -> Hash {
        self.subtrees.iter().rev().fold(right, |right, left| node_hash(left, &right))
    }
}
