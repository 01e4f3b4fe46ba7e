//! What is known of somebody's health, the status that follows, and what people decide about it.

use kernel::Instant64;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id_type! {
    /// Red by hand.
    pub struct RedOrderId; prefix = "red"
}

kernel::id_type! {
    /// A worker's appeal against her status.
    pub struct AppealId; prefix = "apl"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Where red by hand stands.
    pub enum RedOrderState {
        /// One has ordered it; nothing has changed.
        Pending = "pending",
        /// Another has confirmed it.
        Active = "active",
        /// Another has said no.
        Rejected = "rejected",
        /// It holds no more.
        Lifted = "lifted",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// The reasons for red by hand (domain dictionary, status rules).
    pub enum RedReason {
        /// 确诊病例.
        ConfirmedCase = "confirmed_case",
        /// 疑似病例.
        SuspectedCase = "suspected_case",
        /// 名单比对，已核实.
        RestrictedMatch = "restricted_match",
    }
}

impl RedReason {
    /// As a reason of the status.
    pub const fn as_status_reason(self) -> StatusReasonCode {
        match self {
            Self::ConfirmedCase => StatusReasonCode::ConfirmedCase,
            Self::SuspectedCase => StatusReasonCode::SuspectedCase,
            Self::RestrictedMatch => StatusReasonCode::RestrictedMatch,
        }
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Where an appeal stands.
    pub enum AppealState {
        /// Nobody has answered.
        Open = "open",
        /// Something was put right.
        Granted = "granted",
        /// The status stands.
        Refused = "refused",
        /// Taken back by the worker.
        Withdrawn = "withdrawn",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// The one computed result about a person's health.
    pub enum HealthStatus {
        /// 绿.
        Green = "green",
        /// 黄.
        Amber = "amber",
        /// 红.
        Red = "red",
        /// 未知.
        Unknown = "unknown",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What employers, guards and terminals see of it.
    pub enum Allowed {
        /// Green.
        Allowed = "allowed",
        /// Amber or red.
        NotAllowed = "not_allowed",
        /// Unknown.
        Unknown = "unknown",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Why a status is what it is.
    pub enum StatusReasonCode {
        /// A clinical thermometer confirmed fever, not cleared since.
        FeverConfirmed = "fever_confirmed",
        /// Symptoms were stated in the last 24 hours.
        SymptomsAttested = "symptoms_attested",
        /// Within 14 days after leaving an affected area.
        AffectedArea = "affected_area",
        /// Nobody has stated that the person is well, or too long ago.
        NoAttestation = "no_attestation",
        /// Stated to be well.
        AttestedWell = "attested_well",
        /// She said that she met somebody ill or suspected, in the last 14 days.
        ContactDeclared = "contact_declared",
        /// She said that somebody she lives with is unwell, in the last 24 hours.
        FamilyUnwell = "family_unwell",
        /// Ordered by hand: a confirmed case.
        ConfirmedCase = "confirmed_case",
        /// Ordered by hand: a suspected case.
        SuspectedCase = "suspected_case",
        /// Ordered by hand: a match with the restricted list that the authority confirmed.
        RestrictedMatch = "restricted_match",
    }
}

impl StatusReasonCode {
    /// Whether somebody can be kept out by it: an appeal against anything else takes nothing back.
    pub const fn can_be_wrong(self) -> bool {
        !matches!(self, Self::NoAttestation | Self::AttestedWell)
    }
}

impl HealthStatus {
    /// What others than the health authority see.
    pub const fn allowed(self) -> Allowed {
        match self {
            Self::Green => Allowed::Allowed,
            Self::Amber | Self::Red => Allowed::NotAllowed,
            Self::Unknown => Allowed::Unknown,
        }
    }
}

/// What is known of somebody's health; the input of [`crate::rules::status`]. Sealed at rest.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Health {
    /// When somebody last stated that the person is well or not.
    pub attested_at: Option<Instant64>,
    /// What was stated.
    pub attested_well: bool,
    /// When symptoms were last stated.
    #[serde(default)]
    pub symptoms_at: Option<Instant64>,
    /// When she left an affected area.
    pub left_affected_area_at: Option<Instant64>,
    /// When fever was confirmed with a clinical thermometer.
    pub fever_confirmed_at: Option<Instant64>,
    /// When the health authority cleared it.
    pub fever_cleared_at: Option<Instant64>,
    /// When she last said that she had met somebody ill or suspected.
    #[serde(default)]
    pub contact_at: Option<Instant64>,
    /// When she last said that somebody she lives with is unwell.
    #[serde(default)]
    pub family_unwell_at: Option<Instant64>,
    /// Where she said that she stayed; leaving one out of a later declaration takes nothing back.
    #[serde(default)]
    pub stays: Vec<KnownStay>,
    /// Stays that an appeal found to be no reason; said again they are none either.
    #[serde(default)]
    pub overruled_stays: Vec<KnownStay>,
    /// Red by hand, in force.
    #[serde(default)]
    pub red_order: Option<OrderedRed>,
}

/// A stay as it is compared with affected areas.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownStay {
    /// In her words.
    pub place: String,
    /// First day.
    pub from: Instant64,
    /// Last day.
    pub until: Instant64,
}

/// Red by hand.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedRed {
    /// Why.
    pub reason: StatusReasonCode,
    /// Since when.
    pub at: Instant64,
}

impl std::fmt::Debug for Health {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Health(…)")
    }
}

/// One reason of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusReason {
    /// Which.
    pub code: StatusReasonCode,
    /// Since when it holds.
    #[schema(value_type = Option<String>)]
    pub since: Option<Instant64>,
    /// Until when, if that is known.
    #[schema(value_type = Option<String>)]
    pub until: Option<Instant64>,
}

/// A computed status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The result.
    pub status: HealthStatus,
    /// Why; never empty.
    pub reasons: Vec<StatusReason>,
    /// When it must be computed again.
    pub valid_until: Option<Instant64>,
}
