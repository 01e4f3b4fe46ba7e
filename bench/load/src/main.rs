//! Loads the release binary as a city's terminals would at the morning peak, and prints figures for
//! `docs/operations.md`. Beside it, in the same run, stands a floor: the same bytes over the same HTTP stack, appended
//! to one file with group fsync.
//!
//! A bench, not a test: whatever the figures are, it ends well.

mod changes;
mod door;
mod floor;
mod gate;
mod generate;
mod grow;
mod imports;
mod live;
mod passes;
mod reads;
mod ready;
mod reopening;
mod report;
mod run;
mod server;
mod session;
mod shifts;
mod statistics;
mod statuses;
mod usage;
mod wire;

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Load generator, floor and readers.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the binary named in FUGONG_BINARY on each engine and measure it (what no command does).
    Run(RunArgs),
    /// Send pushes to a demo that already runs.
    Generate(GenerateArgs),
    /// Be the floor: receive, append, fsync, answer.
    Floor(FloorArgs),
    /// Time reads of a demo that already runs.
    Reads(ReadsArgs),
    /// Time roster imports of the binary named in FUGONG_BINARY.
    Import(ImportArgs),
    /// Time computing everybody's status by a new version of the rules, of the binary named in FUGONG_BINARY.
    Statuses(StatusesArgs),
    /// Time how long a change of status takes to reach passes and gates, of the binary named in FUGONG_BINARY.
    Changes(ChangesArgs),
    /// Time the verification of passes off line, in this process.
    Passes(PassesArgs),
    /// Time the page of statistics and its exports over a filled district, of the binary named in FUGONG_BINARY.
    Statistics(StatisticsArgs),
    /// Take in forms from many clients as fast as they are answered, in the binary named in FUGONG_BINARY.
    Forms(FormsArgs),
    /// Be a district of which 10,000 enterprises apply within an hour while reviewers work.
    Applications(MorningArgs),
    /// Time a gate of our own: its first roster, a change of one person, and passages of real faces among many.
    Gate(GateArgs),
    /// Time the computing of shift plans in this process, and measure them against everybody at eight.
    Shifts,
}

#[derive(Debug, Clone, Args)]
struct GateArgs {
    /// People on the roster.
    #[arg(long, default_value_t = 30_000)]
    people: usize,
    /// Passages before its camera.
    #[arg(long, default_value_t = 900)]
    passages: usize,
    /// Pictures its camera gives in a second.
    #[arg(long, default_value_t = 10.0)]
    frames_per_s: f64,
    /// Folder of models, as `make models` fills it.
    #[arg(long, default_value = ".tools/models")]
    models: std::path::PathBuf,
    /// Folder of photographs, as `scripts/models.sh photographs` fills it.
    #[arg(long, default_value = ".tools/photographs")]
    photographs: std::path::PathBuf,
}

/// What is sent, and for how long.
#[derive(Debug, Clone, Args)]
struct Traffic {
    /// Seconds each rate is held.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Keep-alive connections.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Events a second, or `max`; may be given several times.
    #[arg(long = "rate", default_values = ["500", "max"])]
    rates: Vec<Rate>,
}

#[derive(Debug, Clone, Args)]
struct RunArgs {
    #[command(flatten)]
    traffic: Traffic,
    /// Engines, one after the other; without, both if FUGONG_BENCH_PG_URL is set.
    #[arg(long = "engine")]
    engines: Vec<StoreKind>,
    /// Size of the demo: `small` or `full`.
    #[arg(long, default_value = "full")]
    size: String,
    /// Import people until there are about so many.
    #[arg(long, default_value_t = 0)]
    people: usize,
    /// Reads of each kind.
    #[arg(long, default_value_t = 500)]
    reads: usize,
    /// Where the databases and the floor's file go; without, the temporary folder.
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
struct GenerateArgs {
    #[command(flatten)]
    traffic: Traffic,
    /// The demo's ready file.
    #[arg(long)]
    ready_file: PathBuf,
    /// Send somewhere else than to the demo, such as to a floor: `127.0.0.1:PORT`.
    #[arg(long)]
    address: Option<String>,
}

#[derive(Debug, Clone, Args)]
struct FloorArgs {
    /// Where to listen; port 0 takes a free one, which is printed.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
    /// The file, created anew.
    #[arg(long)]
    file: PathBuf,
}

#[derive(Debug, Clone, Args)]
struct ReadsArgs {
    /// The demo's ready file.
    #[arg(long)]
    ready_file: PathBuf,
    /// Reads of each kind.
    #[arg(long, default_value_t = 500)]
    reads: usize,
}

#[derive(Debug, Clone, Args)]
struct ImportArgs {
    /// Rows of a file; may be given several times, one import after the other.
    #[arg(long = "rows", default_values_t = [10_000])]
    rows: Vec<usize>,
    /// What the files are.
    #[arg(long, default_value = "csv")]
    form: Form,
}

#[derive(Debug, Clone, Args)]
struct StatusesArgs {
    /// Import people until there are about so many.
    #[arg(long, default_value_t = 100_000)]
    people: usize,
}

#[derive(Debug, Clone, Args)]
struct PassesArgs {
    /// How many different passes.
    #[arg(long, default_value_t = 20_000)]
    passes: u32,
}

#[derive(Debug, Clone, Args)]
struct StatisticsArgs {
    /// Days that are filled, 24,000 rows each.
    #[arg(long, default_value_t = 60)]
    days: i64,
    /// Reads of each kind.
    #[arg(long, default_value_t = 500)]
    reads: usize,
}

#[derive(Debug, Clone, Args)]
struct FormsArgs {
    /// Questions of the form.
    #[arg(long, default_value_t = 250)]
    fields: usize,
    /// Accounts, each with an enterprise and a connection of its own.
    #[arg(long, default_value_t = 500)]
    clients: usize,
    /// Forms of each.
    #[arg(long, default_value_t = 20)]
    each: usize,
    /// Where the database goes; without, the temporary folder.
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
struct MorningArgs {
    /// Applications an hour.
    #[arg(long, default_value_t = 10_000)]
    per_hour: u32,
    /// How long they begin.
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// Reviewers.
    #[arg(long, default_value_t = 200)]
    reviewers: usize,
    /// Bytes of each file.
    #[arg(long, default_value_t = 2 * 1024 * 1024)]
    file_bytes: usize,
    /// Where the database goes; without, the temporary folder.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// What a roster file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Csv,
    Xlsx,
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        })
    }
}

#[derive(Debug, Clone, Args)]
struct ChangesArgs {
    /// People of the district.
    #[arg(long, default_value_t = 1_000)]
    people: usize,
    /// Changes of status, half of them back.
    #[arg(long, default_value_t = 200)]
    changes: usize,
}

/// Which engine the binary stores in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StoreKind {
    /// The embedded file.
    #[value(name = "sqlite")]
    Embedded,
    /// The server of FUGONG_BENCH_PG_URL.
    #[value(name = "postgres")]
    Server,
}

/// How fast.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rate {
    /// Events a second, whether or not the server keeps up.
    PerSecond(f64),
    /// Each connection sends as soon as it has its answer.
    Max,
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse::<f64>() {
            _ if text == "max" => Ok(Self::Max),
            Ok(rate) if 0.0 < rate && rate.is_finite() => Ok(Self::PerSecond(rate)),
            _ => Err("events a second, or max".to_owned()),
        }
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PerSecond(rate) => write!(f, "{rate}/s"),
            Self::Max => f.write_str("max"),
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match cli.command.unwrap_or(Command::Run(cli.run)) {
        Command::Run(args) => run::run(&args).await,
        Command::Generate(args) => run::generate_only(&args).await,
        Command::Floor(args) => floor::serve(&args.listen, &args.file).await,
        Command::Reads(args) => run::reads_only(&args).await,
        Command::Import(args) => imports::run(&args).await,
        Command::Statuses(args) => statuses::run(&args).await,
        Command::Changes(args) => changes::run(&args).await,
        Command::Passes(args) => passes::run(&args),
        Command::Statistics(args) => statistics::run(&args).await,
        Command::Forms(args) => reopening::forms(&args).await,
        Command::Applications(args) => reopening::applications(&args).await,
        Command::Gate(args) => gate::run(&args).await,
        Command::Shifts => shifts::run(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_command_it_runs_with_the_usual_rates() {
        let cli = Cli::parse_from(["load", "--seconds", "5"]);
        assert!(cli.command.is_none());
        assert_eq!(cli.run.traffic.rates, [Rate::PerSecond(500.0), Rate::Max]);
        assert_eq!(cli.run.traffic.seconds, 5);
    }

    #[test]
    fn given_rates_replace_the_usual_ones() {
        let cli = Cli::parse_from(["load", "run", "--rate", "max", "--engine", "sqlite"]);
        let Some(Command::Run(args)) = cli.command else { panic!("not run") };
        assert_eq!((args.traffic.rates, args.engines), (vec![Rate::Max], vec![StoreKind::Embedded]));
        assert!("0".parse::<Rate>().is_err() && "fast".parse::<Rate>().is_err());
    }
}
