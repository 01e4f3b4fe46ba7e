//! A pass that is bound to the key of one phone: `RW2:` + base45(what is inside of `RW1` ‖ the time ‖ the phone's
//! signature). The phone shows another one every few seconds, so a photograph of it is soon worth nothing.
//!
//! The time is four bytes of seconds since 1970, big-endian; the signature is ES256 as `r ‖ s`, over `RW2`, the SHA-256 of
//! what is inside, and those four bytes. The key stands in the pass's own claims (`cnf`, RFC 8747), which the issuer signed.

use aws_lc_rs::digest::{SHA256, digest};

use crate::key::VerifyingKey;
use crate::{MAX_TEXT_BYTES, Refusal, Stage};

/// What such a text begins with.
pub const PREFIX: &str = "RW2:";
/// How old it may be: time to hold it to a camera, to be measured before the entry is sent, and a clock that is slow.
pub const OLD_S: i64 = 300;
/// How far ahead its clock may be.
pub const AHEAD_S: i64 = 60;

const TIME_BYTES: usize = 4;
const SIGNATURE_BYTES: usize = 64;

/// The public key of a phone: the point on P-256, `x ‖ y`.
pub type HolderKey = [u8; 64];

/// A text taken apart.
pub(crate) struct Bound {
    /// What is inside of `RW1`: zlib.
    pub(crate) packed: Vec<u8>,
    time: [u8; TIME_BYTES],
    signature: [u8; SIGNATURE_BYTES],
}

impl Bound {
    /// Takes a text apart; it begins with [`PREFIX`].
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Refusal> {
        if MAX_TEXT_BYTES < text.len() {
            return Err(Refusal::cannot_tell(Stage::Prefix, "longer than a QR code"));
        }
        let body = text.strip_prefix(PREFIX.as_bytes()).unwrap_or_default();
        let bytes = std::str::from_utf8(body).ok().and_then(|it| base45::decode(it).ok());
        let bytes = bytes.ok_or(Refusal::cannot_tell(Stage::Base45, "not base45"))?;
        let short = Refusal::cannot_tell(Stage::Inflate, "nothing but a proof");
        let (rest, signature) = bytes.split_last_chunk().ok_or(short)?;
        let (packed, time) = rest.split_last_chunk().ok_or(short)?;
        Ok(Self { packed: packed.to_vec(), time: *time, signature: *signature })
    }

    /// Whether the phone with this key showed it now.
    ///
    /// # Errors
    /// Invalid for another's signature; cannot tell when it is too old or ahead, for then it is a picture or a wrong clock.
    pub(crate) fn prove(&self, key: &HolderKey, now_s: i64) -> Result<(), Refusal> {
        let point = [[4].as_slice(), key].concat();
        let key = VerifyingKey::p256(&point).ok_or(Refusal::cannot_tell(Stage::Proof, "not a point on P-256"))?;
        if !key.verifies(&signed(&self.packed, self.time), &self.signature) {
            return Err(Refusal::invalid(Stage::Proof, "signed by another phone"));
        }
        let shown_s = i64::from(u32::from_be_bytes(self.time));
        match (-OLD_S..=AHEAD_S).contains(&(shown_s - now_s)) {
            true => Ok(()),
            false => Err(Refusal::cannot_tell(Stage::Proof, "shown at another time")),
        }
    }
}

/// What the phone signs.
fn signed(packed: &[u8], time: [u8; TIME_BYTES]) -> Vec<u8> {
    [b"RW2".as_slice(), digest(&SHA256, packed).as_ref(), &time].concat()
}

/// What a phone shows at this moment of a pass (`RW1:…`) that is bound to it; nothing for what is no pass. The console does
/// the same in TypeScript; this is for tests and vectors.
pub fn show(pass: &str, time_s: u32, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Option<String> {
    let packed = base45::decode(pass.strip_prefix(crate::PREFIX)?).ok()?;
    let time = time_s.to_be_bytes();
    let signature = sign(&signed(&packed, time));
    Some(format!("{PREFIX}{}", base45::encode([packed.as_slice(), &time, &signature].concat())))
}
