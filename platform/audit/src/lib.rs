//! Who did what to whom, when and for what purpose.
//!
//! An entry is written in the transaction of its cause, so there is no act without its entry and no entry without its
//! act; there is no switch. It holds human acts, disclosures and decisions; what devices send is the journal's.
//! Free text is sealed under the key of the person it is about, so that it goes when she is erased.
//!
//! Within a second or two each entry becomes a leaf of a Merkle tree ([`tree`]), whose size and root are signed and
//! written to a second path ([`Sequencer`]). Whoever kept one of those checkpoints can tell later, off line, whether
//! anything before it was changed, dropped or put elsewhere ([`verify`]).

pub mod checkpoint;
mod leaf;
mod proving;
mod sequence;
mod store;
pub mod tree;
mod verify;

use db::{DbError, Tx};
use kernel::Instant64;
use serde_json::Value as Json;
use uuid::Uuid;

pub use proving::{Exported, Proof, Published, export, proof, published, verifier_key};
pub use sequence::Sequencer;
pub use store::entries::{AuditFilter, EntryRow, accesses, accesses_count, count, index_people, list, list_query};
pub use verify::{ProofError, Verified, prove, verify, verify_proof};

/// What can go wrong with the tree.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// The database.
    #[error("the store")]
    Store(#[from] DbError),
    /// The keys.
    #[error("the keys")]
    Keys(#[from] vault::VaultError),
    /// The folder of checkpoints.
    #[error("a checkpoint cannot be written to {0}")]
    SecondPath(std::path::PathBuf, #[source] std::io::Error),
    /// The file of an export.
    #[error("the log cannot be written")]
    Write(#[source] std::io::Error),
    /// The newest checkpoint is not signed with the installation's key.
    #[error("the newest checkpoint is not of this installation's key")]
    Unsigned,
}

kernel::id_type! {
    /// One entry of the audit log.
    pub struct AuditId; prefix = "aud"
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for the system itself.
    pub account: Option<Uuid>,
    /// As shown: a login's display name or the name of a task.
    pub name: String,
    /// Role code, or `system`.
    pub role: String,
    /// The smallest area that holds all the account reaches; empty for who reaches everything, as the system does.
    pub area: String,
}

impl Actor {
    /// The system, acting through the named task.
    pub fn system(task: &str) -> Self {
        Self { account: None, name: task.to_owned(), role: "system".to_owned(), area: String::new() }
    }
}

/// An act to be written down.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// When.
    pub at: Instant64,
    /// By whom.
    pub actor: &'a Actor,
    /// A stable code such as `person.read`.
    pub act: &'static str,
    /// A purpose code such as `trace`; empty where the act names none.
    pub purpose: &'a str,
    /// The thing acted on, as an id on the wire.
    pub subject: Option<String>,
    /// The persons whose data was read or changed; a page of 50 is one entry with 50 of them.
    pub people: &'a [Uuid],
    /// Ids, codes and counts; never personal data.
    pub detail: Json,
    /// Free text, sealed: see [`Note`].
    pub note: Option<Note>,
    /// The request that did it.
    pub request_id: &'a str,
}

/// Free text under a person's key.
#[derive(Debug, Clone)]
pub struct Note {
    /// The person it is about.
    pub person: Uuid,
    /// Sealed for the place [`NOTE_COLUMN`] and that person.
    pub sealed: Vec<u8>,
}

/// Where a note is sealed for; the row is the person.
pub const NOTE_COLUMN: &str = "audit_entry.note";

/// Writes the entry with the rest of the transaction.
pub async fn record(tx: &mut Tx, entry: Entry<'_>) -> Result<AuditId, DbError> {
    Ok(store::entries::insert(tx, entry))
}
