//! Daily reports (日报) as data: headcounts, supplies and electricity of one unit on one day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id_type! {
    /// A system of meters that sends by itself.
    pub struct MeterSystemId; prefix = "mtr"
}
kernel::id_type! {
    /// A report of one unit and one day.
    pub struct DailyReportId; prefix = "rep"
}
kernel::id_type! {
    /// Who reports: an enterprise for all of its sites that are no construction projects, or one construction project. The
    /// number is the enterprise's or the site's.
    pub struct UnitId; prefix = "unit"
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What is counted of protective supplies, each in the unit that its name is followed by.
    pub enum SupplyItem {
        /// 口罩, pieces.
        Mask = "mask",
        /// 消毒液, litres.
        Disinfectant = "disinfectant",
        /// 体温计, pieces.
        Thermometer = "thermometer",
        /// 手套, pairs.
        Gloves = "gloves",
        /// 防护服, pieces.
        ProtectiveSuit = "protective_suit",
        /// 洗手液, bottles.
        HandSanitiser = "hand_sanitiser",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What does not fit together in a report. A doubt refuses nothing: both sides see it, and somebody asks.
    pub enum Doubt {
        /// More are said to be on duty than the unit planned for.
        AbovePlanned = "above_planned",
        /// The gates let in clearly fewer people than are said to be on duty.
        GatesSawFewer = "gates_saw_fewer",
        /// The gates let in clearly more.
        GatesSawMore = "gates_saw_more",
        /// Clearly other people on duty than at the last report.
        HeadcountJump = "headcount_jump",
        /// More is in stock than there was and came in.
        StockRose = "stock_rose",
        /// Clearly other electricity than at the last report.
        ElectricityJump = "electricity_jump",
    }
}

/// The numbers of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// People who are to work.
    pub planned: i64,
    /// People who work that day.
    pub on_duty: i64,
    /// Of those on duty: came from or through an affected area within 14 days.
    pub from_affected: i64,
    /// People with a fever, a cough or another symptom that day, at work or not.
    pub abnormal: i64,
    /// People of the unit in isolation.
    pub isolated: i64,
    /// Electricity of the day before, as the meter counts.
    pub electricity_kwh: Option<i64>,
}

/// What is said of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupplyCount {
    /// Which.
    pub item: SupplyItem,
    /// In stock at the end of the day.
    pub stock: i64,
    /// Came in that day.
    pub received: i64,
}

/// One item as stored: what was used follows from the report before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SupplyLine {
    /// Which.
    pub item: SupplyItem,
    /// In stock at the end of the day.
    pub stock: i64,
    /// Came in that day.
    pub received: i64,
    /// Used since the report before; null when there is none that names it.
    pub used: Option<i64>,
}

/// What a unit has of one item, and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// Used a day, in hundredths of the item's unit.
    pub burn_centi: i64,
    /// Days that the stock lasts, in tenths; none where nothing is used.
    pub days_left_deci: Option<i64>,
    /// What is wanting to the days that must be in stock.
    pub gap: i64,
}
