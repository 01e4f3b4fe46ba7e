//! Computes applications by the day on which they were begun, and first sent: the days that something touched, and now and then all.

use std::collections::{BTreeMap, BTreeSet};

use access::{Scope, system_scope};
use db::{Reader, Tx};
use http_api::Platform;
use kernel::Instant64;
use kernel::time::{DAY, HOUR, MINUTE};
use reopening::{ApplicationCourse, Courses, WorkingDays};
use uuid::Uuid;

use super::model::{ApplicationCounts, Wait, Waited};
use super::rules::{difference, group, hours};
use crate::store::applications::{self, DayGroup, Followed, Waits};

/// Rows asked for at once.
const PAGE: i64 = 2_000;
/// A reply is in time within so many hours.
const REPLY_HOURS: i64 = 24;
/// A decision within so many working days.
const DECISION_WORKING_DAYS: u32 = 2;
/// Something is written down when its transaction ends, with the time at which it began: looked for so long after.
const LATE: i64 = 2 * MINUTE;
/// All of it is computed so often, whatever was noticed.
const WHOLE_EVERY: i64 = 6 * HOUR;

/// What a computation took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Applications that were read.
    pub read: usize,
    /// Rows of sums that were written or dropped.
    pub written: usize,
}

/// What was counted, and of how many applications.
#[derive(Default)]
struct Counted {
    counts: BTreeMap<DayGroup, ApplicationCounts>,
    waits: Waits,
    read: usize,
}

/// Brings sums of applications up to date.
///
/// # Errors
/// The database's.
pub async fn compute_applications(platform: &Platform) -> anyhow::Result<Effort> {
    let (now, all) = (platform.now(), system_scope("statistics"));
    let mut db = platform.db.reader();
    let calendar = reopening::working_days(&mut db, now).await;
    let calendar = calendar.map_err(|error| anyhow::anyhow!("{}", error.code().code()))?;
    let followed = applications::followed(&mut db).await?;
    let days_off = calendar.fingerprint();
    let mut effort = Effort::default();
    // Another calendar changes what was in time on any day.
    if let Some(before) = followed.filter(|it| it.calendar == days_off && now.micros() - it.whole_at < WHOLE_EVERY) {
        let since = Instant64::from_micros(before.until_at - LATE);
        let days = touched_days(&mut db, &all, since, &mut effort).await?;
        if !days.is_empty() {
            let next = Followed { until_at: now.micros(), ..before };
            replace(platform, &all, &calendar, Some(days), &next, &mut effort).await?;
        }
        // A draft that was discarded left nothing behind but a sum that is one too high.
        let begun = applications::begun(&mut db, &all).await?;
        if begun == reopening::application_count(&mut db, &all).await? {
            return Ok(effort);
        }
    }
    let next = Followed { until_at: now.micros(), whole_at: now.micros(), calendar: days_off };
    replace(platform, &all, &calendar, None, &next, &mut effort).await?;
    Ok(effort)
}

/// Starts of the days on which those were begun, or first sent, to which something has happened since.
async fn touched_days(
    db: &mut Reader,
    all: &Scope,
    since: Instant64,
    effort: &mut Effort,
) -> anyhow::Result<BTreeSet<Instant64>> {
    let (mut days, mut after) = (BTreeSet::new(), Uuid::nil());
    let day = |at: i64| Instant64::from_micros(at).local().day_start;
    loop {
        let page = reopening::application_courses(db, all, Courses::TouchedSince(since), after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(days) };
        after = last.id;
        effort.read += page.len();
        days.extend(page.iter().flat_map(|it| [Some(it.created_at), it.sent_at]).flatten().map(day));
    }
}

/// Computes these days, or all, and writes what differs from what is stored.
async fn replace(
    platform: &Platform,
    all: &Scope,
    calendar: &WorkingDays,
    days: Option<BTreeSet<Instant64>>,
    next: &Followed,
    effort: &mut Effort,
) -> anyhow::Result<()> {
    let mut db = platform.db.reader();
    let mut counted = Counted::default();
    match &days {
        None => add(&mut db, all, calendar, Courses::All, &mut counted).await?,
        Some(days) => {
            for from in days {
                let of = Courses::OfDay { from: *from, until: from.plus(DAY) };
                add(&mut db, all, calendar, of, &mut counted).await?;
            }
        }
    }
    let names: Option<BTreeSet<String>> = days.map(|it| it.iter().map(|it| it.local_date()).collect());
    let stored = applications::read(&mut db, all, names.as_ref()).await?;
    let stored = stored.into_iter().map(|it| ((it.day, it.group), it.counts)).collect();
    let stored_waits = applications::read_waits(&mut db, all, names.as_ref()).await?;
    let (counts, waits) = (difference(&stored, &counted.counts), difference(&stored_waits, &counted.waits));
    effort.read += counted.read;
    effort.written += counts.0.len() + counts.1.len() + waits.0.len() + waits.1.len();
    let mut tx = platform.db.begin().await?;
    write(&mut tx, all, counts, waits).await?;
    applications::set_followed(&mut tx, next).await?;
    Ok(tx.commit().await?)
}

async fn add(
    db: &mut Reader,
    all: &Scope,
    calendar: &WorkingDays,
    of: Courses,
    counted: &mut Counted,
) -> anyhow::Result<()> {
    // An application of two days that are both computed is met twice: each day counts what is its own.
    let only = match of {
        Courses::OfDay { from, .. } => Some(from.local_date()),
        Courses::All | Courses::TouchedSince(_) => None,
    };
    let mut found = Counted::default();
    let mut after = Uuid::nil();
    loop {
        let page = reopening::application_courses(db, all, of, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        found.read += page.len();
        page.iter().for_each(|it| count(it, calendar, &mut found));
    }
    let is_its_own = |(day, _): &DayGroup| only.as_ref().is_none_or(|it| it == day);
    counted.read += found.read;
    counted.counts.extend(found.counts.into_iter().filter(|(key, _)| is_its_own(key)));
    counted.waits.extend(found.waits.into_iter().filter(|((key, _), _)| is_its_own(key)));
    Ok(())
}

type Difference<K, C> = (Vec<(K, C)>, Vec<K>);

async fn write(
    tx: &mut Tx,
    all: &Scope,
    counts: Difference<DayGroup, ApplicationCounts>,
    waits: Difference<(DayGroup, Waited), i64>,
) -> anyhow::Result<()> {
    applications::write(tx, &counts.0).await?;
    applications::write_waits(tx, &waits.0).await?;
    for it in &counts.1 {
        applications::drop(tx, all, it).await?;
    }
    for it in &waits.1 {
        applications::drop_wait(tx, all, it).await?;
    }
    Ok(())
}

fn count(it: &ApplicationCourse, calendar: &WorkingDays, into: &mut Counted) {
    let Counted { counts: counted, waits, .. } = into;
    let group = group(&it.area_code, &it.industry, &it.size_class);
    let at = Instant64::from_micros;
    let begun = ApplicationCounts { begun: 1, ..ApplicationCounts::default() };
    *counted.entry((at(it.created_at).local_date(), group.clone())).or_default() += begun;
    let Some(sent) = it.sent_at.map(at) else { return };
    let key = (sent.local_date(), group);
    let once = |times: i64| i64::from(times != 0);
    let replied = it.replied_at.map(|it| hours(sent, at(it)));
    let decided = it.decided_at.map(at);
    let in_time = decided.is_some_and(|it| it <= calendar.after(sent, DECISION_WORKING_DAYS));
    *counted.entry(key.clone()).or_default() += ApplicationCounts {
        begun: 0,
        submitted: 1,
        returned: once(it.returned),
        inspected: once(it.inspected),
        approved: once(it.approved),
        filed: once(it.filed),
        rejected: once(it.rejected),
        replied: i64::from(replied.is_some()),
        replied_in_time: i64::from(replied.is_some_and(|it| it <= REPLY_HOURS)),
        decided: i64::from(decided.is_some()),
        decided_in_time: i64::from(in_time),
    };
    let decided = decided.map(|it| hours(sent, it));
    for (wait, hours) in [(Wait::Reply, replied), (Wait::Decision, decided)] {
        if let Some(hours) = hours {
            *waits.entry((key.clone(), Waited { wait, hours })).or_default() += 1;
        }
    }
}
