//! Memory and processor time from `/proc`, and what machine this is.

use std::time::Instant;

/// Ticks a second in `/proc`: fixed in the kernel's interface, whatever its own timer does.
const TICKS_PER_SECOND: f64 = 100.0;
const MB: f64 = 1024.0 * 1024.0;
const KB_PER_MB: u64 = 1024;

/// What a process used over a while.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Resident at the end.
    pub(crate) rss_mb: u64,
    /// Processor seconds a second, of the process.
    pub(crate) cores: f64,
    /// The same of the whole machine: generator, server and database.
    pub(crate) machine_cores: f64,
}

/// The begin of a while.
#[derive(Debug)]
pub(crate) struct Meter {
    pid: u32,
    ticks: u64,
    machine_ticks: u64,
    began: Instant,
}

impl Meter {
    pub(crate) fn start(pid: u32) -> Self {
        Self { pid, ticks: ticks(pid), machine_ticks: machine_ticks(), began: Instant::now() }
    }

    pub(crate) fn stop(&self) -> Usage {
        let seconds = self.began.elapsed().as_secs_f64().max(0.001);
        let cores = |now: u64, before: u64| {
            f64::from(u32::try_from(now.saturating_sub(before)).unwrap_or(u32::MAX)) / TICKS_PER_SECOND / seconds
        };
        Usage {
            rss_mb: rss_mb(self.pid),
            cores: cores(ticks(self.pid), self.ticks),
            machine_cores: cores(machine_ticks(), self.machine_ticks),
        }
    }
}

/// Resident memory in MB; 0 when the process is gone.
pub(crate) fn rss_mb(pid: u32) -> u64 {
    value_of(&format!("/proc/{pid}/status"), "VmRSS:") / KB_PER_MB
}

/// What machine this is, in one line.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu.lines().find(|it| it.starts_with("model name")).and_then(|it| it.split_once(": "));
    let kernel = read("/proc/sys/kernel/osrelease");
    let memory = value_of("/proc/meminfo", "MemTotal:") / KB_PER_MB;
    let load = read("/proc/loadavg");
    format!(
        "{cores} cores ({}), {memory} MB, Linux {}, load before {}",
        cpu.map_or("unknown", |(_, name)| name.trim()),
        kernel.trim(),
        load.split(' ').next().unwrap_or_default()
    )
}

/// Size of a file in MB.
pub(crate) fn file_mb(path: &std::path::Path) -> f64 {
    let bytes = std::fs::metadata(path).map_or(0, |it| it.len());
    u32::try_from(bytes / 1024).map_or(f64::INFINITY, f64::from) * 1024.0 / MB
}

fn value_of(path: &str, key: &str) -> u64 {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find_map(|it| it.strip_prefix(key)).unwrap_or_default();
    line.split_whitespace().next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// User and system time of a process.
fn ticks(pid: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in parentheses may hold spaces; the fields after it do not.
    let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    fields.split(' ').skip(11).take(2).filter_map(|it| it.parse::<u64>().ok()).sum()
}

/// All time that was not idle.
fn machine_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields: Vec<u64> =
        stat.lines().next().unwrap_or_default().split_whitespace().skip(1).filter_map(|it| it.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal: idle and iowait are nobody's work, steal is another machine's.
    [0, 1, 2, 5, 6].iter().filter_map(|it| fields.get(*it)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_uses_time() {
        let meter = Meter::start(std::process::id());
        let mut sum = 0_u64;
        while meter.began.elapsed().as_millis() < 200 {
            sum = sum.wrapping_mul(31).wrapping_add(1);
        }
        let usage = meter.stop();
        assert!(0 < usage.rss_mb && 0.0 < usage.cores && sum != 1, "{usage:?}");
        assert!(machine().contains("Linux"));
    }
}
