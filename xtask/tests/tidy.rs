//! The repository keeps its own rules: one test each, failing with `file:line: what`.

use std::fmt;

use xtask::config::Config;
use xtask::tidy::{RULES, check_named};
use xtask::tree::{Tree, repository_root};

/// Printed as it is, without a backtrace: what is wrong stands in other files than this.
struct Broken(String);

impl fmt::Debug for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn kept(rule: &str) -> Result<(), Broken> {
    let unreadable = |error: anyhow::Error| Broken(format!("{error:#}"));
    let tree = Tree::read(&repository_root()).map_err(unreadable)?;
    let config = Config::of(&tree).map_err(unreadable)?;
    let findings = check_named(rule, &tree, &config);
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    match lines.len() {
        0 => Ok(()),
        n_findings => Err(Broken(format!("{n_findings} findings of {rule}:\n{}", lines.join("\n")))),
    }
}

macro_rules! rules {
    ($($test:ident => $rule:literal),* $(,)?) => {
        const TESTED: &[&str] = &[$($rule),*];
        $(#[test] fn $test() -> Result<(), Broken> { kept($rule) })*
    };
}

rules! {
    crates_depend_only_on_earlier_ones => "dependency-order",
    model_and_rules_are_pure => "pure-model-and-rules",
    only_platform_db_knows_the_engine => "engine-only-in-db",
    few_statements_are_written_twice => "dialect-budget",
    files_and_functions_are_short => "lengths",
    console_text_stands_in_the_dictionaries => "strings-in-i18n",
    every_code_has_words_in_both_languages => "codes-in-both-languages",
    every_route_is_in_the_authorization_table => "routes-in-authorization-table",
    statements_on_tenant_rows_take_a_scope => "statements-take-a-scope",
    no_forbidden_word_is_committed => "forbidden-words",
    migrations_come_in_pairs => "migrations-in-pairs",
    no_machine_paths_and_no_foreign_hosts => "no-machine-paths-or-hosts",
}

#[test]
fn every_rule_is_tested() {
    let rules: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(rules, TESTED);
}
