//! What alarms do by themselves.

use access::system_scope;
use anyhow::Context as _;
use db::{Db, DbError};
use http_api::Platform;
use kernel::Instant64;
use kernel::time::MINUTE;

use crate::events::AlarmChanged;
use crate::model::{AlarmLevel, AlarmState, AlarmStepKind};
use crate::rules;
use crate::store::alarms;
use crate::store::steps::{self, StepLine};

/// How many alarms one transaction escalates.
const BATCH: i64 = 200;

/// A reconciler: calls the next level for alarms that nobody has acknowledged in time.
pub async fn escalate(platform: &Platform) -> anyhow::Result<()> {
    while escalate_at(&platform.db, platform.now()).await.context("escalating alarms")? == BATCH {}
    Ok(())
}

/// One batch; how many alarms were due. Asks before it writes: this runs after every commit.
pub(crate) async fn escalate_at(db: &Db, now: Instant64) -> Result<i64, DbError> {
    let scope = system_scope("escalation");
    let [site_due, area_due] = [AlarmLevel::Site, AlarmLevel::Area].map(|it| now.plus(-after(it)));
    let overdue = alarms::overdue(&mut db.reader(), &scope, site_due, area_due, BATCH).await?;
    if overdue.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    let mut escalated = Vec::new();
    // One by one in the order of their ids: see the order of locks in `store`.
    for alarm in &overdue {
        let from = alarm.level()?;
        let to = rules::level_at(from, AlarmState::Raised, Instant64::from_micros(alarm.first_raised_at), now);
        if to != from && alarms::escalate(&mut tx, &scope, alarm.id(), from, to).await? {
            escalated.push((alarm, to));
        }
    }
    let lines = escalated.iter().map(|(it, to)| StepLine::of_system(it.id(), AlarmStepKind::Escalated, *to, now));
    steps::insert(&mut tx, lines.collect()).await?;
    for (alarm, _) in &escalated {
        events::emit(&mut tx, alarm.at(), &AlarmChanged { alarm_id: alarm.id() }, now).await?;
    }
    tx.commit().await?;
    for (_, to) in &escalated {
        metrics::counter!("fugong_alarms_escalated_total", "level" => to.code()).increment(1);
    }
    Ok(i64::try_from(overdue.len()).unwrap_or(BATCH))
}

fn after(level: AlarmLevel) -> i64 {
    rules::ESCALATION.iter().find(|(_, to)| *to == level).map_or(MINUTE, |(after, _)| *after)
}
