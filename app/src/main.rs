//! `fugong`: serve · demo · inspect · admin.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use app::audit_log::{self, AuditCommand};
use app::demo::{self, DemoOptions, Player};
use app::{admin, backup, gate, inspect, serve};
use clap::{Parser, Subcommand};

/// Return to work: what a district runs so that workplaces reopen safely.
#[derive(Parser)]
#[command(name = "fugong", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve an installation.
    Serve {
        /// Data folder, with `fugong.toml` in it.
        #[arg(long)]
        data: PathBuf,
    },
    /// Serve an invented district, with a morning of terminal traffic.
    Demo {
        /// Data folder; made and filled if it is not there.
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Address of the pages.
        #[arg(long, default_value = "127.0.0.1:8080")]
        http: SocketAddr,
        /// Address of the devices' door.
        #[arg(long, default_value = "127.0.0.1:8081")]
        devices: SocketAddr,
        /// How much to invent.
        #[arg(long, value_enum, default_value = "full")]
        size: demo::Size,
        /// Whether terminals are played.
        #[arg(long, value_enum, default_value = "morning")]
        player: Player,
        /// Where to write what a test needs to know, once it serves.
        #[arg(long)]
        ready_file: Option<PathBuf>,
    },
    /// Play terminals against a running demo; `demo` starts it as a process of its own.
    #[command(hide = true)]
    DemoPlayer {
        /// What to play.
        #[arg(long)]
        file: PathBuf,
    },
    /// Be a gate: the box at the door.
    #[command(subcommand)]
    Gate(GateCommand),
    /// Show what a codec reads from captured bytes.
    Inspect {
        /// `hikvision`, `thermal`, `face`, or `pass`: exit 0 valid, 1 invalid, 2 cannot tell.
        kind: String,
        /// A file, or `-` for standard input.
        #[arg(default_value = "-")]
        file: PathBuf,
        /// Of faces: a second photograph to compare the first one with.
        other: Option<PathBuf>,
        #[command(flatten)]
        options: inspect::InspectOptions,
    },
    /// Run a set of vectors against what this binary reads; exit 1 if any failed.
    Conform {
        /// `passes` or `thermal`.
        kind: String,
        /// Folder of the set.
        dir: PathBuf,
    },
    /// Export the audit log and verify it off line.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Set up and care for an installation.
    #[command(subcommand)]
    Admin(AdminCommand),
}

#[derive(Subcommand)]
enum GateCommand {
    /// Link this gate with its server, by a one-time code from the page of its device.
    Link {
        /// The gate's folder; made if it is not there.
        #[arg(long)]
        data: PathBuf,
        /// Address of the pages, such as `https://fugong.example`.
        #[arg(long)]
        server: String,
        /// The code.
        #[arg(long)]
        code: String,
        /// Certificate of a server with one of its own, in PEM.
        #[arg(long)]
        certificate: Option<PathBuf>,
    },
    /// Run the gate in this folder; its settings are in `gate.toml` there.
    Run {
        /// The gate's folder.
        #[arg(long)]
        data: PathBuf,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Make a new installation; prints the first administrator's one-time link.
    Init {
        /// Data folder to make.
        #[arg(long)]
        data: PathBuf,
        /// Login of the first administrator.
        #[arg(long, default_value = "admin")]
        login: String,
    },
    /// Write a backup: the database to one file, the keys to another.
    Backup {
        /// Data folder.
        #[arg(long)]
        data: PathBuf,
        /// Folder to write to.
        #[arg(long)]
        to: PathBuf,
    },
    /// Restore a backup into a data folder; whoever was erased since stays erased.
    Restore {
        /// Data folder.
        #[arg(long)]
        data: PathBuf,
        /// Folder of the backup.
        #[arg(long)]
        from: PathBuf,
    },
    /// Give passes another key: it may be known to others. All passes that were issued are taken back.
    ReplacePassKey {
        /// Data folder.
        #[arg(long)]
        data: PathBuf,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    app::host::keep_files_private();
    app::host::keep_memory_small();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(cli.command)),
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("fugong: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve { data } => serve::run(&data).await?,
        Command::Demo { data, http, devices, size, player, ready_file } => {
            demo::run(DemoOptions { data, http, devices, size, player, ready_file }).await?;
        }
        Command::DemoPlayer { file } => demo::play(&file).await?,
        Command::Gate(GateCommand::Link { data, server, code, certificate }) => {
            gate::link(&data, &server, &code, certificate.as_deref()).await?;
        }
        Command::Gate(GateCommand::Run { data }) => gate::run(&data).await?,
        Command::Inspect { kind, file, other, options } => {
            return inspect::run(&kind, &file, other.as_deref(), &options);
        }
        Command::Conform { kind, dir } => return inspect::conform(&kind, &dir),
        Command::Audit(command) => return audit_log::run(command).await,
        Command::Admin(AdminCommand::Init { data, login }) => admin::init(&data, &login).await?,
        Command::Admin(AdminCommand::Backup { data, to }) => backup::backup(&data, &to).await?,
        Command::Admin(AdminCommand::ReplacePassKey { data }) => admin::replace_pass_key(&data).await?,
        Command::Admin(AdminCommand::Restore { data, from }) => backup::restore(&data, &from).await?,
    }
    Ok(ExitCode::SUCCESS)
}
