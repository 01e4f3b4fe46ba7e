//! One data key, and sealing with it.

use aws_lc_rs::hmac;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::VaultError;

const FORMAT: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Where a sealed value stands. It is authenticated, so a value moved to another row or column does not open.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Table and column, such as `person.identity`.
    pub column: &'static str,
    /// The row's id.
    pub row: Uuid,
}

/// An unwrapped 256-bit key. Wiped from memory when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct DataKey(pub(crate) [u8; 32]);

impl DataKey {
    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    /// A key that somebody else made and handed over: on a gate, its own and the one that it shares with the server.
    pub const fn handed_over(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes of another key, derived from this one for one place: destroyed with it. HMAC-SHA256.
    pub fn derived(&self, place: Place) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(&mac(&self.0, b"derived key"), &associated(place)))
    }

    /// Seals with XChaCha20-Poly1305: format byte, 24-byte random nonce, ciphertext and tag.
    pub fn seal(&self, place: Place, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = random_bytes();
        let payload = Payload { msg: plain, aad: &associated(place) };
        let mut out = Vec::with_capacity(1 + NONCE_BYTES + plain.len() + 16);
        out.push(FORMAT);
        out.extend_from_slice(&nonce);
        // Fails only for plaintexts beyond 256 GiB.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens what [`DataKey::seal`] made for the same place.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let rest = sealed.strip_prefix(&[FORMAT]).ok_or(VaultError::Broken)?;
        let (nonce, body) = rest.split_at_checked(NONCE_BYTES).ok_or(VaultError::Broken)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| VaultError::Broken)?;
        let payload = Payload { msg: body, aad: &associated(place) };
        self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::Broken)
    }

    /// A commitment to `value` at this place: who has the key can show that it stands for the value, and nobody can tell
    /// once the key is destroyed. HMAC-SHA256 under a key derived from this one, so that sealing and committing never
    /// share a key.
    pub fn commit(&self, place: Place, value: &[u8]) -> [u8; 32] {
        mac(&mac(&self.0, b"commitment"), &[&associated(place), value].concat())
    }

    /// The seed of a signing key, derived from this one: destroyed with it, wrapped with it.
    pub(crate) fn signing_seed(&self) -> [u8; 32] {
        mac(&self.0, b"signing seed")
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
    let mut out = [0; 32];
    out.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    out
}

fn associated(place: Place) -> Vec<u8> {
    let mut out = Vec::with_capacity(place.column.len() + 17);
    out.extend_from_slice(place.column.as_bytes());
    out.push(0);
    out.extend_from_slice(place.row.as_bytes());
    out
}

/// Bytes from the operating system's generator.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness nothing may go on")]
    aws_lc_rs::rand::fill(&mut bytes).expect("the system's random generator answers");
    bytes
}

/// A random secret of `N` bytes in lower-case hexadecimal.
pub fn random_token<const N: usize>() -> String {
    hex(&random_bytes::<N>())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, it| {
        let _ = write!(out, "{it:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { column: "person.identity", row: Uuid::nil() };

    #[test]
    fn what_was_sealed_opens_at_the_same_place_only() {
        let key = DataKey::random();
        let sealed = key.seal(PLACE, "陈志强".as_bytes());
        assert_eq!(key.open(PLACE, &sealed).unwrap(), "陈志强".as_bytes());
        assert!(key.open(Place { column: "person.status", ..PLACE }, &sealed).is_err());
        assert!(key.open(Place { row: Uuid::max(), ..PLACE }, &sealed).is_err());
        assert!(DataKey::random().open(PLACE, &sealed).is_err());
    }

    #[test]
    fn one_flipped_bit_is_found_wherever_it_is() {
        let key = DataKey::random();
        let sealed = key.seal(PLACE, b"36.4");
        for index in 0..sealed.len() {
            let mut broken = sealed.clone();
            broken[index] ^= 1;
            assert!(key.open(PLACE, &broken).is_err(), "byte {index}");
        }
        assert!(key.open(PLACE, &[]).is_err());
    }
}
