//! The rate of 10,000 enterprises that apply within an hour, each with two files, while reviewers work.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::district::{Applicant, District};
use super::people::{Took, apply, is_whole, review};
use crate::MorningArgs;
use crate::ready::Ready;
use crate::report::{print_reads, say};
use crate::server::Process;
use crate::usage::Meter;

/// Applications that an enterprise has sites for.
const SITES: usize = 8;

pub(super) async fn measure(args: &MorningArgs, server: &Process, ready: &Ready) -> anyhow::Result<()> {
    let count = usize::try_from(u64::from(args.per_hour) * args.minutes / 60)?.max(1);
    let district = District::of(ready).await?;
    say(&format!(
        "- {} applications an hour for {} minutes ({count}), 2 files of {} bytes each, {} reviewers",
        args.per_hour, args.minutes, args.file_bytes, args.reviewers
    ));
    let applicants = district.applicants(count.div_ceil(SITES), SITES + 1).await?;
    let reviewers = district.reviewers(args.reviewers).await?;
    let meter = Meter::start(server.pid());
    let over = Arc::new(AtomicBool::new(false));
    let mut reviewing = JoinSet::new();
    for (number, mut client) in reviewers.into_iter().enumerate() {
        let over = Arc::clone(&over);
        reviewing.spawn(async move { review(&mut client, number, &over).await.map(|it| (it, client.too_late)) });
    }
    let (mut took, mut done) = applying(args, applicants, count).await?;
    over.store(true, Ordering::Relaxed);
    let (mut decided, mut too_late) = (0, 0);
    while let Some(reviewer) = reviewing.join_next().await {
        let ((times, own), late) = reviewer??;
        took.extend(times);
        decided += own;
        too_late += late;
    }
    let usage = meter.stop();
    let (mut signed, mut whole) = (0, 0);
    for applicant in &mut done {
        for sent in &applicant.sent {
            signed += 1;
            whole += u32::from(is_whole(&mut applicant.client, sent).await?);
        }
    }
    say(&format!(
        "- {signed} signed, {whole} of them whole at the server; {decided} decided, {too_late} that somebody else was faster with"
    ));
    say(&format!(
        "- server: {:.2} cores, machine {:.2} cores, RSS {} MB",
        usage.cores, usage.machine_cores, usage.rss_mb
    ));
    print_reads(&took.0.into_iter().map(|(what, times)| (what.to_owned(), times)).collect::<Vec<_>>());
    Ok(())
}

/// Begins an application whenever one is due; the applicants, who know what they sent.
async fn applying(
    args: &MorningArgs,
    applicants: Vec<Applicant>,
    count: usize,
) -> anyhow::Result<(Took, Vec<Applicant>)> {
    let every = Duration::from_secs(3600) / args.per_hour.max(1);
    let begin = Instant::now();
    let mut free: VecDeque<Applicant> = applicants.into();
    let (mut running, mut took) = (JoinSet::new(), Took::default());
    let mut most_late = Duration::ZERO;
    for number in 0..count {
        let due = begin + every * u32::try_from(number)?;
        sleep_until(due).await;
        while let Some(done) = running.try_join_next() {
            free.push_back(done??);
        }
        while free.is_empty() {
            free.push_back(running.join_next().await.context("nobody is left")???);
        }
        most_late = most_late.max(due.elapsed());
        let applicant = free.pop_front().context("nobody is left")?;
        running.spawn(one(applicant, args.file_bytes, u64::try_from(number)?));
    }
    while let Some(done) = running.join_next().await {
        free.push_back(done??);
    }
    for applicant in &mut free {
        took.extend(std::mem::take(&mut applicant.took));
    }
    let seconds = begin.elapsed().as_secs_f64();
    say(&format!("- {seconds:.0} s; the latest began {:.1} s after it was due", most_late.as_secs_f64()));
    Ok((took, free.into()))
}

async fn one(mut applicant: Applicant, bytes: usize, seed: u64) -> anyhow::Result<Applicant> {
    let site = applicant.sites.pop_front().context("no site is left")?;
    let sent = apply(&mut applicant.client, &site, &mut applicant.took, bytes, seed).await?;
    applicant.sent.push(sent);
    Ok(applicant)
}
