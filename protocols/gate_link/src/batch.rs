//! What a gate sends: passages as it measured and decided them.

use kernel::Instant64;
use observation::{Fault, Mask, Method};
use serde::{Deserialize, Serialize};

/// The form of [`Batch`]: counts up when an older server could not read it.
pub const FORMAT: u8 = 1;

/// The media type of a batch, by which its codec is found.
pub const CONTENT_TYPE: &str = "application/vnd.fugong.passages+json";

/// Passages in one batch at most: what a server takes into one transaction.
pub const PASSAGES_MOST: usize = 200;

/// Passages in the order of their numbers; none at all says that the gate is alive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// [`FORMAT`].
    pub format: u8,
    /// The gate's serial number, as it was registered.
    pub serial: String,
    /// What the gate's clock showed when this was sent.
    pub sent_at: Instant64,
    /// What happened.
    pub passages: Vec<Passage>,
}

/// One person's passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Counts up over the gate's whole life.
    pub no: i64,
    /// The number before; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<i64>,
    /// When, by the gate's clock.
    pub at: Instant64,
    /// Sent as it happened; otherwise it waited for the network.
    pub live: bool,
    /// Whether the gate opened.
    pub granted: bool,
    /// By what the person was known.
    pub method: PassageMethod,
    /// Her number here, as the gate's own list has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee_no: Option<String>,
    /// The card that was held to the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_no: Option<String>,
    /// The estimate of her body temperature, in degrees Celsius; none where there was no estimate to rely on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature_c: Option<f64>,
    /// Whether the gate decided on `alarm`; none where nothing was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_limit: Option<bool>,
    /// What was seen of a mask.
    pub mask: PassageMask,
    /// What is in doubt, or wrong with the pass that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<PassageFault>,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident => $of:ident { $($(#[$variant_meta:meta])* $variant:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_meta])* $variant),* }

        impl From<$name> for $of {
            fn from(it: $name) -> Self {
                match it { $($name::$variant => Self::$variant),* }
            }
        }
    };
}

words! {
    /// By what a gate of our own knows people.
    PassageMethod => Method {
        /// A face before its camera.
        Face,
        /// A badge at its reader.
        Card,
        /// A pass before its camera or reader.
        Qr,
        /// Nothing was shown, or nothing that could be read.
        Unknown,
    }
}

words! {
    /// What a gate saw of a mask.
    PassageMask => Mask {
        /// A mask, worn.
        Worn,
        /// No mask.
        Missing,
        /// Not looked at, or not to be told.
        Unknown,
    }
}

words! {
    /// What a gate of our own doubts.
    PassageFault => Fault {
        /// A picture or a screen with somebody's face.
        SpoofSuspected,
        /// A face or a card that its list does not have.
        NotMatched,
        /// A face that fits somebody, and not well enough.
        Uncertain,
        /// A face that fits two people, or a face and a badge of two people.
        Ambiguous,
        /// The pass has run out.
        PassExpired,
        /// The pass was taken back.
        PassRevoked,
        /// The pass cannot be checked.
        PassUnverifiable,
        /// The pass is good for other places.
        PassElsewhere,
    }
}
