//! `model` and `rules` of a slice do no I/O, are not async and never read the clock.

use crate::config::Config;
use crate::scan::Source;
use crate::tidy::Findings;
use crate::tree::{Tree, is_exempt};

const FORBIDDEN: &[&str] = &[
    "sqlx",
    "db::",
    "axum",
    "tokio",
    "reqwest",
    "async",
    ".await",
    "Clock",
    "now()",
    "SystemTime",
    "std::fs",
    "std::net",
    "std::env",
    "std::io",
];

pub(super) fn run(tree: &Tree, _: &Config, findings: &mut Findings) {
    for (path, text) in tree.ending("rs").filter(|(path, _)| is_pure(path)) {
        let source = Source::without_tests(text);
        for word in FORBIDDEN {
            for at in source.find_word(word) {
                findings.add(
                    path,
                    source.line_of(at),
                    format!("`{word}` in a pure module: pass values in, `now` included"),
                );
            }
        }
    }
}

fn is_pure(path: &str) -> bool {
    let inside = path.strip_prefix("slices/").and_then(|it| it.split_once("/src/")).map(|(_, inside)| inside);
    let is_part = |part: &str| part == "model" || part == "rules" || part == "model.rs" || part == "rules.rs";
    !is_exempt(path) && inside.is_some_and(|it| it.split('/').any(is_part))
}
