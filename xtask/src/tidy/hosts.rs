//! No paths of somebody's machine and no hosts that are not this one: the product, its tests and its benches speak
//! only to loopback.

use crate::config::Config;
use crate::tidy::{Findings, Used};
use crate::tree::Tree;

/// Spelt in two pieces, so that this file passes its own rule.
const MACHINE_PATHS: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
const SCHEMES: &[&str] = &[concat!("http:", "//"), concat!("https:", "//")];
/// Names and nets that are reserved for examples, or are this machine.
const HARMLESS_HOSTS: &[&str] = &["localhost", "[::1]", "0.0.0.0", "example.com", "example.org", "example.net"];
const HARMLESS_STARTS: &[&str] = &["127.", "192.0.2.", "198.51.100.", "203.0.113.", "{", "$", "<"];
const HARMLESS_ENDS: &[&str] = &[".example", ".test", ".invalid", ".localhost", ".example.com", ".example.org"];

pub(super) fn run(tree: &Tree, config: &Config, findings: &mut Findings) {
    let mut used = Used::none_of(&config.host);
    for (path, text) in tree.files().filter(|(path, _)| is_checked(path)) {
        for (index, line) in text.lines().enumerate() {
            if let Some(found) = MACHINE_PATHS.iter().find(|it| names_machine_path(line, it)) {
                findings.add(path, index + 1, format!("`{found}`: a path of one machine"));
            }
            for host in hosts(line).filter(|host| !is_harmless(host)) {
                if !used.excuses(&config.host, |it| it.host == host && !it.reason.is_empty()) {
                    findings.add(path, index + 1, format!("`{host}`: a host that is neither loopback nor an example"));
                }
            }
        }
    }
    for (index, line) in tree.text("console/package-lock.json").unwrap_or_default().lines().enumerate() {
        if line.trim_start().starts_with("\"resolved\": \"http") {
            findings.add("console/package-lock.json", index + 1, "a registry's address: omit it from the lock file");
        }
    }
    for it in used.unused(&config.host) {
        findings.add_unused(&it.host);
    }
}

fn is_checked(path: &str) -> bool {
    let is_recorded = path.contains("/fixtures/") || path.ends_with("package-lock.json");
    !is_recorded && !path.starts_with("docs/") && path != "xtask/tidy.toml" && !path.ends_with("/bad_examples.rs")
}

fn names_machine_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|it| it.chars().next_back());
        !before.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | '}' | ']' | '/' | ')' | '*'))
    })
}

/// The hosts of all addresses in a line, without port and user.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    SCHEMES.iter().flat_map(move |scheme| line.match_indices(*scheme)).filter_map(move |(at, scheme)| {
        let rest = line.get(at + scheme.len()..)?;
        let end =
            rest.find(|it: char| !it.is_ascii_alphanumeric() && !"-._[]:{}$<>@%".contains(it)).unwrap_or(rest.len());
        let authority = rest.get(..end)?;
        let host = authority.rsplit('@').next().unwrap_or(authority);
        let host = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
        Some(host.trim_end_matches('.'))
    })
}

fn is_harmless(host: &str) -> bool {
    host.is_empty()
        || HARMLESS_HOSTS.iter().any(|it| host == *it || host.starts_with(&format!("{it}:")))
        || HARMLESS_STARTS.iter().any(|it| host.starts_with(it))
        || HARMLESS_ENDS.iter().any(|it| host.ends_with(it))
        || !host.contains(['.', ':'])
}
