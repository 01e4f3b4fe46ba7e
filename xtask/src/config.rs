//! `xtask/tidy.toml`: the lists the rules work from, and the exceptions, each with its reason.

use anyhow::Context as _;
use serde::Deserialize;

use crate::tree::Tree;

/// The whole file. An exception that excuses nothing is itself a finding.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Who may depend on whom.
    pub order: Order,
    /// Words of `openapi.json` that the console must have in both languages.
    pub words: Words,
    /// Tables that hold a tenant's rows.
    pub tenant: Tenant,
    /// Dependencies against the order.
    pub dependency: Vec<DependencyException>,
    /// Files and functions that may be longer.
    pub length: Vec<LengthException>,
    /// Statements on tenant tables that need no scope.
    pub unscoped: Vec<UnscopedException>,
    /// Files outside a store that hold SQL, or outside `platform/db` that name an engine.
    pub engine: Vec<FileException>,
    /// Console files outside the dictionaries that hold Chinese text.
    pub text: Vec<FileException>,
    /// Hosts that product sources may name.
    pub host: Vec<HostException>,
}

/// Crate names, lowest first. Members of one inner list stand side by side and may not call each other.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Order {
    /// `platform/*`.
    pub platform: Vec<Vec<String>>,
    /// `slices/*`.
    pub slices: Vec<Vec<String>>,
    /// `edge/*`.
    pub edge: Vec<Vec<String>>,
    /// Used in `[dev-dependencies]` alone, by any.
    pub for_tests: Vec<String>,
}

/// Names of OpenAPI schemas that are enumerations of codes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// Each value must be a key in both languages.
    pub enums: Vec<String>,
}

/// See [`Config::tenant`].
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tenant {
    /// Table names.
    pub tables: Vec<String>,
}

/// `from` may depend on `to`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DependencyException {
    /// The dependent crate.
    pub from: String,
    /// What it uses.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// A file, or one function in it, may have up to `lines` lines.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LengthException {
    /// The file.
    pub path: String,
    /// The function; the file itself when absent.
    pub function: Option<String>,
    /// The limit that holds instead.
    pub lines: usize,
    /// Why.
    pub reason: String,
}

/// The statement `name` in `path` takes no scope.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnscopedException {
    /// The file.
    pub path: String,
    /// The constant.
    pub name: String,
    /// Why nobody else's rows can be reached through it.
    pub reason: String,
}

/// A file to which a rule does not apply.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileException {
    /// The file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A host name that may stand in sources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostException {
    /// The host.
    pub host: String,
    /// Why: a namespace or a document, never something the product calls.
    pub reason: String,
}

impl Config {
    /// Reads `xtask/tidy.toml` from the tree.
    pub fn of(tree: &Tree) -> anyhow::Result<Self> {
        let text = tree.text("xtask/tidy.toml").context("xtask/tidy.toml is missing")?;
        Self::parse(text)
    }

    /// Parses the file's text.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        toml::from_str(text).context("xtask/tidy.toml")
    }
}
