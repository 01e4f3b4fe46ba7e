//! Entity ids: a UUIDv7 behind a type of its own, with a prefix on the wire (`dev_0190…`) and 16 bytes in SQL.

use uuid::{NoContext, Timestamp};

use crate::time::Instant64;

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_<32 hex digits>")]
pub struct NotAnId {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

/// Makes a time-ordered UUIDv7 for `now`.
pub fn uuid_at(now: Instant64) -> Uuid {
    let micros = now.micros().max(0).unsigned_abs();
    let nanos = u32::try_from((micros % 1_000_000) * 1_000).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, micros / 1_000_000, nanos))
}

/// No id made at `now` or later is smaller, and every one made a millisecond before is: where a range of ids begins.
pub fn earliest_at(now: Instant64) -> Uuid {
    let millis = u128::from((now.micros().max(0) / 1_000).unsigned_abs());
    Uuid::from_u128(millis << 80)
}

/// Reads `prefix_<hex>`; used by the types that [`id_type!`](crate::id_type) makes.
pub fn parse(prefix: &'static str, text: &str) -> Result<Uuid, NotAnId> {
    let hex = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).ok_or(NotAnId { prefix })?;
    match hex.len() {
        32 => Uuid::try_parse(hex).map_err(|_| NotAnId { prefix }),
        _ => Err(NotAnId { prefix }),
    }
}

/// Declares an id type over UUIDv7: `id_type! { /// A door terminal. pub struct DeviceId; prefix = "dev" }`.
#[macro_export]
macro_rules! id_type {
    ($(#[$meta:meta])* $vis:vis struct $name:ident; prefix = $prefix:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::id::Uuid);

        impl $name {
            /// A new id, ordered by `now`.
            pub fn new(now: $crate::Instant64) -> Self {
                Self($crate::id::uuid_at(now))
            }
            /// The id a stored UUID stands for.
            pub const fn from_uuid(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }
            /// The UUID as stored in SQL.
            pub const fn uuid(self) -> $crate::id::Uuid {
                self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.as_simple())
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::parse($prefix, text).map(Self)
            }
        }
        impl $crate::id::serde::Serialize for $name {
            fn serialize<S: $crate::id::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> $crate::id::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::id::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::id::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err($crate::id::serde::de::Error::custom)
            }
        }
    };
}

// Reached by the macro's expansion in crates that do not depend on these themselves.
pub use serde;
#[doc(hidden)]
pub use uuid::Uuid;

#[cfg(test)]
mod tests {
    use super::*;

    id_type! {
        /// Only here.
        pub struct TestId; prefix = "tst"
    }

    #[test]
    fn an_id_reads_back_from_its_own_text() {
        let id = TestId::new(Instant64::from_micros(1_700_000_000_000_000));
        assert_eq!(id.to_string().parse::<TestId>(), Ok(id));
    }

    #[test]
    fn later_ids_sort_later() {
        let early = TestId::new(Instant64::from_micros(1_700_000_000_000_000));
        let late = TestId::new(Instant64::from_micros(1_700_000_000_002_000));
        assert!(early < late);
    }

    #[test]
    fn an_id_is_its_stored_uuid() {
        let id = TestId::new(Instant64::from_micros(1));
        assert_eq!(TestId::from_uuid(id.uuid()), id);
    }

    #[test]
    fn another_prefix_is_refused() {
        let id = TestId::new(Instant64::from_micros(1)).to_string().replace("tst", "dev");
        assert!(id.parse::<TestId>().is_err());
    }
}
