//! What of an entry is a leaf: one line of JSON that names no person.
//!
//! Persons stand in it as commitments under their keys, free text as the digest of its sealed bytes. So the line, and
//! with it the tree, stays the same when a person is erased, and an exported log says nothing of whom.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use vault::random_bytes;

use crate::tree::Hash;

/// Where persons of an entry are committed for; the row is the entry.
pub const PEOPLE_COLUMN: &str = "audit_entry.people";

/// First member of every line: what the others are.
const FORM: &str = "fugong/audit/1";

/// What the tree keeps beside an entry, so that its line can be written again whatever was erased.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Kept {
    /// One for each person, in order of their bytes.
    pub(crate) commitments: Vec<Hash>,
    /// Which of them the entry's subject is, if it is one.
    pub(crate) subject: Option<usize>,
    /// SHA-256 of the sealed note.
    pub(crate) note: Option<Hash>,
}

impl Kept {
    /// Commits to the persons of an entry; `commit` gives nothing for whoever has no key any more.
    pub(crate) fn new(
        people: &[Uuid],
        subject: Option<&str>,
        note: Option<&[u8]>,
        commit: impl Fn(Uuid) -> Option<Hash>,
    ) -> Self {
        // Who was erased in between is committed to nothing that anyone could open.
        let mut committed: Vec<(Hash, Uuid)> =
            people.iter().map(|it| (commit(*it).unwrap_or_else(random_bytes), *it)).collect();
        // A subject with a key of its own is a person, whether or not she is named besides.
        let of_subject = subject.and_then(person_in);
        let unnamed = of_subject.filter(|it| !people.contains(it));
        committed.extend(unnamed.and_then(|it| Some((commit(it)?, it))));
        committed.sort_unstable();
        Self {
            subject: of_subject.and_then(|person| committed.iter().position(|it| it.1 == person)),
            commitments: committed.into_iter().map(|it| it.0).collect(),
            note: note.map(sha256),
        }
    }
}

/// The id in `prefix_<hex>`.
pub(crate) fn person_in(subject: &str) -> Option<Uuid> {
    Uuid::try_parse(subject.rsplit_once('_')?.1).ok()
}

pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    let mut out = Hash::default();
    out.iter_mut().zip(digest(&SHA256, bytes).as_ref()).for_each(|(to, from)| *to = *from);
    out
}

db::row! {
    /// The members of an entry that stand in its line.
    pub(crate) struct LineRow {
        pub(crate) id: Uuid,
        pub(crate) at: i64,
        pub(crate) actor_id: Option<Uuid>,
        pub(crate) actor_name: String,
        pub(crate) actor_role: String,
        pub(crate) area_code: String,
        pub(crate) act: String,
        pub(crate) purpose: String,
        pub(crate) subject: Option<String>,
        pub(crate) detail: String,
        pub(crate) request_id: String,
        pub(crate) note_sealed: Option<Vec<u8>>,
    }
}

/// The line of an entry: form, id, time in microseconds, account, name, role, area, act, purpose, subject, detail,
/// request, commitments, digest of the note. A subject that is a person is `#` and the place of her commitment.
pub(crate) fn line(row: &LineRow, kept: &Kept) -> String {
    let subject = match kept.subject {
        Some(at) => Some(format!("#{at}")),
        None => row.subject.clone(),
    };
    let hashes: Vec<Json> = kept.commitments.iter().map(|it| json!(hex(it))).collect();
    json!([
        FORM,
        row.id.simple().to_string(),
        row.at,
        row.actor_id.map(|it| it.simple().to_string()),
        row.actor_name,
        row.actor_role,
        row.area_code,
        row.act,
        row.purpose,
        subject,
        row.detail,
        row.request_id,
        hashes,
        kept.note.as_ref().map(|it| hex(it)),
    ])
    .to_string()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
