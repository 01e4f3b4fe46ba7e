//! Inclusion and consistency (RFC 6962, sections 2.1.1 and 2.1.2; verifying as in RFC 9162, 2.1.3.2 and 2.1.4.2).

use super::{Hash, node_hash};

/// Hash of the leaves `start..start + len`, as a tree of their own.
pub type RangeHash<'a> = &'a dyn Fn(u64, u64) -> Hash;

/// The largest power of two below `n`, for `n` of two or more.
const fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The hashes beside the way from leaf `index` up to the root of a tree of `size`, the lowest first.
pub fn inclusion(index: u64, size: u64, hash: RangeHash<'_>) -> Vec<Hash> {
    let mut path = Vec::new();
    let (mut start, mut len) = (0, size);
    while 1 < len {
        let left = split(len);
        if index - start < left {
            path.push(hash(start + left, len - left));
            len = left;
        } else {
            path.push(hash(start, left));
            start += left;
            len -= left;
        }
    }
    path.reverse();
    path
}

/// Whether the path leads from a leaf to the root.
pub fn verify_inclusion(index: u64, size: u64, leaf: &Hash, path: &[Hash], root: &Hash) -> bool {
    if size <= index {
        return false;
    }
    let mut hash = *leaf;
    let ends = climb(index, size - 1, path.iter(), |beside, is_left| {
        hash = if is_left { node_hash(beside, &hash) } else { node_hash(&hash, beside) };
    });
    ends && hash == *root
}

/// Goes up from a leaf along a path: `step` is given each hash and whether it stands to the left. Whether the path ends
/// where the way does.
fn climb<'a>(
    mut at: u64,
    mut last: u64,
    path: impl Iterator<Item = &'a Hash>,
    mut step: impl FnMut(&Hash, bool),
) -> bool {
    for beside in path {
        if last == 0 {
            return false;
        }
        let is_left = at & 1 == 1 || at == last;
        step(beside, is_left);
        // At the right edge, levels without a sibling are passed over.
        while is_left && at & 1 == 0 && at != 0 {
            at >>= 1;
            last >>= 1;
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0
}

/// What shows that the tree of `old` leaves is the beginning of the one of `new`.
pub fn consistency(old: u64, new: u64, hash: RangeHash<'_>) -> Vec<Hash> {
    let mut path = Vec::new();
    let (mut start, mut len, mut rest, mut is_whole) = (0, new, old, true);
    if old == 0 || old == new {
        return path;
    }
    while rest != len {
        let left = split(len);
        if rest <= left {
            path.push(hash(start + left, len - left));
            len = left;
        } else {
            path.push(hash(start, left));
            start += left;
            len -= left;
            rest -= left;
            is_whole = false;
        }
    }
    if !is_whole {
        path.push(hash(start, len));
    }
    path.reverse();
    path
}

/// Whether the path shows that `old_root`, of `old` leaves, is the beginning of `new_root`, of `new` leaves.
pub fn verify_consistency(old: u64, new: u64, old_root: &Hash, new_root: &Hash, path: &[Hash]) -> bool {
    if old == 0 || old == new {
        return path.is_empty() && (old == 0 || old_root == new_root);
    }
    if new < old {
        return false;
    }
    let mut path = path.iter();
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    // A whole subtree of the old tree is its own beginning.
    let first = if old.is_power_of_two() { Some(old_root) } else { path.next() };
    let Some(first) = first else { return false };
    let (mut old_hash, mut new_hash) = (*first, *first);
    let ends = climb(at, last, path, |beside, is_left| {
        if is_left {
            old_hash = node_hash(beside, &old_hash);
            new_hash = node_hash(beside, &new_hash);
        } else {
            new_hash = node_hash(&new_hash, beside);
        }
    });
    ends && old_hash == *old_root && new_hash == *new_root
}

#[cfg(test)]
#[expect(clippy::as_conversions, reason = "sizes of small trees")]
mod tests {
    use proptest::prelude::*;

    use super::super::{Edge, empty_root, leaf_hash};
    use super::*;

    fn leaves(n: u64) -> Vec<Hash> {
        (0..n).map(|it| leaf_hash(&it.to_be_bytes())).collect()
    }

    /// The definition of RFC 6962, as slow as it stands there.
    fn root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            many => {
                let (left, right) = many.split_at(usize::try_from(split(many.len() as u64)).unwrap());
                node_hash(&root(left), &root(right))
            }
        }
    }

    fn range(all: &[Hash]) -> impl Fn(u64, u64) -> Hash {
        move |start, len| root(&all[start as usize..(start + len) as usize])
    }

    #[test]
    fn roots_are_those_of_the_specification() {
        // SHA-256 of nothing, and of one zero byte: the two that need no library to know.
        let hex = |it: Hash| it.iter().map(|it| format!("{it:02x}")).collect::<String>();
        assert_eq!(hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(hex(leaf_hash(b"")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        let all = leaves(300);
        let mut edge = Edge::default();
        for n in 0..300 {
            assert_eq!(edge.root(), root(&all[..n]), "{n} leaves");
            assert_eq!(Edge::from_parts(edge.size(), edge.subtrees().to_vec()).as_ref(), Some(&edge));
            edge.append(all[n]);
        }
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_and_no_other() {
        let all = leaves(70);
        for size in 1..70u64 {
            let whole = root(&all[..size as usize]);
            for index in 0..size {
                let path = inclusion(index, size, &range(&all));
                let proves = |leaf: &Hash, at: u64, n: u64, path: &[Hash]| verify_inclusion(at, n, leaf, path, &whole);
                let leaf = &all[index as usize];
                assert!(proves(leaf, index, size, &path), "{index} of {size}");
                assert!(!proves(&all[69], index, size, &path));
                assert!(!proves(leaf, index + 1, size, &path) || path.is_empty() && size == 1);
                assert!(!proves(leaf, index, size, &[path.as_slice(), &[whole]].concat()));
                assert!(path.is_empty() || !proves(leaf, index, size, &path[1..]));
            }
        }
    }

    #[test]
    fn every_beginning_is_proved_and_no_other() {
        let all = leaves(70);
        for new in 0..70u64 {
            for old in 0..=new {
                let path = consistency(old, new, &range(&all));
                let (first, whole) = (root(&all[..old as usize]), root(&all[..new as usize]));
                assert!(verify_consistency(old, new, &first, &whole, &path), "{old} of {new}");
                let other = leaf_hash(b"other");
                assert!(old == 0 || !verify_consistency(old, new, &other, &whole, &path), "{old} of {new}");
                assert!(old == 0 || !verify_consistency(old, new, &first, &other, &path), "{old} of {new}");
                assert!(path.is_empty() || !verify_consistency(old, new, &first, &whole, &path[1..]));
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_at_all_makes_verifying_stumble(
            a in any::<u64>(), b in any::<u64>(), path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
        ) {
            let hash = Hash::default();
            prop_assert!(!verify_inclusion(a, b, &hash, &path, &hash));
            let _ = verify_consistency(a, b, &hash, &hash, &path);
        }
    }
}
