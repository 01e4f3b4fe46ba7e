//! `fugong inspect KIND [FILE|-]`: what a field engineer uses when a device misbehaves.

use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};

/// Prints one JSON line per observation. What cannot be decoded is a line too, and no failure.
pub fn run(kind: &str, file: &Path) -> anyhow::Result<()> {
    let mut input = Vec::new();
    match file.as_os_str() == "-" {
        true => std::io::stdin().read_to_end(&mut input).context("standard input")?,
        false => std::fs::File::open(file)
            .and_then(|mut it| it.read_to_end(&mut input))
            .with_context(|| file.display().to_string())?,
    };
    let lines = match kind {
        "hikvision" => hikvision::inspect(&input),
        other => bail!("no codec for {other:?}; known: hikvision"),
    };
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
