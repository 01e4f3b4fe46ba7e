//! What must hold for any bytes at all; they panic when it does not. Driven by `fuzz/` and by a test on stable Rust.

use kernel::Celsius;
use observation::Kind;

use crate::{Answer, Ask, PASSAGES_MOST, decode};

/// Decoding gives at least one observation, the same ones each time, every value within its bounds.
///
/// # Panics
/// When that is not so.
pub fn decoding(data: &[u8]) {
    let read = decode(data);
    assert!(read == decode(data), "decoding is a function of the bytes");
    assert!((1..=PASSAGES_MOST).contains(&read.len()), "from one to as many as a batch may have");
    for it in &read {
        assert!(it.kind != Kind::Unparseable || read.len() == 1, "unparseable stands alone");
        assert!(it.temperature_c.is_none_or(|it| Celsius::new(it).is_ok()), "a temperature");
    }
}

/// What can be read of a round is written and read again as it was.
///
/// # Panics
/// When that is not so.
pub fn rounds(data: &[u8]) {
    if let Ok(ask) = serde_json::from_slice::<Ask>(data) {
        let text = serde_json::to_vec(&ask).unwrap_or_default();
        assert!(serde_json::from_slice::<Ask>(&text).is_ok_and(|it| it == ask), "a question");
    }
    if let Ok(answer) = serde_json::from_slice::<Answer>(data) {
        let text = serde_json::to_vec(&answer).unwrap_or_default();
        assert!(serde_json::from_slice::<Answer>(&text).is_ok_and(|it| it == answer), "an answer");
    }
}
