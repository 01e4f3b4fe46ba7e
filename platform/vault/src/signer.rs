//! The server's own signing keys: Ed25519, derived from keys of the store and wrapped with them.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use kernel::Instant64;
use uuid::Uuid;

use crate::{Purpose, Vault, VaultError};

/// What is signed. Each has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// Checkpoints of the audit log.
    AuditLog,
    /// Passes and their status lists.
    Passes,
    /// What gates of our own are told.
    Gates,
}

impl Signs {
    /// The subject of its key: no person, and no account.
    const fn subject(self) -> Uuid {
        match self {
            Self::AuditLog => Uuid::from_u128(0xf0),
            Self::Passes => Uuid::from_u128(0xf1),
            Self::Gates => Uuid::from_u128(0xf2),
        }
    }
}

/// A key that signs.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// 64 bytes over the message.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }

    /// What verifies it: 32 bytes.
    pub fn public_key(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer(…)")
    }
}

/// Whether these 64 bytes are the signature of whoever has this public key (32 bytes) over the message.
pub fn is_signed(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(message, signature).is_ok()
}

impl Vault {
    /// Destroys a key that signs; the next one is made when it is asked for.
    ///
    /// # Errors
    /// When the store of keys fails.
    pub async fn replace_signer(&self, signs: Signs) -> Result<(), VaultError> {
        self.destroy(&[signs.subject()]).await.map(|_| ())
    }

    /// The installation's key for this purpose; made when it is asked for the first time.
    pub async fn signer(&self, signs: Signs, now: Instant64) -> Result<Signer, VaultError> {
        let subject = signs.subject();
        let key =
            self.ensure(&[subject], Purpose::System, None, now).await?.remove(&subject).ok_or(VaultError::Gone)?;
        Ed25519KeyPair::from_seed_unchecked(&key.signing_seed()).map(Signer).map_err(|_| VaultError::Broken)
    }
}
