//! What a visit comes to, which items it looks at, and the order of a day's visits. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Instant64;
use kernel::time::DAY;

use super::model::{Checklist, ChecklistItem, Finding, ItemFinding, PhotoNeed};

/// A defect is put right within so many days.
pub const DEFECT_DAYS_MOST: i64 = 90;

/// What is wrong with a report, by item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFault {
    /// The item.
    pub item: String,
    /// What.
    pub code: ReportFaultCode,
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Kinds of faults of a report.
    pub enum ReportFaultCode {
        /// Nothing was found at it.
        Missing = "missing",
        /// It is not on the checklist, or twice in the report.
        Unknown = "unknown",
        /// A defect without words.
        Note = "note",
        /// A defect without a day by which it is put right, or with one that is past or too far.
        Due = "due",
        /// It wants a photograph.
        Photo = "photo",
        /// A critical item cannot be said not to apply.
        Critical = "critical",
    }
}

/// Items in their order.
pub fn items(checklist: &Checklist) -> impl Iterator<Item = &ChecklistItem> {
    checklist.sections.iter().flat_map(|it| &it.items)
}

/// Items that a visit looks at: those with open defects at a re-check, all otherwise.
pub fn looked_at<'a>(checklist: &'a Checklist, open_defects: Option<&BTreeSet<String>>) -> Vec<&'a ChecklistItem> {
    items(checklist).filter(|it| open_defects.is_none_or(|open| open.contains(&it.key))).collect()
}

/// Everything that is wrong with what was found.
pub fn faults(
    looked_at: &[&ChecklistItem],
    found: &[ItemFinding],
    photos: &BTreeMap<String, usize>,
    now: Instant64,
) -> Vec<ReportFault> {
    let mut faults = Vec::new();
    let mut add = |item: &str, code| faults.push(ReportFault { item: item.to_owned(), code });
    let mut seen = BTreeSet::new();
    for it in found {
        if !seen.insert(it.item.as_str()) || !looked_at.iter().any(|known| known.key == it.item) {
            add(&it.item, ReportFaultCode::Unknown);
        }
    }
    for item in looked_at {
        let Some(it) = found.iter().find(|it| it.item == item.key) else {
            add(&item.key, ReportFaultCode::Missing);
            continue;
        };
        let defect = it.finding == Finding::Defect;
        if defect && it.note.as_deref().is_none_or(|it| it.trim().is_empty()) {
            add(&item.key, ReportFaultCode::Note);
        }
        if defect && !it.due_on.as_deref().is_some_and(|it| is_due_day(it, now)) {
            add(&item.key, ReportFaultCode::Due);
        }
        if item.critical && it.finding == Finding::NotApplicable {
            add(&item.key, ReportFaultCode::Critical);
        }
        let wanted = match item.photo {
            PhotoNeed::Never => false,
            PhotoNeed::Defect => defect,
            PhotoNeed::Always => it.finding != Finding::NotApplicable,
        };
        if wanted && photos.get(&item.key).copied().unwrap_or_default() == 0 {
            add(&item.key, ReportFaultCode::Photo);
        }
    }
    faults
}

fn is_due_day(text: &str, now: Instant64) -> bool {
    let Some(day) = Instant64::parse_date(text).filter(|it| it.local_date() == text) else { return false };
    let today = Instant64::parse_date(&now.local_date()).unwrap_or(now);
    (0..=DEFECT_DAYS_MOST * DAY).contains(&day.since(today))
}

/// Whether a site is passed: nothing critical is wanting. The rest has its day, and is looked at again.
pub fn passes(looked_at: &[&ChecklistItem], found: &[ItemFinding]) -> bool {
    let wanting = |it: &&&ChecklistItem| found.iter().any(|f| f.item == it.key && f.finding == Finding::Defect);
    !looked_at.iter().filter(wanting).any(|it| it.critical)
}

/// A stop of a route.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop<T> {
    /// What is visited.
    pub what: T,
    /// Its area: what shares a longer beginning is nearer.
    pub area_code: String,
    /// Who is visited first where areas are the same.
    pub due: Instant64,
}

/// Days of visits for one officer: so many a day, area by area. The area of what is due first comes first, and whatever else
/// lies in it is visited on the way, so that nobody crosses the district twice a day.
pub fn route<T>(mut stops: Vec<Stop<T>>, a_day: usize) -> Vec<Vec<Stop<T>>> {
    let mut first_due: BTreeMap<String, Instant64> = BTreeMap::new();
    for it in &stops {
        let due = first_due.entry(it.area_code.clone()).or_insert(it.due);
        *due = (*due).min(it.due);
    }
    stops.sort_by(|a, b| {
        let key = |it: &Stop<T>| (first_due.get(&it.area_code).copied(), it.area_code.clone(), it.due);
        key(a).cmp(&key(b))
    });
    let mut days: Vec<Vec<Stop<T>>> = Vec::new();
    for stop in stops {
        match days.last_mut().filter(|it| it.len() < a_day.max(1)) {
            Some(day) => day.push(stop),
            None => days.push(vec![stop]),
        }
    }
    days
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
