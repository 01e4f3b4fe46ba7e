//! Computes days from what other rooms tell, in pages, and writes what has changed. Doing it again changes nothing.

use std::collections::{BTreeMap, HashMap};

use access::{Scope, system_scope};
use db::{DbError, Reader};
use http_api::Platform;
use kernel::Instant64;
use places::EnterpriseStanding;
use uuid::Uuid;

use super::following::compute_applications;
use super::model::{DayCounts, Group, SupplyCounts};
use super::rules::{LATE_DAYS, community, day_ago, difference, group, is_due, summed_up};
use crate::store::{days, sums, supplies};

/// Rows asked for at once.
const PAGE: i64 = 2_000;

/// How enterprises stand now: where each is counted, and the counts.
#[derive(Default)]
struct Standing {
    groups: HashMap<Uuid, Group>,
    counts: BTreeMap<Group, DayCounts>,
}

/// Computes today, and the days before it of which something may have come in.
///
/// # Errors
/// The database's.
pub async fn compute(platform: &Platform) -> anyhow::Result<()> {
    let (now, all) = (platform.now(), system_scope("statistics"));
    let mut db = platform.db.reader();
    let standing = standing(&mut db, &all).await?;
    let known = days::states(&mut db, &day_ago(now, LATE_DAYS), &day_ago(now, 0)).await?;
    for days_ago in (0..=LATE_DAYS).rev() {
        let day = day_ago(now, days_ago);
        let last = known.iter().find(|it| it.day == day).map(|it| Instant64::from_micros(it.computed_at));
        if is_due(days_ago, last, now) {
            compute_day(platform, &all, &standing, &day, days_ago == 0).await?;
        }
    }
    compute_applications(platform).await.map(|_| ())
}

async fn standing(db: &mut Reader, all: &Scope) -> Result<Standing, DbError> {
    let (mut standing, mut after) = (Standing::default(), Uuid::nil());
    loop {
        let page = places::enterprise_standings(db, all, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(standing) };
        after = last.id;
        for it in &page {
            let group = group(&it.area_code, &it.industry, &it.size_class);
            *standing.counts.entry(group.clone()).or_default() += counts(it);
            standing.groups.insert(it.id, group);
        }
    }
}

fn counts(it: &EnterpriseStanding) -> DayCounts {
    let open = i64::from(it.is_open());
    DayCounts {
        enterprises: 1,
        enterprises_open: open,
        headcount: it.employees,
        headcount_open: open * it.employees,
        reports_due: i64::from(it.open_sites != 0) + it.open_projects,
        ..DayCounts::default()
    }
}

async fn compute_day(
    platform: &Platform,
    all: &Scope,
    standing: &Standing,
    day: &str,
    is_today: bool,
) -> anyhow::Result<()> {
    let mut db = platform.db.reader();
    let stored: BTreeMap<Group, DayCounts> =
        days::read(&mut db, all, day).await?.into_iter().map(|it| (it.group, it.counts)).collect();
    let stored_sums: BTreeMap<Group, DayCounts> =
        sums::read(&mut db, all, day).await?.into_iter().map(|it| (it.group, it.counts)).collect();
    let mut computed = match is_today {
        true => standing.counts.clone(),
        false => stored.iter().map(|(group, it)| (group.clone(), it.of_the_moment())).collect(),
    };
    add_reports(&mut db, all, day, standing, &mut computed).await?;
    add_electricity(&mut db, all, day, standing, &mut computed).await?;
    computed.retain(|_, it| *it != DayCounts::default());
    let stored_items = supplies::read(&mut db, all, day).await?.into_iter().map(|it| (it.key, it.counts)).collect();
    let items = items(&mut db, all, day).await?;
    let (changed, gone) = difference(&stored, &computed);
    let (changed_sums, gone_sums) = difference(&stored_sums, &summed_up(&computed));
    let (changed_items, gone_items) = difference(&stored_items, &items);
    let mut tx = platform.db.begin().await?;
    days::write(&mut tx, day, &changed).await?;
    sums::write(&mut tx, day, &changed_sums).await?;
    supplies::write(&mut tx, day, &changed_items).await?;
    for it in &gone {
        days::drop(&mut tx, all, day, it).await?;
    }
    for it in &gone_sums {
        sums::drop(&mut tx, all, day, it).await?;
    }
    for it in &gone_items {
        supplies::drop(&mut tx, all, day, it).await?;
    }
    days::set_state(&mut tx, day, !is_today, platform.now()).await?;
    Ok(tx.commit().await?)
}

async fn add_reports(
    db: &mut Reader,
    all: &Scope,
    day: &str,
    standing: &Standing,
    into: &mut BTreeMap<Group, DayCounts>,
) -> Result<(), DbError> {
    let mut after = Uuid::nil();
    loop {
        let page = reopening::reports_of_day(db, all, day, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for it in &page {
            let Some(group) = standing.groups.get(&it.enterprise_id) else { continue };
            *into.entry(group.clone()).or_default() += DayCounts {
                reports_filed: 1,
                planned: it.planned,
                on_duty: it.on_duty,
                from_affected: it.from_affected,
                abnormal: it.abnormal,
                isolated: it.isolated,
                ..DayCounts::default()
            };
        }
    }
}

async fn add_electricity(
    db: &mut Reader,
    all: &Scope,
    day: &str,
    standing: &Standing,
    into: &mut BTreeMap<Group, DayCounts>,
) -> Result<(), DbError> {
    let mut after = Uuid::nil();
    loop {
        let page = reopening::electricity_of_day(db, all, day, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.enterprise_id;
        for it in &page {
            let Some(group) = standing.groups.get(&it.enterprise_id) else { continue };
            *into.entry(group.clone()).or_default() += DayCounts {
                electricity_enterprises: 1,
                electricity_kwh: it.kwh,
                electricity_baseline_kwh: it.baseline_kwh,
                ..DayCounts::default()
            };
        }
    }
}

async fn items(db: &mut Reader, all: &Scope, day: &str) -> Result<BTreeMap<supplies::AreaItem, SupplyCounts>, DbError> {
    let mut items: BTreeMap<supplies::AreaItem, SupplyCounts> = BTreeMap::new();
    for it in reopening::supplies_of_day(db, all, day).await? {
        let counts = SupplyCounts { reports: it.reports, stock: it.stock, received: it.received, used: it.used };
        *items.entry((community(&it.area_code).to_owned(), it.item)).or_default() += counts;
    }
    Ok(items)
}
