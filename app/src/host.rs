//! The machine underneath: disk space, the clock, the daily change of the wrapping key; and what the district as a whole
//! is told of.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use alarms::{AlarmKind, Raise};
use anyhow::Context as _;
use db::Tx;
use http_api::Platform;
use kernel::Instant64;
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

/// Lets the C allocator keep one arena for each core. It would take eight, and each of SQLite's threads one for itself:
/// with 100,000 persons twice the memory (`docs/operations.md`, measured). To be called before
/// there are threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(
    unsafe_code,
    reason = "the allocator of C has no other handle, and a variable of the environment comes too late"
)]
pub fn keep_memory_small() {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let arenas = i32::try_from(cores).unwrap_or(i32::MAX);
    // SAFETY: `mallopt` takes two numbers; a value it does not like is refused, and all stays as it was.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, arenas) };
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub const fn keep_memory_small() {}

/// Replaces the wrapping key once a day.
pub async fn rotate(platform: &Platform) -> anyhow::Result<()> {
    let now = platform.now();
    let (_, made_at) = platform.vault.wrapping_epoch().await;
    if DAY - HOUR <= now.since(made_at) || platform.vault.rotation_is_unfinished().await {
        platform.vault.rotate(now).await.context("rotating the wrapping key")?;
    }
    Ok(())
}

/// Looks at disk and clock; each raises its alarm.
pub async fn watch(platform: &Platform, data: &Path, clocks: &Clocks) -> anyhow::Result<()> {
    let disk = rustix::fs::statvfs(data).context("statvfs")?;
    let (free, total) = (disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize));
    let signed = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    platform.health.disk_free_bytes.store(signed(free), Ordering::Relaxed);
    platform.health.disk_total_bytes.store(signed(total), Ordering::Relaxed);
    if free.saturating_mul(100) < total.saturating_mul(LOW_PERCENT) {
        tell(platform, AlarmKind::DiskSpace).await?;
    }
    let (jump, offset) = clocks.look(platform.now(), std::time::Instant::now());
    platform.health.clock_offset_us.store(offset, Ordering::Relaxed);
    if JUMP < jump.abs() {
        tracing::error!(jump_ms = jump / 1_000, "the machine's clock jumped");
        tell(platform, AlarmKind::ClockOffset).await?;
    }
    Ok(())
}

/// The wall clock beside the steady one: when somebody sets the wall clock, they part. Nobody else is asked, so a clock
/// that was wrong from the start is not found here; terminals that agree against it show it on their pages.
pub struct Clocks {
    start: (Instant64, std::time::Instant),
    /// By how much the wall clock was ahead at the last look, in microseconds.
    last: AtomicI64,
}

impl Clocks {
    /// From now on.
    pub fn new(wall: Instant64, steady: std::time::Instant) -> Self {
        Self { start: (wall, steady), last: AtomicI64::new(0) }
    }

    /// By how much the wall clock has moved further than the steady one: since the last look, and since the start.
    pub fn look(&self, wall: Instant64, steady: std::time::Instant) -> (i64, i64) {
        let elapsed = i64::try_from(steady.saturating_duration_since(self.start.1).as_micros()).unwrap_or(i64::MAX);
        let ahead = wall.since(self.start.0) - elapsed;
        (ahead - self.last.swap(ahead, Ordering::Relaxed), ahead)
    }
}

/// Appeals that nobody answered in time become the command's matter: one alarm at the district, which counts them.
pub async fn escalate_appeals(platform: &Platform) -> anyhow::Result<()> {
    let mut tx = platform.db.begin().await?;
    let late = people::escalate_appeals(&mut tx, platform.now()).await?;
    raise(platform, &mut tx, AlarmKind::AppealLate, usize::try_from(late)?).await?;
    Ok(tx.commit().await?)
}

async fn tell(platform: &Platform, kind: AlarmKind) -> anyhow::Result<()> {
    let mut tx = platform.db.begin().await?;
    raise(platform, &mut tx, kind, 1).await?;
    Ok(tx.commit().await?)
}

/// An alarm of the installation itself, at its district: its command sees it.
async fn raise(platform: &Platform, tx: &mut Tx, kind: AlarmKind, times: usize) -> anyhow::Result<()> {
    if times == 0 {
        return Ok(());
    }
    let district = places::district_code(tx).await?.unwrap_or_default();
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
    alarms::raise_all(tx, &vec![raise; times], platform.now()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_that_is_set_is_found_at_the_next_look_and_once() {
        let (wall, steady) = (Instant64::from_micros(1_772_409_131_000_000), std::time::Instant::now());
        let clocks = Clocks::new(wall, steady);
        let after = |seconds: u64| steady + Duration::from_secs(seconds);
        assert_eq!(clocks.look(wall.plus(30 * SECOND), after(30)), (0, 0));
        assert_eq!(clocks.look(wall.plus(180 * SECOND), after(60)), (120 * SECOND, 120 * SECOND));
        assert_eq!(clocks.look(wall.plus(210 * SECOND), after(90)), (0, 120 * SECOND));
        assert_eq!(clocks.look(wall.plus(120 * SECOND), after(120)), (-120 * SECOND, 0));
    }
}
