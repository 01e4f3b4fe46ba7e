//! Whether a rulebook can be followed: looked at before one is published.

use std::collections::BTreeSet;

use kernel::{AreaCode, Instant64};
use places::SizeClass;

use super::model::{Group, Route, Rulebook, RulebookFault, RulebookFaultCode as Code};
use crate::forms::model::Words;

const LISTED_MOST: usize = 100;
const GROUP_MOST: usize = 200;
const DAYS_MOST: usize = 366;
const KEY_MOST: usize = 40;
const NAME_MOST: usize = 60;
const REASON_MOST: usize = 500;
const HOURS: std::ops::RangeInclusive<u32> = 1..=240;
const DAYS: std::ops::RangeInclusive<u32> = 1..=30;

/// Everything that is wrong with a rulebook; nothing when it can be published.
pub fn faults(book: &Rulebook) -> Vec<RulebookFault> {
    let mut found = Found(Vec::new());
    let departments = found.named("departments", book.departments.iter().map(|it| (it.key.as_str(), &it.name)));
    found.named("categories", book.categories.iter().map(|it| (it.key.as_str(), &it.name)));
    found.regimes(book);
    found.routes(book, &departments);
    found.calendar(book);
    found.0
}

struct Found(Vec<RulebookFault>);

impl Found {
    fn add(&mut self, at: String, code: Code) {
        let fault = RulebookFault { at, code };
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    fn words(&mut self, at: String, words: &Words, most: usize) {
        let good = |it: &str| (1..=most).contains(&it.trim().chars().count());
        if !good(&words.zh) || !good(&words.en) {
            self.add(at, Code::Words);
        }
    }

    fn named<'a>(&mut self, list: &str, items: impl Iterator<Item = (&'a str, &'a Words)>) -> BTreeSet<&'a str> {
        let mut keys = BTreeSet::new();
        for (at, (key, name)) in items.enumerate() {
            if !is_key(key) {
                self.add(format!("{list}.{at}.key"), Code::Key);
            }
            if !keys.insert(key) {
                self.add(format!("{list}.{at}.key"), Code::KeyTwice);
            }
            self.words(format!("{list}.{at}.name"), name, NAME_MOST);
        }
        if LISTED_MOST < keys.len() {
            self.add(list.to_owned(), Code::Size);
        }
        keys
    }

    fn regimes(&mut self, book: &Rulebook) {
        if LISTED_MOST < book.regimes.len() {
            self.add("regimes".to_owned(), Code::Size);
        }
        let mut all_taken = false;
        for (at, rule) in book.regimes.iter().enumerate() {
            let at = format!("regimes.{at}");
            self.group(&at, &rule.group);
            self.words(format!("{at}.reason"), &rule.reason, REASON_MOST);
            if all_taken {
                self.add(at, Code::Unreached);
            }
            all_taken |= rule.group.is_everybody();
        }
    }

    fn routes(&mut self, book: &Rulebook, departments: &BTreeSet<&str>) {
        if !(1..=LISTED_MOST).contains(&book.routes.len()) {
            self.add("routes".to_owned(), Code::Size);
        }
        let last = book.routes.len().saturating_sub(1);
        for (index, route) in book.routes.iter().enumerate() {
            let at = format!("routes.{index}");
            self.group(&at, &route.group);
            self.words(format!("{at}.name"), &route.name, NAME_MOST);
            match (route.group.is_everybody(), index == last) {
                (true, false) => self.add(format!("{at}.group"), Code::Unreached),
                (false, true) => self.add(format!("{at}.group"), Code::Open),
                _ => {}
            }
            if route.lead.as_deref().is_some_and(|it| !departments.contains(it)) {
                self.add(format!("{at}.lead"), Code::Unknown);
            }
            self.opinions(&at, route, departments);
            for (name, good) in [
                ("reply_hours", HOURS.contains(&route.reply_hours)),
                ("opinion_hours", HOURS.contains(&route.opinion_hours)),
                ("decision_working_days", DAYS.contains(&route.decision_working_days)),
            ] {
                if !good {
                    self.add(format!("{at}.{name}"), Code::Limit);
                }
            }
        }
    }

    fn opinions(&mut self, at: &str, route: &Route, departments: &BTreeSet<&str>) {
        let heard: BTreeSet<&str> = route.opinions.iter().map(String::as_str).collect();
        if !heard.is_subset(departments) {
            self.add(format!("{at}.opinions"), Code::Unknown);
        }
        let leads = route.lead.as_deref().is_some_and(|it| heard.contains(it));
        if heard.len() < route.opinions.len() || leads {
            self.add(format!("{at}.opinions"), Code::KeyTwice);
        }
    }

    fn group(&mut self, at: &str, group: &Group) {
        let lists = [group.industries.len(), group.size_classes.len(), group.risks.len(), group.areas.len()];
        if lists.iter().any(|it| GROUP_MOST < *it) {
            self.add(format!("{at}.group"), Code::Size);
        }
        let sound = group.industries.iter().all(|it| is_industry(it))
            && group.size_classes.iter().all(|it| SizeClass::parse(it).is_some())
            && group.areas.iter().all(|it| AreaCode::parse(it).is_ok());
        if !sound {
            self.add(format!("{at}.group"), Code::Group);
        }
    }

    fn calendar(&mut self, book: &Rulebook) {
        let off: BTreeSet<&str> = book.holidays.iter().map(String::as_str).collect();
        for (list, days) in [("holidays", &book.holidays), ("workdays", &book.workdays)] {
            if DAYS_MOST < days.len() {
                self.add(list.to_owned(), Code::Size);
            }
            let mut seen = BTreeSet::new();
            for (at, day) in days.iter().enumerate() {
                let twice = !seen.insert(day.as_str()) || (list == "workdays" && off.contains(day.as_str()));
                let is_day = Instant64::parse_date(day).is_some_and(|it| it.local_date() == *day);
                if twice || !is_day {
                    self.add(format!("{list}.{at}"), Code::Day);
                }
            }
        }
    }
}

fn is_key(key: &str) -> bool {
    key.len() <= KEY_MOST
        && key.starts_with(|it: char| it.is_ascii_lowercase())
        && key.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
}

/// GB/T 4754-2017: a letter for the section, then up to four digits.
fn is_industry(code: &str) -> bool {
    code.len() <= 5
        && code.starts_with(|it: char| ('A'..='T').contains(&it))
        && code.bytes().skip(1).all(|it| it.is_ascii_digit())
}
