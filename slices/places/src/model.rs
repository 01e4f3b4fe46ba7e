//! Places as data.

use kernel::{AreaCode, CreditCode, Instant64, Label, MacAddress};

kernel::id_type! {
    /// An epidemic response (应急响应).
    pub struct ResponseId; prefix = "rsp"
}
kernel::id_type! {
    /// A legal entity.
    pub struct EnterpriseId; prefix = "ent"
}
kernel::id_type! {
    /// A place that people enter.
    pub struct SiteId; prefix = "site"
}
kernel::id_type! {
    /// An entrance of a site.
    pub struct GateId; prefix = "gate"
}
kernel::id_type! {
    /// A terminal at a gate.
    pub struct DeviceId; prefix = "dev"
}
kernel::id_type! {
    /// Hours in which a group of a site's workers may come.
    pub struct ShiftWindowId; prefix = "shift"
}
kernel::id_type! {
    /// A hole in a device's event numbers.
    pub struct GapId; prefix = "gap"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What a site is.
    pub enum SiteKind {
        /// 工厂.
        Factory = "factory",
        /// 写字楼.
        OfficeBuilding = "office_building",
        /// 商场.
        Mall = "mall",
        /// 建筑项目.
        ConstructionProject = "construction_project",
        /// 小区.
        ResidentialCompound = "residential_compound",
        /// 隔离住所.
        QuarantineHome = "quarantine_home",
        /// 采样点.
        SamplingSite = "sampling_site",
        /// 卡口.
        Checkpoint = "checkpoint",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Whether people may work at a site.
    pub enum OpenState {
        /// Not approved yet.
        NotOpen = "not_open",
        /// Approved.
        Open = "open",
        /// Approved once, stopped now.
        Suspended = "suspended",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Which way people pass.
    pub enum Direction {
        /// 进.
        In = "in",
        /// 出.
        Out = "out",
        /// Both ways; each event says which, or counts as in.
        Both = "both",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Size class of an enterprise.
    pub enum SizeClass {
        /// 规上.
        AboveScale = "above_scale",
        /// 限上.
        AboveQuota = "above_quota",
        /// 规下.
        BelowScale = "below_scale",
        /// 小微.
        Micro = "micro",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Who made a device; also the word in its address.
    pub enum Vendor {
        /// 海康威视.
        Hikvision = "hikvision",
        /// 中控.
        Zkteco = "zkteco",
        /// 大华.
        Dahua = "dahua",
        /// 宇视.
        Uniview = "uniview",
        /// FaceGate.
        Facegate = "facegate",
        /// FCARD.
        Fcard = "fcard",
        /// A gate of our own: `fugong gate`.
        Fugong = "fugong",
        /// Another one.
        Other = "other",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How a device is doing.
    pub enum DeviceState {
        /// Registered, never heard of.
        New = "new",
        /// Heard of lately.
        Live = "live",
        /// Not heard of for too long.
        Silent = "silent",
        /// It shows another serial or MAC than the registered one.
        Untrusted = "untrusted",
        /// Switched off by an administrator; its address is closed.
        Disabled = "disabled",
    }
}

/// A node of the area tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code; says its level and its parent.
    pub code: AreaCode,
    /// As shown.
    pub name: String,
    /// Since when the code is in force.
    pub valid_from: Instant64,
    /// Until when; none while it is.
    pub valid_until: Option<Instant64>,
}

/// An enterprise to be registered.
#[derive(Debug, Clone)]
pub struct NewEnterprise {
    /// As on the licence.
    pub name: Label,
    /// Checked.
    pub credit_code: CreditCode,
    /// Where it is registered.
    pub area: AreaCode,
    /// GB/T 4754 code.
    pub industry: String,
    /// Size.
    pub size_class: SizeClass,
    /// Where its door is; empty where nobody has said.
    pub address: String,
}

/// A site to be made.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// As shown.
    pub name: Label,
    /// What it is.
    pub kind: SiteKind,
    /// Whose it is.
    pub enterprise: Option<EnterpriseId>,
    /// Where it is.
    pub area: AreaCode,
    /// The building, mall or compound it lies in.
    pub premises: Option<crate::officers::model::PremisesId>,
}

/// A gate to be made.
#[derive(Debug, Clone)]
pub struct NewGate {
    /// Of which site.
    pub site: SiteId,
    /// As shown.
    pub name: Label,
    /// Which way.
    pub direction: Direction,
    /// 1 to 64.
    pub lanes: u8,
}

/// A device to be registered.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Where it hangs.
    pub gate: GateId,
    /// Which lane of the gate, from 1.
    pub lane: u8,
    /// Which way people pass it.
    pub direction: Direction,
    /// Who made it.
    pub vendor: Vendor,
    /// As on its label.
    pub model: String,
    /// As on its label; what it states later must be the same.
    pub serial: Label,
    /// If known; checked like the serial.
    pub mac: Option<MacAddress>,
}

/// Hours in which a group may come: on these days from `start` to `end`; `end` ≤ `start` means past midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftWindow {
    /// Its id.
    pub id: ShiftWindowId,
    /// As shown.
    pub name: String,
    /// Monday = 1 … Sunday = 7: the day on which the shift starts.
    pub days: Vec<u8>,
    /// Minutes after midnight.
    pub start_minute: u16,
    /// Minutes after midnight.
    pub end_minute: u16,
    /// The teams whose hours these are, by their names on the roster; nobody's by itself.
    pub teams: Vec<String>,
    /// How early before its start people may come in.
    pub early_minutes: u16,
}

impl ShiftWindow {
    /// Hours on no day: what is left of a window that was removed. Nobody may come in them.
    pub const fn removed(id: ShiftWindowId) -> Self {
        Self {
            id,
            name: String::new(),
            days: Vec::new(),
            start_minute: 0,
            end_minute: 0,
            teams: Vec::new(),
            early_minutes: 0,
        }
    }
}
