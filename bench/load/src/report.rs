//! Figures as a Markdown table. Nothing here judges them.

use std::io::Write;
use std::time::Duration;

use crate::generate::Sent;
use crate::usage::Usage;

/// Durations in microseconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times(Vec<u32>);

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) sent: Sent,
    pub(crate) verdict: Option<Verdicts>,
    pub(crate) usage: Usage,
}

/// How long the sampled gate waited for its verdicts.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    pub(crate) times: Times,
    /// Acknowledged events of the sampled gate of which no verdict was seen.
    pub(crate) missing: usize,
}

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Milliseconds below which `share` of a hundred lie (nearest rank); nothing when there are none.
    pub(crate) fn percentile(&self, share: usize) -> Option<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * share).div_ceil(100).max(1);
        sorted.get(rank - 1).map(|it| f64::from(*it) / 1000.0)
    }

    /// Three cells: p50, p95, p99.
    pub(crate) fn cells(&self) -> String {
        let cells = [50, 95, 99].map(|share| self.percentile(share).map_or("–".to_owned(), |it| format!("{it:.2}")));
        cells.join(" | ")
    }
}

impl Row {
    /// Acknowledged events a second.
    pub(crate) fn rate(&self) -> f64 {
        // Counts stay far below 2^32; beyond, the figure is infinite rather than wrong.
        u32::try_from(self.sent.acknowledged).map_or(f64::INFINITY, f64::from) / self.sent.seconds.max(0.001)
    }

    fn line(&self) -> String {
        let verdict = self.verdict.as_ref().map_or("– | – | –".to_owned(), |it| it.times.cells());
        let missing = self.verdict.as_ref().map_or("–".to_owned(), |it| it.missing.to_string());
        format!(
            "| {} | {:.0} | {} | {verdict} | {missing} | {} | {} | {:.2} | {:.2} |",
            self.what,
            self.rate(),
            self.sent.times.cells(),
            self.sent.refused,
            self.usage.rss_mb,
            self.usage.cores,
            self.usage.machine_cores,
        )
    }
}

/// Prints the table and, when both are there, the ratio of the fastest row to the floor.
pub(crate) fn print_rows(rows: &[Row], floor: Option<&Row>) {
    say(
        "| | events/s | ack p50 ms | p95 | p99 | verdict p50 ms | p95 | p99 | no verdict | refused | RSS MB | CPU, cores | machine, cores |",
    );
    say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for row in rows.iter().chain(floor) {
        say(&row.line());
    }
    let fastest = rows.iter().map(Row::rate).max_by(f64::total_cmp);
    if let Some((fastest, floor)) = fastest.zip(floor.map(Row::rate)).filter(|it| 0.0 < it.1) {
        say(&format!("\nratio to the floor: {:.2} ({fastest:.0} of {floor:.0} events/s)", fastest / floor));
    }
}

/// Prints what reads took.
pub(crate) fn print_reads(reads: &[(String, Times)]) {
    say("\n| read | p50 ms | p95 | p99 |\n|---|--:|--:|--:|");
    for (what, times) in reads {
        say(&format!("| {what} | {} |", times.cells()));
    }
}

/// A line of the report.
pub(crate) fn say(line: &str) {
    // A reader that has gone away is no reason to fail.
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let mut times = Times::default();
        assert_eq!(times.percentile(50), None);
        (1..=200).for_each(|it| times.add(Duration::from_millis(it)));
        let percentiles = [50, 95, 99, 100].map(|it| times.percentile(it).unwrap());
        assert_eq!(percentiles, [100.0, 190.0, 198.0, 200.0]);
        assert_eq!(times.cells(), "100.00 | 190.00 | 198.00");
    }
}
