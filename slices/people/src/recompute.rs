//! Computing everybody's status by a new version of the rules: for real, in batches that each leave things whole, or as
//! a simulation that changes nothing.

use std::collections::BTreeMap;

use access::Scope;
use anyhow::Context as _;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use vault::{DataKey, Purpose, VaultError};

use crate::file::{NewFact, record_facts, roster_changed, tell_followers};
use crate::model::{FactKind, Health, HealthStatus, Status, StatusReason};
use crate::rules::{self, BUILT_IN_VERSION, StatusRules};
use crate::sealed::{self, HEALTH, REASONS};
use crate::store::status_rules::{self as store, HealthRow, NewStatus};

/// The queue's name for computing everybody anew; its data is `{version}`.
pub const RECOMPUTE_JOB: &str = "people.recompute";
/// Persons of one transaction.
const BATCH: i64 = 1_000;
/// Batches that the reconciler computes at a time.
const CATCH_UP_BATCHES: usize = 5;
/// Persons whom a simulation names.
const EXAMPLES: usize = 50;

/// The rules in force and their version.
pub(crate) struct Rules {
    pub(crate) version: i64,
    pub(crate) rules: StatusRules,
}

/// The rules in force; those of the program while nobody has made others.
pub(crate) async fn in_force(db: &mut impl Read) -> ApiResult<Rules> {
    let Some(row) = store::current(db).await? else {
        return Ok(Rules { version: BUILT_IN_VERSION, rules: StatusRules::default() });
    };
    let rules = serde_json::from_str(&row.rules).map_err(|error| ApiError::internal(&error))?;
    Ok(Rules { version: row.version, rules })
}

/// Works the job. Cut off anywhere, the next run begins with whoever is left.
pub async fn run_recompute(platform: Platform, payload: Json) -> anyhow::Result<()> {
    let wanted = payload.get("version").and_then(Json::as_i64).context("no version")?;
    let mut after = None;
    loop {
        let current = in_force(&mut platform.db.reader()).await.map_err(|it| anyhow::anyhow!("{:?}", it.code()))?;
        // A newer version has a job of its own.
        if current.version != wanted {
            return Ok(());
        }
        let last = batch(&platform, &current, after).await.map_err(|it| anyhow::anyhow!("{:?}", it.code()))?;
        if last.is_none() {
            return Ok(());
        }
        after = last;
    }
}

/// Has everybody computed whom an older version judged after all: a registration that read the rules before a version
/// was published, and committed after its job had gone by.
pub(crate) async fn catch_up(platform: &Platform) -> ApiResult<()> {
    let current = in_force(&mut platform.db.reader()).await?;
    let mut after = None;
    // A job that is at work has more than this; it needs no help.
    for _ in 0..CATCH_UP_BATCHES {
        after = batch(platform, &current, after).await?;
        if after.is_none() {
            break;
        }
    }
    Ok(())
}

/// Computes a batch of those whom an older version judged; the last of them. One whose file does not open is passed by.
async fn batch(platform: &Platform, current: &Rules, after: Option<(i64, Uuid)>) -> ApiResult<Option<(i64, Uuid)>> {
    let now = platform.now();
    let rows = store::outdated(&mut platform.db.reader(), current.version, after, BATCH).await?;
    let last = rows.last().map(|it| (it.status_rule_version, it.id));
    let n_rows = rows.len();
    let judged = judge(platform, rows, &current.rules, now).await?;
    if judged.len() < n_rows {
        tracing::warn!(files = n_rows - judged.len(), "files do not open: erased meanwhile, or their keys are gone");
    }
    let mut tx = platform.db.begin().await?;
    let (mut changed, mut kept, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for it in judged {
        match it.is_same() {
            true => kept.push((it.row.id, it.row.status_computed_at)),
            false => {
                facts.extend(it.fact(now));
                changed.push(it.columns()?);
            }
        }
    }
    store::still_right(&mut tx, kept, current.version).await?;
    let written = store::write(&mut tx, changed, current.version, now).await?;
    let written: std::collections::HashSet<Uuid> = written.into_iter().collect();
    facts.retain(|it: &NewFact| written.contains(&it.person));
    let moved: Vec<Uuid> = facts.iter().map(|it| it.person).collect();
    record_facts(platform, &mut tx, facts, now).await?;
    tell_gates(&mut tx, &moved, now).await?;
    tell_followers(platform, &mut tx, &moved, now).await?;
    tx.commit().await?;
    Ok(last)
}

/// Tells the gates where these people work that their roster is out of date.
pub(crate) async fn tell_gates(tx: &mut Tx, people: &[Uuid], now: Instant64) -> ApiResult<()> {
    if people.is_empty() {
        return Ok(());
    }
    for (site, enterprise, area) in store::sites(tx, people).await? {
        roster_changed(tx, (&area, enterprise, site), people, now).await?;
    }
    Ok(())
}

/// One person, judged.
struct Judged {
    row: HealthRow,
    key: std::sync::Arc<DataKey>,
    reasons: Vec<StatusReason>,
    status: Status,
}

impl Judged {
    fn before(&self) -> HealthStatus {
        HealthStatus::parse(&self.row.status).unwrap_or(HealthStatus::Unknown)
    }

    fn is_same(&self) -> bool {
        self.before() == self.status.status
            && self.reasons == self.status.reasons
            && self.row.status_valid_until == self.status.valid_until.map(Instant64::micros)
    }

    fn columns(&self) -> Result<NewStatus, VaultError> {
        Ok(NewStatus {
            id: self.row.id,
            seen_at: self.row.status_computed_at,
            status: self.status.status.code(),
            reasons: sealed::seal(&self.key, REASONS, self.row.id, &self.status.reasons)?,
            valid_until: self.status.valid_until,
        })
    }

    fn fact(&self, now: Instant64) -> Option<NewFact> {
        let (before, after) = (self.before(), self.status.status);
        let codes: Vec<&str> = self.status.reasons.iter().map(|it| it.code.code()).collect();
        let detail = json!({ "from": before.code(), "to": after.code(), "reasons": codes });
        (before != after).then(|| NewFact {
            person: self.row.id,
            kind: FactKind::StatusChanged,
            occurred_at: now,
            source: "rule".to_owned(),
            site: None,
            detail,
        })
    }
}

/// Opens what is known of each and applies the rules; who does not open or was erased is left out.
async fn judge(
    platform: &Platform,
    rows: Vec<HealthRow>,
    rules: &StatusRules,
    now: Instant64,
) -> ApiResult<Vec<Judged>> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let mut keys = platform.vault.keys(&ids, Purpose::Health).await?;
    let rules = rules.clone();
    let open = move || -> Vec<Judged> {
        let judged = rows.into_iter().filter_map(|row| {
            let key = keys.remove(&row.id)?;
            let health: Health = sealed::open(&key, HEALTH, row.id, &row.health_sealed).ok()?;
            let reasons = sealed::open(&key, REASONS, row.id, &row.status_reasons_sealed).ok()?;
            let status = rules::status(&health, &rules, now);
            Some(Judged { row, key, reasons, status })
        });
        judged.collect()
    };
    // Thousands of seals: not on a thread that answers others.
    tokio::task::spawn_blocking(open).await.map_err(|error| ApiError::internal(&error))
}

/// What a version would change.
#[derive(Debug, Default)]
pub(crate) struct Simulation {
    /// How many persons, by colour before and after.
    pub(crate) moves: BTreeMap<(HealthStatus, HealthStatus), u64>,
    /// Some of those who would change.
    pub(crate) examples: Vec<(Uuid, HealthStatus, Status)>,
}

/// What these rules would make of everybody in the scope, against what holds now. Changes nothing.
pub(crate) async fn simulate(
    platform: &Platform,
    scope: &Scope,
    rules: &StatusRules,
    now: Instant64,
) -> ApiResult<Simulation> {
    let mut simulation = Simulation::default();
    let mut after = Uuid::nil();
    loop {
        let rows = store::page(&mut platform.db.reader(), scope, after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(simulation) };
        after = last.id;
        for it in judge(platform, rows, rules, now).await? {
            let (before, then) = (it.before(), it.status.status);
            *simulation.moves.entry((before, then)).or_default() += 1;
            if before != then && simulation.examples.len() < EXAMPLES {
                simulation.examples.push((it.row.id, before, it.status));
            }
        }
    }
}
