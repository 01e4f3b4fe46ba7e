//! What people do at a gate: enter a reading by hand, record a clinical thermometer, change a verdict.

use access::Scope;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{Celsius, Instant64};
use people::{FactKind, NewFact, RosterKey};
use places::{GateId, GatePlace, OpenState};
use serde_json::json;
use uuid::Uuid;
use vault::Purpose;

use crate::detail::{self, CLINICAL, ClinicalDetail, DETAIL, Detail, OVERRIDE, OverrideDetail};
use crate::events::ScreeningsRecorded;
use crate::model::{
    GatePresence, GateRules, HealthStatus, Identity, Mask, Measurement, Method, Outcome, Passage, Reason, ScreeningId,
    Worker,
};
use crate::record::{Reading, Spot, reasons_column, record};
use crate::rules;
use crate::store::counts::{self, Heads};
use crate::store::gate_rules;
use crate::store::screenings::{self, ClinicalChange, ScreeningRow};

/// A reading as a guard types it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) client_key: String,
    pub(crate) occurred_at: Instant64,
    pub(crate) passage: Passage,
    pub(crate) lane: i64,
    pub(crate) employee_no: Option<String>,
    pub(crate) card_no: Option<String>,
    pub(crate) temperature: Option<Celsius>,
    pub(crate) mask: Mask,
    pub(crate) offline: bool,
}

/// Judges and stores an entry. One that was made without the server is stored as what it is: told later.
pub(crate) async fn enter(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    gate: &GatePlace,
    entry: Entry,
    now: Instant64,
) -> ApiResult<ScreeningId> {
    let identity = identify(tx, gate, &entry).await?;
    let responses = places::active_responses(tx, now).await?;
    let response_active = responses.iter().any(|it| it.covers(&gate.area_code, "screening"));
    let rules = gate_rules::in_force(tx, &[gate.site_id]).await?.of(gate.site_id)?;
    // An entry cannot be from the future, nor from before the tablet's queue is kept.
    let occurred_at = entry.occurred_at.min(now).max(now.plus(-7 * DAY));
    let occurred_at = if entry.offline { occurred_at } else { now };
    let reading = Reading {
        event_key: format!("manual:{}", entry.client_key),
        journal: None,
        spot: spot(gate, entry.lane),
        identity: if response_active { identity } else { Identity::NotStated },
        measurement: Measurement {
            temperature: entry.temperature,
            over_limit: None,
            mask: entry.mask,
            fault: None,
            method: Method::Manual,
            granted: None,
        },
        at: GatePresence { live: !entry.offline, ..presence(gate, entry.passage, response_active) },
        device_at: None,
        device_time_raw: String::new(),
        received_at: now,
        occurred_at,
        occurred_basis: if entry.offline { "device" } else { "received" },
        event_no: None,
        rules,
        source: scope.actor().name.clone(),
    };
    let ids = record(platform, tx, vec![reading], now).await?;
    ids.first().copied().ok_or_else(ApiError::state)
}

/// A gate at which a person stands beside the guard: nothing is to be doubted about device or clock.
pub(crate) fn presence(gate: &GatePlace, passage: Passage, response_active: bool) -> GatePresence {
    GatePresence {
        open_state: OpenState::parse(&gate.open_state).unwrap_or(OpenState::NotOpen),
        gate_closed: gate.closed,
        passage,
        response_active,
        device_trusted: true,
        clock_trusted: true,
        live: true,
        roster_age: None,
        clinical: None,
    }
}

async fn identify(tx: &mut Tx, gate: &GatePlace, entry: &Entry) -> ApiResult<Identity> {
    let key = RosterKey { site: gate.site_id, employee_no: entry.employee_no.clone(), card_no: entry.card_no.clone() };
    if key.employee_no.is_none() && key.card_no.is_none() {
        return Ok(Identity::NotStated);
    }
    let hits = people::find_on_rosters(tx, std::slice::from_ref(&key)).await?;
    let windows = places::shift_windows(tx, &[gate.site_id]).await?;
    let mut hits = hits.into_iter().filter(|it| it.meets(&key));
    match (hits.next(), hits.next()) {
        (None, _) => Ok(Identity::NotOnRoster),
        (Some(hit), None) => Ok(Identity::Known(Worker {
            person: hit.person,
            employment: hit.employment,
            status: HealthStatus::parse(hit.status.code()).unwrap_or(HealthStatus::Unknown),
            shifts: windows.into_iter().map(|(_, it)| it).filter(|it| Some(it.id.uuid()) == hit.shift_window).collect(),
        })),
        (Some(_), Some(_)) => Ok(Identity::Conflict),
    }
}

fn spot(gate: &GatePlace, lane: i64) -> Spot {
    Spot {
        device: None,
        gate: gate.id,
        gate_name: gate.name.clone(),
        lane,
        site: gate.site_id,
        enterprise: gate.enterprise_id,
        area_code: gate.area_code.clone(),
    }
}

/// All reasons of a screening, medical ones included.
pub(crate) async fn all_reasons(platform: &Platform, row: &ScreeningRow) -> ApiResult<Vec<Reason>> {
    match (row.person_id, row.detail_sealed.as_deref()) {
        (Some(person), Some(sealed)) => {
            let key = platform.vault.key(person, Purpose::Health).await?;
            let detail: Detail = detail::open(&key, DETAIL, row.id, sealed)?;
            Ok(detail.reasons)
        }
        _ => Ok(row.public_reasons.split(',').filter_map(Reason::parse).collect()),
    }
}

/// Records a clinical thermometer's reading, which decides about fever.
pub(crate) async fn clinical(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    id: ScreeningId,
    temperature: Celsius,
    now: Instant64,
) -> ApiResult<()> {
    let row = screenings::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let person = row.person_id.ok_or_else(ApiError::state)?;
    let rules = gate_rules::in_force(tx, &[row.site_id]).await?.of(row.site_id)?;
    let fever = rules.fever_suspected <= temperature;
    let by = scope.actor().name.clone();
    let key = platform.vault.key(person, Purpose::Health).await?;
    let sealed_detail = row.detail_sealed.as_deref().ok_or_else(ApiError::state)?;
    let mut detail: Detail = detail::open(&key, DETAIL, row.id, sealed_detail)?;
    detail.reasons = after_clinical(&detail.reasons, fever);
    let outcome = detail.reasons.iter().map(|it| rules.outcome_of(*it)).max().unwrap_or(Outcome::Admit);
    let clinical = ClinicalDetail { temperature_c: temperature.degrees(), by: by.clone(), at: now, fever };
    let change = ClinicalChange {
        sealed: detail::seal(&key, CLINICAL, row.id, &clinical)?,
        outcome,
        public_reasons: reasons_column(&rules::public_reasons(&detail.reasons)),
        detail: detail::seal(&key, DETAIL, row.id, &detail)?,
        waiting: outcome == Outcome::Hold,
    };
    if !screenings::set_clinical(tx, scope, id, change).await? {
        return Err(ApiError::state());
    }
    people::record_clinical(platform, tx, person, temperature, fever, &by, now).await?;
    alarms::record_clinical(tx, &platform.vault, row.id, temperature.degrees(), fever, &by, now).await?;
    if outcome == Outcome::Admit && row.terminal_granted != Some(true) {
        let_in(tx, &row, now).await?;
    }
    tell(tx, &row, now).await
}

/// A clinical reading takes the place of everything that the gate's own sensor said.
fn after_clinical(reasons: &[Reason], fever: bool) -> Vec<Reason> {
    let measured = [
        Reason::FeverSuspected,
        Reason::FeverPossible,
        Reason::TemperatureUnmeasured,
        Reason::TemperatureUnreliable,
        Reason::ClinicalCleared,
        Reason::FeverConfirmed,
    ];
    let mut left: Vec<Reason> = reasons.iter().copied().filter(|it| !measured.contains(it)).collect();
    left.push(if fever { Reason::FeverConfirmed } else { Reason::ClinicalCleared });
    left
}

/// A change of a verdict, with a supervisor who was checked.
pub(crate) struct Change {
    pub(crate) outcome: Outcome,
    pub(crate) reason: String,
    pub(crate) supervisor: String,
}

/// Changes a verdict by hand. Medical grounds are not a gate's to override.
pub(crate) async fn change(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    id: ScreeningId,
    change: Change,
    now: Instant64,
) -> ApiResult<()> {
    let row = screenings::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let reasons = all_reasons(platform, &row).await?;
    if change.outcome == Outcome::Admit && !rules::may_override(&reasons) {
        return Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::OverrideMedical));
    }
    let by = scope.actor().name.clone();
    let detail = OverrideDetail {
        outcome: change.outcome,
        reason: change.reason,
        by: by.clone(),
        supervisor: change.supervisor,
        at: now,
    };
    // A person's override goes with her; a stranger's is sealed for the site.
    let (subject, purpose) = row.person_id.map_or((row.site_id, Purpose::System), |it| (it, Purpose::Health));
    let keys = platform.vault.ensure(&[subject], purpose, None, now).await?;
    let key = keys.get(&subject).ok_or_else(ApiError::not_found)?;
    let sealed = detail::seal(key, OVERRIDE, row.id, &detail)?;
    if !screenings::set_override(tx, scope, id, sealed).await? {
        return Err(ApiError::state());
    }
    if let Some(person) = row.person_id {
        let fact = NewFact {
            person,
            kind: FactKind::Overridden,
            occurred_at: now,
            source: by,
            site: Some(row.site_id),
            detail: json!({ "screening_id": id, "outcome": change.outcome.code(), "reason": detail.reason }),
        };
        people::record_facts(platform, tx, vec![fact], now).await?;
    }
    let entered = change.outcome == Outcome::Admit && row.terminal_granted != Some(true) && row.passage == "in";
    if entered {
        let_in(tx, &row, now).await?;
    }
    tell(tx, &row, now).await
}

/// Counts somebody in whom a person let in after the terminal had not.
async fn let_in(tx: &mut Tx, row: &ScreeningRow, now: Instant64) -> ApiResult<()> {
    let heads = Heads { entered: 1, gone: 0, nameless: i64::from(row.person_id.is_none()) };
    counts::add_heads(tx, [((row.site_id, counts::day_of(now)), heads)].into()).await?;
    let passages = row.person_id.map(|it| ((row.site_id, it), (now, Passage::In)));
    Ok(counts::pass(tx, passages.into_iter().collect()).await?)
}

async fn tell(tx: &mut Tx, row: &ScreeningRow, now: Instant64) -> ApiResult<()> {
    let at = events::At {
        area: Some(&row.area_code),
        enterprise: row.enterprise_id,
        site: Some(row.site_id),
        gate: Some(row.gate_id),
    };
    events::emit(tx, at, &ScreeningsRecorded { ids: vec![row.id] }, now).await?;
    Ok(())
}

/// A gate inside the scope; on an enrolled tablet only its own.
pub(crate) async fn gate_in_reach(
    db: &mut impl Read,
    scope: &Scope,
    tablet: Option<Uuid>,
    id: &str,
) -> ApiResult<GatePlace> {
    let id: GateId = id.parse().map_err(|_| ApiError::not_found())?;
    if tablet.is_some_and(|it| it != id.uuid()) {
        return Err(ApiError::not_found());
    }
    places::gate_place(db, scope, id).await?.ok_or_else(ApiError::not_found)
}

/// The rules of a gate's site.
pub(crate) async fn rules_of(db: &mut impl Read, site: Uuid) -> ApiResult<GateRules> {
    Ok(gate_rules::in_force(db, &[site]).await?.of(site)?)
}
