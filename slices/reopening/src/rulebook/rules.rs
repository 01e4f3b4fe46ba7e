//! Which rule of the rulebook holds for whom, working days, and what a change does to what is under way. Pure.

use kernel::Instant64;
use kernel::time::DAY;

use super::model::{Case, Group, Regime, RegimeRule, Route, Rulebook, Running};
use crate::applications::model::ApplicationState as State;

/// Monday is 1.
const FRIDAY: u8 = 5;
/// No calendar holds more days off in a row: a date is always found.
const DAYS_MOST: u32 = 400;

impl Group {
    /// Whether it names nobody in particular.
    pub fn is_everybody(&self) -> bool {
        self.industries.is_empty() && self.size_classes.is_empty() && self.risks.is_empty() && self.areas.is_empty()
    }

    /// Whether somebody belongs to it.
    pub fn holds(&self, case: Case<'_>) -> bool {
        let begins =
            |list: &[String], with: &str| list.is_empty() || list.iter().any(|it| with.starts_with(it.as_str()));
        begins(&self.industries, case.industry)
            && begins(&self.areas, case.area)
            && (self.size_classes.is_empty() || self.size_classes.iter().any(|it| it == case.size_class))
            && (self.risks.is_empty() || self.risks.contains(&case.risk))
    }
}

/// The rule of regime that holds for somebody; none is `approval`.
pub fn regime_rule<'a>(book: &'a Rulebook, case: Case<'_>) -> Option<&'a RegimeRule> {
    book.regimes.iter().find(|it| it.group.holds(case))
}

/// The regime that holds for somebody.
pub fn regime(book: &Rulebook, case: Case<'_>) -> Regime {
    regime_rule(book, case).map_or(Regime::Approval, |it| it.regime)
}

/// The regime under which something is submitted. One that comes back after a correction keeps its regime where the rule says
/// that what is under way stays.
pub fn regime_of_submission(rule: Option<&RegimeRule>, earlier: Option<Regime>) -> Regime {
    match (rule, earlier) {
        (Some(rule), Some(earlier)) if rule.running == Running::Stay => earlier,
        (rule, _) => rule.map_or(Regime::Approval, |it| it.regime),
    }
}

/// The route that holds for somebody. A sound rulebook has one for everybody.
pub fn route<'a>(book: &'a Rulebook, case: Case<'_>) -> Option<&'a Route> {
    book.routes.iter().find(|it| it.group.holds(case))
}

/// Whether people work on the day of this moment.
pub fn is_working_day(book: &Rulebook, at: Instant64) -> bool {
    let date = at.local_date();
    if book.workdays.contains(&date) {
        return true;
    }
    at.local().weekday <= FRIDAY && !book.holidays.contains(&date)
}

/// The same time of day, so many working days on.
pub fn working_days_on(book: &Rulebook, from: Instant64, days: u32) -> Instant64 {
    let (mut due, mut left) = (from, days);
    for _ in 0..DAYS_MOST {
        if left == 0 {
            break;
        }
        due = due.plus(DAY);
        if is_working_day(book, due) {
            left -= 1;
        }
    }
    due
}

/// What the beginning of a rulebook does to an application that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It ends as it began.
    Stays,
    /// It is filed, and its sites open.
    Files,
    /// It goes back to the applicant: nothing is accepted.
    GoesBack,
}

/// Whether a state is under way: neither in the hands of the applicant nor decided.
pub const fn is_under_way(state: State) -> bool {
    matches!(state, State::Submitted | State::InReview | State::InspectionDue | State::Inspected)
}

/// What happens to an application when `to` follows upon `from`. Only what changes for it does anything: a rule that held
/// before is no switch. What is filed or decided is never touched.
pub fn switch(from: &Rulebook, to: &Rulebook, case: Case<'_>, state: State) -> Switch {
    let Some(rule) = regime_rule(to, case) else { return Switch::Stays };
    let unchanged = regime(from, case) == rule.regime;
    if unchanged || rule.running == Running::Stay || !is_under_way(state) {
        return Switch::Stays;
    }
    match rule.regime {
        Regime::Approval => Switch::Stays,
        Regime::Filing => Switch::Files,
        Regime::Closed => Switch::GoesBack,
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
