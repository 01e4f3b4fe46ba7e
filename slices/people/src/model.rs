//! Persons as data.

use kernel::{DocumentNumber, Instant64, Label, Phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

kernel::id_type! {
    /// One natural person.
    pub struct PersonId; prefix = "per"
}
kernel::id_type! {
    /// A person at an enterprise's site, dated.
    pub struct EmploymentId; prefix = "emp"
}
kernel::id_type! {
    /// One entry of a person's timeline.
    pub struct FactId; prefix = "fact"
}
kernel::id_type! {
    /// Two files that may be one person's.
    pub struct DuplicateId; prefix = "dup"
}
kernel::id_type! {
    /// One roster file being imported.
    pub struct ImportId; prefix = "imp"
}

kernel::id_type! {
    /// One declaration.
    pub struct DeclarationId; prefix = "decl"
}
kernel::id_type! {
    /// One temperature that somebody recorded.
    pub struct TemperatureRecordId; prefix = "temp"
}
kernel::id_type! {
    /// What a worker wants put right in her file.
    pub struct CorrectionId; prefix = "cor"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What in her file a worker says is wrong.
    pub enum CorrectionField {
        /// Her name.
        Name = "name",
        /// Her phone.
        Phone = "phone",
        /// The number of her document.
        DocumentNumber = "document_number",
        /// Where she works, her number, team, post or shift.
        Employment = "employment",
        /// Anything else.
        Other = "other",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What became of it.
    pub enum CorrectionState {
        /// Nobody has answered.
        Open = "open",
        /// Put right.
        Accepted = "accepted",
        /// Not put right; the answer says why.
        Refused = "refused",
        /// Taken back by the worker.
        Withdrawn = "withdrawn",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Where a roster import stands.
    pub enum ImportState {
        /// Its file is on its way.
        Uploading = "uploading",
        /// Its file is looked at.
        Reading = "reading",
        /// Somebody must say which column is which.
        Ready = "ready",
        /// Every row is checked, and nothing changed.
        Checking = "checking",
        /// It is known what landing it would do.
        Checked = "checked",
        /// Rows land.
        Landing = "landing",
        /// Good rows have landed.
        Done = "done",
        /// The file cannot be read.
        Failed = "failed",
        /// Stopped by hand; what landed stays.
        Cancelled = "cancelled",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What was decided about two files that may be one person's.
    pub enum DuplicateState {
        /// Nothing yet.
        Open = "open",
        /// They are one person's: one file.
        Merged = "merged",
        /// They are two persons'.
        Distinct = "distinct",
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
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What kind of fact stands in a timeline.
    pub enum FactKind {
        /// The file was made.
        Registered = "registered",
        /// Employment began.
        Employed = "employed",
        /// Employment ended.
        Left = "left",
        /// Stated to be well, or not.
        Attested = "attested",
        /// She, or her enterprise for her, declared her health and where she has been.
        Declared = "declared",
        /// A temperature that she or her enterprise recorded.
        Measured = "measured",
        /// The computed status changed.
        StatusChanged = "status_changed",
        /// Passed a gate.
        Screened = "screened",
        /// A clinical thermometer's reading.
        ClinicalReading = "clinical_reading",
        /// A verdict was changed by hand.
        Overridden = "overridden",
        /// Identity was corrected.
        Corrected = "corrected",
        /// Fever was cleared by the health authority.
        Cleared = "cleared",
        /// Another file of the same person became part of this one.
        Merged = "merged",
        /// It was taken out again: another person's after all.
        Separated = "separated",
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

/// Who somebody is, in the clear. Sealed at rest; `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// As on the document.
    pub name: Label,
    /// Checked.
    pub document: DocumentNumber,
    /// Checked.
    pub phone: Phone,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// What is known of somebody's health; the input of [`crate::rules::status`]. Sealed at rest.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What part a company has in a construction project (参建单位类型).
    pub enum EmployerKind {
        /// 建设单位.
        Owner = "owner",
        /// 施工总承包.
        GeneralContractor = "general_contractor",
        /// 专业分包.
        SpecialistSubcontractor = "specialist_subcontractor",
        /// 劳务分包.
        LabourSubcontractor = "labour_subcontractor",
        /// 监理单位.
        Supervision = "supervision",
        /// 勘察、设计单位.
        Design = "design",
        /// 设备、材料供应.
        Supplier = "supplier",
        /// 后勤服务.
        Services = "services",
        /// 其他.
        Other = "other",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What somebody is on a building site.
    pub enum CrewRole {
        /// 建筑工人.
        Worker = "worker",
        /// 班组长.
        TeamLeader = "team_leader",
        /// 管理人员.
        Manager = "manager",
    }
}

/// The part of a construction project's real-name roster that other workplaces lack; empty for those.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crew {
    /// The participating company that employs her there.
    pub employer_name: Option<String>,
    /// Its unified social credit code.
    pub employer_credit_code: Option<String>,
    /// Its part in the project.
    pub employer_kind: Option<EmployerKind>,
    /// 工种.
    pub trade: Option<String>,
    /// Worker, team leader or manager.
    pub role: Option<CrewRole>,
}

/// An employment to begin.
#[derive(Debug, Clone)]
pub struct NewEmployment {
    /// Where.
    pub site: Uuid,
    /// Whose site it is.
    pub enterprise: Option<Uuid>,
    /// Where that is.
    pub area_code: String,
    /// Unique among the site's current workers; what terminals send.
    pub employee_no: String,
    /// Likewise.
    pub card_no: Option<String>,
    /// 班组.
    pub team: Option<String>,
    /// 岗位.
    pub post: Option<String>,
    /// Which shift; none = any time.
    pub shift_window: Option<Uuid>,
    /// On a building site.
    pub crew: Crew,
    /// First day.
    pub from: Instant64,
}

/// Checks an employee or card number: 1 to 64 printable characters, half width, without spaces.
pub fn roster_number(text: &str) -> Option<String> {
    let text: String = text.trim().chars().map(kernel::text::half_width).collect();
    let printable = text.chars().all(|it| !it.is_control() && !it.is_whitespace());
    ((1..=64).contains(&text.chars().count()) && printable).then_some(text)
}
