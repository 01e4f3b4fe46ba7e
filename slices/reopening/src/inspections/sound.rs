//! Whether a checklist can be walked through: looked at before one is published.

use std::collections::BTreeSet;

use super::model::Checklist;
use super::rules::items;

const SECTIONS_MOST: usize = 20;
const ITEMS_MOST: usize = 100;
const LABEL_MOST: usize = 200;

/// Places of a checklist that are wrong, such as `gate_screening` or the number of a section; nothing when it is sound.
pub fn faults(checklist: &Checklist) -> Vec<String> {
    let mut found = Vec::new();
    let good = |it: &str| (1..=LABEL_MOST).contains(&it.trim().chars().count());
    let n_items = items(checklist).count();
    if !(1..=SECTIONS_MOST).contains(&checklist.sections.len()) || !(1..=ITEMS_MOST).contains(&n_items) {
        found.push("sections".to_owned());
    }
    for (at, section) in checklist.sections.iter().enumerate() {
        if section.items.is_empty() || !good(&section.title.zh) || !good(&section.title.en) {
            found.push(format!("sections.{at}"));
        }
    }
    let mut keys = BTreeSet::new();
    for item in items(checklist) {
        let spelt = (1..=60).contains(&item.key.len())
            && item.key.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_');
        if !spelt || !keys.insert(item.key.as_str()) || !good(&item.label.zh) || !good(&item.label.en) {
            found.push(item.key.clone());
        }
    }
    found
}
