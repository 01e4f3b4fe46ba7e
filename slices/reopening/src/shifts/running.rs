//! The queued job that computes a plan: outside of any transaction, on a thread of its own, until it is done or stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use http_api::Platform;
use serde_json::Value as Json;
use uuid::Uuid;

use super::measure::tenth;
use super::model::{PlanState, ShiftPlan};
use super::solving::{Answer, Limits, solve};
use crate::store::shifts::{self as store, ShiftPlanRow};

/// The queue's name for computing a plan; its data is `{site, run}`.
pub const SHIFT_PLAN_JOB: &str = "reopening.shift_plan";
/// How often it is said how far the computation is, and asked whether it is still wanted.
const LOOK: Duration = Duration::from_millis(500);

/// Works the job. What a computation that was stopped meanwhile brings is dropped.
pub async fn run_shift_plan(platform: Platform, payload: Json) -> anyhow::Result<()> {
    let site: Uuid = payload.get("site").and_then(Json::as_str).context("no site")?.parse()?;
    let run = payload.get("run").and_then(Json::as_i64).context("no run")?;
    let row = store::of_job(&mut platform.db.reader(), site).await?;
    let Some(row) = row.filter(|it| it.run == run) else { return Ok(()) };
    let plan: ShiftPlan = serde_json::from_str(&row.definition)?;
    if !said(&platform, &row, 0).await? {
        return Ok(());
    }
    let answer = computed(&platform, &row, plan).await?;
    let found = ShiftPlanRow {
        state: answer.state.code().to_owned(),
        starts: Some(serde_json::to_string(&answer.starts)?),
        by_hand: false,
        outcome: Some(serde_json::to_string(&answer.outcome)?),
        ..row
    };
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    if answer.state != PlanState::Stopped {
        store::answer(&mut tx, &found, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn computed(platform: &Platform, row: &ShiftPlanRow, plan: ShiftPlan) -> anyhow::Result<Answer> {
    let (wanted, percent) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicI64::new(0)));
    // Whatever ends this future, a lost lease too, ends the thread's work.
    let _stop = Stop(Arc::clone(&wanted));
    let (goes_on, share) = (Arc::clone(&wanted), Arc::clone(&percent));
    let began = Instant::now();
    let mut work = tokio::task::spawn_blocking(move || {
        solve(&plan, Limits::default(), &|part| {
            share.fetch_max(whole(part * 100.0), Ordering::Relaxed);
            goes_on.load(Ordering::Relaxed)
        })
    });
    loop {
        match tokio::time::timeout(LOOK, &mut work).await {
            Ok(answer) => {
                let mut answer = answer?;
                answer.outcome.seconds = tenth(began.elapsed().as_secs_f64());
                return Ok(answer);
            }
            Err(_) if said(platform, row, percent.load(Ordering::Relaxed)).await? => {}
            Err(_) => wanted.store(false, Ordering::Relaxed),
        }
    }
}

async fn said(platform: &Platform, row: &ShiftPlanRow, percent: i64) -> anyhow::Result<bool> {
    let mut tx = platform.db.begin().await?;
    let wanted = store::progress(&mut tx, row.site_id, row.run, percent.min(99)).await?;
    tx.commit().await?;
    Ok(wanted)
}

struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "between nothing and a hundred")]
fn whole(percent: f64) -> i64 {
    percent as i64
}
