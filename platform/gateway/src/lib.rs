//! Listeners with limits, and the journal of raw device bytes.
//!
//! A terminal's bytes are sealed, written and committed before it gets its answer; decoding comes after. So what cannot
//! be parsed yet is neither lost nor sent again for ever. What the bytes mean is none of this room's business: codecs
//! are handed in, and the journalled bodies are handed on.

mod doors;
mod journal;
mod listener;
mod store;

pub use doors::{Codec, DeviceDoors, Door, Doors, router};
pub use journal::{Journal, Journalled, Unparseable, adopt, finish, recover, sweep};
pub use listener::{Limits, serve};
pub use store::{JournalRow, body, list};

kernel::id_type! {
    /// One body that a device sent.
    pub struct JournalId; prefix = "jrn"
}
