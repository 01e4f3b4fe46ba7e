//! What a census found, and what becomes of it.

use kernel::Label;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vault::{DataKey, Place};

use crate::model::SizeClass;
use crate::officers::model::PremisesKind;

kernel::id_type! {
    /// A file of the census that was taken in.
    pub struct CensusImportId; prefix = "cim"
}
kernel::id_type! {
    /// What was found behind one door.
    pub struct FindingId; prefix = "fnd"
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What was found: with what of the register it is compared.
    pub enum CensusKind {
        /// An enterprise.
        Enterprise = "enterprise",
        /// 楼宇.
        Building = "building",
        /// 商场.
        Mall = "mall",
        /// 小区.
        Compound = "compound",
    }
}

impl CensusKind {
    /// The kind of premises, if it is some.
    pub const fn premises(self) -> Option<PremisesKind> {
        match self {
            Self::Enterprise => None,
            Self::Building => Some(PremisesKind::Building),
            Self::Mall => Some(PremisesKind::Mall),
            Self::Compound => Some(PremisesKind::Compound),
        }
    }
}

impl From<PremisesKind> for CensusKind {
    fn from(kind: PremisesKind) -> Self {
        match kind {
            PremisesKind::Building => Self::Building,
            PremisesKind::Mall => Self::Mall,
            PremisesKind::Compound => Self::Compound,
        }
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What comparing a finding with the register gave.
    pub enum CensusOutcome {
        /// Its code is an enterprise's, and so is its name; or it is called as premises of its area or address are.
        Matched = "matched",
        /// It resembles one: somebody must look.
        Likely = "likely",
        /// Nothing in the register is like it.
        New = "new",
        /// What it says contradicts itself, the register or another row.
        Conflict = "conflict",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What contradicts what.
    pub enum CensusConflict {
        /// Its code is none.
        CodeForm = "code_form",
        /// Its code's check digit is wrong.
        CodeCheck = "code_check",
        /// Its code says one enterprise, its name another.
        CodeAndName = "code_and_name",
        /// Another row of the same file claims the same.
        ClaimedTwice = "claimed_twice",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Why an enterprise or premises of the register are a candidate, and what speaks against it.
    pub enum MatchSign {
        /// The same credit code.
        SameCode = "same_code",
        /// Another credit code.
        OtherCode = "other_code",
        /// The same name, but for how it is written.
        SameName = "same_name",
        /// A similar name.
        NearName = "near_name",
        /// Another name.
        OtherName = "other_name",
        /// The same address, but for how it is written.
        SameAddress = "same_address",
        /// One address lies inside the other: the building, and a room in it.
        NearAddress = "near_address",
        /// Another address.
        OtherAddress = "other_address",
        /// Premises in the same area.
        SameArea = "same_area",
        /// Premises in another area.
        OtherArea = "other_area",
        /// Premises of another kind.
        OtherKind = "other_kind",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What became of a finding.
    pub enum FindingState {
        /// Nobody has decided yet.
        Open = "open",
        /// It is one of the register.
        Same = "same",
        /// It was registered.
        New = "new",
        /// It is none that belongs into the register.
        Aside = "aside",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a finding was set aside.
    pub enum AsideReason {
        /// 不是企业.
        NoEnterprise = "no_enterprise",
        /// 不是楼宇、商场或小区.
        NoPremises = "no_premises",
        /// 已停业或搬离.
        ClosedDown = "closed_down",
        /// 不在本区.
        Outside = "outside",
        /// 重复登记.
        Repeated = "repeated",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// A field of the register that may be taken over from a finding.
    pub enum CensusField {
        /// Its name.
        Name = "name",
        /// Its address.
        Address = "address",
        /// Its area.
        AreaCode = "area_code",
        /// Its industry.
        Industry = "industry",
        /// Its size.
        SizeClass = "size_class",
        /// Which kind of premises it is.
        Kind = "kind",
    }
}

/// One good row of a file.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Its number in the sheet.
    pub(crate) line: i64,
    /// As the row says; nothing where it does not.
    pub(crate) kind: Option<CensusKind>,
    pub(crate) area_code: String,
    pub(crate) name: Label,
    /// As it is written; empty where there is none.
    pub(crate) credit_code: String,
    pub(crate) address: String,
    pub(crate) industry: String,
    pub(crate) size_class: Option<SizeClass>,
    pub(crate) headcount: Option<i64>,
    pub(crate) premises: String,
    /// A day, or empty.
    pub(crate) found_on: String,
    pub(crate) contact: Contact,
}

/// What of a finding is about persons, or may be: sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) found_by: String,
    pub(crate) note: String,
}

impl Contact {
    pub(crate) fn is_empty(&self) -> bool {
        [&self.name, &self.phone, &self.found_by, &self.note].iter().all(|it| it.is_empty())
    }
}

const CONTACT: &str = "census_finding.contact";
const DECISION_NOTE: &str = "census_finding.decision_note";

/// Sealed for its row.
pub(crate) fn sealed(key: &DataKey, row: Uuid, contact: &Contact) -> Option<Vec<u8>> {
    let plain = serde_json::to_vec(contact).ok()?;
    Some(key.seal(Place { column: CONTACT, row }, &plain))
}

/// Opened again; nothing when the key does not open it.
pub(crate) fn opened(key: &DataKey, row: Uuid, sealed: &[u8]) -> Option<Contact> {
    serde_json::from_slice(&key.open(Place { column: CONTACT, row }, sealed).ok()?).ok()
}

/// What was noted with a decision, sealed for its row.
pub(crate) fn sealed_note(key: &DataKey, row: Uuid, note: &str) -> Vec<u8> {
    key.seal(Place { column: DECISION_NOTE, row }, note.as_bytes())
}

/// Opened again; nothing when the key does not open it.
pub(crate) fn opened_note(key: &DataKey, row: Uuid, sealed: &[u8]) -> Option<String> {
    String::from_utf8(key.open(Place { column: DECISION_NOTE, row }, sealed).ok()?).ok()
}

/// An enterprise of the register that a finding may be, or premises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its id.
    pub id: Uuid,
    /// How much speaks for it, of 100.
    pub score: u8,
    /// What.
    pub signs: Vec<MatchSign>,
}

/// What comparing one finding with the register gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// In a word.
    pub outcome: CensusOutcome,
    /// Why it is a conflict, if it is one.
    pub conflict: Option<CensusConflict>,
    /// The likeliest first.
    pub candidates: Vec<Candidate>,
    /// What it seems to be: an enterprise by its code, its name, or both; premises by name and place.
    pub claims: Option<Uuid>,
}
