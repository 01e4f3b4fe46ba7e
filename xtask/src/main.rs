//! `cargo xtask tidy`: checks the repository against its own rules.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use xtask::config::Config;
use xtask::tidy::{RULES, check};
use xtask::tree::{Tree, repository_root};

fn main() -> anyhow::Result<ExitCode> {
    let command = std::env::args().nth(1);
    match command.as_deref() {
        Some("tidy") => tidy(),
        other => bail!("usage: cargo xtask tidy (got {other:?})"),
    }
}

fn tidy() -> anyhow::Result<ExitCode> {
    let tree = Tree::read(&repository_root())?;
    let config = Config::of(&tree)?;
    let mut out = std::io::stdout().lock();
    let mut n_broken = 0_usize;
    for rule in RULES {
        let findings = check(rule, &tree, &config);
        n_broken += findings.len();
        for finding in findings {
            writeln!(out, "{finding}  [{}]", rule.name).context("write to standard output")?;
        }
    }
    writeln!(out, "tidy: {} rules, {n_broken} findings", RULES.len()).context("write to standard output")?;
    Ok(if n_broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
