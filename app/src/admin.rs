//! `fugong admin init`: a new installation; `fugong admin replace-pass-key`: another key for passes.

#![expect(clippy::print_stdout, reason = "what it says to whoever typed the command")]

use std::path::Path;
use std::sync::Arc;

use access::{Grant, NewAccount, Role, create_account, invite, system_scope};
use anyhow::bail;
use audit::{Actor, Entry};
use kernel::{Label, SystemClock};
use serde_json::json;

use crate::config::{self, Config, Listen};
use crate::{host, wire};

/// Makes a new installation and prints the first administrator's one-time link.
pub async fn init(data: &Path, login: &str) -> anyhow::Result<()> {
    let at = |port: u16| std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let listen = Listen { http: at(8080), devices: at(8081), metrics: Some(at(8082)) };
    if !config::create(data, listen, "info")? {
        bail!("{} has an installation already", data.display());
    }
    let config = Config::load(data)?;
    let wired = wire::platform(&config, data, Arc::new(SystemClock)).await?;
    let platform = wired.platform;
    let now = platform.now();
    let new = NewAccount {
        login: login.to_lowercase(),
        display_name: Label::parse(login)?,
        role: Role::Administrator,
        grants: vec![(Grant::Everywhere, "全部".to_owned())],
    };
    let mut tx = platform.db.begin().await?;
    let id = create_account(&mut tx, &system_scope("init"), new, now).await?;
    let actor = Actor::system("init");
    let made = Entry {
        at: now,
        actor: &actor,
        act: "account.created",
        purpose: "",
        subject: Some(id.to_string()),
        people: &[],
        detail: json!({ "role": "administrator" }),
        note: None,
        request_id: "",
    };
    audit::record(&mut tx, made).await?;
    let (token, expires_at) = invite(&mut tx, &platform.vault, &platform.access, id, now).await?;
    tx.commit().await?;
    platform.db.close().await;
    println!("A new installation is in {}. Start it with: fugong serve --data {}", data.display(), data.display());
    println!("The first administrator signs in through this link, once, before {expires_at}:");
    println!("http://{}/invite/{token}", config.http.listen);
    Ok(())
}

/// Gives an installation another key for passes; nobody may serve from it meanwhile.
pub async fn replace_pass_key(data: &Path) -> anyhow::Result<()> {
    let config = Config::load(data)?;
    let _alone = host::lock(data)?;
    let platform = wire::platform(&config, data, Arc::new(SystemClock)).await?.platform;
    let n_revoked = passes::replace_key(&platform, "by hand").await?;
    platform.journal.close().await;
    platform.db.close().await;
    println!("{n_revoked} passes were taken back. Phones ask for new ones by themselves; print paper passes again.");
    Ok(())
}
