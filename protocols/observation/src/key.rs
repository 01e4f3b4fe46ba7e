//! The name of an event. Not responsible for storing it or for deciding which copy counts.

use std::fmt::Write as _;

use aws_lc_rs::digest::{Context, Digest, SHA256, digest};

use crate::Observation;

/// The name under which an event is stored once: 64 hex digits of SHA-256 over the device, its event number, the raw
/// time and the person (else the card).
///
/// `device_key` is whatever names the device to us; two devices must never share one. Live or replayed, number of
/// posts and pictures are left out on purpose, so that a copy has the name of the first.
pub fn event_key(device_key: &[u8], observation: &Observation) -> String {
    let event_no = observation.event_no.map(|it| it.to_string()).unwrap_or_default();
    let mut context = Context::new(&SHA256);
    let parts = [
        device_key,
        event_no.as_bytes(),
        observation.device_time_raw.as_bytes(),
        observation.person().unwrap_or_default().as_bytes(),
    ];
    for part in parts {
        // The length comes first, so that bytes cannot move from one part to the next without changing the key.
        context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(part);
    }
    hex(&context.finish())
}

/// SHA-256 as 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&digest(&SHA256, bytes))
}

fn hex(digest: &Digest) -> String {
    digest.as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Kind, Mask};

    fn event(event_no: Option<i64>, raw: &str, person: Option<&str>, card: Option<&str>) -> Observation {
        Observation {
            event_no,
            device_time_raw: raw.into(),
            person_ref: person.map(Into::into),
            card_no: card.map(Into::into),
            ..Observation::new(Kind::AccessGranted)
        }
    }

    #[test]
    fn a_digest_is_the_one_everybody_knows() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_key_stays_the_same_from_release_to_release() {
        let key = event_key(b"dev", &event(Some(512), "2026-03-02T07:52:11+08:00", Some("1024"), None));
        assert_eq!(key, GOLDEN);
    }

    /// Stored keys would stop matching if this changed.
    const GOLDEN: &str = "ae75d6302078e100653926edebd5de22d6cd3e7a12d821b98dac3e6211d77cd8";

    #[test]
    fn text_that_moves_between_two_parts_changes_the_key() {
        let all = [
            event_key(b"d", &event(Some(1), "2", Some("3"), None)),
            event_key(b"d1", &event(None, "2", Some("3"), None)),
            event_key(b"d", &event(Some(12), "", Some("3"), None)),
            event_key(b"d", &event(Some(1), "23", None, None)),
            event_key(b"d", &event(None, "12", Some("3"), None)),
        ];
        for (idx, left) in all.iter().enumerate() {
            for right in all.iter().skip(idx + 1) {
                assert_ne!(left, right);
            }
        }
    }

    #[test]
    fn a_card_stands_for_the_person_only_when_there_is_no_person() {
        let person = event_key(b"d", &event(None, "t", Some("1024"), None));
        let both = event_key(b"d", &event(None, "t", Some("1024"), Some("77")));
        let card = event_key(b"d", &event(None, "t", None, Some("77")));
        assert_eq!(person, both);
        assert_ne!(person, card);
    }

    proptest! {
        #[test]
        fn what_changes_from_copy_to_copy_is_not_in_the_key(
            live in any::<Option<bool>>(), temperature_c in any::<Option<f64>>(), warning in ".*", worn in any::<bool>(),
        ) {
            let first = event(Some(7), "2026-03-02T07:52:11+08:00", Some("1024"), None);
            let copy = Observation {
                live,
                temperature_c,
                mask: if worn { Mask::Worn } else { Mask::Missing },
                warnings: vec![warning],
                picture_sha256: Some("ab".into()),
                previous_event_no: Some(6),
                ..first.clone()
            };
            prop_assert_eq!(event_key(b"d", &first), event_key(b"d", &copy));
        }
    }
}
