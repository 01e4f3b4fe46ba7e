//! Files and functions a person can still read.

use crate::config::Config;
use crate::scan::Source;
use crate::tidy::{Findings, Used};
use crate::tree::{Tree, is_exempt};

const RUST_FILE: usize = 400;
const RUST_FUNCTION: usize = 50;
const TSX_FILE: usize = 300;

pub(super) fn run(tree: &Tree, config: &Config, findings: &mut Findings) {
    let mut used = Used::none_of(&config.length);
    let mut measure = |path: &str, line: usize, function: Option<&str>, n_lines: usize, limit: usize| {
        let excused = limit < n_lines
            && used.excuses(&config.length, |it| {
                it.path == path && it.function.as_deref() == function && n_lines <= it.lines && !it.reason.is_empty()
            });
        if limit < n_lines && !excused {
            let what = function.map_or_else(|| "the file".to_owned(), |name| format!("fn {name}"));
            findings.add(path, line, format!("{what} has {n_lines} lines, {limit} are the limit"));
        }
    };
    for (path, text) in tree.files().filter(|(path, _)| !is_exempt(path)) {
        if path.ends_with(".rs") {
            let source = Source::without_tests(text);
            measure(path, 1, None, text.lines().count().saturating_sub(source.n_test_lines), RUST_FILE);
            for function in source.functions() {
                measure(path, function.line, Some(&function.name), function.n_lines, RUST_FUNCTION);
            }
        } else if path.ends_with(".tsx") {
            measure(path, 1, None, text.lines().count(), TSX_FILE);
        }
    }
    for it in used.unused(&config.length) {
        findings.add_unused(&format!("the length of {} {}", it.path, it.function.as_deref().unwrap_or_default()));
    }
}
