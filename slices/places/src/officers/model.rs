//! Officers and what they answer for, as data.

use kernel::{AreaCode, Instant64, Label};
use uuid::Uuid;

use crate::model::EnterpriseId;

kernel::id_type! {
    /// A building, mall or compound.
    pub struct PremisesId; prefix = "prem"
}
kernel::id_type! {
    /// That an officer answers for something.
    pub struct AssignmentId; prefix = "asg"
}
kernel::id_type! {
    /// That an officer stands in for another.
    pub struct SubstituteId; prefix = "sub"
}
kernel::id_type! {
    /// That an officer handed over to another.
    pub struct HandoverId; prefix = "hand"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What kind of premises.
    pub enum PremisesKind {
        /// 楼宇.
        Building = "building",
        /// 商场.
        Mall = "mall",
        /// 小区.
        Compound = "compound",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// As what an officer answers for something.
    pub enum OfficerKind {
        /// 企业专员: for an enterprise.
        EnterpriseOfficer = "enterprise_officer",
        /// 督导员: mostly for a building or mall.
        Supervisor = "supervisor",
        /// 挂点责任人: mostly for a compound.
        ResponsibleOfficial = "responsible_official",
        /// 网格员.
        GridWorker = "grid_worker",
    }
}

/// A place on the earth, WGS-84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// East of Greenwich, −180 to 180.
    pub lon_deg: f64,
    /// North of the equator, −90 to 90.
    pub lat_deg: f64,
}

/// Premises to be registered.
#[derive(Debug, Clone)]
pub struct NewPremises {
    /// What they are.
    pub kind: PremisesKind,
    /// In which area.
    pub area: AreaCode,
    /// As people call them.
    pub name: Label,
    /// Street and number.
    pub address: Label,
    /// Where, if known.
    pub position: Option<Position>,
}

/// What an officer answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// An enterprise.
    Enterprise(Uuid),
    /// A building, mall or compound.
    Premises(Uuid),
}

impl Target {
    /// The enterprise, if it is one.
    pub const fn enterprise(self) -> Option<Uuid> {
        match self {
            Self::Enterprise(id) => Some(id),
            Self::Premises(_) => None,
        }
    }

    /// The premises, if it is some.
    pub const fn premises(self) -> Option<Uuid> {
        match self {
            Self::Premises(id) => Some(id),
            Self::Enterprise(_) => None,
        }
    }
}

/// An assignment that is not over, with what a grant needs of its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub officer: Uuid,
    /// As what.
    pub kind: OfficerKind,
    /// For what.
    pub target: Target,
    /// The target's name.
    pub name: String,
    /// The area in which the target lies.
    pub area: String,
    /// Since when.
    pub from: Instant64,
    /// Until when; open where nobody knows yet.
    pub until: Option<Instant64>,
}

/// An assignment to be made.
#[derive(Debug, Clone)]
pub struct NewAssignment {
    /// Whose.
    pub officer: Uuid,
    /// As what.
    pub kind: OfficerKind,
    /// For what.
    pub target: Target,
    /// Since when.
    pub from: Instant64,
    /// Until when.
    pub until: Option<Instant64>,
    /// The hand-over it comes from.
    pub handover: Option<HandoverId>,
}

/// One officer stands in for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Substitution {
    /// Its id.
    pub id: Uuid,
    /// Who is away.
    pub officer: Uuid,
    /// Who stands in.
    pub substitute: Uuid,
    /// Since when.
    pub from: Instant64,
    /// Until when.
    pub until: Instant64,
}

/// Who answers for an enterprise today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// The enterprise.
    pub enterprise: EnterpriseId,
    /// The officer's account; that of the substitute while somebody is away.
    pub officer: access::AccountId,
    /// As shown.
    pub name: String,
    /// As what.
    pub kind: OfficerKind,
    /// Whether it stands in for somebody.
    pub stands_in: bool,
}
