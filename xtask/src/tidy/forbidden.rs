//! Words that are never committed.

use crate::config::Config;
use crate::scan::Source;
use crate::tidy::Findings;
use crate::tree::Tree;

const RUST: &[&str] = &["todo!", "unimplemented!", "dbg!", "#[ignore"];
const TYPESCRIPT: &[&str] = &[".only(", "debugger;", "@ts-ignore", "@ts-nocheck"];

pub(super) fn run(tree: &Tree, _: &Config, findings: &mut Findings) {
    for (path, text) in tree.ending("rs") {
        let source = Source::with_tests(text);
        for word in RUST {
            for at in source.find_word(word) {
                findings.add(path, source.line_of(at), format!("`{word}`: finish it, or assert today's wrong answer"));
            }
        }
    }
    let typescript = tree.files().filter(|(path, _)| path.ends_with(".ts") || path.ends_with(".tsx"));
    for (path, text) in typescript {
        for (index, line) in text.lines().enumerate() {
            for word in TYPESCRIPT.iter().filter(|word| line.contains(**word)) {
                findings.add(path, index + 1, format!("`{word}`"));
            }
        }
    }
}
