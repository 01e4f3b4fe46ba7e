//! The machine underneath: disk space, the clock, the daily change of the wrapping key.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use alarms::{AlarmKind, Raise};
use anyhow::Context as _;
use http_api::Platform;
use kernel::time::{DAY, HOUR, SECOND};
use uuid::Uuid;

/// Below this share of free space the installation raises an alarm.
const LOW_PERCENT: u64 = 10;
/// How far the wall clock may jump against the monotonic one between two looks.
const JUMP: i64 = 30 * SECOND;

/// Takes the data folder for this process; released when the file is dropped, also by a crash.
pub fn lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path).context("the folder's lock")?;
    let taken = rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive);
    taken.with_context(|| format!("{} is in use by another fugong", data.display()))?;
    Ok(file)
}

/// What this process makes is for nobody else's eyes.
pub fn keep_files_private() {
    rustix::process::umask(rustix::fs::Mode::from_bits_truncate(0o077));
}

/// Replaces the wrapping key once a day.
pub async fn rotate(platform: &Platform) -> anyhow::Result<()> {
    let now = platform.now();
    let (_, made_at) = platform.vault.wrapping_epoch().await;
    if DAY - HOUR <= now.since(made_at) {
        platform.vault.rotate(now).await.context("rotating the wrapping key")?;
    }
    Ok(())
}

/// Looks at disk and clock; each raises its alarm.
pub async fn watch(platform: &Platform, data: &Path) -> anyhow::Result<()> {
    let disk = rustix::fs::statvfs(data).context("statvfs")?;
    let (free, total) = (disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize));
    let signed = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    platform.health.disk_free_bytes.store(signed(free), Ordering::Relaxed);
    platform.health.disk_total_bytes.store(signed(total), Ordering::Relaxed);
    if free.saturating_mul(100) < total.saturating_mul(LOW_PERCENT) {
        raise(platform, AlarmKind::DiskSpace).await?;
    }
    let jump = clock_jump(platform).await;
    if JUMP < jump.abs() {
        tracing::error!(jump_ms = jump / 1_000, "the machine's clock jumped");
        raise(platform, AlarmKind::ClockOffset).await?;
    }
    Ok(())
}

/// How much further the wall clock moved than the monotonic one while we looked, in microseconds.
async fn clock_jump(platform: &Platform) -> i64 {
    let (wall, steady) = (platform.now(), std::time::Instant::now());
    tokio::time::sleep(Duration::from_secs(2)).await;
    let elapsed = i64::try_from(steady.elapsed().as_micros()).unwrap_or(i64::MAX);
    platform.now().since(wall) - elapsed
}

/// An alarm of the installation itself, at its district: its command sees it.
async fn raise(platform: &Platform, kind: AlarmKind) -> anyhow::Result<()> {
    let district = places::district_code(&mut platform.db.reader()).await?.unwrap_or_default();
    let raise = Raise {
        kind,
        severity: alarms::rules::severity(kind),
        fold_on: Uuid::nil(),
        area_code: &district,
        enterprise_id: None,
        site_id: None,
        gate_id: None,
        gate_name: None,
        device_id: None,
        person_id: None,
        screening_id: None,
    };
    let mut tx = platform.db.begin().await?;
    alarms::raise(&mut tx, &raise, platform.now()).await?;
    Ok(tx.commit().await?)
}
