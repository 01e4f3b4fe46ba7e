//! Starts and ends the processes that are measured. Each is ended by its own id, politely first.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::ready::Ready;

/// Loading the full demo on a slow machine.
const START: Duration = Duration::from_secs(600);
const STOP: Duration = Duration::from_secs(20);
/// Overrides the configured address of the database.
const DATABASE_URL: &str = "FUGONG__DATABASE__URL";

const BINARY: &str = "FUGONG_BINARY";
/// Names the database of a server, in the environment.
pub(crate) const SERVER_URL: &str = "FUGONG_BENCH_PG_URL";

/// The release binary that is measured.
pub(crate) fn binary() -> anyhow::Result<PathBuf> {
    let binary = std::env::var_os(BINARY).map(PathBuf::from);
    Ok(binary.with_context(|| format!("{BINARY} names the release binary"))?.canonicalize()?)
}

/// The database that is measured beside the embedded file, if one is named.
pub(crate) fn database_url() -> Option<String> {
    std::env::var(SERVER_URL).ok()
}

/// A process.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
}

impl Process {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id().unwrap_or(0)
    }

    /// Interrupts it, and kills it when that does not help.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        if let Some(pid) = self.child.id() {
            Command::new("kill").args(["-INT", &pid.to_string()]).status().await?;
        }
        if timeout(STOP, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

/// Starts `fugong demo` without a player and waits until it serves.
pub(crate) async fn start_demo(
    binary: &Path,
    folder: &Path,
    size: &str,
    database_url: Option<&str>,
) -> anyhow::Result<(Process, Ready)> {
    let ready_file = folder.join("ready.json");
    let log_path = folder.join("server.log");
    let (http, devices) = free_ports()?;
    let log = File::create(&log_path)?;
    let mut command = Command::new(binary);
    command.arg("demo").arg("--data").arg(folder.join("data")).arg("--ready-file").arg(&ready_file);
    command.args(["--http", &format!("127.0.0.1:{http}"), "--devices", &format!("127.0.0.1:{devices}")]);
    command.args(["--size", size, "--player", "none"]);
    if let Some(url) = database_url {
        command.env(DATABASE_URL, url);
    }
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
    let child = command.spawn().with_context(|| format!("starting {}", binary.display()))?;
    let mut process = Process { child };
    let waited = timeout(START, async {
        while !ready_file.exists() {
            if let Some(status) = process.child.try_wait()? {
                bail!("the server ended with {status}");
            }
            sleep(Duration::from_millis(200)).await;
        }
        Ok(())
    });
    let outcome = waited.await.unwrap_or_else(|_| Err(anyhow::anyhow!("the server is not ready in {START:?}")));
    outcome.with_context(|| last_lines(&log_path))?;
    Ok((process, Ready::read(&ready_file)?))
}

/// Starts this program as the floor and waits for its address.
pub(crate) async fn start_floor(file: &Path) -> anyhow::Result<(Process, String)> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["floor", "--listen", "127.0.0.1:0"]).arg("--file").arg(file);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let stdout = child.stdout.take().context("the floor has no output")?;
    let mut address = String::new();
    timeout(STOP, BufReader::new(stdout).read_line(&mut address)).await??;
    Ok((Process { child }, address.trim().to_owned()))
}

/// What a program says of its version.
pub(crate) async fn version(binary: &Path) -> String {
    let output = Command::new(binary).arg("--version").output().await;
    let text = output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
    text.unwrap_or_else(|_| "version unknown".to_owned())
}

/// Two ports that were free a moment ago; both are held until both are known.
fn free_ports() -> anyhow::Result<(u16, u16)> {
    let (first, second) = (TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?);
    Ok((first.local_addr()?.port(), second.local_addr()?.port()))
}

fn last_lines(path: &Path) -> String {
    let log = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = log.lines().rev().take(15).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
