//! `fugong audit`: the log as a file, and verifying it off line, on any machine, with nothing of an installation.

#![expect(clippy::print_stdout, reason = "what it says to whoever typed the command")]

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use audit::checkpoint::VerifierKey;
use clap::{Args, Subcommand};
use db::{Db, DbConfig};
use kernel::{Clock as _, SystemClock};
use vault::{Vault, VaultConfig};

use crate::config::Config;

const LOG: &str = "log.jsonl";
const CHECKPOINT: &str = "checkpoint";
const KEY: &str = "key";

/// What can be done with the log.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Write the log, its newest checkpoint and the verifier key to a folder, also while the server runs.
    Export {
        /// Data folder.
        #[arg(long)]
        data: PathBuf,
        /// Folder to write to.
        #[arg(long)]
        to: PathBuf,
    },
    /// Hold an exported log against checkpoints that were kept earlier; exit 1 if anything contradicts.
    Verify {
        /// The exported log.
        log: PathBuf,
        /// Checkpoints and key.
        #[command(flatten)]
        trust: Trust,
    },
    /// Write the proof that one entry stands in a log.
    Prove {
        /// The exported log.
        log: PathBuf,
        /// The entry, `aud_…`.
        id: String,
        /// Checkpoints and key.
        #[command(flatten)]
        trust: Trust,
        /// Folder for `line` and `proof`.
        #[arg(long)]
        to: PathBuf,
    },
    /// Verify such a proof, without the log.
    VerifyProof {
        /// The entry's line.
        line: PathBuf,
        /// The proof.
        proof: PathBuf,
        /// The verifier key: a file with it, or the key itself.
        #[arg(long)]
        key: String,
    },
}

/// What to verify against.
#[derive(Args)]
pub struct Trust {
    /// A file of checkpoints, or a folder of them such as the second path; may be given several times.
    #[arg(long = "checkpoint", required = true)]
    checkpoints: Vec<PathBuf>,
    /// The verifier key: a file with it, or the key itself. Get it from whoever set the installation up, not with the log.
    #[arg(long)]
    key: String,
}

/// Runs a command.
pub async fn run(command: AuditCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuditCommand::Export { data, to } => export(&data, &to).await,
        AuditCommand::Verify { log, trust } => verify(&log, &trust),
        AuditCommand::Prove { log, id, trust, to } => prove(&log, &id, &trust, &to),
        AuditCommand::VerifyProof { line, proof, key } => verify_proof(&line, &proof, &key),
    }
}

async fn export(data: &Path, to: &Path) -> anyhow::Result<ExitCode> {
    let config = Config::load(data)?;
    let now = SystemClock.now();
    let db = Db::open(&DbConfig { connections: 2, ..DbConfig::new(&config.database.url) }).await?;
    let keys = VaultConfig { url: config.vault.url.clone(), wrapping_key_dir: config.vault.wrapping_key_dir.clone() };
    let vault = Vault::open(&keys, now).await.context("the keys")?;
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let mut log = BufWriter::new(create(&to.join(LOG))?);
    // The checkpoint first: what is placed meanwhile stands behind it, and the log is never shorter.
    let published = audit::published(&db, &vault, now).await?;
    let exported = audit::export(&db, &vault, &mut log).await?;
    log.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    if let Some(it) = published {
        create(&to.join(CHECKPOINT))?.write_all(it.note.as_bytes())?;
    }
    writeln!(create(&to.join(KEY))?, "{}", audit::verifier_key(&vault, now).await?)?;
    db.close().await;
    println!("{} entries written to {}", exported.n_lines, to.join(LOG).display());
    exported.faults.iter().for_each(|it| println!("{it}"));
    Ok(if exported.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn verify(log: &Path, trust: &Trust) -> anyhow::Result<ExitCode> {
    let (checkpoints, key) = (read_checkpoints(&trust.checkpoints)?, read_key(&trust.key)?);
    let verified = audit::verify(open(log)?, &checkpoints, &key).with_context(|| log.display().to_string())?;
    println!(
        "{} entries, {} checkpoints agree, {} entries covered",
        verified.n_entries, verified.n_checkpoints, verified.n_covered
    );
    verified.faults.iter().for_each(|it| println!("FAULT {it}"));
    Ok(if verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn prove(log: &Path, id: &str, trust: &Trust, to: &Path) -> anyhow::Result<ExitCode> {
    let (checkpoints, key) = (read_checkpoints(&trust.checkpoints)?, read_key(&trust.key)?);
    let Some((line, proof)) = audit::prove(open(log)?, id, &checkpoints, &key)? else {
        bail!("{id} is not in the log, or no checkpoint of this key covers it");
    };
    fs::create_dir_all(to)?;
    fs::write(to.join("line"), line)?;
    fs::write(to.join("proof"), proof)?;
    println!("line and proof written to {}", to.display());
    Ok(ExitCode::SUCCESS)
}

fn verify_proof(line: &Path, proof: &Path, key: &str) -> anyhow::Result<ExitCode> {
    let (line, proof) = (read_text(line)?, read_text(proof)?);
    match audit::verify_proof(line.trim_end_matches('\n'), &proof, &read_key(key)?) {
        Ok(checkpoint) => println!("the line stands in the log of {} entries", checkpoint.size),
        Err(error) => {
            println!("FAULT {error}");
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The key itself, or a file with it.
fn read_key(key: &str) -> anyhow::Result<VerifierKey> {
    let text = if Path::new(key).exists() { read_text(Path::new(key))? } else { key.to_owned() };
    VerifierKey::parse(&text).context("--key: fugong/audit+…+…, as `fugong audit export` writes it")
}

fn read_checkpoints(paths: &[PathBuf]) -> anyhow::Result<String> {
    let mut text = String::new();
    for path in paths {
        if path.is_dir() {
            let mut files: Vec<PathBuf> =
                fs::read_dir(path)?.map(|it| Ok(it?.path())).collect::<std::io::Result<_>>()?;
            files.sort();
            for file in files {
                text.push_str(&read_text(&file)?);
            }
        } else {
            text.push_str(&read_text(path)?);
        }
    }
    Ok(text)
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    Ok(BufReader::new(File::open(path).with_context(|| path.display().to_string())?))
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| path.display().to_string())
}
