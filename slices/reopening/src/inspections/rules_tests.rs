use proptest::prelude::*;

use super::*;
use crate::forms::model::Words;
use crate::inspections::model::ChecklistSection;
use crate::inspections::{BUILT_IN, sound};

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

fn item(key: &str, critical: bool, photo: PhotoNeed) -> ChecklistItem {
    ChecklistItem { key: key.to_owned(), label: words(key), critical, photo }
}

fn checklist() -> Checklist {
    let items = vec![
        item("gate", true, PhotoNeed::Always),
        item("masks", true, PhotoNeed::Never),
        item("log", false, PhotoNeed::Defect),
    ];
    Checklist { sections: vec![ChecklistSection { title: words("a"), items }] }
}

fn now() -> Instant64 {
    Instant64::parse("2020-03-02T09:00:00+08:00").unwrap()
}

fn found(key: &str, finding: Finding) -> ItemFinding {
    ItemFinding { item: key.to_owned(), finding, note: None, due_on: None }
}

fn wanting(key: &str, due_on: &str) -> ItemFinding {
    ItemFinding { note: Some("缺".to_owned()), due_on: Some(due_on.to_owned()), ..found(key, Finding::Defect) }
}

fn photos(of: &[&str]) -> BTreeMap<String, usize> {
    of.iter().map(|it| ((*it).to_owned(), 1)).collect()
}

#[test]
fn the_checklist_that_is_compiled_in_is_sound_and_wants_photographs_where_it_counts() {
    assert_eq!(sound::faults(&BUILT_IN), Vec::<String>::new());
    assert!(items(&BUILT_IN).any(|it| it.critical && it.photo == PhotoNeed::Always));
}

#[test]
fn faults_name_the_item() {
    let list = checklist();
    let all = looked_at(&list, None);
    let good = [found("gate", Finding::Good), found("masks", Finding::Good), found("log", Finding::Good)];
    assert_eq!(faults(&all, &good, &photos(&["gate"]), now()), []);
    let bad = [
        found("gate", Finding::NotApplicable),
        ItemFinding { note: Some(" ".to_owned()), ..wanting("log", "2020-03-01") },
        found("roof", Finding::Good),
    ];
    let told: Vec<_> = faults(&all, &bad, &photos(&[]), now()).into_iter().map(|it| (it.item, it.code)).collect();
    let expected = [
        ("roof", ReportFaultCode::Unknown),
        ("gate", ReportFaultCode::Critical),
        ("masks", ReportFaultCode::Missing),
        ("log", ReportFaultCode::Note),
        ("log", ReportFaultCode::Due),
        ("log", ReportFaultCode::Photo),
    ];
    assert_eq!(told, expected.map(|(item, code)| (item.to_owned(), code)));
}

#[test]
fn a_day_to_put_right_is_today_or_within_ninety_days() {
    for (day, good) in [
        ("2020-03-02", true),
        ("2020-05-31", true),
        ("2020-06-01", false),
        ("2020-03-01", false),
        ("2020-02-30", false),
        ("soon", false),
    ] {
        assert_eq!(is_due_day(day, now()), good, "{day}");
    }
}

#[test]
fn what_is_critical_decides_and_the_rest_has_its_day() {
    let list = checklist();
    let all = looked_at(&list, None);
    assert!(passes(&all, &[found("gate", Finding::Good), found("masks", Finding::Good), wanting("log", "2020-03-05")]));
    assert!(!passes(&all, &[found("gate", Finding::Good), wanting("masks", "2020-03-05")]));
}

#[test]
fn a_recheck_looks_at_what_was_wanting_only() {
    let list = checklist();
    let open = BTreeSet::from(["masks".to_owned()]);
    let keys: Vec<_> = looked_at(&list, Some(&open)).into_iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["masks"]);
}

proptest! {
    /// Every stop is made once, no day is longer than said, and within an area what is due first comes first.
    #[test]
    fn a_route_makes_every_stop_once(stops in prop::collection::vec((0_u8..5, 0_i64..50), 0..60), a_day in 1_usize..8) {
        let stops: Vec<Stop<usize>> = stops.iter().enumerate().map(|(what, (area, due))| {
            Stop { what, area_code: format!("35010200{area}"), due: Instant64::from_micros(*due) }
        }).collect();
        let days = route(stops.clone(), a_day);
        prop_assert!(days.iter().all(|it| (1..=a_day).contains(&it.len())));
        let flat: Vec<_> = days.into_iter().flatten().collect();
        let mut seen: Vec<_> = flat.iter().map(|it| it.what).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..stops.len()).collect::<Vec<_>>());
        for pair in flat.windows(2) {
            if let [a, b] = pair {
                prop_assert!(a.area_code != b.area_code || a.due <= b.due);
            }
        }
        // No area is left and come back to.
        let mut areas: Vec<_> = flat.iter().map(|it| it.area_code.clone()).collect();
        areas.dedup();
        let all: BTreeSet<_> = areas.iter().cloned().collect();
        prop_assert_eq!(areas.len(), all.len());
        // What is due first of all is the first stop.
        prop_assert_eq!(flat.first().map(|it| it.due), stops.iter().map(|it| it.due).min());
    }
}
