//! `fugong admin`: a new installation, backups, restoring.
//!
//! A backup is two files with two retentions: the database, and the keys. Keep the second apart and for a week at most:
//! an erased person comes back only to who has both and lost the register of erasures.

#![expect(clippy::print_stdout, reason = "what it says to whoever typed the command")]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use access::{Grant, NewAccount, Role, create_account, invite, system_scope};
use anyhow::{Context as _, bail};
use db::{Db, DbConfig, pending_migrations};
use kernel::{Clock, Label, SystemClock};
use vault::{Vault, VaultConfig};

use crate::config::{self, Config};
use crate::{host, wire};

const DATABASE: &str = "database";
const KEYS: &str = "keys";
const WRAPPING: &str = "wrapping";
const REGISTER: &str = "erasures.register";

/// Makes a new installation and prints the first administrator's one-time link.
pub async fn init(data: &Path, login: &str) -> anyhow::Result<()> {
    let (http, devices) = ("127.0.0.1:8080".parse()?, "127.0.0.1:8081".parse()?);
    if !config::create(data, http, devices, "info")? {
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
    let (token, expires_at) = invite(&mut tx, &platform.vault, &platform.access, id, now).await?;
    tx.commit().await?;
    platform.db.close().await;
    println!("A new installation is in {}. Start it with: fugong serve --data {}", data.display(), data.display());
    println!("The first administrator signs in through this link, once, before {expires_at}:");
    println!("http://{}/invite/{token}", config.http.listen);
    Ok(())
}

/// Writes a backup into a folder, also while the server runs.
pub async fn backup(data: &Path, to: &Path) -> anyhow::Result<()> {
    let config = Config::load(data)?;
    write_backup(&config, data, to).await?;
    println!("backup written to {}", to.display());
    println!("keep {} and {} apart from {}, and not longer than a week", KEYS, WRAPPING, DATABASE);
    Ok(())
}

async fn write_backup(config: &Config, data: &Path, to: &Path) -> anyhow::Result<()> {
    make_private(to)?;
    if to.join(DATABASE).exists() {
        bail!("{} holds a backup already", to.display());
    }
    match config.database.url.strip_prefix("sqlite:") {
        Some(_) => {
            let db = Db::open(&DbConfig::new(config.database.url.clone())).await?;
            db.copy_sqlite_to(&to.join(DATABASE)).await?;
            db.close().await;
        }
        None => dump_postgres(&config.database.url, &to.join(DATABASE))?,
    }
    // The wrapping key is copied before and after the keys: a rotation in between leaves both of its keys in the backup.
    copy_wrapping_keys(config, to)?;
    let vault_config =
        VaultConfig { url: config.vault.url.clone(), wrapping_key_dir: config.vault.wrapping_key_dir.clone() };
    match config.vault.url.strip_prefix("sqlite:") {
        Some(_) => {
            let vault = Vault::open(&vault_config, SystemClock.now()).await?;
            vault.copy_to(&to.join(KEYS)).await?;
        }
        None => dump_postgres(&config.vault.url, &to.join(KEYS))?,
    }
    copy_wrapping_keys(config, to)?;
    if data.join(REGISTER).exists() {
        copy_private(&data.join(REGISTER), &to.join(REGISTER))?;
    }
    for name in [DATABASE, KEYS] {
        fs::set_permissions(to.join(name), std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(())
}

fn copy_wrapping_keys(config: &Config, to: &Path) -> anyhow::Result<()> {
    make_private(&to.join(WRAPPING))?;
    for entry in fs::read_dir(&config.vault.wrapping_key_dir)? {
        let path = entry?.path();
        let name = path.file_name().context("a file of the wrapping key")?;
        match copy_private(&path, &to.join(WRAPPING).join(name)) {
            // Destroyed by a rotation in this moment; its successor is copied with the next round.
            Err(error) if is_not_found(&error) => {}
            done => done?,
        }
    }
    Ok(())
}

fn is_not_found(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|it| it.kind() == std::io::ErrorKind::NotFound)
}

/// Restores a backup. The register of erasures is never rolled back: what it holds now and what the backup holds are
/// put together, and the next start erases again whoever came back.
pub async fn restore(data: &Path, from: &Path) -> anyhow::Result<()> {
    let config = Config::load(data)?;
    // Nothing is touched before everything is known to be there, and nobody serves from this folder meanwhile.
    let _alone = host::lock(data)?;
    for part in [DATABASE, KEYS] {
        let length = fs::metadata(from.join(part)).map(|it| it.len()).unwrap_or(0);
        if length == 0 {
            bail!("{} is no whole backup: {part} is missing or empty", from.display());
        }
    }
    if !from.join(WRAPPING).is_dir() {
        bail!("{} is no whole backup: {WRAPPING} is missing", from.display());
    }
    merge_registers(&data.join(REGISTER), &from.join(REGISTER))?;
    match config.database.url.strip_prefix("sqlite:") {
        Some(path) => replace_sqlite(&from.join(DATABASE), Path::new(path))?,
        None => restore_postgres(&config.database.url, &from.join(DATABASE))?,
    }
    match config.vault.url.strip_prefix("sqlite:") {
        Some(path) => replace_sqlite(&from.join(KEYS), Path::new(path))?,
        None => restore_postgres(&config.vault.url, &from.join(KEYS))?,
    }
    make_private(&config.vault.wrapping_key_dir)?;
    for entry in fs::read_dir(&config.vault.wrapping_key_dir)? {
        fs::remove_file(entry?.path())?;
    }
    for entry in fs::read_dir(from.join(WRAPPING))? {
        let path = entry?.path();
        let name = path.file_name().context("a file of the wrapping key")?;
        copy_private(&path, &config.vault.wrapping_key_dir.join(name))?;
    }
    // Opening replays the register before anything is served.
    let wired = wire::platform(&config, data, Arc::new(SystemClock)).await?;
    wired.platform.db.close().await;
    println!("restored from {}; whoever was erased since stays erased", from.display());
    Ok(())
}

/// Writes a backup before the schema changes, into the data folder.
pub async fn backup_before_upgrade(config: &Config, data: &Path) -> anyhow::Result<()> {
    let db = Db::open(&DbConfig::new(config.database.url.clone())).await.context("database.url")?;
    let pending = pending_migrations(&db).await?;
    db.close().await;
    if pending.applied == 0 || pending.pending == 0 {
        return Ok(());
    }
    let to = data.join("backups").join(format!("before-{}-{}", env!("CARGO_PKG_VERSION"), SystemClock.now().micros()));
    write_backup(config, data, &to).await.context("the backup before the upgrade")?;
    tracing::info!(folder = %to.display(), migrations = pending.pending, "backed up before the upgrade");
    Ok(())
}

fn make_private(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    Ok(fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?)
}

fn copy_private(from: &Path, to: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(from)?;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to)?;
    file.write_all(&bytes)?;
    Ok(file.sync_all()?)
}

fn merge_registers(ours: &Path, theirs: &Path) -> anyhow::Result<()> {
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let (mine, other) = (read(ours), read(theirs));
    let missing: Vec<&str> = other.lines().filter(|line| !mine.lines().any(|it| it == *line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut file = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(ours)?;
    for line in missing {
        writeln!(file, "{line}")?;
    }
    Ok(file.sync_all()?)
}

/// Puts a database file in the place of another, whose log must not be taken for the new one's.
fn replace_sqlite(from: &Path, to: &Path) -> anyhow::Result<()> {
    for suffix in ["-wal", "-shm", "-journal"] {
        let mut path = to.as_os_str().to_owned();
        path.push(suffix);
        let path = PathBuf::from(path);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    copy_private(from, to)
}

fn dump_postgres(url: &str, to: &Path) -> anyhow::Result<()> {
    let status = Command::new("pg_dump").args(["--format=custom", "--file"]).arg(to).arg(url).status();
    match status.context("pg_dump must be installed to back up PostgreSQL")?.success() {
        true => Ok(()),
        false => bail!("pg_dump failed"),
    }
}

fn restore_postgres(url: &str, from: &Path) -> anyhow::Result<()> {
    let status = Command::new("pg_restore")
        .args(["--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", url])
        .arg(from)
        .status();
    match status.context("pg_restore must be installed to restore PostgreSQL")?.success() {
        true => Ok(()),
        false => bail!("pg_restore failed"),
    }
}
