//! The rulebook of reopening as data: departments, regimes, routes of review, whitelist categories, the calendar.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::applications::model::RiskLevel;
use crate::forms::model::Words;

kernel::coded! {
    #[derive(ToSchema)]
    /// How applications of a group are dealt with.
    pub enum Regime {
        /// 审批制: reviewed and decided.
        Approval = "approval",
        /// 备案制: open when it is filed, looked at afterwards.
        Filing = "filing",
        /// 暂不受理: nothing is accepted.
        Closed = "closed",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What a change of regime does to applications that are under way.
    pub enum Running {
        /// They end as they began.
        Stay = "stay",
        /// They follow: into `filing` they are filed at that moment, into `closed` they go back to the applicant.
        Follow = "follow",
    }
}

/// Whom a rule is about. An empty list is everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Group {
    /// Beginnings of industry codes (GB/T 4754), such as `C39`.
    pub industries: Vec<String>,
    /// Size classes.
    pub size_classes: Vec<String>,
    /// Risk levels of the area.
    pub risks: Vec<RiskLevel>,
    /// Areas, with all below them.
    pub areas: Vec<String>,
}

/// Who applies: what groups ask about.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Industry code.
    pub industry: &'a str,
    /// Size class.
    pub size_class: &'a str,
    /// Risk of the area.
    pub risk: RiskLevel,
    /// The smallest area that holds all its sites.
    pub area: &'a str,
}

/// The regime of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegimeRule {
    /// Whom it is about.
    #[serde(default)]
    pub group: Group,
    /// How they are dealt with.
    pub regime: Regime,
    /// What becomes of what is under way when this rule begins to hold for it.
    pub running: Running,
    /// Why; applicants read it.
    pub reason: Words,
}

/// A department that reviews (部门).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name in links: small letters, digits, underscores.
    pub key: String,
    /// Its name.
    pub name: Words,
}

/// A whitelist category (白名单类别).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its name in links: small letters, digits, underscores.
    pub key: String,
    /// Its name.
    pub name: Words,
}

/// Who reviews the applications of a group, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Its name, for people.
    pub name: Words,
    /// Whom it is about.
    #[serde(default)]
    pub group: Group,
    /// The department that decides; any reviewer when there is none.
    #[serde(default)]
    pub lead: Option<String>,
    /// Departments that are heard before it is approved.
    #[serde(default)]
    pub opinions: Vec<String>,
    /// Whether the site is visited before it is approved.
    #[serde(default)]
    pub visit: bool,
    /// Somebody takes it within so many hours.
    pub reply_hours: u32,
    /// Departments that are heard answer within so many hours; who is silent does not object.
    pub opinion_hours: u32,
    /// It is decided within so many working days.
    pub decision_working_days: u32,
}

/// Everything that says how applications run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Who reviews.
    pub departments: Vec<Department>,
    /// Under what enterprises are let open first.
    pub categories: Vec<Category>,
    /// The first whose group it is holds; `approval` where none is.
    pub regimes: Vec<RegimeRule>,
    /// The first whose group it is holds; the last is for everybody.
    pub routes: Vec<Route>,
    /// Days off beside Saturdays and Sundays, such as `2020-04-06`.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Saturdays and Sundays on which people work (调休).
    #[serde(default)]
    pub workdays: Vec<String>,
}

/// What is wrong with a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RulebookFault {
    /// Where, such as `routes.2.lead`.
    pub at: String,
    /// What.
    pub code: RulebookFaultCode,
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Kinds of faults of a rulebook.
    pub enum RulebookFaultCode {
        /// Too many, or none where one is needed.
        Size = "size",
        /// Not small letters, digits and underscores, or too long.
        Key = "key",
        /// The same name twice.
        KeyTwice = "key_twice",
        /// Missing or too long in one of the languages.
        Words = "words",
        /// No department or category of this name.
        Unknown = "unknown",
        /// Not an industry code, a size class, or an area code.
        Group = "group",
        /// Never reached: a rule before it takes everybody.
        Unreached = "unreached",
        /// The last route must be for everybody.
        Open = "open",
        /// Outside 1 to 240 hours, or 1 to 30 days.
        Limit = "limit",
        /// Not a day, named twice, or both a day off and a day of work.
        Day = "day",
    }
}
