//! Checkpoints: the size and root of the log, signed.
//!
//! The text is a C2SP `tlog-checkpoint` inside a C2SP `signed-note`: an origin, the size, the root in base64, an empty
//! line, and a signature line. Other tools for transparency logs read it.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use vault::Signer;

use crate::tree::Hash;

/// First line of every checkpoint, and the name of the key.
pub const ORIGIN: &str = "fugong/audit";
/// Ed25519 in a signed note.
const ED25519_KIND: u8 = 1;

/// The log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

/// Why a checkpoint is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not three lines, an empty one and a signature.
    #[error("not a checkpoint")]
    Form,
    /// Of another log.
    #[error("a checkpoint of another log")]
    Origin,
    /// Signed with another key, or changed.
    #[error("the signature is not that of this key")]
    Signature,
    /// Not `name+hash+base64`.
    #[error("not a verifier key")]
    Key,
}

/// What verifies checkpoints.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey([u8; 32]);

impl VerifierKey {
    /// The key of a signer.
    pub fn of(signer: &Signer) -> Option<Self> {
        signer.public_key().try_into().ok().map(Self)
    }

    /// Reads `name+hash+base64`, as [`std::fmt::Display`] writes it.
    ///
    /// # Errors
    /// [`CheckpointError::Key`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let encoded = text.trim().splitn(3, '+').nth(2).ok_or(CheckpointError::Key)?;
        match STANDARD.decode(encoded).ok().as_deref() {
            Some([ED25519_KIND, key @ ..]) => {
                let it = Self(key.try_into().map_err(|_| CheckpointError::Key)?);
                if it.to_string() == text.trim() { Ok(it) } else { Err(CheckpointError::Key) }
            }
            _ => Err(CheckpointError::Key),
        }
    }

    /// First four bytes of `SHA-256(name ‖ LF ‖ kind ‖ key)`.
    fn id(&self) -> [u8; 4] {
        let hashed = digest(&SHA256, &[ORIGIN.as_bytes(), b"\n", &[ED25519_KIND], &self.0].concat());
        let mut id = [0; 4];
        id.iter_mut().zip(hashed.as_ref()).for_each(|(to, from)| *to = *from);
        id
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let encoded = STANDARD.encode([&[ED25519_KIND], self.0.as_slice()].concat());
        write!(f, "{ORIGIN}+{:08x}+{encoded}", u32::from_be_bytes(self.id()))
    }
}

impl Checkpoint {
    /// The text that is signed.
    fn body(&self) -> String {
        format!("{ORIGIN}\n{}\n{}\n", self.size, STANDARD.encode(self.root))
    }

    /// The signed note.
    pub fn sign(&self, signer: &Signer) -> Option<String> {
        let (body, key) = (self.body(), VerifierKey::of(signer)?);
        let signature = [key.id().as_slice(), &signer.sign(body.as_bytes())].concat();
        Some(format!("{body}\n— {ORIGIN} {}\n", STANDARD.encode(signature)))
    }

    /// Reads a note and verifies it.
    ///
    /// # Errors
    /// [`CheckpointError`]: what is wrong with it.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, CheckpointError> {
        let (body, signatures) = note.split_once("\n\n").ok_or(CheckpointError::Form)?;
        let [origin, size, root] =
            body.split('\n').collect::<Vec<_>>().try_into().map_err(|_| CheckpointError::Form)?;
        if origin != ORIGIN {
            return Err(CheckpointError::Origin);
        }
        let root = STANDARD.decode(root).ok().and_then(|it| it.try_into().ok()).ok_or(CheckpointError::Form)?;
        let it = Self { size: size.parse().map_err(|_| CheckpointError::Form)?, root };
        let prefix = format!("— {ORIGIN} ");
        let signed = signatures.lines().filter_map(|it| it.strip_prefix(&prefix)).any(|it| it_is_signed(it, key, body));
        if signed { Ok(it) } else { Err(CheckpointError::Signature) }
    }
}

fn it_is_signed(encoded: &str, key: &VerifierKey, body: &str) -> bool {
    let Ok(bytes) = STANDARD.decode(encoded) else { return false };
    let Some((id, signature)) = bytes.split_at_checked(4) else { return false };
    let message = format!("{body}\n");
    id == key.id() && UnparsedPublicKey::new(&ED25519, key.0).verify(message.as_bytes(), signature).is_ok()
}

/// The notes in a file of checkpoints, one after the other.
pub fn notes(file: &str) -> impl Iterator<Item = String> {
    let begins = format!("{ORIGIN}\n");
    let mut found: Vec<String> = Vec::new();
    for line in file.split_inclusive('\n') {
        match found.last_mut() {
            Some(last) if line != begins => last.push_str(line),
            None if line != begins => {}
            _ => found.push(line.to_owned()),
        }
    }
    found.into_iter()
}
