//! Inspections (验收) as data: checklists, what was found, defects and photographs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::applications::model::StrokePoint;
use crate::forms::model::Words;

kernel::id_type! {
    /// A visit to the sites of an application.
    pub struct InspectionId; prefix = "insp"
}
kernel::id_type! {
    /// Something that a visit found wanting.
    pub struct DefectId; prefix = "def"
}
kernel::id_type! {
    /// A photograph of a visit; the phone that took it makes the id, so that it arrives once.
    pub struct InspectionPhotoId; prefix = "ipho"
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Why somebody visits.
    pub enum InspectionKind {
        /// 验收: before an approval.
        Acceptance = "acceptance",
        /// 复查: whether what was found wanting is put right.
        Recheck = "recheck",
        /// 抽查: later, of what is open.
        SpotCheck = "spot_check",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// How somebody visits.
    pub enum InspectionMode {
        /// 现场.
        OnSite = "on_site",
        /// 视频, by appointment.
        Video = "video",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Where a visit stands.
    pub enum InspectionState {
        /// 待验收.
        Planned = "planned",
        /// 通过.
        Passed = "passed",
        /// 不通过.
        Failed = "failed",
        /// 已取消: the application went another way.
        Cancelled = "cancelled",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// When an item wants a photograph.
    pub enum PhotoNeed {
        /// Never.
        Never = "never",
        /// When something is wanting.
        Defect = "defect",
        /// Always.
        Always = "always",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What was found at an item.
    pub enum Finding {
        /// 合格.
        Good = "good",
        /// 不合格.
        Defect = "defect",
        /// 不适用.
        NotApplicable = "not_applicable",
    }
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// In the order in which one walks through a site.
    pub sections: Vec<ChecklistSection>,
}

/// Items that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistSection {
    /// Its heading.
    pub title: Words,
    /// In their order.
    pub items: Vec<ChecklistItem>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Its name: small letters, digits, underscores, once in a checklist.
    pub key: String,
    /// What should be so.
    pub label: Words,
    /// Whether a site that lacks it is not passed.
    pub critical: bool,
    /// When it wants a photograph.
    pub photo: PhotoNeed,
}

/// What was found at one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemFinding {
    /// Key of the item.
    pub item: String,
    /// What.
    pub finding: Finding,
    /// What is wanting; wanted with a defect.
    #[serde(default)]
    pub note: Option<String>,
    /// By when it is put right, such as `2020-03-06`; wanted with a defect.
    #[serde(default)]
    pub due_on: Option<String>,
}

/// Where something was, as the phone said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhonePosition {
    /// Degrees, WGS-84.
    pub lon_deg: f64,
    /// Degrees, WGS-84.
    pub lat_deg: f64,
    /// Radius in which the phone is with 68 %.
    pub accuracy_m: f64,
}

impl PhonePosition {
    /// Whether it lies on the globe.
    pub fn is_sound(&self) -> bool {
        self.lon_deg.abs() <= 180.0 && self.lat_deg.abs() <= 90.0 && (0.0..=100_000.0).contains(&self.accuracy_m)
    }
}

/// A name and how it was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnName {
    /// As written.
    pub name: String,
    /// Lines as drawn: across and down in thousandths of the frame's width, milliseconds since the first point.
    #[schema(value_type = Vec<Vec<Vec<u32>>>)]
    pub strokes: Vec<Vec<StrokePoint>>,
}

/// What a visit found, as it is kept: sealed, and never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Item by item.
    pub findings: Vec<ItemFinding>,
    /// What else is to be said.
    pub summary: Option<String>,
    /// When it began and ended by the phone's clock, in microseconds.
    pub begun_at: i64,
    /// See `begun_at`.
    pub ended_at: i64,
    /// Where it was written.
    pub position: Option<PhonePosition>,
    /// Who visited.
    pub officer: DrawnName,
    /// Who was there for the enterprise.
    pub witness: DrawnName,
}
