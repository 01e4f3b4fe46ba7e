//! Only `platform/db` knows the engine; `dialect!` stays rare; SQL of slices stands in their stores.

use crate::config::Config;
use crate::scan::Source;
use crate::sql::statements;
use crate::tidy::{Findings, Used};
use crate::tree::{Tree, is_exempt};

const ENGINE_HOME: &str = "platform/db/";
/// Names that are only written where somebody asks which engine it is.
const ENGINE_WORDS: &[&str] =
    &["sqlx", "Engine::", "Sqlite", "Postgres", "SqlitePool", "PgPool", "is_sqlite", "is_postgres", "is_pg"];
/// Beginnings and pieces of statements that only one engine understands.
const ENGINE_SQL: &[&str] = &["pragma ", "sqlite_master", "pg_catalog", "pg_advisory", "information_schema"];
const DIALECT_PERCENT: usize = 5;

pub(super) fn run(tree: &Tree, config: &Config, findings: &mut Findings) {
    let mut used = Used::none_of(&config.engine);
    for (path, text) in tree.files().filter(|(path, _)| !path.starts_with(ENGINE_HOME)) {
        let mut found = Findings::default();
        if path.ends_with("/Cargo.toml") {
            engine_in_manifest(path, text, &mut found);
        } else if is_product_rust(path) {
            engine_in_source(path, text, &mut found);
        }
        let is_broken = !found.0.is_empty();
        if is_broken && !used.excuses(&config.engine, |it| it.path == path && !it.reason.is_empty()) {
            findings.0.extend(found.0);
        }
    }
    for it in used.unused(&config.engine) {
        findings.add_unused(&it.path);
    }
}

/// At most one statement in twenty may be written twice.
pub(super) fn dialect_budget(tree: &Tree, _: &Config, findings: &mut Findings) {
    let mut places = Vec::new();
    let mut n_literals = 0_usize;
    for (path, text) in tree.ending("rs").filter(|(path, _)| is_product_rust(path) && !path.starts_with(ENGINE_HOME)) {
        let source = Source::without_tests(text);
        n_literals += statements(&source).len();
        places.extend(source.find_word("dialect!").map(|at| (path, source.line_of(at))));
    }
    let n_statements = n_literals.saturating_sub(places.len());
    if n_statements * DIALECT_PERCENT < places.len() * 100 {
        for (path, line) in &places {
            let n_dialects = places.len();
            findings.add(
                path,
                *line,
                format!("{n_dialects} of {n_statements} statements use dialect!: over {DIALECT_PERCENT} %"),
            );
        }
    }
}

fn engine_in_manifest(path: &str, text: &str, findings: &mut Findings) {
    for (index, line) in text.lines().enumerate() {
        let is_sqlx = line.strip_prefix("sqlx").is_some_and(|it| it.starts_with([' ', '.', '=', '-']));
        if is_sqlx || line.starts_with("libsqlite3-sys") || line.starts_with("rusqlite") {
            findings.add(path, index + 1, "only platform/db may depend on a database driver");
        }
    }
}

fn engine_in_source(path: &str, text: &str, findings: &mut Findings) {
    let source = Source::without_tests(text);
    for word in ENGINE_WORDS {
        for at in source.find_word(word) {
            findings.add(path, source.line_of(at), format!("`{word}`: only platform/db knows the engine"));
        }
    }
    for literal in &source.literals {
        let text = literal.text.to_ascii_lowercase();
        if let Some(words) = ENGINE_SQL.iter().find(|words| text.contains(**words)) {
            findings.add(path, source.line_of(literal.at), format!("`{words}`: only platform/db knows the engine"));
        }
    }
    let outside_store = (path.starts_with("slices/") || path.starts_with("app/")) && !is_store(path);
    if outside_store {
        for statement in statements(&source) {
            findings.add(path, source.line_of(statement.literal.at), "SQL outside the slice's store");
        }
    }
}

/// `store.rs`, `store_x.rs`, or anything in a folder `store`.
pub(super) fn is_store(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    path.contains("/src/store/") || (path.contains("/src/") && name.starts_with("store") && name.ends_with(".rs"))
}

fn is_product_rust(path: &str) -> bool {
    path.ends_with(".rs") && !is_exempt(path) && !path.starts_with("xtask/") && !path.starts_with("bench/")
}
