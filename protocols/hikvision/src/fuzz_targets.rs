//! What must hold for any bytes at all. libFuzzer drives these functions through the crate in `fuzz/`, and a test
//! drives them on stable Rust; they panic when an invariant is broken. Not part of the product's own code paths.

use observation::{Kind, Observation};
use serde_json::Value;

use crate::{decode, inspect, inspect::split_head, redact};

/// The keys of a readable event's line.
const KEYS: [&str; 14] = [
    "kind",
    "method",
    "device_serial",
    "person_ref",
    "card_no",
    "device_time",
    "device_time_raw",
    "live",
    "event_no",
    "temperature_c",
    "over_limit",
    "mask",
    "picture_sha256",
    "warnings",
];

/// Decoding gives at least one observation, the same ones each time, and every value within its bounds.
///
/// # Panics
/// When that is not so.
pub fn decode_target(data: &[u8]) {
    let (content_type, body) = split_head(data);
    let observations = decode(content_type.as_deref(), body);
    assert!(!observations.is_empty(), "a body gives at least one observation");
    assert!(observations == decode(content_type.as_deref(), body), "decoding is a function of the bytes");
    for it in &observations {
        assert_bounds(it);
        assert!(it.kind != Kind::Unparseable || observations.len() == 1, "unparseable stands alone");
    }
}

/// Redacting changes no observation, leaves none of the pictures it lists, and has nothing to do the second time.
///
/// # Panics
/// When that is not so.
pub fn redact_target(data: &[u8]) {
    let (content_type, body) = split_head(data);
    let content_type = content_type.as_deref();
    let redacted = redact(content_type, body);
    assert!(decode(content_type, &redacted.bytes) == decode(content_type, body), "no observation changes");
    let again = redact(content_type, &redacted.bytes);
    assert!(again.pictures.is_empty(), "no picture is left");
    assert!(again.bytes == redacted.bytes, "the second time changes nothing");
    assert!(!redacted.pictures.is_empty() || redacted.bytes == body, "without pictures nothing changes");
}

/// Inspecting gives one line of JSON per observation, with exactly the agreed keys.
///
/// # Panics
/// When that is not so.
pub fn inspect_target(data: &[u8]) {
    let lines = inspect(data);
    assert!(!lines.is_empty(), "a body gives at least one line");
    for line in lines {
        assert!(!line.contains(['\n', '\r']), "a line is one line");
        let Some(Value::Object(object)) = serde_json::from_str(&line).ok() else {
            unreachable!("a line is a JSON object: {line}");
        };
        let is_unparseable = line.starts_with(r#"{"kind":"unparseable","warnings":["#);
        let keys: &[&str] = if is_unparseable { &["kind", "warnings"] } else { &KEYS };
        assert!(object.len() == keys.len() && keys.iter().all(|it| object.contains_key(*it)), "the keys are agreed");
    }
}

fn assert_bounds(observation: &Observation) {
    let texts = [&observation.device_serial, &observation.person_ref, &observation.card_no];
    for text in texts.into_iter().flatten().chain([&observation.device_time_raw]) {
        assert!(text.chars().count() <= 64, "texts are bounded");
    }
    assert!(observation.temperature_c.is_none_or(|it| (20.0..=50.0).contains(&it)), "temperatures are plausible");
    assert!(observation.card_no.as_deref().is_none_or(|it| it.chars().any(|c| c != '0')), "a card is not all zeros");
    assert!(observation.device_mac.as_deref().is_none_or(|it| it.len() == 17), "a MAC address is six pairs");
    assert!(observation.picture_sha256.as_deref().is_none_or(|it| it.len() == 64), "a digest is 64 digits");
    assert!(observation.device_time.is_none() || !observation.device_time_raw.is_empty(), "an instant has its text");
}
