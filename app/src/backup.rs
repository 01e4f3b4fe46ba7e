//! Backups and restoring.
//!
//! A backup is parts with two retentions: database and journal, and the keys. Keep the keys apart and for a week at
//! most: an erased person comes back only to who has both and lost the register of erasures.

#![expect(clippy::print_stdout, reason = "what it says to whoever typed the command")]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use db::{Db, DbConfig, pending_migrations};
use kernel::time::DAY;
use kernel::{Clock, Instant64, SystemClock};
use vault::{Vault, VaultConfig};

use crate::config::Config;
use crate::{host, wire};

const DATABASE: &str = "database";
const JOURNAL: &str = "journal";
const KEYS: &str = "keys";
const WRAPPING: &str = "wrapping";
const REGISTER: &str = "erasures.register";
/// Backups before upgrades hold keys: they are deleted when a restore of them is no longer a way back but a risk.
const UPGRADE_BACKUPS: i64 = 7 * DAY;

/// Writes a backup into a folder, also while the server runs.
pub async fn backup(data: &Path, to: &Path) -> anyhow::Result<()> {
    let config = Config::load(data)?;
    write_backup(&config, data, to).await?;
    println!("backup written to {}", to.display());
    println!("keep {KEYS} and {WRAPPING} apart from {DATABASE}, and not longer than a week");
    Ok(())
}

async fn write_backup(config: &Config, data: &Path, to: &Path) -> anyhow::Result<()> {
    make_private(to)?;
    if to.join(DATABASE).exists() {
        bail!("{} holds a backup already", to.display());
    }
    // The journal first: what it had acknowledged is then in the database or still in it, never in neither.
    if let Some(url) = config.journal_url() {
        copy_store(&url, &to.join(JOURNAL)).await?;
    }
    copy_store(&config.database.url, &to.join(DATABASE)).await?;
    // The wrapping key is copied before and after the keys: a rotation in between leaves both of its keys in the backup.
    copy_wrapping_keys(config, to)?;
    copy_store(&config.vault.url, &to.join(KEYS)).await?;
    copy_wrapping_keys(config, to)?;
    if data.join(REGISTER).exists() {
        copy_private(&data.join(REGISTER), &to.join(REGISTER))?;
    }
    for name in [DATABASE, JOURNAL, KEYS].map(|it| to.join(it)).iter().filter(|it| it.exists()) {
        fs::set_permissions(name, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(())
}

async fn copy_store(url: &str, to: &Path) -> anyhow::Result<()> {
    if !url.starts_with("sqlite:") {
        return dump_postgres(url, to);
    }
    let db = Db::open(&DbConfig { connections: 1, ..DbConfig::new(url) }).await?;
    db.copy_sqlite_to(to).await?;
    db.close().await;
    Ok(())
}

fn copy_wrapping_keys(config: &Config, to: &Path) -> anyhow::Result<()> {
    make_private(&to.join(WRAPPING))?;
    for entry in fs::read_dir(&config.vault.wrapping_key_dir)? {
        let path = entry?.path();
        let copy = to.join(WRAPPING).join(path.file_name().context("a file of the wrapping key")?);
        // What was copied whole is not copied again: it may be in the middle of being overwritten by a rotation.
        if copy.exists() {
            continue;
        }
        match copy_private(&path, &copy) {
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

/// Restores a backup. It is opened before anything is replaced. The register of erasures is never rolled back: what it
/// holds now and what the backup holds are put together, and whoever came back is erased again. Nobody stays signed in.
pub async fn restore(data: &Path, from: &Path) -> anyhow::Result<()> {
    let config = Config::load(data)?;
    // Nobody serves from this folder meanwhile.
    let _alone = host::lock(data)?;
    prove(&config, data, from).await.with_context(|| format!("{} is no whole backup", from.display()))?;
    merge_registers(&data.join(REGISTER), &from.join(REGISTER))?;
    put_store(&config.database.url, &from.join(DATABASE))?;
    if let Some(url) = config.journal_url() {
        put_store(&url, &from.join(JOURNAL))?;
    }
    put_store(&config.vault.url, &from.join(KEYS))?;
    make_private(&config.vault.wrapping_key_dir)?;
    for entry in fs::read_dir(&config.vault.wrapping_key_dir)? {
        fs::remove_file(entry?.path())?;
    }
    copy_folder(&from.join(WRAPPING), &config.vault.wrapping_key_dir)?;
    // Opening replays the register before anything is served.
    let wired = wire::platform(&config, data, Arc::new(SystemClock)).await?;
    access::end_all_sessions(&wired.platform.db).await?;
    // Places in status lists that were given out since would be given out again.
    passes::replace_key(&wired.platform, "restored").await?;
    wired.platform.journal.close().await;
    wired.platform.db.close().await;
    println!("restored from {}; whoever was erased since stays erased, and everybody signs in again", from.display());
    Ok(())
}

/// That every part is there and opens, and that the wrapping key opens the keys, on copies.
async fn prove(config: &Config, data: &Path, from: &Path) -> anyhow::Result<()> {
    for part in [DATABASE, KEYS] {
        if fs::metadata(from.join(part)).map_or(0, |it| it.len()) == 0 {
            bail!("{part} is missing or empty");
        }
    }
    if !from.join(WRAPPING).is_dir() {
        bail!("{WRAPPING} is missing");
    }
    let stage = data.join(format!("restoring-{}", SystemClock.now().micros()));
    make_private(&stage)?;
    let proved = prove_parts(config, from, &stage).await;
    fs::remove_dir_all(&stage)?;
    proved
}

async fn prove_parts(config: &Config, from: &Path, stage: &Path) -> anyhow::Result<()> {
    match config.database.url.starts_with("sqlite:") {
        true => prove_sqlite(&from.join(DATABASE), &stage.join(DATABASE)).await.context(DATABASE)?,
        false => prove_dump(&from.join(DATABASE)).context(DATABASE)?,
    }
    if from.join(JOURNAL).exists() {
        prove_sqlite(&from.join(JOURNAL), &stage.join(JOURNAL)).await.context(JOURNAL)?;
    }
    if !config.vault.url.starts_with("sqlite:") {
        return prove_dump(&from.join(KEYS)).context(KEYS);
    }
    copy_private(&from.join(KEYS), &stage.join(KEYS))?;
    copy_folder(&from.join(WRAPPING), &stage.join(WRAPPING))?;
    let url = format!("sqlite:{}", stage.join(KEYS).display());
    let keys = VaultConfig { url, wrapping_key_dir: stage.join(WRAPPING) };
    let vault = Vault::open(&keys, SystemClock.now()).await.context(KEYS)?;
    vault.prove().await.context("the wrapping key does not open the keys")
}

async fn prove_sqlite(part: &Path, copy: &Path) -> anyhow::Result<()> {
    copy_private(part, copy)?;
    let db = Db::open(&DbConfig { connections: 1, ..DbConfig::sqlite(copy) }).await?;
    let applied = pending_migrations(&db).await?.applied;
    db.close().await;
    if applied == 0 {
        bail!("it is no database of ours");
    }
    Ok(())
}

fn prove_dump(part: &Path) -> anyhow::Result<()> {
    let listed = Command::new("pg_restore").arg("--list").arg(part).output();
    match listed.context("pg_restore must be installed to restore PostgreSQL")?.status.success() {
        true => Ok(()),
        false => bail!("pg_restore cannot read it"),
    }
}

fn put_store(url: &str, from: &Path) -> anyhow::Result<()> {
    match url.strip_prefix("sqlite:") {
        Some(path) => replace_sqlite(from, Path::new(path)),
        None => restore_postgres(url, from),
    }
}

/// Writes a backup before the schema changes, into the data folder.
pub async fn before_upgrade(config: &Config, data: &Path) -> anyhow::Result<()> {
    let db = Db::open(&DbConfig::new(config.database.url.clone())).await.context("database.url")?;
    let pending = pending_migrations(&db).await?;
    db.close().await;
    if pending.applied == 0 || pending.pending == 0 {
        return Ok(());
    }
    let to = data.join(BACKUPS).join(format!("before-{}-{}", env!("CARGO_PKG_VERSION"), SystemClock.now().micros()));
    write_backup(config, data, &to).await.context("the backup before the upgrade")?;
    tracing::info!(folder = %to.display(), migrations = pending.pending, "backed up before the upgrade");
    Ok(())
}

const BACKUPS: &str = "backups";

/// Deletes backups that upgrades made and that are too old to be a way back; how many.
pub fn sweep(data: &Path, now: Instant64) -> anyhow::Result<usize> {
    let folder = data.join(BACKUPS);
    if !folder.is_dir() {
        return Ok(0);
    }
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let made = path.file_name().and_then(|it| it.to_str()).and_then(|it| it.strip_prefix("before-"));
        let made = made.and_then(|it| it.rsplit_once('-')?.1.parse().ok()).map(Instant64::from_micros);
        if made.is_some_and(|it| UPGRADE_BACKUPS < now.since(it)) {
            fs::remove_dir_all(&path)?;
            swept += 1;
        }
    }
    Ok(swept)
}

fn make_private(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    Ok(fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    make_private(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        copy_private(&path, &to.join(path.file_name().context("a file without a name")?))?;
    }
    Ok(())
}

/// Whole or not at all: the copy gets its name when it is on the disk.
fn copy_private(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut draft = to.as_os_str().to_owned();
    draft.push(".draft");
    let mut source = fs::File::open(from)?;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    std::io::copy(&mut source, &mut file)?;
    file.sync_all()?;
    Ok(fs::rename(&draft, to)?)
}

fn merge_registers(ours: &Path, theirs: &Path) -> anyhow::Result<()> {
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let (mine, other) = (read(ours), read(theirs));
    let missing: Vec<&str> = other.lines().filter(|line| !mine.lines().any(|it| it == *line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut file = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(ours)?;
    if !mine.is_empty() && !mine.ends_with('\n') {
        writeln!(file)?;
    }
    for line in missing {
        writeln!(file, "{line}")?;
    }
    Ok(file.sync_all()?)
}

/// Puts a database file in the place of another, whose log must not be taken for the new one's. A part that the backup
/// does not have leaves none.
fn replace_sqlite(from: &Path, to: &Path) -> anyhow::Result<()> {
    for suffix in ["-wal", "-shm", "-journal"] {
        let mut path = to.as_os_str().to_owned();
        path.push(suffix);
        let path = PathBuf::from(path);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    match from.exists() {
        true => copy_private(from, to),
        false if to.exists() => Ok(fs::remove_file(to)?),
        false => Ok(()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backups_of_upgrades_are_kept_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let now = Instant64::from_micros(1_772_409_131_000_000);
        let named = |it: String| folder.path().join(BACKUPS).join(it);
        let old = named(format!("before-0.1.0-{}", now.plus(-UPGRADE_BACKUPS - 1).micros()));
        let young = named(format!("before-0.2.0-{}", now.plus(-UPGRADE_BACKUPS).micros()));
        let own = named("before-the-storm".to_owned());
        for it in [&old, &young, &own] {
            fs::create_dir_all(it).unwrap();
        }
        assert_eq!(sweep(folder.path(), now).unwrap(), 1);
        assert_eq!((old.exists(), young.exists(), own.exists()), (false, true, true));
    }
}
