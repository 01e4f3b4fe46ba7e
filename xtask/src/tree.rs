//! The repository's text files in memory, so that a rule can be tried on a made-up tree of three lines.
//!
//! Not responsible for what the files mean.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Folders that hold no source of ours.
const SKIPPED_FOLDERS: &[&str] =
    &[".git", ".tools", "target", "node_modules", "data", "corpus", "test-results", "playwright-report"];
/// Built or personal folders at the top of the tree, by their whole path.
const SKIPPED_PATHS: &[&str] = &["dist", "console/dist", "console/coverage"];
const TEXT_ENDINGS: &[&str] = &[
    "rs",
    "toml",
    "ts",
    "tsx",
    "js",
    "mjs",
    "json",
    "sql",
    "sh",
    "py",
    "html",
    "css",
    "svg",
    "service",
    "yml",
    "yaml",
    "webmanifest",
];
const TEXT_NAMES: &[&str] = &["Makefile", "run"];

/// Path relative to the repository root, with `/`, to the file's text.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads every text file below `root`.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let mut tree = Self::default();
        tree.add_folder(root, "")?;
        Ok(tree)
    }

    /// A made-up tree.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    /// All files in path order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Files whose name ends in `.ending`.
    pub fn ending(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        let dotted = format!(".{ending}");
        self.files().filter(move |(path, _)| path.ends_with(&dotted))
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    fn add_folder(&mut self, root: &Path, folder: &str) -> anyhow::Result<()> {
        let listing = root.join(folder);
        for entry in fs::read_dir(&listing).with_context(|| format!("list {}", listing.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !SKIPPED_FOLDERS.contains(&name.as_str()) && !SKIPPED_PATHS.contains(&path.as_str()) {
                    self.add_folder(root, &path)?;
                }
            } else if kind.is_file() && is_text(&name) {
                let bytes = fs::read(entry.path()).with_context(|| format!("read {path}"))?;
                self.files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        Ok(())
    }
}

/// The folder above this crate.
pub fn repository_root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Whether a Rust or TypeScript file is test code, a fixture or generated, and so outside the rules on product code.
pub fn is_exempt(path: &str) -> bool {
    let mut folders: Vec<&str> = path.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    folders.iter().any(|it| matches!(*it, "tests" | "benches" | "fixtures" | "generated" | "e2e" | "__tests__"))
        || matches!(name, "tests.rs" | "bad_examples.rs")
        || name.ends_with("_tests.rs")
        || name.contains(".test.")
        || name.contains(".gen.")
        || name.contains(".generated.")
        || name.ends_with(".d.ts")
}

fn is_text(name: &str) -> bool {
    TEXT_NAMES.contains(&name) || name.rsplit_once('.').is_some_and(|(_, ending)| TEXT_ENDINGS.contains(&ending))
}
