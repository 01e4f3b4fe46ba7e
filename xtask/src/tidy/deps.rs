//! `kernel ← {platform, protocols} ← slices ← edge ← app`, and the order inside platform, slices and edge; the first of edge use sensing alone.
//! What is for tests only is used by tests of anybody, and uses nobody.

use std::collections::BTreeMap;

use crate::config::{Config, DependencyException};
use crate::tidy::{Findings, Used};
use crate::tree::Tree;

/// What a codec may not know: no engine, no HTTP server, no runtime.
const NOT_FOR_PROTOCOLS: &[&str] = &["sqlx", "axum", "tokio", "reqwest", "hyper"];

struct Member {
    path: String,
    layer: String,
    uses: Vec<Use>,
}

/// A line of a manifest.
struct Use {
    target: String,
    line: usize,
    is_for_tests: bool,
}

pub(super) fn run(tree: &Tree, config: &Config, findings: &mut Findings) {
    let members = members(tree, findings);
    let mut used = Used::none_of(&config.dependency);
    for (name, member) in &members {
        if !is_known(name, member, config) {
            findings.add(&member.path, 1, format!("crate {name} is not in [order] of xtask/tidy.toml"));
        }
        for Use { target, line, is_for_tests } in &member.uses {
            let allowed = match members.get(target) {
                Some(_) if config.order.for_tests.contains(target) => *is_for_tests,
                Some(other) => may_use(name, member, target, other, config),
                None => may_use_outside(member, target),
            };
            let fits = |it: &DependencyException| it.from == *name && it.to == *target && !it.reason.is_empty();
            if !allowed && !used.excuses(&config.dependency, fits) {
                let why = match config.order.for_tests.contains(target) {
                    true => "it is for tests only",
                    false => "it comes later in the order",
                };
                findings.add(&member.path, *line, format!("{name} may not depend on {target}: {why}"));
            }
        }
    }
    for it in used.unused(&config.dependency) {
        findings.add_unused(&format!("{} → {}", it.from, it.to));
    }
}

fn members(tree: &Tree, findings: &mut Findings) -> BTreeMap<String, Member> {
    let mut members = BTreeMap::new();
    for (path, text) in tree.files().filter(|(path, _)| path.ends_with("/Cargo.toml") && !path.contains("/fixtures/")) {
        match toml::from_str::<toml::Table>(text) {
            Ok(manifest) => {
                let name = manifest.get("package").and_then(|it| it.get("name")).and_then(toml::Value::as_str);
                let layer = path.split('/').next().unwrap_or_default().to_owned();
                let line = |it: &String| line_of_key(text, it);
                let uses = used_crates(&manifest).into_iter();
                let uses = uses.map(|(it, is_for_tests)| Use { line: line(&it), target: it, is_for_tests }).collect();
                if let Some(name) = name {
                    members.insert(name.to_owned(), Member { path: path.to_owned(), layer, uses });
                }
            }
            Err(error) => findings.add(path, 1, format!("not TOML: {error}")),
        }
    }
    members
}

/// Names from every `[…dependencies]` table, those of targets included, and whether they are for tests.
fn used_crates(manifest: &toml::Table) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    for (key, value) in manifest {
        match value {
            toml::Value::Table(table) if key.ends_with("dependencies") => {
                names.extend(table.iter().map(|(name, it)| (package_of(name, it), key == "dev-dependencies")));
            }
            toml::Value::Table(targets) if key == "target" => {
                names.extend(targets.values().filter_map(toml::Value::as_table).flat_map(used_crates));
            }
            _ => {}
        }
    }
    names
}

fn package_of(name: &str, dependency: &toml::Value) -> String {
    dependency.get("package").and_then(toml::Value::as_str).unwrap_or(name).to_owned()
}

fn line_of_key(text: &str, name: &str) -> usize {
    text.lines()
        .position(|line| line.strip_prefix(name).is_some_and(|it| it.starts_with([' ', '.', '='])))
        .map_or(1, |it| it + 1)
}

fn rank(order: &[Vec<String>], name: &str) -> Option<usize> {
    order.iter().position(|group| group.iter().any(|it| it == name))
}

fn is_known(name: &str, member: &Member, config: &Config) -> bool {
    match member.layer.as_str() {
        "platform" => rank(&config.order.platform, name).is_some(),
        "slices" => rank(&config.order.slices, name).is_some(),
        "edge" => rank(&config.order.edge, name).is_some(),
        _ => true,
    }
}

fn may_use(name: &str, member: &Member, target: &str, other: &Member, config: &Config) -> bool {
    match (member.layer.as_str(), other.layer.as_str()) {
        (_, "xtask" | "bench" | "app" | "fuzz") => false,
        ("fuzz", _) if config.order.for_tests.iter().any(|it| it == name) => false,
        ("xtask", _) => false,
        ("platform", "platform") => rank(&config.order.platform, target) < rank(&config.order.platform, name),
        ("slices", "slices") => rank(&config.order.slices, target) < rank(&config.order.slices, name),
        ("edge", "edge") => rank(&config.order.edge, target) < rank(&config.order.edge, name),
        ("edge", "sensing") => true,
        ("protocols", _) => target == "kernel" || target == "observation",
        ("platform", _) => false,
        ("slices", "platform" | "protocols" | "sensing" | "credentials" | "series") => true,
        ("edge", "platform" | "protocols" | "credentials" | "slices") => {
            target == "kernel" || rank(&config.order.edge, name) > Some(0)
        }
        ("app" | "bench" | "fuzz", _) => true,
        (_, _) => target == "kernel",
    }
}

fn may_use_outside(member: &Member, target: &str) -> bool {
    !matches!(member.layer.as_str(), "protocols" | "credentials" | "sensing") || !NOT_FOR_PROTOCOLS.contains(&target)
}
