//! What a gate holds, in 8 KiB.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Into so many buckets a roster is divided: of 30,000 people some 30 each.
pub const BUCKETS: u16 = 1_024;

/// A digest of each bucket; zeros where a bucket is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buckets(Vec<[u8; 8]>);

/// The bucket of an entry. Ids are random at their end, not at their beginning, which is a time.
pub const fn bucket_of(key: Uuid) -> u16 {
    let bytes = key.as_bytes();
    u16::from_be_bytes([bytes[14], bytes[15]]) % BUCKETS
}

impl Buckets {
    /// Of entries, each with the digest that the server gave it.
    pub fn of(entries: impl IntoIterator<Item = (Uuid, i64)>) -> Self {
        let mut sorted: Vec<BTreeMap<Uuid, i64>> = vec![BTreeMap::new(); usize::from(BUCKETS)];
        for (key, digest) in entries {
            if let Some(bucket) = sorted.get_mut(usize::from(bucket_of(key))) {
                bucket.insert(key, digest);
            }
        }
        Self(sorted.iter().map(digest_of).collect())
    }

    /// Those in which the two differ.
    pub fn differing(&self, other: &Self) -> Vec<u16> {
        let pairs = (0..BUCKETS).zip(self.0.iter().zip(&other.0));
        pairs.filter_map(|(bucket, (a, b))| (a != b).then_some(bucket)).collect()
    }
}

fn digest_of(entries: &BTreeMap<Uuid, i64>) -> [u8; 8] {
    let mut out = [0; 8];
    if entries.is_empty() {
        return out;
    }
    let mut context = Context::new(&SHA256);
    for (key, digest) in entries {
        context.update(key.as_bytes());
        context.update(&digest.to_be_bytes());
    }
    out.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    out
}

/// Base64 of all of them, one after the other.
impl Serialize for Buckets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(self.0.concat()))
    }
}

impl<'de> Deserialize<'de> for Buckets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let text = String::deserialize(deserializer)?;
        let bytes = STANDARD.decode(&text).map_err(D::Error::custom)?;
        let (digests, rest) = bytes.as_chunks::<8>();
        match digests.len() == usize::from(BUCKETS) && rest.is_empty() {
            true => Ok(Self(digests.to_vec())),
            false => Err(D::Error::custom("1,024 digests of 8 bytes are expected")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entries() -> impl Strategy<Value = Vec<(Uuid, i64)>> {
        proptest::collection::vec((any::<u128>().prop_map(Uuid::from_u128), any::<i64>()), 0..40)
    }

    proptest! {
        #[test]
        fn the_order_of_entries_says_nothing(entries in entries(), turn in 0_usize..40) {
            let mut turned = entries.clone();
            turned.rotate_left(turn.min(entries.len()));
            prop_assert_eq!(Buckets::of(dedup(entries)), Buckets::of(dedup(turned)));
        }

        #[test]
        fn one_entry_more_or_changed_differs_in_its_bucket_alone(entries in entries(), key: u128, digest: i64) {
            let entries: Vec<_> = dedup(entries).into_iter().filter(|it| it.0.as_u128() != key).collect();
            let key = Uuid::from_u128(key);
            let with = Buckets::of(entries.iter().copied().chain([(key, digest)]));
            let without = Buckets::of(entries.iter().copied());
            prop_assert_eq!(with.differing(&without), vec![bucket_of(key)]);
            let changed = Buckets::of(entries.into_iter().chain([(key, digest ^ 1)]));
            prop_assert_eq!(with.differing(&changed), vec![bucket_of(key)]);
        }

        #[test]
        fn what_is_written_is_read(entries in entries()) {
            let it = Buckets::of(entries);
            let text = serde_json::to_string(&it).unwrap();
            prop_assert_eq!(serde_json::from_str::<Buckets>(&text).unwrap(), it);
        }
    }

    fn dedup(entries: Vec<(Uuid, i64)>) -> Vec<(Uuid, i64)> {
        entries.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()
    }

    #[test]
    fn digests_of_another_length_are_refused() {
        for text in ["\"\"", "\"AAAA\"", "\"!\"", "7"] {
            assert!(serde_json::from_str::<Buckets>(text).is_err(), "{text}");
        }
    }
}
