//! Computing statuses: what changes a person's health goes through here, and nothing else writes a status.

use std::sync::Arc;

use access::system_scope;
use db::Tx;
use http_api::{ApiError, ApiResult, Platform};
use kernel::{Celsius, Instant64};
use serde_json::json;
use uuid::Uuid;
use vault::{DataKey, Purpose, VaultError};

use crate::file::{NewFact, record_facts, rosters_of, tell_followers};
use crate::model::{FactKind, Health, HealthStatus, PersonId, Status, StatusReason, StatusReasonCode};
use crate::recompute::{Rules, in_force};
use crate::rules;
use crate::sealed::{self, HEALTH, REASONS};
use crate::store::people::{self, PersonRow, StatusColumns};

/// The columns for this health at `now`.
pub(crate) fn status_columns(
    key: &DataKey,
    id: PersonId,
    health: &Health,
    rules: &Rules,
    now: Instant64,
) -> Result<StatusColumns, VaultError> {
    let status = rules::status(health, &rules.rules, now);
    Ok(StatusColumns {
        health: sealed::seal(key, HEALTH, id.uuid(), health)?,
        status: status.status.code(),
        reasons: sealed::seal(key, REASONS, id.uuid(), &status.reasons)?,
        valid_until: status.valid_until,
        rule_version: rules.version,
    })
}

/// Changes what is known of somebody's health and recomputes her status; a change of colour becomes a fact and news
/// for the gates of her sites.
pub(crate) async fn change_health(
    platform: &Platform,
    tx: &mut Tx,
    id: PersonId,
    source: &str,
    now: Instant64,
    change: impl FnOnce(&mut Health),
) -> ApiResult<Status> {
    let row = people::locked(tx, &system_scope("status"), id).await?.ok_or_else(ApiError::not_found)?;
    let (key, mut health) = open(platform, &row).await?;
    change(&mut health);
    recompute(platform, tx, row, (&key, health), source, now).await
}

/// What is known of somebody's health, and its key.
async fn open(platform: &Platform, row: &PersonRow) -> Result<(Arc<DataKey>, Health), VaultError> {
    let key = platform.vault.key(row.id, Purpose::Health).await?;
    let health = sealed::open(&key, HEALTH, row.id, &row.health_sealed)?;
    Ok((key, health))
}

async fn recompute(
    platform: &Platform,
    tx: &mut Tx,
    row: PersonRow,
    (key, health): (&DataKey, Health),
    source: &str,
    now: Instant64,
) -> ApiResult<Status> {
    let id = PersonId::from_uuid(row.id);
    let rules = in_force(tx).await?;
    let status = rules::status(&health, &rules.rules, now);
    people::update_status(tx, id, status_columns(key, id, &health, &rules, now)?, now).await?;
    let before = HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown);
    if before != status.status {
        let codes: Vec<&str> = status.reasons.iter().map(|it| it.code.code()).collect();
        let detail = json!({ "from": before.code(), "to": status.status.code(), "reasons": codes });
        let fact = NewFact {
            person: row.id,
            kind: FactKind::StatusChanged,
            occurred_at: now,
            source: source.to_owned(),
            site: None,
            detail,
        };
        record_facts(platform, tx, vec![fact], now).await?;
        rosters_of(tx, id, now).await?;
        tell_followers(platform, tx, &[row.id], now).await?;
    }
    Ok(status)
}

/// A clinical thermometer's reading of a known person at a gate.
#[derive(Debug, Clone, Copy)]
pub struct ClinicalReading {
    /// Whose.
    pub person: Uuid,
    /// Where.
    pub site: Uuid,
    /// What it showed.
    pub temperature: Celsius,
    /// Whether that is a fever by the gate's rules.
    pub fever: bool,
}

/// A clinical thermometer's reading at a gate: fever makes the person red until the health authority clears it.
pub async fn record_clinical(
    platform: &Platform,
    tx: &mut Tx,
    reading: ClinicalReading,
    source: &str,
    now: Instant64,
) -> ApiResult<()> {
    let ClinicalReading { person, site, temperature, fever } = reading;
    let fact = NewFact {
        person,
        kind: FactKind::ClinicalReading,
        occurred_at: now,
        source: source.to_owned(),
        site: Some(site),
        detail: json!({ "temperature_c": temperature.degrees(), "method": "clinical", "fever": fever }),
    };
    record_facts(platform, tx, vec![fact], now).await?;
    if fever {
        let id = PersonId::from_uuid(person);
        change_health(platform, tx, id, source, now, |it| it.fever_confirmed_at = Some(now)).await?;
    }
    Ok(())
}

/// The health authority clears a confirmed fever.
pub async fn clear_fever(
    platform: &Platform,
    tx: &mut Tx,
    id: PersonId,
    note: &str,
    source: &str,
    now: Instant64,
) -> ApiResult<()> {
    let mut was_confirmed = false;
    change_health(platform, tx, id, source, now, |it| {
        let open = it.fever_confirmed_at.filter(|confirmed| it.fever_cleared_at.is_none_or(|at| at < *confirmed));
        was_confirmed = open.is_some();
        it.fever_cleared_at = Some(now);
    })
    .await?;
    if !was_confirmed {
        return Err(ApiError::state());
    }
    let fact = NewFact {
        person: id.uuid(),
        kind: FactKind::Cleared,
        occurred_at: now,
        source: source.to_owned(),
        site: None,
        detail: json!({ "note": note }),
    };
    record_facts(platform, tx, vec![fact], now).await?;
    Ok(())
}

/// Recomputes statuses whose time has run out; how many files of those do not open. Each is tried once: gates take such a
/// status for unknown, and the others go on.
pub(crate) async fn recompute_expired(platform: &Platform, now: Instant64) -> ApiResult<u32> {
    let (mut after, mut n_closed) = (None, 0);
    loop {
        let due = people::due(&mut platform.db.reader(), after, now).await?;
        let Some(last) = due.last() else { return Ok(n_closed) };
        after = Some((last.status_valid_until.unwrap_or(now.micros()), last.id));
        n_closed += recompute_these(platform, due, now).await?;
    }
}

async fn recompute_these(platform: &Platform, due: Vec<PersonRow>, now: Instant64) -> ApiResult<u32> {
    let mut n_closed = 0;
    let mut tx = platform.db.begin().await?;
    for it in due {
        let id = PersonId::from_uuid(it.id);
        // Erased meanwhile: nothing is left to compute.
        if !people::lock(&mut tx, id).await? {
            continue;
        }
        let fresh = people::find(&mut tx, &system_scope("status"), id).await?;
        let Some(row) = fresh.filter(|it| it.status_valid_until.is_some_and(|it| it <= now.micros())) else { continue };
        match open(platform, &row).await {
            Ok((key, health)) => {
                recompute(platform, &mut tx, row, (&key, health), "rule", now).await?;
            }
            Err(VaultError::Gone | VaultError::Broken | VaultError::WrappingKeyMissing(_)) => n_closed += 1,
            Err(error @ (VaultError::WrappingKey(_) | VaultError::Store(_))) => return Err(error.into()),
        }
    }
    tx.commit().await?;
    Ok(n_closed)
}

/// Why her status is what it is.
pub(crate) async fn reasons_of(platform: &Platform, row: &PersonRow) -> ApiResult<Vec<StatusReasonCode>> {
    let key = platform.vault.key(row.id, Purpose::Health).await?;
    let reasons: Vec<StatusReason> = sealed::open(&key, REASONS, row.id, &row.status_reasons_sealed)?;
    Ok(reasons.into_iter().map(|it| it.code).collect())
}
