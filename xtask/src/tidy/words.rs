//! Every string in both languages. That `zh` and `en` have the same keys is proved by the TypeScript compiler.

use crate::config::Config;
use crate::tidy::routes::{OPENAPI, openapi};
use crate::tidy::{Findings, Used};
use crate::tree::{Tree, is_exempt};

const I18N: &str = "console/src/i18n/";
const LANGUAGES: &[&str] = &["zh", "en"];

/// Chinese text in the console outside its dictionaries has no English twin.
pub(super) fn no_stray_strings(tree: &Tree, config: &Config, findings: &mut Findings) {
    let mut used = Used::none_of(&config.text);
    let is_source = |path: &str| path.ends_with(".ts") || path.ends_with(".tsx");
    for (path, text) in tree.files().filter(|(path, _)| path.starts_with("console/") && is_source(path)) {
        if is_exempt(path) || is_dictionary(path) {
            continue;
        }
        for (index, line) in text.lines().enumerate().filter(|(_, line)| holds_text(line)) {
            if !used.excuses(&config.text, |it| it.path == path && !it.reason.is_empty()) {
                findings.add(path, index + 1, format!("text outside i18n: {}", line.trim()));
            }
        }
    }
    for it in used.unused(&config.text) {
        findings.add_unused(&it.path);
    }
}

/// Codes the server sends are keys of the dictionaries: the console owns the words.
pub(super) fn codes_in_both_languages(tree: &Tree, config: &Config, findings: &mut Findings) {
    let Some(openapi) = openapi(tree, findings) else { return };
    for schema in &config.words.enums {
        let values = openapi.pointer(&format!("/components/schemas/{schema}/enum")).and_then(|it| it.as_array());
        let Some(values) = values else {
            findings.add(
                OPENAPI,
                1,
                format!("no enumeration components.schemas.{schema}, named in xtask/tidy.toml [words]"),
            );
            continue;
        };
        for value in values.iter().filter_map(|it| it.as_str()) {
            for language in LANGUAGES.iter().filter(|language| !has_key(tree, language, value)) {
                findings.add(&format!("{I18N}{language}"), 1, format!("no key for {schema} `{value}`"));
            }
        }
    }
}

fn has_key(tree: &Tree, language: &str, key: &str) -> bool {
    tree.files()
        .filter(|(path, _)| path.starts_with("console/src/") && is_of_language(path, language))
        .any(|(_, text)| is_key_in(text, key))
}

fn is_dictionary(path: &str) -> bool {
    let is_of_any = || LANGUAGES.iter().any(|language| is_of_language(path, language));
    path.starts_with(I18N) || path.ends_with("/strings.ts") || (path.ends_with(".ts") && is_of_any())
}

/// `i18n/zh.ts`, `i18n/zh/common.ts`, `i18n/common.zh.ts`, `gate/reasons-zh.ts`.
fn is_of_language(path: &str, language: &str) -> bool {
    path.split(['/', '.', '-', '_']).any(|part| part == language)
}

fn is_key_in(text: &str, key: &str) -> bool {
    text.match_indices(key).any(|(at, _)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text.get(at + key.len()..).unwrap_or_default().trim_start_matches(['\'', '"']).trim_start();
        after.starts_with([':', '(']) && !before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.')
    })
}

/// A comment may name the thing in the user's own words.
fn holds_text(line: &str) -> bool {
    let line = line.trim_start();
    let is_comment = ["//", "/*", "* ", "{/*"].iter().any(|start| line.starts_with(start));
    !is_comment && line.chars().any(is_cjk)
}

/// Ideographs and kana; punctuation alone is no text.
fn is_cjk(it: char) -> bool {
    matches!(it, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
