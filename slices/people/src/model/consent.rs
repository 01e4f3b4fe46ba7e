//! Consents as data.

use kernel::{Instant64, Label, Phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::Purpose;

kernel::id_type! {
    /// The receipt of one decision about one purpose.
    pub struct ConsentId; prefix = "con"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What may be consented to, each by itself.
    pub enum ConsentPurpose {
        /// 位置.
        Location = "location",
        /// 人脸.
        Face = "face",
        /// 名单比对.
        Matching = "matching",
    }
}

impl ConsentPurpose {
    /// The key that everything of this purpose is sealed under.
    pub const fn key(self) -> Purpose {
        match self {
            Self::Location => Purpose::Location,
            Self::Face => Purpose::Face,
            Self::Matching => Purpose::Matching,
        }
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Where a receipt stands.
    pub enum ConsentState {
        /// Consented.
        Given = "given",
        /// Not consented.
        Refused = "refused",
        /// Consent was taken back.
        Withdrawn = "withdrawn",
        /// The response it hung on is over.
        Expired = "expired",
        /// A later decision stands in its place.
        Replaced = "replaced",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How it was said.
    pub enum ConsentChannel {
        /// By herself, on a phone proved to be hers.
        Phone = "phone",
        /// On a signed sheet that the desk keeps.
        Paper = "paper",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Whence it is known that she may decide alone.
    pub enum AgeBasis {
        /// Her document says that she is of age.
        Document = "document",
        /// Her document does not say when she was born; she states that she is of age.
        Stated = "stated",
        /// She is not: her guardian has decided with her.
        Guardian = "guardian",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What the guardian is to her.
    pub enum GuardianRelation {
        /// Father or mother.
        Parent = "parent",
        /// Grandfather or grandmother.
        Grandparent = "grandparent",
        /// Elder brother or sister.
        Sibling = "sibling",
        /// Somebody else, appointed.
        Appointed = "appointed",
    }
}

/// Who decides with a minor. Sealed at rest; `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Guardian {
    /// As on the document.
    pub name: Label,
    /// What they are to her.
    pub relation: GuardianRelation,
    /// Where they are reached.
    pub phone: Phone,
}

impl std::fmt::Debug for Guardian {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guardian(…)")
    }
}

/// As it is sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredGuardian {
    pub(crate) name: String,
    pub(crate) relation: GuardianRelation,
    pub(crate) phone: String,
}

/// Whether she may decide alone, as far as her document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// 18 or older.
    Adult,
    /// Younger: her guardian decides with her (Civil Code art. 17–19, PIPL art. 31).
    Minor,
    /// Her document does not say.
    Unknown,
}

/// Full years at which somebody is of age (Civil Code art. 17).
const OF_AGE: u16 = 18;

impl Age {
    /// Of a document's holder at `now`.
    pub fn of(document: &kernel::DocumentNumber, now: Instant64) -> Self {
        match document.age(now) {
            Some(years) if years >= OF_AGE => Self::Adult,
            Some(_) => Self::Minor,
            None => Self::Unknown,
        }
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Where a face was enrolled.
    pub enum FaceChannel {
        /// By herself, on a phone proved to be hers.
        Phone = "phone",
        /// At the desk, before somebody's eyes.
        Desk = "desk",
    }
}
