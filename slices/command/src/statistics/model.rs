//! What is counted.

use utoipa::ToSchema;

use super::counters::counters;

/// Stands for all industries, or all sizes, where rows are summed beforehand.
pub const ALL: &str = "*";

/// Sections of GB/T 4754-2017: the letter that an industry code begins with.
pub const SECTIONS: &[&str] =
    &["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"];

/// Size classes (规模).
pub const SIZES: &[&str] = &["above_scale", "above_quota", "below_scale", "micro"];

kernel::id_type! {
    /// An export of statistics.
    pub struct StatisticExportId; prefix = "sexp"
}

counters! {
    /// Enterprises of a group on a day, added up.
    pub struct DayCounts {
        /// Registered enterprises.
        enterprises,
        /// Those with at least one open site.
        enterprises_open,
        /// People employed by them.
        headcount,
        /// People employed by those with an open site.
        headcount_open,
        /// Daily reports that are due: one of each enterprise with an open site that is no construction project, one of each
        /// open construction project.
        reports_due,
        /// Daily reports filed of that day.
        reports_filed,
        /// People the reports say were to come.
        planned,
        /// People they say came.
        on_duty,
        /// Of them, from affected areas.
        from_affected,
        /// Of them, unwell.
        abnormal,
        /// Isolated.
        isolated,
        /// Enterprises whose electricity of the day and whose use before the epidemic are both known.
        electricity_enterprises,
        /// What they used that day.
        electricity_kwh,
        /// What they used a day before the epidemic.
        electricity_baseline_kwh,
    }
}

impl DayCounts {
    /// What holds at one moment only and cannot be found out afterwards; the rest comes from rows that name their day.
    #[must_use]
    pub const fn of_the_moment(self) -> Self {
        Self {
            reports_filed: 0,
            planned: 0,
            on_duty: 0,
            from_affected: 0,
            abnormal: 0,
            isolated: 0,
            electricity_enterprises: 0,
            electricity_kwh: 0,
            electricity_baseline_kwh: 0,
            ..self
        }
    }
}

counters! {
    /// Applications of a group: begun on a day; and of those first sent on that day, how far they have come since.
    pub struct ApplicationCounts {
        /// Drafts begun on the day.
        begun,
        /// Sent for the first time on the day.
        submitted,
        /// Of those: sent back at least once.
        returned,
        /// Of those: visited.
        inspected,
        /// Of those: approved.
        approved,
        /// Of those: filed without a review.
        filed,
        /// Of those: rejected.
        rejected,
        /// Of those: taken up by somebody, in whatever way.
        replied,
        /// Within 24 hours.
        replied_in_time,
        /// Approved or rejected.
        decided,
        /// Within two working days.
        decided_in_time,
    }
}

counters! {
    /// Supplies of an item as the reports of a day say.
    pub struct SupplyCounts {
        /// Reports that name it.
        reports,
        /// In store.
        stock,
        /// Received that day.
        received,
        /// Used that day.
        used,
    }
}

/// Which enterprises are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// An area: a community, or what holds the enterprise when it names none.
    pub area: String,
    /// A section of industries.
    pub section: String,
    /// A size class.
    pub size: String,
}

/// What a wait is for, and how long it took: begun hours count whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Waited {
    /// What for.
    pub wait: Wait,
    /// How long.
    pub hours: i64,
}

kernel::coded! {
    /// What an applicant waits for.
    pub enum Wait {
        /// Until somebody takes it up.
        Reply = "reply",
        /// Until it is approved or rejected.
        Decision = "decision",
    }
}

kernel::coded! {
    /// By what a table is broken down.
    pub enum Dimension {
        /// By area, one level below.
        Area = "area",
        /// By section of industries.
        Industry = "industry",
        /// By size class.
        Size = "size",
        /// By day.
        Day = "day",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// A figure that is shown; its words say what it counts.
    pub enum Figure {
        /// Enterprises with an open site, of all.
        OpenRate = "open_rate",
        /// People of enterprises with an open site, of all.
        HeadcountRate = "headcount_rate",
        /// People on duty of those planned, as reported.
        OnDutyRate = "on_duty_rate",
        /// Electricity of the day against a day before the epidemic.
        ElectricityIndex = "electricity_index",
        /// Daily reports filed of those due.
        Completeness = "completeness",
        /// People whom reports call unwell.
        Abnormal = "abnormal",
        /// People whom reports call isolated.
        Isolated = "isolated",
        /// People from affected areas as reported.
        FromAffected = "from_affected",
        /// Drafts begun.
        Begun = "begun",
        /// Applications first sent.
        Submitted = "submitted",
        /// Of those, sent back at least once.
        Returned = "returned",
        /// Of those, visited.
        Inspected = "inspected",
        /// Of those, approved.
        Approved = "approved",
        /// Of those, filed.
        Filed = "filed",
        /// Of those, rejected.
        Rejected = "rejected",
        /// From first sending to the first reply.
        ReplyTime = "reply_time",
        /// From first sending to the decision.
        DecisionTime = "decision_time",
        /// Goods in store.
        Stock = "stock",
        /// Goods received.
        Received = "received",
        /// Goods used.
        Used = "used",
    }
}

/// What a figure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Makeup {
    /// The count.
    pub count: &'static str,
    /// What it is divided by; nothing for a plain count.
    pub of: Option<&'static str>,
    /// The rows it is computed from.
    pub source: &'static str,
}

impl Figure {
    /// What it is made of.
    pub const fn makeup(self) -> Makeup {
        let (count, of, source) = match self {
            Self::OpenRate => ("enterprises_open", Some("enterprises"), "sites"),
            Self::HeadcountRate => ("headcount_open", Some("headcount"), "employments"),
            Self::OnDutyRate => ("on_duty", Some("planned"), "reports"),
            Self::ElectricityIndex => ("electricity_kwh", Some("electricity_baseline_kwh"), "electricity"),
            Self::Completeness => ("reports_filed", Some("reports_due"), "reports"),
            Self::Abnormal => ("abnormal", None, "reports"),
            Self::Isolated => ("isolated", None, "reports"),
            Self::FromAffected => ("from_affected", None, "reports"),
            Self::Begun => ("begun", None, "applications"),
            Self::Submitted => ("submitted", None, "applications"),
            Self::Returned => ("returned", Some("submitted"), "applications"),
            Self::Inspected => ("inspected", Some("submitted"), "applications"),
            Self::Approved => ("approved", Some("submitted"), "applications"),
            Self::Filed => ("filed", Some("submitted"), "applications"),
            Self::Rejected => ("rejected", Some("submitted"), "applications"),
            Self::ReplyTime => ("replied_in_time", Some("replied"), "applications"),
            Self::DecisionTime => ("decided_in_time", Some("decided"), "applications"),
            Self::Stock => ("stock", None, "supplies"),
            Self::Received => ("received", None, "supplies"),
            Self::Used => ("used", None, "supplies"),
        };
        Makeup { count, of, source }
    }
}
