//! Every route of the API stands in the authorization table, and the table names no route that is gone.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use crate::config::Config;
use crate::tidy::Findings;
use crate::tree::Tree;

pub(super) const OPENAPI: &str = "openapi/openapi.json";
const TABLE: &str = "app/tests/authorization/routes.toml";
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    route: Vec<Route>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Route {
    method: String,
    path: String,
    permission: Option<String>,
    #[serde(default)]
    public: bool,
    reason: Option<String>,
}

pub(super) fn run(tree: &Tree, _: &Config, findings: &mut Findings) {
    let Some(openapi) = openapi(tree, findings) else { return };
    let Some(table) = table(tree, findings) else { return };
    let served = served_routes(&openapi);
    let mut listed = BTreeSet::new();
    for route in &table.route {
        let key = (route.method.to_ascii_uppercase(), route.path.clone());
        let line = line_of_path(tree, &route.path);
        if !served.contains(&key) {
            findings.add(TABLE, line, format!("{} {} is not in {OPENAPI}", key.0, key.1));
        }
        let has_reason = route.reason.as_deref().is_some_and(|it| !it.trim().is_empty());
        if route.public == route.permission.is_some() || (route.public && !has_reason) {
            findings.add(
                TABLE,
                line,
                format!("{} {}: either a permission, or public = true and a reason", key.0, key.1),
            );
        }
        if !listed.insert(key) {
            findings.add(TABLE, line, format!("{} {} is listed twice", route.method, route.path));
        }
    }
    for (method, path) in served.difference(&listed) {
        findings.add(TABLE, 1, format!("{method} {path} is missing: who may call it?"));
    }
}

/// The API description, or a finding that says how to make it.
pub(super) fn openapi(tree: &Tree, findings: &mut Findings) -> Option<Value> {
    let Some(text) = tree.text(OPENAPI) else {
        findings.add(OPENAPI, 1, "is missing: the test that writes it has not run");
        return None;
    };
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            findings.add(OPENAPI, error.line(), format!("not JSON: {error}"));
            None
        }
    }
}

fn table(tree: &Tree, findings: &mut Findings) -> Option<Table> {
    let Some(text) = tree.text(TABLE) else {
        findings.add(
            TABLE,
            1,
            "is missing: one [[route]] with method, path and permission (or public = true and reason) each",
        );
        return None;
    };
    match toml::from_str(text) {
        Ok(table) => Some(table),
        Err(error) => {
            findings.add(TABLE, 1, format!("{error}"));
            None
        }
    }
}

fn served_routes(openapi: &Value) -> BTreeSet<(String, String)> {
    let paths = openapi.get("paths").and_then(Value::as_object);
    paths
        .into_iter()
        .flatten()
        .filter_map(|(path, operations)| operations.as_object().map(|it| (path, it)))
        .flat_map(|(path, operations)| operations.keys().map(move |method| (method, path)))
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
        .map(|(method, path)| (method.to_ascii_uppercase(), path.clone()))
        .collect()
}

fn line_of_path(tree: &Tree, path: &str) -> usize {
    let quoted = format!("\"{path}\"");
    let text = tree.text(TABLE).unwrap_or_default();
    text.lines().position(|line| line.contains(&quoted)).map_or(1, |it| it + 1)
}
