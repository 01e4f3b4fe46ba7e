//! The rules. Each is a function from the tree to its findings; each has a bad example that proves it can fail.

mod deps;
mod engine;
mod forbidden;
mod hosts;
mod lengths;
mod migrations;
mod pure;
mod routes;
mod scope;
mod words;

use std::fmt;

use crate::config::Config;
use crate::tree::Tree;

/// A rule and its name.
#[derive(Debug)]
pub struct Rule {
    /// As it is printed.
    pub name: &'static str,
    run: fn(&Tree, &Config, &mut Findings),
}

/// Every rule.
pub const RULES: &[Rule] = &[
    Rule { name: "dependency-order", run: deps::run },
    Rule { name: "pure-model-and-rules", run: pure::run },
    Rule { name: "engine-only-in-db", run: engine::run },
    Rule { name: "dialect-budget", run: engine::dialect_budget },
    Rule { name: "lengths", run: lengths::run },
    Rule { name: "strings-in-i18n", run: words::no_stray_strings },
    Rule { name: "codes-in-both-languages", run: words::codes_in_both_languages },
    Rule { name: "routes-in-authorization-table", run: routes::run },
    Rule { name: "statements-take-a-scope", run: scope::run },
    Rule { name: "forbidden-words", run: forbidden::run },
    Rule { name: "migrations-in-pairs", run: migrations::run },
    Rule { name: "no-machine-paths-or-hosts", run: hosts::run },
];

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong and what to do instead.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Where a rule writes what it finds.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, path: &str, line: usize, what: impl Into<String>) {
        self.0.push(Finding { path: path.to_owned(), line, what: what.into() });
    }

    /// An exception of `xtask/tidy.toml` that excused nothing.
    fn add_unused(&mut self, what: &str) {
        self.add("xtask/tidy.toml", 1, format!("the exception for {what} excuses nothing: remove it"));
    }
}

/// Runs one rule.
pub fn check(rule: &Rule, tree: &Tree, config: &Config) -> Vec<Finding> {
    let mut findings = Findings::default();
    (rule.run)(tree, config, &mut findings);
    findings.0.sort();
    findings.0
}

/// Runs the rule called `name`; an unknown name is a finding, so that a test cannot pass by a misspelling.
pub fn check_named(name: &str, tree: &Tree, config: &Config) -> Vec<Finding> {
    match RULES.iter().find(|rule| rule.name == name) {
        Some(rule) => check(rule, tree, config),
        None => vec![Finding { path: "xtask/src/tidy/mod.rs".to_owned(), line: 1, what: format!("no rule {name}") }],
    }
}

/// Remembers which exceptions were needed.
struct Used(Vec<bool>);

impl Used {
    fn none_of<T>(exceptions: &[T]) -> Self {
        Self(vec![false; exceptions.len()])
    }

    /// Whether one of `exceptions` fits; marks it.
    fn excuses<T>(&mut self, exceptions: &[T], fits: impl Fn(&T) -> bool) -> bool {
        let mut excused = false;
        for (exception, used) in exceptions.iter().zip(self.0.iter_mut()) {
            if fits(exception) {
                *used = true;
                excused = true;
            }
        }
        excused
    }

    fn unused<'a, T>(&'a self, exceptions: &'a [T]) -> impl Iterator<Item = &'a T> {
        exceptions.iter().zip(&self.0).filter(|(_, used)| !**used).map(|(exception, _)| exception)
    }
}
