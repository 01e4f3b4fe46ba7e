//! Whether a form can be filled in at all: looked at before it is published.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    Field, FormCondition, FormDefinition, FormFault, FormFaultCode as Code, FormOption, Need, Prefill, Takes, Words,
};

const SECTIONS_MOST: usize = 40;
const FIELDS_MOST: usize = 400;
const KEY_MOST: usize = 60;
const LABEL_MOST: usize = 200;
const LONG_MOST: usize = 4_000;
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=50;
const TEXT_MOST: u32 = 10_000;
const FILES_MOST: u32 = 20;
/// How deep conditions may stand in each other.
const DEPTH_MOST: usize = 8;

/// Everything that is wrong with a form; nothing when it can be published.
pub fn faults(form: &FormDefinition) -> Vec<FormFault> {
    let mut found = Found { faults: Vec::new(), keys: BTreeSet::new(), asked: BTreeMap::new() };
    let fields: usize = form.sections.iter().map(|it| it.fields.len()).sum();
    if !(1..=SECTIONS_MOST).contains(&form.sections.len()) || !(1..=FIELDS_MOST).contains(&fields) {
        found.add("", Code::Size);
    }
    found.words("", &form.pledge, LONG_MOST);
    for section in &form.sections {
        found.key(&section.key);
        found.words(&section.key, &section.title, LABEL_MOST);
        section.lead.iter().for_each(|it| found.words(&section.key, it, LONG_MOST));
        section.shown_when.iter().for_each(|it| found.condition(&section.key, it, 0));
        if section.fields.is_empty() {
            found.add(&section.key, Code::Size);
        }
        for field in &section.fields {
            found.field(field);
        }
    }
    found.faults
}

struct Found<'a> {
    faults: Vec<FormFault>,
    keys: BTreeSet<&'a str>,
    /// Questions so far: conditions look back, never ahead.
    asked: BTreeMap<&'a str, &'a Takes>,
}

impl<'a> Found<'a> {
    fn add(&mut self, at: &str, code: Code) {
        let fault = FormFault { at: at.to_owned(), code };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn key(&mut self, key: &'a str) {
        let spelt = key.starts_with(|it: char| it.is_ascii_lowercase())
            && key.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_');
        if !spelt || KEY_MOST < key.len() {
            self.add(key, Code::Key);
        }
        if !self.keys.insert(key) {
            self.add(key, Code::KeyTwice);
        }
    }

    fn words(&mut self, at: &str, words: &Words, most: usize) {
        let good = |it: &str| (1..=most).contains(&it.trim().chars().count());
        if !good(&words.zh) || !good(&words.en) {
            self.add(at, Code::Words);
        }
    }

    fn field(&mut self, field: &'a Field) {
        self.key(&field.key);
        self.words(&field.key, &field.label, LABEL_MOST);
        field.help.iter().for_each(|it| self.words(&field.key, it, LONG_MOST));
        field.shown_when.iter().for_each(|it| self.condition(&field.key, it, 0));
        if let Need::When { condition } = &field.required {
            self.condition(&field.key, condition, 0);
        }
        self.takes(&field.key, &field.takes);
        let fits = match field.prefill {
            None => true,
            Some(Prefill::Employees) => matches!(field.takes, Takes::Number { .. }),
            Some(Prefill::EnterpriseName | Prefill::CreditCode | Prefill::Industry) => {
                matches!(field.takes, Takes::Text { .. })
            }
            Some(Prefill::SiteNames) => matches!(field.takes, Takes::Text { .. } | Takes::Prose { .. }),
        };
        if !fits {
            self.add(&field.key, Code::Prefill);
        }
        self.asked.insert(&field.key, &field.takes);
    }

    fn takes(&mut self, at: &str, takes: &Takes) {
        match takes {
            Takes::Text { most } | Takes::Prose { most } if !(1..=TEXT_MOST).contains(most) => {
                self.add(at, Code::Limits);
            }
            Takes::Number { least, most, .. } if most <= least => self.add(at, Code::Limits),
            Takes::Number { unit: Some(unit), .. } => self.words(at, unit, 20),
            Takes::Files { most } if !(1..=FILES_MOST).contains(most) => self.add(at, Code::Limits),
            Takes::Choice { options } | Takes::Choices { options } => self.options(at, options),
            Takes::Text { .. }
            | Takes::Prose { .. }
            | Takes::Number { .. }
            | Takes::Files { .. }
            | Takes::Date
            | Takes::YesNo
            | Takes::Phone => {}
        }
    }

    fn options(&mut self, at: &str, options: &[FormOption]) {
        let codes: BTreeSet<&str> = options.iter().map(|it| it.code.as_str()).collect();
        let spelt = codes.iter().all(|it| (1..=KEY_MOST).contains(&it.len()));
        if !OPTIONS.contains(&options.len()) || codes.len() != options.len() || !spelt {
            self.add(at, Code::Options);
        }
        options.iter().for_each(|it| self.words(at, &it.label, LABEL_MOST));
    }

    fn condition(&mut self, at: &str, condition: &FormCondition, depth: usize) {
        let asks = |field: &str, fits: fn(&Takes) -> bool| self.asked.get(field).is_some_and(|it| fits(it));
        let sound = match condition {
            FormCondition::All { of } | FormCondition::Any { of } => {
                let deep = depth < DEPTH_MOST && !of.is_empty();
                if deep {
                    of.iter().for_each(|it| self.condition(at, it, depth + 1));
                }
                deep
            }
            FormCondition::Not { of } => {
                let deep = depth < DEPTH_MOST;
                if deep {
                    self.condition(at, of, depth + 1);
                }
                deep
            }
            FormCondition::Yes { field } => asks(field, |it| matches!(it, Takes::YesNo)),
            FormCondition::AtLeast { field, .. } => asks(field, |it| matches!(it, Takes::Number { .. })),
            FormCondition::Chosen { field, codes } => match self.asked.get(field.as_str()) {
                Some(Takes::Choice { options } | Takes::Choices { options }) => {
                    !codes.is_empty() && codes.iter().all(|code| options.iter().any(|it| &it.code == code))
                }
                Some(_) | None => false,
            },
            FormCondition::Industry { begins: any }
            | FormCondition::Size { classes: any }
            | FormCondition::Risk { levels: any } => !any.is_empty(),
        };
        if !sound {
            self.add(at, Code::Condition);
        }
    }
}
