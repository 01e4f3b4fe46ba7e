//! Every statement on tenant data takes a `Scope`.

use crate::config::Config;
use crate::scan::Source;
use crate::sql::statements;
use crate::tidy::engine::is_store;
use crate::tidy::{Findings, Used};
use crate::tree::{Tree, is_exempt};

/// Where a table is made, so that a table that was renamed does not silently leave the list.
const MIGRATIONS: &str = "migrations/pg/";
const PLACEHOLDER: &str = "{scope";

pub(super) fn run(tree: &Tree, config: &Config, findings: &mut Findings) {
    for table in config.tenant.tables.iter().filter(|table| !is_made(tree, table)) {
        findings.add("xtask/tidy.toml", 1, format!("[tenant] names the table `{table}`, which no migration makes"));
    }
    let mut used = Used::none_of(&config.unscoped);
    for (path, text) in tree.ending("rs").filter(|(path, _)| path.starts_with("slices/") && is_store(path)) {
        if is_exempt(path) {
            continue;
        }
        let source = Source::without_tests(text);
        for statement in statements(&source) {
            let line = source.line_of(statement.literal.at);
            let Some(name) = statement.constant else {
                findings.add(
                    path,
                    line,
                    "SQL in the middle of code: give it a constant beside the function that runs it",
                );
                continue;
            };
            let table = config.tenant.tables.iter().find(|table| statement.mentions(table));
            let Some(table) = table.filter(|_| statement.touches_rows()) else { continue };
            let excused = |used: &mut Used| {
                used.excuses(&config.unscoped, |it| it.path == path && it.name == name && !it.reason.is_empty())
            };
            if !statement.literal.text.contains(PLACEHOLDER) && !excused(&mut used) {
                findings.add(path, line, format!("{name} reads or changes `{table}` without `{{scope}}`"));
            }
        }
    }
    for it in used.unused(&config.unscoped) {
        findings.add_unused(&format!("{} in {}", it.name, it.path));
    }
}

fn is_made(tree: &Tree, table: &str) -> bool {
    let made = [format!("create table {table} "), format!("create table {table}(")];
    tree.ending("sql")
        .filter(|(path, _)| path.starts_with(MIGRATIONS))
        .any(|(_, text)| text.lines().any(|line| made.iter().any(|start| line.to_ascii_lowercase().starts_with(start))))
}
