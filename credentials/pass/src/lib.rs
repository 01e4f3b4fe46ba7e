//! Passes as they are scanned, verified off line: our own `RW1`, EU Digital COVID Certificates (`HC1`), SMART Health
//! Cards (`shc:/`), and the status lists that say which of ours were revoked.
//!
//! Pure: bytes in, plain values out; no clock, no network, no storage. The answer has three outcomes, because a pass
//! that cannot be read or whose issuer is not known is neither good nor bad: see [`Outcome`].
//!
//! Every stage bounds what it takes: the text's length, what it may inflate to, how deep and how large its CBOR may be.
//! The algorithm is a property of the key, so a header can only agree with it or be refused.

pub mod bound;
mod cbor;
mod claims;
pub mod conform;
mod cose;
pub mod dcc;
mod envelope;
pub mod foreign;
pub mod fuzz_targets;
mod inspect;
mod key;
mod outcome;
mod own;
pub mod shc;
pub mod status_list;
mod trust;

pub use claims::{Claims, Scope, StatusRef};
pub use inspect::{Request, Revocations, inspect};
pub use key::{IssuerKey, KeyId};
pub use outcome::{Outcome, Refusal, Stage};
pub use own::{PREFIX, SignError, issue, verify, verify_but_status};
pub use trust::{TrustError, TrustList};

/// What a pass may be: longer is not a QR code (version 40 holds 4,296 alphanumeric characters).
pub const MAX_TEXT_BYTES: usize = 8 * 1024;
