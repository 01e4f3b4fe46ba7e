//! Keys: what verifies a signature, and what signs ours. The algorithm is the key's; no header chooses it.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, Ed25519KeyPair, KeyPair as _, ParsedPublicKey, RSA_PSS_2048_8192_SHA256,
};
use x509_parser::oid_registry as oid;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::public_key::PublicKey;

/// First eight bytes of a SHA-256: of a certificate (EU DCC), of a public key (ours).
pub type KeyId = [u8; 8];

/// Signature algorithms that we take (IANA COSE).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Algorithm {
    Es256,
    Ps256,
    EdDsa,
}

impl Algorithm {
    /// The number in a COSE header.
    pub(crate) const fn cose(self) -> i128 {
        match self {
            Self::Es256 => -7,
            Self::Ps256 => -37,
            Self::EdDsa => -8,
        }
    }
}

/// A public key and the only algorithm it may be used with.
pub(crate) struct VerifyingKey {
    pub(crate) algorithm: Algorithm,
    key: ParsedPublicKey,
}

impl VerifyingKey {
    /// Ed25519, 32 bytes.
    pub(crate) fn ed25519(bytes: &[u8]) -> Option<Self> {
        Some(Self { algorithm: Algorithm::EdDsa, key: ParsedPublicKey::new(&ED25519, bytes).ok()? })
    }

    /// P-256, an uncompressed point.
    pub(crate) fn p256(point: &[u8]) -> Option<Self> {
        Some(Self { algorithm: Algorithm::Es256, key: ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).ok()? })
    }

    /// RSA of 2,048 bits or more, as PKCS#1.
    fn rsa(pkcs1: &[u8]) -> Option<Self> {
        Some(Self { algorithm: Algorithm::Ps256, key: ParsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, pkcs1).ok()? })
    }

    /// Whether `signature` is this key's over `message`. ECDSA as `r ‖ s`, never DER.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify_sig(message, signature).is_ok()
    }
}

/// A document signer's certificate (EU DCC). Its dates and chain are not looked at: being on the list is the trust.
pub(crate) struct Certificate {
    pub(crate) kid: KeyId,
    pub(crate) key: VerifyingKey,
    pub(crate) usages: Vec<String>,
}

impl Certificate {
    /// Reads DER; nothing if it is no certificate or its key is neither P-256 nor RSA.
    pub(crate) fn parse(der: &[u8]) -> Option<Self> {
        let (_, it) = X509Certificate::from_der(der).ok()?;
        let point = it.public_key().subject_public_key.data.as_ref();
        let key = match it.public_key().parsed().ok()? {
            PublicKey::EC(_) => {
                let curve = it.public_key().algorithm.parameters.as_ref()?.as_oid().ok()?;
                (curve == oid::OID_EC_P256).then(|| VerifyingKey::p256(point))??
            }
            PublicKey::RSA(_) => VerifyingKey::rsa(point)?,
            _ => return None,
        };
        let usages =
            it.extended_key_usage().ok().flatten().map(|it| it.value.other.iter().map(ToString::to_string).collect());
        Some(Self { kid: first_eight(der), key, usages: usages.unwrap_or_default() })
    }
}

/// The first eight bytes of the SHA-256 of `bytes`.
pub(crate) fn first_eight(bytes: &[u8]) -> KeyId {
    let mut id = KeyId::default();
    id.iter_mut().zip(digest(&SHA256, bytes).as_ref()).for_each(|(to, from)| *to = *from);
    id
}

/// Signs a message with Ed25519: 64 bytes.
type Sign = Box<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

/// The Ed25519 key under which passes and status lists are issued.
pub struct IssuerKey {
    public_key: Vec<u8>,
    kid: KeyId,
    sign: Sign,
}

impl IssuerKey {
    /// From the 32 bytes of its seed; nothing if they are not 32.
    pub fn from_seed(seed: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let public_key = pair.public_key().as_ref().to_vec();
        Some(Self::held_elsewhere(public_key, move |it| pair.sign(it).as_ref().to_vec()))
    }

    /// A key that somebody else holds and signs with: its 32 public bytes, and that other's Ed25519 signature.
    pub fn held_elsewhere(public_key: Vec<u8>, sign: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self { kid: first_eight(&public_key), public_key, sign: Box::new(sign) }
    }

    /// What passes name it by: the first eight bytes of the SHA-256 of the public key.
    pub fn kid(&self) -> KeyId {
        self.kid
    }

    /// What verifies it: 32 bytes.
    pub fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        (self.sign)(message)
    }
}
