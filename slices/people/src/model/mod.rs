//! Persons as data.

mod consent;
mod health;
mod home;

use kernel::{DocumentNumber, Instant64, Label, Phone};
use uuid::Uuid;

pub use consent::*;
pub use health::*;
pub use home::*;

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
        /// Red by hand: ordered by one, confirmed by another.
        RedOrdered = "red_ordered",
        /// It was lifted.
        RedLifted = "red_lifted",
        /// She appealed.
        Appealed = "appealed",
        /// Her appeal was decided.
        AppealDecided = "appeal_decided",
        /// The computed status changed.
        StatusChanged = "status_changed",
        /// She has a certificate of training.
        Trained = "trained",
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
