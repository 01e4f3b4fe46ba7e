//! What body temperatures from thermal frames are worth, on people who were also measured under the tongue, and how long a
//! frame takes. Figures go to `docs/thermal.md`.
//!
//! A bench, not a test: whatever the figures are, it ends well.
#![allow(missing_docs, reason = "a program of its own; what its parts are for stands over each file")]

mod chance;
mod data;
mod figures;
mod fit;
mod judge;
mod report;
mod timing;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Accuracy, fairness, probability and time of body temperatures from thermal frames.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Folder of FLIR_group1.csv and ICI_group1.csv, as published or as `reduce` writes them.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/data"))]
    data: PathBuf,
    /// Which half of the people is fitted on.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Fever is oral at or above this.
    #[arg(long, default_value_t = 37.5)]
    threshold: f64,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Time only.
    Time,
    /// Write the columns that are used here of the published tables.
    Reduce {
        /// Folder of the published tables.
        from: PathBuf,
        /// Folder to write to.
        to: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match cli.command {
        Some(Command::Reduce { from, to }) => return data::reduce(&from, &to),
        Some(Command::Time) => return timing::run(),
        None => {}
    }
    for (camera, model) in data::CAMERAS {
        let people = data::read(&cli.data, camera)?;
        report::Bench { camera, model, people: &people, seed: cli.seed, threshold: cli.threshold }.report();
    }
    timing::run()
}
