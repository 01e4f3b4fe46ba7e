//! `fugong gate`: the box at the door, with the page compiled into this binary.

#![expect(clippy::print_stdout, reason = "what it says to whoever typed the command")]

use std::path::Path;

use anyhow::Context as _;
use axum::Router;
use telemetry::LogFormat;

use crate::serve::stop_signal;

/// Links the gate in this folder by its one-time code.
///
/// # Errors
/// The network, the code, the folder.
pub async fn link(data: &Path, server: &str, code: &str, certificate: Option<&Path>) -> anyhow::Result<()> {
    let read = |path: &Path| std::fs::read(path).with_context(|| path.display().to_string());
    let certificate = certificate.map(read).transpose()?;
    let given = gate::link_gate(data, server, code, certificate.as_deref()).await?;
    let name = |it: &str| given.names.get(it).cloned().unwrap_or_default();
    println!("linked: {} {}, {}", name("site"), name("gate"), given.serial);
    Ok(())
}

/// Runs the gate in this folder until it is asked to stop.
///
/// # Errors
/// The folder's; a gate that was not linked.
pub async fn run(data: &Path) -> anyhow::Result<()> {
    telemetry::init_logs("info", LogFormat::Text)?;
    let stop = async {
        if let Err(error) = stop_signal().await {
            tracing::error!(%error, "signals cannot be heard");
        }
    };
    gate::run(data, Router::new().fallback(crate::console::page), stop).await
}
